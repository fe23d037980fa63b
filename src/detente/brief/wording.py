"""How a chosen statement is put: its own words, its dates made plain, its pronouns named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from detente.brief.datewords import has_date, in_words, is_relative
from detente.brief.statements import Statement
from detente.ontology.table import packaged, rows
from detente.records import Event, Participant, Passage, Report

_LINKING = re.compile(
    r"^(But|And|However|Meanwhile|Nevertheless|Still|Yet|Also|Moreover|Instead|Then|"
    r"In addition|At the same time|For (?:his|her|its|their) part),?\s+"
)
_PRONOUN = re.compile(r"^(He|She|They|It)\b")
_DATELINE = re.compile(r"^[A-Z][A-Z .,’']{2,40}(?:\([^)]{1,30}\)\s*)?\s*[—–-]{1,2}\s+")
_OF_LINE = re.compile(r"^[A-Z][A-Za-z .,’']{2,40}\s+\([A-Z][A-Za-z ]{1,30}\)\s*[—–-]{1,2}\s+")


@cache
def openers() -> frozenset[str]:
    """Words that open sentences and are no names."""
    table = packaged("detente.brief", "openers.csv")
    return frozenset(row["word"] for _, row in rows(table, ("word",)))


def put(statement: Statement, told: Sequence[Event]) -> tuple[str, tuple[Passage, ...]]:
    """The sentence of a brief that tells ``told``, and the passages it rests on.

    Args:
        statement: whose words are used.
        told: those of its events that the sentence is there for, the chief one first.

    Returns:
        Text ending in a full stop, and the passages: the sentence itself, and where a pronoun was
        replaced the passage that names whom it stands for.
    """
    evidence = [statement.sentence]
    text = _dates_made_plain(statement)
    text = tidied(text)
    text = _LINKING.sub("", text)
    text, antecedent = _named(text, statement, told)
    if antecedent:
        evidence.append(antecedent)
    text = _dated(text, told)
    return _stopped(text[:1].upper() + text[1:]), tuple(evidence)


def _dates_made_plain(statement: Statement) -> str:
    """The sentence with each relative date that an event resolves put as a calendar date."""
    base, text = statement.sentence.start, statement.sentence.text
    times = {e.coded.time: e.when for e in statement.events if e.coded.time}
    for time, when in sorted(times.items(), key=lambda item: -item[0].start):
        start, end = time.start - base, time.end - base
        words = in_words(when.edtf)
        if not (0 <= start < end <= len(text)) or not words or not is_relative(time.text):
            continue
        lead = re.search(r"\b(?:on|in)\s+$", text[:start])
        text = text[: lead.start() if lead else start] + words + text[end:]
    return text


def tidied(text: str) -> str:
    """A sentence without dateline, stray quotation marks and doubled spaces or stops."""
    text = re.sub(r"\s+", " ", text).strip()
    text = _OF_LINE.sub("", _DATELINE.sub("", text))
    text = re.sub(r"^[”’\"]\s+(?=\w)", "", text)
    for opening, closing in (("“", "”"), ('"', '"')):
        marks = text.count(opening) + (text.count(closing) if opening != closing else 0)
        if marks == 1:
            text = text.replace(opening, "").replace(closing, "")
    text = re.sub(r"\.{2,}$", ".", text)
    return re.sub(r"\s+([,.;:])", r"\1", text).strip()


def _named(text: str, statement: Statement, told: Sequence[Event]) -> tuple[str, Passage | None]:
    """A pronoun that opens the sentence replaced by the name it stands for, if one is known."""
    match = _PRONOUN.match(text)
    if not match:
        return text, None
    for event in told:
        for participant in event.actor:
            opens = participant.passage.start <= statement.sentence.start + 2
            antecedent = named_before(statement.report, participant, statement.sentence.start)
            if opens and antecedent:
                return antecedent.text + text[match.end() :], antecedent
    return text, None


def named_before(report: Report, participant: Participant, before: int) -> Passage | None:
    """Where the report last names the participant before the character ``before``."""
    name = participant.entity.name
    for form in (name, name.split()[-1] if name else ""):
        found = report.text.rfind(form, 0, before) if form else -1
        if found >= 0:
            end = found + len(form)
            return Passage(report=report.id, start=found, end=end, text=form)
    return None


def _dated(text: str, told: Sequence[Event]) -> str:
    """The sentence with its date put first, where it tells none itself and only one is known.

    A sentence whose events fall on several days gets none: it could be read of the wrong one.
    """
    dates = {event.when.edtf for event in told}
    words = in_words(dates.pop()) if len(dates) == 1 else ""
    if not words or has_date(text) or any(e.when.basis == "publication" for e in told):
        return text
    lead = f"{words[0].upper()}{words[1:]}"
    if text.split(maxsplit=1)[0].lower().strip(",") in openers():
        return f"{lead}, {text[0].lower()}{text[1:]}"
    return f"{lead}, {text}"


def _stopped(text: str) -> str:
    return text if re.search(r"[.!?][”\"’')\]]*$", text) else f"{text}."

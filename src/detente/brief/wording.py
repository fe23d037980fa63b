"""How a chosen statement is put: its own words, its dates made plain, its pronouns named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from detente.brief.datewords import has_date, in_words, is_relative
from detente.brief.statements import Statement
from detente.ontology.table import packaged, rows
from detente.records import Event, Participant, Passage, Report
from detente.resolve.dates import time_expressions

_LINKING = re.compile(
    r"^(But|And|However|Meanwhile|Nevertheless|Still|Yet|Also|Moreover|Instead|Then|"
    r"In addition|At the same time|For (?:his|her|its|their) part),?\s+"
)
_PRONOUN = re.compile(r"^(He|She|They|It)\b")
#: ``MOSCOW (Northern Wire) —``, ``WASHINGTON, Nov. 29, 2018 (Northern Wire) —``, and what a cut
#: through one leaves.
_DATELINE = re.compile(
    r"^(?:[A-Z][\w .,’'/]{1,60}?\s*(?:\([^)]{1,30}\)\s*)?[—–]\s+(?=[A-Z“\"])|[—–]\s*)"
)
_DATELINE_HEAD = re.compile(r"^(?:[A-Z]{2}|[^—–]*\()")
_LEADING = re.compile(r"\b(?:on|in|by|from|since|until|before|after|for)\s+$", re.I)


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
    text, teller = _attributed(text, statement, told)
    if teller:
        evidence.append(teller)
    return _stopped(text[:1].upper() + text[1:]), tuple(evidence)


def _dates_made_plain(statement: Statement) -> str:
    """The sentence with each relative date that can be resolved put as a calendar date."""
    text = statement.sentence.text
    published = statement.report.published
    for found in reversed(time_expressions(text, published.date() if published else None)):
        words = in_words(found.edtf)
        owned = text[found.end : found.end + 2] in ("'s", "’s") or found.text.endswith(("'s", "’s"))
        ahead = re.search(r"\b(?:by|until|before)\s+$", text[: found.start], re.I)
        if found.kind != "DATE" or not words or owned or ahead or not is_relative(found.text):
            continue
        preposition, _, date = words.partition(" ")
        leads = _LEADING.search(text[: found.start])
        own = re.match(r"(?:on|in)\s", found.text, re.I)
        put_as = date if leads and not own else f"{preposition} {date}"
        text = text[: found.start] + put_as + text[found.end :]
    return text


def tidied(text: str) -> str:
    """A sentence without dateline, stray quotation marks and doubled spaces or stops."""
    text = re.sub(r"\s+", " ", text).strip()
    if _DATELINE_HEAD.match(text) or text[:1] in "—–":
        text = _DATELINE.sub("", text)
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
        speaker = (event.speaker,) if event.speaker else ()
        for participant in (*event.actor, *speaker):
            opens = participant.passage.start <= statement.sentence.start + 2
            antecedent = named_before(statement.report, participant, statement.sentence.start)
            if opens and antecedent:
                return antecedent.text + text[match.end() :], antecedent
    return text, None


def _attributed(
    text: str, statement: Statement, told: Sequence[Event]
) -> tuple[str, Passage | None]:
    """The sentence with who says so, where a neighbouring sentence names the speaker."""
    speakers = {event.speaker for event in told}
    speaker = speakers.pop() if len(speakers) == 1 else None
    if speaker is None:
        return text, None
    start, end = statement.sentence.start, statement.sentence.end
    if start <= speaker.passage.start < end:
        return text, None
    by_name = speaker.passage.text[:1].isupper() and not _PRONOUN.match(speaker.passage.text)
    teller = speaker.passage if by_name else named_before(statement.report, speaker, start)
    if teller is None:
        return text, None
    return f"{text.rstrip('.')}, {teller.text} said.", teller


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

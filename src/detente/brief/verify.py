"""The verifier: a sentence's names, numbers and dates must stand in the passages it cites."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from detente.brief.datewords import DATE
from detente.brief.language import refused_wording
from detente.brief.naming import openers
from detente.errors import UncitedStatement
from detente.ontology.calendar import MONTHS, day_in_words, in_words
from detente.records import Brief, CitedSentence, Event, Passage, Report
from detente.resolve.dates import expressions_of, time_expressions

_NAME = re.compile(r"[^\W\d_][\w’'.-]*\w|[^\W\d_]")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,.]*\d|(?<![\w.])\d(?!\w)")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[“\"‘(]\s*)$")


def verify(brief: Brief, events: Mapping[str, Event]) -> None:
    """Checks every sentence of a brief.

    Args:
        brief: its sources must hold every report cited.
        events: by id; their resolved dates may stand for the relative ones in the passages.

    Raises:
        UncitedStatement: at the first sentence that its evidence does not carry.
    """
    reports = {report.id: report for report in brief.sources}
    standfirst = (brief.standfirst,) if brief.standfirst else ()
    for sentence in (*standfirst, *brief.background, *brief.analysis, *brief.assessment):
        verify_sentence(sentence, reports, [events[e] for e in sentence.events if e in events])


def verify_sentence(
    sentence: CitedSentence, reports: Mapping[str, Report], told: Sequence[Event] = ()
) -> None:
    """Checks one sentence.

    Args:
        sentence: to check.
        reports: those cited, by id.
        told: the events it tells; their dates count as standing in the passages.

    Raises:
        UncitedStatement: if a passage is not the report's own words, or a name, number or date
            stands in none of them, or a likelihood word has no number behind it.
    """
    for passage in sentence.evidence:
        _check_passage(sentence, passage, reports)
    carried = _carried(sentence, reports)
    rest = sentence.text
    for phrase in dates_of(told, sentence.evidence, reports):
        rest = re.sub(rf"(?i)\b{re.escape(phrase)}\b", " ", rest)
    reason = _not_carried(rest, carried) or refused_wording(sentence)
    if reason:
        raise UncitedStatement(sentence.text, reason)


def _not_carried(text: str, carried: str) -> str:
    """Which date, number or name of a text the evidence does not carry, or ``""``."""
    for date in DATE.finditer(text):
        if not _date_stands(date.group(), carried):
            return f"date {date.group()!r} is in no cited passage"
    rest = DATE.sub(" ", text)
    numbers = set(_NUMBER.findall(carried))
    for number in _NUMBER.findall(rest):
        if number not in numbers:
            return f"number {number} is in no cited passage"
    strangers = (name for name in names_of(rest) if _folded(name) not in carried)
    name = next(strangers, None)
    return f"name {name!r} is in no cited passage" if name else ""


def _check_passage(
    sentence: CitedSentence, passage: Passage, reports: Mapping[str, Report]
) -> None:
    report = reports.get(passage.report)
    if report is None:
        raise UncitedStatement(sentence.text, f"no source {passage.report} for its citation")
    if report.text[passage.start : passage.end] != passage.text:
        raise UncitedStatement(sentence.text, "a citation is not the source's own words")


def _carried(sentence: CitedSentence, reports: Mapping[str, Report]) -> str:
    """What the evidence says: its passages, and who tells them."""
    passages = (passage.text for passage in sentence.evidence)
    outlets = (reports[passage.report].outlet for passage in sentence.evidence)
    return _folded(" ".join((*passages, *outlets)))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    return re.sub(r"\s+", " ", plain).casefold()


def _date_stands(date: str, carried: str) -> bool:
    words = _folded(date)
    if words in carried:
        return True
    # "11 November" and "Nov. 11" are one date: every part must stand there.
    parts = re.findall(r"\d+|[a-z]+", words)
    return all(re.search(rf"\b{part if part.isdigit() else part[:3]}", carried) for part in parts)


def dates_of(
    told: Iterable[Event], evidence: Iterable[Passage], reports: Mapping[str, Report]
) -> list[str]:
    """Date phrases that the evidence carries though not to the letter, longest first.

    They are the resolved dates of the events told, the cited reports' own dates, and what the
    relative dates in the passages mean in a report of that day.
    """
    phrases: set[str] = set()
    dates = [event.when.edtf for event in told]
    for passage in evidence:
        published = reports[passage.report].published
        if published:
            phrases.add(day_in_words(published.date()))
            dates += [t.edtf for t in time_expressions(passage.text, published.date())]
        dates += [
            t.edtf
            for t in expressions_of(reports[passage.report])
            if passage.start <= t.start < passage.end
        ]
    for words in filter(None, map(in_words, dates)):
        _, _, date = words.partition(" ")
        phrases.add(date)
    return sorted(phrases, key=len, reverse=True)


def names_of(text: str) -> list[str]:
    """The words of a text that are names: capitalised, and not only for opening a sentence."""
    found = []
    for match in _NAME.finditer(text):
        word = re.sub(r"[’']s$", "", match.group()).strip(".’'-")
        if not word[:1].isupper() or word in MONTHS:
            continue
        opens = bool(_SENTENCE_START.search(text[: match.start()]))
        if opens and (word.lower() in openers() or word.islower()):
            continue
        found.append(word)
    return found

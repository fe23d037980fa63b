"""The reference time of a narrative: what an undated sentence in the past is told of.

Tense refers back like a pronoun (Partee 1973; Webber, Tense as discourse anaphor, 1988): after "In
September 2017 a tribunal rejected the claim" the next simple past happened then or soon after
(Dowty 1986), until another time is told, the tense returns to now ("relations have improved"), or
the paragraph ends; background told in order runs on through its paragraphs. Only a date of a main
clause sets the reference time: not one that tells which treaty, or when a subordinate clause was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from detente.records import CodedEvent, Report
from detente.resolve.cues import cues
from detente.resolve.dates.attachment import is_of_another
from detente.resolve.dates.discourse import expressions_of, now_at
from detente.resolve.dates.entries import BLANK_LINE, entry_at
from detente.resolve.dates.expression import TimeExpression

#: News tells as new what happened within this many days.
FRESH = timedelta(days=7)
#: Of these a narrative is told where they open a sentence; else it is an aside ("they nearly went
#: to war in 1996").
_LONG = frozenset({"year", "decade", "century"})
_OPENED = re.compile(r"(?:^|[.!?;][”\"’)]*\s+|\n\s*)(?:In|By|Late in|Early in|Since)\s+$")
_SENTENCE = re.compile(r"(?<=[.!?])[”\"’)]*\s+(?=[“\"‘(]?[A-Z])|;\s|" + BLANK_LINE.pattern)
#: Tense at the time of telling: what it tells is not of the time told before.
_PRESENT = re.compile(r"\b(?:has|have|is|are|will|would|now|currently|today)\b|n['’]t yet\b", re.I)
_PLUPERFECT = re.compile(r"\bhad(?: \w+){0,2}\s+$")
_ASIDE = re.compile(r",? (?:which|who|whom|whose|where|that)\b[^,;.]*")
_CLOSED_ASIDE = re.compile(r", (?:which|who|whom|whose|where)\b[^,;.]*,")
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?")
_THIRD_PERSON = re.compile(r"[a-z]+[^s\W]s\b(?<!was)")
_SUBORDINATE = re.compile(
    r"\b(?:that|which|who|because|although|though|while|whether|when|where|after|before|if|until|"
    r"since|as)\b",
    re.IGNORECASE,
)
#: What makes a date a bound or a mark of something else, not the time of its clause.
_OTHERWISE = re.compile(
    r"\b(?:since|until|till|by|before|from|than|for|as of|ahead of|between|through|over)\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
_OF = re.compile(r"\b([A-Za-z]+) of (?:the )?$")
_DETERMINED = re.compile(r"\b(?:the|a|an|this|that|its|their|his|her|our)\s+$", re.IGNORECASE)
_NOUN = re.compile(r"['’]s?\s|\s[a-z]{3,}")
_IN_THE_WAKE = re.compile(r"\W*(?:After|Following|In the (?:wake|aftermath) of)\b")


def reference_time(report: Report, coded: CodedEvent) -> TimeExpression | None:
    """The time that the text before an undated event hands on to it, if it tells it as past then.

    Args:
        report: the report.
        coded: an event without a date of its own.
    """
    text, trigger = report.text, coded.trigger
    paragraph = paragraph_start(text, trigger.start)
    start = max(coded.sentence.start, paragraph)
    own = _clause_start(text, start, trigger.start)
    if not _is_past(text, own, coded):
        return None
    in_wake = _in_wake(report, coded)
    if in_wake:
        return in_wake
    section = next((s for s in report.sections if s.start <= start < s.end), None)
    background = section is not None and section.kind == "background"
    first = section.start if section and background else paragraph
    found = _setting(report, own, trigger.start)
    if found and is_of_another(text, trigger, found):
        return None
    found = found or _handed_on(report, first, own)
    return None if found and not background and _is_aside(text, start, found) else found


def time_in_entry(report: Report, coded: CodedEvent) -> TimeExpression | None:
    """The time told last in the entry of a chronology, where the story goes on from its date.

    "3 August: … The following day China fires missiles; Japan protests."
    """
    entry = entry_at(report, coded.trigger.start)
    if entry is None:
        return None
    own = _clause_start(report.text, entry.start, coded.trigger.start)
    for begin, end in _before(report.text, entry.start, own):
        setting = _setting(report, begin, end)
        if setting and setting.earliest and setting.earliest >= entry.first:
            return setting
    return None


def _is_aside(text: str, start: int, found: TimeExpression) -> bool:
    """Whether a year is told by the way, in another sentence that it does not open."""
    opened = _OPENED.search(text[max(0, found.start - 40) : found.start])
    return found.start < start and _unit(found) in _LONG and not opened


def _handed_on(report: Report, first: int, own: int) -> TimeExpression | None:
    for begin, end in _before(report.text, first, own):
        setting = _setting(report, begin, end)
        if setting:
            return setting
        if _is_present(report.text[begin:end]):
            return None
    return None


def last_day(report: Report, at: int) -> TimeExpression | None:
    """The day of these days that the text before ``at`` told last in a main clause."""
    for begin, end in _before(report.text, 0, at):
        setting = _setting(report, begin, end)
        if setting and _unit(setting) == "day":
            return setting if _is_fresh(report, setting) else None
    return None


@lru_cache(maxsize=32)
def lead_day(report: Report) -> TimeExpression | None:
    """The day of these days by which the lead of a report dates its news.

    It holds for the news that is told undated further on: the narrative container of a newspaper
    is the day before its own (Pustejovsky and Stubbs, Increasing informativeness in temporal
    annotation, 2011).
    """
    leads = [(s.start, s.end) for s in report.sections if s.kind == "lead"]
    spans = [span for lead in leads for span in reversed(list(_before(report.text, *lead)))]
    settings = (_setting(report, *span) for span in spans)
    return next((s for s in settings if s and _unit(s) == "day" and _is_fresh(report, s)), None)


@lru_cache(maxsize=32)
def news_day(report: Report) -> TimeExpression | None:
    """The latest of these days that a main clause of a report tells: about then was its news.

    A brief that tells the news undated ("they have agreed") tells its day further on.
    """
    told = [
        e for begin, end in _before(report.text, 0, len(report.text))
        if (e := _setting(report, begin, end)) and _unit(e) == "day" and _is_fresh(report, e)
    ]  # fmt: skip
    return max(told, key=lambda e: e.earliest or date.min, default=None)


def _is_fresh(report: Report, told: TimeExpression) -> bool:
    last = now_at(report, told.start).last
    return bool(last and told.earliest and last - told.earliest <= FRESH)


def day_claimed(report: Report, coded: CodedEvent) -> TimeExpression | None:
    """What a speaker says had happened: on the day before now that was told last, by any clause.

    "Envoys discussed the clash of 25 November. He said that six men had been wounded."
    """
    said = coded.speaker is not None or coded.status in ("alleged", "denied")
    if not said or not had_been(report, coded):
        return None
    told = [
        e for e in expressions_of(report)
        if e.start < coded.sentence.start and _unit(e) == "day" and _is_fresh(report, e)
        and e.earliest != now_at(report, e.start).last and _is_of_the_past(report, e)
    ]  # fmt: skip
    return told[-1] if told else None


def had_been(report: Report, coded: CodedEvent) -> bool:
    """Whether an event is told in the past perfect."""
    lead = report.text[coded.sentence.start : coded.trigger.start]
    return _PLUPERFECT.search(lead) is not None or coded.trigger.text.startswith("had ")


def section_start(report: Report, at: int) -> int:
    """Where the section of character ``at`` begins."""
    return next((s.start for s in report.sections if s.start <= at < s.end), 0)


def paragraph_start(text: str, at: int) -> int:
    """Where the paragraph of character ``at`` begins."""
    return max((m.end() for m in BLANK_LINE.finditer(text, max(0, at - 4000), at)), default=0)


def _before(text: str, first: int, at: int) -> Iterator[tuple[int, int]]:
    """The sentences from ``first`` to ``at``, the last first; a semicolon parts them too."""
    cuts = [first, *(m.end() for m in _SENTENCE.finditer(text, first, at)), at]
    spans = [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]
    yield from reversed(spans)


def _unit(expression: TimeExpression) -> str:
    return expression.granule.unit if expression.granule else ""


def _clause_start(text: str, start: int, trigger: int) -> int:
    cut = text.rfind(";", start, trigger)
    return cut + 1 if cut >= 0 else start


# ── tense ─────────────────────────────────────────────────────────────────────────────────────


def _is_past(text: str, start: int, coded: CodedEvent) -> bool:
    """Whether the event's clause is told in the past: no present, perfect or future before it."""
    lead = text[start : coded.trigger.start]
    if lead.count("“") > lead.count("”") or lead.count('"') % 2:
        return False
    told = f"{_ASIDE.sub('', lead)} {coded.trigger.text}"
    return not _PRESENT.search(told) and not _THIRD_PERSON.match(coded.trigger.text)


def _is_present(sentence: str) -> bool:
    return _PRESENT.search(_ASIDE.sub("", _QUOTED.sub("", sentence))) is not None


# ── which date sets it ────────────────────────────────────────────────────────────────────────


def _setting(report: Report, begin: int, end: int) -> TimeExpression | None:
    """The last date of a sentence that dates its main clause."""
    here = [e for e in expressions_of(report) if begin <= e.start < end]
    setting = [e for e in here if _is_of_the_past(report, e) and _sets(report.text, begin, e)]
    return setting[-1] if setting else None


def _is_of_the_past(report: Report, expression: TimeExpression) -> bool:
    now = now_at(report, expression.start)
    return (
        expression.kind in ("DATE", "TIME")
        and bool(expression.edtf)
        and expression.granule is not None
        and expression.earliest is not None
        and (now.last is None or now.entry is not None or expression.earliest <= now.last)
    )


def _sets(text: str, begin: int, expression: TimeExpression) -> bool:
    lead = text[begin : expression.start]
    if _OTHERWISE.search(lead) or _is_attribute(text, lead, expression):
        return False
    return _SUBORDINATE.search(_CLOSED_ASIDE.sub(",", lead)) is None


def _is_attribute(text: str, lead: str, expression: TimeExpression) -> bool:
    """Whether it tells which treaty or talks are meant: "the accord of 2015", "Tuesday's talks"."""
    noun = _OF.search(lead)
    if noun and noun[1].lower() not in cues("part_of_time"):
        return True
    after = _NOUN.match(text, expression.end)
    return bool(after and (after[0][0] in "'’" or _DETERMINED.search(lead)))


def _in_wake(report: Report, coded: CodedEvent) -> TimeExpression | None:
    """ "After the clash of 3 February, Accra protested": then or soon after."""
    text, sentence = report.text, coded.sentence
    if not _IN_THE_WAKE.match(text, sentence.start):
        return None
    here = (
        e for e in expressions_of(report)
        if sentence.start <= e.start and e.end < coded.trigger.start and _is_of_the_past(report, e)
    )  # fmt: skip
    first = next(here, None)
    return first if first and "," in text[first.end : coded.trigger.start] else None

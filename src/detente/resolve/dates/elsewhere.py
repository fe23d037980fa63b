"""When an event was that its sentence does not date: as told elsewhere, or the report's day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from detente.records import CodedEvent, Report, When
from detente.resolve.cues import cues
from detente.resolve.dates.anchors import SUBORDINATE
from detente.resolve.dates.discourse import Now, expressions_of
from detente.resolve.dates.expression import TimeExpression
from detente.resolve.dates.narrative import (
    FRESH,
    day_claimed,
    had_been,
    lead_day,
    news_day,
    reference_time,
    section_start,
    time_in_entry,
)

#: What lies ahead of the report.
AHEAD = frozenset({"planned", "threatened"})
_OFTEN = re.compile(
    r"\b(?:for (?:many |several |some )?(?:years|decades|months)|several times|repeatedly|"
    r"many times|often|always|has long|have long|had long|on several occasions|regularly)\b",
    re.IGNORECASE,
)
#: News of a January tells of the old year what it tells in the past perfect.
_A_QUARTER = timedelta(days=91)
_BACK_REFERENCE = re.compile(
    r"\W*(?:this|that|it|they|these|those|their|the(?=\s(?-i:[a-z])))\b", re.IGNORECASE
)
_THEN = re.compile(r" ?then\b")
_WORD = re.compile(r"[^\W\d_]{4,}")


def from_elsewhere(report: Report, coded: CodedEvent, now: Now) -> When:
    """The date of an event that nothing in its own sentence dates.

    Args:
        report: the report.
        coded: the event.
        now: from when it is told.
    """
    if coded.status in AHEAD or "future" in coded.auxiliary:
        same = (
            None if now.entry else same_plan(report, coded) or _told_ahead(report, coded, now.last)
        )
        return _inferred(same) if same else _open_from(now.last)
    if coded.status == "hypothetical":
        return _open_from(now.last)
    then = _then(report, coded)
    if then:
        return _inferred(then)
    return (
        _in_entry(report, coded, now.entry) if now.entry else _in_the_past(report, coded, now.last)
    )


def _in_the_past(report: Report, coded: CodedEvent, on: date | None) -> When:
    recurred = _recurred(report.text, coded)
    told = None if recurred else reference_time(report, coded) or day_claimed(report, coded)
    if told:
        return _about(told, on)
    if not recurred and coded.status == "done" and had_been(report, coded):
        return _of_about_a_year(on)
    # A time that the parse gave and this room did not take is another noun's: no sign of the past.
    past = recurred or ("historical" in coded.auxiliary and coded.time is None)
    return open_until(on) if past else _of_these_days(report, coded.trigger.start, on)


def _in_entry(report: Report, coded: CodedEvent, told: TimeExpression) -> When:
    later = time_in_entry(report, coded)
    if later:
        return _about(later, None)
    return When(edtf=told.edtf, earliest=told.earliest, latest=told.latest, basis="stated")


def _recurred(text: str, coded: CodedEvent) -> bool:
    """Whether its own clause says that it went on or happened more than once."""
    often = _OFTEN.search(text, coded.sentence.start, coded.sentence.end)
    if not often:
        return False
    low, high = sorted((often.start(), coded.trigger.start))
    return not SUBORDINATE.search(text, low, high)


def _inferred(expression: TimeExpression) -> When:
    return When(
        edtf=expression.edtf,
        earliest=expression.earliest,
        latest=expression.latest,
        basis="inferred",
    )


def _about(told: TimeExpression, on: date | None) -> When:
    """The time that a narrative hands on: then or, as a story goes on, in the days after."""
    plain = not re.search(r"[/~X]|^\d{4}-2[1-4]$", told.edtf)
    days_after = told.latest + FRESH if told.latest else None
    latest = min(days_after, on) if days_after and on else days_after
    return When(
        edtf=told.edtf + ("~" if plain else ""),
        earliest=told.earliest,
        latest=latest,
        basis="inferred",
    )


def same_plan(report: Report, coded: CodedEvent) -> TimeExpression | None:
    """The most exact date that the report gives elsewhere to a plan told in like words.

    Args:
        report: where it stands.
        coded: a plan without a date of its own.
    """
    on = report.published.date() if report.published else None
    stems = _telling(coded.trigger.text)
    ahead = [e for e in expressions_of(report) if _lies_ahead(e, on)]
    like = [e for e in ahead if stems & _stems(_words_around(report.text, e))]
    return min(like, key=_length, default=None)


def _lies_ahead(expression: TimeExpression, on: date | None) -> bool:
    if expression.kind not in ("DATE", "TIME") or on is None or expression.latest is None:
        return False
    return expression.latest > on and expression.granule is not None


def _length(expression: TimeExpression) -> int:
    assert expression.latest is not None
    assert expression.earliest is not None
    return (expression.latest - expression.earliest).days


def clause_around(text: str, expression: TimeExpression) -> tuple[int, int]:
    """Where the expression's own clause begins and ends: back and on to a full stop or comma."""
    before = re.split(r"[.;,!?\n]\s", text[max(0, expression.start - 60) : expression.start])[-1]
    after = re.split(r"[.;,!?\n]\s", text[expression.end : expression.end + 45])[0]
    return expression.start - len(before), expression.end + len(after)


def _words_around(text: str, expression: TimeExpression) -> str:
    start, end = clause_around(text, expression)
    return f"{text[start : expression.start]} {text[expression.end : end]}"


def _telling(trigger: str) -> set[str]:
    """The stem of a plan's first telling word, and the towns it is to be in."""
    words = (word for word in _WORD.findall(trigger) if word.islower())
    first = next((word for word in words if word not in cues("generic")), None)
    towns = {_stem(town.lower()) for town in re.findall(r"\bin ([A-Z][a-z]{3,})", trigger)}
    return towns | ({_stem(first)} if first else set())


def _stems(text: str) -> set[str]:
    """Stems of the telling words: common words, and towns after ``in``; not other names."""
    towns = {town.lower() for town in re.findall(r"\bin ([A-Z][a-z]{3,})", text)}
    words = {word for word in _WORD.findall(text) if word.islower()} | towns
    return {_stem(word) for word in words if word not in cues("generic")}


def _stem(word: str) -> str:
    return word[:5].removesuffix("i") if len(word) > 5 else word[:4]


def _told_ahead(report: Report, coded: CodedEvent, on: date | None) -> TimeExpression | None:
    """A date ahead told just before, where the sentence refers back ("This is their first …")."""
    start = coded.sentence.start
    if not _BACK_REFERENCE.match(report.text, start):
        return None
    back = max(section_start(report, start), start - 400)
    before = [e for e in expressions_of(report) if back <= e.start < start and _lies_ahead(e, on)]
    return before[-1] if before else None


def _then(report: Report, coded: CodedEvent) -> TimeExpression | None:
    """ "Which mediated then": the date last told, if past."""
    if not _THEN.match(report.text, coded.trigger.end - 4 if coded.trigger.text.endswith("then")
                       else coded.trigger.end):  # fmt: skip
        return None
    start = coded.trigger.start
    back = max(section_start(report, start), start - 400)
    told = [e for e in expressions_of(report) if back <= e.start < start and e.kind == "DATE"]
    return next((e for e in reversed(told) if e.edtf and e.text.lower() != "then"), None)


# ── the report’s own day ──────────────────────────────────────────────────────────────────────


def _of_these_days(report: Report, at: int, on: date | None) -> When:
    """About the day that the lead tells of, else, for the lead, the report; else its own day."""
    if on is None:
        return When(edtf="", basis="publication")
    told = lead_day(report)
    if told is None and any(s.kind == "lead" and s.start <= at < s.end for s in report.sections):
        told = news_day(report)
    day = told.edtf if told else f"{on}"
    return When(edtf=f"{day}~", earliest=on - FRESH, latest=on, basis="publication")


def _of_about_a_year(on: date | None) -> When:
    """ "Had asked him to wait", nobody says when: in the year of the report, or before it."""
    if on is None:
        return When(edtf="", basis="inferred")
    return When(edtf=f"{(on - _A_QUARTER).year}~", latest=on, basis="inferred")


def open_until(on: date | None) -> When:
    """Some day up to ``on``."""
    return When(edtf=f"../{on}" if on else "", latest=on, basis="inferred")


def _open_from(on: date | None) -> When:
    return When(edtf=f"{on}/.." if on else "", earliest=on, basis="inferred")

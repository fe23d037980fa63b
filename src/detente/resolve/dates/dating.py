"""When an event was, is or will be: from its sentence, what was told before, or the report.

In this order: the event is itself a landmark ("the summit in Helsinki"); a time expression of its
sentence; a landmark it leans on ("after the annexation"); for what lies ahead, the date the report
gives the same plan elsewhere; in background told in order, the last date told; the report's day.
Nothing is made more exact than it was told.
"""

from __future__ import annotations

import re
from calendar import day_name
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from detente.records import CodedEvent, Passage, Report, When
from detente.resolve.cues import cues
from detente.resolve.dates.anchors import SUBORDINATE, Anchor, anchors_in, leaned_on
from detente.resolve.dates.attachment import claimed_by, dating, led_by
from detente.resolve.dates.expression import TimeExpression
from detente.resolve.dates.grammar import time_expressions
from detente.resolve.dates.intervals import by_interval

_AHEAD = frozenset({"planned", "threatened"})
#: News tells as new what happened within this many days.
_FRESH = timedelta(days=7)
_OFTEN = re.compile(
    r"\b(?:for (?:many |several |some )?(?:years|decades|months)|several times|repeatedly|"
    r"many times|often|always|has long|have long|had long|on several occasions|regularly)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince\s+(?:the\s+)?$", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|from)\s+(?:the\s+)?$", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|until|till|before|no later than)\s+(?:the\s+)?$", re.IGNORECASE)
_BACK_REFERENCE = re.compile(r"\W*(?:this|that|it|they|these|those|their|the)\b", re.IGNORECASE)
#: What has not been done was never done up to the report.
_PERFECT = re.compile(r"\b(?:has|have|is|are)(?:n['’]t)?\b", re.IGNORECASE)
_IN = re.compile(r"\b(?:in|on)\s+$", re.IGNORECASE)
_THEN = re.compile(r" ?then\b")
_WORD = re.compile(r"[^\W\d_]{4,}")


def when_of(report: Report, coded: CodedEvent) -> When:
    """The date of a coded event with what it rests on.

    Args:
        report: the report it stands in; its ``published`` anchors relative dates.
        coded: the event.

    Returns:
        EDTF with first and last possible day; ``edtf`` is ``""`` where nothing can be said.
    """
    on = report.published.date() if report.published else None
    anchors = anchors_in(report.text, coded.sentence.start, coded.sentence.end, on)
    own = _landmark_itself(coded, anchors)
    here = _expressions_in(report, coded, on)
    counted = by_interval(report.text, coded.sentence, coded.trigger, here, on)
    if counted and not own:
        return counted
    expression = _own_expression(report, coded, here, on)
    if own and (expression is None or _agrees(expression, own)):
        return _of_landmark(own)
    if expression:
        return _stated(report.text, expression, on)
    claimed = claimed_by(report.text, coded.trigger, here)
    if claimed and coded.status in ("alleged", "denied"):
        return _open_until(claimed.latest)
    if coded.status not in _AHEAD:
        leaning = leaned_on(report.text, coded.sentence, coded.trigger, anchors)
        if leaning:
            return _from_landmark(leaning, on)
    return _from_elsewhere(report, coded, on)


@lru_cache(maxsize=32)
def expressions_of(report: Report) -> tuple[TimeExpression, ...]:
    """The time expressions of a report, read against the day it was published."""
    return time_expressions(report.text, report.published.date() if report.published else None)


def _expressions_in(report: Report, coded: CodedEvent, on: date | None) -> list[TimeExpression]:
    """The time expressions of the event's sentence."""
    return [
        _deadline(report.text, e, on)
        for e in expressions_of(report)
        if coded.sentence.start <= e.start < coded.sentence.end
    ]


def _own_expression(
    report: Report, coded: CodedEvent, here: Sequence[TimeExpression], on: date | None
) -> TimeExpression | None:
    return dating(
        report.text, coded.sentence, coded.trigger, here, on,
        ahead=None if coded.status == "hypothetical" else coded.status in _AHEAD,
        hint=coded.time,
    )  # fmt: skip


def _deadline(text: str, expression: TimeExpression, on: date | None) -> TimeExpression:
    """ "By Saturday" sets a term: the Saturday to come, whatever the tense around it."""
    granule, last = expression.granule, expression.latest
    weekday = expression.text.strip().title() in day_name
    if not weekday or granule is None or on is None or last is None or last >= on:
        return expression
    if not led_by(text, expression, _BY):
        return expression
    coming = granule.shift(7)
    return replace(
        expression,
        granule=coming,
        edtf=coming.edtf(),
        value=coming.timex(),
        earliest=coming.first,
        latest=coming.last,
    )


def _stated(text: str, expression: TimeExpression, on: date | None) -> When:
    """What the expression says; "since May" lasts until the report, "after May" is open."""
    edtf, first, last = expression.edtf, expression.earliest, expression.latest
    simple = "/" not in edtf
    if simple and led_by(text, expression, _SINCE) and on and last and last < on:
        return When(edtf=f"{edtf}/{on}", earliest=first, latest=on, basis="stated")
    if simple and led_by(text, expression, _AFTER) and on and last and last >= on:
        return When(edtf=f"{edtf}/..", earliest=first, basis="stated")
    if led_by(text, expression, _BY) and on and last and last >= on:
        return When(edtf=edtf, earliest=on, latest=last, basis="stated")
    return When(edtf=edtf, earliest=first, latest=last, basis="stated")


# ── landmarks ─────────────────────────────────────────────────────────────────────────────────


def _landmark_itself(coded: CodedEvent, anchors: Sequence[Anchor]) -> Anchor | None:
    """The landmark whose own name the trigger is."""
    if coded.status in _AHEAD:
        return None
    trigger = coded.trigger
    inside = [a for a in anchors if a.start < trigger.end and trigger.start < a.end]
    return next((a for a in inside if _heads(trigger, a)), None)


def _heads(trigger: Passage, anchor: Anchor) -> bool:
    """Whether the trigger is the landmark's name, not an act upon it ("calls off the summit")."""
    lead = trigger.text[: max(0, anchor.start - trigger.start)].lower().split()
    return all(word in cues("before_name") for word in lead) or anchor.noun.lower() in cues("poll")


def _agrees(expression: TimeExpression, anchor: Anchor) -> bool:
    first, last = expression.earliest, expression.latest
    landmark = anchor.landmark
    return (
        first is not None
        and last is not None
        and first <= landmark.ends
        and landmark.starts <= last
    )


def _of_landmark(anchor: Anchor) -> When:
    landmark = anchor.landmark
    same = landmark.starts == landmark.ends
    edtf = f"{landmark.starts}" if same else f"{landmark.starts}/{landmark.ends}"
    return When(edtf=edtf, earliest=landmark.starts, latest=landmark.ends, basis="inferred")


def _from_landmark(anchor: Anchor, on: date | None) -> When:
    landmark = anchor.landmark
    if anchor.relation == "at":
        return _of_landmark(anchor)
    if anchor.relation == "before":
        return When(edtf=f"../{landmark.starts}", latest=landmark.starts, basis="inferred")
    end = f"{on}" if on and on >= landmark.starts else ".."
    return When(
        edtf=f"{landmark.starts}/{end}", earliest=landmark.starts, latest=on, basis="inferred"
    )


# ── what was told elsewhere ───────────────────────────────────────────────────────────────────


def _from_elsewhere(report: Report, coded: CodedEvent, on: date | None) -> When:
    if coded.status in _AHEAD or "future" in coded.auxiliary:
        same = same_plan(report, coded) or _told_ahead(report, coded, on)
        if same:
            return _inferred(same, rough=False)
        return _open_from(on)
    if coded.status == "hypothetical":
        return _open_from(on)
    then = _then(report, coded)
    if then:
        return _inferred(then, rough=False)
    told = None if _recurred(report.text, coded) else _told_last(report, coded)
    if told:
        return _inferred(told, rough=True)
    # A time that the parse gave and this room did not take is another noun's: no sign of the past.
    past = "historical" in coded.auxiliary and coded.time is None
    past = past or _recurred(report.text, coded)
    return _open_until(on) if past else _of_publication(on)


def _recurred(text: str, coded: CodedEvent) -> bool:
    """Whether its own clause says that it went on or happened more than once."""
    often = _OFTEN.search(text, coded.sentence.start, coded.sentence.end)
    if not often:
        return False
    low, high = sorted((often.start(), coded.trigger.start))
    return not SUBORDINATE.search(text, low, high)


def _inferred(expression: TimeExpression, *, rough: bool) -> When:
    plain = rough and not re.search(r"[/~X]|-2[1-4]$", expression.edtf)
    return When(
        edtf=expression.edtf + ("~" if plain else ""),
        earliest=expression.earliest,
        latest=expression.latest,
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
    back = max(_section_start(report, start), start - 400)
    before = [e for e in expressions_of(report) if back <= e.start < start and _lies_ahead(e, on)]
    return before[-1] if before else None


def _told_last(report: Report, coded: CodedEvent) -> TimeExpression | None:
    """In background told in order, the date that the sentence before hands on."""
    lead = report.text[coded.sentence.start : coded.trigger.start]
    if coded.status == "negated" and _PERFECT.search(f"{lead} {coded.trigger.text}"):
        return None
    section = next((s for s in report.sections if s.start <= coded.sentence.start < s.end), None)
    if section is None or section.kind != "background":
        return None
    before = [e for e in expressions_of(report) if section.start <= e.start < coded.sentence.start]
    heading = [e for e in before if e.kind == "DATE" and e.edtf and _opens_sentence(report, e)]
    since = heading[-1] if heading else None
    return _at_the_end(report, coded, before, since) or since


def _at_the_end(
    report: Report,
    coded: CodedEvent,
    before: Sequence[TimeExpression],
    since: TimeExpression | None,
) -> TimeExpression | None:
    """A month or day that closes the clause before ("… concluded in January 2016 that …")."""
    gap = report.text[max(0, coded.sentence.start - 200) : coded.sentence.start].rstrip()
    cut = max(gap.rfind(". ", 0, -1), gap.rfind("\n", 0, -1))
    start = coded.sentence.start - len(gap) + cut + 1
    told = [
        e
        for e in before
        if e.start >= start and e.stated and e.kind == "DATE" and e.granule is not None
        and e.granule.unit in ("day", "month") and led_by(report.text, e, _IN)
    ]  # fmt: skip
    return told[-1] if told and (since is None or told[-1].start > since.start) else None


def _then(report: Report, coded: CodedEvent) -> TimeExpression | None:
    """ "Which mediated then": the date last told, if past."""
    if not _THEN.match(report.text, coded.trigger.end - 4 if coded.trigger.text.endswith("then")
                       else coded.trigger.end):  # fmt: skip
        return None
    start = coded.trigger.start
    back = max(_section_start(report, start), start - 400)
    told = [e for e in expressions_of(report) if back <= e.start < start and e.kind == "DATE"]
    return next((e for e in reversed(told) if e.edtf and e.text.lower() != "then"), None)


def _opens_sentence(report: Report, expression: TimeExpression) -> bool:
    lead = report.text[max(0, expression.start - 14) : expression.start]
    return (
        re.search(r"(?:^|[.!?\n”\"]\s+|^\s*)(?:In|On|By|Since|At|Late in|Early in)\s+$", lead)
        is not None
    )


def _section_start(report: Report, at: int) -> int:
    return next((s.start for s in report.sections if s.start <= at < s.end), 0)


# ── the report's own day ──────────────────────────────────────────────────────────────────────


def _of_publication(on: date | None) -> When:
    if on is None:
        return When(edtf="", basis="publication")
    return When(edtf=f"{on}~", earliest=on - _FRESH, latest=on, basis="publication")


def _open_until(on: date | None) -> When:
    return When(edtf=f"../{on}" if on else "", latest=on, basis="inferred")


def _open_from(on: date | None) -> When:
    return When(edtf=f"{on}/.." if on else "", earliest=on, basis="inferred")

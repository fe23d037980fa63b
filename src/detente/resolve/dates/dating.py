"""When an event was, is or will be: from its sentence, what was told before, or the report.

In this order: the event is itself a landmark ("the summit in Helsinki"); a time expression of its
sentence; a landmark it leans on ("after the annexation"); for what lies ahead, the date the report
gives the same plan elsewhere; the date of the entry of a chronology; in the past, the time of the
narrative; the report's day. Nothing is made more exact than it was told.
"""

from __future__ import annotations

import re
from calendar import day_name
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from detente.records import CodedEvent, Passage, Report, When
from detente.resolve.cues import cues
from detente.resolve.dates.anchors import Anchor, anchors_in, leaned_on
from detente.resolve.dates.attachment import claimed_by, dating, led_by
from detente.resolve.dates.discourse import Now, expressions_of, now_at
from detente.resolve.dates.elsewhere import AHEAD, from_elsewhere, open_until
from detente.resolve.dates.expression import TimeExpression
from detente.resolve.dates.intervals import by_interval
from detente.resolve.dates.narrative import last_day

_SINCE = re.compile(r"\bsince\s+(?:the\s+)?$", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|from)\s+(?:the\s+)?$", re.IGNORECASE)
#: A part of some day, which is not said to be today's.
_PART_OF_DAY = re.compile(
    r"(?:(?:early|late|later) )?(?:(?:in|that|the same) )*(?:the )?"
    r"(?:morning|afternoon|evening|night)",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(?:by|until|till|before|no later than)\s+(?:the\s+)?$", re.IGNORECASE)


def when_of(report: Report, coded: CodedEvent) -> When:
    """The date of a coded event with what it rests on.

    Args:
        report: the report it stands in; its ``published`` anchors relative dates, but in the
            entries of a chronology their own dates do.
        coded: the event.

    Returns:
        EDTF with first and last possible day; ``edtf`` is ``""`` where nothing can be said.
    """
    now = now_at(report, coded.trigger.start)
    on = now.last
    anchors = anchors_in(report.text, coded.sentence.start, coded.sentence.end, on)
    own = _landmark_itself(coded, anchors)
    here = _expressions_in(report, coded, now)
    counted = by_interval(report.text, coded.sentence, coded.trigger, here, on)
    if counted and not own:
        return counted
    expression = _own_expression(report, coded, here, now)
    if own and (expression is None or _agrees(expression, own)):
        return _of_landmark(own)
    if expression:
        return _stated(report.text, expression, on)
    claimed = claimed_by(report.text, coded.trigger, here)
    if claimed and coded.status in ("alleged", "denied"):
        return open_until(claimed.latest)
    if coded.status not in AHEAD and now.entry is None:
        leaning = leaned_on(report.text, coded.sentence, coded.trigger, anchors)
        if leaning:
            return _from_landmark(leaning, on)
    return from_elsewhere(report, coded, now)


def _expressions_in(report: Report, coded: CodedEvent, now: Now) -> list[TimeExpression]:
    """The time expressions of the event's sentence; in a chronology, of its entry's text."""
    return [
        _deadline(report.text, _that_evening(report, e), now.last)
        for e in expressions_of(report)
        if coded.sentence.start <= e.start < coded.sentence.end
        and now_at(report, e.start).entry == now.entry
        and e != now.entry
    ]


def _that_evening(report: Report, expression: TimeExpression) -> TimeExpression:
    """ "Late in the evening" is that of the day told last, if that is of these days."""
    if not _PART_OF_DAY.fullmatch(expression.text):
        return expression
    told = last_day(report, expression.start)
    if told is None:
        return expression
    return replace(
        expression, granule=told.granule, edtf=told.edtf, earliest=told.earliest, latest=told.latest
    )


def _own_expression(
    report: Report, coded: CodedEvent, here: Sequence[TimeExpression], now: Now
) -> TimeExpression | None:
    return dating(
        report.text, coded.sentence, coded.trigger, here, now,
        ahead=None if coded.status == "hypothetical" else coded.status in AHEAD,
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
    if coded.status in AHEAD:
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

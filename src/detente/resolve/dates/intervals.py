"""What was so long before or after: "withdrew on Friday, six months after it gave notice"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from detente.records import Passage, When
from detente.resolve.dates.expression import TimeExpression
from detente.resolve.dates.granules import Granule, Unit, containing

_VALUE = re.compile(r"P(\d+)([DWMY])$")
#: Hours and minutes do not change the day, as far as a text tells.
_SAME_DAY = re.compile(r"PT(?:\d+|X)[HMS]$")
_UNITS: dict[str, Unit] = {"D": "day", "W": "week", "M": "month", "Y": "year"}
_RELATION = re.compile(r"\s+(after|before)\s+", re.I)
#: What ends the clause that the interval is counted to.
_ENDS = re.compile(r"[,;:.“”\"]\s|\b(?:that|which|who|because|although|while|but)\b")
_FAR = 70


def by_interval(
    text: str, sentence: Passage, trigger: Passage, found: Sequence[TimeExpression], on: date | None
) -> When | None:
    """When an event was that the rest of its sentence is counted from.

    Args:
        text: the report.
        sentence: the event's sentence.
        trigger: the words that tell the event, in the clause behind "after" or "before".
        found: time expressions of the sentence.
        on: the report's day: what the interval is counted from where no other day is told.

    Returns:
        A day, week, month or year, as exact as the interval; ``None`` where there is no interval.
    """
    for interval in found:
        length = _length(interval)
        relation = _RELATION.match(text, interval.end)
        if length is None or relation is None or not _in_clause(text, relation.end(), trigger):
            continue
        start = _counted_from(text, sentence, interval, found, on)
        if start is None:
            return None
        steps = length[0] * (-1 if relation[1].lower() == "after" else 1)
        return _dated(containing(start, _UNITS[length[1]]).shift(steps), start, length[1], steps)
    return None


def _length(interval: TimeExpression) -> tuple[int, str] | None:
    """How many of which unit an interval is; none for one that is not told in numbers."""
    if interval.kind != "DURATION":
        return None
    if _SAME_DAY.fullmatch(interval.value):
        return 0, "D"
    length = _VALUE.fullmatch(interval.value)
    return (int(length[1]), length[2]) if length else None


def _in_clause(text: str, begins: int, trigger: Passage) -> bool:
    """Whether the trigger is in the clause that begins there: its verb, or its subject's noun."""
    if not begins <= trigger.start <= begins + _FAR:
        return False
    return _ENDS.search(text[begins : trigger.start]) is None


def _counted_from(
    text: str,
    sentence: Passage,
    interval: TimeExpression,
    found: Sequence[TimeExpression],
    on: date | None,
) -> date | None:
    """The day of the main clause: the day told nearest before the interval, else the report's."""
    days = [
        e.earliest
        for e in found
        if e.end <= interval.start and e.kind == "DATE" and e.granule and e.granule.unit == "day"
    ]
    told = any(e.kind == "DATE" and e.edtf and e.end <= interval.start for e in found)
    return days[-1] if days else None if told else on


def _dated(granule: Granule, start: date, unit: str, steps: int) -> When:
    if unit == "W":
        granule = containing(start, "day").shift(7 * steps)
    mark = "~" if unit == "W" else ""
    return When(
        edtf=granule.edtf() + mark, earliest=granule.first, latest=granule.last, basis="inferred"
    )

"""What the time grammar finds in a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from detente.resolve.dates.granules import Granule

Kind = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an expression means: its TIMEX3 value, and its stretch of the calendar if it has one.

    ``modifier`` is TIMEX3's ``mod`` (START, MID, END, APPROX). ``earliest`` and ``latest`` narrow
    or replace the granule's own bounds. ``edtf`` is empty where no calendar date is meant.
    """

    kind: Kind
    value: str
    modifier: str = ""
    granule: Granule | None = None
    edtf: str = ""
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """A time expression: characters ``start`` to ``end`` of the text and what they mean.

    ``kind`` and ``value`` are TIMEX3's type and value (TimeML 1.2.1); ``edtf``, ``earliest`` and
    ``latest`` say the same as a date, where it is one. ``stated`` is false where the year or more
    had to be supplied from the anchor.
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: str
    modifier: str = ""
    edtf: str = ""
    earliest: date | None = None
    latest: date | None = None
    granule: Granule | None = None
    stated: bool = False


def dated(granule: Granule, *, modifier: str = "", kind: Kind = "DATE") -> Reading:
    """A reading that means ``granule``, its bounds narrowed by a part (early, mid, late)."""
    earliest, latest = part_bounds(granule, modifier)
    mark = "~" if modifier == "APPROX" and granule.unit in ("day", "month", "year") else ""
    return Reading(
        kind=kind,
        value=granule.timex(),
        modifier=modifier,
        granule=granule,
        edtf=granule.edtf() + mark,
        earliest=earliest,
        latest=latest,
    )


def part_bounds(granule: Granule, modifier: str) -> tuple[date, date]:
    """First and last day of a granule's early, middle or late third, or of all of it."""
    first, last = granule.first, granule.last
    length = (last - first).days + 1
    third = length // 3
    if modifier == "START" and third:
        return first, date.fromordinal(first.toordinal() + third - 1)
    if modifier == "MID" and third:
        return date.fromordinal(first.toordinal() + third), date.fromordinal(
            last.toordinal() - third
        )
    if modifier == "END" and third:
        return date.fromordinal(last.toordinal() - third + 1), last
    return first, last

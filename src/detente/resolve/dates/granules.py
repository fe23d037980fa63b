"""Stretches of the calendar as numbers: a unit and the how-manieth of it, so that "next" is + 1.

Weeks begin on Monday (ISO 8601). Seasons follow the northern year: spring March to May, summer June
to August, autumn September to November, winter December to February.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal[
    "day", "weekend", "week", "month", "quarter", "half", "season", "year", "decade", "century"
]
_MONTHS: dict[str, int] = {
    "month": 1, "quarter": 3, "half": 6, "season": 3, "year": 12, "decade": 120, "century": 1200,
}  # fmt: skip
_SEASONS = ("SP", "SU", "FA", "WI")


@dataclass(frozen=True, slots=True, kw_only=True)
class Granule:
    """The ``index``-th stretch of its ``unit`` since the calendar's beginning."""

    unit: Unit
    index: int

    def shift(self, steps: int) -> Granule:
        """The granule that many units later (earlier if negative)."""
        return Granule(unit=self.unit, index=self.index + steps)

    @property
    def first(self) -> date:
        """Its first day.

        Raises:
            ValueError: before year 1 or after year 9999.
        """
        return _first(self.unit, self.index)

    @property
    def last(self) -> date:
        """Its last day."""
        if self.unit == "weekend":
            return self.first + timedelta(days=1)
        return _first(self.unit, self.index + 1) - timedelta(days=1)

    def timex(self) -> str:
        """Its TIMEX3 value (TimeML 1.2.1), such as ``1989-Q3`` or ``1998-W12``."""
        return _timex(self)

    def edtf(self) -> str:
        """Its EDTF value (ISO 8601-2): days, months, years; seasons and masks; intervals."""
        return _edtf(self)


def coarser(told: Granule, unit: Unit) -> bool:
    """Whether a told stretch is less exact than the day or week counted or taken up from it.

    "Two days later" than "last month", "the same day" after "in January" are told no more exactly
    than that month.
    """
    order = ("day", "week", "month", "season", "quarter", "half", "year", "decade", "century")
    known = told.unit in order and unit in ("day", "week")
    return known and order.index(told.unit) > order.index(unit)


def containing(day: date, unit: Unit) -> Granule:
    """The granule of ``unit`` that ``day`` lies in; for a weekend, that of the day's week."""
    if unit == "day":
        return Granule(unit=unit, index=day.toordinal())
    if unit in ("week", "weekend"):
        return Granule(unit=unit, index=(day.toordinal() - 1) // 7)
    months = day.year * 12 + day.month - 1
    offset = 2 if unit == "season" else 0
    return Granule(unit=unit, index=(months - offset) // _MONTHS[unit])


def year(number: int) -> Granule:
    """The year ``number``."""
    return Granule(unit="year", index=number)


def month(year_number: int, number: int) -> Granule:
    """Month ``number`` (1–12) of a year."""
    return Granule(unit="month", index=year_number * 12 + number - 1)


def day(year_number: int, month_number: int, number: int) -> Granule | None:
    """A day of the calendar, or ``None`` where there is no such day."""
    if not (1 <= year_number <= 9999 and 1 <= month_number <= 12):
        return None
    if not 1 <= number <= monthrange(year_number, month_number)[1]:
        return None
    return containing(date(year_number, month_number, number), "day")


def part_of_year(unit: Unit, year_number: int, number: int) -> Granule:
    """The ``number``-th (from 1) quarter, half or season (1 is spring) of a year."""
    return Granule(unit=unit, index=year_number * (12 // _MONTHS[unit]) + number - 1)


def _first(unit: str, index: int) -> date:
    if unit == "day":
        return date.fromordinal(index)
    if unit == "week":
        return date.fromordinal(index * 7 + 1)
    if unit == "weekend":
        return date.fromordinal(index * 7 + 6)
    months = index * _MONTHS[unit] + (2 if unit == "season" else 0)
    return date(months // 12, months % 12 + 1, 1)


def _timex(granule: Granule) -> str:
    first, unit = granule.first, granule.unit
    week = f"{first.isocalendar().year:04}-W{first.isocalendar().week:02}"
    number, of_year = granule.index, granule.index // (12 // _MONTHS.get(unit, 12) or 1)
    written = {
        "day": first.isoformat(),
        "week": week,
        "weekend": f"{week}-WE",
        "month": f"{first.year:04}-{first.month:02}",
        "quarter": f"{of_year:04}-Q{number % 4 + 1}",
        "half": f"{of_year:04}-H{number % 2 + 1}",
        "season": f"{of_year:04}-{_SEASONS[number % 4]}",
        "year": f"{number:04}",
        "decade": f"{number:03}",
        "century": f"{number:02}",
    }
    return written[unit]


def _edtf(granule: Granule) -> str:
    first, last = granule.first, granule.last
    if granule.unit in ("week", "weekend"):
        return f"{first}/{last}"
    if granule.unit in ("quarter", "half"):
        return f"{first:%Y-%m}/{last:%Y-%m}"
    if granule.unit == "season":
        return f"{granule.index // 4:04}-{21 + granule.index % 4}"
    mask = {"decade": "X", "century": "XX"}.get(granule.unit, "")
    return granule.timex() + mask

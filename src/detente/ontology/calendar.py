"""The calendar in words: how a day, week, month, season or year is written for a reader."""

from __future__ import annotations

import re
from datetime import date, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
#: Any day of the week, as a pattern in small letters.
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
#: Months 21–24 of EDTF (ISO 8601-2:2019, level 1).
_SEASONS = ("spring", "summer", "autumn", "winter")
_EDTF = re.compile(r"^(-?\d{4})(?:-(\d{2}))?(?:-(\d{2}))?[~?%]?$")
_DAYS = re.compile(r"^(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})$")


def day_in_words(day: date) -> str:
    """``24 October 2018``, of a date or a moment."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def in_words(edtf: str) -> str:
    """An EDTF date with its preposition, or ``""`` where it has no such form.

    ``2018-11-11`` → ``on 11 November 2018``; ``2018-11`` → ``in November 2018``; ``2018-22`` →
    ``in summer 2018``; ``2018`` → ``in 2018``; what is approximate → ``around …``; the days from
    a Monday to its Sunday → ``in the week of 12 November 2018``.
    """
    match = _EDTF.match(edtf)
    if not match:
        return _week(edtf)
    year, month, day = match.groups()
    part = _part_of_year(int(month)) if month else ""
    if month and not part:
        return ""
    date_ = " ".join(filter(None, (str(int(day)) if day else "", part, year)))
    return f"around {date_}" if edtf[-1] in "~%" else f"{'on' if day else 'in'} {date_}"


def _part_of_year(month: int) -> str:
    if 21 <= month <= 24:
        return _SEASONS[month - 21]
    return MONTHS[month - 1] if 1 <= month <= 12 else ""


def _week(edtf: str) -> str:
    match = _DAYS.match(edtf)
    if not match:
        return ""
    first, last = (date.fromisoformat(day) for day in match.groups())
    whole = first.weekday() == 0 and last - first == timedelta(days=6)
    return f"in the week of {day_in_words(first)}" if whole else ""

"""The first and last day of a table's date: a year, a month or a day."""

from __future__ import annotations

import calendar
import re
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def days_of(text: str) -> tuple[date, date]:
    """First and last day of an EDTF level 0 date (``1998``, ``1998-08``, ``1998-08-23``).

    Raises:
        ValueError: if it is none of these or no day of the calendar.
    """
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a date (YYYY, YYYY-MM or YYYY-MM-DD): {text!r}")
    year = int(match[1])
    if match[2] is None:
        return date(year, 1, 1), date(year, 12, 31)
    month = int(match[2])
    if match[3] is not None:
        day = date(year, month, int(match[3]))
        return day, day
    first = date(year, month, 1)
    return first, date(year, month, calendar.monthrange(year, month)[1])

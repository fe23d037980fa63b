"""Dates in words, and the dates that stand in a text."""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_EDTF = re.compile(r"^(-?\d{4})(?:-(\d{2}))?(?:-(\d{2}))?[~?%]?$")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
#: A date that names a month or a year.
DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{_MONTH})(?:\s+(?P<year>\d{{4}}))?"
    rf"|(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year2>\d{{4}}))?\b(?!\d)"
    rf"|(?P<month3>{_MONTH})\s+(?:of\s+)?(?P<year3>\d{{4}})|(?P<year4>(?:19|20)\d{{2}}))\b"
)
_RELATIVE = re.compile(
    r"\b(next|last|this|coming|previous|past|yesterday|today|tomorrow|tonight|ago|later|earlier|"
    r"(mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.I,
)


def in_words(edtf: str) -> str:
    """An EDTF day, month or year with its preposition, or ``""`` where it is none of these.

    ``2018-11-11`` → ``on 11 November 2018``; ``2018-11`` → ``in November 2018``; ``2018`` →
    ``in 2018``. Intervals, seasons and open dates have no such form.
    """
    match = _EDTF.match(edtf)
    if not match:
        return ""
    year, month, day = match.groups()
    if month and not 1 <= int(month) <= 12:
        return ""
    about = "about " if edtf[-1] in "~%" else ""
    if day:
        return f"on {about}{int(day)} {MONTHS[int(month) - 1]} {year}"
    return f"in {about}{MONTHS[int(month) - 1] + ' ' if month else ''}{year}"


def day_in_words(day: date) -> str:
    """``24 October 2018``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def is_relative(phrase: str) -> bool:
    """Whether a time phrase needs the report's own date to be understood."""
    return bool(_RELATIVE.search(phrase)) and not re.search(r"\d{4}", phrase)


def has_date(text: str) -> bool:
    """Whether a text tells a month, a year or a relative date."""
    return bool(DATE.search(text) or re.search(rf"\b{_MONTH}\b", text) or _RELATIVE.search(text))

"""The dates that stand in a text."""

from __future__ import annotations

import re

from detente.ontology.calendar import WEEKDAY

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
    rf"{WEEKDAY})\b",
    re.I,
)


#: A relative time that stands in a sentence by itself.
_TELLS_RELATIVELY = re.compile(
    r"\b(?:(?:next|last|this|coming|previous|past|following) (?:day|week|weekend|month|year|spring|"
    r"summer|autumn|winter|morning|afternoon|evening|night|decade|century)|yesterday|today|"
    r"tomorrow|tonight|ago|(?:days?|weeks?|months?|years?) (?:later|earlier)|"
    rf"{WEEKDAY})\b",
    re.I,
)
#: A year that only tells which treaty, election or war is meant.
_WHICH = re.compile(r"\b(the|its|his|her|their|an?|\w+[’']s?) (?:19|20)\d{2}(?= [A-Za-z])")


def is_relative(phrase: str) -> bool:
    """Whether a time phrase needs the report's own date to be understood."""
    return bool(_RELATIVE.search(phrase)) and not re.search(r"\d{4}", phrase)


def lacks_year(phrase: str) -> bool:
    """Whether a time phrase names a month, alone or with its day, and leaves the year open."""
    return bool(re.fullmatch(rf"(?:\d{{1,2}} )?{_MONTH}(?: \d{{1,2}})?\.?", phrase.strip()))


def has_date(text: str) -> bool:
    """Whether a text tells a month, a year or a relative date; not ``the 2016 election``."""
    text = _WHICH.sub(r"\1", text)
    found = DATE.search(text) or re.search(rf"\b{_MONTH}\b", text)
    return bool(found or _TELLS_RELATIVELY.search(text))

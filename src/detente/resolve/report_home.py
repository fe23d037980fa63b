"""The country a report is told from, by its dateline ("BEIRUT:", "KYIV, March 3 (Wire) -").

A person or body introduced by an office alone is of that country: foreigners are told with theirs.
"""

from __future__ import annotations

import re
from collections import Counter

from detente.gazetteer.actors import candidates
from detente.gazetteer.names import find_names

#: The town in capitals before a day, an agency or a colon, at the head of a paragraph.
_DATELINE = re.compile(
    r"^(?P<town>[A-Z][A-Z .'’-]{2,30}?)(?:/[A-Z /.]+)?(?:,[^\n:—–-]{0,40})?"
    r"(?:\s*\([^)\n]{1,30}\))?\s*(?::|—|–|--?)\s",
    re.M,
)
#: Town and day on a line of their own, as statements of offices are dated.
_LETTER = re.compile(
    r"^(?P<town>[A-Z][A-Za-z .'’-]{2,30}), (?:on )?(?:\d{1,2} [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2},?)"
    r" \d{4}\.?$",
    re.M,
)
#: The report is about the countries that it tells of most.
_ABOUT = 2
#: Bodies that a report from a capital leaves without their country.
DOMESTIC = re.compile(
    r"(?:the )?(?:cabinet|parliament|opposition|judiciary|army|police|central bank)", re.I
)


def dateline_of(text: str) -> tuple[int, int]:
    """Where a report's dateline stands (characters), or (0, 0).

    Args:
        text: of the whole report.
    """
    line = _dated(text)
    return line.span() if line else (0, 0)


def home_of_report(text: str, told: Counter[str]) -> str:
    """The country of the capital in a report's dateline, if the report is about it, or "".

    Args:
        text: of the whole report.
        told: how often it tells of each country.
    """
    line = _dated(text)
    town = line["town"].strip().title() if line else ""
    named = next((n for n in find_names(town) if n.kind == "capital"), None)
    found = candidates(named, None) if named else ()
    country = found[0].country if found else ""
    return country if country in dict(told.most_common(_ABOUT)) else ""


def is_statement(text: str) -> bool:
    """Whether a report is dated as an office's statement, which tells of its own by name alone.

    Args:
        text: of the whole report.
    """
    return _DATELINE.search(text) is None and _LETTER.search(text) is not None


def _dated(text: str) -> re.Match[str] | None:
    return _DATELINE.search(text) or _LETTER.search(text)

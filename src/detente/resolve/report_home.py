"""The country a report is told from, by its dateline ("BEIRUT:", "KYIV, March 3 (Wire) -").

A person or body introduced by an office alone is of that country: foreigners are told with theirs.
"""

from __future__ import annotations

import re

from detente.gazetteer.actors import candidates
from detente.gazetteer.names import find_names

#: The town in capitals before a day, an agency or a colon, at the head of a paragraph.
_DATELINE = re.compile(
    r"^(?P<town>[A-Z][A-Z .'’-]{2,30}?)(?:/[A-Z /.]+)?(?:,[^\n:—–-]{0,40})?"
    r"(?:\s*\([^)\n]{1,30}\))?\s*(?::|—|–|--?)\s",
    re.M,
)
#: Seats of bodies, from which news of everywhere comes.
_NO_HOME = frozenset({"BEL", "CHE"})
#: Bodies that a report from a capital leaves without their country.
DOMESTIC = re.compile(
    r"(?:the )?(?:cabinet|parliament|opposition|judiciary|army|police|central bank)", re.I
)


def home_of_report(text: str) -> str:
    """The country of the capital in a report's dateline, or "".

    Args:
        text: of the whole report.
    """
    line = _DATELINE.search(text)
    if line is None:
        return ""
    town = line["town"].strip().title()
    named = next((n for n in find_names(town) if n.kind == "capital"), None)
    found = candidates(named, None) if named else ()
    country = found[0].country if found else ""
    return "" if country in _NO_HOME else country

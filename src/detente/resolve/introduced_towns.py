"""Towns that a text introduces by their country: "the Armenian town of Vardenis"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.gazetteer.places import DEMONYM, candidates
from detente.resolve.cues import any_of

_INTRODUCED = re.compile(
    r"\b(?P<people>[A-Z][\w-]+(?:\s[A-Z][a-z]+)?)\s(?:[a-z][\w-]*\s){0,2}"
    rf"(?:{any_of('settlement')})\sof\s"
    r"(?P<name>(?:[A-Z][\w'’-]+|[Aa]l-[A-Z][\w'’-]+)(?:\s(?:[A-Z][\w'’-]+|al-[A-Z][\w'’-]+))*)"
)
#: What stands between "in" or "shelled" and the name of a town that is introduced.
INTRODUCING = re.compile(
    r"(?:\bthe\s)?(?:\b[A-Z][\w-]+\s(?:[a-z][\w-]*\s){0,2}|\bthe\s(?:[a-z][\w-]*\s){0,2})?"
    rf"(?:{any_of('settlement')})\sof\s$"
)


def introduced(text: str) -> Iterator[tuple[int, int, str]]:
    """The names of towns and districts that a people's name tells the country of.

    Args:
        text: any English text.

    Yields:
        Start and end of each name, and its country (ISO 3166-1 alpha-3), whether or not the
        gazetteer knows the town.
    """
    for match in _INTRODUCED.finditer(text):
        country = _country_of(match["people"]) or _country_of(match["people"].split()[-1])
        if country:
            yield match.start("name"), match.end("name"), country


def _country_of(people: str) -> str:
    found = {c.place.country for c in candidates(people) if c.role == DEMONYM}
    return next(iter(found)) if len(found) == 1 else ""

"""Place names of a text, each resolved in the light of the others, actors among them marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from detente.gazetteer.actor_catalogue import catalogue
from detente.gazetteer.actors import entity
from detente.gazetteer.names import find_names
from detente.gazetteer.place_tables import PlaceEntry
from detente.gazetteer.places import DEMONYM, candidates
from detente.records import Report
from detente.resolve.actor_groups import is_country
from detente.resolve.cues import any_of
from detente.resolve.toponym_ranking import Mention, mention_at, ranked
from detente.resolve.toponym_spans import toponym_spans

LOCATIVE = re.compile(
    r"\b(in|at|near|outside|inside|off|across|throughout|around|over|from)\s+(?:the\s+)?"
    r"(?:(?:north|south|east|west)(?:ern|east|west|eastern|western)?\s+|central\s+|downtown\s+)?"
    r"(?:(?:city|town|port|capital|village|resort|state|province|island)\s+(?:city\s+)?of\s+)?$",
    re.IGNORECASE,
)
TOWARDS = re.compile(r"\b(?:to|visit(?:s|ed|ing)?|toured|into|for)\s+(?:the\s+)?$", re.IGNORECASE)
#: Kinds of names that tell of a country.
_OF_A_COUNTRY = frozenset({"person", "state", "demonym", "capital", "seat", "agency"})
_ACTING = re.compile(rf"\s+(?:{any_of('acting')})\b")
_WITH = re.compile(r"\b(?:with|between|by|against|and|that|on)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A place name at characters ``start`` to ``end``.

    ``place`` is ``None`` where the gazetteer has none of the name; ``acting`` is true where it
    stands for a government ("Moscow said", "talks with Washington") or people ("Russian").
    """

    start: int
    end: int
    text: str
    place: PlaceEntry | None
    acting: bool


def toponyms(text: str, *, home: PlaceEntry | None = None) -> tuple[Toponym, ...]:
    """Every place name of ``text``, resolved in the light of all the others.

    Args:
        text: any English text.
        home: where its outlet is at home, if known.
    """
    mentions = [mention_at(text, start, end) for start, end in toponym_spans(text)]
    told = countries_told(text, mentions)
    found = zip(mentions, ranked(mentions, home=home, told=told), strict=True)
    return tuple(
        Toponym(start=m.start, end=m.end, text=m.name, place=p, acting=_acts(text, m, p))
        for m, p in found
    )


def countries_told(text: str, mentions: Sequence[Mention]) -> Mapping[str, int]:
    """How often a text tells of each country by other words than its place names ``mentions``.

    Its peoples, its leaders, its government's seats: "Spain's king received him in Córdoba".
    """
    spans = [(m.start, m.end) for m in mentions]
    countries: Counter[str] = Counter()
    for name in find_names(text):
        beside = name.kind == "demonym" or not any(
            s < name.end and name.start < e for s, e in spans
        )
        if beside and name.kind in _OF_A_COUNTRY and len(name.ids) == 1:
            person = catalogue().persons.get(name.ids[0])
            countries[person.country if person else entity(name.ids[0]).country] += 1
    return {country: n for country, n in countries.items() if is_country(country)}


def _acts(text: str, mention: Mention, place: PlaceEntry | None) -> bool:
    if is_people(mention.name):
        return True
    before, after = text[max(0, mention.start - 40) : mention.start], text[mention.end :]
    if place is None or not (place.kind in ("country", "site") or place.capital):
        return False
    if LOCATIVE.search(before) or TOWARDS.search(before):
        return False
    return bool(_ACTING.match(after) or _WITH.search(before) or re.match(r"['’]s\b", after))


@lru_cache(maxsize=32)
def toponyms_of(report: Report) -> tuple[Toponym, ...]:
    """The toponyms of a report."""
    return toponyms(report.text)


def is_people(name: str) -> bool:
    """Whether a name is that of a people ("Russian")."""
    return any(c.role == DEMONYM for c in candidates(name))

"""Place names of a text, each resolved in the light of the others, actors among them marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from detente.gazetteer.actor_catalogue import catalogue
from detente.gazetteer.actors import entity
from detente.gazetteer.names import Named, find_names
from detente.gazetteer.place_tables import PlaceEntry
from detente.gazetteer.places import DEMONYM, candidates
from detente.records import Report
from detente.resolve.actor_groups import is_country
from detente.resolve.cues import any_of
from detente.resolve.introduced_towns import introduced
from detente.resolve.toponym_ranking import Mention, mention_at, ranked
from detente.resolve.toponym_spans import toponym_spans

LOCATIVE = re.compile(
    r"\b(in|at|near|outside|inside|off|across|throughout|around|over|from)\s+(?:the\s+)?"
    r"(?:(?:north|south|east|west)(?:ern|east|west|eastern|western)?\s+|central\s+|downtown\s+)?"
    r"(?:(?:city|town|port|capital|village|resort|state|province|island)\s+(?:city\s+)?of\s+)?$",
    re.IGNORECASE,
)
TOWARDS = re.compile(r"\b(?:to|visit(?:s|ed|ing)?|toured|into|for)\s+(?:the\s+)?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s+(?=[A-Z“\"‘])|\n")
#: Kinds of names that tell of a country.
_OF_A_COUNTRY = frozenset({"person", "state", "demonym", "capital", "seat", "agency"})
_ACTING = re.compile(rf"\s+(?:{any_of('acting')})\b")
_WITH = re.compile(r"\b(?:with|between|by|against|and|that|on)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A place name at characters ``start`` to ``end``.

    ``place`` is ``None`` where the gazetteer has none of the name; ``acting`` is true where it
    stands for a government ("Moscow said", "talks with Washington") or people ("Russian").
    ``country`` is that by which the text introduces a town ("the Armenian town of Vardenis").
    """

    start: int
    end: int
    text: str
    place: PlaceEntry | None
    acting: bool
    country: str = ""


def toponyms(text: str, *, home: PlaceEntry | None = None) -> tuple[Toponym, ...]:
    """Every place name of ``text``, resolved in the light of all the others.

    Args:
        text: any English text.
        home: where its outlet is at home, if known.
    """
    given = {(start, end): country for start, end, country in introduced(text)}
    mentions = _mentions(text, given)
    names = [(n.start, n.end, n.kind, _country(n)) for n in find_names(text) if _country(n)]
    told = Counter(c for s, e, kind, c in names if kind == "demonym" or not _within(s, e, mentions))
    mentions = [replace(m, beside=_beside(text, m, names)) for m in mentions]
    found = zip(mentions, ranked(mentions, home=home, told=told), strict=True)
    return tuple(_toponym(text, m, p, given.get((m.start, m.end), "")) for m, p in found)


def _mentions(text: str, given: Mapping[tuple[int, int], str]) -> list[Mention]:
    """The place names of a text; of what it introduces the country is the container."""
    spans = [s for s in toponym_spans(text) if not any(_meets(s, g) for g in given)]
    mentions = [mention_at(text, start, end) for start, end in sorted([*spans, *given])]
    return [
        replace(m, container=entity(given[m.start, m.end]).name) if (m.start, m.end) in given else m
        for m in mentions
    ]


def _meets(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span[0] < other[1] and other[0] < span[1]


def _toponym(text: str, mention: Mention, place: PlaceEntry | None, country: str) -> Toponym:
    known = place if not country or (place and place.country == country) else None
    return Toponym(
        start=mention.start, end=mention.end, text=mention.name, place=known,
        acting=_acts(text, mention, known), country=country,
    )  # fmt: skip


def _country(name: Named) -> str:
    """The country that the name of a people, a leader or a seat of government tells of."""
    if name.kind not in _OF_A_COUNTRY or len(name.ids) != 1:
        return ""
    person = catalogue().persons.get(name.ids[0])
    country = person.country if person else entity(name.ids[0]).country
    return country if is_country(country) else ""


def _within(start: int, end: int, mentions: Sequence[Mention]) -> bool:
    return any(m.start < end and start < m.end for m in mentions)


def _beside(
    text: str, mention: Mention, names: Sequence[tuple[int, int, str, str]]
) -> frozenset[str]:
    """The countries that the sentence of a mention tells of, but for its own name."""
    before = list(_SENTENCE_END.finditer(text, 0, mention.start))
    after = _SENTENCE_END.search(text, mention.end)
    low = before[-1].end() if before else 0
    high = after.start() if after else len(text)
    return frozenset(
        country
        for start, end, _, country in names
        if low <= start < high and not (start < mention.end and mention.start < end)
    )


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

"""Which of the places of a name is meant: by what stands after it, what else is told, and people.

Evidence is gathered over the whole document (Leidner, Toponym Resolution in Text, 2007: one sense
per discourse, spatial minimality, default by population): divisions and countries told by name,
containers after a comma ("Paris, Texas"), the outlet's home, and how near candidates of different
names lie to each other.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from detente.gazetteer.place_index import key_of
from detente.gazetteer.place_tables import PlaceEntry
from detente.gazetteer.places import (
    ABBREVIATION,
    ALIAS,
    DEMONYM,
    PRIMARY,
    Candidate,
    candidates,
)

#: What a kind is worth beside the logarithm of a town's people.
_COUNTRY, _DIVISION, _COUNTY, _BARE_COUNTY, _OURS = 8.0, 6.5, 5.0, 2.0, 7.0
_CAPITAL = 1.5
#: What a division's name counts for that is a great town's as well; how often the mention of a
#: people or a leader counts at most.
_TOWN_TOO, _OFTEN = 0.4, 3
#: What a country counts for that the same sentence tells of.
_IN_SENTENCE = 1.5
#: Peoples and leaders speak for towns of more than so many people; in news of several states the
#: name of a country speaks but half for smaller ones.
_OF_NOTE = 30_000
#: What a capital gains where a document tells of several states.
_AMONG_STATES = 4.0
#: What it gains where the outlet has no home that is known: it tells of the world.
_ABROAD = 1.0
#: A town of so many people, or a capital, dwarfs its namesakes if it is so many times as great.
_WORLD, _DWARFS = 1_000_000, 8
_ALIAS_COST, _SPELLING_COST, _LIKE, _KNOWN = 2.0, 0.5, 0.8, 100_000
#: What a country told counts for, times log2, and at most; how much of what a name tells of itself
#: is left out.
_BY_COUNTRY, _MOST_BY_COUNTRY, _OWN = 1.6, 3.0, 1.0
_NEAR_KM, _SAME_AREA_KM = 60.0, 400.0
_EARTH_KM = 6371.0
_TAIL = re.compile(r"(?:['’]s?|,)$")
_CITY_OF = re.compile(
    r"^(?:the\s+)?(?:city|town|village|state|county|province|island)\s+of\s+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name at characters ``start`` to ``end``, and the container written after it, if any.

    ``beside`` are the countries that its sentence tells of by other names.
    """

    start: int
    end: int
    name: str
    container: str = ""
    beside: frozenset[str] = frozenset()


@dataclass(slots=True)
class Evidence:
    """What a document tells about where it plays."""

    divisions: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    own: dict[str, Counter[str]] = field(default_factory=dict)
    home: PlaceEntry | None = None
    settled: dict[str, PlaceEntry] = field(default_factory=dict)

    def beside(self, key: str) -> tuple[Callable[[str], float], Callable[[str], float]]:
        """What tells of a division or country, but for the name ``key`` itself."""
        own = self.own.get(key, Counter())
        return (
            lambda code: self.divisions[code] - _OWN * own[code],
            lambda code: self.countries[code] - _OWN * own[code],
        )


def distance_km(first: PlaceEntry, second: PlaceEntry) -> float:
    """Great-circle distance (haversine, sphere of 6371 km)."""
    a1, a2 = math.radians(first.lat), math.radians(second.lat)
    half = math.sin((a2 - a1) / 2) ** 2
    across = math.sin(math.radians(second.lon - first.lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(half + math.cos(a1) * math.cos(a2) * across))


def mention_at(text: str, start: int, end: int) -> Mention:
    """The mention of ``text[start:end]`` with its container ("Paris, Texas")."""
    after = re.match(
        r",\s+([A-Z][\w.]*(?:\s[A-Z][\w.]*)?)|\s+\(([A-Z][\w.]*(?:\s\w+)?)\)", text[end : end + 40]
    )
    container = ""
    if after:
        written = after[1] or after[2]
        container = next((c for c in _shorter(written) if _divisions(c)), "")
    return Mention(start=start, end=end, name=text[start:end], container=container)


def _shorter(written: str) -> tuple[str, ...]:
    words = written.split()
    return (written, words[0], written.rstrip("."), words[0].rstrip("."))


def _divisions(name: str) -> tuple[Candidate, ...]:
    """The countries and divisions of a name, for containers; US counties not."""
    return tuple(
        c for c in candidates(name)
        if c.role != DEMONYM and (c.place.kind == "country" or c.place.division.count(".") == 1)
        and c.place.kind in ("country", "region")
    )  # fmt: skip


def called(name: str) -> tuple[Candidate, ...]:
    """The places that a phrase can name: the whole, without what is added, or its leading part."""
    bare = _CITY_OF.sub("", _TAIL.sub("", name.strip()))
    for form in (bare, re.sub(r"^[Tt]he\s+", "", bare), *_reduced(bare)):
        found = candidates(form)
        if found:
            return _allowed(form, found)
    return ()


def _reduced(name: str) -> list[str]:
    words = name.split()
    forms = []
    if len(words) > 1 and words[-1].lower() in (
        "city",
        "town",
        "area",
        "region",
        "province",
        "state",
    ):
        forms.append(" ".join(words[:-1]))
    if len(words) > 1 and words[0].lower() in (
        "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central",
        "downtown", "greater", "upper", "lower", "northeast", "northwest", "southeast", "southwest",
        "inner", "mid", "metro", "old", "new",
    ):  # fmt: skip
        forms.append(" ".join(words[1:]))
    if name.endswith("s"):
        forms.append(name[:-1])
    if len(words) > 2:
        forms.append(" ".join(words[:-1]))
    return forms


def _allowed(form: str, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Abbreviations need their capitals: ``IN`` and ``Ind.`` are Indiana, ``in`` is not."""
    postal = len(form) == 2 and not form.isupper()
    return tuple(c for c in found if not (postal and c.role == ABBREVIATION))


def ranked(
    mentions: Sequence[Mention],
    *,
    home: PlaceEntry | None = None,
    told: Mapping[str, int] | None = None,
) -> tuple[PlaceEntry | None, ...]:
    """The place each mention means, ``None`` where the gazetteer has none of that name.

    Args:
        mentions: all mentions of one document, in order.
        home: where the outlet is at home, if known.
        told: how often the document tells of each country by other words than place names: its
            people, its leaders.
    """
    evidence = _evidence(mentions, home)
    evidence.told.update({c: min(times, _OFTEN) for c, times in (told or {}).items()})
    for _ in range(2):
        evidence.settled = {key_of(m.name): best for m in mentions if (best := _best(m, evidence))}
    within = _told_containers(mentions, evidence)
    return tuple(_best(m, evidence, within.get(key_of(m.name), "")) for m in mentions)


def _told_containers(mentions: Sequence[Mention], evidence: Evidence) -> Mapping[str, str]:
    """The container a name was once given holds for its other mentions (one sense a discourse)."""
    return {key_of(m.name): m.container for m in reversed(mentions) if m.container}


def _evidence(mentions: Sequence[Mention], home: PlaceEntry | None) -> Evidence:
    evidence = Evidence(home=home)
    for mention in mentions:
        for name in filter(None, (mention.container, mention.name)):
            found = _divisions(name)
            weight = _TOWN_TOO if _great_town(name) else 1.0
            weight = weight / len(found) if found else 0.0
            for candidate in found:
                _count(evidence, candidate.place, weight, key_of(name))
        _count_sure(evidence, mention)
    if home:
        evidence.divisions[_first_level(home)] += 1
        evidence.countries[home.country] += 1
    return evidence


def _great_town(name: str) -> bool:
    """Whether the name of a division is a great town's or a capital's as well ("Santiago")."""
    towns = (c.place for c in candidates(name) if c.role == PRIMARY and c.place.kind == "city")
    return any(town.capital or town.population > 1_000_000 for town in towns)


def _count(evidence: Evidence, place: PlaceEntry, weight: float, key: str) -> None:
    own = evidence.own.setdefault(key, Counter())
    if place.kind != "country":
        evidence.divisions[_first_level(place)] += weight  # type: ignore[assignment]
        own[_first_level(place)] += weight  # type: ignore[assignment]
    evidence.countries[place.country] += weight  # type: ignore[assignment]
    own[place.country] += weight  # type: ignore[assignment]


def _count_sure(evidence: Evidence, mention: Mention) -> None:
    """A great city, or a name of one place only, tells where the document plays."""
    found = called(mention.name)
    if not found or found[0].place.kind != "city" or found[0].role == ALIAS:
        return
    first = found[0].place
    rest = found[1].place.population if len(found) > 1 else 0
    if len(found) == 1 or (first.population > 300_000 and first.population > 8 * rest):
        _count(evidence, first, 0.5, key_of(mention.name))


def _first_level(place: PlaceEntry) -> str:
    return ".".join(place.division.split(".")[:2])


def _best(mention: Mention, evidence: Evidence, within: str = "") -> PlaceEntry | None:
    found = called(mention.name)
    container = mention.container or within
    inside = _inside(found, container) if container else ()
    pool = inside or found
    if not pool:
        return None
    great = None if evidence.home else _world_city(pool)

    def score(candidate: Candidate) -> float:
        dwarfed = great is not None and candidate.place is not great
        return _score(candidate, mention, evidence, dwarfed=dwarfed)

    return max(pool, key=score).place


def _world_city(found: Sequence[Candidate]) -> PlaceEntry | None:
    """The town that is meant by the name the world over: no other bears it that is near as great.

    That a text tells of America does not make its Athens the one in Georgia: states act abroad.
    """
    towns = sorted(
        (c.place for c in found if c.place.kind == "city" and c.role == PRIMARY),
        key=lambda place: -place.population,
    )
    if not towns:
        return None
    first, rest = towns[0], max((t.population for t in towns[1:]), default=0)
    great = first.capital or first.population > _WORLD
    return first if great and first.population > _DWARFS * rest else None


def _inside(found: Sequence[Candidate], container: str) -> tuple[Candidate, ...]:
    holders = _divisions(container)
    codes = {h.place.division for h in holders if h.place.kind == "region"}
    countries = {h.place.country for h in holders if h.place.kind == "country"}
    return tuple(c for c in found if _lies_in(c.place, codes, countries))


def _lies_in(place: PlaceEntry, codes: set[str], countries: set[str]) -> bool:
    if place.kind == "country":
        return False
    if place.kind == "region" and place.division in codes:
        return False
    return _first_level(place) in codes or place.country in countries


def _score(candidate: Candidate, mention: Mention, evidence: Evidence, *, dwarfed: bool) -> float:
    place = candidate.place
    score = _standing(candidate, mention)
    score -= _alias_cost(candidate, mention)
    divisions, countries = evidence.beside(key_of(mention.name))
    small = place.kind == "city" and place.population <= _OF_NOTE
    small = small or (dwarfed and place.kind == "city")
    told = evidence.told[place.country] * (not small)
    score += min(3.5, 1.5 * math.log2(1 + divisions(_first_level(place)))) * bool(place.division)
    by_country = min(_MOST_BY_COUNTRY, _BY_COUNTRY * math.log2(1 + countries(place.country) + told))
    doubted = dwarfed or (small and _is_international(evidence, place.country))
    score += by_country / (2 if doubted else 1)
    here = place.country in mention.beside or not place.country
    score += _IN_SENTENCE * (bool(mention.beside) and here and not small)
    if place.capital and candidate.role != ALIAS and _is_international(evidence, place.country):
        score += _AMONG_STATES
    if evidence.home is None:
        score += _ABROAD * (place.capital and candidate.role != ALIAS)
    else:
        gap = distance_km(place, evidence.home)
        score += 4.0 * math.exp(-gap / _NEAR_KM) + 1.5 * math.exp(-gap / _SAME_AREA_KM)
    return score + _neighbours(candidate, mention, evidence)


def _alias_cost(candidate: Candidate, mention: Mention) -> float:
    """Another name counts for less, unless it is only another spelling ("Odessa", "Odesa")."""
    if candidate.role != ALIAS:
        return 0.0
    known = candidate.place.population > _KNOWN
    return _SPELLING_COST if known and _alike(mention.name, candidate.place.name) else _ALIAS_COST


@lru_cache(maxsize=8192)
def _alike(name: str, other: str) -> bool:
    """Whether two names are spellings of one."""
    return SequenceMatcher(a=key_of(name), b=key_of(other)).ratio() > _LIKE


def _is_international(evidence: Evidence, own: str) -> bool:
    """Whether a document tells of three countries beside ``own``.

    Its capitals then stand for states: bare "Washington" is the capital in news of summits
    and the state in Seattle's own news.
    """
    return sum(weight >= 0.9 for code, weight in evidence.countries.items() if code != own) >= 3


def _standing(candidate: Candidate, mention: Mention) -> float:
    place = candidate.place
    if place.kind == "country":
        return _COUNTRY
    if place.kind == "region" and place.division:
        if place.division.count(".") == 1:
            return _DIVISION
        return _COUNTY if key_of(place.name) == key_of(mention.name) else _BARE_COUNTY
    if place.kind != "city" or not place.geonameid:
        return _OURS
    capital = place.capital and candidate.role != ALIAS
    return math.log10(place.population + 10) + (_CAPITAL if capital else 0)


def _neighbours(candidate: Candidate, mention: Mention, evidence: Evidence) -> float:
    if candidate.place.kind == "country":
        return 0.0
    own = key_of(mention.name)
    others = {p.id: p for k, p in evidence.settled.items() if k != own and p.kind == "city"}
    support = sum(math.exp(-distance_km(candidate.place, p) / _NEAR_KM) for p in others.values())
    return min(2.5, 0.8 * support)

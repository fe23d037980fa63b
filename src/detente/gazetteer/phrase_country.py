"""Which countries a noun phrase speaks of: by state, nationality, body, owner or town."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from detente.gazetteer.actor_catalogue import catalogue
from detente.gazetteer.actors import candidates
from detente.gazetteer.names import Named
from detente.gazetteer.phrase_reading import AGENTS, BODIES, PLACED, Phrase, only_allied
from detente.gazetteer.places import ALIAS, PRIMARY
from detente.gazetteer.places import candidates as towns

#: A capitalised word or up to three, and how many live in a town that counts.
_TOWN = re.compile(r"\b[A-Z][\w'-]{2,}(?: [A-Z][\w'-]+){0,2}")
_TOWN_SIZE = 5000
_JOINED = re.compile(r"^\s*(?:,|and|&|-|–|/|or|,\s*and)\s*$")


def countries_of(read: Phrase, on: date | None) -> tuple[str, ...]:
    """Country codes from the head, else from the first tail that has any."""
    for number, part in enumerate(read.parts):
        names = (*part.names, *_listed(read, number))
        found = _countries_in(read, names, on)
        if found:
            return found
    town = _town_country(read)
    return (town,) if town else ()


def _town_country(read: Phrase) -> str:
    """The country of a town that stands before a body or people ("Minsk police"), or alone."""
    names = [n for part in read.parts for n in part.names]
    agents = [n.start for n in names if n.kind in AGENTS]
    masked = list(read.text)
    for name in names:
        masked[name.start : name.end] = "|" * (name.end - name.start)
    text = "".join(masked)
    for match in _TOWN.finditer(text):
        if not (match[0] == text if not agents else match.start() < agents[-1]):
            continue
        words = match[0].split()
        for length in range(len(words), 0 if agents else len(words) - 1, -1):
            found = _largest_town(" ".join(words[:length]))
            if found:
                return found
    return ""


@lru_cache(maxsize=4096)
def _largest_town(name: str) -> str:
    found = [c.place for c in towns(name) if c.role in {PRIMARY, ALIAS}]
    fitting = [place for place in found if place.population >= _TOWN_SIZE]
    return fitting[0].country if fitting else ""


def _listed(read: Phrase, number: int) -> tuple[Named, ...]:
    """ "Ministers of Iran, Turkey and Russia": states that commas and "and" join on."""
    names = list(read.parts[number].names)
    for part in read.parts[number + 1 :]:
        joint = read.text[names[-1].end : part.names[0].start] if names and part.names else ""
        if not _JOINED.match(joint) or not all(n.kind in PLACED for n in (names[-1], *part.names)):
            break
        names += part.names
    added = tuple(names[len(read.parts[number].names) :])
    closed = bool(added) and re.search(r"\band\b|&", read.text[added[0].start - 5 : added[-1].end])
    return added if closed else ()


def _countries_in(read: Phrase, names: Sequence[Named], on: date | None) -> tuple[str, ...]:
    kept: list[str] = []
    last_end = -1
    for name in names:
        country = _country(name, on)
        if not country or only_allied(read.text, name):
            continue
        joined = bool(kept) and _JOINED.match(read.text[last_end : name.start]) is not None
        if not kept or (joined and name.kind in PLACED and country not in kept):
            kept.append(country)
        last_end = name.end
    return tuple(kept)


def _country(name: Named, on: date | None) -> str:
    known = catalogue()
    if name.kind in PLACED:
        return known.states[name.ids[0]].country
    if name.kind in BODIES:
        return known.bodies[name.ids[0]].country
    if name.kind in {"person", "surname"}:
        found = candidates(name, on)
        return found[0].country if found else ""
    return ""

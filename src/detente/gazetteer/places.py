"""Places by name: countries, divisions, towns, and the straits, regions and sites of our table."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from detente.gazetteer.place_index import (
    ABBREVIATION,
    ALIAS,
    DEMONYM,
    PRIMARY,
    build,
    index_path,
    key_of,
)
from detente.gazetteer.place_tables import PlaceEntry, load_abbreviations, shipped

__all__ = [
    "ABBREVIATION",
    "ALIAS",
    "DEMONYM",
    "PRIMARY",
    "Candidate",
    "candidates",
    "division_forms",
    "place_by_id",
]

_BY_NAME = """
    SELECT p.id, p.name, p.country, p.division, p.geonameid, p.lat, p.lon, p.population, p.capital,
           p.kind, n.role
    FROM name n JOIN place p ON p.n = n.place WHERE n.key = ?
"""
_BY_ID = """
    SELECT p.id, p.name, p.country, p.division, p.geonameid, p.lat, p.lon, p.population, p.capital,
           p.kind
    FROM place p WHERE p.id = ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a name can mean, and what the name is to it (PRIMARY … ABBREVIATION)."""

    place: PlaceEntry
    role: int


@cache
def _connection(process: int) -> sqlite3.Connection:
    """The index, opened once a process (``process`` is its id); built where it is missing."""
    path = index_path()
    if not path.exists():
        build(path)
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)


@lru_cache(maxsize=65536)
def candidates(name: str) -> tuple[Candidate, ...]:
    """Every place that is called ``name``, most people first.

    Args:
        name: as written; case, diacritics, full stops and hyphens do not matter.
    """
    found = _connection(os.getpid()).execute(_BY_NAME, (key_of(name),))
    those = [Candidate(place=_entry(row), role=row[10]) for row in found]
    return tuple(sorted(those, key=lambda c: -c.place.population))


@cache
def division_forms() -> frozenset[str]:
    """How the press shortens divisions ("Ind.", "Ga.")."""
    short = load_abbreviations(shipped("division_abbreviations.csv"))
    return frozenset(form for abbreviation in short for form in abbreviation.forms)


@lru_cache(maxsize=4096)
def place_by_id(identifier: str) -> PlaceEntry | None:
    """A place by its id (``gn:`` and the GeoNames id, an alpha-3 code, or an id of our table)."""
    found = _connection(os.getpid()).execute(_BY_ID, (identifier,))
    row = found.fetchone()
    return _entry(row) if row else None


def _entry(row: Sequence[Any]) -> PlaceEntry:
    return PlaceEntry(
        id=row[0], name=row[1], country=row[2], division=row[3], geonameid=row[4], lat=row[5],
        lon=row[6], population=row[7], capital=bool(row[8]), kind=row[9],
    )  # fmt: skip

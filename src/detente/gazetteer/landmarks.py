"""Landmark events of international politics, dated: what "after the Helsinki summit" leans on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from detente.errors import TableError
from detente.ontology.table import listed, packaged, rows

COLUMNS = ("id", "name", "nouns", "cues", "countries", "starts", "ends", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmark:
    """An event others are dated by.

    ``nouns`` are words for what it was ("summit"), ``cues`` names that mark which ("Helsinki");
    ``starts`` and ``ends`` are its first and last day.
    """

    id: str
    name: str
    nouns: tuple[str, ...]
    cues: tuple[str, ...]
    countries: tuple[str, ...]
    starts: date
    ends: date
    source: str


def read_landmarks(table: Traversable | Path) -> tuple[Landmark, ...]:
    """The landmarks of a table, in its order.

    Raises:
        TableError: for an id given twice, a missing noun, cue or source, a country that is not an
            alpha-3 code, a date that is none or an end before its start.
    """
    seen: dict[str, Landmark] = {}
    for line, row in rows(table, COLUMNS):
        if row["id"] in seen:
            raise TableError(str(table), line, f"id {row['id']!r} given twice")
        seen[row["id"]] = _landmark(str(table), line, row)
    return tuple(seen.values())


def _landmark(table: str, line: int, row: Mapping[str, str]) -> Landmark:
    for column in ("id", "name", "nouns", "cues", "source"):
        if not row[column]:
            raise TableError(table, line, f"no {column}")
    for country in listed(row["countries"]):
        if not re.fullmatch(r"[A-Z]{3}", country):
            raise TableError(table, line, f"country {country!r} is not an alpha-3 code")
    starts, ends = (day_of(table, line, row[column]) for column in ("starts", "ends"))
    if ends < starts:
        raise TableError(table, line, f"ends {ends} before it starts {starts}")
    return Landmark(
        id=row["id"], name=row["name"], nouns=listed(row["nouns"]), cues=listed(row["cues"]),
        countries=listed(row["countries"]), starts=starts, ends=ends, source=row["source"],
    )  # fmt: skip


def day_of(table: str, line: int, written: str) -> date:
    """A day written as ``YYYY-MM-DD`` in a table.

    Raises:
        TableError: if it is not one.
    """
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise TableError(table, line, f"{written!r} is not a day (YYYY-MM-DD)") from None


@cache
def landmarks() -> tuple[Landmark, ...]:
    """The landmarks that ship with Détente."""
    return read_landmarks(packaged("detente.gazetteer", "landmarks.csv"))


@cache
def landmarks_by_noun() -> Mapping[str, tuple[Landmark, ...]]:
    """Landmarks by each word for what they were."""
    found: dict[str, list[Landmark]] = {}
    for noun, landmark in _nouns():
        found.setdefault(noun, []).append(landmark)
    return {noun: tuple(those) for noun, those in found.items()}


def _nouns() -> Iterator[tuple[str, Landmark]]:
    for landmark in landmarks():
        for noun in landmark.nouns:
            yield noun, landmark

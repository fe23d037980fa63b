"""Short names of states that only the report decides: "the North", "the mainland"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from detente.errors import TableError
from detente.gazetteer.actor_catalogue import catalogue
from detente.ontology.table import listed, packaged, rows

COLUMNS = ("words", "country", "beside")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortName:
    """Words that mean ``country`` where the report names one of ``beside``."""

    words: str
    country: str
    beside: frozenset[str]


def read_short_names(table: Traversable | Path) -> tuple[ShortName, ...]:
    """The short names, in the order in which they are tried.

    Raises:
        TableError: for an unknown country, or words given twice for one country.
    """
    known = {state.country for state in catalogue().states.values()}
    found: dict[tuple[str, str], ShortName] = {}
    for line, row in rows(table, COLUMNS):
        beside = frozenset(listed(row["beside"]))
        unknown = sorted({row["country"], *beside} - known)
        if unknown or not beside:
            raise TableError(str(table), line, f"unknown country {', '.join(unknown)!r}")
        key = (row["words"], row["country"])
        if key in found:
            raise TableError(str(table), line, f"{row['words']!r} is given twice")
        found[key] = ShortName(words=row["words"], country=row["country"], beside=beside)
    return tuple(found.values())


def short_names_in(text: str, countries: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Start, end and country of each short name in ``text``.

    Args:
        text: a report's.
        countries: codes of the countries it names.
    """
    meant = _meant(frozenset(countries))
    for match in _pattern().finditer(text):
        country = meant.get(match[0].lower())
        if country:
            yield match.start(), match.end(), country


def _meant(countries: frozenset[str]) -> Mapping[str, str]:
    fitting: dict[str, str] = {}
    for name in _short_names():
        if name.beside & countries:
            fitting.setdefault(name.words.lower(), name.country)
    return fitting


@cache
def _short_names() -> tuple[ShortName, ...]:
    return read_short_names(packaged("detente.resolve", "short_names.csv"))


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted({name.words for name in _short_names()}, key=len, reverse=True)
    forms = "|".join(f"[{w[0]}{w[0].upper()}]{re.escape(w[1:])}" for w in words)
    # "The South China Sea", "the North of England" and are none.
    return re.compile(rf"\b(?:{forms})\b(?!-| [A-Z]| of (?:[A-Z]|the\b))")

"""Words by which a time or place is given to an event: ``tables/cues.csv``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from detente.errors import TableError
from detente.ontology.table import packaged, rows

COLUMNS = ("class", "words")
CLASSES = frozenset(
    {"occasion", "going", "removing", "judicial", "institution", "acting", "poll", "repeated"}
    | {
        "before_name",
        "generic",
        "agreement_adjective",
        "part_of_time",
        "settlement",
        "striking",
        "sending",
    }
)


def read_cues(table: Traversable | Path) -> Mapping[str, tuple[str, ...]]:
    """The words of each class, in the order of the table.

    Raises:
        TableError: for an unknown class, a row without words, or a word given twice in a class.
    """
    found: dict[str, list[str]] = {}
    for line, row in rows(table, COLUMNS):
        if row["class"] not in CLASSES:
            raise TableError(str(table), line, f"unknown class {row['class']!r}")
        if not row["words"]:
            raise TableError(str(table), line, "no words")
        words = found.setdefault(row["class"], [])
        for word in row["words"].split():
            if word in words:
                raise TableError(str(table), line, f"{word!r} is already {row['class']}")
            words.append(word)
    return {name: tuple(words) for name, words in found.items()}


@cache
def _cues() -> Mapping[str, tuple[str, ...]]:
    return read_cues(packaged("detente.resolve", "cues.csv"))


@cache
def cues(name: str) -> frozenset[str]:
    """The words of class ``name``."""
    return frozenset(_cues()[name])


def any_of(name: str) -> str:
    """The words of class ``name`` as alternatives of a pattern."""
    return "|".join(re.escape(word) for word in _cues()[name])

"""Words that tell a place name from a person's, an organisation's or a common word."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from detente.errors import TableError
from detente.gazetteer.place_tables import Table, shipped
from detente.ontology.table import rows

COLUMNS = ("class", "words")
CLASSES = (
    "given",
    "title",
    "street",
    "feature",
    "division",
    "roadname",
    "organisation",
    "cue",
    "speech",
    "never",
    "list",
)


def load_words(table: Table) -> Mapping[str, frozenset[str]]:
    """The words of each class.

    Raises:
        TableError: for an unknown class, a row without words, or a word given twice in a class.
    """
    found: dict[str, set[str]] = {name: set() for name in CLASSES}
    for line, row in rows(table, COLUMNS):
        if row["class"] not in found:
            raise TableError(str(table), line, f"unknown class {row['class']!r}")
        if not row["words"]:
            raise TableError(str(table), line, "no words")
        for word in row["words"].split():
            if word in found[row["class"]]:
                raise TableError(str(table), line, f"{word!r} is already {row['class']}")
            found[row["class"]].add(word)
    return {name: frozenset(words) for name, words in found.items()}


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of class ``name`` that ship with Détente."""
    return load_words(shipped("toponym_words.csv"))[name]

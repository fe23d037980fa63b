"""The words of the time grammar: ``tables/words.csv``, each with its classes and values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from detente.errors import TableError
from detente.ontology.table import packaged, rows

COLUMNS = ("class", "value", "words")
#: Every class that the rules use; a row of another is a mistake of writing.
CLASSES = frozenset(
    {"MONTH", "WEEKDAY", "WEEKDAYS", "WEEKEND", "UNIT", "UNITS", "DAY", "PART", "SEASON"}
    | {"DAYPART", "CLOCKWORD", "ZONE", "NUM", "NUMWORD", "ORD", "QUANT", "APPROX", "EACH", "OFTEN"}
    | {"DEICTIC", "DIR", "AGO", "REF", "REFADJ", "REFNOUN", "LATEST", "PERIOD", "YEARAGO"}
    | {"FISCAL", "AHEAD", "BEHIND", "REPORTING", "LEAD"}
)


def read_words(table: Traversable | Path) -> dict[str, dict[str, str]]:
    """Word → class → value.

    Raises:
        TableError: for an unknown class, an empty row or a word given twice in one class.
    """
    found: dict[str, dict[str, str]] = {}
    for line, row in rows(table, COLUMNS):
        if row["class"] not in CLASSES:
            raise TableError(str(table), line, f"unknown class {row['class']!r}")
        if not row["words"]:
            raise TableError(str(table), line, "no words")
        for word in row["words"].split():
            classes = found.setdefault(word, {})
            if row["class"] in classes:
                raise TableError(str(table), line, f"{word!r} is already {row['class']}")
            classes[row["class"]] = row["value"]
    return found


@cache
def _words() -> dict[str, dict[str, str]]:
    return read_words(packaged("detente.resolve.dates", "words.csv"))


def classes_of(word: str) -> Mapping[str, str]:
    """The classes of a lower-case word with their values; empty for any other word."""
    return _words().get(word, {})

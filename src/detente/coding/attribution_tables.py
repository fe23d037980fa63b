"""The table of words that bring in what someone says (tables/reporting.csv)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from detente.errors import TableError
from detente.ontology.table import packaged, rows

PARTS = frozenset(
    {
        "speech",
        "mention",
        "remark",
        "attitude",
        "noun",
        "standpoint",
        "adverb",
        "anonymous",
        "anonymity",
    }
)


@cache
def reporting() -> Mapping[str, frozenset[str]]:
    """Words and phrases by the part they play.

    Raises:
        TableError: for an unknown part or a doubled entry.
    """
    table = packaged("detente.coding", "reporting.csv")
    found: dict[str, set[str]] = {part: set() for part in PARTS}
    for line, row in rows(table, ("word", "part")):
        if row["part"] not in PARTS:
            raise TableError(str(table), line, f"unknown part {row['part']!r}")
        if row["word"] in found[row["part"]]:
            raise TableError(str(table), line, f"{row['word']} stands twice as {row['part']}")
        found[row["part"]].add(row["word"])
    return MappingProxyType({part: frozenset(words) for part, words in found.items()})

"""How many: the number that stands before people in a phrase."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from detente.ontology.table import packaged, rows

_ABOUT = (
    r"(?:(?:at least|more than|over|about|around|some|nearly|almost|up to|the|all|another)\s+)*"
)
_DIGITS = re.compile(rf"{_ABOUT}(\d[\d,]*)(?:\s+(dozen|hundred|thousand|million))?\s+(?=\w)", re.I)
_WORDS = re.compile(rf"{_ABOUT}([a-z]+(?:[-\s][a-z]+)*)", re.I)


@cache
def number_words() -> Mapping[str, int]:
    """Value of each number word."""
    table = packaged("detente.gazetteer", "numbers.csv")
    return MappingProxyType(
        {row["word"]: int(row["value"]) for _, row in rows(table, ("word", "value"))}
    )


def count_in(phrase: str) -> int | None:
    """The number a phrase begins with (``60 Russian diplomats``, ``over two dozen men``), or None.

    An article alone is no count, nor is a year or an ordinal.
    """
    digits = _DIGITS.match(phrase)
    if digits:
        scale = number_words()[digits[2].lower()] if digits[2] else 1
        return int(digits[1].replace(",", "")) * scale
    words = _WORDS.match(phrase)
    return _spelt(re.split(r"[-\s]", words[1].lower())) if words else None


def _spelt(words: list[str]) -> int | None:
    total, seen = 0, 0
    for word in words:
        value = number_words().get(word)
        if value is None:
            break
        total = (
            (total or 1) * value if value in {12, 100, 1000, 1000000} and seen else total + value
        )
        seen += 1
    articles = seen == 1 and words[0] in {"a", "an"}
    return total if seen and not articles else None

"""How far a coding by the lexicon is to be trusted: the share in which such codings are right.

A logistic regression on a few traits of a mention (Platt, Probabilistic outputs for support vector
machines, 1999, with several scores in place of one). Slopes and offset stand in
``tables/trust.csv``; ``training/fit_trust.py`` fits them on our own hand-coded documents.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from detente.coding.lexicon import NOTHING, lexicon
from detente.coding.mention import Mention
from detente.errors import TableError
from detente.ontology.table import packaged, rows

#: Every mention has it: its log odds are the offset.
ALWAYS = "always"
#: Traits in the order of the table.
TRAITS = (ALWAYS, "main clause", "open", "told", "governed", "nominal", "many readings")
_OPEN = frozenset({"negated", "denied", "threatened", "hypothetical"})
_TOLD = frozenset({"alleged", "planned"})
_MANY = 5


def trust(mention: Mention) -> float:
    """The share of mentions like this one whose type a hand coder gives too, 0–1."""
    odds = sum(log_odds()[name] for name in traits(mention))
    return round(1 / (1 + math.exp(-odds)), 2)


def traits(mention: Mention) -> Iterator[str]:
    """Which of :data:`TRAITS` a mention has."""
    held = (
        True,
        mention.pattern == "own" and mention.head.dep_ == "ROOT",
        mention.status in _OPEN,
        mention.status in _TOLD,
        mention.pattern != "own",
        mention.entry.frame in ("noun", "adj"),
        _readings(mention.entry.lemma) >= _MANY,
    )
    return (name for name, has in zip(TRAITS, held, strict=True) if has)


def _readings(verb: str) -> int:
    """How many types the lexicon gives a verb."""
    return len({entry.event_type for entry in lexicon().verbs.get(verb, ())} - {NOTHING})


@cache
def log_odds() -> Mapping[str, float]:
    """What each trait adds to the log odds that the type is right.

    Raises:
        TableError: if the table names other traits than :data:`TRAITS`, or no number.
    """
    table = packaged("detente.coding", "trust.csv")
    found: dict[str, float] = {}
    for line, row in rows(table, ("trait", "log_odds", "meaning")):
        try:
            found[row["trait"]] = float(row["log_odds"])
        except ValueError:
            raise TableError(str(table), line, f"{row['log_odds']!r} is no number") from None
    if tuple(found) != TRAITS:
        raise TableError(str(table), 1, f"the traits are to be {', '.join(TRAITS)}")
    return MappingProxyType(found)

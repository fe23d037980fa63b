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

from spacy.tokens import Token

from detente.coding.lexicon import NOTHING, Entry, lexicon
from detente.coding.mention import Mention
from detente.errors import TableError
from detente.ontology.table import packaged, rows
from detente.records import Status

#: Every mention has it: its log odds are the offset.
ALWAYS = "always"
#: Traits in the order of the table.
TRAITS = (ALWAYS, "main clause", "open", "told", "governed", "nominal", "many readings")
_OPEN = frozenset({"negated", "denied", "threatened", "hypothetical"})
_TOLD = frozenset({"alleged", "planned"})
_MANY = 5


def trust(mention: Mention) -> float:
    """The share of mentions like this one whose type a hand coder gives too, 0–1."""
    odds = sum(_table()[name][0] for name in traits(mention))
    return round(1 / (1 + math.exp(-odds)), 2)


def traits(mention: Mention) -> Iterator[str]:
    """Which of :data:`TRAITS` a mention has."""
    return traits_of(mention.entry, mention.pattern, mention.status, mention.head)


def traits_of(entry: Entry, pattern: str, status: Status, head: Token) -> Iterator[str]:
    """The same of what is known of a coded event.

    Args:
        entry: the entry of the lexicon.
        pattern: ``own``, or how a governing word or an earlier mention decides the type.
        status: as coded.
        head: the predicate.
    """
    held = (
        True,
        pattern == "own" and head.dep_ == "ROOT",
        status in _OPEN,
        status in _TOLD,
        pattern != "own",
        entry.frame in ("noun", "adj"),
        _readings(entry.lemma) >= _MANY,
    )
    return (name for name, has in zip(TRAITS, held, strict=True) if has)


def _readings(verb: str) -> int:
    """How many types the lexicon gives a verb."""
    return len({entry.event_type for entry in lexicon().verbs.get(verb, ())} - {NOTHING})


def log_odds() -> Mapping[str, float]:
    """What each trait adds to the log odds that the type is right."""
    return MappingProxyType({name: odds for name, (odds, _) in _table().items()})


def meanings() -> Mapping[str, str]:
    """Each trait in words."""
    return MappingProxyType({name: words for name, (_, words) in _table().items()})


@cache
def _table() -> Mapping[str, tuple[float, str]]:
    """Log odds and meaning of each trait.

    Raises:
        TableError: if the table names other traits than :data:`TRAITS`, or no number.
    """
    table = packaged("detente.coding", "trust.csv")
    found: dict[str, tuple[float, str]] = {}
    for line, row in rows(table, ("trait", "log_odds", "meaning")):
        try:
            found[row["trait"]] = float(row["log_odds"]), row["meaning"]
        except ValueError:
            raise TableError(str(table), line, f"{row['log_odds']!r} is no number") from None
    if tuple(found) != TRAITS:
        raise TableError(str(table), 1, f"the traits are to be {', '.join(TRAITS)}")
    return MappingProxyType(found)

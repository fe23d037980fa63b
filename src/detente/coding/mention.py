"""One event as the words tell it, before it becomes a record."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from detente.coding.governing import Governor
from detente.coding.lexicon import Entry
from detente.coding.participants import Party
from detente.records import Status

#: The statuses of what has not taken place.
OPEN: frozenset[Status] = frozenset({"hypothetical", "negated", "planned"})


@dataclass(frozen=True, slots=True)
class Mention:
    """One event as the words tell it, in tokens.

    ``first`` and ``last`` bound the trigger (inclusive); ``head`` is its predicate.
    """

    head: Token
    first: int
    last: int
    entry: Entry
    event_type: str
    act: str
    mode: str
    status: Status
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    governor: Governor | None = None
    pattern: str = "own"

"""What parties are called in a sentence of ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from detente.errors import UnknownName
from detente.gazetteer.actors import entity
from detente.ontology.table import packaged, rows
from detente.records import Participant


@cache
def openers() -> frozenset[str]:
    """Words that open sentences and are no names."""
    table = packaged("detente.brief", "openers.csv")
    return frozenset(row["word"] for _, row in rows(table, ("word",)))


def the_name(name: str) -> str:
    """A state's name as it stands in a sentence: ``the United States``, ``Russia``."""
    plural = name.startswith("United") or name.endswith(
        ("s", "Republic", "Kingdom", "Union", "Emirates")
    )
    return f"the {name}" if plural else name


def country_named(code: str) -> str:
    """The state of a country code in a sentence; ``""`` for what is no state."""
    try:
        return the_name(entity(code).name) if len(code) == 3 and code != "IGO" else ""
    except UnknownName:
        return ""


def owner(name: str) -> str:
    """A name as an owner: ``Russia's``, ``the United States'``."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def joined(names: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    return " and ".join(", ".join(names).rsplit(", ", 1))


def parties_called(parties: Iterable[Participant]) -> list[str]:
    """Each party once: in the report's own words, or by its state.

    Words that name several parties at once (``the two presidents``) name none of them apart: their
    states stand for them.
    """
    found = list(parties)
    shared = Counter(text for text, _ in {(p.passage.text, p.entity.country) for p in found})
    return list(dict.fromkeys(_called(party, shared[party.passage.text] > 1) for party in found))


def _called(party: Participant, shared: bool) -> str:
    state = country_named(party.entity.country)
    return state if shared and state else _within(party.passage.text)


def _within(words: str) -> str:
    """A name as it stands within a sentence: ``The presidents`` takes a small letter."""
    first = words.split(maxsplit=1)[0]
    return words[:1].lower() + words[1:] if first.lower() in openers() else words

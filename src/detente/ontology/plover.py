"""The PLOVER 2021 codebook: event types, modes, contexts, quad classes and scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import cast, get_args

from detente.errors import TableError
from detente.ontology.table import packaged, rows
from detente.records import QuadClass

_PACKAGE = "detente.ontology"
#: Types whose planned forms the manual codes as AGREE (section AGREE).
PLANNED_AS_AGREE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})


@dataclass(frozen=True, slots=True)
class EventType:
    """A PLOVER event type with its quad class, score (−10…+10) and meaning."""

    name: str
    quad: QuadClass
    score: float
    recipient_required: bool
    meaning: str


@cache
def event_types() -> Mapping[str, EventType]:
    """All 16 event types by name.

    Raises:
        TableError: if the shipped table is damaged.
    """
    table = packaged(_PACKAGE, "types.csv")
    found: dict[str, EventType] = {}
    columns = ("type", "quad", "score", "recipient_required", "meaning")
    for line, row in rows(table, columns):
        if row["quad"] not in get_args(QuadClass):
            raise TableError(str(table), line, f"unknown quad class {row['quad']!r}")
        if row["type"] in found:
            raise TableError(str(table), line, f"type {row['type']} stands twice")
        found[row["type"]] = EventType(
            name=row["type"],
            quad=cast(QuadClass, row["quad"]),
            score=float(row["score"]),
            recipient_required=row["recipient_required"] == "yes",
            meaning=row["meaning"],
        )
    return MappingProxyType(found)


@cache
def modes() -> Mapping[str, Mapping[str, float]]:
    """The score of each mode, by event type and mode."""
    table = packaged(_PACKAGE, "modes.csv")
    found: dict[str, dict[str, float]] = {name: {} for name in event_types()}
    for line, row in rows(table, ("type", "mode", "score", "meaning")):
        if row["type"] not in found:
            raise TableError(str(table), line, f"unknown type {row['type']!r}")
        found[row["type"]][row["mode"]] = float(row["score"])
    return MappingProxyType({name: MappingProxyType(of) for name, of in found.items()})


@cache
def mode_meanings() -> Mapping[str, Mapping[str, str]]:
    """The meaning of each mode in words, by event type and mode."""
    table = packaged(_PACKAGE, "modes.csv")
    found: dict[str, dict[str, str]] = {name: {} for name in event_types()}
    for _, row in rows(table, ("type", "mode", "score", "meaning")):
        found[row["type"]][row["mode"]] = row["meaning"]
    return MappingProxyType(found)


@cache
def contexts() -> Mapping[str, str]:
    """The meaning of each context label."""
    table = packaged(_PACKAGE, "contexts.csv")
    return MappingProxyType(
        {row["context"]: row["meaning"] for _, row in rows(table, ("context", "meaning"))}
    )


@cache
def sectors() -> Mapping[str, str]:
    """The meaning of each sector code."""
    table = packaged(_PACKAGE, "sectors.csv")
    return MappingProxyType(
        {row["sector"]: row["meaning"] for _, row in rows(table, ("sector", "meaning"))}
    )


def quad_class(event_type: str) -> QuadClass:
    """The quad class of an event type.

    Raises:
        KeyError: if it is not a PLOVER type.
    """
    return event_types()[event_type].quad


def types_in_words(types: Iterable[str]) -> str:
    """Event types in few words: ``any act``, ``material conflict``, ``AID or RETREAT``."""
    told = list(types)
    of_quad: dict[str, set[str]] = {}
    for name in event_types():
        of_quad.setdefault(quad_class(name), set()).add(name)
    if set(told) >= set(event_types()):
        return "any act"
    return next((quad for quad, of in of_quad.items() if of == set(told)), " or ".join(told))


def score(event_type: str, mode: str = "") -> float:
    """The PLOVER score of a type and mode, −10…+10 (manual, table of scores)."""
    return modes()[event_type].get(mode, event_types()[event_type].score)

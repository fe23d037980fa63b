"""The rows of the actor tables, checked and typed. Days are inclusive at both ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

BodyKind = Literal["organisation", "breakaway", "group", "party", "agency", "seat"]
AgentKind = Literal["office", "body", "person"]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state or territory, present or past.

    ``id`` is ISO 3166-1 alpha-3, or the withdrawn code of a past state (ISO 3166-3: SUN, YUG);
    ``country`` the code that its acts count under: that of the recognised continuing state.
    ``leader`` is the office that leads it, a key of the agents table.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    first: date | None
    last: date | None
    country: str
    leader: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region or people by which actors are called; ``country`` is ISO 3166-1 alpha-3."""

    kind: str
    country: str
    names: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An organisation, armed group, party, named agency, breakaway entity or seat of power."""

    id: str
    kind: BodyKind
    name: str
    aliases: tuple[str, ...]
    country: str
    sectors: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A figure of international politics. ``surnames`` are the short forms the press uses."""

    id: str
    name: str
    aliases: tuple[str, ...]
    surnames: tuple[str, ...]
    country: str
    sex: str
    wikidata: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An office that a person, or a role that a body, held from ``first`` to ``last``.

    A date known to the month or year spans it: ``first`` is its first day, ``last`` its last, and
    ``sure_first`` … ``sure_last`` are the days that the office was certainly held. ``single``
    offices have one holder at a time.
    """

    holder: str
    country: str
    office: str
    title: str
    sectors: tuple[str, ...]
    single: bool
    first: date | None
    last: date | None
    sure_first: date | None
    sure_last: date | None
    source: str

    def covers(self, on: date) -> bool:
        """Whether the office was, or may have been, held on the day ``on``."""
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A state's membership of an organisation, both by id."""

    organisation: str
    state: str
    first: date | None
    last: date | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """A word for a role, a kind of body or a kind of person, and the sectors it stands for.

    A ``weak`` word ("official", "spokesman", "member") takes the sector of what stands beside it.
    """

    form: str
    key: str
    kind: AgentKind
    sectors: tuple[str, ...]
    weak: bool
    plural: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The checked tables, by id.

    ``own`` are the ids that came from the user's table, ``key`` names that table: what is built
    from a catalogue is remembered under it.
    """

    states: Mapping[str, State]
    regions: tuple[Region, ...]
    bodies: Mapping[str, Body]
    persons: Mapping[str, Person]
    agents: Mapping[str, Agent]
    terms: Mapping[str, tuple[Term, ...]]
    memberships: tuple[Membership, ...]
    given_names: Mapping[str, frozenset[str]]
    surname_words: frozenset[str]
    own: frozenset[str] = frozenset()
    key: str = ""


def by_holder(terms: list[Term]) -> dict[str, tuple[Term, ...]]:
    """Offices grouped by who held them, earliest first."""
    found: dict[str, list[Term]] = {}
    for term in terms:
        found.setdefault(term.holder, []).append(term)
    return {
        holder: tuple(sorted(held, key=lambda t: t.first or date.min))
        for holder, held in found.items()
    }

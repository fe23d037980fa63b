"""Which events a reading asks for, in SQL and in Python alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from detente.records import Event
from detente.store import schema
from detente.store.ledger import column, parties_of


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """Empty fields ask for nothing.

    ``actor`` and ``recipient`` are countries or entity ids; ``either`` takes part on any side.
    Where both are named, a reciprocal act (all parties actors, no recipient) is one of theirs:
    its parties act on each other.
    ``first`` and ``last`` bound the day (inclusive): an event counts whose interval meets them.
    """

    actor: str = ""
    recipient: str = ""
    either: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    agreement: str = ""
    outlet: str = ""

    def fits(self, event: Event) -> bool:
        """Whether an event is asked for; says of every event what the SQL says."""
        parties = parties_of(event)
        names = {party for _, party in parties}
        coded, when = event.coded, event.when
        latest, earliest = when.latest or when.earliest, when.earliest or when.latest
        return all(
            (
                not self.actor or ("actor", self.actor) in parties,
                not self.recipient or self._is_towards(parties),
                all(party in names for party in self.either),
                not self.types or coded.event_type in self.types,
                not self.acts or coded.act in self.acts,
                not self.status or coded.status in self.status,
                not self.first or (latest is not None and latest >= self.first),
                not self.last or (earliest is not None and earliest <= self.last),
                not self.agreement
                or (event.agreement is not None and event.agreement.id == self.agreement),
                not self.outlet or column(event.outlet) == self.outlet,
            )
        )

    def _is_towards(self, parties: set[tuple[str, str]]) -> bool:
        if not any(side == "recipient" for side, _ in parties):
            return bool(self.actor) and ("actor", self.recipient) in parties
        return ("recipient", self.recipient) in parties

    def own_clauses(self, *, walked: bool = False) -> list[ColumnElement[bool]]:
        """Conditions on our own coded events.

        Args:
            walked: the query walks the events in some order and stops early. The parties' events
                are then tested as it meets them; otherwise they are where it begins.
        """
        table = schema.events
        place: ColumnElement[int] = literal_column("+events.seq") if walked else table.c.seq
        found: list[ColumnElement[bool]] = [place.in_(chosen) for chosen in self._places()]
        for wanted, where in (
            (self.types, table.c.event_type),
            (self.acts, table.c.act),
            (self.status, table.c.status),
        ):
            if wanted:
                found.append(where.in_(wanted))
        latest = func.coalesce(table.c.latest, table.c.earliest)
        earliest = func.coalesce(table.c.earliest, table.c.latest)
        if self.first:
            found.append(latest >= self.first.isoformat())
        if self.last:
            found.append(earliest <= self.last.isoformat())
        if self.agreement:
            found.append(table.c.agreement == self.agreement)
        if self.outlet:
            found.append(table.c.outlet == self.outlet)
        return found

    def _places(self) -> Iterator[Select[Any]]:
        """The numbers of the events in which those take part who are asked for."""
        if self.actor and self.recipient:
            event, others = schema.event_parties.c.event, schema.event_parties.alias("others")
            towards = exists().where(others.c.event == event, others.c.side == "recipient")
            mutual = _places("actor", self.recipient).where(~towards)
            either = _places("recipient", self.recipient).union(mutual)
            yield _places("actor", self.actor).where(event.in_(either))
        elif self.actor or self.recipient:
            side = "actor" if self.actor else "recipient"
            yield _places(side, self.actor or self.recipient)
        for party in self.either:
            yield _places("", party)

    def imported_clauses(self) -> list[ColumnElement[bool]]:
        """Conditions on imported events; what their index does not hold is left to ``fits``."""
        table = schema.imported_events
        found: list[ColumnElement[bool]] = []
        if _is_country(self.actor):
            found.append(table.c.actor == self.actor)
        if _is_country(self.recipient):
            found.append(table.c.recipient == self.recipient)
        for party in filter(_is_country, self.either):
            found.append(or_(table.c.actor == party, table.c.recipient == party))
        if self.types:
            found.append(table.c.event_type.in_(self.types))
        if self.first:
            found.append(table.c.day >= day_number(self.first))
        if self.last:
            found.append(table.c.day <= day_number(self.last))
        return found


def day_number(day: date) -> int:
    """A day as yyyymmdd."""
    return day.year * 10_000 + day.month * 100 + day.day


def _is_country(name: str) -> bool:
    return len(name) == 3 and name.isupper()


def _places(side: str, party: str) -> Select[Any]:
    parties = schema.event_parties
    found = select(parties.c.event).where(parties.c.party == party)
    return found.where(parties.c.side == side) if side else found

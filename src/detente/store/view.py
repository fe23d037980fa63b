"""Reading the record, whole or as of a moment: nothing that became known later shows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, or_, select, tuple_

from detente.errors import UnknownName
from detente.records import Event, Incident, Ruling
from detente.serial import restored
from detente.store import schema
from detente.store.filters import EventFilter, day_number
from detente.store.grouping import effective_incidents
from detente.store.imports import day_told, imported_named, read_imported, scale_of
from detente.store.moments import imported_known_at, kept
from detente.store.opening import Database
from detente.store.rows import among, current, places_of
from detente.store.ruled import Rulings, load
from detente.store.sources import STEP, Sources

#: Our own coding; everything else is imported, named by its format.
OWN = "detente"
_ALL = EventFilter()


@dataclass(frozen=True, slots=True)
class Page:
    """Some events, and the cursor from which the next ones follow (empty at the end)."""

    events: tuple[Event, ...]
    following: str


@dataclass(frozen=True, slots=True)
class DayCount:
    """How many imported events of a type fall on a day, and the sum of their scores."""

    day: date
    event_type: str
    count: int
    scale: float


class View(Sources):
    """The record as it could be known at a moment; rulings made by then are obeyed.

    Args:
        database: the open record.
        as_of: the moment (aware); none means now, with all that is kept.
        grouped: give each event its incident. As of a moment that means to group anew; series and
            backtests do without.
    """

    def __init__(
        self, database: Database, as_of: datetime | None = None, *, grouped: bool = True
    ) -> None:
        super().__init__(database, as_of)
        self._grouped = grouped

    # ── events ────────────────────────────────────────────────────────────────────────────────

    def events(
        self,
        wanted: EventFilter = _ALL,
        *,
        origin: str | None = OWN,
        limit: int | None = None,
        cursor: str = "",
        rejected: bool = False,
    ) -> Iterator[Event]:
        """Events in the order kept, as ruled.

        Args:
            wanted: what to look for.
            origin: ``detente`` for our own coding, a format's name for imported ones, None for all.
            limit: at most so many.
            cursor: what ``page`` gave; goes on behind it.
            rejected: show those that an analyst rejected as well, unchanged.
        """
        found = self._walk(wanted, origin, cursor, rejected)
        for count, (_, event) in enumerate(found):
            if limit is not None and count >= limit:
                return
            yield event

    def page(
        self,
        wanted: EventFilter = _ALL,
        *,
        origin: str | None = OWN,
        limit: int = 100,
        cursor: str = "",
    ) -> Page:
        """At most ``limit`` events behind ``cursor``, and where the next page begins."""
        events: list[Event] = []
        last = ""
        for at, event in self._walk(wanted, origin, cursor, rejected=False):
            if len(events) == limit:
                return Page(tuple(events), last)
            events.append(event)
            last = at
        return Page(tuple(events), "")

    def event(self, name: str) -> Event:
        """One event of our own coding, as ruled (rejected ones too).

        Raises:
            UnknownName: if no current event has this id, or it is not known yet.
        """
        with self._database.reading() as connection:
            query = self._own_query().where(schema.events.c.id == name)
            row = connection.execute(query).first()
            if row is None:
                raise UnknownName(name, "no event of the record")
            event = restored(Event, json.loads(row.written))
            return self._placed(self._rulings.applied(event) or event)

    def _walk(
        self, wanted: EventFilter, origin: str | None, cursor: str, rejected: bool
    ) -> Iterator[tuple[str, Event]]:
        where, _, position = cursor.partition(":")
        with self._database.reading() as connection:
            if origin in (None, OWN) and where in ("", "own"):
                after = int(position or 0)
                for seq, event in self._own(connection, wanted, after, rejected):
                    yield f"own:{seq}", event
            if origin != OWN:
                chunk, _, place = position.partition(".") if where == "imported" else ("", "", "")
                start = (int(chunk or 0), int(place or -1))
                for chunk_, place_, event in self._imported(connection, wanted, origin, start):
                    yield f"imported:{chunk_}.{place_}", event

    def _own(
        self, connection: Connection, wanted: EventFilter, after: int, rejected: bool
    ) -> Iterator[tuple[int, Event]]:
        rulings, clauses = self._rulings, wanted.own_clauses()
        changed = set(rulings.amended_ids())
        if clauses and changed:
            clauses = [or_(and_(*clauses), among(connection, schema.events.c.id, changed))]
        for seq, coded in self._coded(connection, clauses, after):
            event = rulings.applied(coded) or (coded if rejected else None)
            if event is not None and (event.id not in changed or wanted.fits(event)):
                yield seq, self._placed(event)

    def _coded(
        self, connection: Connection, clauses: Sequence[ColumnElement[bool]] = (), after: int = 0
    ) -> Iterator[tuple[int, Event]]:
        """Current events as coded, with their numbers in the order kept."""
        place = schema.events.c.seq
        while True:
            query = self._own_query().where(place > after, *clauses)
            rows = connection.execute(query.order_by(place).limit(STEP)).all()
            for row in rows:
                yield row.seq, restored(Event, json.loads(row.written))
            if len(rows) < STEP:
                return
            after = rows[-1].seq

    def _own_query(self) -> Select[tuple[int, str, str]]:
        table = schema.events
        query = current(table.c.seq, table.c.id, table.c.written)
        return query if self.as_of is None else query.where(table.c.known_at <= kept(self.as_of))

    def _imported(
        self,
        connection: Connection,
        wanted: EventFilter,
        origin: str | None,
        start: tuple[int, int],
    ) -> Iterator[tuple[int, int, Event]]:
        table = schema.imported_events
        clauses = [*wanted.imported_clauses(), *self._imported_known()]
        if origin is not None:
            clauses.append(table.c.origin == origin)
        chunk, place = start
        while True:
            behind = tuple_(table.c.chunk, table.c.place) > tuple_(literal(chunk), literal(place))
            query = select(table.c.chunk, table.c.place).where(behind, *clauses).distinct()
            ordered = query.order_by(table.c.chunk, table.c.place).limit(STEP)
            rows = connection.execute(ordered).all()
            places = [(row.chunk, row.place) for row in rows]
            for chunk, place, event in read_imported(connection, places):
                ruled = self._rulings.applied(event)
                if ruled is not None and wanted.fits(ruled):
                    yield chunk, place, ruled
            if len(rows) < STEP:
                return
            chunk, place = places[-1]

    def _imported_known(self) -> Sequence[ColumnElement[bool]]:
        known = schema.imported_events.c.known_at
        return () if self.as_of is None else (known <= kept(self.as_of),)

    def day_counts(
        self,
        actor: str,
        recipient: str,
        *,
        origin: str | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> tuple[DayCount, ...]:
        """Imported events of a dyad by day and type, counted in the database.

        Args:
            actor, recipient: countries, ISO 3166-1 alpha-3.
            origin: a format's name, or all.
            first, last: bounds, inclusive.
        """
        wanted = EventFilter(actor=actor, recipient=recipient, first=first, last=last)
        found = self._imported_counts(wanted, origin)
        for event, change in self._recounted:
            if origin in (None, event.origin) and wanted.fits(event):
                day = day_told(event)
                key = (day_number(day) if day else 0, event.coded.event_type)
                count, scale = found.get(key, (0, 0.0))
                found[key] = (count + change, scale + change * (scale_of(event) or 0.0))
        return tuple(
            DayCount(date(day // 10_000, day // 100 % 100, day % 100), kind, count, scale)
            for (day, kind), (count, scale) in sorted(found.items())
            if day and count
        )

    def _imported_counts(
        self, wanted: EventFilter, origin: str | None
    ) -> dict[tuple[int, str], tuple[int, float]]:
        """(day, type) → how many were imported, and the sum of their scores."""
        table = schema.imported_events
        clauses = [*wanted.imported_clauses(), *self._imported_known()]
        if origin is not None:
            clauses.append(table.c.origin == origin)
        columns = (table.c.day, table.c.event_type)
        query = select(*columns, func.count(), func.coalesce(func.sum(table.c.scale), 0.0))
        grouped = query.where(*clauses).group_by(*columns)
        with self._database.reading() as connection:
            rows = connection.execute(grouped)
            return {(day, kind): (count, scale) for day, kind, count, scale in rows}

    @cached_property
    def _recounted(self) -> list[tuple[Event, int]]:
        """Imported events that rulings changed: as imported, to be taken away; as ruled, added."""
        names = self._rulings.changed_ids()
        found: list[tuple[Event, int]] = []
        with self._database.reading() as connection:
            own = places_of(connection, names)
            for event in imported_named(connection, [n for n in names if n not in own]):
                ruled = self._rulings.applied(event)
                if self.as_of is None or imported_known_at(event) <= self.as_of:
                    found += [(event, -1), *([(ruled, 1)] if ruled else [])]
        return found

    # ── incidents, reports, rulings ───────────────────────────────────────────────────────────

    @cached_property
    def _rulings(self) -> Rulings:
        with self._database.reading() as connection:
            return load(connection, self.as_of)

    @cached_property
    def _incidents(self) -> tuple[Incident, ...]:
        copies = self.copies()
        with self._database.reading() as connection:
            coded = (event for _, event in self._coded(connection))
            events = {e.id: done for e in coded if (done := self._rulings.applied(e))}
            standing = None if self.as_of else _standing(connection)
        return effective_incidents(events, standing, self._rulings, copies)

    @cached_property
    def _incident_of(self) -> dict[str, str]:
        if self.as_of is not None:
            return {event: i.id for i in self._incidents for event in i.events}
        with self._database.reading() as connection:
            groups = _grouped(connection)
        return {e: name for name, found in self._rulings.regrouped(groups).items() for e in found}

    def _placed(self, event: Event) -> Event:
        if not self._grouped:
            return event
        return replace(event, incident=self._incident_of.get(event.id, ""))

    def incidents(self) -> tuple[Incident, ...]:
        """Occurrences as ruled, earliest told first.

        As of a moment they are grouped anew from what was known by then, so that a later report
        cannot have joined two earlier ones.
        """
        return self._incidents

    def incident(self, name: str) -> Incident:
        """One occurrence.

        Raises:
            UnknownName: if there is none of this id.
        """
        for found in self._incidents:
            if found.id == name:
                return found
        raise UnknownName(name, "no incident of the record")

    def rulings(self) -> tuple[Ruling, ...]:
        """All rulings by then, in the order made."""
        return self._rulings.rulings

    def rulings_on(self, event: str) -> tuple[Ruling, ...]:
        """The rulings that an event stands under."""
        return tuple(self._rulings.by_event.get(event, ()))

    def unmatched_rulings(self) -> tuple[Ruling, ...]:
        """Rulings on words that the current coding no longer marks: kept, and listed here."""
        return self._rulings.unmatched

    def counts(self) -> dict[str, int]:
        """How many reports, copies among them, events, incidents, rulings; imported by origin."""
        table = schema.imported_events
        per_origin = (
            select(table.c.origin, func.count())
            .where(table.c.part == 0, *self._imported_known())
            .group_by(table.c.origin)
        )
        with self._database.reading() as connection:
            imported = {f"imported {o}": n for o, n in connection.execute(per_origin)}
            known = self._known_reports(select(schema.reports.c.seq, schema.reports.c.id))
            told = connection.execute(select(func.count()).select_from(known.subquery())).scalar()
        return {
            "reports": int(told or 0),
            "copies": len(self.copies()),
            "events": sum(len(i.events) for i in self._incidents),
            "incidents": len(self._incidents),
            "rulings": len(self.rulings()),
            **imported,
        }


def _grouped(connection: Connection) -> dict[str, list[str]]:
    table = schema.incident_events
    found: dict[str, list[str]] = {}
    for row in connection.execute(select(table).order_by(table.c.incident, table.c.event)):
        found.setdefault(row.incident, []).append(row.event)
    return found


def _standing(connection: Connection) -> dict[str, Incident]:
    rows = connection.execute(select(schema.incidents.c.written).order_by(schema.incidents.c.id))
    found = [restored(Incident, json.loads(row.written)) for row in rows]
    return {incident.id: incident for incident in found}


__all__ = ["OWN", "DayCount", "EventFilter", "Page", "View", "day_number"]

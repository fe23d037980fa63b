"""Counts over the record for its front pages, made in the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, cast, func, literal, select

from detente.records import (
    CodedEvent,
    CoderMark,
    Event,
    Incident,
    Passage,
    Report,
    When,
    WhenBasis,
)
from detente.resolve.incidents_stand import standing_status
from detente.serial import restored
from detente.store import schema
from detente.store.filters import EventFilter
from detente.store.moments import read
from detente.store.opening import Database

_MARK = CoderMark(kind="rule", name="", version="")


@dataclass(frozen=True, slots=True)
class Bare:
    """Occurrences of a filter without their words: for counts and series."""

    events: tuple[Event, ...]
    incidents: tuple[Incident, ...]


class Tallies:
    """Counts of the current coding; rulings that reject are left to the pages of single events."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def totals(self) -> dict[str, int]:
        """How many reports, events, incidents, rulings."""
        tables = {
            "reports": select(func.count()).select_from(schema.reports),
            "events": select(func.count())
            .select_from(schema.events)
            .join(
                schema.current_codings, schema.current_codings.c.coding == schema.events.c.coding
            ),
            "incidents": select(func.count()).select_from(schema.incidents),
            "rulings": select(func.count()).select_from(schema.rulings),
        }
        with self._database.reading() as connection:
            return {name: int(connection.execute(q).scalar() or 0) for name, q in tables.items()}

    def outlets(self) -> tuple[tuple[str, int], ...]:
        """Outlets and how many reports are kept of each, the busiest first."""
        table = schema.reports
        query = select(table.c.outlet, func.count().label("n")).group_by(table.c.outlet)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(func.count().desc(), table.c.outlet)).all()
        return tuple((row.outlet, row.n) for row in rows)

    def recent_reports(self, limit: int, outlet: str = "") -> tuple[Report, ...]:
        """The reports that became known last."""
        table = schema.reports
        query = select(table.c.written).order_by(table.c.known_at.desc(), table.c.seq).limit(limit)
        query = query.where(table.c.outlet == outlet) if outlet else query
        with self._database.reading() as connection:
            return tuple(
                restored(Report, json.loads(row.written)) for row in connection.execute(query)
            )

    def agreements(self) -> tuple[tuple[str, int, str], ...]:
        """Agreements that events touch: id, how many, the last day."""
        table, pointers = schema.events, schema.current_codings
        query = (
            select(table.c.agreement, func.count().label("n"), func.max(table.c.latest).label("on"))
            .join(pointers, pointers.c.coding == table.c.coding)
            .where(table.c.agreement != "")
            .group_by(table.c.agreement)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(func.count().desc(), table.c.agreement)).all()
        return tuple((row.agreement, row.n, row.on or "") for row in rows)

    def actors(self, limit: int = 200) -> tuple[tuple[str, int], ...]:
        """Parties and in how many events they take part, the busiest first."""
        table = schema.event_parties
        query = select(table.c.party, func.count().label("n")).group_by(table.c.party)
        with self._database.reading() as connection:
            ordered = query.order_by(func.count().desc(), table.c.party).limit(limit)
            return tuple((row.party, row.n) for row in connection.execute(ordered))

    def partners(self, party: str, limit: int = 30) -> tuple[tuple[str, str, int], ...]:
        """Whom a country or actor acts on and who acts on it: (side, other, events)."""
        own, other = schema.event_parties.alias("own"), schema.event_parties.alias("other")
        query = (
            select(other.c.side, other.c.party, func.count().label("n"))
            .join(own, own.c.event == other.c.event)
            .where(own.c.party == party, own.c.side != other.c.side, other.c.party != party)
            .group_by(other.c.side, other.c.party)
            .order_by(func.count().desc(), other.c.party)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return tuple((row.side, row.party, row.n) for row in connection.execute(query))

    def places(self, limit: int = 300) -> tuple[tuple[str, str, float, float, int], ...]:
        """Where things were done: name, country, latitude, longitude, events; the busiest first."""
        table, pointers = schema.events, schema.current_codings
        with self._database.reading() as connection:
            parts = [_inside(connection, "where", p) for p in ("name", "country", "lat", "lon")]
            query = (
                select(*parts, func.count())
                .join(pointers, pointers.c.coding == table.c.coding)
                .where(table.c.status == "done", _inside(connection, "where", "lat").is_not(None))
                .group_by(*parts)
                .order_by(func.count().desc())
                .limit(limit)
            )
            rows = connection.execute(query).all()
        return tuple((r[0], r[1] or "", float(r[2]), float(r[3]), int(r[4])) for r in rows)

    def to_review(self, limit: int = 80) -> tuple[str, ...]:
        """Events without a ruling that may need a person's eyes most.

        The least sure ones, and those whose occurrence is told in conflicting ways.
        """
        table, pointers, ruled = schema.events, schema.current_codings, schema.ruling_mentions
        owners, incidents = schema.incident_events, schema.incidents
        current = (
            select(table.c.id)
            .join(pointers, pointers.c.coding == table.c.coding)
            .where(table.c.id.not_in(select(ruled.c.event)))
        )
        unsure = current.order_by(table.c.confidence, table.c.seq).limit(limit)
        apart = (
            current.join(owners, owners.c.event == table.c.id)
            .join(incidents, incidents.c.id == owners.c.incident)
            .where(incidents.c.written.contains('"contradictions":[', autoescape=True))
            .order_by(table.c.seq.desc())
            .limit(limit)
        )
        with self._database.reading() as connection:
            found = [row.id for query in (apart, unsure) for row in connection.execute(query)]
        return tuple(dict.fromkeys(found))

    def bare(self, wanted: EventFilter, limit: int = 20_000) -> Bare:
        """The latest occurrences of a filter without their words, each told by its mentions."""
        table, pointers, owners = schema.events, schema.current_codings, schema.incident_events
        with self._database.reading() as connection:
            query = (
                select(
                    *(table.c[n] for n in ("id", "event_type", "act", "status", "earliest")),
                    *(table.c[n] for n in ("latest", "confidence", "outlet", "known_at")),
                    owners.c.incident,
                    pointers.c.report,
                    _inside(connection, "coded", "mode").label("mode"),
                    _inside(connection, "when", "basis").label("basis"),
                )
                .join(pointers, pointers.c.coding == table.c.coding)
                .outerjoin(owners, owners.c.event == table.c.id)
                .where(*wanted.own_clauses())
                .order_by(table.c.seq.desc())
                .limit(limit)
            )
            rows = connection.execute(query).all()
        return _bare(rows)


def _bare(rows: Sequence[Any]) -> Bare:
    events = tuple(_bare_event(row) for row in reversed(rows))
    members: dict[str, list[Event]] = {}
    for event in events:
        members.setdefault(event.incident or event.id, []).append(event)
    incidents = tuple(
        Incident(
            id=name,
            events=tuple(e.id for e in found),
            status=standing_status(found),
            outlets=tuple(dict.fromkeys(e.outlet for e in found if e.outlet)),
        )
        for name, found in members.items()
    )
    return Bare(events, incidents)


def _bare_event(row: Any) -> Event:
    word = Passage(report=row.report, start=0, end=1, text="")
    return Event(
        id=row.id,
        incident=row.incident or "",
        coded=CodedEvent(
            event_type=row.event_type,
            act=row.act,
            mode=row.mode or "",
            status=row.status,
            trigger=word,
            sentence=word,
            coder=_MARK,
            confidence=row.confidence,
        ),
        when=When(
            edtf=row.earliest or "",
            earliest=date.fromisoformat(row.earliest) if row.earliest else None,
            latest=date.fromisoformat(row.latest) if row.latest else None,
            basis=_basis(row.basis),
        ),
        reported=read(row.known_at),
        outlet=row.outlet,
    )


def _basis(told: str | None) -> WhenBasis:
    return (
        "publication" if told == "publication" else "inferred" if told == "inferred" else "stated"
    )


def _inside(connection: Connection, outer: str, inner: str) -> ColumnElement[Any]:
    """A value inside an event's JSON."""
    table = schema.events
    if connection.dialect.name == "sqlite":
        return func.json_extract(table.c.written, literal(f"$.{outer}.{inner}", String))
    from sqlalchemy.dialects.postgresql import JSONB  # noqa: PLC0415

    found: ColumnElement[Any] = cast(table.c.written, JSONB)[outer][inner].astext
    return found

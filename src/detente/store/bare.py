"""Occurrences without their words, read by columns: for counts and series over many of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import Connection

from detente.records import (
    CodedEvent,
    CoderMark,
    Event,
    Incident,
    Passage,
    Status,
    When,
    WhenBasis,
)
from detente.store import schema
from detente.store.filters import EventFilter
from detente.store.moments import read
from detente.store.rows import current, inside
from detente.store.standing import Changed, Told

_MARK = CoderMark(kind="rule", name="", version="")


@dataclass(frozen=True, slots=True)
class Bare:
    """Occurrences of a filter without their words: each with its mentions that fit."""

    events: tuple[Event, ...]
    incidents: tuple[Incident, ...]


def fitting_rows(
    connection: Connection, wanted: EventFilter, changed: Changed, limit: int
) -> Sequence[Any]:
    """The latest events of a filter that no ruling changed, with their incidents as kept."""
    table, owners, incidents = schema.events, schema.incident_events, schema.incidents
    told = ("id", "event_type", "act", "status", "earliest", "latest", "confidence")
    query = (
        current(
            *(table.c[name] for name in (*told, "outlet", "known_at")),
            schema.current_codings.c.report,
            inside(connection, table.c.written, "coded", "mode").label("mode"),
            inside(connection, table.c.written, "when", "basis").label("basis"),
            owners.c.incident,
            inside(connection, incidents.c.written, "status").label("stands"),
        )
        .outerjoin(owners, owners.c.event == table.c.id)
        .outerjoin(incidents, incidents.c.id == owners.c.incident)
        .where(*wanted.own_clauses(), *changed.left_out(connection))
        .order_by(table.c.seq.desc())
        .limit(limit)
    )
    return connection.execute(query).all()


def bare_of(rows: Sequence[Any], told: Iterable[Told], wanted: EventFilter) -> Bare:
    """Occurrences of rows that no ruling touched, and of those that were told as ruled."""
    events = [_event(row) for row in rows]
    statuses = {row.incident: row.stands for row in rows if row.incident}
    for one in told:
        fitting = [event for event in one.mentions if wanted.fits(event)]
        events += fitting
        statuses |= dict.fromkeys((e.incident for e in fitting), one.incident.status)
    members: dict[str, list[Event]] = {}
    for event in events:
        members.setdefault(event.incident or event.id, []).append(event)
    return Bare(tuple(events), tuple(_incident(n, found, statuses) for n, found in members.items()))


def _incident(name: str, mentions: Sequence[Event], statuses: dict[str, Status]) -> Incident:
    return Incident(
        id=name,
        events=tuple(event.id for event in mentions),
        status=statuses.get(name, mentions[0].coded.status),
        outlets=tuple(dict.fromkeys(e.outlet for e in mentions if e.outlet)),
    )


def _event(row: Any) -> Event:
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
            basis=cast(WhenBasis, row.basis or "stated"),
        ),
        reported=read(row.known_at),
        outlet=row.outlet,
    )

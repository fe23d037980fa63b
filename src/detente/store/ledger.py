"""Append-only writes: reports, their codings and events, rulings. Each a transaction, or none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from detente.records import Event, Incident, Report, Ruling
from detente.serial import plain
from detente.store import schema
from detente.store.moments import kept, known_at
from detente.store.search import index_report


def written(value: object) -> str:
    """A value as the record's text: JSON in ASCII, so that every character survives."""
    return json.dumps(plain(value), separators=(",", ":"))


def column(text: str) -> str:
    """Text for a column that is searched by: without NUL and lone surrogates."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def has_report(connection: Connection, report: str) -> bool:
    """Whether a report of this id is kept."""
    found = select(schema.reports.c.seq).where(schema.reports.c.id == report)
    return connection.execute(found).first() is not None


def add_report(connection: Connection, report: Report, at: datetime, copy_of: str = "") -> None:
    """Keeps a report and takes its words into the index."""
    result = connection.execute(
        insert(schema.reports).values(
            id=report.id,
            outlet=column(report.outlet),
            title=column(report.title),
            known_at=kept(known_at(report, at)),
            added_at=kept(at),
            written=written(report),
            copy_of=copy_of,
        )
    )
    seq = result.inserted_primary_key
    assert seq is not None
    index_report(connection, seq[0], column(report.title), column(report.text))


def add_coding(
    connection: Connection, report: Report, events: Sequence[Event], at: datetime
) -> None:
    """Keeps a coding of a report: its events, now the current ones. Older codings stay kept."""
    result = connection.execute(
        insert(schema.codings).values(report=report.id, coder=_coder(events), at=kept(at))
    )
    assert result.inserted_primary_key is not None
    coding = result.inserted_primary_key[0]
    known = kept(known_at(report, at))
    for event in {e.id: e for e in events}.values():
        _add_event(connection, coding, event, known)
    _point(connection, report.id, coding)


def _coder(events: Sequence[Event]) -> str:
    marks = sorted({f"{e.coded.coder.name} {e.coded.coder.version}" for e in events})
    return column("; ".join(marks))


def _point(connection: Connection, report: str, coding: int) -> None:
    table = schema.current_codings
    moved = connection.execute(update(table).where(table.c.report == report).values(coding=coding))
    if not moved.rowcount:
        connection.execute(insert(table).values(report=report, coding=coding))


def _add_event(connection: Connection, coding: int, event: Event, known: str) -> None:
    when = event.when
    result = connection.execute(
        insert(schema.events).values(
            coding=coding,
            id=event.id,
            event_type=event.coded.event_type,
            act=event.coded.act,
            status=event.coded.status,
            earliest=when.earliest.isoformat() if when.earliest else None,
            latest=when.latest.isoformat() if when.latest else None,
            known_at=known,
            agreement=column(event.agreement.id) if event.agreement else "",
            outlet=column(event.outlet),
            confidence=event.coded.confidence,
            written=written(event),
        )
    )
    assert result.inserted_primary_key is not None
    seq = result.inserted_primary_key[0]
    parties = [
        {"event": seq, "side": side, "party": party} for side, party in sorted(parties_of(event))
    ]
    if parties:
        connection.execute(insert(schema.event_parties), parties)


def parties_of(event: Event) -> set[tuple[str, str]]:
    """(side, entity id or country) of everyone who takes part."""
    sides = (("actor", event.actor), ("recipient", event.recipient))
    return {
        (side, column(name)[:255])
        for side, members in sides
        for member in members
        for name in (member.entity.id, member.entity.country)
        if name
    }


def keep_incidents(connection: Connection, incidents: Iterable[Incident]) -> None:
    """Writes incidents in place of those of the same id; an event is in one at a time."""
    owners, table = schema.incident_events, schema.incidents
    for incident in incidents:
        values = {"id": incident.id, "written": written(incident)}
        changed = connection.execute(
            update(table).where(table.c.id == incident.id).values(**values)
        )
        if not changed.rowcount:
            connection.execute(insert(table).values(**values))
        for some in _runs(incident.events):
            connection.execute(delete(owners).where(owners.c.event.in_(some)))
        rows = [{"event": e, "incident": incident.id} for e in incident.events]
        if rows:
            connection.execute(insert(owners), rows)


def replace_incidents(connection: Connection, incidents: Iterable[Incident]) -> None:
    """Writes a whole new grouping in place of the standing one."""
    connection.execute(delete(schema.incident_events))
    connection.execute(delete(schema.incidents))
    keep_incidents(connection, incidents)


def add_ruling(
    connection: Connection, ruling: Ruling, mentions: Iterable[tuple[str, Event]]
) -> bool:
    """Keeps a ruling with the mentions it is about.

    Args:
        mentions: (role, event): ``target``, or ``other`` for those that a merge joins to the
            target and a split takes from it.

    Returns:
        False if it is kept already.
    """
    table = schema.rulings
    if connection.execute(select(table.c.seq).where(table.c.id == ruling.id)).first():
        return False
    connection.execute(
        insert(table).values(
            id=ruling.id, at=kept(ruling.at), target=ruling.target, written=written(ruling)
        )
    )
    rows = [
        {
            "ruling": ruling.id,
            "event": event.id,
            "role": role,
            "report": event.coded.trigger.report,
            "start": event.coded.trigger.start,
            "end": event.coded.trigger.end,
            "act": event.coded.act,
            "status": event.coded.status,
        }
        for role, event in {e.id: (role, e) for role, e in mentions}.values()
    ]
    if rows:
        connection.execute(insert(schema.ruling_mentions), rows)
    return True


def _runs(members: Sequence[str], most: int = 500) -> Iterator[Sequence[str]]:
    for start in range(0, len(members), most):
        yield members[start : start + most]

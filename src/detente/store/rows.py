"""Rows of the record by their names, however many names there are."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, cast, func, literal, select

from detente.records import Event, Incident
from detente.serial import restored
from detente.store import schema
from detente.store.ledger import column
from detente.store.moments import kept

#: Names asked for at once: fewer than any database's limit of parameters.
_RUN = 400


def runs(names: Iterable[str]) -> Iterator[Sequence[str]]:
    """Names in runs that one query takes, each name once."""
    listed = sorted({column(name) for name in names})
    return (listed[start : start + _RUN] for start in range(0, len(listed), _RUN))


def among(
    connection: Connection, of: ColumnElement[Any], members: Iterable[str] | Iterable[int]
) -> ColumnElement[bool]:
    """The condition that a column holds one of the members, all of them as one parameter."""
    text = literal(
        json.dumps(sorted({m if isinstance(m, int) else column(m) for m in members})), String
    )
    if connection.dialect.name == "sqlite":
        each = func.json_each(text).table_valued("value")
        return of.in_(select(each.c.value))
    from sqlalchemy.dialects.postgresql import JSONB  # noqa: PLC0415

    listed = func.jsonb_array_elements_text(cast(text, JSONB)).table_valued("value")
    return of.in_(select(cast(listed.c.value, of.type)))


def inside(connection: Connection, written: ColumnElement[str], *path: str) -> ColumnElement[Any]:
    """A value inside a column of JSON."""
    found: ColumnElement[Any]
    if connection.dialect.name == "sqlite":
        found = func.json_extract(written, literal(".".join(("$", *path)), String))
        return found
    from sqlalchemy.dialects.postgresql import JSONB  # noqa: PLC0415

    found = cast(written, JSONB)
    for name in path[:-1]:
        found = found[name]
    last: ColumnElement[Any] = found[path[-1]].astext
    return last


def current(*columns: ColumnElement[Any]) -> Select[Any]:
    """A query on the events of the current codings."""
    pointers = schema.current_codings
    joined = schema.events.join(pointers, pointers.c.coding == schema.events.c.coding)
    return select(*columns).select_from(joined)


@lru_cache(maxsize=4096)
def event_of(written: str) -> Event:
    """An event as it was written, which never changes: one report's neighbours are the next's."""
    return restored(Event, json.loads(written))


def events_named(connection: Connection, names: Iterable[str]) -> list[Event]:
    """The current events of these ids, as coded."""
    table, found = schema.events, list[Event]()
    for some in runs(names):
        query = current(table.c.written).where(table.c.id.in_(some)).order_by(table.c.id)
        found += [event_of(row.written) for row in connection.execute(query)]
    return found


def superseded() -> Select[Any]:
    """The numbers of the events that a newer coding of their report has replaced."""
    pointers = select(schema.current_codings.c.coding)
    return select(schema.events.c.seq).where(schema.events.c.coding.not_in(pointers))


def places_of(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """Current event → its number in the order kept."""
    table, found = schema.events, dict[str, int]()
    for some in runs(names):
        rows = connection.execute(current(table.c.id, table.c.seq).where(table.c.id.in_(some)))
        found |= {row.id: row.seq for row in rows}
    return found


def events_of(
    connection: Connection, reports: Iterable[str], as_of: datetime | None = None
) -> list[Event]:
    """The current events of reports as coded, those known by a moment if one is given."""
    table, found = schema.events, list[Event]()
    for some in runs(reports):
        query = current(table.c.written).where(schema.current_codings.c.report.in_(some))
        if as_of is not None:
            query = query.where(table.c.known_at <= kept(as_of))
        rows = connection.execute(query.order_by(table.c.seq))
        found += [event_of(row.written) for row in rows]
    return found


def incidents_named(connection: Connection, names: Iterable[str]) -> dict[str, Incident]:
    """Incidents as kept, by id."""
    table, found = schema.incidents, dict[str, Incident]()
    for some in runs(names):
        query = select(table.c.id, table.c.written).where(table.c.id.in_(some))
        for row in connection.execute(query):
            found[row.id] = restored(Incident, json.loads(row.written))
    return found


def owners_of(connection: Connection, events: Iterable[str]) -> dict[str, str]:
    """Event → the incident that it is kept in."""
    table, found = schema.incident_events, dict[str, str]()
    for some in runs(events):
        query = select(table.c.event, table.c.incident).where(table.c.event.in_(some))
        found |= {row.event: row.incident for row in connection.execute(query)}
    return found


def members_of(connection: Connection, incidents: Iterable[str]) -> dict[str, list[str]]:
    """Incident → the events that are kept in it."""
    table, found = schema.incident_events, defaultdict[str, list[str]](list)
    for some in runs(incidents):
        query = select(table.c.event, table.c.incident).where(table.c.incident.in_(some))
        for row in connection.execute(query.order_by(table.c.event)):
            found[row.incident].append(row.event)
    return dict(found)


def copies_among(connection: Connection, events: Iterable[Event]) -> dict[str, str]:
    """Report → its original, for those reports of the events that are copies."""
    table, found = schema.reports, dict[str, str]()
    for some in runs({event.coded.trigger.report for event in events}):
        query = select(table.c.id, table.c.copy_of)
        named = query.where(table.c.id.in_(some), table.c.copy_of != "")
        found |= {row.id: row.copy_of for row in connection.execute(named)}
    return found

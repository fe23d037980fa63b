"""One report into the record: kept, compared with its copies, its events grouped with the rest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from sqlalchemy import Connection, and_, insert, or_, select

from detente.records import Event, Incident, Report
from detente.resolve.copies import bands, origin_of, signature
from detente.resolve.incidents import group
from detente.resolve.incidents_kind import told_as
from detente.serial import restored
from detente.store import schema
from detente.store.ledger import (
    add_coding,
    add_report,
    has_report,
    keep_incidents,
    parties_of,
)
from detente.store.moments import kept, known_at

#: Occurrences are looked for within so many days of the new events.
_NEAR = timedelta(days=120)
#: At most so many earlier events are compared with a report's: the latest ones.
_MOST = 600


def add_one(connection: Connection, report: Report, events: Sequence[Event], at: datetime) -> bool:
    """Keeps a report with its events and groups them, in the transaction at hand.

    Returns:
        False if a report of the same content is kept already: nothing is written then.
    """
    if has_report(connection, report.id):
        return False
    minima = bands(signature(report))
    add_report(connection, report, at, copy_of=_origin(connection, report, minima))
    rows = [{"band": band, "report": report.id} for band in dict.fromkeys(minima)]
    if rows:
        connection.execute(insert(schema.report_bands), rows)
    add_coding(connection, report, events, at)
    group_new(connection, report, events, at)
    return True


def _origin(connection: Connection, report: Report, minima: Sequence[str]) -> str:
    """The original that a report is a copy of: an earlier kept report that shares a band."""
    shelves, table = schema.report_bands, schema.reports
    query = (
        select(table.c.written)
        .where(table.c.id.in_(select(shelves.c.report).where(shelves.c.band.in_(minima))))
        .where(table.c.copy_of == "")
        .order_by(table.c.known_at, table.c.seq)
    )
    near = [restored(Report, json.loads(row.written)) for row in connection.execute(query)]
    return origin_of(report, near) if near else ""


def group_new(
    connection: Connection, report: Report, events: Sequence[Event], at: datetime
) -> None:
    """Groups a report's events with the earlier ones they may tell the same of."""
    own = [e for e in events if e.origin == "detente"]
    if not own:
        return
    near = _neighbours(connection, own, known_at(report, at))
    known = _incidents_of(connection, near)
    members = _events(connection, {e for i in known for e in i.events} - near.keys())
    together = [*near.values(), *members, *own]
    new = {e.id for e in own}
    found = group(together, known=known, copies=_copies(connection, together))
    keep_incidents(connection, (i for i in found if new & set(i.events)))


def _neighbours(
    connection: Connection, events: Sequence[Event], told: datetime
) -> dict[str, Event]:
    """Current events with a party and an act in common, at about the same time."""
    table, parties = schema.events, schema.event_parties
    acts = sorted({act for e in events for act in told_as(e)})
    names = sorted({party for e in events for _, party in parties_of(e)})
    first, last = _span(events, told)
    pointers = schema.current_codings
    query = (
        select(table.c.id, table.c.written)
        .join(pointers, pointers.c.coding == table.c.coding)
        .where(or_(table.c.act.in_(acts), table.c.event_type.in_(acts)))
        .where(table.c.seq.in_(select(parties.c.event).where(parties.c.party.in_(names))))
        .where(
            or_(
                and_(table.c.earliest <= last.isoformat(), table.c.latest >= first.isoformat()),
                and_(
                    or_(table.c.earliest.is_(None), table.c.latest.is_(None)),
                    table.c.known_at >= kept(told - _NEAR),
                    table.c.known_at <= kept(told + _NEAR),
                ),
            )
        )
        .order_by(table.c.seq.desc())
        .limit(_MOST)
    )
    return {r.id: _event(r.written) for r in connection.execute(query)}


@lru_cache(maxsize=4 * _MOST)
def _event(written: str) -> Event:
    """What is written never changes, and the neighbours of one report are mostly the next's."""
    return restored(Event, json.loads(written))


def _span(events: Sequence[Event], told: datetime) -> tuple[date, date]:
    days = [told.date()]
    days += [d for e in events for d in (e.when.earliest, e.when.latest) if d]
    return _shifted(min(days), -_NEAR), _shifted(max(days), _NEAR)


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day


def _incidents_of(connection: Connection, events: Iterable[str]) -> list[Incident]:
    owners, table = schema.incident_events, schema.incidents
    wanted = list(events)
    names: set[str] = set()
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        query = select(owners.c.incident).where(owners.c.event.in_(some))
        names |= {row.incident for row in connection.execute(query)}
    ordered, found = sorted(names), []
    for start in range(0, len(ordered), 500):
        some = ordered[start : start + 500]
        query = select(table.c.written).where(table.c.id.in_(some)).order_by(table.c.id)
        found += [restored(Incident, json.loads(r.written)) for r in connection.execute(query)]
    return found


def _events(connection: Connection, names: Iterable[str]) -> list[Event]:
    table, pointers = schema.events, schema.current_codings
    wanted, found = sorted(names), []
    for start in range(0, len(wanted), 500):
        query = (
            select(table.c.written)
            .join(pointers, pointers.c.coding == table.c.coding)
            .where(table.c.id.in_(wanted[start : start + 500]))
        )
        found += [_event(r.written) for r in connection.execute(query)]
    return found


def _copies(connection: Connection, events: Iterable[Event]) -> Mapping[str, str]:
    table = schema.reports
    wanted = sorted({e.coded.trigger.report for e in events})
    found: dict[str, str] = {}
    for start in range(0, len(wanted), 500):
        query = select(table.c.id, table.c.copy_of).where(
            table.c.id.in_(wanted[start : start + 500]), table.c.copy_of != ""
        )
        found |= {row.id: row.copy_of for row in connection.execute(query)}
    return found

"""One report into the record: kept, compared with its copies, its events grouped with the rest."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, insert, or_, select

from detente.records import Event, Report
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
from detente.store.rows import (
    copies_among,
    current,
    event_of,
    events_named,
    incidents_named,
    owners_of,
)

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
    kept_in = incidents_named(connection, owners_of(connection, near).values())
    known = [kept_in[name] for name in sorted(kept_in)]
    members = events_named(connection, {e for i in known for e in i.events} - near.keys())
    together = [*near.values(), *members, *own]
    new = {e.id for e in own}
    found = group(together, known=known, copies=copies_among(connection, together))
    keep_incidents(connection, (i for i in found if new & set(i.events)))


def _neighbours(
    connection: Connection, events: Sequence[Event], told: datetime
) -> dict[str, Event]:
    """Current events with a party and an act in common, at about the same time."""
    table, parties = schema.events, schema.event_parties
    acts = sorted({act for e in events for act in told_as(e)})
    names = sorted({party for e in events for _, party in parties_of(e)})
    first, last = _span(events, told)
    query = (
        current(table.c.id, table.c.written)
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
    return {r.id: event_of(r.written) for r in connection.execute(query)}


def _span(events: Sequence[Event], told: datetime) -> tuple[date, date]:
    days = [told.date()]
    days += [d for e in events for d in (e.when.earliest, e.when.latest) if d]
    return _shifted(min(days), -_NEAR), _shifted(max(days), _NEAR)


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day

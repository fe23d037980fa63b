"""Reads that answer one page each, from the indices: never the whole record."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, literal, literal_column, or_, select

from detente.errors import UnknownName
from detente.records import Event, Incident, Report, Ruling
from detente.serial import restored
from detente.store import schema
from detente.store.filters import EventFilter
from detente.store.grouping import effective_incidents
from detente.store.imports import imported_named
from detente.store.ledger import parties_of
from detente.store.moments import kept
from detente.store.opening import Database
from detente.store.rows import (
    copies_among,
    current,
    events_named,
    events_of,
    members_of,
    runs,
)
from detente.store.ruled import Rulings, load, split_name
from detente.store.search import found_reports
from detente.store.standing import Changed, Standing, Told

#: An event's place in the order of days: the index ``events_in_order`` holds it.
_DAY: Any = literal_column("coalesce(events.earliest, events.latest, '')")
_ALL = EventFilter()


@dataclass(frozen=True, slots=True)
class ToldPage:
    """Occurrences, and the cursor from which the next ones follow (empty at the end)."""

    told: tuple[Told, ...]
    following: str


@dataclass(frozen=True, slots=True)
class Marked:
    """An event of a report as ruled, whether an analyst rejected it, and its incident."""

    event: Event
    rejected: bool


@dataclass(frozen=True, slots=True)
class Subjects:
    """What events are about: their occurrences, how often which agreement and which party."""

    incidents: frozenset[str]
    agreements: Counter[str]
    actors: Counter[str]


class Lookup:
    """Point reads on the record as it stands; safe to share between threads."""

    def __init__(self, database: Database, standing: Standing) -> None:
        self._database = database
        self._standing = standing

    def stamp(self) -> str:
        """Changes with every act of a person: a ruling, a brief, a judged comment, a grade."""
        query = select(
            select(func.max(schema.audit.c.seq)).scalar_subquery(),
            select(func.max(schema.rulings.c.seq)).scalar_subquery(),
        )
        with self._database.reading() as connection:
            return "/".join(str(n or 0) for n in connection.execute(query).one())

    # ── occurrences ───────────────────────────────────────────────────────────────────────────

    def page(
        self, wanted: EventFilter = _ALL, *, limit: int = 40, cursor: str = "", oldest: bool = False
    ) -> ToldPage:
        """Occurrences that a filter asks for, by day.

        Args:
            wanted: an occurrence is shown if one of its mentions fits.
            limit: at most so many.
            cursor: ``following`` of the page before.
            oldest: the earliest first, else the latest.

        Raises:
            UnknownName: for a cursor that no page gave.
        """
        found: list[Told] = []
        seen: set[str] = set()
        after = _read_cursor(cursor)
        with self._database.reading() as connection:
            changed = self._standing.changed(connection)
            while True:
                rows = _ordered(connection, wanted, changed, after, oldest, limit + 1)
                tellings = self._standing.told(connection, [row.id for row in rows])
                for row in rows:
                    told = tellings.get(row.id)
                    if told and told.incident.id not in seen and _shown(told, row, wanted, oldest):
                        if len(found) == limit:
                            return ToldPage(tuple(found), _cursor(after))
                        seen.add(told.incident.id)
                        found.append(told)
                    after = (row.day, row.seq)
                if len(rows) < limit + 1:
                    return ToldPage(tuple(found), "")

    def incident(self, name: str) -> Told:
        """One occurrence; of one that was merged away, the one that it went into.

        Raises:
            UnknownName: if there is none of this id, or all its mentions were rejected.
        """
        with self._database.reading() as connection:
            rulings = self._standing.rulings(connection)
            wanted = members_of(connection, [name]).get(name) or _split_off(rulings, name)
            told = self._standing.told(connection, wanted)
        by_name = {one.incident.id: one for one in told.values()}
        for found in (by_name.get(name), *(told[e] for e in wanted if e in told)):
            if found is not None:
                return found
        raise UnknownName(name, "no incident of the record")

    def tellings(self, events: Iterable[str]) -> dict[str, Told]:
        """Event id → the occurrence that it is a mention of."""
        with self._database.reading() as connection:
            return self._standing.told(connection, events)

    def reports_on(
        self, wanted: EventFilter, limit: int, as_of: datetime | None = None
    ) -> tuple[str, ...]:
        """Reports that tell of what a filter asks for, those that became known last first."""
        table, report = schema.events, schema.current_codings.c.report
        known = func.max(table.c.known_at)
        query = current(report, known.label("known")).where(*wanted.own_clauses())
        if as_of is not None:
            query = query.where(table.c.known_at <= kept(as_of))
        with self._database.reading() as connection:
            changed = self._standing.changed(connection)
            unruled = query.where(*changed.left_out(connection)).group_by(report)
            rows = connection.execute(unruled.order_by(known.desc(), report).limit(limit)).all()
            fitting = [e for e in changed.ruled if wanted.fits(e)]
            names = {e.coded.trigger.report for e in fitting} - {row.report for row in rows}
        moments = {e.coded.trigger.report: kept(e.reported) for e in fitting if e.reported}
        more = [(moments.get(name, ""), name) for name in names]
        more = [one for one in more if as_of is None or one[0] <= kept(as_of)]
        ordered = sorted([*((row.known, row.report) for row in rows), *more], reverse=True)
        return tuple(name for _, name in ordered[:limit])

    def retold(
        self, reports: Iterable[str], as_of: datetime | None = None
    ) -> tuple[tuple[Event, ...], tuple[Incident, ...]]:
        """What some reports tell, as ruled by a moment: their events, and these alone grouped.

        Args:
            as_of: what was known and ruled by then, grouped anew; none: as it stands.
        """
        with self._database.reading() as connection:
            if as_of is None:
                names = [event.id for event in events_of(connection, reports)]
                told = self._standing.told(connection, names).values()
                apart = {one.incident.id: one for one in told}
                events = tuple(e for one in apart.values() for e in one.mentions)
                return events, tuple(one.incident for one in apart.values())
            rulings = load(connection, as_of)
            coded = events_of(connection, reports, as_of)
            ruled = {e.id: done for e in coded if (done := rulings.applied(e))}
            copies = copies_among(connection, ruled.values())
        incidents = effective_incidents(ruled, None, rulings, copies)
        owner = {e: incident.id for incident in incidents for e in incident.events}
        return tuple(replace(e, incident=owner[e.id]) for e in ruled.values()), incidents

    def subjects(self, events: Iterable[str]) -> Subjects:
        """What events are about, as ruled."""
        table, parties, asked = schema.events, schema.event_parties, set(events)
        agreements: Counter[str] = Counter()
        actors: Counter[str] = Counter()
        with self._database.reading() as connection:
            changed = self._standing.changed(connection)
            ruled = [event for event in changed.ruled if event.id in asked]
            incidents = frozenset(self._standing.incident_of(connection, asked).values())
            for some in runs(asked - changed.places.keys()):
                rows = connection.execute(
                    current(table.c.seq, table.c.agreement).where(table.c.id.in_(some))
                ).all()
                agreements.update(row.agreement for row in rows if row.agreement)
                named = select(parties.c.party).where(parties.c.event.in_([r.seq for r in rows]))
                actors.update(row.party for row in connection.execute(named))
        agreements.update(event.agreement.id for event in ruled if event.agreement)
        actors.update(party for event in ruled for _, party in parties_of(event))
        return Subjects(incidents, agreements, actors)

    # ── events and reports ────────────────────────────────────────────────────────────────────

    def event(self, name: str) -> Marked:
        """One event, of our own coding or imported, as ruled.

        Raises:
            UnknownName: if there is none of this id.
        """
        with self._database.reading() as connection:
            found = events_named(connection, [name]) or imported_named(connection, [name])
            if not found:
                raise UnknownName(name, "no event of the record")
            return _marked(found[0], self._standing.rulings(connection))

    def events_of(self, report: str) -> tuple[Marked, ...]:
        """The current events of a report in the order of their words, rejected ones too."""
        with self._database.reading() as connection:
            rulings = self._standing.rulings(connection)
            events = events_of(connection, [report])
            placed = self._standing.incident_of(connection, [event.id for event in events])
        events.sort(key=lambda e: (e.coded.trigger.start, e.coded.trigger.end, e.id))
        return tuple(_marked(replace(e, incident=placed.get(e.id, "")), rulings) for e in events)

    def rulings_on(self, events: Iterable[str]) -> dict[str, tuple[Ruling, ...]]:
        """Event id → the rulings that it stands under, for those that have any."""
        with self._database.reading() as connection:
            by_event = self._standing.rulings(connection).by_event
        return {e: tuple(by_event[e]) for e in events if e in by_event}

    def copies_of(self, report: str) -> tuple[str, tuple[str, ...]]:
        """The original of a report (empty: it is one), and the ids of its own copies."""
        table = schema.reports
        with self._database.reading() as connection:
            origin = connection.execute(select(table.c.copy_of).where(table.c.id == report))
            copies = connection.execute(select(table.c.id).where(table.c.copy_of == report))
            return str(origin.scalar() or ""), tuple(row.id for row in copies)

    def search(self, text: str, limit: int, offset: int = 0) -> tuple[Report, ...]:
        """Reports that hold all the words, best first."""
        table = schema.reports
        with self._database.reading() as connection:
            places = found_reports(connection, text, offset + limit)[offset:]
            query = select(table.c.seq, table.c.written).where(table.c.seq.in_(places))
            written = {row.seq: row.written for row in connection.execute(query)}
        return tuple(restored(Report, json.loads(written[p])) for p in places if p in written)


class _Place(NamedTuple):
    """Where an event stands in the order of days."""

    day: str
    seq: int
    id: str


def _shown(told: Told, row: _Place, wanted: EventFilter, oldest: bool) -> bool:
    """Whether a row is the one of its occurrence's fitting mentions that stands for it in order."""
    fitting = [(_day_of(e), e.id) for e in told.mentions if wanted.fits(e)]
    return bool(fitting) and (min(fitting) if oldest else max(fitting))[1] == row.id


def _day_of(event: Event) -> str:
    day = event.when.earliest or event.when.latest
    return day.isoformat() if day else ""


def _ordered(
    connection: Connection,
    wanted: EventFilter,
    changed: Changed,
    after: tuple[str, int] | None,
    oldest: bool,
    limit: int,
) -> list[_Place]:
    """The next events that fit, by day; those that were amended stand where they now belong."""
    table = schema.events
    query = current(_DAY.label("day"), table.c.seq, table.c.id)
    unruled = query.where(*wanted.own_clauses(walked=True), *changed.left_out(connection))
    if after:
        day, seq = literal(after[0]), after[1]
        near, far = (">=", ">") if oldest else ("<=", "<")
        beyond = or_(_DAY.op(far)(day), table.c.seq.op(far)(seq))
        unruled = unruled.where(_DAY.op(near)(day), beyond)
    order = (_DAY, table.c.seq) if oldest else (_DAY.desc(), table.c.seq.desc())
    rows = connection.execute(unruled.order_by(*order).limit(limit))
    found = [_Place(*row) for row in rows]
    for event in changed.ruled:
        place = _Place(_day_of(event), changed.places[event.id], event.id)
        is_ahead = not after or (place[:2] > after if oldest else place[:2] < after)
        if is_ahead and wanted.fits(event):
            found.append(place)
    return sorted(found, reverse=not oldest)[:limit]


def _cursor(after: tuple[str, int] | None) -> str:
    return f"{after[0]}_{after[1]}" if after else ""


def _read_cursor(cursor: str) -> tuple[str, int] | None:
    day, _, seq = cursor.rpartition("_")
    if not cursor:
        return None
    if not seq.isascii() or not seq.isdigit() or len(seq) > 18 or len(day) > 10:
        raise UnknownName(cursor, "no place that a page's link leads to")
    return day, int(seq)


def _marked(event: Event, rulings: Rulings) -> Marked:
    return Marked(rulings.applied(event) or event, rulings.is_rejected(event.id))


def _split_off(rulings: Rulings, name: str) -> list[str]:
    """The events that the split of this name took out."""
    for ruling in rulings.rulings:
        if ruling.kind == "split" and split_name(ruling) == name:
            return [e for e, role in rulings.about[ruling.id].items() if role == "other"]
    return []

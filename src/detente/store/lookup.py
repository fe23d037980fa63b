"""Reads that answer one page each, from the indices: never the whole record."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from sqlalchemy import Connection, and_, func, literal, literal_column, or_, select

from detente.errors import UnknownName
from detente.records import Event, Incident, Report
from detente.serial import restored
from detente.store import schema
from detente.store.filters import EventFilter
from detente.store.grouping import effective_incidents
from detente.store.ledger import column
from detente.store.opening import Database
from detente.store.ruled import Rulings, load
from detente.store.search import found_reports

#: An event's place in the order of days: the index ``events_in_order`` holds it.
_DAY: Any = literal_column("coalesce(events.earliest, events.latest, '')")
_ALL = EventFilter()
_RUN = 400


@dataclass(frozen=True, slots=True)
class Told:
    """An occurrence as ruled, with its mentions (as ruled, rejected ones left out)."""

    incident: Incident
    mentions: tuple[Event, ...]


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

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._ruled: tuple[tuple[int, int], Rulings] | None = None

    def stamp(self) -> str:
        """Changes with every act of a person: a ruling, a brief, a judged comment, a grade."""
        query = select(
            select(func.max(schema.audit.c.seq)).scalar_subquery(),
            select(func.max(schema.rulings.c.seq)).scalar_subquery(),
        )
        with self._database.reading() as connection:
            return "/".join(str(n or 0) for n in connection.execute(query).one())

    def rulings(self, connection: Connection) -> Rulings:
        """All rulings, matched to the current coding; kept until one is added or re-coded."""
        ruled = select(schema.ruling_mentions.c.report)
        table = schema.codings
        query = select(
            select(func.max(schema.rulings.c.seq)).scalar_subquery(),
            select(func.max(table.c.seq)).where(table.c.report.in_(ruled)).scalar_subquery(),
        )
        last, coding = connection.execute(query).one()
        key = (last or 0, coding or 0)
        with self._lock:
            if self._ruled is None or self._ruled[0] != key:
                self._ruled = (key, load(connection, None))
            return self._ruled[1]

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
            rulings = self.rulings(connection)
            while True:
                rows = _ordered(connection, wanted, rulings, after, oldest, limit + 1)
                tellings = self._told(connection, [r.id for r in rows], rulings)
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
        owners = schema.incident_events
        with self._database.reading() as connection:
            rulings = self.rulings(connection)
            query = select(owners.c.event).where(owners.c.incident == name)
            wanted = [row.event for row in connection.execute(query)] or _regrouped(rulings)
            told = list(self._told(connection, wanted, rulings).values())
        for found in told:
            if found.incident.id == name:
                return found
        if told and wanted != _regrouped(rulings):
            return told[0]
        raise UnknownName(name, "no incident of the record")

    def tellings(self, events: Iterable[str]) -> dict[str, Told]:
        """Event id → the occurrence that it is a mention of."""
        with self._database.reading() as connection:
            return self._told(connection, list(events), self.rulings(connection))

    def _told(
        self, connection: Connection, wanted: Sequence[str], rulings: Rulings
    ) -> dict[str, Told]:
        """The occurrences of these events, regrouped as ruled."""
        regrouped = _regrouped(rulings)
        owner = _owners(connection, {*wanted, *regrouped})
        names = {owner[e] for e in wanted if e in owner}
        if names & {owner[e] for e in regrouped if e in owner}:
            names |= {owner[e] for e in regrouped if e in owner}
        standing = _incidents(connection, names)
        members = {e for i in standing.values() for e in i.events} | set(wanted)
        events = {e.id: e for e in _events(connection, members) if not rulings.is_rejected(e.id)}
        ruled = {e: done for e, event in events.items() if (done := rulings.applied(event))}
        touched = {*rulings.by_event, *regrouped}
        plain_ones = {n: i for n, i in standing.items() if not touched & set(i.events)}
        others = {n: i for n, i in standing.items() if n not in plain_ones}
        held = {e for i in plain_ones.values() for e in i.events}
        rest = {e: event for e, event in ruled.items() if e not in held}
        made = effective_incidents(rest, others, rulings, _copies(connection, rest.values()))
        found: dict[str, Told] = {}
        for incident in (*plain_ones.values(), *made):
            mentions = tuple(ruled[e] for e in incident.events if e in ruled)
            if mentions:
                found |= dict.fromkeys((e.id for e in mentions), Told(incident, mentions))
        return found

    def subjects(self, events: Iterable[str]) -> Subjects:
        """What events are about, by their columns alone."""
        table, pointers, parties = schema.events, schema.current_codings, schema.event_parties
        agreements: Counter[str] = Counter()
        actors: Counter[str] = Counter()
        wanted = list(events)
        with self._database.reading() as connection:
            incidents = frozenset(_owners(connection, wanted).values())
            for some in _runs(wanted):
                query = (
                    select(table.c.seq, table.c.agreement)
                    .join(pointers, pointers.c.coding == table.c.coding)
                    .where(table.c.id.in_(some))
                )
                rows = connection.execute(query).all()
                agreements.update(row.agreement for row in rows if row.agreement)
                named = select(parties.c.party).where(parties.c.event.in_([r.seq for r in rows]))
                actors.update(row.party for row in connection.execute(named))
        return Subjects(incidents, agreements, actors)

    # ── events and reports ────────────────────────────────────────────────────────────────────

    def event(self, name: str) -> Marked:
        """One current event of our own coding, as ruled.

        Raises:
            UnknownName: if there is none of this id.
        """
        with self._database.reading() as connection:
            for event in _events(connection, [name]):
                return self._marked(event, self.rulings(connection))
        raise UnknownName(name, "no event of the record")

    def events_of(self, report: str) -> tuple[Marked, ...]:
        """The current events of a report in the order of their words, rejected ones too."""
        table, pointers = schema.events, schema.current_codings
        query = (
            select(table.c.written)
            .join(pointers, pointers.c.coding == table.c.coding)
            .where(pointers.c.report == report)
        )
        with self._database.reading() as connection:
            rulings = self.rulings(connection)
            events = [restored(Event, json.loads(r.written)) for r in connection.execute(query)]
            owner = _owners(connection, {e.id for e in events})
        events.sort(key=lambda e: (e.coded.trigger.start, e.coded.trigger.end))
        return tuple(self._marked(_placed(e, owner), rulings) for e in events)

    def _marked(self, event: Event, rulings: Rulings) -> Marked:
        return Marked(rulings.applied(event) or event, rulings.is_rejected(event.id))

    def rulings_on(self, events: Iterable[str]) -> dict[str, tuple[Any, ...]]:
        """Event id → the rulings that it stands under, for those that have any."""
        with self._database.reading() as connection:
            by_event = self.rulings(connection).by_event
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


def _shown(told: Told, row: Any, wanted: EventFilter, oldest: bool) -> bool:
    """Whether a row is the one of its occurrence's fitting mentions that stands for it in order."""
    fitting = [(_day_of(e), e.id) for e in told.mentions if wanted.fits(e)]
    return bool(fitting) and (min(fitting) if oldest else max(fitting))[1] == row.id


def _day_of(event: Event) -> str:
    day = event.when.earliest or event.when.latest
    return day.isoformat() if day else ""


def _ordered(
    connection: Connection,
    wanted: EventFilter,
    rulings: Rulings,
    after: tuple[str, int] | None,
    oldest: bool,
    limit: int,
) -> Sequence[Any]:
    table, pointers = schema.events, schema.current_codings
    clauses = wanted.own_clauses()
    changed = rulings.amended_ids()
    if clauses and changed:
        clauses = [or_(and_(*clauses), table.c.id.in_(changed))]
    query = select(table.c.id, table.c.seq, _DAY.label("day")).join(
        pointers, pointers.c.coding == table.c.coding
    )
    if after and oldest:
        day, seq = literal(after[0]), after[1]
        clauses += [_DAY.op(">=")(day), or_(_DAY.op(">")(day), table.c.seq > seq)]
    elif after:
        day, seq = literal(after[0]), after[1]
        clauses += [_DAY.op("<=")(day), or_(_DAY.op("<")(day), table.c.seq < seq)]
    order = (_DAY, table.c.seq) if oldest else (_DAY.desc(), table.c.seq.desc())
    return connection.execute(query.where(*clauses).order_by(*order).limit(limit)).all()


def _cursor(after: tuple[str, int] | None) -> str:
    return f"{after[0]}_{after[1]}" if after else ""


def _read_cursor(cursor: str) -> tuple[str, int] | None:
    day, _, seq = cursor.rpartition("_")
    if not cursor:
        return None
    if not seq.isascii() or not seq.isdigit() or len(seq) > 18 or len(day) > 10:
        raise UnknownName(cursor, "no place that a page's link leads to")
    return day, int(seq)


def _regrouped(rulings: Rulings) -> tuple[str, ...]:
    """Events that a merge or a split is about."""
    kinds = [r.id for r in rulings.rulings if r.kind in ("merge", "split")]
    return tuple(dict.fromkeys(e for r in kinds for e in rulings.about.get(r, {})))


def _owners(connection: Connection, events: Iterable[str]) -> dict[str, str]:
    table = schema.incident_events
    found: dict[str, str] = {}
    for some in _runs(events):
        query = select(table.c.event, table.c.incident).where(table.c.event.in_(some))
        found |= {row.event: row.incident for row in connection.execute(query)}
    return found


def _incidents(connection: Connection, names: Iterable[str]) -> dict[str, Incident]:
    table = schema.incidents
    found: dict[str, Incident] = {}
    for some in _runs(names):
        query = select(table.c.id, table.c.written).where(table.c.id.in_(some))
        found |= {
            r.id: restored(Incident, json.loads(r.written)) for r in connection.execute(query)
        }
    return found


def _events(connection: Connection, names: Iterable[str]) -> list[Event]:
    table, pointers = schema.events, schema.current_codings
    found: list[Event] = []
    for some in _runs(names):
        query = (
            select(table.c.written)
            .join(pointers, pointers.c.coding == table.c.coding)
            .where(table.c.id.in_(some))
        )
        found += [restored(Event, json.loads(r.written)) for r in connection.execute(query)]
    return found


def _copies(connection: Connection, events: Iterable[Event]) -> dict[str, str]:
    table = schema.reports
    found: dict[str, str] = {}
    for some in _runs({e.coded.trigger.report for e in events}):
        query = select(table.c.id, table.c.copy_of).where(table.c.id.in_(some))
        found |= {r.id: r.copy_of for r in connection.execute(query) if r.copy_of}
    return found


def _placed(event: Event, owner: dict[str, str]) -> Event:
    return replace(event, incident=owner.get(event.id, ""))


def _runs(names: Iterable[str]) -> Iterable[Sequence[str]]:
    listed = sorted({column(name) for name in names})
    return (listed[start : start + _RUN] for start in range(0, len(listed), _RUN))

"""Counts over the record for its front pages: made in the database, then corrected by rulings.

A count is that of the events that no ruling changed, and to it those that one did, as ruled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    case,
    distinct,
    exists,
    func,
    literal,
    select,
    union_all,
)

from detente.ontology.plover import event_types
from detente.records import Event
from detente.store import schema
from detente.store.bare import Bare, bare_of, fitting_rows
from detente.store.filters import EventFilter
from detente.store.ledger import parties_of
from detente.store.opening import Database
from detente.store.rows import among, current, inside, places_of, superseded
from detente.store.standing import Changed, Standing

SIDES = ("actor", "recipient")
#: Where things were done: name, country, latitude, longitude.
Spot = tuple[str, str, float, float]


class Tallies:
    """Counts of the current coding, as ruled."""

    def __init__(self, database: Database, standing: Standing) -> None:
        self._database = database
        self._standing = standing

    def totals(self) -> dict[str, int]:
        """How many reports, events, incidents, rulings."""
        tables: Mapping[str, Select[Any]] = {
            "reports": select(func.count()).select_from(schema.reports),
            "events": current(func.count()),
            "incidents": select(func.count(distinct(schema.incident_events.c.incident))),
            "rulings": select(func.count()).select_from(schema.rulings),
        }
        with self._database.reading() as connection:
            found = {n: int(connection.execute(q).scalar() or 0) for n, q in tables.items()}
            found["incidents"] -= int(connection.execute(_emptied()).scalar() or 0)
            changed = self._standing.changed(connection)
            owner, ruled = self._standing.groups(connection)
        found["events"] -= len(changed.coded) - len(changed.ruled)
        found["incidents"] += len(ruled) - len(set(owner.values()))
        return found

    def outlets(self) -> tuple[tuple[str, int], ...]:
        """Outlets and how many reports are kept of each, the busiest first."""
        table = schema.reports
        query = select(table.c.outlet, func.count().label("n")).group_by(table.c.outlet)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(func.count().desc(), table.c.outlet)).all()
        return tuple((row.outlet, row.n) for row in rows)

    def agreements(self) -> tuple[tuple[str, int, str], ...]:
        """Agreements that events touch: id, how many, the last day."""
        table = schema.events
        query = current(table.c.agreement, func.count().label("n"), func.max(table.c.latest))
        with self._database.reading() as connection:
            changed = self._standing.changed(connection)
            unruled = query.where(table.c.agreement != "", *changed.left_out(connection))
            rows = connection.execute(unruled.group_by(table.c.agreement)).all()
        counts = Counter({name: n for name, n, _ in rows})
        last = {name: day or "" for name, _, day in rows}
        for event in changed.ruled:
            if event.agreement:
                name, day = event.agreement.id, event.when.latest
                counts[name] += 1
                last[name] = max(last.get(name, ""), day.isoformat() if day else "")
        ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        return tuple((name, n, last[name]) for name, n in ordered)

    def actors(self, limit: int = 200) -> tuple[tuple[str, int], ...]:
        """Parties and in how many events they take part, on either side; the busiest first."""
        parties = schema.event_parties
        query = select(parties.c.party, func.count().label("n")).group_by(parties.c.party)
        with self._database.reading() as connection:
            changed = self._standing.changed(connection)
            counted = query.where(*_counted(connection, changed, parties.c.event))
            rows = connection.execute(counted).all()
        counts = Counter({row.party: row.n for row in rows})
        counts.update(party for event in changed.ruled for _, party in parties_of(event))
        return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))[:limit]

    def partners(self, party: str, limit: int = 30) -> tuple[tuple[str, str, int], ...]:
        """Whom a country or actor acts on and who acts on it: (side, other, events)."""
        with self._database.reading() as connection:
            changed = self._standing.changed(connection)
            rows = connection.execute(_across(connection, changed, party)).all()
        counts = Counter({(row.side, row.party): row.n for row in rows})
        counts.update(pair for event in changed.ruled for pair in _partners(event, party))
        ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0][1], one[0][0]))
        return tuple((side, name, n) for (side, name), n in ordered[:limit])

    def places(self, limit: int = 300) -> tuple[tuple[str, str, float, float, int], ...]:
        """Where things were done: name, country, latitude, longitude, events; the busiest first."""
        table = schema.events
        with self._database.reading() as connection:
            changed = self._standing.changed(connection)
            parts = [
                inside(connection, table.c.written, "where", part)
                for part in ("name", "country", "lat", "lon")
            ]
            query = (
                current(*parts, func.count())
                .where(table.c.status == "done", parts[2].is_not(None))
                .where(*changed.left_out(connection))
                .group_by(*parts)
            )
            rows = connection.execute(query).all()
        counts = Counter({(r[0], r[1] or "", float(r[2]), float(r[3])): int(r[4]) for r in rows})
        counts.update(spot for event in changed.ruled if (spot := _spot(event)))
        ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        return tuple((*spot, n) for spot, n in ordered[:limit])

    def to_review(self, limit: int = 80) -> tuple[str, ...]:
        """Events without a ruling by how much they need a person's eyes, as columns tell it.

        The shares are those of ``reviewing.most_needful``, but for the mode of an act.
        """
        table, owners, incidents = schema.events, schema.incident_events, schema.incidents
        differing = incidents.c.written.contains('"contradictions":[', autoescape=True)
        within = select(incidents.c.id).where(differing)
        apart = table.c.id.in_(select(owners.c.event).where(owners.c.incident.in_(within)))
        weights = {name: abs(kind.score) / 10 for name, kind in event_types().items()}
        weight = case(weights, value=table.c.event_type, else_=0.0)
        real = table.c.status.in_(("done", "planned", "threatened"))
        need = (
            1
            - table.c.confidence
            + case((apart, 0.75), else_=0.0)
            + case((real, weight), else_=0.0)
        )
        with self._database.reading() as connection:
            ruled = places_of(connection, self._standing.rulings(connection).by_event)
            fresh = current(table.c.id).where(~among(connection, table.c.seq, ruled.values()))
            rows = connection.execute(fresh.order_by(need.desc(), table.c.seq.desc()).limit(limit))
            return tuple(row.id for row in rows)

    def bare(self, wanted: EventFilter, limit: int = 20_000) -> Bare:
        """The latest occurrences of a filter without their words, as ruled.

        Each has the status that it stands in by all its mentions, and those mentions that fit.
        """
        with self._database.reading() as connection:
            changed = self._standing.changed(connection)
            rows = fitting_rows(connection, wanted, changed, limit)
            owner, _ = self._standing.groups(connection)
            touched = set(owner.values())
            asked = [row.id for row in rows if row.incident in touched]
            asked += [event.id for event in changed.ruled if wanted.fits(event)]
            told = self._standing.told(connection, asked)
        apart = {one.incident.id: one for one in told.values()}
        rest = [row for row in reversed(rows) if row.incident not in touched]
        return bare_of(rest, apart.values(), wanted)


def _emptied() -> Select[Any]:
    """How many incidents have no event of a current coding any more."""
    owners, others = schema.incident_events, schema.incident_events.alias("others")
    table = schema.events
    replaced = select(table.c.id).where(table.c.seq.in_(superseded()))
    held = current(table.c.seq).join(others, others.c.event == table.c.id)
    standing = held.where(others.c.incident == owners.c.incident).exists()
    count = select(func.count(distinct(owners.c.incident)))
    return count.where(owners.c.event.in_(replaced), ~standing)


def _counted(
    connection: Connection, changed: Changed, event: ColumnElement[int]
) -> Iterator[ColumnElement[bool]]:
    """The conditions on a column of events' numbers that leave what is current and unruled."""
    yield event.not_in(superseded())
    yield from changed.left_out(connection, event)


def _across(connection: Connection, changed: Changed, party: str) -> Select[Any]:
    """Who stands across from a party in how many events.

    Parties of a reciprocal act, which has actors only, stand across from each other both ways.
    """
    own, other = schema.event_parties.alias("own"), schema.event_parties.alias("other")
    third = schema.event_parties.alias("third")
    towards = exists().where(third.c.event == own.c.event, third.c.side == "recipient")
    pairs = (
        select(other.c.side, other.c.party)
        .select_from(own.join(other, other.c.event == own.c.event))
        .where(own.c.party == party, other.c.party != party)
        .where(*_counted(connection, changed, own.c.event))
    )
    across = pairs.where(own.c.side != other.c.side)
    mutual = pairs.where(own.c.side == "actor", other.c.side == "actor", ~towards)
    both = [mutual.with_only_columns(literal(s).label("side"), other.c.party) for s in SIDES]
    every = union_all(across, *both).subquery()
    count = func.count().label("n")
    return select(every.c.side, every.c.party, count).group_by(every.c.side, every.c.party)


def _partners(event: Event, party: str) -> Iterator[tuple[str, str]]:
    """(side, other) for each that stands across from a party, as ``_across`` says it in SQL."""
    parties = parties_of(event)
    if {side for side, _ in parties} == {"actor"} and ("actor", party) in parties:
        yield from ((side, other) for _, other in parties if other != party for side in SIDES)
    for side, other in parties:
        if other != party and any(name == party and own != side for own, name in parties):
            yield side, other


def _spot(event: Event) -> Spot | None:
    where = event.where
    if event.coded.status != "done" or where is None or where.lat is None or where.lon is None:
        return None
    return where.name, where.country, where.lat, where.lon

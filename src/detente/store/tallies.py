"""Counts over the record for its front pages: made in the database, then corrected by rulings.

A count is that of the events that no ruling changed, and to it those that one did, as ruled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import distinct, func, select

from detente.records import Event
from detente.store import schema
from detente.store.bare import Bare, bare_of, fitting_rows
from detente.store.filters import EventFilter
from detente.store.ledger import parties_of
from detente.store.opening import Database
from detente.store.rows import among, current, inside
from detente.store.standing import Standing

#: Where things were done: name, country, latitude, longitude.
Spot = tuple[str, str, float, float]


class Tallies:
    """Counts of the current coding, as ruled."""

    def __init__(self, database: Database, standing: Standing) -> None:
        self._database = database
        self._standing = standing

    def totals(self) -> dict[str, int]:
        """How many reports, events, incidents, rulings."""
        table, owners = schema.events, schema.incident_events
        kept = current(func.count(distinct(owners.c.incident)))
        grouped = kept.join(owners, owners.c.event == table.c.id)
        tables = {
            "reports": select(func.count()).select_from(schema.reports),
            "events": current(func.count()),
            "incidents": grouped,
            "rulings": select(func.count()).select_from(schema.rulings),
        }
        with self._database.reading() as connection:
            found = {n: int(connection.execute(q).scalar() or 0) for n, q in tables.items()}
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
        table, parties = schema.events, schema.event_parties
        sides = current(parties.c.party, func.count().label("n"))
        query = sides.join(parties, parties.c.event == table.c.seq).group_by(parties.c.party)
        with self._database.reading() as connection:
            changed = self._standing.changed(connection)
            rows = connection.execute(query.where(*changed.left_out(connection))).all()
        counts = Counter({row.party: row.n for row in rows})
        counts.update(party for event in changed.ruled for _, party in parties_of(event))
        return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))[:limit]

    def partners(self, party: str, limit: int = 30) -> tuple[tuple[str, str, int], ...]:
        """Whom a country or actor acts on and who acts on it: (side, other, events)."""
        own, other = schema.event_parties.alias("own"), schema.event_parties.alias("other")
        query = (
            current(other.c.side, other.c.party, func.count().label("n"))
            .join(own, own.c.event == schema.events.c.seq)
            .join(other, other.c.event == own.c.event)
            .where(own.c.party == party, own.c.side != other.c.side, other.c.party != party)
            .group_by(other.c.side, other.c.party)
        )
        with self._database.reading() as connection:
            changed = self._standing.changed(connection)
            rows = connection.execute(query.where(*changed.left_out(connection))).all()
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
        """Events without a ruling that may need a person's eyes most.

        The least sure ones, and those whose occurrence is told in conflicting ways.
        """
        table, owners, incidents = schema.events, schema.incident_events, schema.incidents
        with self._database.reading() as connection:
            ruled = self._standing.rulings(connection).by_event
            open_ones = current(table.c.id).where(~among(connection, table.c.id, ruled))
            unsure = open_ones.order_by(table.c.confidence, table.c.seq).limit(limit)
            apart = (
                open_ones.join(owners, owners.c.event == table.c.id)
                .join(incidents, incidents.c.id == owners.c.incident)
                .where(incidents.c.written.contains('"contradictions":[', autoescape=True))
                .order_by(table.c.seq.desc())
                .limit(limit)
            )
            found = [row.id for query in (apart, unsure) for row in connection.execute(query)]
        return tuple(dict.fromkeys(found))

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
        rest = (row for row in reversed(rows) if row.incident not in touched)
        return bare_of(rest, apart.values(), wanted)


def _partners(event: Event, party: str) -> Iterator[tuple[str, str]]:
    """(side, other) for each that stands on the side across from a party."""
    parties = parties_of(event)
    for side, other in parties:
        if other != party and any(name == party and own != side for own, name in parties):
            yield side, other


def _spot(event: Event) -> Spot | None:
    where = event.where
    if event.coded.status != "done" or where is None or where.lat is None or where.lon is None:
        return None
    return where.name, where.country, where.lat, where.lon

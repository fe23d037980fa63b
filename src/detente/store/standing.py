"""The record as it stands now: rulings obeyed, and the occurrences that they touch regrouped.

What nobody ruled on is read as it was kept; what was ruled on is worked out, and only that. So a
page costs what it shows, and a count costs what the database counts and the rulings change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock

from sqlalchemy import ColumnElement, Connection, func, not_, select

from detente.records import Event, Incident
from detente.store import schema
from detente.store.grouping import effective_incidents
from detente.store.opening import Database
from detente.store.rows import (
    among,
    copies_among,
    events_named,
    incidents_named,
    members_of,
    owners_of,
    places_of,
)
from detente.store.ruled import Rulings, load


@dataclass(frozen=True, slots=True)
class Told:
    """An occurrence as ruled, with its mentions (as ruled, rejected ones left out)."""

    incident: Incident
    mentions: tuple[Event, ...]


@dataclass(frozen=True)
class Changed:
    """The current events that were amended or rejected, as they were coded.

    ``places`` are their numbers in the order kept, by id.
    """

    rulings: Rulings
    coded: tuple[Event, ...]
    places: Mapping[str, int]

    @cached_property
    def ruled(self) -> tuple[Event, ...]:
        """Those that still count, as ruled."""
        applied = (self.rulings.applied(event) for event in self.coded)
        return tuple(event for event in applied if event is not None)

    def left_out(
        self, connection: Connection, place: ColumnElement[int] = schema.events.c.seq
    ) -> Iterator[ColumnElement[bool]]:
        """The condition on events' numbers by which a query leaves them out, if there are any."""
        if self.places:
            yield not_(among(connection, place, self.places.values()))


class Standing:
    """The rulings on a record and what they do; safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._kept: tuple[tuple[int, int], Changed] | None = None

    def changed(self, connection: Connection) -> Changed:
        """What rulings changed; kept until one is added, or what they are about is re-coded."""
        key = _state(connection)
        with self._lock:
            if self._kept is None or self._kept[0] != key:
                rulings = load(connection, None)
                names = rulings.changed_ids()
                coded = tuple(events_named(connection, names))
                self._kept = (key, Changed(rulings, coded, places_of(connection, names)))
            return self._kept[1]

    def rulings(self, connection: Connection) -> Rulings:
        """All rulings, matched to the current coding."""
        return self.changed(connection).rulings

    def told(self, connection: Connection, wanted: Iterable[str]) -> dict[str, Told]:
        """The occurrences of these events, by event; rejected ones have none."""
        rulings, asked = self.rulings(connection), list(wanted)
        standing = self._reached(connection, asked, rulings)
        members = {e for incident in standing.values() for e in incident.events} | set(asked)
        coded = events_named(connection, members)
        ruled = {e.id: done for e in coded if (done := rulings.applied(e))}
        made = _made(connection, standing, ruled, rulings)
        found: dict[str, Told] = {}
        for incident in made:
            mentions = tuple(replace(ruled[e], incident=incident.id) for e in incident.events)
            told = Told(incident, mentions)
            found |= dict.fromkeys(incident.events, told)
        return found

    def _reached(
        self, connection: Connection, wanted: Sequence[str], rulings: Rulings
    ) -> dict[str, Incident]:
        """The kept incidents of events, and those that merges and splits tie them to."""
        found: dict[str, Incident] = {}
        seen: set[str] = set()
        ahead = set(wanted)
        while ahead:
            seen |= ahead
            names = set(owners_of(connection, ahead).values()) - found.keys()
            fresh = incidents_named(connection, names)
            found |= fresh
            members = {e for incident in fresh.values() for e in incident.events} | ahead
            tied = {e for r in rulings.regrouping(members) for e in rulings.about[r.id]}
            ahead = tied - seen
        return found

    def groups(self, connection: Connection) -> tuple[dict[str, str], dict[str, list[str]]]:
        """The kept incidents that rulings touch, regrouped.

        Returns:
            event → the incident it is kept in, and incident as ruled → its events that count.
        """
        rulings = self.rulings(connection)
        touched = [e for e, on in rulings.by_event.items() if any(r.kind != "confirm" for r in on)]
        kept = members_of(connection, owners_of(connection, touched).values())
        here = places_of(connection, (e for found in kept.values() for e in found))
        kept = {name: [e for e in found if e in here] for name, found in kept.items()}
        owner = {event: name for name, found in kept.items() for event in found}
        ruled = {}
        for name, found in rulings.regrouped(kept).items():
            if counted := [e for e in found if not rulings.is_rejected(e)]:
                ruled[name] = counted
        return owner, ruled

    def incident_of(self, connection: Connection, events: Iterable[str]) -> dict[str, str]:
        """Event → its incident as ruled; rejected ones have none."""
        asked = set(events)
        owner, groups = self.groups(connection)
        moved = {event: name for name, found in groups.items() for event in found}
        found = owners_of(connection, asked)
        return {e: moved.get(e, n) for e, n in found.items() if e in moved or e not in owner}


def _state(connection: Connection) -> tuple[int, int]:
    """The last ruling, and the last coding of a report that rulings are about."""
    codings = schema.codings
    about = select(schema.ruling_mentions.c.report)
    query = select(
        select(func.max(schema.rulings.c.seq)).scalar_subquery(),
        select(func.max(codings.c.seq)).where(codings.c.report.in_(about)).scalar_subquery(),
    )
    ruling, coding = connection.execute(query).one()
    return ruling or 0, coding or 0


def _made(
    connection: Connection,
    standing: Mapping[str, Incident],
    ruled: Mapping[str, Event],
    rulings: Rulings,
) -> Iterator[Incident]:
    """Incidents as ruled: those that nothing touched as they are kept, the others worked out."""
    whole = {
        name: incident
        for name, incident in standing.items()
        if all(e in ruled and e not in rulings.by_event for e in incident.events)
    }
    yield from whole.values()
    held = {e for incident in whole.values() for e in incident.events}
    rest = {e: event for e, event in ruled.items() if e not in held}
    others = {name: incident for name, incident in standing.items() if name not in whole}
    if rest:
        copies = copies_among(connection, rest.values())
        yield from effective_incidents(rest, others, rulings, copies)

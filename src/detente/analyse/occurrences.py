"""Occurrences: each incident with its mentions and the one that tells it best.

All readings count occurrences, not mentions, and take an incident's status as it stands: what is
planned, threatened, alleged, denied, hypothetical or negated is never counted as done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from detente.errors import UnknownName
from detente.gazetteer.actors import entity
from detente.ontology.plover import event_types, quad_class, score
from detente.records import Event, Incident, Participant, QuadClass, Status

_VAGUE = 400  # days: a date that may be further off than this is as good as none


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One incident, its mentions as first told first, and the mention that tells it best."""

    incident: Incident
    told: Event
    mentions: tuple[Event, ...]

    @property
    def status(self) -> Status:
        """As the incident stands."""
        return self.incident.status

    @property
    def day(self) -> date | None:
        """The first day on which it can have happened (or is to happen).

        Where only the day of publication bounds it, that day: news tells of what is new.
        """
        when = self.told.when
        if when.basis == "publication" and when.latest:
            return when.latest
        return when.earliest or when.latest

    @property
    def last_day(self) -> date | None:
        """The last day on which it can have happened."""
        return self.told.when.latest or self.told.when.earliest

    @property
    def known(self) -> datetime | None:
        """When it was first reported."""
        return min((e.reported for e in self.mentions if e.reported), default=None)

    @property
    def actors(self) -> tuple[str, ...]:
        """Whose act it is: countries, or ids of others."""
        return sides(self.told.actor)

    @property
    def recipients(self) -> tuple[str, ...]:
        """Whom it is done to."""
        return sides(self.told.recipient)

    @property
    def quad(self) -> QuadClass | None:
        """The quad class of what was done; none for codes outside PLOVER."""
        act = self.told.coded.act
        return quad_class(act) if act in event_types() else None

    @property
    def score(self) -> float | None:
        """The PLOVER score of what was done, −10…+10 (manual, table of scores)."""
        coded = self.told.coded
        return score(coded.act, coded.mode) if coded.act in event_types() else None

    @property
    def dyads(self) -> tuple[tuple[str, str], ...]:
        """Who acted on whom; parties of a reciprocal act (all actors) act on each other."""
        if self.recipients:
            return tuple((a, r) for a in self.actors for r in self.recipients if a != r)
        return tuple((a, b) for a in self.actors for b in self.actors if a != b)


def side(participant: Participant) -> str:
    """Whose act it counts as: the country, else the entity's id, else its name as written."""
    entity = participant.entity
    if entity.country not in ("", "IGO", "NGO"):
        return entity.country
    return entity.id or entity.name or participant.passage.text


def sides(participants: Sequence[Participant]) -> tuple[str, ...]:
    """The sides of participants, each once, in order."""
    return tuple(dict.fromkeys(side(participant) for participant in participants))


def occurrences(events: Sequence[Event], incidents: Sequence[Incident] = ()) -> list[Occurrence]:
    """Every incident that has events here, by day; events without an incident stand alone.

    Args:
        events: all mentions.
        incidents: what they are mentions of; ids that ``events`` lacks are passed over.
    """
    by_id = {event.id: event for event in events}
    grouped = {name for incident in incidents for name in incident.events}
    alone = [
        Incident(id=e.incident or e.id, events=(e.id,), status=e.coded.status, outlets=_outlets(e))
        for e in events
        if e.id not in grouped
    ]
    found = [
        Occurrence(incident=incident, told=best_told(incident, mentions), mentions=mentions)
        for incident in (*incidents, *alone)
        if (mentions := tuple(by_id[name] for name in incident.events if name in by_id))
    ]
    return sorted(found, key=lambda one: (one.day or date.max, one.incident.id))


def _outlets(event: Event) -> tuple[str, ...]:
    return (event.outlet,) if event.outlet else ()


def best_told(incident: Incident, mentions: Sequence[Event]) -> Event:
    """The mention that stands for an incident.

    One of the incident's status before others, then with a stated date, with both parties, the
    closest date, the surest coding; the first told where all is equal.
    """

    def merit(event: Event) -> tuple[bool, bool, bool, int, float]:
        when = event.when
        width = (when.latest - when.earliest).days if when.latest and when.earliest else _VAGUE
        return (
            event.coded.status == incident.status,
            when.basis == "stated",
            bool(event.actor and event.recipient),
            -min(width, _VAGUE),
            event.coded.confidence,
        )

    return max(mentions, key=merit)


def done(found: Sequence[Occurrence]) -> list[Occurrence]:
    """Those that happened."""
    return [one for one in found if one.status == "done"]


def names_of(events: Sequence[Event]) -> dict[str, str]:
    """How each side is called: as the gazetteer has it, else as the record first names it."""
    found: dict[str, str] = {}
    for event in events:
        for participant in (*event.actor, *event.recipient):
            if (party := side(participant)) not in found:
                found[party] = _known_name(party) or participant.entity.name or party
    return found


@cache
def _known_name(party: str) -> str:
    try:
        return entity(party).name
    except UnknownName:
        return ""

"""Small records for tests of readings: one sentence an event, told by an outlet on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from detente.analyse.occurrences import Occurrence, occurrences
from detente.records import Event, Incident, Place
from tests.making import made_event, made_report


def told(
    actor: str,
    act: str,
    recipient: str = "",
    *,
    on: str = "2018-10-23",
    published: str = "2018-10-24",
    outlet: str = "Northern Wire",
    where: Place | None = None,
    **fields,
) -> Event:
    """One mention: ``actor`` (a country code) acts on ``recipient``."""
    sentence = f"{actor} did {act} to {recipient or 'nobody'} on {on} by {outlet}."
    report = made_report(sentence, published=published, outlet=outlet)
    event = made_event(
        report,
        sentence,
        act,
        event_type=fields.pop("event_type", act),
        act=act,
        edtf=on,
        actor=((actor, actor),),
        recipient=((recipient, recipient),) if recipient else (),
        **fields,
    )
    return replace(event, where=where)


def grouped(*groups: tuple[str, list[Event]]) -> tuple[list[Event], list[Incident]]:
    """Events and incidents from (status, mentions) groups."""
    incidents = [
        Incident(
            id=f"incident-{number}",
            events=tuple(event.id for event in events),
            status=status,
            outlets=tuple(dict.fromkeys(event.outlet for event in events)),
        )
        for number, (status, events) in enumerate(groups)
    ]
    return [event for _, events in groups for event in events], incidents


def alone(*events: Event) -> list[Occurrence]:
    """Every event an incident of its own."""
    return occurrences([replace(event, incident="") for event in events])


def day(text: str) -> date:
    return datetime.fromisoformat(text).date()

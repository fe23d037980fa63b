"""Builds mentions for the tests of incidents: words first, the rest by keyword."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime
from typing import Any

from detente.records import (
    CodedEvent,
    CoderMark,
    Entity,
    Event,
    Participant,
    Passage,
    Place,
    When,
    fingerprint,
)

PLACES = {
    "Paris": ("FRA", 48.8566, 2.3522),
    "Helsinki": ("FIN", 60.1699, 24.9384),
    "Vienna": ("AUT", 48.2082, 16.3738),
}
PEOPLE = {"Putin": "RUS", "Trump": "USA", "Bolton": "USA", "Lavrov": "RUS"}


def passage(report: str, text: str, part: str) -> Passage:
    at = text.index(part)
    return Passage(report=report, start=at, end=at + len(part), text=part)


def participant(report: str, text: str, name: str) -> Participant:
    country = PEOPLE.get(name, name[:3].upper())
    office = "head" if name in PEOPLE else ""
    named = {"Russia": "RUS", "States": "USA", "Washington": "USA", "Moscow": "RUS"}
    country = named.get(name, country)
    entity = Entity(
        id=name.lower() if office else country,
        name=name,
        country=country,
        sectors=("GOV",),
        office=office,
    )
    return Participant(passage=passage(report, text, name), entity=entity)


def when(edtf: str) -> When:
    if not edtf:
        return When(edtf="", basis="publication")
    parts = [int(p) for p in edtf.split("-")]
    if len(parts) == 3:
        first = last = date(*parts)
    elif len(parts) == 2:
        first, last = date(*parts, 1), date(*parts, monthrange(*parts)[1])
    else:
        first, last = date(parts[0], 1, 1), date(parts[0], 12, 31)
    return When(edtf=edtf, earliest=first, latest=last, basis="stated")


def mention(text: str, trigger: str, actor: list[str], recipient: list[str], **rest: Any) -> Event:
    """An event told in ``text``; rest: type, act, mode, status, on, at, told, outlet, report."""
    report = rest.get("report", fingerprint(text, rest.get("outlet", ""), rest.get("told", "")))
    kind = rest.get("type", "CONSULT")
    coded = CodedEvent(
        event_type=kind,
        act=rest.get("act", kind),
        mode=rest.get("mode", ""),
        status=rest.get("status", "done"),
        actor=tuple(passage(report, text, a) for a in actor),
        recipient=tuple(passage(report, text, r) for r in recipient),
        trigger=passage(report, text, trigger),
        sentence=Passage(report=report, start=0, end=len(text), text=text),
        coder=CoderMark(kind="rule", name="test", version="1"),
        confidence=0.9,
    )
    place = rest.get("at")
    return Event(
        id=coded.id,
        coded=coded,
        actor=tuple(participant(report, text, a) for a in actor),
        recipient=tuple(participant(report, text, r) for r in recipient),
        when=when(rest.get("on", "")),
        where=None if place is None else city(place),
        reported=datetime.fromisoformat(rest.get("told", "2018-10-24")).replace(tzinfo=UTC),
        outlet=rest.get("outlet", "The Courier"),
        agreement=rest.get("agreement"),
    )


def city(name: str) -> Place:
    country, lat, lon = PLACES[name]
    return Place(name=name, country=country, lat=lat, lon=lon, resolution="city")

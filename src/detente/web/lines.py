"""An occurrence as a line of a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from detente.analyse import Occurrence, occurrences
from detente.analyse.chronology import speaker_of
from detente.analyse.occurrences import best_told, sides
from detente.ontology.plover import event_types, quad_class
from detente.publish.jsonform import event_as_json, incident_as_json
from detente.records import Event, Passage
from detente.store import EventFilter, Told
from detente.web.naming import act_words, agreement_name, called

Json = dict[str, Any]
EVERYTHING = EventFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Who did what to whom, when and where, as an occurrence stands."""

    incident: str
    edtf: str
    day: date | None
    actors: tuple[str, ...]
    act: str
    quad: str
    recipients: tuple[str, ...]
    status: str
    place: str
    agreement: str
    speaker: str
    outlets: tuple[str, ...]
    mentions: int
    differ: tuple[str, ...]
    sentence: Passage
    told: Event


def lines_of(
    told: Iterable[Told], wanted: EventFilter = EVERYTHING, *, oldest: bool = False
) -> list[Line]:
    """The lines of a page of occurrences by the days that they show, undated ones last."""
    lines = [line_of(one, wanted) for one in told]
    dated = sorted((x for x in lines if x.day), key=lambda x: str(x.day), reverse=not oldest)
    return [*dated, *(line for line in lines if not line.day)]


def line_of(told: Told, wanted: EventFilter = EVERYTHING) -> Line:
    """The line of an occurrence, by the mention that tells it best of those that are asked for."""
    fitting = [event for event in told.mentions if wanted.fits(event)]
    event = best_told(told.incident, fitting or told.mentions)
    one = Occurrence(incident=told.incident, told=event, mentions=told.mentions)
    act = event.coded.act
    return Line(
        incident=told.incident.id,
        edtf=event.when.edtf,
        day=one.day,
        actors=sides(event.actor),
        act=act_words(event),
        quad=quad_class(act) if act in event_types() else "",
        recipients=sides(event.recipient),
        status=told.incident.status,
        place=event.where.name if event.where else "",
        agreement=event.agreement.id if event.agreement else "",
        speaker=speaker_of(one),
        outlets=told.incident.outlets,
        mentions=len(told.mentions),
        differ=tuple(dict.fromkeys(c.about for c in told.incident.contradictions)),
        sentence=event.coded.sentence,
        told=event,
    )


def line_as_json(line: Line) -> Json:
    """A line as the JSON twins give it."""
    return {
        "incident": line.incident,
        "date": line.edtf,
        "day": line.day.isoformat() if line.day else None,
        "actor": [{"id": a, "name": called(a)} for a in line.actors],
        "act": line.told.coded.act,
        "mode": line.told.coded.mode,
        "quad": line.quad,
        "recipient": [{"id": r, "name": called(r)} for r in line.recipients],
        "status": line.status,
        "place": line.place,
        "agreement": line.agreement,
        "speaker": line.speaker,
        "outlets": list(line.outlets),
        "mentions": line.mentions,
        "differ": list(line.differ),
        "sentence": {
            "report": line.sentence.report,
            "start": line.sentence.start,
            "end": line.sentence.end,
            "text": line.sentence.text,
        },
    }


def told_as_json(told: Told) -> Json:
    """An occurrence with all its mentions."""
    return {
        **incident_as_json(told.incident),
        "mentions": [event_as_json(e) for e in told.mentions],
    }


def told_words(line: Line) -> str:
    """A line in words, for titles and feeds."""
    actor = " and ".join(called(a) for a in line.actors) or "Unnamed"
    whom = ", ".join(called(r) for r in line.recipients)
    words = f"{actor} — {line.act}" + (f" → {whom}" if whom else "")
    about = f", {agreement_name(line.agreement)}" if line.agreement else ""
    return f"{words}{about} ({line.status})"


def ordered(told: tuple[Told, ...]) -> list[Occurrence]:
    """Occurrences as the readings take them."""
    events = [event for one in told for event in one.mentions]
    return occurrences(events, [one.incident for one in told])

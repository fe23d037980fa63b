"""STIX 2.1 bundles (OASIS, 10 June 2021): actors as identities, places as locations, events as
incidents, related to each other.

Ids are UUIDv5 of our own ids, so that the same event is the same object in every export
(section 2.9 asks for v4 of others; v5 is allowed). An incident's ``description`` is its sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID, uuid5

from detente.exchange.countries import iso2
from detente.records import Entity, Event, Place

_SPACE = UUID("5f8a6c1e-3f0f-5d50-9f0c-d0c1e0b4d9a7")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def write_stix(events: Iterable[Event]) -> Iterator[str]:
    """Lines of one bundle; an actor or place stands in it once."""
    yield json.dumps({"type": "bundle", "id": _id("bundle", "export")})[:-1] + ', "objects": ['
    yield json.dumps(_producer())
    seen: set[str] = set()
    for event in events:
        for made in objects_of(event):
            if made["id"] not in seen:
                if made["type"] in ("identity", "location"):
                    seen.add(made["id"])
                yield "," + json.dumps(made)
    yield "]}"


def objects_of(event: Event) -> Iterator[dict[str, Any]]:
    """An event's incident, the identities and the location it refers to, and their relations."""
    at = _stamp(_moment(event))
    incident = _object("incident", event.id, at)
    incident |= {
        "name": f"{event.coded.event_type or 'event'}: {event.coded.trigger.text}"[:300],
        "description": event.coded.sentence.text,
        "confidence": round(event.coded.confidence * 100),
        "labels": [w for w in (event.coded.status, event.coded.mode, event.coded.act) if w],
        "external_references": [
            {"source_name": event.outlet or event.origin, "external_id": event.id}
        ],
    }
    yield incident
    sides = (("actor", event.actor), ("recipient", event.recipient))
    for side, members in sides:
        for entity in {p.entity.id or p.entity.name: p.entity for p in members}.values():
            identity = _identity(entity)
            yield identity
            yield _related(identity["id"], incident["id"], side, at)
    if event.where is not None and (event.where.country or event.where.lat is not None):
        place = _location(event.where)
        yield place
        yield _related(incident["id"], place["id"], "place", at)


def _id(kind: str, name: str) -> str:
    return f"{kind}--{uuid5(_SPACE, f'{kind} {name}')}"


def _object(kind: str, name: str, at: str) -> dict[str, Any]:
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": _id(kind, name),
        "created_by_ref": _id("identity", "detente producer"),
        "created": at,
        "modified": at,
    }


def _producer() -> dict[str, Any]:
    made = _object("identity", "detente producer", _stamp(_EPOCH))
    del made["created_by_ref"]
    return {**made, "name": "Détente", "identity_class": "system"}


def _identity(entity: Entity) -> dict[str, Any]:
    name = entity.id or entity.name
    kind = "individual" if entity.office else "group" if entity.count else "organization"
    made = _object("identity", name, _stamp(_EPOCH))
    return {**made, "name": entity.name or name, "identity_class": kind,
            "roles": list(entity.sectors) or ["unspecified"]}  # fmt: skip


def _location(where: Place) -> dict[str, Any]:
    made = _object(
        "location", f"{where.name} {where.country} {where.lat} {where.lon}", _stamp(_EPOCH)
    )
    made["name"] = where.name
    if where.country:
        made["country"] = iso2(where.country) or where.country
    if where.lat is not None and where.lon is not None:
        made |= {"latitude": where.lat, "longitude": where.lon}
    return made


def _related(source: str, target: str, what: str, at: str) -> dict[str, Any]:
    made = _object("relationship", f"{source} {what} {target}", at)
    return {**made, "relationship_type": "related-to", "description": what,
            "source_ref": source, "target_ref": target}  # fmt: skip


def _moment(event: Event) -> datetime:
    if event.reported:
        return event.reported
    day = event.when.earliest or event.when.latest
    return datetime.combine(day, time.min, tzinfo=UTC) if day else _EPOCH


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")

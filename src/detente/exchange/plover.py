"""PLOVER JSON Lines: one event an object, in PLOVER's words (actor, recipient, event_type, mode).

``detente`` holds the whole event; objects of other people's making lack it and are read from
their fields.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from detente.errors import MalformedRow
from detente.exchange.lines import Line, read_lines
from detente.exchange.repair import RepairLog
from detente.exchange.rows import Facts, RowFormat, day_of, event_from, name_of
from detente.ontology.plover import contexts, event_types, modes
from detente.records import Entity, Event, Participant, Place, fingerprint
from detente.serial import plain, restored


def write_plover(events: Iterable[Event]) -> Iterator[str]:
    """One JSON object an event."""
    for event in events:
        yield json.dumps(plover_object(event))


def plover_object(event: Event) -> dict[str, Any]:
    """An event in PLOVER's words, with the whole of it beside."""
    coded, where = event.coded, event.where
    return {
        "id": event.id,
        "date": event.when.edtf,
        "actor": [_party(p) for p in event.actor],
        "recipient": [_party(p) for p in event.recipient],
        "event_type": coded.event_type,
        "mode": coded.mode,
        "contexts": [c.name for c in coded.contexts],
        "auxiliary": list(coded.auxiliary),
        "status": coded.status,
        "text": coded.sentence.text,
        "place": plain(where) if where else None,
        "publisher": event.outlet,
        "detente": plain(event),
    }


def _party(participant: Participant) -> dict[str, Any]:
    entity = participant.entity
    return {
        "text": participant.passage.text,
        "name": entity.name,
        "country": entity.country,
        "sectors": list(entity.sectors),
        "id": entity.id,
    }


def read_plover(path: Path, log: RepairLog) -> Iterator[Event]:
    """Events of a JSON Lines file; lines that are no event go to the log."""
    seen: Counter[int] = Counter()
    document = fingerprint("plover", path.name)
    for line in read_lines(path, log):
        try:
            event = _read(line, document, seen)
        except ValueError as error:
            log.refuse(MalformedRow(str(path), line.number, str(error)))
        else:
            log.keep()
            yield event


def _read(line: Line, document: str, seen: Counter[int]) -> Event:
    try:
        told = json.loads(line.text)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise ValueError("not an event: nested too deeply") from None
    if not isinstance(told, dict):
        raise ValueError("not a JSON object")
    if "detente" in told:
        event = restored(Event, told["detente"])
        if any(told.get(k) != v for k, v in plover_object(event).items() if k in told):
            raise ValueError("its fields say otherwise than its detente object: leave one out")
        return event
    facts = _facts(told)
    name = name_of(PLOVER, facts, line.text, seen)
    return event_from(PLOVER, facts, line, document, name)


def _facts(told: Mapping[str, Any]) -> Facts:
    kind, mode = _text(told, "event_type"), _text(told, "mode")
    if kind not in event_types():
        raise ValueError(f"no PLOVER type {kind!r}")
    if mode and mode not in modes()[kind]:
        raise ValueError(f"{kind} has no mode {mode!r}")
    named = told.get("contexts") or []
    return Facts(
        key=(_text(told, "id"),) if told.get("id") else (),
        day=day_of(_text(told, "date")),
        code=kind,
        event_type=kind,
        mode=mode,
        contexts=tuple(c for c in named if c in contexts()),
        actor=_entities(told, "actor"),
        recipient=_entities(told, "recipient"),
        where=_place(told.get("place")),
        outlet=_text(told, "publisher"),
    )


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name) or ""
    if not isinstance(value, str):
        raise ValueError(f"{name} is no text: {value!r}")
    return value


def _entities(told: Mapping[str, Any], side: str) -> tuple[Entity, ...]:
    members = told.get(side) or []
    if not isinstance(members, list) or not all(isinstance(m, dict) for m in members):
        raise ValueError(f"{side} is no list of objects")
    return tuple(
        Entity(
            id=_text(m, "id") or _text(m, "name") or _text(m, "text"),
            name=_text(m, "name") or _text(m, "text"),
            country=_text(m, "country"),
            sectors=tuple(m.get("sectors") or ([m["sector"]] if m.get("sector") else ())),
        )
        for m in members
    )


def _place(told: object) -> Place | None:
    if not isinstance(told, dict) or not told.get("name"):
        return None
    try:
        return restored(Place, {"resolution": "unresolved", **told})
    except ValueError:
        raise ValueError(f"bad place {told!r}") from None


PLOVER = RowFormat(
    name="plover",
    columns=((),),
    has_header=False,
    delimiter="\n",
    quoted=False,
    facts=lambda _: _facts({}),
    row=None,
    mapping="PLOVER 2021, as given",
    suffix=".jsonl",
)

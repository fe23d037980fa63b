"""Other people's events in bulk: small index rows, the events themselves packed by the thousand."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from sqlalchemy import Connection, insert, select

from detente.ontology.plover import event_types, score
from detente.records import Event
from detente.serial import plain, restored
from detente.store import schema
from detente.store.filters import day_number
from detente.store.ledger import column
from detente.store.moments import imported_known_at, kept
from detente.store.opening import Database
from detente.store.rows import runs

#: Events a chunk, and so a transaction: what a stop can lose of an import that is under way.
CHUNK = 2000
_LEVEL = 1
_ID = re.compile("[0-9a-f]{16,64}")
_ASKED = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """How many events an import kept, and how many were kept before."""

    kept: int
    known: int


def add_imported(
    database: Database, events: Iterable[Event], source: str, header: str, at: datetime
) -> Iterator[Imported]:
    """Keeps imported events, a chunk a transaction; tells after each what is kept for good.

    Args:
        events: with ``origin`` set; ids that are kept already are passed over.
        source: where they come from (a file's name).
        header: the file's header line, so that an export can write it back.
    """
    batches: dict[str, int] = {}
    running = iter(events)
    while some := list(islice(running, CHUNK)):
        rows = {_key(e.id): e for e in some}

        def write(connection: Connection, rows: dict[int, Event] = rows) -> int:
            return _write(connection, rows, batches, (source, header, kept(at)))

        fresh = database.writing(write)
        yield Imported(fresh, len(some) - fresh)


def _write(
    connection: Connection,
    rows: dict[int, Event],
    batches: dict[str, int],
    told: tuple[str, str, str],
) -> int:
    known = _known(connection, list(rows))
    by_origin: dict[str, list[tuple[int, Event]]] = {}
    for key, event in rows.items():
        if key not in known:
            by_origin.setdefault(event.origin, []).append((key, event))
    for origin, fresh in by_origin.items():
        batch = batches.get(origin) or _batch(connection, origin, told)
        _chunk(connection, batch, fresh)
        batches[origin] = batch
    return sum(map(len, by_origin.values()))


def _key(event: str) -> int:
    """An event's id as a signed 64-bit number."""
    return int(event[:16], 16) - (1 << 63)


def _known(connection: Connection, keys: Sequence[int]) -> set[int]:
    table, found = schema.imported_events, set[int]()
    for start in range(0, len(keys), _ASKED):
        some = keys[start : start + _ASKED]
        query = select(table.c.id).where(table.c.id.in_(some), table.c.part == 0)
        found |= {int(row.id) for row in connection.execute(query)}
    return found


def _batch(connection: Connection, origin: str, told: tuple[str, str, str]) -> int:
    source, header, at = told
    result = connection.execute(
        insert(schema.import_batches).values(
            origin=origin, source=column(source), header=json.dumps(header), at=at
        )
    )
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])


def _chunk(connection: Connection, batch: int, fresh: Sequence[tuple[int, Event]]) -> None:
    text = json.dumps([plain(event) for _, event in fresh], separators=(",", ":"))
    body = zlib.compress(text.encode("ascii"), _LEVEL)
    result = connection.execute(insert(schema.imported_chunks).values(batch=batch, body=body))
    assert result.inserted_primary_key is not None
    chunk = int(result.inserted_primary_key[0])
    rows = [r for place, (key, e) in enumerate(fresh) for r in _index_rows(key, e, chunk, place)]
    connection.execute(insert(schema.imported_events), rows)


def _index_rows(key: int, event: Event, chunk: int, place: int) -> Iterator[dict[str, object]]:
    day = day_told(event)
    row: dict[str, object] = {
        "id": key,
        "chunk": chunk,
        "place": place,
        "day": day_number(day) if day else 0,
        "known_at": kept(imported_known_at(event)),
        "event_type": event.coded.event_type,
        "origin": event.origin,
        "scale": scale_of(event),
    }
    actors, recipients = _countries(event, "actor"), _countries(event, "recipient")
    for part, (actor, recipient) in enumerate((a, r) for a in actors for r in recipients):
        yield {**row, "part": part, "actor": actor, "recipient": recipient}


def day_told(event: Event) -> date | None:
    """The day that an imported event counts for."""
    return event.when.earliest or event.when.latest


def scale_of(event: Event) -> float | None:
    """An event's score, −10…+10; none for codes outside PLOVER."""
    coded = event.coded
    return score(coded.event_type, coded.mode) if coded.event_type in event_types() else None


def _countries(event: Event, side: str) -> Sequence[str]:
    members = event.actor if side == "actor" else event.recipient
    found = dict.fromkeys(column(p.entity.country or p.entity.id)[:16] for p in members)
    return tuple(found) or ("",)


def read_imported(
    connection: Connection, rows: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int, Event]]:
    """The events at (chunk, place), rows ordered by chunk: each chunk is unpacked once."""
    at = -1
    bodies: list[object] = []
    for chunk, place in rows:
        if chunk != at:
            at, bodies = chunk, _unpacked(connection, chunk)
        yield chunk, place, restored(Event, bodies[place])


def imported_named(connection: Connection, names: Iterable[str]) -> list[Event]:
    """The imported events of these ids, as they were imported."""
    table, rows = schema.imported_events, list[tuple[int, int]]()
    wanted = {name for name in names if _ID.fullmatch(name)}
    for some in runs(wanted):
        keys = table.c.id.in_([_key(name) for name in some])
        query = select(table.c.chunk, table.c.place).where(keys, table.c.part == 0)
        rows += [(row.chunk, row.place) for row in connection.execute(query)]
    return [e for _, _, e in read_imported(connection, sorted(rows)) if e.id in wanted]


def _unpacked(connection: Connection, chunk: int) -> list[object]:
    table = schema.imported_chunks
    body = connection.execute(select(table.c.body).where(table.c.seq == chunk)).scalar_one()
    found: list[object] = json.loads(zlib.decompress(body))
    return found

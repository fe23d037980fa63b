"""Events as flat columns: CSV and Parquet for spreadsheets and data frames.

The last column, ``record``, holds the whole event, so that what is written reads back equal. Rows
of other people's making leave it empty and are read from their columns.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import polars as pl

from detente.errors import InputError, MalformedRow
from detente.exchange.lines import Line, read_lines
from detente.exchange.repair import RepairLog
from detente.exchange.rows import (
    Facts,
    RowFormat,
    day_of,
    event_of,
    joined,
    names_in,
    number_of,
    split,
)
from detente.ontology.plover import contexts, event_types, modes
from detente.ontology.table import listed
from detente.records import Entity, Event, Participant, Place, fingerprint
from detente.serial import plain, restored

#: What polars says of a damaged file; some damage makes it panic.
UNREADABLE = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)
COLUMNS = (
    "id", "date", "date_basis", "actor", "actor_country", "event_type", "act", "mode", "cameo",
    "contexts", "auxiliary", "status", "recipient", "recipient_country", "speaker", "place",
    "place_country", "lat", "lon", "agreement", "incident", "trigger", "sentence", "reported",
    "outlet", "origin", "coder", "coder_version", "confidence", "record",
)  # fmt: skip
_BATCH = 20_000


def flat(event: Event) -> dict[str, str]:
    """An event's columns as text, without ``record``; lists are ``;``-separated."""
    coded, where = event.coded, event.where
    found = {
        "id": event.id,
        "date": event.when.edtf,
        "date_basis": event.when.basis,
        **_side("actor", event.actor),
        "event_type": coded.event_type,
        "act": coded.act,
        "mode": coded.mode,
        "cameo": coded.cameo,
        "contexts": ";".join(c.name for c in coded.contexts),
        "auxiliary": ";".join(coded.auxiliary),
        "status": coded.status,
        **_side("recipient", event.recipient),
        "speaker": event.speaker.entity.name if event.speaker else "",
        "place": where.name if where else "",
        "place_country": where.country if where else "",
        "lat": "" if where is None or where.lat is None else repr(where.lat),
        "lon": "" if where is None or where.lon is None else repr(where.lon),
        "agreement": event.agreement.id if event.agreement else "",
        "incident": event.incident,
        "trigger": coded.trigger.text,
        "sentence": coded.sentence.text,
        "reported": event.reported.isoformat() if event.reported else "",
        "outlet": event.outlet,
        "origin": event.origin,
        "coder": coded.coder.name,
        "coder_version": coded.coder.version,
        "confidence": repr(coded.confidence),
    }
    return {name: _cell(text) for name, text in found.items()}


def _side(side: str, members: Iterable[Participant]) -> dict[str, str]:
    entities = [p.entity for p in members]
    return {
        side: ";".join(e.name for e in entities),
        f"{side}_country": ";".join(e.country for e in entities),
    }


def _cell(text: str) -> str:
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


def _recorded(event: Event) -> dict[str, str]:
    return {**flat(event), "record": json.dumps(plain(event), separators=(",", ":"))}


def write_csv(events: Iterable[Event]) -> Iterator[str]:
    """Lines of a CSV file, the header first."""
    yield ",".join(COLUMNS)
    for event in events:
        yield joined(CSV, list(_recorded(event).values()))


def read_csv(path: Path, log: RepairLog) -> Iterator[Event]:
    """Events of a CSV file: ours, or anyone's with at least ``date``, ``actor``, ``recipient``
    and ``event_type``."""
    names: tuple[str, ...] = ()
    seen: Counter[int] = Counter()
    document = fingerprint("csv", path.name)
    for line in read_lines(path, log):
        if not names:
            names = _header(path, line)
            continue
        try:
            cells = split(CSV, line.text)
            row = dict(zip(names, cells, strict=False))
            whole = len(cells) == len(names) and row.get("record")
            event = _restored(row) if whole else event_of(CSV, names, line, document, seen)
        except ValueError as error:
            log.refuse(MalformedRow(str(path), line.number, str(error)))
        else:
            log.keep()
            yield event


def _header(path: Path, line: Line) -> tuple[str, ...]:
    names = names_in(CSV, path, line)
    missing = [n for n in CSV.columns[0] if n not in names]
    if missing:
        raise MalformedRow(str(path), line.number, f"no column {missing[0]!r}")
    return names


def _restored(row: Mapping[str, str]) -> Event:
    event = restored(Event, json.loads(row["record"]))
    told = flat(event)
    for name, text in row.items():
        if name in told and text != told[name]:
            raise ValueError(f"{name} says {text!r}, its record {told[name]!r}: empty one of them")
    return event


def _facts(row: dict[str, str]) -> Facts:
    kind, mode = row["event_type"], row.get("mode", "")
    if kind not in event_types():
        raise ValueError(f"no PLOVER type {kind!r}")
    if mode and mode not in modes()[kind]:
        raise ValueError(f"{kind} has no mode {mode!r}")
    place = row.get("place", "")
    where = Place(
        name=place,
        country=row.get("place_country", ""),
        lat=number_of(row.get("lat", ""), "latitude", -90, 90),
        lon=number_of(row.get("lon", ""), "longitude", -180, 180),
        resolution="unresolved",
    )
    return Facts(
        key=(row["id"],) if row.get("id") else (),
        day=day_of(row["date"]),
        code=kind,
        event_type=kind,
        mode=mode,
        cameo=row.get("cameo", ""),
        contexts=tuple(c for c in listed(row.get("contexts", "")) if c in contexts()),
        actor=_entities(row, "actor"),
        recipient=_entities(row, "recipient"),
        where=where if place else None,
        outlet=row.get("outlet", ""),
    )


def _entities(row: Mapping[str, str], side: str) -> tuple[Entity, ...]:
    names = listed(row[side])
    countries = row.get(f"{side}_country", "").split(";")
    return tuple(
        Entity(id=name, name=name, country=countries[at].strip() if at < len(countries) else "")
        for at, name in enumerate(names)
    )


CSV = RowFormat(
    name="csv",
    columns=(("date", "actor", "recipient", "event_type"),),
    has_header=True,
    delimiter=",",
    quoted=True,
    facts=_facts,
    row=None,
    mapping="PLOVER 2021, as given",
    free_order=True,
    suffix=".csv",
)


def write_parquet(events: Iterable[Event], path: Path) -> int:
    """Writes a Parquet file in batches, so that memory stays bounded; returns the rows written."""
    schema = dict.fromkeys(COLUMNS, pl.String)
    running, count = iter(events), 0
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        parts: list[Path] = []
        while some := [_recorded(e) for e in islice(running, _BATCH)]:
            parts.append(Path(folder) / f"{len(parts):06d}.parquet")
            pl.DataFrame(some, schema=schema).write_parquet(parts[-1])
            count += len(some)
        whole = pl.scan_parquet(parts) if parts else pl.LazyFrame(schema=schema)
        whole.sink_parquet(path)
    return count


def read_parquet(path: Path, log: RepairLog) -> Iterator[Event]:
    """Events of a Parquet file that ``write_parquet`` wrote."""
    try:
        table = pl.scan_parquet(path)
        known = table.collect_schema().names()
    except UNREADABLE as error:
        raise InputError(str(path), f"not a Parquet file: {str(error).splitlines()[0]}") from None
    if "record" not in known:
        raise InputError(str(path), "no column 'record': not written by détente")
    start = 0
    while True:
        try:
            some = table.slice(start, _BATCH).collect()
        except UNREADABLE as error:
            told = str(error).splitlines()[0]
            raise InputError(str(path), f"damaged after row {start}: {told}") from None
        for number, row in enumerate(some.iter_rows(named=True), start + 1):
            try:
                event = _restored({k: v or "" for k, v in row.items()})
            except ValueError as error:
                log.refuse(MalformedRow(str(path), number, str(error)))
            else:
                log.keep()
                yield event
        if some.height < _BATCH:
            return
        start += _BATCH

"""From reports and files to the record and back: what add, recode, import and export run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from detente import pipeline
from detente.exchange import (
    READERS,
    SOURCE_FORMATS,
    RepairLog,
    detect,
    event_lines,
    header,
    read_events,
    source_lines,
    write_events,
    write_sources,
)
from detente.exchange.flat import CSV
from detente.exchange.plover import PLOVER
from detente.exchange.rows import is_dated
from detente.records import Event, Report
from detente.store import EventFilter, Recoded, Record, View


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one report: kept now, or known before."""

    report: Report
    new: bool
    events: int


def add(
    record: Record,
    paths: Sequence[str | Path],
    refused: pipeline.Refusals,
    *,
    published: datetime | None = None,
    processes: int = 1,
) -> Iterator[Added]:
    """Reads, codes and keeps what is new at ``paths``, a report at a time.

    What is known already is not coded again, so that an add that was stopped goes on where it
    was. A report that is yielded as new is kept for good.
    """
    known: list[Report] = []

    def fresh() -> Iterator[Report]:
        for report in pipeline.read(paths, refused, published=published):
            if record.has(report.id):
                known.append(report)
            else:
                yield report

    yield from keep(record, fresh(), known, processes)


def keep(
    record: Record, fresh: Iterable[Report], known: list[Report], processes: int
) -> Iterator[Added]:
    """Codes and keeps fresh reports, and tells of the known ones that were met on the way."""
    for added in add_coded(record, pipeline.code(fresh, processes=processes)):
        yield from (Added(other, False, 0) for other in _taken(known))
        yield added
    yield from (Added(other, False, 0) for other in _taken(known))


def add_coded(record: Record, coded: Iterable[tuple[Report, tuple[Event, ...]]]) -> Iterator[Added]:
    """Keeps reports that were coded elsewhere; those that are known change nothing."""
    for report, events in coded:
        new = record.add(report, events)
        yield Added(report, new, len(events) if new else 0)


def _taken(known: list[Report]) -> list[Report]:
    taken = known[:]
    known.clear()
    return taken


def recode(record: Record, *, keep: bool, processes: int = 1) -> Iterator[Recoded]:
    """Codes every kept report anew; yields those of which something changes.

    Args:
        keep: false only shows what would change.
    """
    view = record.view()
    names = [report.id for report in view.reports()]
    reports = (view.report(name) for name in names)  # one at a time: a record may be large
    for report, events in pipeline.code(reports, processes=processes):
        found = record.recode(report, events, keep=keep)
        if found.changes:
            yield found


@dataclass(frozen=True, slots=True)
class Import:
    """An import so far: rows kept now, known before, and the log of those refused."""

    kept: int
    known: int
    log: RepairLog


def import_file(record: Record, path: Path, name: str = "") -> Iterator[Import]:
    """Takes a file of event data into the record, a chunk at a time; what is yielded is kept.

    Our own events that come back (PLOVER JSONL, CSV, Parquet) stay what they were, under the
    origin of their file's format: the record's own coding comes from reports only.

    Args:
        name: its format; empty: found out.
    """
    named = name or detect(path)
    log = RepairLog()
    kept = known = 0
    events = _as_imported(read_events(path, log, named), named)
    told = header(path, named) if named in READERS else ""
    for some in record.add_imported(events, source=path.name, header=told):
        kept, known = kept + some.kept, known + some.known
        yield Import(kept, known, log)
    yield Import(kept, known, log)


def _as_imported(events: Iterable[Event], name: str) -> Iterator[Event]:
    for event in events:
        yield replace(event, origin=name) if event.origin == "detente" else event


def export(
    view: View,
    name: str,
    out: Path | None,
    wanted: EventFilter | None = None,
    origin: str | None = None,
    undated: list[str] | None = None,
) -> Iterator[str]:
    """Writes events, or for citation formats the reports, to a file; without one, yields lines.

    Args:
        undated: takes the ids of events that the format cannot hold, for they have no day.
        origin: whose events; empty: of the format's own origin if it is one of other people's,
            else our own coding.
    """
    if name in SOURCE_FORMATS:
        if out is None:
            yield from source_lines(name, view.reports())
        else:
            write_sources(name, view.reports(), out)
        return
    foreign = name in READERS and name not in (PLOVER.name, CSV.name, "parquet")
    whose = origin or (name if foreign and view.has_origin(name) else "detente")
    events = view.events(wanted or EventFilter(), origin=None if whose == "all" else whose)
    if foreign and undated is not None:
        events = _noting_undated(events, undated)
    told = view.import_header(name) if foreign else ""
    if out is None:
        yield from event_lines(name, events, told)
    else:
        write_events(name, events, out, told)


def _noting_undated(events: Iterable[Event], undated: list[str]) -> Iterator[Event]:
    for event in events:
        if not is_dated(event):
            undated.append(event.id)
        yield event

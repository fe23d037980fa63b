"""All formats by name: what reads them, what writes them, and which one a file is in."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from detente.errors import InputError, UnknownName
from detente.exchange.acled import ACLED
from detente.exchange.citations import write_bibtex, write_csl
from detente.exchange.flat import CSV, read_csv, read_parquet, write_csv, write_parquet
from detente.exchange.gdelt import COLUMNS_1, COLUMNS_2, GDELT_1, GDELT_2
from detente.exchange.geojson import write_geojson
from detente.exchange.graphml import write_graphml
from detente.exchange.icews import ICEWS
from detente.exchange.keds import KEDS
from detente.exchange.lines import read_lines
from detente.exchange.plover import read_plover, write_plover
from detente.exchange.polecat import POLECAT
from detente.exchange.repair import RepairLog
from detente.exchange.rows import RowFormat, header_of, read_rows, write_rows
from detente.exchange.stix import write_stix
from detente.exchange.timelinejs import write_timelinejs
from detente.records import Event, Report

ROWS: Mapping[str, RowFormat] = {
    form.name: form for form in (ICEWS, GDELT_1, GDELT_2, POLECAT, ACLED, KEDS)
}
_Read = Callable[[Path, RepairLog], Iterator[Event]]
_Write = Callable[[Iterable[Event]], Iterator[str]]
READERS: Mapping[str, _Read] = {
    **{name: partial(read_rows, form) for name, form in ROWS.items()},
    "plover": read_plover,
    "csv": read_csv,
    "parquet": read_parquet,
}
_WRITERS: Mapping[str, _Write] = {
    "plover": write_plover,
    "csv": write_csv,
    "timelinejs": write_timelinejs,
    "geojson": write_geojson,
    "graphml": write_graphml,
    "stix": write_stix,
}
_SOURCES: Mapping[str, Callable[[Iterable[Report]], Iterator[str]]] = {
    "bibtex": write_bibtex,
    "csl": write_csl,
}
#: Formats that events can be written in; those of SOURCES hold the reports.
EVENT_FORMATS = (*(n for n, f in ROWS.items() if f.row), *_WRITERS, "parquet")
SOURCE_FORMATS = tuple(_SOURCES)


def read_events(path: Path, log: RepairLog, name: str = "") -> Iterator[Event]:
    """Events of a file.

    Args:
        path: the file.
        log: counts and notes what is kept and refused.
        name: its format; empty: found out.

    Raises:
        InputError: if the file cannot be opened, or is in no format that is known.
        MalformedRow: if its header is not the format's.
    """
    return _reader(name or detect(path))(path, log)


def _reader(name: str) -> _Read:
    if name not in READERS:
        raise UnknownName(name, "no format that can be read", tuple(READERS))
    return READERS[name]


def detect(path: Path) -> str:
    """The format a file is in, told from its first line.

    Raises:
        InputError: if it is none that is known.
    """
    if not path.is_file():
        raise InputError(str(path), "no such file" if not path.exists() else "not a file")
    with path.open("rb") as file:
        if file.read(4) == b"PAR1":
            return "parquet"
    log = RepairLog()
    first = next(read_lines(path, log, fallback="latin-1"), None)
    if first is None:
        raise InputError(str(path), "cut short or damaged" if log.refused else "empty")
    return _told_by(first.text) or _unknown(path)


def _unknown(path: Path) -> str:
    raise InputError(str(path), f"in no format that is known; name it: {', '.join(READERS)}")


def _told_by(line: str) -> str:
    tabs, commas = line.split("\t"), [c.strip().strip('"') for c in line.split(",")]
    for form in (ICEWS, POLECAT):
        if tuple(t.strip() for t in tabs) in form.columns:
            return form.name
    if line.startswith("{"):
        return "plover"
    if tabs[0].isdigit() and len(tabs) == len(COLUMNS_2):
        return GDELT_2.name
    if tabs[0].isdigit() and len(tabs) in (len(COLUMNS_1), len(COLUMNS_1) - 1):
        return GDELT_1.name
    for form in (KEDS, ACLED, CSV):
        if set(form.columns[0]) <= set(commas):
            return form.name
    return ""


def header(path: Path, name: str) -> str:
    """The header line of a file, for formats that have one."""
    return header_of(ROWS[name], path) if name in ROWS else ""


def event_lines(name: str, events: Iterable[Event], header: str = "") -> Iterator[str]:
    """Lines of a text format.

    Raises:
        UnknownName: if events cannot be written in it.
    """
    if name in ROWS and ROWS[name].row:
        return write_rows(ROWS[name], events, header)
    if name not in _WRITERS:
        raise UnknownName(name, "no format that events can be written in", EVENT_FORMATS)
    return _WRITERS[name](events)


def source_lines(name: str, reports: Iterable[Report]) -> Iterator[str]:
    """Lines of the sources as citations.

    Raises:
        UnknownName: if it is no citation format.
    """
    if name not in _SOURCES:
        raise UnknownName(name, "no format for sources", SOURCE_FORMATS)
    return _SOURCES[name](reports)


def write_events(name: str, events: Iterable[Event], path: Path, header: str = "") -> None:
    """Writes a file that appears whole or not at all.

    Raises:
        UnknownName: if events cannot be written in this format.
        InputError: if the file cannot be written.
    """
    if name == "parquet":
        _whole(path, lambda temporary: write_parquet(events, temporary))
        return
    lines = event_lines(name, events, header)
    _whole(path, lambda temporary: _write(temporary, lines))


def write_sources(name: str, reports: Iterable[Report], path: Path) -> None:
    """Writes the sources; see ``write_events``."""
    lines = source_lines(name, reports)
    _whole(path, lambda temporary: _write(temporary, lines))


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def _whole(path: Path, write: Callable[[Path], object]) -> None:
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise InputError(str(path), error.strerror or "cannot be written") from None
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise InputError(str(path), error.strerror or "cannot be written") from None
    finally:
        temporary.unlink(missing_ok=True)

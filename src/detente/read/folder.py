"""Files and folders to sources: what is there, in a stable order, and what cannot be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from detente.errors import UnreadableReport
from detente.read.limits import ReadLimits
from detente.read.source import FORMS, Source, binary_kind, form_of, is_feed

#: Notes about a folder, not reports: passed over inside folders, read when named themselves.
NOTES = frozenset(
    {"readme", "license", "licence", "notice", "changelog", "contributing", "authors"}
)


#: Suffixes of feeds, archives and tables; .xml and .json count where they begin like a feed.
MANY = frozenset({".jsonl", ".ndjson", ".warc", ".parquet", ".rss", ".atom", ".rdf"})
PERHAPS = frozenset({".xml", ".json"})


def files_in(folder: Path) -> Iterator[Path | UnreadableReport]:
    """The report files in a folder and below it, by name, folders that cannot be opened as errors.

    Hidden files and folders, notes such as README.md and files of other suffixes are passed over;
    links to folders are not followed.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield UnreadableReport(str(folder), f"folder cannot be read: {_reason(error)}")
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from files_in(path)
        elif _is_report(path):
            yield path


def _is_report(path: Path) -> bool:
    inner = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    if inner.stem.lower() in NOTES:
        return False
    if path.suffix.lower() in PERHAPS:
        try:
            with path.open("rb") as file:
                return is_feed(file.read(2000))
        except OSError:
            return False
    return inner.suffix.lower() in MANY or inner.suffix.lower() in FORMS


@contextmanager
def opening(path: Path) -> Iterator[BinaryIO]:
    """A file open for reading bytes.

    Raises:
        UnreadableReport: if it is missing, not a regular file or not readable.
    """
    name = str(path)
    try:
        if not path.exists():
            raise UnreadableReport(name, "no such file or folder")
        if not path.is_file():
            raise UnreadableReport(name, "not a regular file")
        if not path.stat().st_size:
            raise UnreadableReport(name, "empty file")
        file = path.open("rb")
    except (OSError, ValueError) as error:
        raise UnreadableReport(name, f"cannot be read: {_reason(error)}") from None
    with file:
        yield file


def opened(path: Path, limits: ReadLimits) -> Source:
    """A file's bytes, checked for size and kind.

    Raises:
        UnreadableReport: if it is missing, not a regular file, not readable, empty, too large or
            binary.
    """
    name = str(path)
    with opening(path) as file:
        try:
            content = file.read(limits.max_bytes + 1)
            size = max(len(content), os.fstat(file.fileno()).st_size)
        except OSError as error:
            raise UnreadableReport(name, f"cannot be read: {_reason(error)}") from None
    checked(name, content, size, limits)
    return Source(name=name, content=content, form=form_of(path.suffix, content), path=name)


def checked(name: str, content: bytes, size: int, limits: ReadLimits) -> None:
    """Refuses what cannot be a report by its bytes alone.

    Raises:
        UnreadableReport: if it is empty, larger than ``limits.max_bytes``, or binary.
    """
    if not content:
        raise UnreadableReport(name, "empty file")
    if size > limits.max_bytes:
        raise UnreadableReport(name, f"{size} bytes, more than {limits.max_bytes} (max_bytes)")
    if kind := binary_kind(content):
        raise UnreadableReport(
            name, f"not text: {kind}" if kind != "binary" else "not text: binary file"
        )


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__

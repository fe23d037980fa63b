"""Files and folders to sources: what is there, in a stable order, and what cannot be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from detente.errors import UnreadableReport
from detente.read.limits import ReadLimits
from detente.read.source import FORMS, Source, binary_kind, form_of

#: Notes about a folder, not reports: passed over inside folders, read when named themselves.
NOTES = frozenset(
    {"readme", "license", "licence", "notice", "changelog", "contributing", "authors"}
)


def files_in(
    folder: Path, suffixes: frozenset[str] = frozenset(FORMS)
) -> Iterator[Path | UnreadableReport]:
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
            yield from files_in(path, suffixes)
        elif path.suffix.lower() in suffixes and path.stem.lower() not in NOTES:
            yield path


def opened(path: Path, limits: ReadLimits) -> Source:
    """A file's bytes, checked for size and kind.

    Raises:
        UnreadableReport: if it is missing, not a regular file, not readable, empty, too large or
            binary.
    """
    name = str(path)
    try:
        if not path.exists():
            raise UnreadableReport(name, "no such file or folder")
        if not path.is_file():
            raise UnreadableReport(name, "not a regular file")
        with path.open("rb") as file:
            content = file.read(limits.max_bytes + 1)
            size = max(len(content), os.fstat(file.fileno()).st_size)
    except (OSError, ValueError) as error:
        raise UnreadableReport(name, f"cannot be read: {_reason(error)}") from None
    checked(name, content, size, limits)
    form = form_of(path.suffix, content)
    return Source(name=name, content=content, form=form, path=name)


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

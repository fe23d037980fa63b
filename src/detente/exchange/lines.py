"""Lines of a file with their numbers and places, decoded one by one, in bounded memory."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from detente.errors import InputError, MalformedRow
from detente.exchange.repair import RepairLog

#: No row of any format is longer; a longer one is not a row.
LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end: its number from 1, where it starts in characters, its text."""

    number: int
    start: int
    text: str


def read_lines(path: Path, log: RepairLog, *, fallback: str | None = None) -> Iterator[Line]:
    """Lines of a plain, gzipped or zipped text file; empty ones are passed over.

    Args:
        path: the file; ``.gz`` and ``.zip`` (of one file) are unpacked on the way.
        log: takes lines that are not UTF-8, and a file that ends before its time.
        fallback: an encoding for lines that are not UTF-8 (such formats are known to mix them).

    Raises:
        InputError: if the file cannot be opened.
    """
    number = start = 0
    with ExitStack() as stack:
        try:
            opened = _opened(path, stack)
        except (OSError, zipfile.BadZipFile) as error:
            reason = getattr(error, "strerror", None) or "is not what its name says"
            raise InputError(str(path), reason) from None
        while True:
            number += 1
            try:
                raw = opened.readline(LONGEST)
            except (EOFError, OSError, zlib.error, zipfile.BadZipFile):
                log.refuse(MalformedRow(str(path), number, "the file is cut short or damaged"))
                return
            if not raw:
                return
            text = _decoded(raw, path, number, log, fallback)
            if text is None:
                start += len(raw)
                continue
            bare = text.rstrip("\r\n")
            if bare.strip():
                yield Line(number, start, bare)
            start += len(text)


def _opened(path: Path, stack: ExitStack) -> IO[bytes]:
    with path.open("rb") as file:
        magic = file.read(4)
    if magic[:2] == b"\x1f\x8b":
        unpacked = stack.enter_context(gzip.GzipFile(path, "rb"))
        return io.BufferedReader(unpacked)
    if magic == b"PK\x03\x04":
        archive = stack.enter_context(zipfile.ZipFile(path))
        return stack.enter_context(archive.open(archive.namelist()[0]))
    return stack.enter_context(path.open("rb"))


def _decoded(
    raw: bytes, path: Path, number: int, log: RepairLog, fallback: str | None
) -> str | None:
    if number == 1:
        raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if fallback:
            return raw.decode(fallback)
        log.refuse(MalformedRow(str(path), number, f"not UTF-8 at byte {error.start + 1}"))
        return None

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

DAMAGED = (EOFError, OSError, zlib.error, zipfile.BadZipFile)
UNOPENED = (OSError, zipfile.BadZipFile, RuntimeError, LookupError)
#: No row of any format is longer, in bytes; a longer one is not a row.
LONGEST = 1_000_000
#: A compressed file of rows grows at most so many times its size, beside the first of these bytes.
MOST_GROWTH = 200
FREE_GROWTH = 100_000_000


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
    start = 0
    for number, raw in _raw_lines(path, log):
        text = _decoded(raw, path, number, log, fallback)
        if text is None:
            start += len(raw)
            continue
        bare = text.rstrip("\r\n")
        if bare.strip():
            yield Line(number, start, bare)
        start += len(text)


def _raw_lines(path: Path, log: RepairLog) -> Iterator[tuple[int, bytes]]:
    """Numbers and bytes of lines, until the end or the first damage; long ones to the log."""
    number = 0
    with ExitStack() as stack:
        try:
            opened = _opened(path, stack)
            most = MOST_GROWTH * path.stat().st_size + FREE_GROWTH
        except UNOPENED as error:
            reason = getattr(error, "strerror", None) or _unopened(error)
            raise InputError(str(path), reason) from None
        try:
            while raw := opened.readline(LONGEST):
                number += 1
                if len(raw) < LONGEST or raw.endswith(b"\n"):
                    yield number, raw
                else:
                    _skip(opened, most)
                    log.refuse(MalformedRow(str(path), number, f"longer than {LONGEST} bytes"))
                if opened.tell() > most:
                    raise OverflowError
        except DAMAGED:
            log.refuse(MalformedRow(str(path), number + 1, "the file is cut short or damaged"))
        except OverflowError:
            told = f"the file grows to more than {MOST_GROWTH} times its size"
            log.refuse(MalformedRow(str(path), number + 1, told))


def _skip(opened: IO[bytes], most: int) -> None:
    """Reads on to the end of a line, or to ``most`` bytes."""
    while (raw := opened.readline(LONGEST)) and not raw.endswith(b"\n"):
        if opened.tell() > most:
            return


def _unopened(error: Exception) -> str:
    if isinstance(error, RuntimeError):  # so zipfile tells of a password or an unknown method
        return "packed in a way that cannot be read (a password, or another method)"
    return "is not what its name says"


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

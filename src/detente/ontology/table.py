"""Reading tables: UTF-8 CSV with a header, every row checked, the first bad one refused by line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from detente.errors import TableError

Row = Mapping[str, str]


def packaged(package: str, name: str) -> Traversable:
    """The table ``name`` that ships in ``package``'s ``tables`` folder."""
    return files(package) / "tables" / name


def rows(table: Traversable | Path, columns: Sequence[str]) -> Iterator[tuple[int, Row]]:
    """Rows of a CSV table, with their line numbers.

    Args:
        table: the file; lines that begin with ``#`` are comments.
        columns: the header that it must have, in order.

    Yields:
        Line number (from 1) and the row as column → text with the space around it taken off.

    Raises:
        TableError: if the header differs, a row has another number of fields or it is not UTF-8.
    """
    try:
        lines = table.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise TableError(str(table), 1, f"not UTF-8: {error.reason}") from None
    except OSError as error:
        raise TableError(str(table), 1, error.strerror or "cannot be read") from None
    kept = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    if not kept:
        raise TableError(str(table), 1, "empty table")
    if _fields(table, *kept[0]) != list(columns):
        raise TableError(str(table), kept[0][0], f"columns must be {','.join(columns)}")
    for number, line in kept[1:]:
        yield number, _row(table, number, line, columns)


def _row(table: Traversable | Path, number: int, line: str, columns: Sequence[str]) -> Row:
    fields = _fields(table, number, line)
    if len(fields) != len(columns):
        raise TableError(str(table), number, f"{len(fields)} fields, not {len(columns)}")
    return dict(zip(columns, (f.strip() for f in fields), strict=True))


def _fields(table: Traversable | Path, number: int, line: str) -> list[str]:
    try:
        return next(csv.reader([line]))
    except csv.Error as error:
        raise TableError(str(table), number, f"not comma-separated: {error}") from None


def listed(text: str) -> tuple[str, ...]:
    """The members of a ``;``-separated cell, in order, without empty ones."""
    return tuple(part.strip() for part in text.split(";") if part.strip())

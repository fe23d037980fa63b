"""Options that commands on the record share."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from detente.store import Record

RecordOption = Annotated[
    str | None,
    typer.Option(
        envvar="DETENTE_RECORD",
        metavar="FILE|URL",
        help="The record: a file, or postgresql://…  [default: detente.db]",
    ),
]


class Form(StrEnum):
    """Forms of what is printed."""

    table = "table"
    jsonl = "jsonl"


FormOption = Annotated[Form, typer.Option("--format", help="Form of what is printed.")]


def say(text: str) -> None:
    """A line for the person, on standard error."""
    print(text, file=sys.stderr)


def opened_existing(record: str | None) -> Record:
    """A record to write to that is there already: what rules on it must not make one.

    Raises:
        RecordError: if there is none, or it cannot be opened.
    """
    from detente.store import open_record

    open_record(record, read_only=True).close()
    return open_record(record)


def counted(number: int, noun: str) -> str:
    """A number with its noun: ``1 report``, ``2 reports``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

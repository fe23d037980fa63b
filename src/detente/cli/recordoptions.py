"""Options that commands on the record share."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

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

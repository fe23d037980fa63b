"""Commands on names: actors."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


def register(app: typer.Typer) -> None:
    """Adds this family's commands to ``app``."""
    app.command()(actors)


def actors(
    name: Annotated[str, typer.Argument(help="A name, phrase or id, as it stands in the news.")],
    on: Annotated[str, typer.Option(help="The day it speaks of (YYYY-MM-DD).")] = "",
    own: Annotated[
        Path | None,
        typer.Option(
            "--actors",
            envvar="DETENTE_ACTORS",
            help="Your own actors: a CSV table or a PETRARCH/Phoenix dictionary.",
        ),
    ] = None,
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.TABLE,
) -> None:
    """Who that was then: the actors a name may mean on a day, best first."""
    from detente.cli.names_print import day, looked_up, print_actors

    found = looked_up(name, day(on), own)
    print_actors(found, format.value)

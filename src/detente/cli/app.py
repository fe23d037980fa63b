"""The ``detente`` program: its commands in the order of the data, and how errors leave it."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import typer

from detente.errors import DetenteError

#: One module a family, in the order of the data; each has ``register(app)``.
FAMILIES = ("reports", "names", "record", "readings", "judgement", "brief", "desk")

app = typer.Typer(
    name="detente",
    help=(
        "From news about relations between states to a source-linked record and a cited brief. "
        "The commands stand in the order of the data; `detente brief FOLDER` does the whole way."
    ),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

for _family in FAMILIES:
    import_module(f"detente.cli.{_family}").register(app)


def main() -> None:
    """Runs the program; a DetenteError becomes one line on standard error and exit code 1."""
    if not sys.stdout.isatty():
        # Where nobody watches, tables need not fit a screen.
        os.environ.setdefault("COLUMNS", "160")
    try:
        app()
    except DetenteError as error:
        print(f"detente: {error}", file=sys.stderr)
        sys.exit(1)

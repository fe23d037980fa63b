"""What goes to standard error: progress on long work, and what could not be read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from detente.errors import DetenteError

_T = TypeVar("_T")


def shown(items: Iterable[_T], unit: str) -> Iterator[_T]:
    """Passes items on and counts them on standard error, if a person watches there."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from items
        return
    columns = (SpinnerColumn(), TextColumn("{task.completed} " + unit), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(unit, total=None)
        for item in items:
            progress.advance(task)
            yield item


def failures(refused: Sequence[DetenteError]) -> None:
    """Names each input that failed on standard error; exits with 1 if there were any."""
    for refusal in refused:
        print(f"detente: {refusal}", file=sys.stderr)
    if refused:
        raise typer.Exit(1)

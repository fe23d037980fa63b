"""Where coding runs: in this process and its children, or on Ray."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from detente.errors import UnreadableReport
    from detente.recording import Added
    from detente.records import Event, Report
    from detente.store import Record


class On(StrEnum):
    """Where to code."""

    here = "here"
    ray = "ray"


#: Where parts go when no folder is named.
PARTS = Path("detente-parts")
OnOption = Annotated[On, typer.Option("--on", help="Code here, or spread over a Ray session.")]
PartsOption = Annotated[
    Path,
    typer.Option(
        "--parts", metavar="FOLDER", help="With --on ray: where parts go, and are gone on from."
    ),
]
AddressOption = Annotated[
    str | None,
    typer.Option(
        "--address",
        metavar="HOST:PORT",
        help="With --on ray: a cluster; else this machine.",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What was asked for."""

    on: On
    parts: Path
    address: str | None
    processes: int


def coded_on(
    asked: Spread,
    paths: Sequence[str | Path],
    refused: list[UnreadableReport],
    published: datetime | None,
) -> Iterator[tuple[Report, tuple[Event, ...]]]:
    """Each report with its events, from where it was asked to be coded; the same either way."""
    from detente import pipeline

    if asked.on is On.here:
        return pipeline.read_code_resolve(
            paths, refused, published=published, processes=asked.processes
        )
    from detente.spread import code_spread

    return code_spread(
        paths,
        refused,
        asked.parts,
        published=published,
        address=asked.address,
        workers=asked.processes,
    )


def added_on(
    asked: Spread,
    record: Record,
    paths: Sequence[str | Path],
    refused: list[UnreadableReport],
    published: datetime | None,
) -> Iterator[Added]:
    """Each report as it is kept. On Ray the workers code, and this process alone writes."""
    from detente import recording

    if asked.on is On.here:
        return recording.add(record, paths, refused, published=published, processes=asked.processes)
    return recording.add_coded(record, coded_on(asked, paths, refused, published))

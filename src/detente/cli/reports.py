"""Commands on reports: read, code, explain."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from detente.cli.moments import moment
from detente.cli.progress import failures, shown
from detente.cli.spreading import (
    PARTS,
    AddressOption,
    On,
    OnOption,
    PartsOption,
    Spread,
    coded_on,
)

Paths = Annotated[
    list[str], typer.Argument(help="Files, folders or web addresses.", metavar="PATH…")
]
Published = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help=(
            "When it was published; anchors “next month”, “on Tuesday”. Plain texts take it; "
            "pages, feeds and JSON Lines that give their own date keep that."
        ),
    ),
]


class ReportFormat(StrEnum):
    """Forms of a list of reports."""

    table = "table"
    jsonl = "jsonl"


class EventFormat(StrEnum):
    """Forms of a list of coded events."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


def register(app: typer.Typer) -> None:
    """Adds this family's commands to ``app``."""
    app.command("read")(read)
    app.command("code")(code)
    app.command("explain")(explain)


def read(
    paths: Paths,
    published: Published = None,
    format: Annotated[ReportFormat, typer.Option(help="Form of the list.")] = ReportFormat.table,
) -> None:
    """Reads news: title, standfirst, date, sections and text of each report."""
    from detente import pipeline
    from detente.cli.lists import print_reports

    refused: pipeline.Refusals = []
    print_reports(pipeline.read(paths, refused, published=moment(published)), format.value)
    failures(refused)


def code(
    paths: Paths,
    published: Published = None,
    format: Annotated[EventFormat, typer.Option(help="Form of the list.")] = EventFormat.table,
    processes: Annotated[int, typer.Option(min=1, help="How many processes code.")] = 1,
    on: OnOption = On.here,
    parts: PartsOption = PARTS,
    address: AddressOption = None,
    ungrouped: Annotated[
        bool,
        typer.Option(
            "--ungrouped", help="Print as coded, without incidents: any number of reports."
        ),
    ] = False,
) -> None:
    """Codes events: who did what to whom, when, where, in which sense, and who says so."""
    from detente import pipeline
    from detente.cli.lists import print_events

    refused: pipeline.Refusals = []
    asked = Spread(on=on, parts=parts, address=address, processes=processes)
    coded = coded_on(asked, paths, refused, moment(published))
    told = shown(coded, "reports")
    events = (e for _, found in told for e in found) if ungrouped else pipeline.group(told)[1]
    print_events(events, format.value)
    failures(refused)


def explain(
    event: Annotated[
        str, typer.Argument(metavar="ID", help="The event's id, or how it begins (detente code).")
    ],
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH…]", help="Where its report stands; else the record is asked."
        ),
    ] = None,
    published: Published = None,
    record: Annotated[
        str | None, typer.Option(metavar="FILE", help="The record (default: detente.db).")
    ] = None,
) -> None:
    """Explains a coding: passage, parse, rule or nearest examples, and the runner-up type."""
    from detente import pipeline
    from detente.coding.explain import explain_in, in_words

    if paths:
        report, coded = pipeline.find_event(event, paths, published=moment(published))
    else:
        report, coded = pipeline.find_recorded(event, record)
    print(in_words(explain_in(report, coded)))

"""Commands on the record: add, watch, recode, import, export; review and rule from
ruling.py, grade and grades from grading.py."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from detente.cli import grading, ruling
from detente.cli.moments import moment
from detente.cli.progress import failures, shown
from detente.cli.recordoptions import Form, FormOption, RecordOption, opened_existing, say
from detente.cli.reports import Published
from detente.cli.spreading import (
    PARTS,
    AddressOption,
    On,
    OnOption,
    PartsOption,
    Spread,
    added_on,
)


def register(app: typer.Typer) -> None:
    """Adds this family's commands to ``app``."""
    app.command("add")(add)
    app.command("watch")(watch)
    ruling.register(app)
    grading.register(app)
    app.command("recode")(recode)
    app.command("import")(import_)
    app.command("export")(export)


def add(
    paths: Annotated[
        list[str], typer.Argument(help="Files, folders, archives or addresses.", metavar="PATH…")
    ],
    record: RecordOption = None,
    published: Published = None,
    processes: Annotated[int, typer.Option(min=1, help="How many processes code.")] = 1,
    on: OnOption = On.here,
    parts: PartsOption = PARTS,
    address: AddressOption = None,
    format: FormOption = Form.table,
) -> None:
    """Reads, codes and keeps reports; what is kept already is passed over."""
    from detente import pipeline
    from detente.cli.recordprint import print_added
    from detente.store import open_record

    refused: pipeline.Refusals = []
    asked = Spread(on=on, parts=parts, address=address, processes=processes)
    with open_record(record) as opened:
        added = added_on(asked, opened, paths, refused, moment(published))
        print_added(shown(added, "reports"), refused, format.value)
    failures(refused)


def watch(
    feeds: Annotated[Path, typer.Argument(help="An OPML list of feeds.", metavar="FEEDS.opml")],
    record: RecordOption = None,
    rounds: Annotated[
        int | None, typer.Option(min=1, help="Stop after so many looks; without it, never.")
    ] = None,
    format: FormOption = Form.table,
) -> None:
    """Looks at feeds again and again, politely, and keeps what is new."""
    from detente import pipeline
    from detente.cli.recordprint import print_added
    from detente.store import open_record
    from detente.watching import until_terminated
    from detente.watching import watch as watched

    refused: pipeline.Refusals = []
    with open_record(record) as opened, until_terminated() as stop:
        found = watched(opened, feeds, refused, rounds=rounds, stop=stop)
        print_added(shown(found, "reports"), refused, format.value)
    failures(refused)


def recode(
    record: RecordOption = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the new coding; without it, only show it.")
    ] = False,
    processes: Annotated[int, typer.Option(min=1, help="How many processes code.")] = 1,
    format: FormOption = Form.table,
) -> None:
    """Codes all kept reports anew and shows what changes; rulings stay."""
    from detente import recording
    from detente.cli.recordprint import print_recoded

    with opened_existing(record) as opened:
        found = recording.recode(opened, keep=keep, processes=processes)
        print_recoded(shown(found, "reports"), format.value)
        lost = opened.view().unmatched_rulings()
    for each in lost:
        say(f"no longer matched: {each.kind} of {each.target} by {each.by}: {each.reason}")
    if not keep:
        say("nothing was changed; keep it with: detente recode --keep")


def import_(
    paths: Annotated[list[Path], typer.Argument(help="Files of event data.", metavar="FILE…")],
    record: RecordOption = None,
    from_: Annotated[
        str, typer.Option("--from", metavar="FORMAT", help="Their format; without it, found out.")
    ] = "",
    repair_log: Annotated[
        Path | None, typer.Option(help="Write the refused rows here, as JSON Lines.")
    ] = None,
    format: FormOption = Form.table,
) -> None:
    """Takes event data of others into the record: ICEWS, GDELT, POLECAT, ACLED, PLOVER, CSV …"""
    from detente.cli.recordprint import imported
    from detente.store import open_record

    with open_record(record) as opened:
        clean = imported(opened, paths, from_, repair_log, format.value)
    if not clean:
        raise typer.Exit(1)


def export(
    to: Annotated[str, typer.Argument(help="The format to write.", metavar="FORMAT")],
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Write to this file.")] = None,
    record: RecordOption = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only what was known by then.")
    ] = None,
    origin: Annotated[
        str | None, typer.Option(help="Whose events: detente, a format's name, or all.")
    ] = None,
    actor: Annotated[str, typer.Option(help="Only acts of this country or actor.")] = "",
    recipient: Annotated[str, typer.Option(help="Only acts towards this one.")] = "",
) -> None:
    """Writes events, or their sources, in a format of the field or of your tools."""
    from detente import recording
    from detente.store import EventFilter, open_record

    wanted, undated = EventFilter(actor=actor, recipient=recipient), list[str]()
    with open_record(record, read_only=True) as opened:
        view = opened.view(moment(as_of, end=True))
        for line in recording.export(view, to, out, wanted, origin, undated):
            sys.stdout.write(line + "\n")
    if undated:
        say(f"{len(undated)} events without a day left out: {to} cannot hold them")

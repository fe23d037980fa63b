"""The main job: from reports to a cited brief."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.moments import moment
from detente.cli.progress import failures, shown
from detente.cli.reports import Paths, Published


def register(app: typer.Typer) -> None:
    """Adds this family's commands to ``app``."""
    app.command("brief")(brief)


def brief(
    paths: Paths,
    about: Annotated[
        str, typer.Option(metavar="CODES", help="Countries it is about, e.g. USA,RUS.")
    ] = "",
    published: Published = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Write it as of this day.")
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(metavar="FILE.json", help="The last brief on this; tells what has changed."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write .html, .md, .json or .pdf."),
    ] = None,
) -> None:
    """Reads, codes, resolves, and writes the brief: Background, Analysis, Assessment, cited."""
    from detente import pipeline
    from detente.cli.briefs import check_ending, deliver

    check_ending(output)
    refused: pipeline.Refusals = []
    coded = shown(
        pipeline.read_code_resolve(paths, refused, published=moment(published)), "reports"
    )
    codes = [code for code in about.upper().split(",") if code]
    told, events = pipeline.brief(coded, about=codes, as_of=moment(as_of, end=True), since=since)
    deliver(told, events, output)
    failures(refused)

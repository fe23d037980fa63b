"""The main job: from reports to a cited brief."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from detente.cli.moments import moment
from detente.cli.progress import failures, shown
from detente.cli.reports import Published

Paths = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PATH…]", help="Files, folders, addresses; else the record."),
]
About = Annotated[str, typer.Option(metavar="CODES", help="Countries it is about, e.g. USA,RUS.")]
AsOf = Annotated[str | None, typer.Option(metavar="DATE", help="Write it as of this day.")]
RecordFile = Annotated[
    str | None, typer.Option(metavar="FILE", help="The record, if no path is given.")
]
Since = Annotated[
    Path | None,
    typer.Option(metavar="FILE.json", help="The last brief on this; tells what has changed."),
]
Grades = Annotated[
    Path | None,
    typer.Option(metavar="FILE.csv", help="Sources' grades: outlet,grade,reason; B2."),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write .html, .md, .json or .pdf."),
]


def register(app: typer.Typer) -> None:
    """Adds this family's commands to ``app``."""
    app.command("brief")(brief)


def brief(
    paths: Paths = None,
    about: About = "",
    published: Published = None,
    as_of: AsOf = None,
    record: RecordFile = None,
    since: Since = None,
    grades: Grades = None,
    output: Output = None,
) -> None:
    """Reads, codes, resolves, and writes the brief: Background, Analysis, Assessment, cited."""
    from detente import pipeline
    from detente.cli.briefs import check_ending, deliver
    from detente.ontology.admiralty import read_grades

    check_ending(output)
    wanted: dict[str, Any] = {
        "about": [code for code in about.upper().split(",") if code],
        "as_of": moment(as_of, end=True),
        "since": since,
        "grades": read_grades(grades) if grades else (),
    }
    refused: pipeline.Refusals = []
    if paths:
        read = pipeline.read_code_resolve(paths, refused, published=moment(published))
        told, events = pipeline.brief(shown(read, "reports"), **wanted)
    else:
        told, events = pipeline.recorded_brief(record, **wanted)
    deliver(told, events, output)
    failures(refused)

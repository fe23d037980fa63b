"""Commands on the sources' grades: grade sets them, grades lists them."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import polars as pl
import typer

from detente.cli.asked import FrameFormat
from detente.cli.frames import print_frame
from detente.cli.recordoptions import RecordOption, say

if TYPE_CHECKING:
    from detente.store import Record

By = Annotated[
    str,
    typer.Option(envvar="DETENTE_ANALYST", help="Who grades.", default_factory=getpass.getuser),
]


def register(app: typer.Typer) -> None:
    """Adds this family's commands to ``app``."""
    app.command("grade")(grade)
    app.command("grades")(grades)


def grade(
    by: By,
    outlet: Annotated[
        str, typer.Argument(help="The outlet; or a CSV table of columns outlet,grade,reason.")
    ],
    given: Annotated[
        str,
        typer.Argument(metavar="[GRADE]", help="Reliability A to F and credibility 1 to 6: B2."),
    ] = "",
    reason: Annotated[str, typer.Option(help="Why; kept with the grade.")] = "",
    record: RecordOption = None,
) -> None:
    """Grades a source on the Admiralty scale; every brief of the record then says so."""
    from detente.store import open_record

    if not given and not outlet.endswith(".csv"):
        raise typer.BadParameter("name a grade such as B2, or a .csv table of grades")
    with open_record(record) as opened:
        told = _graded(opened, outlet, given, by, reason)
    say(told)


def _graded(opened: Record, outlet: str, given: str, by: str, reason: str) -> str:
    """Keeps one grade, or all of a table; says what was kept."""
    from detente.ontology.admiralty import grade_from, read_grades

    if given:
        opened.access.grade(outlet, grade_from(given), by=by, reason=reason)
        return f"{outlet} graded {given.upper()}"
    found = read_grades(Path(outlet), by=by)
    for each in found:
        scales = (each.reliability, each.credibility)
        opened.access.grade(each.outlet, scales, by=by, reason=each.reason)
    return f"{len(found)} sources graded"


def grades(
    record: RecordOption = None,
    form: Annotated[FrameFormat, typer.Option("--format", help="Form of the list.")] = (
        FrameFormat.table
    ),
) -> None:
    """The record's outlets with their reports and grades; `not judged` where there is none."""
    from detente.store import open_record

    with open_record(record, read_only=True) as opened:
        frame = _frame(opened)
    if frame.is_empty():
        say("the record holds no reports; add some with: detente add")
    print_frame(frame, form)


def _frame(opened: Record) -> pl.DataFrame:
    from detente.ontology.admiralty import NOT_JUDGED, in_words

    known = opened.access.grades()
    reports = dict(opened.tallies.outlets())
    rows = []
    for outlet in dict.fromkeys((*reports, *known)):
        grade = known.get(outlet)
        rows.append(
            {
                "outlet": outlet or "(no outlet)",
                "reports": reports.get(outlet, 0),
                "grade": grade.code if grade else NOT_JUDGED,
                "meaning": in_words(grade) if grade else "",
                "by": grade.by if grade else "",
                "on": grade.at.date().isoformat() if grade and grade.at else "",
                "reason": grade.reason if grade else "",
            }
        )
    return pl.DataFrame(rows, schema=_COLUMNS)


_COLUMNS = {"outlet": pl.String, "reports": pl.Int64, "grade": pl.String, "meaning": pl.String,
            "by": pl.String, "on": pl.String, "reason": pl.String}  # fmt: skip

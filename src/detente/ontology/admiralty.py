"""The Admiralty scale: how reliable a source is, and how credible what it says, graded apart.

F and 6 mean that it cannot be judged; they are not the worst grades. A source that nobody graded is
``not judged``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from detente.errors import TableError, UnknownName
from detente.ontology.table import packaged, rows
from detente.records import Report, SourceGrade

NOT_JUDGED = "not judged"
#: The outlet of what the program itself reckons: a source of a brief, and none to be graded.
OWN = "Détente"
_GRADE = re.compile(r"\s*([A-Za-z])\s*([0-9])\s*")


@cache
def _scale(name: str) -> Mapping[str, str]:
    table = packaged("detente.ontology", "admiralty.csv")
    found = rows(table, ("scale", "grade", "meaning"))
    return {row["grade"]: row["meaning"] for _, row in found if row["scale"] == name}


def reliability() -> Mapping[str, str]:
    """What A to F mean of a source."""
    return _scale("reliability")


def credibility() -> Mapping[str, str]:
    """What 1 to 6 mean of what it says."""
    return _scale("credibility")


def grade_from(text: str) -> tuple[str, str]:
    """Reliability and credibility from ``B2``.

    Raises:
        UnknownName: if it is no such grade.
    """
    match = _GRADE.fullmatch(text)
    letter, number = (match.group(1).upper(), match.group(2)) if match else ("", "")
    if letter not in reliability() or number not in credibility():
        raise UnknownName(text, "no Admiralty grade; write a letter A to F and a number 1 to 6: B2")
    return letter, number


def in_words(grade: SourceGrade) -> str:
    """``usually reliable, probably true``."""
    return f"{reliability()[grade.reliability]}, {credibility()[grade.credibility]}"


def grade_of(report: Report, grades: Iterable[SourceGrade]) -> SourceGrade | None:
    """How a report's source is graded: by its outlet, else by the report's own address or file."""
    names = [name for name in (report.outlet, report.url, report.path) if name]
    found = {grade.outlet: grade for grade in grades}
    return next((found[name] for name in names if name in found), None)


def graded(report: Report, grades: Iterable[SourceGrade]) -> str:
    """``B2``, or ``not judged``; nothing for our own reckoning."""
    if report.outlet == OWN and not report.url and not report.path:
        return ""
    grade = grade_of(report, grades)
    return grade.code if grade else NOT_JUDGED


def read_grades(path: Path, *, by: str = "") -> tuple[SourceGrade, ...]:
    """Grades from a table ``outlet,grade,reason``; an outlet's last row counts.

    Args:
        path: UTF-8 CSV with that header; ``grade`` as ``B2``.
        by: who graded.

    Raises:
        TableError: at the first bad row.
    """
    found: dict[str, SourceGrade] = {}
    for line, row in rows(path, ("outlet", "grade", "reason")):
        if not row["outlet"]:
            raise TableError(str(path), line, "no outlet")
        try:
            letter, number = grade_from(row["grade"])
        except UnknownName as error:
            raise TableError(str(path), line, str(error)) from None
        found[row["outlet"]] = SourceGrade(
            outlet=row["outlet"],
            reliability=letter,
            credibility=number,
            by=by,
            reason=row["reason"],
        )
    return tuple(found.values())

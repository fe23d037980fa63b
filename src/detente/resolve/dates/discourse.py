"""From when a passage is told: the day of the report, or of the chronology's entry it stands in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from detente.records import Report
from detente.resolve.dates.entries import Entry, entries_of, entry_at
from detente.resolve.dates.expression import TimeExpression
from detente.resolve.dates.grammar import time_expressions


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """What is now where a passage is told: ``first`` to ``last``, a day in a report.

    ``entry`` is the entry of a chronology that gives it, if one does.
    """

    first: date | None
    last: date | None
    entry: TimeExpression | None = None


def now_at(report: Report, at: int) -> Now:
    """From when character ``at`` of a report is told."""
    entry = entry_at(report, at)
    if entry:
        return Now(first=entry.first, last=entry.last, entry=entry.told)
    on = report.published.date() if report.published else None
    return Now(first=on, last=on)


@lru_cache(maxsize=32)
def expressions_of(report: Report) -> tuple[TimeExpression, ...]:
    """The time expressions of a report, each read against the now of where it stands."""
    on = report.published.date() if report.published else None
    found: list[TimeExpression] = []
    at = 0
    for entry in entries_of(report):
        found += _read(report.text, at, entry.told.start, on)
        found += [entry.told, *_of_entry(report.text, entry)]
        at = entry.end
    return tuple(found + _read(report.text, at, len(report.text), on))


def _of_entry(text: str, entry: Entry) -> list[TimeExpression]:
    middle = entry.first + timedelta(days=(entry.last - entry.first).days // 2)
    found = time_expressions(text[entry.start : entry.end], middle, within=entry.told.granule)
    return [_moved(e, entry.start) for e in found]


def _read(text: str, start: int, end: int, on: date | None) -> list[TimeExpression]:
    found = time_expressions(text[start:end], on) if start < end else ()
    return [_moved(e, start) for e in found]


def _moved(expression: TimeExpression, by: int) -> TimeExpression:
    return replace(expression, start=expression.start + by, end=expression.end + by)

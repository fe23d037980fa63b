"""A dyad over time: counts by quad class, the scale, coverage, uncertainty, changes of level."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal, get_args

import numpy as np
import polars as pl
from scipy.special import gammaincinv

from detente.analyse.change_points import change_points
from detente.analyse.occurrences import Occurrence, done
from detente.records import Dyad, DyadSeries, Event, QuadClass

Step = Literal["day", "week", "month"]
QUADS: tuple[QuadClass, ...] = get_args(QuadClass)
#: One column of counts a quad class.
QUAD_COUNTS: dict[str, pl.DataType] = {quad: pl.Int64() for quad in QUADS}
#: Widths of the confidence intervals.
LEVEL = 0.95

SCHEMA = pl.Schema(
    {
        "start": pl.Date(),
        **QUAD_COUNTS,
        "total": pl.Int64(),
        "total_low": pl.Float64(),
        "total_high": pl.Float64(),
        "scale_sum": pl.Float64(),
        "scale_mean": pl.Float64(),
        "scale_error": pl.Float64(),
        "reports": pl.Int64(),
        "per_100_reports": pl.Float64(),
        "change": pl.Boolean(),
    }
)


def series(
    found: Sequence[Occurrence],
    events: Sequence[Event],
    *,
    step: Step = "month",
    first: date | None = None,
    last: date | None = None,
) -> pl.DataFrame:
    """What was done, step by step; steps without events stand with zeros.

    Args:
        found: the occurrences of the dyad (only those done are counted; undated ones are not).
        events: all mentions of the record, from whose reports coverage is counted.
        step: days, weeks (from Monday) or months of the calendar.
        first: first day; default that of the earliest occurrence. ``last`` likewise.

    Returns:
        columns as :data:`SCHEMA`. ``total_low`` and ``total_high`` bound the rate behind the count
        (exact Poisson, Garwood 1936, 95 %); ``scale_error`` is the standard error of the mean
        score; ``per_100_reports`` divides the count by the reports read of that step; ``change``
        marks a new level of the total (see :func:`~detente.analyse.change_points.change_points`).
    """
    dated = [(one.day, one) for one in done(found) if one.day and one.quad]
    days = [day for day, _ in dated]
    if not days and (first is None or last is None):
        return pl.DataFrame(schema=SCHEMA)
    starts = steps_between(first or min(days), last or max(days), step)
    place = {start: number for number, start in enumerate(starts)}
    inside: list[list[Occurrence]] = [[] for _ in starts]
    for day, one in dated:
        if (start := step_start(day, step)) in place:
            inside[place[start]].append(one)
    reports = _reports(events, step)
    rows = [
        _row(start, ones, reports.get(start, 0)) for start, ones in zip(starts, inside, strict=True)
    ]
    changes = change_points(np.array([len(ones) for ones in inside], dtype=np.int64))
    for number, row in enumerate(rows):
        row["change"] = number in changes
    return pl.DataFrame(rows, schema=SCHEMA)


def _row(start: date, ones: Sequence[Occurrence], reports: int) -> dict[str, object]:
    scores = np.array([one.score for one in ones if one.score is not None])
    total = len(ones)
    low, high = poisson_interval(total)
    return {
        "start": start,
        **{quad: sum(one.quad == quad for one in ones) for quad in QUADS},
        "total": total,
        "total_low": low,
        "total_high": high,
        "scale_sum": float(scores.sum()),
        "scale_mean": float(scores.mean()) if total else None,
        "scale_error": float(scores.std(ddof=1) / np.sqrt(total)) if total > 1 else None,
        "reports": reports,
        "per_100_reports": 100 * total / reports if reports else None,
    }


def poisson_interval(count: int, level: float = LEVEL) -> tuple[float, float]:
    """The exact interval of a Poisson rate from one count (Garwood 1936)."""
    tail = (1 - level) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    return low, float(gammaincinv(count + 1, 1 - tail))


def _reports(events: Sequence[Event], step: Step) -> dict[date, int]:
    """Distinct reports of each step, by the day of publication."""
    seen = {(e.coded.trigger.report, e.reported.date()) for e in events if e.reported}
    found: dict[date, int] = {}
    for _, day in seen:
        start = step_start(day, step)
        found[start] = found.get(start, 0) + 1
    return found


def step_start(day: date, step: Step) -> date:
    """The first day of the step that a day falls in."""
    if step == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if step == "week" else day


def steps_between(first: date, last: date, step: Step) -> list[date]:
    """The first days of all steps from that of ``first`` to that of ``last``."""
    starts = [step_start(first, step)]
    width = {"day": 1, "week": 7, "month": 31}[step]
    while True:
        following = step_start(starts[-1] + timedelta(days=width), step)
        if following > last:
            return starts
        starts.append(following)


def dyad_series(
    frame: pl.DataFrame, dyad: Dyad, step: Step, as_of: datetime | None = None
) -> DyadSeries:
    """A series as the value that forecasts and briefs take."""
    return DyadSeries(
        dyad=dyad,
        step=step,
        starts=tuple(frame["start"].to_list()),
        counts={quad: tuple(frame[quad].to_list()) for quad in QUADS},
        scale=tuple(frame["scale_mean"].to_list()),
        as_of=as_of,
    )

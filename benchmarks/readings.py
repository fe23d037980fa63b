"""Readings of a record beside the bare queries of the same rows, by SQL and by Polars.

The record is the made one of the benchmark of the desk, smaller. A reading restores every event
with its words, obeys rulings and times, and adds intervals and coverage; the bare queries count.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import polars as pl

from benchmarks.web import make_record
from detente.analyse.choice import Choice
from detente.analyse.reading import readings

_DYAD = Choice(actor="USA", recipient="RUS")
_SERIES = """
SELECT substr(e.earliest, 1, 7) AS month, e.event_type, count(*)
FROM events e JOIN current_codings c ON c.coding = e.coding
JOIN event_parties a ON a.event = e.seq AND a.side = 'actor' AND a.party = 'USA'
JOIN event_parties r ON r.event = e.seq AND r.side = 'recipient' AND r.party = 'RUS'
GROUP BY 1, 2 ORDER BY 1, 2
"""
_ALL = """
SELECT e.earliest, e.event_type, e.outlet, a.party AS actor, r.party AS recipient
FROM events e JOIN current_codings c ON c.coding = e.coding
JOIN event_parties a ON a.event = e.seq AND a.side = 'actor'
JOIN event_parties r ON r.event = e.seq AND r.side = 'recipient'
"""


def measure(reports: int = 2_000, times: int = 5) -> dict[str, Any]:
    """Milliseconds and ratios, medians of ``times``.

    Args:
        reports: of the record, ten events each.
        times: how often each reading and query is asked for, in turn.
    """
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "made.db"
        make_record(path, reports)
        asked = _asked(path)
        taken: dict[str, list[float]] = {what: [] for what in asked}
        for _ in range(times):
            for what, ask in asked.items():
                began = time.perf_counter()
                ask()
                taken[what].append(1000 * (time.perf_counter() - began))
    ms = {what: median(of) for what, of in taken.items()}
    return {
        "events": reports * 10,
        "ms": {what: round(of, 1) for what, of in ms.items()},
        "opening_to_bare_rows": round(ms["opened"] / ms["every row by SQL"], 1),
        "series_to_bare_polars": round(ms["series"] / ms["series by Polars"], 2),
        "series_to_bare_sql": round(ms["series"] / ms["series by SQL"], 2),
        "load": round(os.getloadavg()[0], 1),
    }


def _asked(path: Path) -> dict[str, Callable[[], object]]:
    reading = readings(str(path))
    assert reading.occurrences  # made once, like the frame below
    link = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    frame = pl.DataFrame(
        link.execute(_ALL).fetchall(),
        schema=["earliest", "event_type", "outlet", "actor", "recipient"],
        orient="row",
    )
    dyad = (pl.col("actor") == "USA") & (pl.col("recipient") == "RUS")
    month = pl.col("earliest").str.slice(0, 7)
    return {
        "opened": lambda: readings(str(path)).occurrences,
        "opened as of a day": lambda: (
            readings(str(path), as_of=datetime(2016, 1, 1, tzinfo=UTC)).occurrences
        ),
        "every row by SQL": lambda: link.execute(_ALL).fetchall(),
        "series": lambda: reading.series(_DYAD),
        "series by SQL": lambda: link.execute(_SERIES).fetchall(),
        "series by Polars": lambda: (
            frame.filter(dyad).group_by(month.alias("month"), "event_type").len().sort("month")
        ),
        "chronology": lambda: reading.chronology(_DYAD),
        "network": reading.network,
        "agreements": reading.agreements,
        "claims": reading.claims,
    }

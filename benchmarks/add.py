"""``detente add`` beside the same coding without a record, and beside bare inserts of its rows."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.apart import timed
from benchmarks.texts import articles
from benchmarks.web import made_reports
from detente import pipeline, recording
from detente.store import open_record

#: Tables of the search index's own, and of SQLite's: no rows of ours.
_INNER = ("report_words", "sqlite_")
_MADE = """
SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'index', rowid
"""


def measure(reports: int = 80, made: int = 600) -> dict[str, Any]:
    """Files into a new record: against coding alone, bare inserts, and a second time.

    Args:
        reports: distinct articles that are read, coded and added.
        made: reports of ten ready events each that are added to see whether a longer record slows
            the next report.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        news = _written(folder / "news", reports)
        _coded(news)  # tables and model loaded
        code_wall, code_cpu = timed(lambda: _coded(news))
        add_wall, add_cpu = timed(lambda: _added(news, folder / "a.db"))
        again_wall, _ = timed(lambda: _added(news, folder / "a.db"))
        store_wall, rows = _stored(news, folder / "b.db")
        bare_wall, _ = timed(lambda: _inserted(folder / "b.db", folder / "c.db", reports))
        size = (folder / "b.db").stat().st_size
        return {
            "reports": reports,
            "rows": rows,
            "add_to_code": round(add_wall / code_wall, 3),
            "add_to_code_cpu": round(add_cpu / code_cpu, 3),
            "again_to_add": round(again_wall / add_wall, 3),
            "store_to_bare_inserts": round(store_wall / bare_wall, 2),
            "ms_a_report_code": round(1000 * code_wall / reports, 1),
            "ms_a_report_store": round(1000 * store_wall / reports, 1),
            "ms_a_report_bare_inserts": round(1000 * bare_wall / reports, 1),
            "bytes_a_report": size // reports,
            "last_quarter_to_second_quarter": _growth(folder / "d.db", made),
            "load": round(os.getloadavg()[0], 1),
        }


def _written(folder: Path, reports: int) -> Path:
    folder.mkdir()
    for number, text in enumerate(articles()[:reports]):
        (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")
    return folder


def _coded(news: Path) -> int:
    return sum(len(events) for _, events in pipeline.read_code_resolve([news], []))


def _added(news: Path, path: Path) -> int:
    with open_record(path) as record:
        return sum(each.events for each in recording.add(record, [news], []))


def _stored(news: Path, path: Path) -> tuple[float, int]:
    """Seconds of storing alone: comparison with copies, grouping and writing; rows written."""
    coded = list(pipeline.read_code_resolve([news], []))
    with open_record(path) as record:
        seconds, _ = timed(lambda: [record.add(report, events) for report, events in coded])
    with sqlite3.connect(path) as link:
        return seconds, sum(len(of) for _, of in _rows(link))


def _rows(link: sqlite3.Connection) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """Each table of the record with its rows."""
    names = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
    for (name,) in link.execute(names).fetchall():
        if not name.startswith(_INNER):
            yield name, link.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - a name


def _inserted(source: Path, path: Path, transactions: int) -> None:
    """The same rows into the same tables and indexes, in as many transactions, by sqlite3 alone."""
    with sqlite3.connect(source) as link:
        made = [sql for name, sql in link.execute(_MADE) if not name.startswith(_INNER)]
        rows = list(_rows(link))
    bare = sqlite3.connect(path, isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    for sql in made:
        bare.execute(sql)
    for part in range(transactions):
        bare.execute("BEGIN IMMEDIATE")
        for name, of in rows:
            some = of[part * len(of) // transactions : (part + 1) * len(of) // transactions]
            if some:
                marks = ", ".join("?" * len(some[0]))
                bare.executemany(f"INSERT INTO {name} VALUES ({marks})", some)  # noqa: S608
        bare.execute("COMMIT")
    bare.close()


def _growth(path: Path, reports: int) -> float:
    """What a report of the last quarter costs to one of the second, in medians."""
    taken: list[float] = []
    with open_record(path) as record:
        for report, events in made_reports(reports):
            began = time.perf_counter()
            record.add(report, events)
            taken.append(time.perf_counter() - began)
    quarter = reports // 4
    return round(median(taken[-quarter:]) / median(taken[quarter : 2 * quarter]), 2)

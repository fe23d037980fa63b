"""Parquet tables as input: their columns, what is refused and how."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from detente.errors import UnreadableReport
from detente.read import columns as module
from detente.read import read_paths
from detente.records import Report

TEXTS = [f"Report {n}. Russia left the treaty on Monday, its minister said." for n in range(5)]


def _found(path: Path) -> list[Report | UnreadableReport]:
    return list(read_paths([path]))


def test_a_row_is_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROWS", 2)
    days = [date(2018, 5, n) for n in range(1, 6)]
    table = pl.DataFrame(
        {"content": TEXTS, "headline": [f"T{n}" for n in range(5)], "date": days, "rank": range(5)}
    )
    table.with_columns(outlet=pl.lit("Wire"), url=pl.lit("https://wire.example/1")).write_parquet(
        tmp_path / "news.parquet"
    )
    found = [r for r in _found(tmp_path) if isinstance(r, Report)]
    assert [r.text for r in found] == TEXTS
    assert [r.title for r in found] == ["T0", "T1", "T2", "T3", "T4"]
    assert found[4].published == datetime(2018, 5, 5, tzinfo=UTC)
    assert (found[0].outlet, found[0].url) == ("Wire", "https://wire.example/1")


def test_the_same_as_json_lines(tmp_path: Path) -> None:
    table = pl.DataFrame({"text": TEXTS, "published": ["2018-05-01T12:00:00Z"] * 5})
    table.write_parquet(tmp_path / "a.parquet")
    table.write_ndjson(tmp_path / "a.jsonl")
    ids = [
        [r.id for r in _found(tmp_path / n) if isinstance(r, Report)]
        for n in ("a.parquet", "a.jsonl")
    ]
    assert ids[0] == ids[1] != []


def test_a_table_without_text_says_which_columns_it_needs(tmp_path: Path) -> None:
    pl.DataFrame({"title": ["a"], "when": [1]}).write_parquet(tmp_path / "a.parquet")
    (error,) = _found(tmp_path / "a.parquet")
    assert isinstance(error, UnreadableReport)
    assert "has title, when; needs one of text, content" in str(error)


def test_empty_rows_are_refused_by_number_and_fail_nothing_else(tmp_path: Path) -> None:
    pl.DataFrame({"text": [TEXTS[0], None, TEXTS[1]]}).write_parquet(tmp_path / "a.parquet")
    first, error, last = _found(tmp_path / "a.parquet")
    assert isinstance(first, Report) and isinstance(last, Report)
    assert "row 2" in str(error)


@pytest.mark.parametrize("keep", [0, 3, 50, -20])
def test_a_damaged_table_is_one_line(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"text": TEXTS}).write_parquet(path)
    path.write_bytes(path.read_bytes()[:keep])
    (error,) = _found(path)
    assert isinstance(error, UnreadableReport)
    assert "\n" not in str(error)


def test_bytes_turned_over_crash_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"text": TEXTS}).write_parquet(path)
    whole = path.read_bytes()
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        assert all(isinstance(f, Report | UnreadableReport) for f in _found(path))

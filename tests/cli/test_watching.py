"""Feeds watched: what is new is kept once, and the state is saved only after that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from detente import pipeline, watching
from detente.errors import UnreadableReport
from detente.read.polling import Watch
from detente.records import Report
from detente.store import open_record

OPML = '<opml version="2.0"><body><outline xmlUrl="https://example.org/feed"/></body></opml>'
REPORT = Report(
    id="a1",
    text="The ministers met in Vienna.",
    url="https://example.org/1",
    published=datetime(2018, 10, 1, tzinfo=UTC),
)


def test_each_round_keeps_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    feeds = tmp_path / "feeds.opml"
    feeds.write_text(OPML)
    slept: list[float] = []

    class Stop(Event):
        def wait(self, timeout: float | None = None) -> bool:
            slept.append(timeout or 0.0)
            return False

    def round_(self: Watch) -> Iterator[Report | UnreadableReport]:
        assert list(self.states) == ["https://example.org/feed"]
        yield REPORT
        yield UnreadableReport("https://example.org/2", "gone")

    monkeypatch.setattr(Watch, "round", round_)
    monkeypatch.setattr(pipeline, "code", lambda reports, processes: ((r, ()) for r in reports))
    refused: pipeline.Refusals = []
    with open_record(tmp_path / "a.db") as record:
        added = list(watching.watch(record, feeds, refused, rounds=2, stop=Stop()))
        assert [a.report.id for a in added] == ["a1"] and added[0].new
        assert record.view().report("a1") == REPORT
    assert len(refused) == 2 and len(slept) == 1
    assert (tmp_path / "feeds.opml.state.json").exists()


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.opml"
    with open_record(tmp_path / "a.db") as record:
        with pytest.raises(UnreadableReport, match="No such file"):
            list(watching.watch(record, feeds, []))
        feeds.write_text("<html></html>")
        with pytest.raises(UnreadableReport, match="OPML"):
            list(watching.watch(record, feeds, []))

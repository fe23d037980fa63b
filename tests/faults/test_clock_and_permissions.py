"""The clock put back, and rights lost in mid-run: said in one line, nothing lost or doubled."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from detente.errors import DetenteError, InputError, RecordError, UnreadableReport
from detente.exchange import write_events
from detente.read import published as dates
from detente.read import read_paths
from detente.read.polling import FeedState, load_states, save_states
from detente.records import Report, Ruling, fingerprint
from detente.spread import parts_of, write_part
from detente.store import open_record, record
from tests.store.reports import held, plan

# What the functions below import late, an unprivileged user may not be allowed to read.
import_module("detente.coding.processes")

NOBODY = 65534
TEXT = "Norland recalled its envoy on Monday, the foreign ministry said.\n"


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder of a user who is bound by the rights of files, as root is not."""
    with TemporaryDirectory() as folder:
        path = Path(folder)
        if os.geteuid() != 0:
            yield path
            return
        os.chown(path, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        try:
            yield path
        finally:
            os.seteuid(0)


@contextmanager
def without(path: Path, mode: int) -> Iterator[None]:
    """The file or folder with fewer rights, for a while."""
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        yield
    finally:
        path.chmod(before)


def check_said(error: DetenteError, path: Path) -> None:
    assert str(path) in str(error) and "\n" not in str(error)


def test_a_record_that_may_no_longer_be_written_loses_nothing(place: Path) -> None:
    path = place / "a.db"
    with open_record(path) as opened:
        assert opened.add(*plan())
        with without(path, 0o400), without(place, 0o500), pytest.raises(RecordError) as told:
            opened.add(*held())
        check_said(told.value, path)
        assert len(list(opened.view().reports())) == 1
        assert opened.add(*held())
        opened.check()
    with without(path, 0o000), pytest.raises(RecordError) as told:
        open_record(path)
    check_said(told.value, path)
    with open_record(path) as opened:
        assert not opened.add(*held()) and len(list(opened.view().reports())) == 2


def test_a_report_that_may_no_longer_be_read_is_named(place: Path) -> None:
    for name in "abc":
        (place / f"{name}.txt").write_text(f"{TEXT}Note {name}.\n", encoding="utf-8")
    reading = read_paths([place])
    assert isinstance(next(reading), Report)
    with without(place / "b.txt", 0o000):
        refused, last = reading
    assert isinstance(refused, UnreadableReport) and isinstance(last, Report)
    check_said(refused, place / "b.txt")
    assert "Permission denied" in str(refused)


class _Silent:
    def code_then(self, reports: object, then: object) -> Iterator[object]:
        del reports, then
        return iter(())


def test_what_may_not_be_written_leaves_what_was_there(place: Path) -> None:
    states, events, parts = place / "states.json", place / "events.csv", place / "parts"
    report = place / "a.txt"
    report.write_text(TEXT, encoding="utf-8")
    parts.mkdir()
    save_states(states, {"https://a.example": FeedState(url="https://a.example")})
    write_events("csv", plan()[1], events)
    before = states.read_bytes(), events.read_bytes()
    (part,) = parts_of([report], [])
    with without(place, 0o500), without(parts, 0o500):
        for path, write in (
            (states, lambda: save_states(states, {})),
            (events, lambda: write_events("csv", held()[1], events)),
            (parts, lambda: write_part(_Silent(), part, parts, None)),
        ):
            with pytest.raises(InputError) as told:
                write()
            check_said(told.value, path)
    assert (states.read_bytes(), events.read_bytes()) == before
    assert load_states(states, ["https://a.example"])["https://a.example"].url
    assert not list(parts.iterdir()) and len(list(place.iterdir())) == 4


def test_what_was_ruled_last_counts_though_the_clock_was_put_back(tmp_path: Path) -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    report, (event,) = plan()

    def ruled(kind: str, at: datetime) -> Ruling:
        name = fingerprint(kind, event.id, at.isoformat())
        return Ruling(id=name, target=event.id, kind=kind, by="Ada", at=at, reason="seen")

    with open_record(tmp_path / "a.db") as opened:
        opened.add(report, (event,), at=noon)
        opened.rule(ruled("reject", noon))
        assert not list(opened.view().events())
        opened.rule(ruled("confirm", noon - timedelta(days=900)))
        assert [e.id for e in opened.view().events()] == [event.id]


def test_an_add_after_the_clock_was_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_record(tmp_path / "a.db") as opened:
        opened.add(*plan())
        monkeypatch.setattr(record, "now", lambda: datetime(1999, 1, 1, tzinfo=UTC))
        assert opened.add(*held()) and not opened.add(*plan())
        assert len(list(opened.view().reports())) == 2
        assert len(list(opened.view(datetime(2018, 10, 25, tzinfo=UTC)).reports())) == 1


def test_a_report_of_tomorrow_is_read_when_the_clock_is_right_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Date: 2018-10-24\nOutlet: Wire\n\n{TEXT}", encoding="utf-8")
    with monkeypatch.context() as put_back:
        put_back.setattr(dates, "now", lambda: datetime(1999, 1, 1, tzinfo=UTC))
        (refused,) = read_paths([path])
        assert isinstance(refused, UnreadableReport)
        assert "2018-10-24 lies in the future" in refused.reason
    (report,) = read_paths([path])
    assert isinstance(report, Report)

"""Imported events: kept apart, kept once, read back equal, counted in the database."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from detente.exchange import RepairLog, read_events, write_events
from detente.records import Event, Ruling
from detente.store import EventFilter, Record, imports
from tests.exchange.made import gdelt_rows

from .reports import plan


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = tmp_path / "made.CSV"
    path.write_text("".join(f"{row}\n" for row in gdelt_rows(3000)), encoding="utf-8")
    return path


def events_of(path: Path) -> list[Event]:
    return list(read_events(path, RepairLog()))


def taken(record: Record, path: Path) -> tuple[int, int]:
    told = list(record.add_imported(read_events(path, RepairLog()), source=path.name))
    return sum(t.kept for t in told), sum(t.known for t in told)


def test_imports_come_back_equal_once_and_apart(
    record: Record, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "CHUNK", 700)
    record.add(*plan())
    assert taken(record, made) == (3000, 0)
    assert taken(record, made) == (0, 3000)
    view = record.view()
    assert list(view.events(origin="gdelt2")) == events_of(made)
    assert len(list(view.events())) == 1 and len(list(view.events(origin=None))) == 3001
    assert view.counts()["imported gdelt2"] == 3000 and view.counts()["incidents"] == 1
    assert view.has_origin("gdelt2") and not view.has_origin("icews")
    write_events("gdelt2", view.events(origin="gdelt2"), tmp_path / "out.CSV")
    assert (tmp_path / "out.CSV").read_bytes() == made.read_bytes()


def test_filters_cursors_and_counts(record: Record, made: Path) -> None:
    taken(record, made)
    view = record.view()
    wanted = EventFilter(actor="USA", recipient="RUS", first=date(2015, 1, 1))
    found = list(view.events(wanted, origin="gdelt2"))
    assert found == [e for e in events_of(made) if wanted.fits(e)] and found
    pages, cursor = [], ""
    while True:
        page = view.page(wanted, origin="gdelt2", limit=4, cursor=cursor)
        pages += page.events
        cursor = page.following
        if not cursor:
            break
    assert pages == found
    counted = Counter((str(e.when.earliest), e.coded.event_type) for e in found)
    told = view.day_counts("USA", "RUS", first=date(2015, 1, 1))
    assert {(str(c.day), c.event_type): c.count for c in told} == counted


def test_as_of_hides_what_was_added_later(record: Record, made: Path) -> None:
    taken(record, made)
    moment = datetime(2016, 1, 1, tzinfo=UTC)
    seen = list(record.view(moment).events(origin="gdelt2"))
    known = [e for e in events_of(made) if e.reported is not None and e.reported <= moment]
    assert seen == known and 0 < len(seen) < 3000
    counts = record.view(moment).day_counts("USA", "RUS")
    assert all(c.day <= moment.date() for c in counts) and counts


def test_rulings_reach_imported_events(record: Record, made: Path) -> None:
    taken(record, made)
    event = events_of(made)[5]
    ruling = Ruling(id="r1", target=event.id, kind="reject", by="Ada",
                    at=datetime.now(UTC), reason="x")  # fmt: skip
    record.rule(ruling)
    ids = {e.id for e in record.view().events(origin="gdelt2")}
    assert event.id not in ids and len(ids) == 2999
    assert record.view().unmatched_rulings() == ()


def test_an_event_of_several_countries_counts_for_each(record: Record, made: Path) -> None:
    first, second = events_of(made)[:2]
    both = replace(first, actor=(*first.actor, *second.actor))
    list(record.add_imported([both], source="x"))
    for participant in both.actor:
        wanted = EventFilter(actor=participant.entity.country or participant.entity.id)
        assert list(record.view().events(wanted, origin="gdelt2")) == [both]


def test_a_dyads_series_is_read_in_well_under_a_second(record: Record, made: Path) -> None:
    taken(record, made)
    start = time.perf_counter()
    record.view().day_counts("USA", "RUS")
    assert time.perf_counter() - start < 1.0

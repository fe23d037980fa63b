"""A ruling shows in every table, export and page; read as of the day before, in none of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import detente
from detente import recording
from detente.analyse import Choice
from detente.analyse.reading import Reading
from detente.assess.occurrences import occurrences_of
from detente.errors import InputError
from detente.exchange import EVENT_FORMATS
from detente.records import Agreement, Event, Place, Report, Ruling
from detente.store import Record, open_record
from detente.web.app import make_app
from detente.web.settings import Settings
from tests.store.reports import told

BEFORE = datetime(2020, 1, 1, tzinfo=UTC)
RULED = datetime(2020, 6, 1, tzinfo=UTC)
#: Told of Chile and Peru only; everything else is of the United States and Russia.
TREATY = Agreement(id="x-treaty", name="Treaty of Xanadu", signed="2010-01-01")
HARBOUR = Place(name="Valparaiso", country="CHL", lat=-33.0, lon=-71.6, resolution="city")
MARKS = ("CHL", "x-treaty", "Valparaiso")

TABLES: dict[str, Callable[[Reading], object]] = {
    "chronology": lambda r: r.chronology().write_ndjson(),
    "series": lambda r: [r.series(Choice(actor="CHL", recipient="PER")).write_ndjson(), "CHL"],
    "network": lambda r: r.network().write_ndjson(),
    "places": lambda r: r.places().write_ndjson(),
    "agreements": lambda r: r.agreements().write_ndjson(),
    "claims": lambda r: r.claims().write_ndjson(),
    "plans": lambda r: r.plans().write_ndjson(),
    "follow-through": lambda r: r.follow_through().write_ndjson(),
    "what forecasts learn from": lambda r: occurrences_of(r.chosen()),
}
PAGES = (
    "/chronology.json",
    "/chronology.json?agreement=x-treaty",
    "/chronology.feed",
    "/chronology.atom",
    "/dyads.json",
    "/dyads/CHL/PER.json",
    "/actors.json",
    "/actors/PER.json",
    "/agreements.json",
    "/agreements/x-treaty.json",
    "/map.json",
)


def made(country: str, other: str, **rest: object) -> Iterator[tuple[Report, tuple[Event, ...]]]:
    """What was done, what is claimed and what is planned between two."""
    text = f"{country} expelled envoys of {other}."
    yield told(text, "expelled", [country], [other], type="SANCTION", mode="expel",
               on="2018-03-26", told="2018-03-27", **rest)  # fmt: skip
    text = f"{country} attacked ships of {other}, it was said."
    yield told(text, "attacked", [country], [other], type="ASSAULT", status="alleged",
               on="2018-04-01", told="2018-04-02", **rest)  # fmt: skip
    text = f"{country} is to meet {other}."
    yield told(text, "meet", [country], [other], type="AGREE", act="CONSULT", status="planned",
               on="2019-05-01", told="2018-04-03", **rest)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "detente.db"
    with open_record(place) as record:
        for report, (event,) in made("CHL", "PER", agreement=TREATY):
            assert record.add(report, (replace(event, where=HARBOUR),))
        for report, events in made("USA", "RUS", agreement=Agreement(id="y", name="Y"), at="Paris"):
            assert record.add(report, events)
    return place


def theirs(record: Record) -> list[Event]:
    return [e for e in record.view(BEFORE).events() if e.actor[0].entity.country == "CHL"]


def rule(record: Record, kind: str, **changes: str) -> None:
    for event in theirs(record):
        ruling = Ruling(
            id=f"{kind} {event.id}",
            target=event.id,
            kind=kind,  # type: ignore[arg-type]
            changes=changes,
            by="Ada",
            at=RULED,
            reason="as it says",
        )
        assert record.rule(ruling)


def tables(path: Path, as_of: datetime | None) -> dict[str, str]:
    """Every table of a record as text; nothing where there is nothing to show."""
    reading, found = detente.readings(path, as_of=as_of), {}
    for name, table in TABLES.items():
        try:
            found[name] = str(table(reading))
        except InputError:
            found[name] = ""
    return found


def exports(path: Path, folder: Path, as_of: datetime | None) -> dict[str, str]:
    """Every export of a record's events, as text."""
    found = {}
    with open_record(path, read_only=True) as record:
        for name in EVENT_FORMATS:
            out = folder / f"{name}.out"
            list(recording.export(record.view(as_of), name, out))
            found[name] = out.read_bytes().decode("latin-1")
    return found


def pages(path: Path) -> dict[str, str]:
    app = make_app(path, Settings(fresh=0.0))
    with TestClient(app, base_url="http://testserver") as client:
        return {page: client.get(page).text for page in PAGES}


def marked(texts: dict[str, str], marks: tuple[str, ...] = MARKS) -> set[str]:
    """Where any of the marks stands, but for what a page repeats of its own address."""
    return {name for name, text in texts.items() if any(mark in text for mark in marks)}


def test_what_is_rejected_is_in_no_reading(path: Path, tmp_path: Path) -> None:
    everywhere = marked(tables(path, None)), marked(exports(path, tmp_path, None))
    assert everywhere == (set(TABLES), set(EVENT_FORMATS))
    assert marked(pages(path)) == set(PAGES)
    with open_record(path) as record:
        rule(record, "reject")
    assert marked(tables(path, None)) == set()
    assert marked(exports(path, tmp_path, None)) == set()
    shown = pages(path)
    dyad = json.loads(shown.pop("/dyads/CHL/PER.json"))
    assert dyad["series"] == dyad["latest"] == []
    assert marked(shown) - {"/chronology.json?agreement=x-treaty"} == {"/agreements/x-treaty.json"}
    assert "no agreement" in shown["/agreements/x-treaty.json"]
    past = marked(tables(path, BEFORE)), marked(exports(path, tmp_path, BEFORE))
    assert past == everywhere


def test_what_is_amended_is_in_every_reading_as_amended(path: Path, tmp_path: Path) -> None:
    before = pages(path)
    with open_record(path) as record:
        rule(
            record, "amend", recipient="BOL", status="done", agreement="inf-treaty", date="2018-07"
        )
    found = tables(path, None)
    assert {n for n in ("claims", "plans", "follow-through") if "CHL" in found[n]} == set()
    assert "PER" not in found["network"] and "BOL" in found["network"]
    assert "inf-treaty" in found["agreements"] and "x-treaty" not in found["agreements"]
    assert "BOL" in found["chronology"] and "BOL" in found["what forecasts learn from"]
    shown = pages(path)
    assert "BOL" in shown["/chronology.json"] and "BOL" in shown["/dyads.json"]
    assert not json.loads(shown["/dyads/CHL/PER.json"])["latest"]
    assert before["/map.json"] != shown["/map.json"]
    assert "BOL" not in str(tables(path, BEFORE)) + str(exports(path, tmp_path, BEFORE))


def test_what_is_merged_counts_once(path: Path) -> None:
    def counted(as_of: datetime | None) -> int:
        return int(detente.readings(path, as_of=as_of).network().filter(actor="CHL")["total"][0])

    with open_record(path) as record:
        rule(record, "amend", status="done")
        first, *others = (record.lookup().tellings([e.id]) for e in theirs(record))
        assert counted(None) == 3
        (target,) = {told.incident.id for told in first.values()}
        names = [told.incident.id for one in others for told in one.values()]
        merge = Ruling(id="merge", target=target, kind="merge", changes={"with": ";".join(names)},
                       by="Ada", at=RULED.replace(month=7), reason="one")  # fmt: skip
        assert record.rule(merge)
        series = json.loads(pages(path)["/dyads/CHL/PER.json"])["series"]
        assert sum(month["total"] for month in series) == counted(None) == 1
        assert counted(RULED) == 3 and record.tallies.totals()["incidents"] == 4

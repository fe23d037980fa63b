"""add, review, rule, recode, import and export as a person runs them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from detente import recording
from detente.cli import app
from detente.errors import DetenteError
from detente.records import Ruling
from detente.store import open_record
from detente.store.reviewing import most_needful
from tests.exchange.made import gdelt_rows

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples" / "inf-treaty").glob("2018-0[37]*.txt"))[:3]


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DETENTE_RECORD", str(tmp_path / "detente.db"))
    monkeypatch.setenv("DETENTE_ANALYST", "Ada")
    return tmp_path / "detente.db"


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    folder = tmp_path / "dossier"
    folder.mkdir()
    for path in SAMPLES:
        shutil.copy(path, folder)
    return folder


def run(*words: str | Path, keys: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(w) for w in words], input=keys)


def test_adding_twice_adds_nothing_and_bad_input_is_named(record: Path, dossier: Path) -> None:
    (dossier / "empty.txt").write_text("")
    first = run("add", dossier)
    assert first.exit_code == 1 and "empty.txt" in first.stderr
    assert first.stdout.startswith("3 reports added with ")
    again = run("add", dossier, "--format", "jsonl")
    lines = [json.loads(line) for line in again.stdout.splitlines()]
    assert [line["new"] for line in lines] == [False, False, False]
    assert "0 reports added with 0 events, 3 known, 1 refused" in again.stderr


def test_rulings_by_script_and_by_key(record: Path, dossier: Path) -> None:
    run("add", dossier)
    listed = [json.loads(line) for line in run("review", "--format", "jsonl").stdout.splitlines()]
    needs = [line["need"] for line in listed]
    assert needs == sorted(needs, reverse=True) and len(listed) > 3
    first, second, third = (line["event"] for line in listed[:3])
    ruled = run("rule", "reject", first, "--reason", "no event")
    assert ruled.exit_code == 0 and "kept" in ruled.stderr
    assert "before" in run("rule", "reject", first, "--reason", "no event").stderr
    keys = "wwell read\ncastatus=perhaps\nastatus=denied, date=2018-07-04\nq"
    walked = run("review", keys=keys)
    assert walked.exit_code == 0 and "no status" in walked.output
    assert "2 events looked at: 1 amended, 1 confirmed" in walked.stderr
    with open_record(record) as opened:
        rulings = opened.view().rulings()
        assert [r.kind for r in rulings] == ["reject", "confirm", "amend"]
        assert {r.by for r in rulings} == {"Ada"}
        assert [r.target for r in rulings] == [first, second, third]
        assert rulings[1].reason == "well read"
        assert rulings[2].changes == {"status": "denied", "date": "2018-07-04"}


def kept(record: Path) -> list[Ruling]:
    with open_record(record) as opened:
        return list(opened.view().rulings())


def test_what_is_taken_back_in_time_is_no_ruling(record: Path, dossier: Path) -> None:
    run("add", dossier)
    events = [
        json.loads(x)["event"] for x in run("review", "--format", "jsonl").stdout.splitlines()
    ]
    walked = run("review", keys="ruc ru x?q")  # rejected, taken back, confirmed, skipped; likewise
    assert "taken back" in walked.output and "does nothing" in walked.output
    assert [(r.kind, r.target) for r in kept(record)] == [("confirm", events[0])]
    assert "3 events looked at: 1 confirmed, 2 skipped, " in walked.stderr


def test_merging_and_splitting_by_number(record: Path, dossier: Path) -> None:
    run("add", dossier)
    with open_record(record) as opened:
        before = opened.tallies.totals()["incidents"]
        (first, *_), lookup = most_needful(opened.tallies, opened.lookup(), 1), opened.lookup()
        other = next(t for t in lookup.page().told if t.incident.id != first.incident.id)
    walked = run("review", "--limit", "1", keys=f"m{other.incident.id}\nq")
    assert "merged; u takes it back" in walked.output
    with open_record(record) as opened:
        assert opened.tallies.totals()["incidents"] == before - 1
    run("rule", "split", first.incident.id, "--reason", "two", "--set", f"events={first.event.id}")
    with open_record(record) as opened:
        told = opened.lookup().tellings([first.event.id, other.mentions[0].id])
        assert len({one.incident.id for one in told.values()}) == 2


def test_saying_the_contrary_and_then_the_first_again_counts(record: Path, dossier: Path) -> None:
    run("add", dossier)
    event = json.loads(run("review", "--format", "jsonl").stdout.splitlines()[0])["event"]
    for kind in ("reject", "confirm", "reject"):
        assert ": kept" in run("rule", kind, event, "--reason", "so").stderr
    assert "before" in run("rule", "reject", event, "--reason", "so").stderr
    assert [r.kind for r in kept(record)] == ["reject", "confirm", "reject"]
    with open_record(record) as opened:
        assert opened.lookup().event(event).rejected


def test_nothing_is_ruled_where_there_is_no_record(record: Path) -> None:
    for words in (["review"], ["rule", "reject", "x", "--reason", "y"], ["recode"]):
        assert "no record yet" in str(run(*words).exception)
    assert not record.exists()


def test_a_stop_says_what_is_kept(
    record: Path, dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = recording.keep

    def stopped(*given: Any) -> Iterator[recording.Added]:
        for number, added in enumerate(whole(*given)):
            if number == 2:
                raise KeyboardInterrupt
            yield added

    monkeypatch.setattr(recording, "keep", stopped)
    first = run("add", dossier)
    assert first.exit_code == 130 and "stopped: 2 reports added with " in first.stderr
    monkeypatch.undo()
    monkeypatch.setenv("DETENTE_RECORD", str(record))
    again = run("add", dossier)
    assert "0 reports added with 0 events, 3 known" in again.stdout  # one more than was told


def test_what_cannot_be_ruled_is_one_line(record: Path, dossier: Path) -> None:
    run("add", dossier)
    failed = run("rule", "confirm", "nothing", "--reason", "x")
    assert failed.exit_code == 1 and isinstance(failed.exception, DetenteError)
    assert run("rule", "amend", "x", "--reason", "y", "--set", "status").exit_code == 2


def test_recode_changes_nothing_where_nothing_changed(record: Path, dossier: Path) -> None:
    run("add", dossier)
    shown = run("recode")
    assert shown.stdout == "0 changes in 0 reports\n" and "nothing was changed" in shown.stderr


def test_import_says_what_it_kept_and_refused(record: Path, tmp_path: Path) -> None:
    path, log = tmp_path / "a.CSV", tmp_path / "repair.jsonl"
    path.write_text("\n".join([*gdelt_rows(40), "bad\trow"]) + "\n")
    first = run("import", path, tmp_path / "none.CSV", "--repair-log", log)
    assert first.exit_code == 1
    assert f"{path}: 41 rows: 40 kept, 0 known, 1 refused" in first.stdout
    assert "none.CSV: no such file" in first.stderr and "2 columns, not" in first.stderr
    assert json.loads(log.read_text())["line"] == 41
    again = run("import", path, "--format", "jsonl", "--from", "gdelt2")
    told = json.loads(again.stdout)
    assert (told["kept"], told["known"], told["refused"]) == (0, 40, 1)


def test_what_was_imported_goes_out_equal(record: Path, tmp_path: Path) -> None:
    path, out = tmp_path / "a.CSV", tmp_path / "out.CSV"
    path.write_text("\n".join(gdelt_rows(40)) + "\n")
    assert run("import", path).exit_code == 0
    assert run("export", "gdelt2", "-o", out).exit_code == 0
    assert out.read_text() == path.read_text() == run("export", "gdelt2").stdout
    assert run("export", "gdelt2", "--as-of", "2013-01-01").stdout == ""


@pytest.mark.parametrize("name", ["plover", "csv", "geojson", "timelinejs", "stix", "bibtex"])
def test_our_own_goes_out_in_other_forms(record: Path, dossier: Path, name: str) -> None:
    run("add", dossier)
    written = run("export", name)
    assert written.exit_code == 0 and len(written.stdout.splitlines()) > 3


def test_export_needs_a_record_and_a_known_format(record: Path, dossier: Path) -> None:
    assert "no record yet" in str(run("export", "csv").exception)
    run("add", dossier)
    assert "fax" in str(run("export", "fax").exception)

"""grade, grades and brief --grades as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from detente.cli import app
from detente.errors import DetenteError
from detente.store import open_record

TEXT = "Trump met Putin in Helsinki on 16 July 2018. Trump praised Putin, the Kremlin said.\n"


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DETENTE_RECORD", str(tmp_path / "detente.db"))
    monkeypatch.setenv("DETENTE_ANALYST", "Ada")
    (tmp_path / "wire.txt").write_text(TEXT)
    return tmp_path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(w) for w in words])


def source(brief: Path) -> dict[str, object]:
    found = json.loads(brief.read_text(encoding="utf-8"))["sources"][0]
    assert isinstance(found, dict)
    return found


def test_a_grade_given_by_hand_reaches_the_record_s_briefs(record: Path) -> None:
    report, out = record / "wire.txt", record / "out.json"
    assert run("add", report, "--published", "2018-07-17").exit_code == 0
    assert run("brief", "-o", out).exit_code == 0
    assert source(out)["grade"] == "not judged"
    graded = run("grade", report, "b2", "--reason", "long checked")
    assert (graded.exit_code, graded.stderr) == (0, f"{report} graded B2\n")
    assert run("brief", "-o", out).exit_code == 0
    assert source(out)["grade"] == "B2"
    assert source(out)["graded"] == {"by": "Ada", "reason": "long checked"}


def test_a_table_grades_many_and_the_list_tells_them(record: Path) -> None:
    table = record / "grades.csv"
    table.write_text("outlet,grade,reason\nNorthern Wire,B2,checked\nCapital Desk,F6,\n")
    assert run("grade", table).stderr == "2 sources graded\n"
    listed = run("grades", "--format", "jsonl")
    rows = {row["outlet"]: row for row in map(json.loads, listed.stdout.splitlines())}
    assert rows["Northern Wire"]["grade"] == "B2"
    assert rows["Northern Wire"]["by"] == "Ada"
    assert rows["Capital Desk"]["meaning"].startswith("reliability cannot be judged")
    with open_record(str(record / "detente.db"), read_only=True) as opened:
        assert opened.access.grades()["Capital Desk"].code == "F6"


def test_a_brief_of_files_takes_its_grades_from_a_table(record: Path) -> None:
    table, out = record / "grades.csv", record / "out.json"
    table.write_text(f"outlet,grade,reason\n{record / 'wire.txt'},C3,\n")
    brief = run(
        "brief", record / "wire.txt", "--published", "2018-07-17", "--grades", table, "-o", out
    )
    assert brief.exit_code == 0
    assert source(out)["grade"] == "C3"


@pytest.mark.parametrize("words", [("grade", "Northern Wire"), ("grade", "Northern Wire", "Z9")])
def test_what_is_no_grade_is_refused(record: Path, words: tuple[str, ...]) -> None:
    refused = run(*words)
    assert refused.exit_code != 0
    assert "B2" in refused.stderr or (
        isinstance(refused.exception, DetenteError) and "B2" in str(refused.exception)
    )

"""``detente actors``: who that was then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from detente.cli.app import app
from detente.errors import UnknownName
from detente.gazetteer.actor_catalogue import SETTING
from detente.gazetteer.actor_own import OWN_COLUMNS


@pytest.fixture(autouse=True)
def no_own_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command sets the user's table for its process; put it back after each test."""
    monkeypatch.setenv(SETTING, "")


def asked(*arguments: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(app, ["actors", *arguments, "--format", "jsonl"])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_name_on_a_day() -> None:
    first = asked("Bolton", "--on", "2018-10-24")[0]
    assert first["id"] == "john-bolton"
    assert first["office"] == "United States National Security Advisor"
    assert (first["from"], first["to"]) == ("2018-04-09", "2019-09-10")


def test_a_phrase_and_an_id() -> None:
    assert asked("the US President", "--on", "2016-06-01")[0]["id"] == "barack-obama"
    assert asked("RUS")[0]["name"] == "Russia"


def test_the_table_and_csv_hold_the_same() -> None:
    table = CliRunner().invoke(app, ["actors", "Bush", "--on", "1991-01-17"]).stdout
    lines = CliRunner().invoke(app, ["actors", "Bush", "--on", "1991-01-17", "--format", "csv"])
    assert table.splitlines()[1].split()[0] == "george-h-w-bush"
    assert [line.split(",")[0] for line in lines.stdout.splitlines()[:2]] == [
        "id",
        "george-h-w-bush",
    ]


def test_an_own_table(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    row = "Zora Testova,,person,CZE,GOV,Mayor of Testov,2001,,a page"
    own.write_text(f"{','.join(OWN_COLUMNS)}\n{row}\n", encoding="utf-8")
    assert asked("Testova", "--actors", str(own))[0]["office"] == "Mayor of Testov"


def test_an_unknown_name_names_the_nearest() -> None:
    result = CliRunner().invoke(app, ["actors", "Vladimir Puttin"])
    assert isinstance(result.exception, UnknownName)
    assert "Vladimir Putin" in str(result.exception)


def test_a_day_that_is_none_is_wrong_usage() -> None:
    result = CliRunner().invoke(app, ["actors", "Putin", "--on", "2018-13-01"])
    assert result.exit_code == 2

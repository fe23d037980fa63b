"""The reading and judging commands on a small record: their forms, files and refusals."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest
from typer.testing import CliRunner

from detente.cli import app
from detente.errors import DetenteError
from detente.records import Place
from detente.store import open_record
from tests.making import made_event, made_report

HELSINKI = Place(name="Helsinki", country="FIN", lat=60.17, lon=24.94, resolution="city")


def tell(record, actor, act, recipient, day, **fields):
    sentence = f"{actor} did {act} to {recipient} on {day}."
    published = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    report = made_report(sentence, published=published, outlet=f"Wire of {day}")
    parties = {"actor": ((actor, actor),), "recipient": ((recipient, recipient),)}
    event = made_event(report, sentence, act, event_type=act, edtf=day, **parties, **fields)
    record.add(report, [replace(event, where=HELSINKI)])


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    path = tmp_path_factory.mktemp("record") / "small.db"
    with open_record(path) as opened:
        for month in range(1, 13):
            tell(opened, "USA", "SANCTION", "RUS", f"2018-{month:02}-10")
            tell(opened, "RUS", "REJECT", "USA", f"2018-{month:02}-20")
        tell(opened, "USA", "CONSULT", "RUS", "2018-12-28", status="planned")
        tell(opened, "RUS", "MOBILIZE", "UKR", "2018-11-25", status="alleged")
    return str(path)


def run(*arguments: str):
    result = CliRunner().invoke(app, list(arguments))
    if isinstance(result.exception, DetenteError):
        return result.exit_code, str(result.exception)
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("command", "rows"),
    [("chronology", 26), ("series", 12), ("network", 2), ("map", 1), ("claims", 1), ("plans", 1)],
)
def test_each_reading_as_json_lines(record, command, rows):
    code, output = run(command, "--record", record, "--as-of", "2018-12-31", "--format", "jsonl")
    assert code == 0, output
    told = [json.loads(line) for line in output.splitlines()]
    assert len(told) == rows


def test_tables_csv_and_files_hold_the_same(record, tmp_path):
    shown = run("network", "--record", record)[1]
    assert "USA" in shown
    assert "RUS" in shown
    table = list(
        csv.DictReader(io.StringIO(run("network", "--record", record, "--format", "csv")[1]))
    )
    assert [row["total"] for row in table] == ["12", "12"]
    for kind, read in (
        ("parquet", pl.read_parquet),
        ("csv", pl.read_csv),
        ("jsonl", pl.read_ndjson),
    ):
        path = tmp_path / f"network.{kind}"
        assert run("network", "--record", record, "-o", str(path)) == (0, "")
        assert read(path)["total"].to_list() == [12, 12]


@pytest.mark.parametrize("kind", ["svg", "png", "html"])
def test_a_reading_is_drawn_into_a_file(record, tmp_path, kind):
    path = tmp_path / f"series.{kind}"
    asked = ("--actor", "USA", "--recipient", "Russia", "-o", str(path))
    assert run("series", "--record", record, *asked) == (0, "")
    assert path.stat().st_size > 5_000
    if kind == "svg":
        assert "United States on Russia" in path.read_text(encoding="utf-8")


def test_what_became_known_later_does_not_show(record):
    code, output = run("network", "--record", record, "--as-of", "2018-03-01", "--format", "jsonl")
    assert code == 0
    assert [json.loads(line)["total"] for line in output.splitlines()] == [2, 2]


def test_only_the_days_asked_for(record):
    asked = ("--from", "2018-02-01", "--to", "2018-03-31", "--format", "jsonl")
    assert len(run("chronology", "--record", record, *asked)[1].splitlines()) == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("series", "--actor", "Rusia"), "Rusia: does not occur in the record"),
        (("network", "--actor", "USA", "--recipient", "UKR"), "USA on UKR: no events; there are"),
        (
            ("series", "--actor", "USA", "--recipient", "RUS", "--from", "2030-01-01"),
            "no events; there are 13 from 2018-01-10 to 2018-12-28",
        ),
        (("series", "--actor", "Atlantis"), "does not occur in the record; there are "),
        (
            ("plans", "--as-of", "2000-01-01"),
            "holds no events known by 2000-01-01; its reports run from 2018-01-11 to 2018-12-29",
        ),
        (("network", "--origin", "icews"), "no events of origin icews; there are detente (26)"),
        (
            ("forecast", "--actor", "USA", "--recipient", "RUS", "--as-of", "2020-12-31"),
            "USA on RUS, any act, 2021-01-01 to 2021-01-30: the record ends on 2018-12-",
        ),
        (("brief", "--about", "ZWE"), "ZWE: takes part in no event of these reports; there are"),
        (
            ("brief", "--as-of", "2000-01-01"),
            "no report known by 2000-01-01; its reports run from 2018-01-11 to 2018-12-29",
        ),
        (("map", "-o", "map.gif"), "map.gif: write .svg, .png, .html, .csv, .jsonl or .parquet"),
        (
            ("forecast", "--actor", "USA", "--recipient", "RUS", "--opens", "2018-01-01"),
            "so it is not ahead; the record runs from 2018-01-10 to 2018-12-20",
        ),
        (
            ("forecast", "--actor", "RUS", "--recipient", "UKR", "--as-of", "2018-12-31"),
            "the dyad has no events by 2018-12-31; there are",
        ),
        (
            ("backtest", "--actor", "USA", "--recipient", "RUS", "--as-of", "2018-12-31",
             "--days", "90"),
            "a backtest needs 12 windows of 90 days; the record holds",
        ),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_that_says_what_is_there(record, arguments, said):
    command, *rest = arguments
    code, output = run(command, "--record", record, *rest)
    assert code != 0
    assert said in output
    assert "\n" not in output.strip()


def test_wrong_usage_is_exit_code_2(record):
    asked = ("--record", record, "--actor", "USA", "--recipient", "RUS")
    assert run("forecast", *asked, "--types", "war")[0] == 2
    assert run("forecast", "--record", record)[0] == 2
    assert run("series", "--record", record, "--from", "yesterday")[0] == 2


def test_an_empty_record_says_how_to_fill_it(tmp_path):
    path = tmp_path / "empty.db"
    open_record(path).close()
    for command in ("chronology", "series", "network", "map", "agreements", "claims", "plans"):
        code, output = run(command, "--record", str(path))
        assert code != 0
        assert "holds no events; add reports with `detente add`" in output
    assert "holds no reports; add some with `detente add`" in run("brief", "--record", str(path))[1]


def test_a_backtest_of_a_record_that_ended_long_ago_is_of_its_own_days(record):
    asked = ("--actor", "USA", "--recipient", "RUS", "--days", "14", "--format", "csv")
    late = run("backtest", "--record", record, *asked, "--as-of", "2024-12-31")
    last = run("backtest", "--record", record, *asked, "--as-of", "2018-12-21")
    assert late == last
    assert late[0] == 0


def test_a_forecast_is_printed_with_its_record(record):
    asked = ("--actor", "USA", "--recipient", "RUS", "--types", "SANCTION", "--days", "14")
    code, output = run(
        "forecast", "--record", record, *asked, "--as-of", "2018-12-31", "--format", "jsonl"
    )
    assert code == 0, output
    told = json.loads(output)
    assert 0 < told["probability"] < 1
    assert told["questions"] > 0
    assert told["opens"] == "2019-01-01"
    assert len(told["skill"]) == 4


def test_a_backtest_is_drawn(record, tmp_path):
    path = tmp_path / "record.svg"
    asked = ("--actor", "USA", "--recipient", "RUS", "--days", "14", "--as-of", "2018-12-31")
    assert run("backtest", "--record", record, *asked, "-o", str(path)) == (0, "")
    assert "Brier skill against each baseline" in path.read_text(encoding="utf-8")

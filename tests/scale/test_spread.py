"""Parts and their manifest; the same results on Ray, also when a worker or the driver is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Thread
from typing import TypeVar

import polars as pl
import pytest
from typer.testing import CliRunner

from detente.cli import app
from detente.coding.coder import Coder
from detente.errors import UnreadableReport
from detente.records import CodedEvent, Report
from detente.serial import plain
from detente.spread import (
    MANIFEST,
    _stdout_of_this_thread,
    parts_of,
    read_part,
    write_part,
    written_in,
)

Made = TypeVar("Made")
TEXT = (
    "Russia said on Monday that it would leave the treaty. The minister of {n} met his colleague."
)


class _Refusing:
    """A coder that one report makes fail."""

    def code_then(
        self, make: Callable[[Report, tuple[CodedEvent, ...]], Made], reports: Sequence[Report]
    ) -> Iterator[tuple[Report, Made]]:
        for report in reports:
            if "report 3" in report.text:
                raise RecursionError("too deep")
            yield report, make(report, ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "news"
    place.mkdir()
    for n in range(5):
        (place / f"{n}.txt").write_text(f"This is report {n}. {TEXT.format(n=n)}", "utf-8")
    lines = [{"text": f"Line {n}. {TEXT.format(n=n)}", "title": f"{n}"} for n in range(3)]
    (place / "2b.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return place


def test_archives_are_parts_of_their_own_in_the_order_of_reading(folder: Path) -> None:
    parts = parts_of([folder], [])
    assert [[Path(f).name for f in part.files] for part in parts] == [
        ["0.txt", "1.txt", "2.txt"],
        ["2b.jsonl"],
        ["3.txt", "4.txt"],
    ]


def test_a_part_is_known_by_the_content_of_its_files(folder: Path) -> None:
    before = parts_of([folder], [])
    (folder / "4.txt").write_text("Something else entirely happened.", "utf-8")
    after = parts_of([folder], [])
    assert [a.key == b.key for a, b in zip(before, after, strict=True)] == [True, True, False]


def test_a_failing_report_is_recorded_and_fails_nothing_else(folder: Path, tmp_path: Path) -> None:
    part = parts_of([folder], [])[2]
    written = write_part(_Refusing(), part, tmp_path, None)
    assert written.reports == 1
    assert "too deep" in written.refused[0][1]
    assert ["report 4" in report.text for report, _ in read_part(tmp_path / part.name)] == [True]


def test_no_half_written_part_stands_under_its_name(folder: Path, tmp_path: Path) -> None:
    write_part(_Refusing(), parts_of([folder], [])[0], tmp_path, None)
    assert [path.name for path in tmp_path.glob("*part*")] == ["part-000000.parquet"]


def test_a_manifest_line_cut_short_counts_as_none(tmp_path: Path) -> None:
    whole = '{"number": 0, "key": "a", "reports": 1, "events": 2, "refused": []}\n'
    (tmp_path / MANIFEST).write_text(whole + whole.replace("0", "1", 1)[:30], "utf-8")
    assert list(written_in(tmp_path)) == [0]


def test_what_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    refused: list[UnreadableReport] = []
    (part,) = parts_of([tmp_path / "none.txt"], refused)
    assert write_part(_Refusing(), part, tmp_path, None).refused[0][0].endswith("none.txt")


def _command(news: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "detente", "code", str(news), "--format", "jsonl", *more]


def _workers_of(pid: int) -> list[int]:
    """Ray's worker processes below a driver."""
    listed = subprocess.run(
        ["ps", "-eo", "pid,ppid,args"], check=True, capture_output=True, text=True
    ).stdout.splitlines()[1:]
    rows = [(int(a), int(b), c) for a, b, c in (line.split(None, 2) for line in listed)]
    below = {pid}
    for _ in rows:
        below |= {child for child, parent, _ in rows if parent in below}
    return [child for child, _, args in rows if child in below and "MapWorker" in args]


def _wait_for(found: object, seconds: float) -> object:
    assert callable(found)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if told := found():
            return told
        time.sleep(0.2)
    pytest.fail("waited in vain")


@pytest.mark.slow
@pytest.mark.ray
def test_a_killed_worker_and_a_killed_driver_change_nothing(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    news = tmp_path / "news"
    news.mkdir()
    for n in range(8):  # archives, so that there are eight parts
        lines = [{"text": f"{TEXT.format(n=k)} Paragraph {n}.", "title": f"{n}"} for k in range(40)]
        (news / f"{n}.jsonl").write_text("".join(json.dumps(o) + "\n" for o in lines), "utf-8")
    here = subprocess.run(_command(news), check=True, capture_output=True).stdout
    parts = tmp_path / "parts"
    spread = _command(news, "--on", "ray", "--parts", str(parts), "--processes", "2")

    first = subprocess.Popen(spread, stdout=subprocess.PIPE, start_new_session=True)
    _wait_for(lambda: written_in(parts), 240)
    os.killpg(first.pid, signal.SIGKILL)  # the driver
    first.communicate()
    done = set(written_in(parts))
    assert 0 < len(done) < 8

    second = subprocess.Popen(spread, stdout=subprocess.PIPE)
    workers = _wait_for(lambda: _workers_of(second.pid), 240)
    assert isinstance(workers, list)
    os.kill(workers[0], signal.SIGKILL)
    output, _ = second.communicate(timeout=400)
    assert second.returncode == 0
    assert output == here
    lines = (parts / MANIFEST).read_text("utf-8").splitlines()
    assert len(lines) == 8  # none coded twice after the restart, none lost


def _all_written(paths: Sequence[Path], parts: Path) -> None:
    """Codes every part here and notes it, as workers and driver would."""
    coder = Coder()
    parts.mkdir()
    for part in parts_of(paths, []):
        written = json.dumps(plain(write_part(coder, part, parts, None)))
        with (parts / MANIFEST).open("a", encoding="utf-8") as manifest:
            manifest.write(written + "\n")


def test_what_is_written_is_added_without_a_session_and_equals_a_run_here(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pl.read_ndjson(folder / "2b.jsonl").write_parquet(folder / "2c.parquet")
    _all_written([folder], tmp_path / "parts")
    told = []
    for name, more in (
        ("here", []),
        ("spread", ["--on", "ray", "--parts", str(tmp_path / "parts")]),
    ):
        monkeypatch.setenv("DETENTE_RECORD", str(tmp_path / f"{name}.db"))
        lines = CliRunner().invoke(app, ["add", str(folder), "--format", "jsonl", *more])
        assert lines.exit_code == 0
        events = CliRunner().invoke(app, ["export", "plover"]).stdout
        told.append((lines.stdout, events))
    assert told[0] == told[1]
    assert told[0][1]


@pytest.mark.slow
@pytest.mark.ray
def test_added_over_a_live_session_the_record_is_that_of_a_run_here(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ray")
    parts = str(tmp_path / "parts")
    told = []
    for name, more in (("here", []), ("spread", ["--on", "ray", "--parts", parts])):
        monkeypatch.setenv("DETENTE_RECORD", str(tmp_path / f"{name}.db"))
        words = ["add", str(folder), "--format", "jsonl", *more]
        added = subprocess.run(
            [sys.executable, "-m", "detente", *words], check=True, capture_output=True
        )
        told.append((added.stdout, CliRunner().invoke(app, ["export", "plover"]).stdout))
    assert told[0] == told[1]
    assert told[0][1]
    assert written_in(Path(parts))


def test_ungrouped_events_are_those_of_a_grouped_run_without_incidents(folder: Path) -> None:
    grouped, ungrouped = (
        [json.loads(line) for line in CliRunner().invoke(app, [*words]).stdout.splitlines()]
        for words in (
            ("code", str(folder), "--format", "jsonl"),
            ("code", str(folder), "--format", "jsonl", "--ungrouped"),
        )
    )
    assert [e | {"incident": None} for e in grouped] == [e | {"incident": None} for e in ungrouped]
    assert {bool(e["incident"]) for e in ungrouped} == {False}
    assert all(e["incident"] for e in grouped)


def test_only_the_own_thread_writes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    with _stdout_of_this_thread():
        other = Thread(target=print, args=("of a worker",))
        other.start()
        other.join()
        sys.stdout.write("a line\n")
    assert capsys.readouterr() == ("a line\n", "of a worker\n")

"""Killed, crowded, out of space: what was reported as kept is there, once, the file sound."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from tempfile import mkdtemp

import pytest

from detente.errors import RecordError
from detente.store import Record, open_record

from .child import numbered

ROOT = Path(__file__).parents[2]
#: Kills a test; the full twenty by DETENTE_KILLS=20.
KILLS = int(os.environ.get("DETENTE_KILLS", "2"))


def start(what: str, where: str, count: int, first: int = 0) -> subprocess.Popen[str]:
    """A writer, a process of its own."""
    command = [sys.executable, "-m", "tests.store.child", what, where, str(count), str(first)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def bounded(what: str, where: str, count: int, blocks: int) -> tuple[int, list[str], str]:
    """Exit code, lines and complaints of a writer whose files may hold so many 512-byte blocks."""
    command = [sys.executable, "-m", "tests.store.child", what, where, str(count), "0"]
    ended = subprocess.run(
        ["sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh", *command],
        cwd=ROOT, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    return ended.returncode, ended.stdout.splitlines()[1:], ended.stderr


def killed_at(
    process: subprocess.Popen[str], seconds: float, *, kept_some: bool = False
) -> list[str]:
    """The lines a process said, killed so many seconds after it was ready, or had kept some."""
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    first = process.stdout.readline() if kept_some else ""
    time.sleep(seconds)
    process.kill()
    said, _ = process.communicate()
    return [line for line in (first + said).splitlines() if line]


def kept_reports(record: Record) -> list[str]:
    return [r.id for r in record.view().reports()]


@pytest.mark.slow
def test_adds_killed_at_random_moments_lose_and_double_nothing(where: str) -> None:
    chance = random.Random(11)
    said: set[str] = set()
    for number in range(KILLS):
        # However slow the machine is, one of the kills comes after something was kept.
        adder, last = start("add", where, 400), number == KILLS - 1
        said |= set(killed_at(adder, chance.uniform(0.2, 1.5), kept_some=last))
        with open_record(where) as record:
            record.check()
            kept = kept_reports(record)
            assert said <= set(kept) and len(kept) == len(set(kept))
            events = [e.id for e in record.view().events()]
            grouped = [e for i in record.view().incidents() for e in i.events]
            assert len(events) == len(kept) == len(set(events))
            assert sorted(grouped) == sorted(events)
    assert said


@pytest.mark.slow
def test_imports_killed_at_random_moments_lose_and_double_nothing(where: str) -> None:
    chance, most = random.Random(12), 0
    for _ in range(KILLS):
        said = killed_at(start("import", where, 6000), chance.uniform(0.2, 1.5))
        most = max([most, *map(int, said)])
        with open_record(where) as record:
            record.check()
            assert record.view().counts().get("imported gdelt2", 0) >= most
    process = start("import", where, 6000)
    process.communicate(timeout=240)
    assert process.returncode == 0
    with open_record(where) as record:
        ids = [e.id for e in record.view().events(origin="gdelt2")]
        assert len(ids) == len(set(ids)) == 6000


@pytest.mark.slow
def test_two_adders_a_reviewer_and_a_reader_at_once(where: str) -> None:
    with open_record(where) as record:
        record.add(*numbered(0))
        writers = [
            start("add", where, 30, 0),
            start("add", where, 30, 15),
            start("rule", where, 20),
        ]
        while any(w.poll() is None for w in writers):
            view = record.view()
            grouped = {e for i in view.incidents() for e in i.events}
            assert grouped <= {e.id for e in record.view().events()}
        said = [w.communicate() for w in writers]
        assert [w.returncode for w in writers] == [0, 0, 0], said
        record.check()
        kept = kept_reports(record)
        assert len(kept) == len(set(kept)) == 45
        assert len(record.view().rulings()) == 20
        events = {e.id for e in record.view().events()}
        assert {e for i in record.view().incidents() for e in i.events} == events


@pytest.mark.parametrize("what", ["add", "import"])
def test_a_full_disk_is_told_and_what_was_kept_stays(tmp_path: Path, what: str) -> None:
    """A limit on the size of files stands in for a full disk: writes fail from there on."""
    where = str(tmp_path / "detente.db")
    code, lines, complaint = bounded(what, where, 20_000, blocks=2_400)
    assert code == 1, complaint
    assert lines[-1].startswith("refused:") and "disk" in lines[-1]
    assert "Traceback" not in complaint
    with open_record(where) as record:
        record.check()
        if what == "add":
            assert set(lines[:-1]) <= set(kept_reports(record))
            assert record.add(*numbered(19_999))
        else:
            assert record.view().counts()["imported gdelt2"] >= int(lines[-2])


@pytest.mark.skipif(os.geteuid() != 0, reason="tmpfs: only root can mount one")
def test_a_disk_that_is_full() -> None:
    # Not under pytest's own folder: a mount left behind by a killed run would trip its clean-up.
    disk = Path(mkdtemp(prefix="detente-full-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("tmpfs: cannot be mounted here")
    try:
        code, lines, _ = bounded("add", str(disk / "detente.db"), 20_000, blocks=1_000_000)
        assert code == 1
        assert "disk" in lines[-1]
        with open_record(disk / "detente.db", read_only=True) as record:
            assert set(lines[:-1]) <= set(kept_reports(record))
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
        disk.rmdir()


def test_the_record_of_an_adder_under_way_can_be_read(where: str) -> None:
    process = start("add", where, 400)
    assert process.stdout is not None
    process.stdout.readline()
    first = process.stdout.readline().strip()
    with open_record(where) as record:
        assert first in kept_reports(record)
    process.kill()
    process.communicate()


def test_refusals_of_the_database_are_one_line(where: str) -> None:
    with open_record(where) as record, pytest.raises(RecordError) as told:
        record._database.writing(lambda c: c.exec_driver_sql("SELECT * FROM nowhere"))
    assert "\n" not in str(told.value)

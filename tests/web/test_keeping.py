"""What must not be lost: kill -9 under write load, back-up and restore, users from the command."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from detente.errors import InputError, RecordError
from detente.store import open_record
from detente.store.copying import put_back
from detente.web.passwords import fits, hashed

#: Approves comments and keeps rulings as fast as it can; says each that was kept.
WRITER = """
import sys
from datetime import UTC, datetime
from detente.records import Ruling
from detente.store import open_record, ruling_id

with open_record(sys.argv[1]) as record:
    names = [e.id for e in record.view(grouped=False).events()]
    n = 0
    while True:
        n += 1
        number = record.desk.add_comment("inf-treaty", f"reader {n}", "words")
        record.desk.judge_comment(number, approve=True, by="ana")
        print("comment", number, flush=True)
        at = datetime.now(UTC)
        ruling = Ruling(
            id=ruling_id([sys.argv[2], str(n)]), target=names[n % len(names)], kind="confirm",
            by="ana", at=at, reason="load",
        )
        record.rule(ruling)
        print("ruling", ruling.id, flush=True)
"""


def test_kill_9_under_load_loses_no_approved_comment_and_no_ruling(path: Path, tmp_path: Path):
    script = tmp_path / "writer.py"
    script.write_text(textwrap.dedent(WRITER), encoding="utf-8")
    told: list[tuple[str, str]] = []
    for turn, seconds in enumerate((1.3, 0.7, 1.9)):
        command = [sys.executable, str(script), str(path), str(turn)]
        writers = [
            subprocess.Popen([*command[:-1], f"{turn}-{n}"], stdout=subprocess.PIPE, text=True)
            for n in range(2)
        ]
        first = [writer.stdout.readline() for writer in writers if writer.stdout]
        time.sleep(seconds)
        for writer in writers:
            writer.kill()
        said = first + [writer.communicate()[0] for writer in writers]
        lines = "".join(said).splitlines(keepends=True)
        told += [tuple(line.split()) for line in lines if line.endswith("\n")]  # type: ignore[misc]
    with open_record(path) as record:
        record.check()
        approved = {str(c.id) for c in record.desk.comments("inf-treaty", "approved")}
        rulings = {ruling.id for ruling in record.view(grouped=False).rulings()}
    assert len(told) > 20
    assert {name for kind, name in told if kind == "comment"} <= approved
    assert {name for kind, name in told if kind == "ruling"} <= rulings


def run(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "detente", *words], capture_output=True, text=True, input=given,
        check=False,
    )  # fmt: skip


def test_backup_and_restore_by_one_command_each(path: Path, tmp_path: Path):
    copy = tmp_path / "copy.db"
    done = run("backup", str(copy), "--record", str(path))
    assert (done.returncode, done.stdout.strip()) == (0, str(copy))
    assert run("backup", str(copy), "--record", str(path)).returncode == 1
    with open_record(path) as record:
        record.desk.add_comment("inf-treaty", "late", "after the back-up")
        before = record.tallies.totals()
    refused = run("restore", str(copy), "--record", str(path))
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    assert run("restore", str(copy), "--record", str(path), "--replace").returncode == 0
    with open_record(path) as record:
        assert record.desk.comments() == ()
        assert record.tallies.totals() == before
        assert record.desk.brief("inf-treaty").state == "published"
        assert next(iter(record.lookup().search("treaty", 1)))
    with open_record(f"{path}.before") as record:
        assert [c.name for c in record.desk.comments()] == ["late"]


def test_a_damaged_backup_is_not_put_back(path: Path, tmp_path: Path):
    broken = tmp_path / "broken.db"
    broken.write_bytes(path.read_bytes()[:5000] + b"\0" * 5000)
    before = path.read_bytes()
    with pytest.raises(RecordError):
        put_back(broken, path, replace=True)
    assert path.read_bytes() == before


def test_a_user_is_added_from_standard_input(path: Path):
    done = run(
        "add-user", "zoe", "--role", "editor", "--record", str(path), given="a long password\n"
    )
    assert done.returncode == 0
    assert "a long password" not in done.stdout + done.stderr
    with open_record(path) as record:
        user = record.desk.user("zoe")
    assert user is not None
    assert user.role == "editor"
    assert user.password.startswith("$argon2id$")
    assert fits("a long password", user.password)
    assert not fits("another", user.password)
    short = run("add-user", "zoe", "--role", "editor", "--record", str(path), given="short\n")
    assert short.returncode == 1
    assert "12" in short.stderr


def test_a_short_password_is_refused():
    with pytest.raises(InputError):
        hashed("short")

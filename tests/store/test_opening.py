"""Which records open, which are refused, and in what words."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from detente.errors import NewerSchema, RecordError
from detente.store import Record, open_record, opening, schema
from detente.store.migrations import STEPS, version_of
from detente.store.opening import open_database

from .reports import expulsion, plan


def made(path: Path) -> Path:
    with open_record(path) as record:
        record.add(*plan())
    return path


def test_the_setting_and_the_default_name_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DETENTE_RECORD", str(tmp_path / "set.db"))
    with open_record() as record:
        assert record.url == str(tmp_path / "set.db")
    monkeypatch.delenv("DETENTE_RECORD")
    monkeypatch.chdir(tmp_path)
    with open_record() as record:
        assert record.url == "detente.db"
    assert (tmp_path / "detente.db").exists()
    with open_record(f"sqlite:///{tmp_path}/address.db") as record:
        assert record.url.endswith("address.db")


def test_an_odd_file_name_is_a_file_name(tmp_path: Path) -> None:
    path = tmp_path / "a record? 100% #1.db"
    made(path)
    assert path.exists() and len(list(tmp_path.glob("*.db"))) == 1


@pytest.mark.parametrize(
    "content", [b"not a database at all, " * 100, b"SQLite format 3\0" + b"x" * 5000]
)
def test_what_is_no_record_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    with pytest.raises(RecordError) as told:
        open_record(path)
    assert str(path) in str(told.value) and "damaged" in str(told.value)
    assert path.read_bytes() == content


def test_a_damaged_record_is_told(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db")
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    broken = bytearray(path.read_bytes())
    for at in range(8192, len(broken), 4096):
        broken[at : at + 2048] = b"\xff" * min(2048, len(broken) - at)
    path.write_bytes(bytes(broken))
    with pytest.raises(RecordError, match="damaged") as told, open_record(path) as record:
        record.check()
    assert "\n" not in str(told.value)


def test_a_newer_schema_is_refused_and_left_alone(where: str) -> None:
    with open_record(where) as record:
        record._database.writing(
            lambda c: c.execute(schema.schema_version.update().values(version=99))
        )
    with pytest.raises(NewerSchema, match="schema 99 is newer than this program's"):
        open_record(where)


def test_an_older_schema_is_migrated_with_all_it_holds(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(schema, "VERSION", 1)
        with open_record(where) as record:
            record.add(*plan())
            with record._database.reading() as connection:
                assert version_of(connection) == 1
                assert not inspect(connection).has_table("briefs")
    with open_record(where) as record:
        assert len(list(record.view().events())) == 1
        record.desk.note("Ada", "opened", "record")
        with record._database.reading() as connection:
            assert version_of(connection) == schema.VERSION
    assert sorted(STEPS) == list(range(1, schema.VERSION + 1))


def test_a_read_only_record_is_read_and_not_written(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db")
    with open_record(path, read_only=True) as record:
        assert len(list(record.view().events())) == 1
        with pytest.raises(RecordError, match="read-only"):
            record.add(*expulsion())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anything")
def test_a_file_that_may_not_be_written(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db")
    path.chmod(stat.S_IRUSR)
    with open_record(path) as record, pytest.raises(RecordError, match="read-only"):
        record.add(*expulsion())


def test_a_read_only_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path / "a.db")
    monkeypatch.setattr(opening.os, "access", lambda *_: False)
    with open_record(path) as record:
        assert len(list(record.view().events())) == 1
        with pytest.raises(RecordError, match="read-only"):
            record.add(*expulsion())


def test_reading_needs_a_record(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no record yet"):
        open_record(tmp_path / "none.db", read_only=True)
    with pytest.raises(RecordError, match="folder"):
        open_record(tmp_path)
    with pytest.raises(RecordError, match="cannot be opened"):
        open_record(tmp_path / "no" / "such" / "folder.db")
    assert list(tmp_path.iterdir()) == []


def test_a_locked_record_is_told_after_patience(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 0.3)
    path = made(tmp_path / "a.db")
    lock = sqlite3.connect(path, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    with open_record(path) as record:
        assert len(list(record.view().events())) == 1
        with pytest.raises(RecordError, match="locked by another program"):
            record.add(*expulsion())
        lock.execute("ROLLBACK")
        assert record.add(*expulsion())
    lock.close()


def test_no_server_and_no_address_are_one_line() -> None:
    with pytest.raises(RecordError, match=r"no PostgreSQL server|refuses") as told:
        open_record("postgresql://ada:secret@127.0.0.1:1/none")
    assert "secret" not in str(told.value) and "\n" not in str(told.value)
    with pytest.raises(RecordError, match="not a database address"):
        open_record("postgres:nonsense@@")


def test_settings_of_sqlite(tmp_path: Path) -> None:
    database = open_database(tmp_path / "a.db")
    with database.reading() as connection:
        asked = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous")
        }
    assert asked == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}


def test_a_record_of_anothers_tables_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with create_engine(f"sqlite:///{path}").begin() as connection:
        connection.execute(text("CREATE TABLE events (id INTEGER)"))
    with pytest.raises(RecordError, match="holds other tables"):
        open_record(path)


def test_records_close(tmp_path: Path) -> None:
    with open_record(tmp_path / "a.db") as record:
        assert isinstance(record, Record)
        record.check()

"""Opening a record: which database, with which settings, at which schema."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from detente.errors import RecordError
from detente.store import schema
from detente.store.faults import is_locked, telling
from detente.store.migrations import check, migrate

#: Where the record is when nothing else is said.
DEFAULT = "detente.db"
#: How long a writer waits for another before it gives up, in seconds.
PATIENCE = 30.0
#: Key of the advisory lock that makes PostgreSQL's writers wait for each other ("détente").
_WRITERS = 0x64C3A974656E7465 & 0x7FFFFFFF

_T = TypeVar("_T")


class Database:
    """An engine with the record's habits: many readers, one writer at a time, all or nothing."""

    def __init__(self, url: str, engine: Engine, *, read_only: bool) -> None:
        self.url = url
        self.engine = engine
        self.read_only = read_only

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one unchanging state of the record."""
        with telling(self.url), self.engine.connect() as connection, connection.begin():
            if connection.dialect.name != "sqlite":
                connection.execute(
                    text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                )
            yield connection

    def writing(self, write: Callable[[Connection], _T]) -> _T:
        """Runs ``write`` in one transaction of the only writer; tries again when locked.

        Raises:
            RecordError: if the record is read-only, stays locked, or cannot be written.
        """
        if self.read_only:
            raise RecordError(self.url, "read-only; it can be read but not written")
        give_up = time.monotonic() + PATIENCE
        with telling(self.url):
            while True:
                try:
                    return self._written(write)
                except DBAPIError as error:
                    if not is_locked(error) or time.monotonic() > give_up:
                        raise
                    time.sleep(0.05)

    def _written(self, write: Callable[[Connection], _T]) -> _T:
        opened = self.engine.connect().execution_options(writes=True)
        with opened as connection, connection.begin():
            if connection.dialect.name != "sqlite":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITERS})"))
            return write(connection)


def open_database(where: str | Path | None = None, *, read_only: bool = False) -> Database:
    """Opens, and where needed makes or migrates, a record's database.

    Args:
        where: a file, ``sqlite:///…`` or ``postgresql://…``; none means ``DETENTE_RECORD``, else
            ``detente.db`` in the working folder.
        read_only: never write; the record must exist.

    Raises:
        RecordError: if it cannot be opened. NewerSchema: if a later version wrote it.
    """
    named = str(where or os.environ.get("DETENTE_RECORD") or DEFAULT)
    database = _postgres(named) if named.startswith("postgres") else _sqlite(named, read_only)
    database.read_only |= read_only
    try:
        _brought_up(database)
    except BaseException:
        database.engine.dispose()
        raise
    return database


def _brought_up(database: Database) -> None:
    with database.reading() as connection:
        found = check(connection, database.url)
    if found == schema.VERSION:
        return
    if database.read_only:
        told = f"schema {found} needs a migration" if found else "is empty"
        raise RecordError(database.url, f"{told}, but it is read-only")
    database.writing(lambda c: migrate(c, database.url))


def _postgres(named: str) -> Database:
    try:
        url = make_url(named).set(drivername="postgresql+psycopg")
    except ArgumentError:
        raise RecordError(named, "not a database address") from None
    try:
        engine = create_engine(url, pool_pre_ping=True)
    except ImportError:
        raise RecordError(
            url.render_as_string(hide_password=True),
            "PostgreSQL needs psycopg: pip install detente[postgres]",
        ) from None
    return Database(url.render_as_string(hide_password=True), engine, read_only=False)


def _sqlite(named: str, read_only: bool) -> Database:
    path = Path(named.removeprefix("sqlite:///"))
    if path.is_dir():
        raise RecordError(str(path), "is a folder, not a record")
    if read_only and not path.exists():
        raise RecordError(str(path), "there is no record yet; make one with: detente add")
    writable = not path.exists() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
    address = f"file:{quote(str(path))}"
    if not writable:
        # Without a writable folder WAL cannot be joined: nobody writes, so nothing can change.
        lone = not Path(f"{path}-wal").exists()
        address += f"?mode=ro{'&immutable=1' if lone else ''}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=PATIENCE)

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    event.listen(engine, "connect", _connected if writable else _connected_read_only)
    event.listen(engine, "begin", _begun)
    return Database(str(path), engine, read_only=not writable)


def _connected_read_only(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by us, not by the driver
    connection.execute("PRAGMA query_only = ON")


def _connected(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    # The wait comes first: joining WAL can itself meet another process's lock.
    connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # kept means kept, through a power cut too
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -65536")


def _begun(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

"""Records to test on: SQLite files, and databases of a PostgreSQL server started for the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from detente.store import Record, open_record

_NUMBERS = count()


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    return found[-1].parent if found else None


def _as_server(command: list[str]) -> None:
    """PostgreSQL refuses to run as root: then its own user runs it."""
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*user, *command], check=True, capture_output=True, text=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The socket folder of a private server; skips by name where there can be none."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("postgres: no /usr/lib/postgresql/*/bin here (apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="detente-pg-"))
    cluster = folder / "cluster"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        initdb = [str(binaries / "initdb"), "-D", str(cluster), "-A", "trust", "-U", "detente"]
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        start = [str(binaries / "pg_ctl"), "-D", str(cluster), "-w", "-o", options]
        _as_server([*initdb, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
        _as_server([*start, "-l", str(folder / "log"), "start"])
    except (subprocess.CalledProcessError, OSError, LookupError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"postgres: the server does not start: {error}")
    yield str(folder)
    _as_server([str(binaries / "pg_ctl"), "-D", str(cluster), "-m", "immediate", "-W", "stop"])
    time.sleep(0.5)  # not waited for by pg_ctl: where nobody reaps it, it would wait for a minute
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty record: once a file, once a PostgreSQL database."""
    if request.param == "sqlite":
        return str(tmp_path / "detente.db")
    folder = request.getfixturevalue("postgres_server")
    name = f"record{os.getpid()}_{next(_NUMBERS)}"
    _run_sql(folder, f"CREATE DATABASE {name}")
    return f"postgresql://detente@/{name}?host={folder}"


def _run_sql(folder: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(f"host={folder} user=detente dbname=postgres", autocommit=True) as opened:
        opened.execute(statement)


@pytest.fixture
def record(where: str) -> Iterator[Record]:
    """An empty record that is open."""
    with open_record(where) as opened:
        yield opened

"""A back-up put in the record's place."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from detente.errors import RecordError
from detente.store.opening import DEFAULT
from detente.store.record import open_record


def put_back(file: Path, where: str | Path | None = None, *, replace: bool = False) -> Path:
    """Puts a back-up in the place of a record's file, whole or not at all.

    Args:
        file: what ``Record.back_up`` wrote.
        where: the record; none means the usual one. Nobody may have it open.
        replace: whether a record that is there may go; it is kept beside as ``….before``.

    Returns:
        The record's file.

    Raises:
        RecordError: if the back-up is damaged, or a record is there and ``replace`` is not said.
    """
    named = str(where or os.environ.get("DETENTE_RECORD") or DEFAULT)
    if named.startswith("postgres"):
        raise RecordError(named.partition("@")[2] or "PostgreSQL", "restore it with pg_restore")
    target = Path(named.removeprefix("sqlite:///"))
    with open_record(file, read_only=True) as copied:
        copied.check()
    if target.exists() and not replace:
        raise RecordError(str(target), "there is a record already; --replace puts it aside")
    beside = target.with_name(target.name + ".restoring")
    shutil.copyfile(file, beside)
    with beside.open("rb") as written:
        os.fsync(written.fileno())
    if target.exists():
        _put_aside(target)
    beside.replace(target)
    return target


def _put_aside(target: Path) -> None:
    """Moves a record and what belongs to it out of the way; its last writes go into it first."""
    with open_record(target) as old:
        old.check()
    for ending in ("", "-wal", "-shm"):
        part = Path(f"{target}{ending}")
        if part.exists():
            part.replace(Path(f"{target}.before{ending}"))

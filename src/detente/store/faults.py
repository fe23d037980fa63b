"""What databases say when something is wrong, in one line and with the remedy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError

from detente.errors import RecordError

#: Words of the database's own message → what to tell. The first that fits counts.
_TOLD = (
    ("database is locked", "locked by another program for too long; try again when it is done"),
    ("locking protocol", "locked by another program for too long; try again when it is done"),
    ("readonly database", "read-only; it can be read but not written"),
    ("unable to open", "cannot be opened; check that the folder exists and may be written"),
    ("not a database", "not a Détente record, or damaged; restore it from a copy"),
    ("malformed", "damaged; restore it from a copy"),
    ("file is encrypted", "not a Détente record, or damaged; restore it from a copy"),
    ("disk is full", "the disk is full; nothing of the last step was kept"),
    ("disk i/o error", "the disk cannot be read or written; nothing of the last step was kept"),
    ("no space left", "the disk is full; nothing of the last step was kept"),
    ("could not connect", "no PostgreSQL server answers there"),
    ("connection failed", "no PostgreSQL server answers there, or it refuses"),
    ("password authentication", "the server refuses this user or password"),
    ("does not exist", "the database or a table of it does not exist"),
)


def is_locked(error: DBAPIError) -> bool:
    """Whether another process was in the way: worth another try."""
    said = str(error.orig).lower()
    words = ("database is locked", "database table is locked", "deadlock", "could not serialize")
    return any(word in said for word in words)


@contextmanager
def telling(url: str) -> Iterator[None]:
    """Turns the database's errors into a RecordError that names the record.

    Raises:
        RecordError: in place of any error of the database.
    """
    try:
        yield
    except DBAPIError as error:
        raise RecordError(url, _reason(str(error.orig))) from error
    except (sqlite3.Error, OSError) as error:
        raise RecordError(url, _reason(str(error))) from error


def _reason(said: str) -> str:
    lowered = said.lower()
    for words, told in _TOLD:
        if words in lowered:
            return told
    return " ".join(said.split())[:200] or "the database refused"


__all__ = ["OperationalError", "is_locked", "telling"]

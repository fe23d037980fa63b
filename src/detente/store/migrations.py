"""From any older schema to this program's, step by step, each in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, inspect, select, text

from detente.errors import NewerSchema, RecordError
from detente.store import schema
from detente.store.search import create_search


def _ledger(connection: Connection) -> None:
    """1: reports, codings, events, incidents, rulings, imports, full-text search."""
    tables = [
        t for t in schema.metadata.sorted_tables if t not in (*schema.DESK, *schema.DESK_MORE)
    ]
    schema.metadata.create_all(connection, tables=tables)
    create_search(connection)


def _desk(connection: Connection) -> None:
    """2: briefs, comments, users, sessions, audit trail."""
    schema.metadata.create_all(connection, tables=list(schema.DESK))


def _site(connection: Connection) -> None:
    """3: contacts of commenters, source grades, API tokens; events in the order of their days."""
    schema.metadata.create_all(connection, tables=list(schema.DESK_MORE))
    in_order = "CREATE INDEX events_in_order ON events ((coalesce(earliest, latest, '')), seq)"
    connection.execute(text(in_order))


STEPS: Mapping[int, Callable[[Connection], None]] = {1: _ledger, 2: _desk, 3: _site}


def version_of(connection: Connection) -> int:
    """The schema version a record has; 0 if it is empty, −1 if it holds other tables."""
    looked = inspect(connection)
    if not looked.has_table("schema_version"):
        return -1 if looked.get_table_names() else 0
    return int(connection.execute(select(schema.schema_version.c.version)).scalar() or 0)


def check(connection: Connection, url: str) -> int:
    """The version found.

    Raises:
        NewerSchema: if it is newer than this program's.
        RecordError: if the database is something else's.
    """
    found = version_of(connection)
    if found < 0:
        raise RecordError(url, "holds other tables: not a Détente record")
    if found > schema.VERSION:
        raise NewerSchema(url, found, schema.VERSION)
    return found


def migrate(connection: Connection, url: str) -> None:
    """Brings the record to this program's schema, within the transaction at hand.

    Raises:
        NewerSchema: if it is newer already.
    """
    for step in range(check(connection, url) + 1, schema.VERSION + 1):
        STEPS[step](connection)
        connection.execute(text("DELETE FROM schema_version"))
        connection.execute(schema.schema_version.insert().values(version=step))

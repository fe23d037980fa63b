"""The reports of the record, and where imported events came from, as of a moment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from detente.errors import UnknownName
from detente.records import Report
from detente.serial import restored
from detente.store import schema
from detente.store.moments import kept
from detente.store.opening import Database
from detente.store.search import found_reports

#: Rows asked for at once.
STEP = 1000


class Sources:
    """What the record rests on.

    Args:
        database: the open record.
        as_of: the moment (aware); none means now.
    """

    def __init__(self, database: Database, as_of: datetime | None = None) -> None:
        self._database = database
        self.as_of = as_of

    def reports(self, *, outlet: str = "") -> Iterator[Report]:
        """Reports known by then, in the order kept."""
        table, after = schema.reports, 0
        with self._database.reading() as connection:
            while True:
                query = select(table.c.seq, table.c.written).where(table.c.seq > after)
                if outlet:
                    query = query.where(table.c.outlet == outlet)
                known = self._known_reports(query)
                rows = connection.execute(known.order_by(table.c.seq).limit(STEP)).all()
                for row in rows:
                    after = row.seq
                    yield restored(Report, json.loads(row.written))
                if len(rows) < STEP:
                    return

    def report(self, name: str) -> Report:
        """One report by id.

        Raises:
            UnknownName: if there is none, or it was not known yet.
        """
        table = schema.reports
        query = self._known_reports(select(table.c.seq, table.c.written))
        with self._database.reading() as connection:
            row = connection.execute(query.where(table.c.id == name)).first()
        if row is None:
            raise UnknownName(name, "no report of the record")
        return restored(Report, json.loads(row.written))

    def _known_reports(self, query: Select[Any]) -> Select[Any]:
        known = schema.reports.c.known_at
        return query if self.as_of is None else query.where(known <= kept(self.as_of))

    def copies(self) -> dict[str, str]:
        """Report id → id of the report it is a near-copy of."""
        table = schema.reports
        query = select(table.c.id, table.c.copy_of).where(table.c.copy_of != "")
        if self.as_of is not None:
            query = query.where(table.c.known_at <= kept(self.as_of))
        with self._database.reading() as connection:
            return {row.id: row.copy_of for row in connection.execute(query)}

    def search(self, text: str, *, limit: int = 50) -> Iterator[Report]:
        """Reports that hold all the words (``"…"`` for words that stand together), best first."""
        table = schema.reports
        with self._database.reading() as connection:
            shown = 0
            for seq in found_reports(connection, text, limit * 20):
                query = select(table.c.seq, table.c.written).where(table.c.seq == seq)
                row = connection.execute(self._known_reports(query)).first()
                if row is not None and shown < limit:
                    shown += 1
                    yield restored(Report, json.loads(row.written))

    def has_origin(self, origin: str) -> bool:
        """Whether events of this origin were imported."""
        table = schema.imported_events
        query = select(table.c.id).where(table.c.origin == origin).limit(1)
        with self._database.reading() as connection:
            return connection.execute(query).first() is not None

    def import_header(self, origin: str) -> str:
        """The header line that all imports of this origin share, empty if they differ."""
        table = schema.import_batches
        query = select(table.c.header).where(table.c.origin == origin).distinct()
        with self._database.reading() as connection:
            found = [json.loads(row.header) for row in connection.execute(query)]
        return found[0] if len(found) == 1 else ""

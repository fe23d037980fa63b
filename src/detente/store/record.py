"""The record: what goes in, and the way to a view of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text

from detente.errors import RecordError
from detente.records import Event, Incident, Report, Ruling, fingerprint
from detente.resolve.incidents import group
from detente.store.access import Access
from detente.store.adding import add_one, group_new
from detente.store.desk import Desk
from detente.store.faults import telling
from detente.store.imports import Imported, add_imported
from detente.store.ledger import add_coding, add_ruling, has_report, replace_incidents
from detente.store.lookup import Lookup
from detente.store.moments import now
from detente.store.opening import Database, open_database
from detente.store.recoding import Change, changes_between
from detente.store.rows import events_of
from detente.store.standing import Standing
from detente.store.tallies import Tallies
from detente.store.targets import targeted
from detente.store.view import View


@dataclass(frozen=True, slots=True)
class Recoded:
    """What a newer coding changes of a report: events gone, new, and otherwise coded."""

    report: str
    changes: tuple[Change, ...]


class Record:
    """A record that is open. Several may be open on one database, in any number of processes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._standing = Standing(database)

    @property
    def url(self) -> str:
        """The file or address, without a password."""
        return self._database.url

    def close(self) -> None:
        """Lets go of the database."""
        self._database.engine.dispose()

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ── reading ───────────────────────────────────────────────────────────────────────────────

    def view(self, as_of: datetime | None = None, *, grouped: bool = True) -> View:
        """The record as it could be known at ``as_of`` (none: now); see ``View``."""
        return View(self._database, as_of, grouped=grouped)

    @property
    def desk(self) -> Desk:
        """Briefs, comments, users, sessions and the audit trail."""
        return Desk(self._database)

    @property
    def access(self) -> Access:
        """Edit links, tokens of programs, failed sign-ins, grades of sources."""
        return Access(self._database)

    @property
    def tallies(self) -> Tallies:
        """Counts for front pages, as ruled."""
        return Tallies(self._database, self._standing)

    def lookup(self) -> Lookup:
        """Reads that answer one page each."""
        return Lookup(self._database, self._standing)

    def back_up(self, path: Path) -> None:
        """Writes a whole copy of the record as it stands to a new file, while it is in use.

        Raises:
            RecordError: if the file exists, or the record is not a file (use ``pg_dump``).
        """
        if self._database.engine.dialect.name != "sqlite":
            raise RecordError(self.url, "is no file; back it up with pg_dump")
        if path.exists():
            raise RecordError(str(path), "exists already; a back-up goes to a new file")
        with telling(str(path)), self._database.engine.connect() as connection:
            connection.connection.execute("VACUUM INTO ?", (str(path),))

    def check(self) -> None:
        """Looks for damage in the file.

        Raises:
            RecordError: if there is any.
        """
        if self._database.engine.dialect.name != "sqlite":
            return
        with self._database.reading() as connection:
            said = [row[0] for row in connection.execute(text("PRAGMA integrity_check"))]
            loose = connection.execute(text("PRAGMA foreign_key_check")).first()
        if said != ["ok"] or loose is not None:
            raise RecordError(self.url, "damaged; restore it from a copy")

    # ── writing ───────────────────────────────────────────────────────────────────────────────

    def add(self, report: Report, events: Sequence[Event], at: datetime | None = None) -> bool:
        """Keeps a report, its events and their incidents: all of it or, on a stop, none.

        Args:
            report: as read; its id is its content, so the same content is kept once.
            events: coded and resolved.
            at: the moment of adding (none: now).

        Returns:
            True if it is new. When this returns, it is kept for good.
        """
        moment = at or now()
        return self._database.writing(lambda c: add_one(c, report, events, moment))

    def has(self, report: str) -> bool:
        """Whether a report of this id is kept: what need not be coded again."""
        with self._database.reading() as connection:
            return has_report(connection, report)

    def add_imported(
        self, events: Iterable[Event], *, source: str, header: str = ""
    ) -> Iterator[Imported]:
        """Keeps imported events; see ``imports.add_imported``."""
        return add_imported(self._database, events, source, header, now())

    def rule(self, ruling: Ruling) -> bool:
        """Keeps a person's ruling, after a check that it can be obeyed.

        Args:
            ruling: its target is an event (confirm, reject, amend) or an incident (merge, split).
                ``changes`` of a merge hold ``with``, a ``;`` list of incidents; those of a split
                hold ``events``, a ``;`` list of the events to take out.

        Returns:
            False if it was kept before.

        Raises:
            UnknownName: if the target, a field or a value is not known.
        """
        mentions = targeted(self.lookup(), ruling)
        return self._database.writing(lambda c: add_ruling(c, ruling, mentions))

    def try_ruling(self, ruling: Ruling) -> None:
        """Checks that a ruling can be obeyed, without keeping it; raises what ``rule`` does."""
        targeted(self.lookup(), ruling)

    def recode(
        self, report: Report, events: Sequence[Event], *, keep: bool, at: datetime | None = None
    ) -> Recoded:
        """Compares a newer coding of a kept report with the current one, and keeps it if told.

        Both are compared as coded: rulings stand on either.

        Args:
            keep: false only shows what would change.
        """
        with self._database.reading() as connection:
            before = events_of(connection, [report.id])
        found = Recoded(report.id, changes_between(before, events))
        if keep and found.changes:
            moment = at or now()

            def write(connection: Connection) -> None:
                add_coding(connection, report, events, moment)
                group_new(connection, report, events, moment)

            self._database.writing(write)
        return found

    def regroup(self) -> tuple[Incident, ...]:
        """Groups all current events anew, as if told at once; rulings stay on top."""
        view = self.view()
        events = list(view.events(rejected=True))
        found = group(events, copies=view.copies())
        self._database.writing(lambda c: replace_incidents(c, found))
        return found


def ruling_id(ruling_parts: Sequence[str]) -> str:
    """A ruling's id from what it says, so that saying it twice keeps it once."""
    return fingerprint("ruling", *ruling_parts)


def open_record(where: str | Path | None = None, *, read_only: bool = False) -> Record:
    """Opens a record, making or migrating it where needed; see ``open_database``."""
    return Record(open_database(where, read_only=read_only))

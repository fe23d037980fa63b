"""What the desk keeps: briefs in versions, comments, users, sessions, and who did what when."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, delete, func, insert, select, update

from detente.errors import RecordError, UnknownName
from detente.records import Brief
from detente.serial import restored
from detente.store import schema
from detente.store.ledger import column, written
from detente.store.moments import kept, now, read
from detente.store.opening import Database

BriefState = Literal["draft", "reviewed", "published", "corrected"]
CommentState = Literal["waiting", "approved", "refused"]
Role = Literal["reader", "analyst", "editor", "admin"]
#: What may follow a state; a published brief is never taken back, only corrected in the open.
FOLLOWS: dict[str, tuple[str, ...]] = {
    "": ("draft",),
    "draft": ("draft", "reviewed"),
    "reviewed": ("draft", "reviewed", "published"),
    "published": ("corrected",),
    "corrected": ("corrected",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefVersion:
    """One version of a brief: never changed once kept."""

    id: str
    version: int
    state: BriefState
    by: str
    at: datetime
    note: str
    brief: Brief


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What a reader wrote under a brief; shown once approved."""

    id: int
    brief: str
    name: str
    text: str
    at: datetime
    state: CommentState
    judged_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Someone who may sign in; ``password`` is a hash made elsewhere, never the word itself."""

    name: str
    role: Role
    password: str
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Who did what to what, when."""

    at: datetime
    by: str
    what: str
    target: str
    detail: str


class Desk:
    """The desk's part of an open record. Every change leaves a line in the audit trail."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # ── briefs ────────────────────────────────────────────────────────────────────────────────

    def save_brief(
        self, name: str, brief: Brief, *, state: BriefState, by: str, note: str = ""
    ) -> BriefVersion:
        """Keeps the next version of a brief.

        Args:
            name: the brief's lasting id.
            state: must follow the last version's (draft → reviewed → published → corrected).
            note: what changed; a correction must say it.

        Raises:
            RecordError: if the state cannot follow, or a correction has no note.
        """
        at = now()

        def write(connection: Connection) -> int:
            version, last = _last_version(connection, name)
            self._may_follow(last, state, note)
            connection.execute(
                insert(schema.briefs).values(
                    id=name,
                    version=version + 1,
                    state=state,
                    by=column(by),
                    at=kept(at),
                    note=column(note),
                    written=written(brief),
                )
            )
            note_down(connection, at, by, f"brief {state}", name, f"version {version + 1}: {note}")
            return version + 1

        version = self._database.writing(write)
        return BriefVersion(
            id=name, version=version, state=state, by=by, at=at, note=note, brief=brief
        )

    def _may_follow(self, last: str, state: str, note: str) -> None:
        if state not in FOLLOWS[last]:
            raise RecordError(self._database.url, f"a {last or 'new'} brief cannot become {state}")
        if state == "corrected" and not note.strip():
            raise RecordError(self._database.url, "a correction must say what it corrects")

    def brief(self, name: str, version: int | None = None) -> BriefVersion:
        """A brief's last version, or the one asked for.

        Raises:
            UnknownName: if there is none.
        """
        for found in self.brief_versions(name):
            if version in (None, found.version):
                return found
        raise UnknownName(name, "no such brief" if version is None else f"no version {version}")

    def brief_versions(self, name: str) -> tuple[BriefVersion, ...]:
        """All versions of a brief, the last first."""
        table = schema.briefs
        query = select(table).where(table.c.id == name).order_by(table.c.version.desc())
        with self._database.reading() as connection:
            return tuple(_brief_version(row._mapping) for row in connection.execute(query))

    def briefs(
        self, state: BriefState | None = None, limit: int | None = None
    ) -> tuple[BriefVersion, ...]:
        """The last version of every brief (in this state), newest first, at most so many."""
        table = schema.briefs
        last = select(func.max(table.c.seq)).group_by(table.c.id)
        query = select(table).where(table.c.seq.in_(last)).order_by(table.c.seq.desc())
        if state:
            query = query.where(table.c.state == state)
        query = query.limit(limit) if limit else query
        with self._database.reading() as connection:
            return tuple(_brief_version(row._mapping) for row in connection.execute(query))

    # ── comments ──────────────────────────────────────────────────────────────────────────────

    def add_comment(
        self, brief: str, name: str, text: str, contact: tuple[str, str, timedelta] | None = None
    ) -> int:
        """Keeps a reader's comment until someone judges it; returns its number.

        Args:
            contact: e-mail (kept apart, never read out), a token, and how long it may edit.
        """
        at = now()

        def write(connection: Connection) -> int:
            values = {"brief": brief, "name": column(name), "text": column(text), "at": kept(at)}
            result = connection.execute(insert(schema.comments).values(state="waiting", **values))
            assert result.inserted_primary_key is not None
            number = int(result.inserted_primary_key[0])
            if contact:
                email, token, lasts = contact
                apart = {"email": column(email), "token": hashed(token)}
                until = kept(at + lasts)
                made = insert(schema.comment_contacts)
                connection.execute(made.values(comment=number, editable_until=until, **apart))
            return number

        return self._database.writing(write)

    def judge_comment(self, comment: int, *, approve: bool, by: str) -> None:
        """Approves or refuses a comment.

        Raises:
            UnknownName: if there is none of this number.
        """
        table, state = schema.comments, "approved" if approve else "refused"

        def write(connection: Connection) -> None:
            changed = connection.execute(
                update(table).where(table.c.id == comment).values(state=state, judged_by=by)
            )
            if not changed.rowcount:
                raise UnknownName(str(comment), "no such comment")
            note_down(connection, now(), by, f"comment {state}", str(comment), "")

        self._database.writing(write)

    def comments(
        self, brief: str | None = None, state: CommentState | None = None
    ) -> tuple[Comment, ...]:
        """Comments in the order written."""
        table = schema.comments
        query = select(table).order_by(table.c.id)
        query = query.where(table.c.brief == brief) if brief is not None else query
        query = query.where(table.c.state == state) if state else query
        with self._database.reading() as connection:
            rows = [dict(row._mapping) for row in connection.execute(query)]
        return tuple(Comment(**{**row, "at": read(row["at"])}) for row in rows)

    # ── users and sessions ────────────────────────────────────────────────────────────────────

    def save_user(self, name: str, role: Role, password: str, *, by: str) -> None:
        """Keeps a user, or gives a known one a new role and password hash."""
        table = schema.users

        def write(connection: Connection) -> None:
            values = {"role": role, "password": password}
            known = connection.execute(update(table).where(table.c.name == name).values(**values))
            if not known.rowcount:
                made = insert(table).values(name=name, created=kept(now()), **values)
                connection.execute(made)
            note_down(connection, now(), by, "user saved", name, role)

        self._database.writing(write)

    def user(self, name: str) -> User | None:
        """A user by name."""
        query = select(schema.users).where(schema.users.c.name == name)
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        return User(**{**row._mapping, "created": read(row.created)})

    def open_session(self, token: str, user: str, lasts: timedelta) -> None:
        """Keeps a session by the hash of its token; ended ones are cleared away."""
        table = schema.sessions

        def write(connection: Connection) -> None:
            connection.execute(delete(table).where(table.c.expires <= kept(now())))
            made = insert(table).values(token=hashed(token), user=user, expires=kept(now() + lasts))
            connection.execute(made)
            note_down(connection, now(), user, "signed in", user, "")

        self._database.writing(write)

    def session_user(self, token: str) -> User | None:
        """Who a session's token belongs to, None if it is unknown or has ended."""
        table = schema.sessions
        query = select(table.c.user).where(
            table.c.token == hashed(token), table.c.expires > kept(now())
        )
        with self._database.reading() as connection:
            name = connection.execute(query).scalar()
        return None if name is None else self.user(name)

    def close_session(self, token: str) -> None:
        """Ends a session."""
        table = schema.sessions
        gone = delete(table).where(table.c.token == hashed(token))
        self._database.writing(lambda c: c.execute(gone))

    # ── the audit trail ───────────────────────────────────────────────────────────────────────

    def note(self, by: str, what: str, target: str, detail: str = "") -> None:
        """Leaves a line of what someone did outside the desk's own changes."""
        self._database.writing(lambda c: note_down(c, now(), by, what, target, detail))

    def audit(self, target: str | None = None, limit: int = 1000) -> Iterator[AuditEntry]:
        """Who did what, the latest first."""
        table = schema.audit
        query = select(table).order_by(table.c.seq.desc()).limit(limit)
        query = query.where(table.c.target == target) if target is not None else query
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        for row in rows:
            yield AuditEntry(
                at=read(row.at), by=row.by, what=row.what, target=row.target, detail=row.detail
            )


def _last_version(connection: Connection, name: str) -> tuple[int, str]:
    table = schema.briefs
    query = select(table.c.version, table.c.state).where(table.c.id == name)
    row = connection.execute(query.order_by(table.c.version.desc()).limit(1)).first()
    return (row.version, row.state) if row else (0, "")


def _brief_version(row: object) -> BriefVersion:
    found = dict(row)  # type: ignore[call-overload]
    found.pop("seq")
    brief = restored(Brief, json.loads(found.pop("written")))
    return BriefVersion(**{**found, "at": read(found["at"]), "brief": brief})


def hashed(token: str) -> str:
    """How a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def note_down(
    connection: Connection, at: datetime, by: str, what: str, target: str, detail: str
) -> None:
    """Leaves a line in the audit trail, within the transaction at hand."""
    connection.execute(
        insert(schema.audit).values(
            at=kept(at), by=column(by), what=what, target=column(target), detail=column(detail)
        )
    )

"""Edit links of comments, tokens of programs, failed sign-ins, and grades of sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from detente.errors import UnknownName
from detente.ontology.admiralty import credibility as credibilities
from detente.ontology.admiralty import reliability as reliabilities
from detente.records import SourceGrade
from detente.store import schema
from detente.store.desk import Comment, User, hashed, note_down
from detente.store.ledger import column
from detente.store.moments import kept, now, read
from detente.store.opening import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture with the words that stand for it and whom it is owed to."""

    id: str
    kind: str
    body: bytes
    alt: str
    credit: str
    by: str


class Access:
    """What the site keeps beside the desk's own tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # ── comments by their edit link ───────────────────────────────────────────────────────────

    def comment_by_token(self, token: str) -> Comment | None:
        """The waiting comment that a link's token may still edit."""
        contacts, table = schema.comment_contacts, schema.comments
        query = (
            select(table)
            .join(contacts, contacts.c.comment == table.c.id)
            .where(contacts.c.token == hashed(token), contacts.c.editable_until > kept(now()))
            .where(table.c.state == "waiting")
        )
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else Comment(**{**row._mapping, "at": read(row.at)})

    def edit_comment(self, token: str, text: str) -> None:
        """Changes the words of a comment by its link's token.

        Raises:
            UnknownName: if the link is unknown or has run out, or the comment was judged.
        """
        table = schema.comments
        found = self.comment_by_token(token)
        if found is None:
            raise UnknownName("link", "unknown, or its ten minutes are over")
        changed = update(table).where(table.c.id == found.id, table.c.state == "waiting")
        self._database.writing(lambda c: c.execute(changed.values(text=column(text))))

    def waiting(self, brief: str, since: timedelta) -> int:
        """How many comments under a brief were written lately and wait."""
        table = schema.comments
        query = select(func.count()).where(
            table.c.brief == brief, table.c.state == "waiting", table.c.at > kept(now() - since)
        )
        with self._database.reading() as connection:
            return int(connection.execute(query).scalar() or 0)

    # ── sign-in ───────────────────────────────────────────────────────────────────────────────

    def failures(self, user: str, within: timedelta) -> int:
        """Failed sign-ins of a name since the last good one, within a time."""
        table = schema.audit
        query = (
            select(table.c.what)
            .where(table.c.target == column(user), table.c.at > kept(now() - within))
            .where(table.c.what.in_(("sign-in failed", "signed in")))
            .order_by(table.c.seq.desc())
            .limit(100)
        )
        with self._database.reading() as connection:
            told = [row.what for row in connection.execute(query)]
        return told.index("signed in") if "signed in" in told else len(told)

    def close_sessions(self, user: str) -> None:
        """Ends all sessions of a user."""
        gone = delete(schema.sessions).where(schema.sessions.c.user == user)
        self._database.writing(lambda c: c.execute(gone))

    def add_token(self, token: str, user: str, label: str) -> None:
        """Keeps a program's token by its hash."""

        def write(connection: Connection) -> None:
            made = {"user": user, "label": column(label), "created": kept(now())}
            connection.execute(insert(schema.api_tokens).values(token=hashed(token), **made))
            note_down(connection, now(), user, "token made", user, label)

        self._database.writing(write)

    def token_user(self, token: str) -> User | None:
        """Whose token it is."""
        tokens, users = schema.api_tokens, schema.users
        query = select(users).join(tokens, tokens.c.user == users.c.name)
        with self._database.reading() as connection:
            row = connection.execute(query.where(tokens.c.token == hashed(token))).first()
        return None if row is None else User(**{**row._mapping, "created": read(row.created)})

    def tokens(self, user: str) -> tuple[tuple[str, datetime], ...]:
        """Label and day of each token of a user."""
        table = schema.api_tokens
        query = select(table.c.label, table.c.created).where(table.c.user == user)
        with self._database.reading() as connection:
            found = connection.execute(query.order_by(table.c.created)).all()
        return tuple((row.label, read(row.created)) for row in found)

    def drop_tokens(self, user: str) -> None:
        """Withdraws all tokens of a user."""

        def write(connection: Connection) -> None:
            connection.execute(delete(schema.api_tokens).where(schema.api_tokens.c.user == user))
            note_down(connection, now(), user, "tokens withdrawn", user, "")

        self._database.writing(write)

    # ── pictures ──────────────────────────────────────────────────────────────────────────────

    def add_picture(self, picture: Picture) -> None:
        """Keeps a picture; the same bytes once, with the words last given."""
        table = schema.pictures

        def write(connection: Connection) -> None:
            words = {"alt": column(picture.alt), "credit": column(picture.credit)}
            same = update(table).where(table.c.id == picture.id).values(**words)
            if not connection.execute(same).rowcount:
                rest = {"id": picture.id, "kind": picture.kind, "body": picture.body}
                connection.execute(insert(table).values(by=picture.by, **rest, **words))
            note_down(connection, now(), picture.by, "picture kept", picture.id, picture.alt)

        self._database.writing(write)

    def picture(self, name: str) -> Picture | None:
        """A picture by the hash of its bytes."""
        query = select(schema.pictures).where(schema.pictures.c.id == name)
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else Picture(**row._mapping)

    # ── grades of sources ─────────────────────────────────────────────────────────────────────

    def grade(self, outlet: str, grade: tuple[str, str], *, by: str, reason: str) -> None:
        """Grades an outlet on the Admiralty scale: (reliability A–F, credibility 1–6).

        Raises:
            UnknownName: for another letter or number.
        """
        reliability, credibility = grade
        if reliability not in reliabilities():
            raise UnknownName(reliability, "no reliability", tuple(reliabilities()))
        if credibility not in credibilities():
            raise UnknownName(credibility, "no credibility", tuple(credibilities()))

        def write(connection: Connection) -> None:
            at = now()
            values = {"outlet": column(outlet), "by": by, "at": kept(at), "reason": column(reason)}
            graded = {"reliability": reliability, "credibility": credibility}
            connection.execute(insert(schema.source_grades).values(**values, **graded))
            told = f"{reliability}{credibility}: {reason}"
            note_down(connection, at, by, "source graded", outlet, told)

        self._database.writing(write)

    def grades(self) -> dict[str, SourceGrade]:
        """The grade of each outlet that has one, as last given."""
        table = schema.source_grades
        query = select(table).order_by(table.c.seq)
        found = {}
        with self._database.reading() as connection:
            for row in connection.execute(query):
                made = dict(row._mapping)
                made.pop("seq")
                found[row.outlet] = SourceGrade(**{**made, "at": read(row.at)})
        return found

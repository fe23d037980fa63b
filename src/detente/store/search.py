"""Full-text search over reports: FTS5 in SQLite, tsvector in PostgreSQL."""

from __future__ import annotations

import re

from sqlalchemy import Connection, text

_SQLITE = "CREATE VIRTUAL TABLE IF NOT EXISTS report_words USING fts5(title, text, content='')"
_POSTGRES = (
    "CREATE TABLE IF NOT EXISTS report_words (seq BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)",
    "CREATE INDEX IF NOT EXISTS report_words_index ON report_words USING GIN (words)",
)


def create_search(connection: Connection) -> None:
    """Makes the index of words."""
    statements = (_SQLITE,) if connection.dialect.name == "sqlite" else _POSTGRES
    for statement in statements:
        connection.execute(text(statement))


def index_report(connection: Connection, seq: int, title: str, body: str) -> None:
    """Takes a report's words into the index."""
    if connection.dialect.name == "sqlite":
        made = "INSERT INTO report_words (rowid, title, text) VALUES (:seq, :title, :text)"
    else:
        made = (
            "INSERT INTO report_words (seq, words) VALUES (:seq,"
            " setweight(to_tsvector('english', :title), 'A')"
            " || to_tsvector('english', left(:text, 500000)))"
        )
    # NUL is no character to PostgreSQL.
    values = {"seq": seq, "title": title.replace("\0", " "), "text": body.replace("\0", " ")}
    connection.execute(text(made), values)


def found_reports(connection: Connection, wanted: str, limit: int) -> list[int]:
    """Sequence numbers of the reports that hold all words wanted, best first.

    Args:
        wanted: words; those in double quotes stand together. Punctuation means nothing.
    """
    phrases = _phrases(wanted)
    if not phrases:
        return []
    if connection.dialect.name == "sqlite":
        query = "SELECT rowid FROM report_words WHERE report_words MATCH :q ORDER BY rank LIMIT :n"
        asked = " ".join(f'"{phrase}"' for phrase in phrases)
    else:
        query = (
            "SELECT seq FROM report_words, websearch_to_tsquery('english', :q) AS q"
            " WHERE words @@ q ORDER BY ts_rank(words, q) DESC, seq LIMIT :n"
        )
        asked = " ".join(f'"{phrase}"' if " " in phrase else phrase for phrase in phrases)
    rows = connection.execute(text(query), {"q": asked, "n": limit})
    return [int(row[0]) for row in rows]


def _phrases(wanted: str) -> list[str]:
    """Quoted phrases and single words, of letters and digits only: nothing is query syntax."""
    found = []
    for quoted, bare in re.findall(r'"([^"]*)"|([^\s"]+)', wanted):
        words = re.findall(r"\w+", quoted or bare)
        if words:
            found.append(" ".join(words))
    return found

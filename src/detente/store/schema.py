"""The tables of the record. What is written is never changed, but for the pointers that say so.

Ledger, append-only: ``reports``, ``codings``, ``events``, ``rulings``, ``import_batches``,
``imported_chunks``. Worked out from it and replaceable: ``current_codings``, ``event_parties``,
``incidents``, ``incident_events``, ``imported_events``, ``report_bands``. The desk: briefs,
comments, users, sessions, audit.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

#: The version this program writes; ``migrations.py`` leads to it from every older one.
VERSION = 3

metadata = MetaData()
_Seq = BigInteger().with_variant(Integer, "sqlite")

schema_version = Table("schema_version", metadata, Column("version", Integer, nullable=False))

reports = Table(
    "reports",
    metadata,
    Column("seq", _Seq, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("outlet", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("known_at", String(32), nullable=False, index=True),
    Column("added_at", String(32), nullable=False),
    Column("written", Text, nullable=False),
    Column("copy_of", String(64), nullable=False, server_default=""),
)

codings = Table(
    "codings",
    metadata,
    Column("seq", _Seq, primary_key=True, autoincrement=True),
    Column("report", String(64), ForeignKey("reports.id"), nullable=False, index=True),
    Column("coder", Text, nullable=False),
    Column("at", String(32), nullable=False),
)

current_codings = Table(
    "current_codings",
    metadata,
    Column("report", String(64), ForeignKey("reports.id"), primary_key=True),
    Column("coding", _Seq, ForeignKey("codings.seq"), nullable=False, unique=True),
)

events = Table(
    "events",
    metadata,
    Column("seq", _Seq, primary_key=True, autoincrement=True),
    Column("coding", _Seq, ForeignKey("codings.seq"), nullable=False, index=True),
    Column("id", String(64), nullable=False, index=True),
    Column("event_type", String(16), nullable=False),
    Column("act", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("earliest", String(10), index=True),
    Column("latest", String(10)),
    Column("known_at", String(32), nullable=False, index=True),
    Column("agreement", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("written", Text, nullable=False),
    UniqueConstraint("coding", "id"),
)

event_parties = Table(
    "event_parties",
    metadata,
    Column("event", _Seq, ForeignKey("events.seq"), primary_key=True),
    Column("side", String(9), primary_key=True),
    Column("party", String(255), primary_key=True),
    Index("party_events", "party", "side", "event"),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("written", Text, nullable=False),
)

incident_events = Table(
    "incident_events",
    metadata,
    Column("event", String(64), primary_key=True),
    Column("incident", String(64), ForeignKey("incidents.id"), nullable=False, index=True),
)

rulings = Table(
    "rulings",
    metadata,
    Column("seq", _Seq, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("at", String(32), nullable=False),
    Column("target", String(64), nullable=False, index=True),
    Column("written", Text, nullable=False),
)

#: The mentions a ruling is about, by their place in the report: they outlive a re-coding.
ruling_mentions = Table(
    "ruling_mentions",
    metadata,
    Column("ruling", String(64), ForeignKey("rulings.id"), primary_key=True),
    Column("event", String(64), primary_key=True),
    Column("role", String(8), nullable=False),
    Column("report", String(64), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("act", String(16), nullable=False),
    Column("status", String(16), nullable=False),
)

#: Bands of a report's MinHash: reports that share one may be copies.
report_bands = Table(
    "report_bands",
    metadata,
    Column("band", String(40), primary_key=True),
    Column("report", String(64), ForeignKey("reports.id"), primary_key=True),
)

import_batches = Table(
    "import_batches",
    metadata,
    Column("seq", _Seq, primary_key=True, autoincrement=True),
    Column("origin", String(32), nullable=False),
    Column("source", Text, nullable=False),
    Column("header", Text, nullable=False),
    Column("at", String(32), nullable=False),
)

imported_chunks = Table(
    "imported_chunks",
    metadata,
    Column("seq", _Seq, primary_key=True, autoincrement=True),
    Column("batch", _Seq, ForeignKey("import_batches.seq"), nullable=False),
    Column("body", LargeBinary, nullable=False),
)

#: One row a dyad of an imported event (``part`` counts them); the event itself is in its chunk.
imported_events = Table(
    "imported_events",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("part", SmallInteger, primary_key=True, autoincrement=False),
    Column("chunk", _Seq, ForeignKey("imported_chunks.seq"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    Column("known_at", String(32), nullable=False),
    Column("actor", String(16), nullable=False),
    Column("recipient", String(16), nullable=False),
    Column("event_type", String(16), nullable=False),
    Column("origin", String(32), nullable=False),
    Column("scale", Float),
    Index("imported_dyads", "actor", "recipient", "day", "event_type"),
    Index("imported_recipients", "recipient", "day"),
    Index("imported_order", "chunk", "place"),
)

# ── the desk (schema 2) ───────────────────────────────────────────────────────────────────────

briefs = Table(
    "briefs",
    metadata,
    Column("seq", _Seq, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False),
    Column("version", SmallInteger, nullable=False),
    Column("state", String(16), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("note", Text, nullable=False),
    Column("written", Text, nullable=False),
    UniqueConstraint("id", "version"),
)

comments = Table(
    "comments",
    metadata,
    Column("id", _Seq, primary_key=True, autoincrement=True),
    Column("brief", String(64), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("judged_by", Text, nullable=False, server_default=""),
)

users = Table(
    "users",
    metadata,
    Column("name", String(255), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("password", Text, nullable=False),
    Column("created", String(32), nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("user", String(255), ForeignKey("users.name"), nullable=False),
    Column("expires", String(32), nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", _Seq, primary_key=True, autoincrement=True),
    Column("at", String(32), nullable=False),
    Column("by", Text, nullable=False),
    Column("what", String(32), nullable=False),
    Column("target", Text, nullable=False, index=True),
    Column("detail", Text, nullable=False),
)

DESK = (briefs, comments, users, sessions, audit)

# ── the desk (schema 3) ───────────────────────────────────────────────────────────────────────

#: What a commenter gave that is never shown, and the hash of the token of the link to edit by.
comment_contacts = Table(
    "comment_contacts",
    metadata,
    Column("comment", _Seq, ForeignKey("comments.id"), primary_key=True),
    Column("email", Text, nullable=False),
    Column("token", String(64), nullable=False),
    Column("editable_until", String(32), nullable=False),
)

#: Admiralty grades in the order given; the last of an outlet counts.
source_grades = Table(
    "source_grades",
    metadata,
    Column("seq", _Seq, primary_key=True, autoincrement=True),
    Column("outlet", Text, nullable=False, index=True),
    Column("reliability", String(1), nullable=False),
    Column("credibility", String(1), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("reason", Text, nullable=False),
)

#: Tokens that programs write by, as hashes.
api_tokens = Table(
    "api_tokens",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("user", String(255), ForeignKey("users.name"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("created", String(32), nullable=False),
)

#: Pictures of briefs, by the hash of their bytes: served by us, never from elsewhere.
pictures = Table(
    "pictures",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("alt", Text, nullable=False),
    Column("credit", Text, nullable=False),
    Column("by", Text, nullable=False),
)

DESK_MORE = (comment_contacts, source_grades, api_tokens, pictures)

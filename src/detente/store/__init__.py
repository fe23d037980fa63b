"""Event ⇄ SQL: the record on SQLite or PostgreSQL. The only room with SQLAlchemy."""

from detente.store.access import CREDIBILITY, RELIABILITY, Access, Picture, SourceGrade
from detente.store.desk import AuditEntry, BriefVersion, Comment, Desk, User
from detente.store.filters import EventFilter
from detente.store.imports import Imported
from detente.store.lookup import Lookup, Marked, Subjects, Told, ToldPage
from detente.store.record import Recoded, Record, open_record, ruling_id
from detente.store.tallies import Bare, Tallies
from detente.store.view import OWN, DayCount, Page, View

__all__ = [
    "CREDIBILITY",
    "OWN",
    "RELIABILITY",
    "Access",
    "AuditEntry",
    "Bare",
    "BriefVersion",
    "Comment",
    "DayCount",
    "Desk",
    "EventFilter",
    "Imported",
    "Lookup",
    "Marked",
    "Page",
    "Picture",
    "Recoded",
    "Record",
    "SourceGrade",
    "Subjects",
    "Tallies",
    "Told",
    "ToldPage",
    "User",
    "View",
    "open_record",
    "ruling_id",
]

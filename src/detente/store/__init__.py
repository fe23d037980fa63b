"""Event ⇄ SQL: the record on SQLite or PostgreSQL. The only room with SQLAlchemy."""

from detente.store.access import Access, Picture
from detente.store.bare import Bare
from detente.store.desk import AuditEntry, BriefVersion, Comment, Desk, User
from detente.store.filters import EventFilter
from detente.store.imports import Imported
from detente.store.lookup import Lookup, Marked, Subjects, ToldPage
from detente.store.record import Recoded, Record, open_record, ruling_id
from detente.store.standing import Told
from detente.store.tallies import Tallies
from detente.store.view import OWN, DayCount, Page, View

__all__ = [
    "OWN",
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
    "Subjects",
    "Tallies",
    "Told",
    "ToldPage",
    "User",
    "View",
    "open_record",
    "ruling_id",
]

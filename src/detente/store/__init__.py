"""Event ⇄ SQL: the record on SQLite or PostgreSQL. The only room with SQLAlchemy."""

from detente.store.filters import EventFilter
from detente.store.imports import Imported
from detente.store.record import Recoded, Record, open_record, ruling_id
from detente.store.view import OWN, DayCount, Page, View

__all__ = [
    "OWN",
    "DayCount",
    "EventFilter",
    "Imported",
    "Page",
    "Recoded",
    "Record",
    "View",
    "open_record",
    "ruling_id",
]

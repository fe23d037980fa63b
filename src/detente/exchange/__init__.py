"""Event data of others in and out, streaming, each row's fate told."""

from detente.exchange.formats import (
    EVENT_FORMATS,
    READERS,
    SOURCE_FORMATS,
    detect,
    event_lines,
    header,
    read_events,
    source_lines,
    write_events,
    write_sources,
)
from detente.exchange.repair import RepairLog

__all__ = [
    "EVENT_FORMATS",
    "READERS",
    "SOURCE_FORMATS",
    "RepairLog",
    "detect",
    "event_lines",
    "header",
    "read_events",
    "source_lines",
    "write_events",
    "write_sources",
]

"""Moments as the record keeps them: UTC, ISO 8601, of one width, so that they sort as text."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from detente.records import Event, Report


def kept(moment: datetime) -> str:
    """A moment as text that sorts by time; a naive one counts as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="microseconds")


def read(text: str) -> datetime:
    """The moment that ``kept`` wrote."""
    return datetime.fromisoformat(text)


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


def known_at(report: Report, added: datetime) -> datetime:
    """When a report could be known: published, else retrieved, else added."""
    return report.published or report.retrieved or added


def imported_known_at(event: Event) -> datetime:
    """When an imported event could be known: as its source says, else at the end of its day."""
    if event.reported is not None:
        return event.reported
    day = event.when.latest or event.when.earliest or date.min
    return datetime.combine(day, time.max, tzinfo=UTC)

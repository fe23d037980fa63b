"""What happened in order, and what is still ahead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import polars as pl

from detente.analyse.occurrences import Occurrence

SCHEMA = pl.Schema(
    {
        "day": pl.Date(),
        "date": pl.String(),
        "ahead": pl.Boolean(),
        "status": pl.String(),
        "actor": pl.List(pl.String()),
        "act": pl.String(),
        "mode": pl.String(),
        "recipient": pl.List(pl.String()),
        "place": pl.String(),
        "agreement": pl.String(),
        "speaker": pl.String(),
        "outlets": pl.List(pl.String()),
        "mentions": pl.Int64(),
        "contradictions": pl.Int64(),
        "words": pl.String(),
        "incident": pl.String(),
    }
)


def chronology(found: Sequence[Occurrence], *, today: date | None = None) -> pl.DataFrame:
    """One row an occurrence, by day; undated ones last.

    Args:
        found: from :func:`~detente.analyse.occurrences.occurrences`.
        today: the day of reading: planned and threatened acts that may still come are ``ahead``.

    Returns:
        columns as :data:`SCHEMA`: ``day`` the first possible day, ``date`` as EDTF, ``outlets`` the
        independent ones, ``words`` the sentence it was read from.
    """
    return pl.DataFrame([_row(one, today) for one in found], schema=SCHEMA)


def _row(one: Occurrence, today: date | None) -> dict[str, object]:
    event, coded = one.told, one.told.coded
    return {
        "day": one.day,
        "date": event.when.edtf,
        "ahead": is_ahead(one, today),
        "status": one.status,
        "actor": list(one.actors),
        "act": coded.act,
        "mode": coded.mode,
        "recipient": list(one.recipients),
        "place": event.where.name if event.where else None,
        "agreement": event.agreement.name if event.agreement else None,
        "speaker": speaker_of(one) or None,
        "outlets": list(one.incident.outlets),
        "mentions": len(one.mentions),
        "contradictions": len(one.incident.contradictions),
        "words": re.sub(r"\s+", " ", coded.sentence.text).strip(),
        "incident": one.incident.id,
    }


def is_ahead(one: Occurrence, today: date | None) -> bool:
    """Whether it is planned or threatened and its last possible day has not passed."""
    if one.status not in ("planned", "threatened") or today is None:
        return False
    return one.last_day is None or one.last_day >= today


def speaker_of(one: Occurrence) -> str:
    """Who says so, as called in the record."""
    event = one.told
    if event.speaker:
        return event.speaker.entity.name
    return event.coded.speaker.text if event.coded.speaker else ""

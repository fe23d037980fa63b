"""How each agreement of a record stands on a day, with its computed dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from detente.analyse.occurrences import Occurrence
from detente.gazetteer.agreements import changes
from detente.records import Agreement, Event
from detente.resolve.standing import standing, touch_of

SCHEMA = pl.Schema(
    {
        "agreement": pl.String(),
        "standing": pl.String(),
        "on": pl.Date(),
        "parties": pl.List(pl.String()),
        "signed": pl.Date(),
        "in_force": pl.Date(),
        "notice": pl.Date(),
        "notice_days": pl.Int64(),
        "ends": pl.Date(),
        "computed": pl.Boolean(),
        "apart": pl.List(pl.String()),
        "because": pl.List(pl.String()),
        "id": pl.String(),
    }
)


def agreements(found: Sequence[Occurrence], *, today: date) -> pl.DataFrame:
    """One row an agreement that the occurrences touch, by day of signature.

    Args:
        found: occurrences of any status; only what was done by ``today`` changes a standing.
        today: the day of the standing.

    Returns:
        columns as :data:`SCHEMA`: ``ends`` the day it ended, or will by a notice given and its
        period (then ``computed``); ``apart`` the parties that stand otherwise than the whole;
        ``because`` the events and sources it rests on. Days known to the year or month only stand
        as their first day.
    """
    events = [event for one in found for event in one.mentions if one.status == "done"]
    named = {
        event.agreement.id: event.agreement
        for one in found
        for event in one.mentions
        if event.agreement
    }
    rows = [_row(agreement, events, today) for agreement in named.values()]
    return pl.DataFrame(rows, schema=SCHEMA).sort(["signed", "agreement"], nulls_last=True)


def _row(agreement: Agreement, events: Sequence[Event], today: date) -> dict[str, object]:
    own = [e for e in events if e.agreement and e.agreement.id == agreement.id]
    stands = standing(agreement, today, own)
    notice = _notice(agreement, own, today)
    return {
        "agreement": agreement.name,
        "standing": stands.state,
        "on": today,
        "parties": list(agreement.parties),
        "signed": _first_day(agreement.signed),
        "in_force": _first_day(agreement.in_force),
        "notice": notice,
        "notice_days": agreement.notice_days,
        "ends": stands.ends,
        "computed": stands.computed,
        "apart": [f"{party}: {state}" for party, state in stands.parties.items()],
        "because": list(stands.because),
        "id": agreement.id,
    }


def _notice(agreement: Agreement, own: Sequence[Event], today: date) -> date | None:
    """The first day on which a party gave notice, by the tables or the events."""
    known = [c.on for c in changes() if c.agreement == agreement.id and c.change == "notice"]
    told = [
        e.when.earliest
        for e in own
        if touch_of(e.coded) == "notice" and e.coded.status == "done" and e.when.earliest
    ]
    return min((day for day in (*known, *told) if day <= today), default=None)


def _first_day(edtf: str) -> date | None:
    return date.fromisoformat((edtf + "-01-01")[:10]) if edtf else None

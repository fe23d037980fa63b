"""TimelineJS 3 JSON: events as slides (timeline.knightlab.com, "JSON format")."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from detente.records import Event


def write_timelinejs(events: Iterable[Event]) -> Iterator[str]:
    """Lines of one JSON object; an event without any date is left out, for it has no slide."""
    yield '{"scale": "human", "events": ['
    before = ""
    for event in events:
        slide = slide_of(event)
        if slide is not None:
            yield before + json.dumps(slide, ensure_ascii=False)
            before = ","
    yield "]}"


def slide_of(event: Event) -> dict[str, Any] | None:
    """An event as a slide, None without a date."""
    first = event.when.earliest or event.when.latest
    if first is None:
        return None
    last = event.when.latest
    slide = {
        "unique_id": event.id,
        "start_date": _day(first, event.when.edtf),
        "text": {"headline": html.escape(_headline(event)), "text": html.escape(_told(event))},
        "group": event.coded.event_type,
    }
    if last and last != first:
        slide["end_date"] = _day(last, "")
    if event.where is not None and event.where.lat is not None and event.where.lon is not None:
        slide["location"] = {
            "name": event.where.name, "lat": event.where.lat, "lon": event.where.lon,
        }  # fmt: skip
    return slide


def _day(day: date, edtf: str) -> dict[str, Any]:
    shown = {"display_date": edtf} if edtf and edtf != day.isoformat() else {}
    return {"year": day.year, "month": day.month, "day": day.day, **shown}


def _headline(event: Event) -> str:
    actors = ", ".join(dict.fromkeys(p.entity.name for p in event.actor))
    recipients = ", ".join(dict.fromkeys(p.entity.name for p in event.recipient))
    words = [actors, event.coded.trigger.text, recipients]
    return " – ".join(w for w in words if w)


def _told(event: Event) -> str:
    source = f" ({event.outlet})" if event.outlet else ""
    return f"{event.coded.sentence.text}{source} [{event.coded.status}]"

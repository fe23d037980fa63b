"""GeoJSON (RFC 7946): events as points; one whose place has no coordinates has no geometry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from detente.exchange.flat import flat
from detente.records import Event

_SHOWN = (
    "date", "actor", "actor_country", "event_type", "act", "mode", "status", "recipient",
    "recipient_country", "place", "place_country", "agreement", "incident", "trigger", "sentence",
    "outlet", "origin",
)  # fmt: skip


def write_geojson(events: Iterable[Event]) -> Iterator[str]:
    """Lines of one FeatureCollection."""
    yield '{"type": "FeatureCollection", "features": ['
    before = ""
    for event in events:
        yield before + json.dumps(feature_of(event), ensure_ascii=False)
        before = ","
    yield "]}"


def feature_of(event: Event) -> dict[str, Any]:
    """An event as a feature: longitude before latitude, as the standard has it."""
    where, told = event.where, flat(event)
    located = where is not None and where.lat is not None and where.lon is not None
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": {"type": "Point", "coordinates": [where.lon, where.lat]}
        if located and where
        else None,
        "properties": {
            **{name: told[name] for name in _SHOWN},
            "place_resolution": where.resolution if where else "",
        },
    }

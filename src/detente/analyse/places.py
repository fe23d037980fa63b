"""Where things were done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import polars as pl

from detente.analyse.occurrences import Occurrence, done
from detente.analyse.series import QUAD_COUNTS, QUADS

SCHEMA = pl.Schema(
    {
        "place": pl.String(),
        "country": pl.String(),
        "lat": pl.Float64(),
        "lon": pl.Float64(),
        "resolution": pl.String(),
        **QUAD_COUNTS,
        "total": pl.Int64(),
        "scale_mean": pl.Float64(),
        "last": pl.Date(),
    }
)


def places(found: Sequence[Occurrence]) -> pl.DataFrame:
    """One row a place with what was done there, the busiest first.

    Args:
        found: occurrences; those done are counted. Unresolved places have no coordinates and say
            so in ``resolution``; occurrences without a place are left out.

    Returns:
        columns as :data:`SCHEMA`; ``lat`` and ``lon`` in degrees (WGS 84).
    """
    by_place: dict[tuple[object, ...], list[Occurrence]] = defaultdict(list)
    for one in done(found):
        where = one.told.where
        if where:
            key = (where.name, where.country, where.lat, where.lon, where.resolution)
            by_place[key].append(one)
    rows = [_row(key, ones) for key, ones in by_place.items()]
    frame = pl.DataFrame(rows, schema=SCHEMA)
    return frame.sort(["total", "place"], descending=[True, False])


def _row(key: tuple[object, ...], ones: Sequence[Occurrence]) -> dict[str, object]:
    scores = [one.score for one in ones if one.score is not None]
    return {
        **dict(zip(("place", "country", "lat", "lon", "resolution"), key, strict=True)),
        **{quad: sum(one.quad == quad for one in ones) for quad in QUADS},
        "total": len(ones),
        "scale_mean": sum(scores) / len(scores) if scores else None,
        "last": max((one.day for one in ones if one.day), default=None),
    }

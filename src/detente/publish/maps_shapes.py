"""Outlines of the world's countries: Natural Earth 1:110m, from a table that ships with us."""

from __future__ import annotations

from functools import cache
from typing import Any

from detente.errors import TableError
from detente.ontology.table import packaged, rows

_COLUMNS = ("country", "iso", "polygon", "ring", "points")


@cache
def countries() -> tuple[dict[str, Any], ...]:
    """GeoJSON features, one a country, with ``country`` and ``iso`` (numeric, may be empty).

    Countries are keyed by name, since three have no code.

    Raises:
        TableError: if the shipped table is damaged.
    """
    table = packaged("detente.publish", "world_shapes.csv")
    found: dict[str, dict[str, Any]] = {}
    for line, row in rows(table, _COLUMNS):
        numbers = [float(number) for number in row["points"].split()]
        if len(numbers) < 8 or len(numbers) % 2:
            raise TableError(str(table), line, "a ring needs four points of two numbers or more")
        points = [list(point) for point in zip(numbers[::2], numbers[1::2], strict=True)]
        shape = found.setdefault(row["country"], _feature(row["country"], row["iso"]))
        polygons = shape["geometry"]["coordinates"]
        if row["ring"] == "0":
            polygons.append([])
        polygons[-1].append(points)
    return tuple(found.values())


def _feature(country: str, iso: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"country": country, "iso": iso},
        "geometry": {"type": "MultiPolygon", "coordinates": []},
    }

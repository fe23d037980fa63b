"""Where things were done, on a map without remote tiles."""

from __future__ import annotations

from typing import Any

import altair as alt
import polars as pl

from detente.publish.charts import counted, scored
from detente.publish.charts_frame import INK, Caption, Spec, framed, inline, records
from detente.publish.maps_shapes import countries

WIDTH, HEIGHT = 640, 300
#: Room around the outermost places, in degrees; a map shows at least NARROWEST degrees.
MARGIN, NARROWEST = 6.0, 24.0
#: Places named on the map, the busiest first.
NAMED = 12


def map_chart(table: pl.DataFrame, caption: Caption) -> Spec:
    """Places on a map: area counts acts, colour is the mean score; the busiest are named.

    Args:
        table: from ``places``; those without coordinates are left out (say so in the caption).
        caption: around it.
    """
    found = table.filter(pl.col("lat").is_not_null() & pl.col("lon").is_not_null())
    projection = _projection(found)
    shapes = inline([shape for shape in countries() if _is_shown(shape, found)])
    land = alt.Chart(shapes).mark_geoshape(
        fill="#ececec", stroke="#b5b5b5", strokeWidth=0.6, clip=True
    )
    marked = inline(records(found.sort("total", descending=True)))
    at = {"longitude": "lon:Q", "latitude": "lat:Q"}
    circles = (
        alt.Chart(marked)
        .mark_circle(opacity=0.9, stroke=INK, strokeWidth=0.7, clip=True)
        .encode(
            **at,
            size=counted("Acts", found.select(pl.col("total").max()).item() or 1),
            color=scored(),
            tooltip=["place:N", "country:N", "resolution:N", "total:Q", "scale_mean:Q", "last:T"],
        )
    )
    layers = alt.layer(land, circles, *_names(found, at)).project(**projection)
    sized = layers.properties(width=WIDTH, height=HEIGHT, view=alt.ViewBackground(stroke="#cccccc"))
    return framed(sized, caption)


def _names(found: pl.DataFrame, at: dict[str, str]) -> list[Any]:
    """The busiest places' names with a halo, left of the mark towards the right edge."""
    chosen = _apart(found.sort("total", descending=True)).head(NAMED)
    edge = _ends(found, "lon")[1] - _span(found, "lon") / 5 if not found.is_empty() else 0.0
    layers = []
    for rightwards in (True, False):
        part = chosen.filter((pl.col("lon") <= edge) == rightwards)
        names = alt.Chart(inline(records(part))).encode(**at, text="place:N")
        lettering: dict[str, Any] = {"fontSize": 10.5, "clip": True}
        lettering |= {"align": "left" if rightwards else "right", "dx": 12 if rightwards else -12}
        halo = names.mark_text(stroke="white", strokeWidth=3, strokeJoin="round", **lettering)
        layers += [halo, names.mark_text(color=INK, **lettering)]
    return layers


def _is_shown(shape: dict[str, Any], found: pl.DataFrame) -> bool:
    """All countries, but Antarctica only where something was done there."""
    south = found.select(pl.col("lat").min()).item()
    return shape["properties"]["country"] != "Antarctica" or (south is not None and south < -60)


def _apart(found: pl.DataFrame) -> pl.DataFrame:
    """Places in order, without those whose name would be written over an earlier one's."""
    width = max(_span(found, "lon"), 2 * _span(found, "lat"))
    kept: list[dict[str, Any]] = []
    for row in found.to_dicts():
        clear = all(
            abs(row["lat"] - other["lat"]) > width / 40
            or abs(row["lon"] - other["lon"]) > width / 5
            for other in kept
        )
        if clear:
            kept.append(row)
    return pl.DataFrame(kept, schema=found.schema)


def _span(found: pl.DataFrame, axis: str) -> float:
    if found.is_empty():
        return 360.0 if axis == "lon" else 180.0
    low, high = _ends(found, axis)
    return max(high - low + 2 * MARGIN, NARROWEST)


def _ends(found: pl.DataFrame, axis: str) -> tuple[float, float]:
    return found.select(low=pl.col(axis).min(), high=pl.col(axis).max()).row(0)


def _projection(found: pl.DataFrame) -> dict[str, Any]:
    """The whole world where places are far apart, else the part that holds them."""
    wide, tall = _span(found, "lon"), _span(found, "lat")
    if wide > 150 or tall > 100:
        return {"type": "naturalEarth1"}
    middle = [sum(_ends(found, axis)) / 2 for axis in ("lon", "lat")]
    degrees = max(wide, tall * WIDTH / HEIGHT)
    scale = WIDTH / degrees * 57.2958
    return {
        "type": "equirectangular",
        "scale": scale,
        "rotate": [-middle[0], 0, 0],
        "center": [0, middle[1]],
        "translate": [WIDTH / 2, HEIGHT / 2],
    }

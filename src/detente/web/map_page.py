"""Where things were done: circles on outlines that we serve ourselves."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from math import sqrt
from typing import Any

from detente.publish.maps_shapes import countries
from detente.web.answer import Raw, Shown
from detente.web.asking import Ask

#: The plate carrée: a unit is a third of a degree.
SCALE = 3.0
WIDTH, HEIGHT = 1080, 450  # from the north pole to 60° south
NAMED = 14


def map_page(ask: Ask) -> Shown:
    """The busiest places, as a map and as a table."""
    found = ask.site.record.tallies.places()
    most = max((n for *_, n in found), default=1)
    circles: list[dict[str, Any]] = [
        {
            "name": name,
            "country": country,
            "x": round((lon + 180) * SCALE, 1),
            "y": round((90 - lat) * SCALE, 1),
            "r": round(3 + 17 * sqrt(n / most), 1),
            "n": n,
        }
        for name, country, lat, lon, n in found
    ]
    return Shown(
        template="map.html.j2",
        title="Map",
        shows={
            "circles": circles,
            "width": WIDTH,
            "height": HEIGHT,
            "named": _apart([(c["name"], c["x"] + c["r"] + 2, c["y"] + 4) for c in circles]),
        },
        twin={
            "places": [
                {"name": name, "country": country, "lat": lat, "lon": lon, "events": n}
                for name, country, lat, lon, n in found
            ]
        },
    )


def _apart(spots: list[Any]) -> list[Any]:
    """Names with their places, without those that would be written over an earlier one's."""
    kept: list[Any] = []
    for name, x, y in spots:
        if all(abs(y - v) > 12 or abs(x - u) > 7 * max(len(name), len(n)) for n, u, v in kept):
            kept.append((name, x, y))
    return kept[:NAMED]


def land(_ask: Ask) -> Raw:
    """The outlines of the world's countries as SVG."""
    return Raw(body=_land(), media="image/svg+xml")


@cache
def _land() -> bytes:
    shapes = (f for f in countries() if f["properties"]["country"] != "Antarctica")
    paths = [
        f'<path d="{"".join(_ring(ring) for part in shape for ring in part)}"/>'
        for shape in (feature["geometry"]["coordinates"] for feature in shapes)
    ]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'fill="#9aa4ae" fill-opacity=".35" stroke="#9aa4ae" stroke-width=".6">'
    )
    return (head + "".join(paths) + "</svg>").encode()


def _ring(points: list[list[float]]) -> str:
    """A ring in whole units; one that crosses the antimeridian is drawn at both edges."""
    spots: list[tuple[int, int]] = []
    turned = 0
    for lon, lat in points:
        x = round((lon + 180) * SCALE) + turned
        if spots and abs(x - spots[-1][0]) > WIDTH / 2:
            step = WIDTH if x < spots[-1][0] else -WIDTH
            turned, x = turned + step, x + step
        spots.append((x, round((90 - lat) * SCALE)))
    over = max(x for x, _ in spots) > WIDTH, min(x for x, _ in spots) < 0
    shifts = [0, *([-WIDTH] if over[0] else []), *([WIDTH] if over[1] else [])]
    return "".join(_drawn([(x + shift, y) for x, y in spots]) for shift in shifts)


def _drawn(spots: list[tuple[int, int]]) -> str:
    steps = [f"{x - px} {y - py}" for (px, py), (x, y) in pairwise(spots) if (x, y) != (px, py)]
    return f"M{spots[0][0]} {spots[0][1]}l{' '.join(steps)}z" if steps else ""

"""Where things were done: circles on outlines that we serve ourselves."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from math import sqrt

from detente.publish.maps_shapes import countries
from detente.web.answer import Raw, Shown
from detente.web.asking import Ask

#: The plate carrée: a unit is a third of a degree.
SCALE = 3.0
WIDTH, HEIGHT = 1080, 540
NAMED = 14


def map_page(ask: Ask) -> Shown:
    """The busiest places, as a map and as a table."""
    found = ask.site.record.tallies.places()
    most = max((n for *_, n in found), default=1)
    circles = [
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
        shows={"circles": circles, "width": WIDTH, "height": HEIGHT, "named": NAMED},
        twin={
            "places": [
                {"name": name, "country": country, "lat": lat, "lon": lon, "events": n}
                for name, country, lat, lon, n in found
            ]
        },
    )


def land(_ask: Ask) -> Raw:
    """The outlines of the world's countries as SVG."""
    return Raw(body=_land(), media="image/svg+xml")


@cache
def _land() -> bytes:
    paths = [
        f'<path d="{"".join(_ring(ring) for polygon in shape for ring in polygon)}"/>'
        for shape in (feature["geometry"]["coordinates"] for feature in countries())
    ]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'fill="#9aa4ae" fill-opacity=".35" stroke="#9aa4ae" stroke-width=".6">'
    )
    return (head + "".join(paths) + "</svg>").encode()


def _ring(points: list[list[float]]) -> str:
    """A ring in whole units, each point from the one before."""
    spots = [(round((lon + 180) * SCALE), round((90 - lat) * SCALE)) for lon, lat in points]
    steps = [f"{x - px} {y - py}" for (px, py), (x, y) in pairwise(spots) if (x, y) != (px, py)]
    return f"m{spots[0][0]} {spots[0][1]}l{' '.join(steps)}z".replace("m", "M", 1) if steps else ""

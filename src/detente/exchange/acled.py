"""ACLED event data (read only): quoted CSV with a header, possibly a byte order mark.

Columns: ACLED Codebook (2024). An export of ours would have to invent what ACLED observes.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache

from detente.errors import TableError
from detente.exchange.countries import country_named
from detente.exchange.rows import Facts, RowFormat, day_of, number_of
from detente.ontology.plover import event_types, modes
from detente.ontology.table import listed, packaged, rows
from detente.records import Entity, Place

COLUMNS = (
    "event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "actor2", "country",
    "location", "latitude", "longitude", "source",
)  # fmt: skip
_STATE_FORCE = re.compile(r"^(?P<kind>.+?) of (?P<country>[^(]+?)\s*(?:\((?P<rest>[^)]*)\).*)?$")
_IN = re.compile(r"\((?P<country>[^()]+)\)\s*$")
_SECTORS = {"Military Forces": "MIL", "Police Forces": "COP", "Government": "GOV",
            "Protesters": "CVL", "Rioters": "CVL", "Civilians": "CVL"}  # fmt: skip
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December")  # fmt: skip


@cache
def _types() -> dict[tuple[str, str], tuple[str, str]]:
    table = packaged("detente.exchange", "acled_types.csv")
    found = {}
    for line, row in rows(table, ("event_type", "sub_event_type", "type", "mode")):
        kind, mode = row["type"], row["mode"]
        if kind and (kind not in event_types() or (mode and mode not in modes()[kind])):
            raise TableError(str(table), line, f"PLOVER has no {kind} {mode}")
        found[row["event_type"], row["sub_event_type"]] = kind, mode
    return found


def _facts(row: dict[str, str]) -> Facts:
    named = row["event_type"], row["sub_event_type"]
    if named not in _types():
        raise ValueError(f"no ACLED type {named[0]!r} / {named[1]!r}")
    kind, mode = _types()[named]
    country = country_named(row["country"])
    return Facts(
        key=(row["event_id_cnty"],),
        day=_day(row["event_date"]),
        code=row["sub_event_type"],
        event_type=kind,
        mode=mode,
        actor=_actor(row["actor1"]),
        recipient=_actor(row["actor2"]),
        where=Place(
            name=row["location"],
            country=country,
            lat=number_of(row["latitude"], "latitude", -90, 90),
            lon=number_of(row["longitude"], "longitude", -180, 180),
            resolution="city",
        ),
        reported=_stamp(row.get("timestamp", "")),
        outlet=(listed(row["source"]) or ("",))[0],
    )


def _day(text: str) -> date:
    """``2023-02-16``, or ``16 February 2023`` as older exports have it."""
    parts = text.split()
    if len(parts) == 3 and parts[1] in _MONTHS:
        text = f"{parts[2]}-{_MONTHS.index(parts[1]) + 1:02d}-{int(parts[0]):02d}"
    return day_of(text)


def _stamp(text: str) -> datetime | None:
    return datetime.fromtimestamp(int(text), tz=UTC) if text.isdigit() else None


def _actor(name: str) -> tuple[Entity, ...]:
    """Its country from "Military Forces of X (2014-)", "Protesters (X)", else none."""
    if not name:
        return ()
    force, inside = _STATE_FORCE.match(name), _IN.search(name)
    country = country_named(force["country"]) if force else ""
    if not country and inside:
        country = country_named(inside["country"])
    code = next((c for word, c in _SECTORS.items() if name.startswith(word)), "")
    return (Entity(id=name, name=name, country=country, sectors=(code,) if code else ()),)


ACLED = RowFormat(
    name="acled",
    columns=(COLUMNS,),
    has_header=True,
    delimiter=",",
    quoted=True,
    facts=_facts,
    row=None,
    mapping="ACLED→PLOVER 2026.1",
    free_order=True,
    suffix=".csv",
)

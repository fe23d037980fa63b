"""ICEWS coded event data: tab-separated, 20 columns, unquoted (Dataverse doi:10.7910/DVN/28075)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from detente.exchange.countries import country_named, names
from detente.exchange.rows import Facts, RowFormat, converted, day_of, number_of
from detente.ontology.cameo import cameo, cameo_of
from detente.ontology.plover import event_types, score
from detente.ontology.table import packaged, rows
from detente.records import Entity, Event, Participant, Place

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text",
    "CAMEO Code", "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID",
    "Sentence Number", "Publisher", "City", "District", "Province", "Country", "Latitude",
    "Longitude",
)  # fmt: skip
_ABSENT = ("", "NA", "NULL", "None")


@cache
def _sectors() -> dict[str, str]:
    table = packaged("detente.exchange", "icews_sectors.csv")
    return {row["sector"]: row["code"] for _, row in rows(table, ("sector", "code"))}


def _facts(row: dict[str, str]) -> Facts:
    number_of(row["Intensity"], "intensity", -10, 10)
    code = row["CAMEO Code"]
    kind, mode, contexts = converted(code)
    day = row["Event Date"]
    return Facts(
        # The event id alone is not unique: with its date it is.
        key=(row["Event ID"], day),
        day=day_of(day),
        code=code,
        event_type=kind,
        mode=mode,
        cameo=code,
        contexts=contexts,
        actor=_party(row, "Source"),
        recipient=_party(row, "Target"),
        where=_place(row),
        outlet="" if row["Publisher"] in _ABSENT else row["Publisher"],
    )


def _party(row: dict[str, str], side: str) -> tuple[Entity, ...]:
    name, country = row[f"{side} Name"], country_named(row[f"{side} Country"])
    if name in _ABSENT:
        return ()
    return (Entity(id=_entity_id(name, country), name=name, country=country,
                   sectors=_codes(row[f"{side} Sectors"])),)  # fmt: skip


def _entity_id(name: str, country: str) -> str:
    return country if country and country_named(name) == country else name


@cache
def _codes(sectors: str) -> tuple[str, ...]:
    found = (_sectors().get(name.strip()) for name in sectors.split(","))
    return tuple(dict.fromkeys(code for code in found if code))


def _place(row: dict[str, str]) -> Place | None:
    lat = number_of(row["Latitude"], "latitude", -90, 90)
    lon = number_of(row["Longitude"], "longitude", -180, 180)
    country = row["Country"]
    if country in _ABSENT and lat is None:
        return None
    city = row["City"]
    known = city not in _ABSENT
    return Place(
        name=city if known else country,
        country=country_named(country),
        lat=lat,
        lon=lon,
        resolution="city" if known else "country",
    )


def _row(event: Event) -> Sequence[str]:
    coded, day = event.coded, event.when.earliest or event.when.latest
    code = coded.cameo or cameo_of(coded.event_type, coded.mode)
    told = cameo(code)
    where = event.where
    scale = score(coded.event_type, coded.mode) if coded.event_type in event_types() else 0.0
    return (
        str(int(event.id[:12], 16)) if event.id else "",
        day.isoformat() if day else "",
        *_side(event.actor),
        told.meaning if told else "",
        code,
        f"{scale:g}",
        *_side(event.recipient),
        coded.trigger.report,
        str(coded.sentence.start),
        event.outlet,
        where.name if where and where.resolution in ("city", "site") else "NA",
        "NA",
        "NA",
        names().get(where.country, "NA") if where else "NA",
        "NA" if where is None or where.lat is None else f"{where.lat:g}",
        "NA" if where is None or where.lon is None else f"{where.lon:g}",
    )


def _side(members: Sequence[Participant]) -> tuple[str, str, str]:
    """Name, sectors and country of the first; ICEWS has one actor a side."""
    if not members:
        return "NA", "NA", "NA"
    entity = members[0].entity
    told = {code: name for name, code in reversed(_sectors().items())}
    sectors = ",".join(told[s] for s in entity.sectors if s in told)
    return entity.name, sectors or "NA", names().get(entity.country, "NA")


ICEWS = RowFormat(
    name="icews",
    columns=(COLUMNS,),
    has_header=True,
    delimiter="\t",
    quoted=False,
    facts=_facts,
    row=_row,
    suffix=".tab",
)

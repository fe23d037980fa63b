"""POLECAT event data: tab-separated, 40 columns (39 without Intensity), PLOVER types.

``None`` means nothing, ``;`` separates lists, and some files mix Latin-1 into UTF-8
(Dataverse doi:10.7910/DVN/AJGVIT).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time

from detente.exchange.countries import country_named, names
from detente.exchange.rows import Facts, RowFormat, day_of, number_of
from detente.ontology.plover import contexts, event_types, modes, quad_class, score, sectors
from detente.ontology.table import listed
from detente.records import Entity, Event, Participant, Place

_SIDE = (
    "{} Name", "{} Country", "{} COW", "Primary {} Sector", "{} Sectors", "{} Title",
    "{} Name Raw", "Wikipedia {} ID",
)  # fmt: skip
COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    *(name.format("Actor") for name in _SIDE),
    *(name.format("Recipient") for name in _SIDE),
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude",
    "GeoNames ID", "Raw Placename", "Feature Type", "Source", "Publication Date",
    "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip


def _given(text: str) -> str:
    return "" if text in ("None", "NA", "nan") else text


def _facts(row: dict[str, str]) -> Facts:
    kind = row["Event Type"]
    if kind not in event_types():
        raise ValueError(f"no PLOVER type {kind!r}")
    number_of(row.get("Intensity", ""), "intensity", -10, 10)
    mode = _given(row["Event Mode"])
    told = _given(row["Publication Date"])
    named = (c.strip().lower() for c in listed(_given(row["Contexts"])))
    return Facts(
        key=(row["Event ID"],),
        day=day_of(row["Event Date"]),
        code=kind,
        event_type=kind,
        mode=mode if mode in modes()[kind] else "",
        contexts=tuple(c for c in named if c in contexts()),
        actor=_parties(row, "Actor"),
        recipient=_parties(row, "Recipient"),
        where=_place(row),
        reported=datetime.combine(day_of(told), time.max, tzinfo=UTC) if told else None,
        outlet=_given(row["Source"]),
    )


def _parties(row: dict[str, str], side: str) -> tuple[Entity, ...]:
    """One entity a name; countries and sectors go along where there are as many."""
    found = listed(_given(row[f"{side} Name"]))
    countries = listed(_given(row[f"{side} Country"]))
    primary = _given(row[f"Primary {side} Sector"])
    known = (primary, *listed(_given(row[f"{side} Sectors"])))
    office = _given(row[f"{side} Title"])
    codes = tuple(dict.fromkeys(s for s in known if s in sectors()))
    if not found and countries:
        found = countries
    return tuple(
        Entity(
            id=_id(name, country),
            name=name,
            country=country,
            sectors=codes,
            office=office if len(found) == 1 else "",
        )
        for at, name in enumerate(found)
        for country in [_country(countries, at, len(found))]
    )


def _id(name: str, country: str) -> str:
    return country if country in (name, country_named(name)) and country else name


def _country(countries: Sequence[str], at: int, count: int) -> str:
    if len(countries) == count:
        return countries[at]
    return countries[0] if len(countries) == 1 else ""


def _place(row: dict[str, str]) -> Place | None:
    lat = number_of(row["Latitude"], "latitude", -90, 90)
    lon = number_of(row["Longitude"], "longitude", -180, 180)
    country, city = _given(row["Country"]), _given(row["City"])
    name = _given(row["Placename"]) or city or country
    if not name:
        return None
    number = _given(row["GeoNames ID"])
    return Place(
        name=name,
        country=country if country in names() else country_named(country),
        geonameid=int(number) if number.isdigit() else None,
        lat=lat,
        lon=lon,
        resolution="city" if city else "country",
    )


def _row(event: Event) -> Sequence[str]:
    coded, day, where = event.coded, event.when.earliest or event.when.latest, event.where
    known = coded.event_type in event_types()
    made = {
        "Event ID": event.id,
        "Event Date": day.isoformat() if day else "",
        "Event Type": coded.event_type,
        "Event Mode": coded.mode,
        "Intensity": f"{score(coded.event_type, coded.mode):g}" if known else "",
        "Quad Code": quad_class(coded.event_type).upper() if known else "",
        "Contexts": ";".join(c.name for c in coded.contexts),
        **_side(event.actor, "Actor"),
        **_side(event.recipient, "Recipient"),
        "Source": event.outlet,
        "Publication Date": f"{event.reported:%Y-%m-%d}" if event.reported else "",
        "Language": "en",
    }
    if where is not None:
        made |= {
            "Placename": where.name,
            "City": where.name if where.resolution in ("city", "site") else "",
            "Country": where.country,
            "Latitude": "" if where.lat is None else f"{where.lat:g}",
            "Longitude": "" if where.lon is None else f"{where.lon:g}",
            "GeoNames ID": "" if where.geonameid is None else str(where.geonameid),
        }
    return [made.get(name, "") or "None" for name in COLUMNS]


def _side(members: Sequence[Participant], side: str) -> dict[str, str]:
    entities = [p.entity for p in members]
    codes = list(dict.fromkeys(s for e in entities for s in e.sectors))
    return {
        f"{side} Name": ";".join(e.name for e in entities),
        f"{side} Country": ";".join(e.country for e in entities),
        f"Primary {side} Sector": codes[0] if codes else "",
        f"{side} Sectors": ";".join(codes),
        f"{side} Title": entities[0].office if entities else "",
        f"{side} Name Raw": ";".join(p.passage.text for p in members),
    }


POLECAT = RowFormat(
    name="polecat",
    columns=(COLUMNS, tuple(c for c in COLUMNS if c != "Intensity")),
    has_header=True,
    delimiter="\t",
    quoted=True,
    facts=_facts,
    row=_row,
    mapping="PLOVER 2021, as given",
    fallback="latin-1",
    suffix=".txt",
)

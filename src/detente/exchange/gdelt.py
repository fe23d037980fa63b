"""GDELT event tables 1.0 (58 columns) and 2.0 (61): tab-separated, no header.

Column names and order: GDELT Event Codebook 1.03 and 2.0. 1.0 files of before April 2013 lack the
last column (57). Codes are text with leading zeros; places carry FIPS 10-4 countries.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Literal

from detente.exchange.countries import country_of_fips, fips_of_country
from detente.exchange.keds import actor_of, code_of
from detente.exchange.rows import Facts, RowFormat, converted, day_of, number_of
from detente.ontology.cameo import cameo_of
from detente.ontology.plover import event_types, quad_class, score
from detente.records import Event, Place

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
    "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_GEO_1 = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_GEO_2 = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
_QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_RESOLUTION: dict[str, Literal["country", "region", "city"]] = {
    "1": "country", "2": "region", "3": "city", "4": "city", "5": "region",
}  # fmt: skip


def _columns(geo: Sequence[str]) -> tuple[str, ...]:
    return (
        "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
        *(f"Actor1{name}" for name in _ACTOR),
        *(f"Actor2{name}" for name in _ACTOR),
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass",
        "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone",
        *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in geo),
        "DATEADDED", "SOURCEURL",
    )  # fmt: skip


COLUMNS_1 = _columns(_GEO_1)
COLUMNS_2 = _columns(_GEO_2)


def _facts(row: dict[str, str]) -> Facts:
    if not row["GLOBALEVENTID"].isdigit():
        raise ValueError(f"bad event id {row['GLOBALEVENTID']!r}")
    code = row["EventCode"]
    kind, mode, contexts = converted(code)
    url = row.get("SOURCEURL", "")
    return Facts(
        key=(row["GLOBALEVENTID"],),
        day=day_of(row["SQLDATE"]),
        code=code,
        event_type=kind,
        mode=mode,
        cameo=code,
        contexts=contexts,
        actor=actor_of(row["Actor1Code"], row["Actor1Name"]),
        recipient=actor_of(row["Actor2Code"], row["Actor2Name"]),
        where=_place(row),
        reported=_added(row["DATEADDED"]),
        outlet=url.split("/", 3)[2].removeprefix("www.") if "://" in url else url,
    )


def _added(text: str) -> datetime | None:
    """``20130401`` (1.0: the day's end) or ``20150218230000`` (2.0)."""
    if not text:
        return None
    digits = text + "235959" if len(text) == 8 else text
    if len(digits) != 14 or not digits.isdigit():
        raise ValueError(f"bad date {text!r}")
    month, day, hour, minute, second = (int(digits[at : at + 2]) for at in range(4, 14, 2))
    try:
        return datetime(int(digits[:4]), month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        raise ValueError(f"bad date {text!r}") from None


def _place(row: dict[str, str]) -> Place | None:
    resolution = _RESOLUTION.get(row["ActionGeo_Type"])
    if resolution is None:
        return None
    return Place(
        name=row["ActionGeo_FullName"],
        country=country_of_fips(row["ActionGeo_CountryCode"]),
        lat=number_of(row["ActionGeo_Lat"], "latitude", -90, 90),
        lon=number_of(row["ActionGeo_Long"], "longitude", -180, 180),
        resolution=resolution,
    )


def _row(event: Event, columns: tuple[str, ...], added: str) -> Sequence[str]:
    coded, day = event.coded, event.when.earliest or event.when.latest
    code = coded.cameo or cameo_of(coded.event_type, coded.mode)
    known = coded.event_type in event_types()
    made = {
        "GLOBALEVENTID": str(int(event.id[:12], 16)) if event.id else "",
        "SQLDATE": f"{day:%Y%m%d}" if day else "",
        "MonthYear": f"{day:%Y%m}" if day else "",
        "Year": f"{day:%Y}" if day else "",
        "FractionDate": f"{day.year + day.timetuple().tm_yday / 365:.4f}" if day else "",
        "IsRootEvent": "1",
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": str(_QUADS.index(quad_class(coded.event_type)) + 1) if known else "",
        "GoldsteinScale": f"{score(coded.event_type, coded.mode):g}" if known else "",
        "NumMentions": "1",
        "NumSources": "1",
        "NumArticles": "1",
        "AvgTone": "0",  # not measured here; readers of the field require a number
        "DATEADDED": f"{_known(event):{added}}" if _known(event) else "",
        "SOURCEURL": event.outlet,
        **_side(event, "Actor1"),
        **_side(event, "Actor2"),
        **_geo(event.where),
    }
    return [made.get(name, "") for name in columns]


def _known(event: Event) -> datetime | None:
    """When it was reported; else the end of its day, as 1.0 files without a moment mean it."""
    day = event.when.latest or event.when.earliest
    if event.reported or day is None:
        return event.reported
    return datetime.combine(day, time(23, 59, 59), tzinfo=UTC)


def _side(event: Event, prefix: str) -> dict[str, str]:
    members = event.actor if prefix == "Actor1" else event.recipient
    if not members:
        return {}
    entity = members[0].entity
    sectors = dict(zip(("Type1Code", "Type2Code", "Type3Code"), entity.sectors, strict=False))
    told = {"Code": code_of(members), "Name": entity.name.upper(), "CountryCode": entity.country}
    return {f"{prefix}{name}": text for name, text in {**told, **sectors}.items()}


def _geo(where: Place | None) -> dict[str, str]:
    kinds = {"country": "1", "region": "5", "city": "4", "site": "4"}
    if where is None or where.resolution not in kinds:
        return {"ActionGeo_Type": "0"}
    return {
        "ActionGeo_Type": kinds[where.resolution],
        "ActionGeo_FullName": where.name,
        "ActionGeo_CountryCode": fips_of_country(where.country),
        "ActionGeo_Lat": "" if where.lat is None else f"{where.lat:g}",
        "ActionGeo_Long": "" if where.lon is None else f"{where.lon:g}",
    }


GDELT_1 = RowFormat(
    name="gdelt1",
    columns=(COLUMNS_1, COLUMNS_1[:-1]),
    has_header=False,
    delimiter="\t",
    quoted=False,
    facts=_facts,
    row=lambda event: _row(event, COLUMNS_1, "%Y%m%d"),
    suffix=".CSV",
)
GDELT_2 = RowFormat(
    name="gdelt2",
    columns=(COLUMNS_2,),
    has_header=False,
    delimiter="\t",
    quoted=False,
    facts=_facts,
    row=lambda event: _row(event, COLUMNS_2, "%Y%m%d%H%M%S"),
    suffix=".CSV",
)

"""Files of other people's formats, made for the tests."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from detente.exchange.gdelt import COLUMNS_1, COLUMNS_2
from detente.exchange.polecat import COLUMNS as POLECAT_COLUMNS

CODES = ("010", "036", "042", "0231", "1123", "112", "163", "173", "190", "195", "057", "130")
COUNTRIES = ("USA", "RUS", "CHN", "ISR", "PSE", "IRN", "FRA", "DEU", "GBR", "UKR", "IGO", "")
FIPS = ("US", "RS", "CH", "IS", "IR", "FR", "GM", "UK", "UP")


def gdelt_rows(count: int, columns: tuple[str, ...] = COLUMNS_2, seed: int = 7) -> Iterator[str]:
    """GDELT rows: ids in order, five years of days, a few actors and codes, leading zeros kept."""
    made, first = random.Random(seed), date(2014, 1, 1)
    for number in range(count):
        day = first + timedelta(days=number * 1826 // count)
        code = made.choice(CODES)
        row = {
            "GLOBALEVENTID": str(900_000_000 + number),
            "SQLDATE": f"{day:%Y%m%d}",
            "MonthYear": f"{day:%Y%m}",
            "Year": f"{day:%Y}",
            "FractionDate": f"{day.year}.5",
            "IsRootEvent": "1",
            "EventCode": code,
            "EventBaseCode": code[:3],
            "EventRootCode": code[:2],
            "QuadClass": "1",
            "GoldsteinScale": "1.9",
            "NumMentions": "4",
            "AvgTone": "-2.53",
            "ActionGeo_Type": "4",
            "ActionGeo_FullName": "Kyiv, Kyyiv, Misto, Ukraine",
            "ActionGeo_CountryCode": made.choice(FIPS),
            "ActionGeo_Lat": "50.4333",
            "ActionGeo_Long": "30.5167",
            "DATEADDED": f"{day:%Y%m%d}" + ("" if columns is COLUMNS_1 else "120000"),
            "SOURCEURL": f"https://www.example.org/news/{number}",
        }
        for side in ("Actor1", "Actor2"):
            country = made.choice(COUNTRIES)
            row[f"{side}Code"] = country and country + made.choice(("", "GOV", "MIL"))
            row[f"{side}Name"] = "NAME OF " + country if country else ""
            row[f"{side}CountryCode"] = country
        yield "\t".join(row.get(name, "") for name in columns)


def polecat_row(**cells: str) -> str:
    """One POLECAT row; names of columns with ``_`` for spaces."""
    given = {
        "Event ID": "20230215-1-abc", "Event Date": "2023-02-15", "Event Type": "CONSULT",
        "Event Mode": "visit", "Intensity": "4.0", "Quad Code": "VERBAL COOPERATION",
        "Contexts": "diplomatic;military", "Actor Name": "Emmanuel Macron",
        "Actor Country": "FRA", "Primary Actor Sector": "GOV", "Actor Sectors": "GOV;ELI",
        "Actor Title": "president", "Recipient Name": "Germany;Poland",
        "Recipient Country": "DEU;POL", "Placename": "Zürich", "City": "Zürich",
        "Country": "CHE", "Latitude": "47.37", "Longitude": "8.55", "GeoNames ID": "2657896",
        "Source": "AFP", "Publication Date": "2023-02-16", "Language": "en",
        "Version": "NGEC_coder-Vers001",
    }  # fmt: skip
    given |= {name.replace("_", " "): text for name, text in cells.items()}
    return "\t".join(given.get(name, "None") for name in POLECAT_COLUMNS)


ACLED_HEADER = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,"
    "assoc_actor_1,inter1,actor2,country,location,latitude,longitude,source,notes,fatalities,"
    "timestamp"
)
ACLED_ROW = (
    'UKR1,"16 February 2023",2023,1,"Political violence","Battles","Armed clash",'
    '"Military Forces of Russia (2000-)",,8,"Military Forces of Ukraine (2019-)","Ukraine",'
    '"Bakhmut",48.5956,37.9999,"ISW; Telegram","On 16 February, they clashed, said one.",3,'
    "1677000000"
)

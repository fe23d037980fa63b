"""Bare noun phrases: country, sector, person, count."""

from __future__ import annotations

from datetime import date

import pytest

from detente.gazetteer.counts import count_in
from detente.gazetteer.phrases import entities_of, entity_of, unknown_name

ON = date(2018, 10, 24)


@pytest.mark.parametrize(
    ("phrase", "country", "sectors"),
    [
        ("Russian defence ministry officials", "RUS", ("GOV", "MIL")),
        ("the US military", "USA", ("MIL",)),
        ("Bundestag deputies", "DEU", ("LEG",)),
        ("Hindu nationalist party", "", ("PTY",)),
        ("five Iraqis", "IRQ", ("CIV",)),
        ("60 Russian diplomats", "RUS", ("GOV",)),
        ("a Ugandan attorney", "UGA", ("JUD",)),
        ("trade unions in Denmark", "DNK", ("LAB",)),
        ("a former White House official", "USA", ("ELI", "GOV")),
        ("directors of Russia’s three main intelligence agencies", "RUS", ("SPY",)),
        ("members of the Knesset", "ISR", ("LEG",)),
        ("some members of his own Republican Party", "USA", ("PTY",)),
        ("Obama’s administration", "USA", ("GOV",)),
        ("Iranian-backed militia", "", ("UAF",)),
        ("pro-Russian rebels", "", ("REB",)),
        ("a Somalia-based paramilitary group", "SOM", ("UAF",)),
        ("Chile's Defense Department", "CHL", ("GOV", "MIL")),
        ("Boko Haram gunmen", "NGA", ("REB",)),
        ("Minsk police", "BLR", ("COP",)),
        ("Odesa police", "UKR", ("COP",)),
        ("European Union legislators", "IGO", ("LEG",)),
        ("Beijing", "CHN", ("GOV",)),
        ("the Islamic State in Syria", "SYR", ("REB",)),
        ("the Obama administration", "USA", ("GOV",)),
        ("Russia's Security Council", "RUS", ("GOV",)),
        ("the United States consulate in St Petersburg", "USA", ("GOV",)),
        ("Kazakhstan", "KAZ", ()),
        ("the Russians", "RUS", ("GOV",)),
        ("the chairman of the company's board", "", ("BUS",)),
    ],
)
def test_country_and_sector(phrase: str, country: str, sectors: tuple[str, ...]) -> None:
    found = entity_of(phrase)
    assert found is not None
    assert (found.country, found.sectors) == (country, sectors)


@pytest.mark.parametrize(
    ("phrase", "person"),
    [
        ("the Russian President", "vladimir-putin"),
        ("the Russian leader", "vladimir-putin"),
        ("Trump’s national security adviser", "john-bolton"),
        ("Trump’s national security adviser, John Bolton", "john-bolton"),
        ("the CIA director", "gina-haspel"),
        ("the Kremlin spokesman", "dmitry-peskov"),
        ("former KGB agent Sergei Skripal", "sergei-skripal"),
        ("the head of the FSB", "alexander-bortnikov"),
    ],
)
def test_persons(phrase: str, person: str) -> None:
    found = entity_of(phrase, ON)
    assert found is not None
    assert found.id == person


@pytest.mark.parametrize(
    "phrase", ["the Russian deputy president", "Russian presidents", "a former Russian president"]
)
def test_not_the_holder(phrase: str) -> None:
    found = entity_of(phrase, ON)
    assert found is not None
    assert found.id != "vladimir-putin"


def test_without_a_date_no_holder_is_named() -> None:
    found = entity_of("the Russian President")
    assert found is not None
    assert (found.id, found.country, found.sectors) == ("RUS-president", "RUS", ("GOV",))


def test_joined_nationalities_are_several() -> None:
    assert [e.country for e in entities_of("US and Russian officials", ON)] == ["USA", "RUS"]
    joined = entities_of("US President Donald Trump and his counterpart Vladimir Putin", ON)
    assert [e.id for e in joined] == ["donald-trump", "vladimir-putin"]


def test_an_unknown_person_has_the_role_that_is_told() -> None:
    found = entity_of("Kremlin aide Ivan Testov", ON)
    assert found is not None
    assert (found.id, found.name, found.country) == ("ivan-testov", "Ivan Testov", "RUS")
    assert found.sectors == ("GOV",)
    assert unknown_name("Kremlin aide Ivan Testov") == "Ivan Testov"
    found = entity_of("John Testman, a senior State Department official", ON)
    assert found is not None
    assert (found.id, found.country) == ("john-testman", "USA")


@pytest.mark.parametrize("phrase", ["yesterday", "the weather", "", "he"])
def test_what_is_no_actor(phrase: str) -> None:
    assert entity_of(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "count"),
    [
        ("13 Russians", 13),
        ("five Iraqis", 5),
        ("over two dozen men", 24),
        ("at least 1,200 soldiers", 1200),
        ("twenty-one farmers", 21),
        ("three hundred troops", 300),
        ("a soldier", None),
        ("Russian soldiers", None),
    ],
)
def test_counts(phrase: str, count: int | None) -> None:
    assert count_in(phrase) == count

"""Who an actor was on a day."""

from __future__ import annotations

from datetime import date

import pytest

from detente.errors import UnknownName
from detente.gazetteer.actors import entity, head_of, leader_of, members, office_holder, who

NATO = "north-atlantic-treaty-organization"


@pytest.mark.parametrize(
    ("name", "on", "person", "office"),
    [
        ("Bush", date(1990, 8, 2), "george-h-w-bush", "President of the United States"),
        ("Bush", date(2003, 3, 20), "george-w-bush", "President of the United States"),
        ("Bolton", date(2018, 10, 24), "john-bolton", "United States National Security Advisor"),
        ("Putin", date(1999, 1, 1), "vladimir-putin", "Director of the Federal Security Service"),
        ("Putin", date(2009, 1, 1), "vladimir-putin", "Prime Minister of Russia"),
        ("Ivanov", date(2003, 1, 1), "igor-ivanov", "Minister of Foreign Affairs of Russia"),
        ("President Assad", date(1995, 1, 1), "hafez-al-assad", "President of Syria"),
    ],
)
def test_date_decides(name: str, on: date, person: str, office: str) -> None:
    first = who(name, on)[0]
    assert (first.id, first.office) == (person, office)


def test_after_office_a_person_is_of_the_elites() -> None:
    trump = who("Trump", date(2022, 4, 1))[0]
    assert trump.sectors == ("ELI",)
    assert trump.office == "former President of the United States"


def test_a_bodys_part_changes_with_time() -> None:
    assert entity("taliban", date(2002, 5, 1)).sectors == ("REB",)
    assert entity("taliban", date(2022, 5, 1)).sectors == ("GOV",)


def test_the_office_has_bounds() -> None:
    held = entity("barack-obama", date(2010, 1, 1))
    assert (held.valid_from, held.valid_to) == (date(2009, 1, 20), date(2017, 1, 20))


@pytest.mark.parametrize(
    ("office", "country", "on", "person"),
    [
        ("president", "USA", date(2016, 6, 1), "barack-obama"),
        ("president", "USA", date(2017, 1, 20), "donald-trump"),
        ("national-security-adviser", "USA", date(2021, 6, 1), "jake-sullivan"),
        ("foreign-minister", "DEU", date(2015, 1, 1), "frank-walter-steinmeier"),
        ("secretary-general", "IGO", date(2015, 1, 1), None),
        ("president", "USA", None, None),
    ],
)
def test_office_holder(office: str, country: str, on: date | None, person: str | None) -> None:
    found = office_holder(office, country, on)
    assert (found.id if found else None) == person


@pytest.mark.parametrize(
    ("country", "person"),
    [
        ("DEU", "angela-merkel"),
        ("RUS", "vladimir-putin"),
        ("ITA", "matteo-renzi"),
        ("PRK", "kim-jong-un"),
        ("SAU", "king-salman"),
    ],
)
def test_who_leads(country: str, person: str) -> None:
    found = leader_of(country, date(2015, 6, 1))
    assert found is not None
    assert found.id == person


def test_heads_of_bodies() -> None:
    for body, person in (
        (NATO, "jens-stoltenberg"),
        ("central-intelligence-agency", "gina-haspel"),
    ):
        found = head_of(body, date(2018, 10, 24))
        assert found is not None
        assert found.id == person


def test_membership_has_dates() -> None:
    assert "GBR" in members("european-union", date(2020, 1, 31))
    assert "GBR" not in members("european-union", date(2020, 2, 1))
    assert len(members(NATO, date(2024, 3, 7))) == 32
    assert len(members("european-union", date(2021, 1, 1))) == 27


def test_the_soviet_union_acts_as_russia_and_has_an_end() -> None:
    found = who("USSR", date(1990, 1, 1))[0]
    assert (found.id, found.country, found.valid_to) == ("SUN", "RUS", date(1991, 12, 26))


def test_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(UnknownName) as unknown:
        entity("vladimir-puttin")
    assert "vladimir-putin" in unknown.value.near


def test_nobody_is_nobody() -> None:
    assert who("Quux Zorblax") == ()

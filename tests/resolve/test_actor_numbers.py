"""Groups told by number, and those told by what they are to another."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import TableError
from detente.resolve.actor_numbers import group_in, group_nouns, read_group_nouns
from tests.resolve.test_actor_linking import countries, ids, linked

NILE = "Egypt, Ethiopia and Sudan broke off the talks. Egypt accused Ethiopia of delay. "


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (NILE + "The three countries will meet again.", "The three countries", "EGY ETH SDN"),
        (NILE + "France urged all three parties to agree.", "all three parties", "EGY ETH SDN"),
        (
            NILE + "Italy hosted the foreign ministers of the three states.",
            "the foreign ministers of the three states",
            "EGY ETH SDN",
        ),
        (
            "Iran hit Iraq, and Iraq hit Iran. Oman urged all sides to stop.",
            "all sides",
            "IRN IRQ",
        ),
        (NILE + "The four states will meet again.", "The four states", ""),
    ],
)
def test_the_last_list_of_so_many(text: str, words: str, expected: str) -> None:
    assert sorted(countries(text, words)) == expected.split()


def test_the_sector_of_the_people_on_each_side() -> None:
    found = linked(
        NILE + "Italy hosted the foreign ministers of the three states.",
        "the foreign ministers of the three states",
    )
    assert {e.sectors for e in found} == {("GOV",)}


def test_parties_of_a_parliament_are_no_countries() -> None:
    text = "Trump met Putin. Members of both parties accused him."
    assert set(countries(text, "Members of both parties")) <= {"USA", ""}
    assert group_in("lawmakers of all three parties") is None


def test_two_ministers_of_one_country_are_not_both_sides() -> None:
    text = "Turkey and Russia signed a deal. Washington punished two Turkish ministers."
    assert set(countries(text, "two Turkish ministers")) == {"TUR"}


def test_an_ally_is_the_other_country_of_the_report() -> None:
    text = "Ankara bought the weapon. Turkey defends it. Washington warned its ally."
    assert countries(text, "its ally") == ["TUR"]
    assert linked("Egypt and Sudan met. Ethiopia thanked its neighbours.", "its neighbours") == ()


def test_a_predecessor_held_the_office_before() -> None:
    assert ids("Donald Trump blamed his predecessor.", "his predecessor") == ["barack-obama"]
    named = "Donald Trump blamed his predecessor, George W. Bush."
    assert ids(named, "his predecessor") == ["george-w-bush"]


def test_the_table_of_group_nouns_is_checked(tmp_path: Path) -> None:
    assert group_nouns()["side"] == "countries"
    table = tmp_path / "group_nouns.csv"
    table.write_text("noun,kind\nside,country\n")
    with pytest.raises(TableError, match="unknown kind"):
        read_group_nouns(table)
    table.write_text("noun,kind\nside,countries\nside,persons\n")
    with pytest.raises(TableError, match="twice"):
        read_group_nouns(table)

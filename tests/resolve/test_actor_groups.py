"""Groups and short names that words refer back to."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import TableError
from detente.resolve.actor_short_names import read_short_names, short_names_in
from tests.resolve.test_actor_linking import countries, ids, linked

KOREAS = (
    "South Korea met the North in Panmunjom. Kim Jong Un is its leader. "
    "Mr Kim thanked the South for its offer."
)


def test_the_north_and_the_south_of_korea():
    assert countries(KOREAS, "the North") == ["PRK"]
    assert countries(KOREAS, "the South") == ["KOR"]
    assert ids(KOREAS, "Mr Kim") == ["kim-jong-un"]


def test_the_north_of_another_country_is_nobody():
    assert linked("Troops left the North for Italy.", "the North") == ()
    assert list(short_names_in("The South China Sea lies off China.", {"KOR"})) == []


def test_a_group_is_not_the_one_who_acts_on_it():
    text = "Vladimir Putin met Petro Poroshenko in Minsk. Merkel spoke to both men."
    assert sorted(e.country for e in linked(text, "both men")) == ["RUS", "UKR"]


def test_a_group_that_is_the_subject_may_be_those_just_named():
    text = "Angela Merkel received Vladimir Putin, and both leaders praised the talks."
    assert sorted(e.country for e in linked(text, "both leaders")) == ["DEU", "RUS"]


def test_the_two_countries_a_report_is_about():
    text = (
        "India and China agreed to withdraw. India praised China, and China thanked India. "
        "Japan supported India; the United States urged the two neighbours to talk."
    )
    assert sorted(e.country for e in linked(text, "the two neighbours")) == ["CHN", "IND"]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "The foreign ministers of Iran, Turkey and Russia met.",
            "The foreign ministers of Iran",
            ["IRN", "TUR", "RUS"],
        ),
        (
            "Britain, France and Germany objected. Their foreign ministers will meet.",
            "Their foreign ministers",
            ["GBR", "FRA", "DEU"],
        ),
        (
            "Caracas denied it. Its envoy, Roy Chaderton, accused Colombia of lying.",
            "Its envoy, Roy Chaderton",
            ["VEN"],
        ),
        (
            "Two Israeli soldiers were seized. Egypt asked Hezbollah to release the soldiers.",
            "the soldiers",
            ["ISR"],
        ),
        (
            "Saudi Arabia left Qatar alone. Riyadh shut its border with the emirate.",
            "the emirate",
            ["QAT"],
        ),
        (
            "Turkey accused Athens of breaking a promise when it signed the pact.",
            "it",
            ["GRC"],
        ),
    ],
)
def test_linking(text, words, expected):
    at = text.rindex(f"{words} ") if words == "it" else None
    found = linked(text, words, nth=text[:at].count(words)) if at else linked(text, words)
    assert [e.country for e in found] == expected


def test_an_unknown_person_named_after_the_role():
    text = "Colombia's ambassador to the OAS, Luis Hoyos, spoke. Hoyos showed maps."
    assert countries(text, "Hoyos showed"[:5]) == ["COL"]


def test_short_names_are_checked(tmp_path: Path):
    table = tmp_path / "short.csv"
    table.write_text("words,country,beside\nthe North,XXQ,PRK\n")
    with pytest.raises(TableError, match="XXQ"):
        read_short_names(table)
    table.write_text("words,country,beside\nthe North,PRK,KOR\nthe North,PRK,KOR\n")
    with pytest.raises(TableError, match="twice"):
        read_short_names(table)

"""Offices, persons and counterparts that a report tells without their country."""

from __future__ import annotations

from dataclasses import replace

from detente.resolve.events import resolve_report
from detente.resolve.report_home import dateline_of, is_statement
from tests.resolve.mentions import report_of
from tests.resolve.test_actor_linking import countries
from tests.resolve.test_counterparties import told
from tests.resolve.test_parties import parties, resolved

LETTER = (
    "Statement on the border\n\nTbilisi, 4 May 2021\n\n"
    "Georgia protested to Armenia. President Nikol Pashinyan of Armenia was told. "
    "Deputy Head Lela Sanikidze thanked Georgia. The President will travel to Yerevan."
)


def test_a_statement_is_dated_like_a_letter() -> None:
    start, end = dateline_of(LETTER)
    assert LETTER[start:end] == "Tbilisi, 4 May 2021"
    assert is_statement(LETTER)
    assert not is_statement("TBILISI, May 4 (Wire) - Georgia protested to Armenia.")


def test_persons_and_offices_of_a_statement_are_its_own() -> None:
    assert countries(LETTER, "Lela Sanikidze") == ["GEO"]
    assert countries(LETTER, "The President") == ["GEO"]


def test_elsewhere_a_bare_name_is_of_no_country() -> None:
    assert countries(LETTER.replace("Tbilisi, 4 May 2021\n", ""), "Lela Sanikidze") != ["GEO"]


def test_a_colleague_is_a_counterpart() -> None:
    text = "The Greek minister met Artan Hoxhaj, his Albanian colleague, in May. Hoxhaj agreed."
    assert countries(text, "Hoxhaj") == ["ALB"]


def test_both_counterparts_are_of_the_two_told_of() -> None:
    text = (
        "Peru accused Ecuador. Ecuador warned Peru. "
        "The Brazilian foreign minister spoke to both of his counterparts."
    )
    assert sorted(countries(text, "his counterparts")) == ["ECU", "PER"]


def test_their_meeting_is_of_those_told_behind_it() -> None:
    text = "China warned Laos. At their meeting in Rome on 3 May, Egypt and Sudan agreed to talk."
    assert countries(text, "their") == ["EGY", "SDN"]


def test_the_two_are_those_of_the_same_sentence() -> None:
    text = (
        "Emmanuel Macron met Angela Merkel. Emmanuel Macron met Angela Merkel again. "
        "Then Shinzo Abe met Narendra Modi, and the two agreed."
    )
    assert sorted(countries(text, "the two")) == ["IND", "JPN"]


def test_an_envoy_is_expelled_by_the_other_of_two() -> None:
    text = "Chile and Bolivia quarrel. Senators asked that Ambassador Vega of Chile be expelled."
    report = report_of(text)
    act = told(report, "be expelled", "SANCTION", "", "Ambassador Vega of Chile")
    (event,) = resolve_report(report, [replace(act, mode="expel")])
    assert parties(event) == (["BOL"], ["CHL"])


def test_who_is_struck_abroad_is_not_whom_the_striker_struck_before() -> None:
    text = "Israel bombed Syria. Israel struck a convoy in Sudan."
    *_, event = resolved(
        text,
        ("bombed", "ASSAULT", "Israel", "Syria"),
        ("struck a convoy", "ASSAULT", "Israel"),
    )
    assert "SYR" not in parties(event)[1]

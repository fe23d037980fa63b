"""The parties of a report's events together: what cannot be so, and what is left open."""

from __future__ import annotations

import pytest

from detente.records import Event
from detente.resolve.events import resolve_report
from tests.resolve.mentions import report_of
from tests.resolve.test_counterparties import told


def resolved(text: str, *acts: tuple[str, ...]) -> tuple[Event, ...]:
    report = report_of(text)
    return resolve_report(report, [told(report, *act) for act in acts])


def parties(event: Event) -> tuple[list[str], list[str]]:
    return (
        [p.entity.country for p in event.actor],
        [p.entity.country for p in event.recipient],
    )


def test_a_capital_one_meets_in_is_no_party() -> None:
    (event,) = resolved(
        "Egypt and Sudan held talks in Washington.", ("held talks", "CONSULT", "Egypt")
    )
    assert "USA" not in parties(event)[0]


def test_an_ambassador_summoned_is_of_another_country() -> None:
    text = "Japan accused South Korea. Japan summoned the ambassador."
    *_, event = resolved(
        text,
        ("accused", "ACCUSE", "Japan", "South Korea"),
        ("summoned the ambassador", "ACCUSE", "Japan", "the ambassador"),
    )
    assert parties(event) == (["JPN"], ["KOR"])


def test_a_foreign_minister_does_not_summon_his_own_ambassador() -> None:
    text = (
        "Polish officials criticised Niger last week. "
        "The Polish ambassador in Niamey was summoned by the foreign minister on Monday."
    )
    (event,) = resolved(
        text, ("was summoned", "ACCUSE", "the foreign minister", "The Polish ambassador in Niamey")
    )
    assert parties(event) == (["NER"], ["POL"])


def test_the_same_subject_acts_on_the_same_one() -> None:
    text = "Egypt and Bahrain cut ties with Qatar and closed their airspace."
    *_, event = resolved(
        text,
        ("cut ties", "SANCTION", "Egypt", "Qatar"),
        ("closed their airspace", "SANCTION", "Egypt"),
    )
    assert parties(event)[1] == ["QAT"]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (
            "Armenia accused Turkey of a raid, an allegation that Ankara rejected.",
            ("rejected", "REJECT", "Ankara"),
        ),
        ("Armenia accused Turkey of a raid, which Ankara denied.", ("denied", "REJECT", "Ankara")),
    ],
)
def test_a_relative_clause_takes_up_the_deed(text: str, act: tuple[str, ...]) -> None:
    *_, event = resolved(text, ("accused", "ACCUSE", "Armenia", "Turkey"), act)
    assert parties(event) == (["TUR"], ["ARM"])


def test_who_complains_in_the_same_breath_complains_of_the_same() -> None:
    text = "Cairo accused Ethiopia of haste, and Sudan complained that it was not told."
    *_, event = resolved(
        text, ("accused", "ACCUSE", "Cairo", "Ethiopia"), ("complained", "ACCUSE", "Sudan")
    )
    assert parties(event) == (["SDN"], ["ETH"])


def test_a_mediator_is_between_two() -> None:
    text = "Egypt accused Sudan. Sudan accused Egypt. Brazil offered to mediate."
    *_, event = resolved(
        text,
        ("accused Sudan", "ACCUSE", "Egypt", "Sudan"),
        ("accused Egypt", "ACCUSE", "Sudan", "Egypt"),
        ("offered to mediate", "AGREE", "Brazil"),
    )
    assert parties(event)[0] == ["BRA"]
    assert sorted(parties(event)[1]) == ["EGY", "SDN"]


def test_an_agreement_is_signed_with_somebody() -> None:
    (event,) = resolved(
        "Australia signed a pact with Japan.", ("signed a pact", "SUPPORT", "Australia")
    )
    assert parties(event) == (["AUS"], ["JPN"])

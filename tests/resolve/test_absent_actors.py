"""Who acts where a clause names nobody, and on whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.records import passage_of
from detente.resolve.events import resolve_report
from tests.resolve.mentions import report_of
from tests.resolve.test_counterparties import told
from tests.resolve.test_parties import parties, resolved


@pytest.mark.parametrize(
    "text",
    [
        "Chad's ambassador was summoned in Cairo.",
        "Chad's ambassador was summoned to the Egyptian foreign ministry.",
    ],
)
def test_an_envoy_is_summoned_by_his_host(text: str) -> None:
    (event,) = resolved(text, ("ambassador was summoned", "ACCUSE", "", "Chad's ambassador"))
    assert parties(event) == (["EGY"], ["TCD"])


def test_the_verb_beside_a_noun_has_a_subject() -> None:
    (event,) = resolved("ECOWAS imposed sanctions on Mali.", ("sanctions", "SANCTION", "", "Mali"))
    assert parties(event) == (["IGO"], ["MLI"])


def test_a_protest_at_an_embassy_is_against_its_state() -> None:
    text = "Peru and Chile quarrel. Protesters rallied outside Peru's embassy."
    (event,) = resolved(text, ("rallied", "PROTEST", "Protesters"))
    assert parties(event) == (["CHL"], ["PER"])


@pytest.mark.parametrize(
    ("text", "acts", "expected"),
    [
        (
            "Peru published a map. Chile called it a threat.",
            [("called it a threat", "ACCUSE", "Chile")],
            ["PER"],
        ),
        (
            "Niger cut ties with Togo. Togo called it a threat and put its army on alert.",
            [
                ("cut ties", "SANCTION", "Niger", "Togo"),
                ("called it a threat", "ACCUSE", "Togo"),
                ("put its army on alert", "MOBILIZE", "Togo"),
            ],
            ["NER"],
        ),
        (
            "Peru taxed goods from Chile. Chile complained to the World Trade Organization.",
            [
                ("taxed", "SANCTION", "Peru", "Chile"),
                ("complained", "ACCUSE", "Chile", "the World Trade Organization"),
            ],
            ["PER"],
        ),
        (
            "Bahrain banned imports from Oman. Kuwait withdrew its envoys.",
            [("banned", "SANCTION", "Bahrain", "Oman"), ("withdrew its", "SANCTION", "Kuwait")],
            ["OMN"],
        ),
        (
            "Peru demanded calm from Chile. A minister of Chile resigned.",
            [("demanded", "REQUEST", "Peru", "Chile"), ("resigned", "RETREAT", "Chile")],
            [],
        ),
        (
            "Peru arrested three Chileans. Chile demanded the release of the sailors.",
            [
                ("arrested", "COERCE", "Peru", "three Chileans"),
                ("demanded the release", "REQUEST", "Chile", "the sailors"),
            ],
            ["PER"],
        ),
        (
            "Peru urged Chile to lift the tariff. Peru praised the decision.",
            [("urged", "REQUEST", "Peru", "Chile"), ("praised", "SUPPORT", "Peru")],
            ["CHL"],
        ),
        (
            "Togo plans to send a warship. Mali threatened to respond if the ship arrives.",
            [("send a warship", "MOBILIZE", "Togo"), ("threatened", "THREATEN", "Mali")],
            ["TGO"],
        ),
        (
            "Togo condemned the Malian raids in Niger.",
            [("condemned", "ACCUSE", "Togo", "Niger")],
            ["MLI"],
        ),
        (
            "Kenya asked Togo and Mali to talk. Mali offered a truce.",
            [("asked", "REQUEST", "Kenya", "Togo and Mali"), ("offered", "AGREE", "Mali")],
            [],
        ),
        (
            "Chad accused Niger. Niger appealed to Nubia Metals.",
            [("accused", "ACCUSE", "Chad", "Niger"), ("appealed", "REQUEST", "Niger", "Nubia")],
            [""],
        ),
        (
            "Mali and Togo met. Egypt accused Togo. The talks ended. Togo denies it.",
            [("accused", "ACCUSE", "Egypt", "Togo"), ("denies", "REJECT", "Togo")],
            [],
        ),
    ],
)
def test_towards_whom(text: str, acts: list[tuple[str, ...]], expected: list[str]) -> None:
    *_, event = resolved(text, *acts)
    assert parties(event)[1] == expected


def test_victims_are_of_the_other_side() -> None:
    text = "The Chilean navy rammed a Peruvian boat and injured three sailors."
    *_, event = resolved(
        text,
        ("rammed", "ASSAULT", "The Chilean navy", "Peruvian"),
        ("injured", "ASSAULT", "The Chilean navy", "three sailors"),
    )
    assert parties(event) == (["CHL"], ["PER"])


def test_a_list_of_actors_is_whole() -> None:
    (event,) = resolved(
        "In March Malaysia, Vietnam and China sent ships.",
        ("sent ships", "MOBILIZE", "Vietnam and China"),
    )
    assert sorted(parties(event)[0]) == ["CHN", "MYS", "VNM"]


def test_the_two_who_are_named_behind_their_office() -> None:
    (event,) = resolved(
        "The two premiers, Scott Morrison and Shinzo Abe, discussed it.",
        ("discussed", "CONSULT", "The two premiers, Scott Morrison"),
    )
    assert sorted(set(parties(event)[0])) == ["AUS", "JPN"]


def test_armies_that_talk_are_no_place() -> None:
    text = "Nepal and India quarrel. The two armies held talks."
    (event,) = resolved(text, ("held talks", "CONSULT", "The two armies"))
    assert sorted(parties(event)[0]) == ["IND", "NPL"]


def test_who_tells_of_an_attack_suffered_it() -> None:
    report = report_of("Armenia said that Turkish forces had shelled the hills.")
    act = told(report, "shelled", "ASSAULT", "Turkish forces")
    alleged = replace(act, status="alleged", speaker=passage_of(report, 0, len("Armenia")))
    (event,) = resolve_report(report, [alleged])
    assert parties(event) == (["TUR"], ["ARM"])


QUARREL = "Mali expels a French envoy. France and Mali quarrel. Mali and France are at odds. "


@pytest.mark.parametrize(
    ("end", "act", "expected"),
    [
        ("Germany warned of an end.", ("warned", "THREATEN", "Germany"), ["MLI"]),
        ("Sixteen countries protested.", ("protested", "ACCUSE", "Sixteen countries"), ["MLI"]),
        ("France rejected all blame.", ("rejected", "REJECT", "France"), ["MLI"]),
        ("Germany refused to help.", ("refused", "REJECT", "Germany"), []),
    ],
)
def test_the_two_a_report_is_about(end: str, act: tuple[str, ...], expected: list[str]) -> None:
    *_, event = resolved(QUARREL + end, act)
    assert parties(event)[1] == expected

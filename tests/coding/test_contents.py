"""Acts that are only the content, aim or means of another, and what a denial is worth."""

from __future__ import annotations

import pytest

from detente.coding.coder import Coder
from detente.records import CodedEvent, Report

CODER = Coder()


def code(text: str) -> tuple[CodedEvent, ...]:
    return CODER.code(Report(id="r", text=text))


def types(text: str) -> list[str]:
    return [event.event_type for event in code(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The Ghanaian president hoped that Togo would help Benin.",
        "The Malian foreign minister is waiting for the army to investigate the incident.",
        "The Danish agency is reviewing its cooperation with Swedish counterparts.",
        "The Irish minister voiced optimism over holding talks with Britain.",
        "Oman is considering giving money to Yemen if the rebels cut its funds.",
        "The UN spokesman said they hoped to resume flights soon.",
    ],
)
def test_what_is_hoped_for_awaited_or_weighed_is_no_event(text: str) -> None:
    assert code(text) == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The UN launched an appeal for 30 million dollars to help refugees in Chad.", ["REQUEST"]),
        (
            "The Rwandan president issued a plea to the rebels to talk to his government.",
            ["REQUEST"],
        ),
        ("Lima urged Quito to free the crew and to stop shelling the town.", ["REQUEST"]),
        ("The militia attacked the camp to avenge its leader.", ["ASSAULT"]),
        ("The envoys met the rebels to discuss a truce.", ["CONSULT"]),
        ("The Thai army attacked the rebels by bombing their camp.", ["ASSAULT"]),
        ("The emir held talks with Modi in the hope of forming an alliance.", ["CONSULT"]),
        ("Hungary would veto any sanctions against Serbia.", ["REJECT"]),
    ],
)
def test_one_event_with_what_it_asks_for_aims_at_or_hinders(text: str, kinds: list[str]) -> None:
    assert types(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "The mayor of Perth rejected accusations of racism after a remark on the radio.",
        "The senator from Ohio denied charges that he cheated at cards.",
        "The governor of Ohio denied charges of tax fraud.",
        "The minister rejected an accusation of being lazy.",
    ],
)
def test_denying_a_charge_that_is_nobody_elses_affair_is_no_event(text: str) -> None:
    assert code(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The senator denied charges by Canada that he cheated.",
        "China rejected accusations of genocide.",
        "Iran denied that it had armed the rebels in Yemen.",
        "Tunis accused Tripoli of a raid. The Libyan minister denied the charge.",
        "Saudi Arabia denied holding the Lebanese premier.",
    ],
)
def test_denying_what_concerns_another_party_is_a_rejection(text: str) -> None:
    assert "REJECT" in types(text)


def test_what_is_told_in_a_denied_charge_is_not_done() -> None:
    events = code(
        "The Iraqi minister denied charges by Iran that he ran a squad that killed clerics."
    )
    assert [e.event_type for e in events if e.status == "done"] == ["REJECT"]


def test_what_stands_beside_a_denial_is_told() -> None:
    text = "The Nepalese premier denied charges that he took bribes, and accused India of meddling."
    assert "ACCUSE" in types(text)


@pytest.mark.parametrize(
    "text",
    [
        "Chile's president offered condolences to Peru over an attack on hotels in Lima that killed"
        " twelve people.",
        "The Spanish king sent condolences to India after the attack that occurred on Monday.",
        "The Dutch government has agreed with the Senate that pensioners should be paid more.",
        "The Bolivian president spoke to reporters in Sucre.",
        "The Peruvian embassy informed the Hungarian news agency that the funeral was on Monday.",
        "The Danish premier attended a ceremony in Skagen.",
        "The Kenyan government defended its policies.",
        "The rebels claimed responsibility for the Herat and Kunduz attacks in a message.",
        "The Dutch minister warned that sea levels were rising.",
        "The Danish minister said the storm was dangerous.",
    ],
)
def test_comments_and_acts_without_another_party_are_no_events(text: str) -> None:
    assert code(text) == ()


def test_judgements_of_another_are_accusations_and_ones_own_voice_is_none() -> None:
    (event,) = code("Sofia said the Macedonian remarks were unacceptable.")
    assert (event.event_type, [p.text for p in event.actor]) == ("ACCUSE", ["Sofia"])
    assert [p.text for p in event.recipient] == ["Macedonian"]
    assert code("The Macedonian remarks were unacceptable.") == ()


def test_an_attack_on_someone_that_kills_is_no_deed_of_the_place() -> None:
    (event,) = code("An attack on a NATO convoy in Ghazni has killed at least eight people.")
    assert event.actor == ()
    assert "a NATO convoy" in {p.text for p in event.recipient}


def test_where_those_meet_is_no_party() -> None:
    (event,) = code("Biden met the Kenyan president at NATO headquarters.")
    assert {p.text for p in event.actor} == {"Biden", "the Kenyan president"}


def test_a_meeting_at_which_something_was_agreed_is_told_as_well() -> None:
    events = code("Kagame and the Congolese president agreed on a truce at a meeting in Luanda.")
    assert "CONSULT" in {e.event_type for e in events}


def test_a_noun_of_a_frame_without_a_doer_tells_its_own_event() -> None:
    (event,) = code("Saudi aid to Yemen was announced.")
    assert (event.event_type, event.act) == ("AID", "AID")

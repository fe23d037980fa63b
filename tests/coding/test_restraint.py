"""What is left out although a predicate and its parties are there."""

from __future__ import annotations

import pytest

from detente.coding.coder import Coder
from detente.records import CodedEvent, Report

CODER = Coder()


def code(text: str) -> tuple[CodedEvent, ...]:
    return CODER.code(Report(id="r", text=text))


@pytest.mark.parametrize(
    "text",
    [
        "Japan is considering sending aid to Nepal.",
        "The French minister expressed concern about the storm in Haiti.",
        "The Danish premier said she agrees with Berlin that the law is old.",
        "The rebels claimed that they had acted alone.",
    ],
)
def test_comments_and_what_is_only_considered_are_no_events(text: str) -> None:
    assert code(text) == ()


def test_what_is_asked_for_is_told_by_the_request() -> None:
    (request,) = code("The EU urged Iran to lift its sanctions on Oman.")
    assert (request.event_type, request.mode, request.status) == ("REQUEST", "yield", "done")
    assert [p.text for p in request.recipient] == ["Iran"]


def test_concern_put_to_somebody_stays() -> None:
    (event,) = code("London raised concerns about Hong Kong with Beijing.")
    assert event.event_type == "ACCUSE"


def test_an_accord_on_an_act_stays() -> None:
    (event,) = code("Serbia agreed with Kosovo to share intelligence.")
    assert event.event_type == "AGREE"


def test_who_condemns_an_attack_made_none() -> None:
    events = code("Macron condemned the attack in a statement with the British prime minister.")
    assert [(e.event_type, e.recipient) for e in events] == [("ACCUSE", ())]


def test_whose_charge_is_denied_and_not_what_it_speaks_of() -> None:
    (denial,) = code("Iran denied the allegations of Washington.")
    assert [p.text for p in denial.recipient] == ["Washington"]
    (denial,) = code("Iran denied charges of fraud in Oman.")
    assert denial.recipient == ()


def test_a_claim_of_ones_own_act_is_no_accusation() -> None:
    events = code("The Houthis claimed that they had attacked the Saudi airport.")
    assert {e.event_type for e in events} == {"ASSAULT"}


def test_measures_and_requests_without_their_doer() -> None:
    (request,) = code("Interpol has been asked to investigate the Cuban minister.")
    assert (request.event_type, request.actor) == ("REQUEST", ())
    (put_off,) = code("A meeting between Castro and Maduro has been postponed.")
    assert (put_off.event_type, put_off.mode) == ("REJECT", "meet")
    assert {p.text for p in put_off.actor} == {"Castro", "Maduro"}


def test_a_noun_that_says_whose_act_it_is_tells_it() -> None:
    (event,) = code("Nobody foresaw the Hungarian withdrawal from the treaty.")
    assert event.event_type == "SANCTION"
    assert [p.text for p in event.actor] == ["Hungarian"]

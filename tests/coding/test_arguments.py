"""Who and whom a clause tells: what stands beside its verb and is no party to it."""

from __future__ import annotations

import pytest

from detente.coding.coder import Coder
from detente.records import CodedEvent, Report


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def coded(coder: Coder, text: str) -> list[CodedEvent]:
    return coder.code(Report(id="r", text=text))


def test_who_condemns_an_attack_made_none(coder: Coder) -> None:
    events = coded(coder, "An attack on the embassy in Kabul was condemned by Iran.")
    attacks = [e for e in events if e.event_type == "ASSAULT"]
    assert "Iran" not in [p.text for e in attacks for p in e.actor]


def test_who_suffered_an_incursion_is_not_condemned_for_it(coder: Coder) -> None:
    (event,) = [
        e
        for e in coded(coder, "Norway condemned incursions by Greek jets into Turkish airspace.")
        if e.event_type == "ACCUSE"
    ]
    assert [p.text for p in event.actor] == ["Norway"]
    assert "Turkish" not in [p.text for p in event.recipient]


def test_at_whose_request_one_meets_is_no_party(coder: Coder) -> None:
    text = "The Security Council will meet on Friday at the request of Chad."
    (event,) = coded(coder, text)
    assert "Chad" not in [p.text for p in (*event.actor, *event.recipient)]


def test_the_teller_of_an_agreement_is_party_to_it(coder: Coder) -> None:
    (event,) = coded(coder, "Mexico confirmed on Tuesday that an agreement had been reached.")
    assert [p.text for p in event.actor] == ["Mexico"]

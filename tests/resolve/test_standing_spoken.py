"""What is said of an agreement's life does not change it."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from detente.gazetteer.agreements import agreements
from detente.records import Agreement, Event
from detente.resolve.standing import standing, touch_of
from tests.making import made_event, made_report

CALLED = "Moscow called a withdrawal from the INF treaty dangerous."


@cache
def inf() -> Agreement:
    return agreements()["inf-treaty"]


def spoken(event_type: str) -> Event:
    from dataclasses import replace

    report = made_report(CALLED, published="2018-10-21")
    event = made_event(
        report, CALLED, "called a withdrawal from the INF treaty dangerous",
        event_type=event_type, edtf="2018-10-21", actor=(("Moscow", "RUS"),),
    )  # fmt: skip
    return replace(event, agreement=inf())


@pytest.mark.parametrize("act", ["ACCUSE", "REQUEST", "PROTEST"])
def test_who_speaks_of_a_withdrawal_has_not_withdrawn(act: str) -> None:
    assert touch_of(spoken(act).coded) is None
    assert standing(inf(), date(2018, 11, 1), [spoken(act)]).state == "in force"


def test_who_withdraws_has() -> None:
    assert touch_of(spoken("SANCTION").coded) == "withdrew"

"""Who does what a clause tells without a subject of its own."""

from __future__ import annotations

import pytest

from detente.coding.coder import Coder
from detente.records import Report

CODER = Coder()


def doers(text: str, verb: str) -> list[str]:
    events = CODER.code(Report(id="r", text=text))
    return [p.text for e in events if verb in e.trigger.text for p in e.actor]


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        (
            "Oman denies that there was one, recalls its envoy and complains to the UN.",
            "complains",
            "Oman",
        ),
        (
            "Hours earlier its caretaker prime minister, Anwaar-ul-Haq Kakar, had met Turkey’s "
            "foreign minister, Mevlut Cavusoglu, in Doha.",
            "met",
            "its caretaker prime minister",
        ),
    ],
)
def test_the_subject_stands_before(text: str, verb: str, expected: str) -> None:
    assert any(words.startswith(expected) for words in doers(text, verb)), doers(text, verb)


def test_what_is_said_is_not_done_by_its_own_subject() -> None:
    assert "Chile" not in doers("Chile has left, complains Peru to the UN.", "complains")

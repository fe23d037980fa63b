"""Titles written as sentences for the parser: what is lowered, what stays, and every offset."""

from __future__ import annotations

import pytest

from detente.coding.coder import Coder
from detente.coding.headlines import lowered
from detente.records import Report, Section

CODER = Coder()


def told(text: str, **fields: object) -> list[tuple[str, str, str]]:
    report = Report(id="r", text=text, **fields)  # type: ignore[arg-type]
    return [(e.event_type, e.mode, e.status) for e in CODER.code(report)]


def test_known_words_are_made_small_and_names_stay() -> None:
    title = "Kenya Expels Diplomat After Attack On Nairobi Hotel"
    body = "\n\nKenya expelled the envoy on Monday."
    assert lowered(title + body) == "Kenya expels Diplomat after attack on Nairobi Hotel" + body


def test_sentences_and_sentence_case_stay() -> None:
    for text in ("France condemned Iran on Monday.", "Russia and Iran sign a pact", "A\n\nB"):
        assert lowered(text) == text


def test_the_length_never_changes() -> None:
    text = "İzmir Court Orders Arrest Of Turkish Leader\n\nMore."
    assert len(lowered(text)) == len(text)


def test_a_title_is_coded_with_its_own_letters() -> None:
    report = Report(id="r", text="Niger Junta Expels French Ambassador")
    (event,) = CODER.code(report)
    assert (event.event_type, event.mode) == ("SANCTION", "expel")
    assert event.trigger.text.startswith("Expels")
    assert report.text[event.trigger.start : event.trigger.end] == event.trigger.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The pact bans missiles. Trump said that the US would pull out.",
            ("SANCTION", "withdraw", "planned"),
        ),
        (
            "French soldiers guard Mali. Macron said that France would pull out.",
            ("CONCEDE", "", "planned"),
        ),
        ("Haftar is said to have ordered the shelling of Tripoli.", ("ASSAULT", "", "alleged")),
        ("Lebanon said that Syria would hold talks with Iran.", ("AGREE", "", "planned")),
        ("Hezbollah vowed to respond to Israel.", ("THREATEN", "", "done")),
        ("Senators vowed not to fund Egypt.", ("REJECT", "assist", "done")),
        ("Chad suspended joint drills with France.", ("SANCTION", "discontinue", "done")),
        ("Obama signed the CAATSA law against Iran.", ("SANCTION", "discontinue", "done")),
    ],
)
def test_what_stands_around_decides(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in told(text)


def test_no_event_of_the_writers_own_in_an_assessment() -> None:
    text = "We judge that Iran will attack Iraq."
    section = Section(kind="assessment", heading="Assessment", start=0, end=len(text))
    assert told(text, sections=(section,)) == []
    assert told(text)

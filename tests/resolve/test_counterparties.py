"""Towards whom an act was, where its clause leaves it open."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.errors import TableError
from detente.records import CodedEvent, CoderMark, Event, Passage, Report, passage_of
from detente.resolve.events import resolve_report
from detente.resolve.exchanges import deeds, read_deeds
from tests.resolve.mentions import report_of

MARK = CoderMark(kind="rule", name="test", version="1")


def told(report: Report, trigger: str, act: str, actor: str, recipient: str = "") -> CodedEvent:
    start = report.text.index(trigger)
    first = report.text.rfind(". ", 0, start) + 2 if ". " in report.text[:start] else 0
    last = report.text.find(".", start) + 1

    def named(words: str) -> tuple[Passage, ...]:
        at = report.text.find(words, first) if words else -1
        return (passage_of(report, at, at + len(words)),) if at >= 0 else ()

    return CodedEvent(
        event_type=act,
        act=act,
        status="done",
        actor=named(actor),
        recipient=named(recipient),
        trigger=passage_of(report, start, start + len(trigger)),
        sentence=passage_of(report, first, last),
        coder=MARK,
        confidence=1.0,
    )


def recipients(events: tuple[Event, ...]) -> list[str]:
    return [p.entity.country for p in events[-1].recipient]


@pytest.mark.parametrize(
    ("text", "acts", "expected"),
    [
        (
            "Greece demanded an end to the survey. Turkey rejected the demand.",
            [("demanded", "REQUEST", "Greece"), ("rejected", "REJECT", "Turkey")],
            ["GRC"],
        ),
        (
            "Italy welcomed the American withdrawal.",
            [("welcomed", "SUPPORT", "Italy")],
            ["USA"],
        ),
        (
            "Greece put its navy on alert after Turkey sent a ship.",
            [("put its navy on alert", "MOBILIZE", "Greece", "its navy")],
            ["TUR"],
        ),
        (
            "Donald Trump walked away from the Iran nuclear deal.",
            [("walked away", "SANCTION", "Donald Trump")],
            ["IRN"],
        ),
        (
            "Japan criticised Poland. France asked for calm.",
            [("criticised", "ACCUSE", "Japan", "Poland"), ("asked for calm", "REQUEST", "France")],
            [],
        ),
        (
            "Israel and Egypt welcomed the French offer. Russia condemned it.",
            [("welcomed", "SUPPORT", "Israel", "French"), ("condemned", "ACCUSE", "Russia")],
            ["FRA"],
        ),
    ],
)
def test_the_other_side_of_an_act(text, acts, expected):
    report = report_of(text)
    events = resolve_report(report, [told(report, *act) for act in acts])
    assert recipients(events) == expected
    for participant in events[-1].recipient:
        passage = participant.passage
        assert report.text[passage.start : passage.end] == passage.text


def test_talks_with_somebody_are_held_by_both():
    report = report_of("Sergei Lavrov held talks by telephone with Mohammad Javad Zarif.")
    (event,) = resolve_report(report, [told(report, "held talks", "CONSULT", "Sergei Lavrov")])
    assert [p.entity.country for p in event.actor] == ["RUS", "IRN"]
    assert event.coded.actor[0].text == "Sergei Lavrov"


def test_a_host_is_where_the_meeting_was():
    report = report_of("Canada hosted a meeting of the delegations.")
    (event,) = resolve_report(report, [told(report, "hosted a meeting", "CONSULT", "Canada")])
    assert event.where is not None
    assert event.where.country == "CAN"


def test_the_table_of_deeds_is_checked(tmp_path: Path):
    assert "REQUEST" in deeds()["demand"]
    table = tmp_path / "deed_nouns.csv"
    table.write_text("noun,types\ndemand,REQUEST\nraid,ASSAULTS\n")
    with pytest.raises(TableError, match="ASSAULTS"):
        read_deeds(table)
    table.write_text("noun,types\ndemand,REQUEST\ndemand,ACCUSE\n")
    with pytest.raises(TableError, match="twice"):
        read_deeds(table)


def test_dates_are_not_borrowed_from_asides():
    from detente.resolve.dates import when_of

    def when(text: str, trigger: str) -> str:
        report = report_of(text)
        return when_of(report, told(report, trigger, "ACCUSE", "")).edtf

    assert when("Merkel, who was re-elected in September 2017, condemned Iran.", "condemned") == (
        "2018-10-24~"
    )
    assert when("Putin met Abe, who faces an election on 1 November.", "met") == "2018-10-24~"
    assert when("She condemned Iran and praised the accord of 2015.", "condemned") == "2018-10-24~"
    assert when("She signed the accord in 2015.", "signed") == "2015"
    assert when("Israel demanded their release by Saturday.", "demanded") == "2018-10-24~"
    assert date.fromisoformat("2018-10-24").strftime("%A") == "Wednesday"

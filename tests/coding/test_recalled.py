"""Nouns that recall an occurrence told before."""

from __future__ import annotations

from detente.coding.coder import Coder
from detente.records import CodedEvent, Report

CODER = Coder()


def code(text: str) -> tuple[CodedEvent, ...]:
    return CODER.code(Report(id="r", text=text))


def parties(event: CodedEvent) -> set[str]:
    return {p.text for p in (*event.actor, *event.recipient)}


def test_the_meeting_keeps_the_parties_of_the_one_told_before() -> None:
    met, again = code("Modi met Imran Khan in Ufa on Friday. The meeting lasted an hour.")
    assert again.event_type == "CONSULT"
    assert parties(met) == parties(again) == {"Modi", "Imran Khan"}
    assert again.trigger.text == "meeting"


def test_a_planned_meeting_is_recalled_as_planned() -> None:
    plan, again = code("Modi plans to meet Imran Khan in Ufa. The meeting will last an hour.")
    assert (plan.act, plan.status) == (again.act, again.status) == ("CONSULT", "planned")


def test_the_attack_is_the_one_told_before() -> None:
    events = code("Gunmen attacked an Indian air base on Monday. The attack angered Delhi.")
    assert [e.event_type for e in events] == ["ASSAULT", "ASSAULT"]
    assert parties(events[0]) == parties(events[1])


def test_an_indefinite_noun_recalls_nothing() -> None:
    assert len(code("Modi met Imran Khan in Ufa. A meeting needs a room.")) == 1


def test_nothing_is_recalled_from_far_off() -> None:
    between = "The weather in the hills stayed dry and mild for weeks. " * 20
    assert len(code(f"Modi met Imran Khan in Ufa. {between}The meeting was short.")) == 1


def test_who_speaks_after_talks_took_part_in_them() -> None:
    events = code("Lavrov blamed Kyiv after three hours of talks with Kerry.")
    talks = next(e for e in events if e.event_type == "CONSULT")
    assert parties(talks) == {"Lavrov", "Kerry"}

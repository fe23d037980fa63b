"""Plans, claims and their undoing over the second dossier, from its files to its incidents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from detente import pipeline
from detente.records import Event, Incident
from detente.resolve.incidents import group
from detente.resolve.lives import PlanLife, life_of

Grouped = tuple[Mapping[str, Event], tuple[Incident, ...]]
DOSSIER = Path(__file__).parents[2] / "evaluation" / "gold" / "incidents" / "india-pakistan"


@pytest.fixture(scope="module")
def grouped() -> Grouped:
    files = sorted(str(p) for p in DOSSIER.glob("*.txt"))
    _, events, incidents = pipeline.group(pipeline.read_code_resolve(files, []))
    return {e.id: e for e in events}, incidents


def told_in(grouped: Grouped, day: str, words: str) -> tuple[Incident, list[Event]]:
    """The incident of the mention whose trigger holds ``words`` in the report of ``day``."""
    events, incidents = grouped
    for incident in incidents:
        mentions = [events[name] for name in incident.events]
        for event in mentions:
            told = event.reported and event.reported.date().isoformat() == day
            if told and words in event.coded.trigger.text:
                return incident, mentions
    raise AssertionError(f"no mention of {words!r} on {day}")


def life(grouped: Grouped, day: str, words: str) -> PlanLife:
    found = life_of(told_in(grouped, day, words)[1])
    assert found is not None
    return found


def test_the_talks_of_the_advisers_were_announced_confirmed_and_called_off(grouped) -> None:
    told = life(grouped, "2015-08-23", "called off")
    steps = [step.step for step in told.steps]
    assert steps[0] == "announced"
    assert "confirmed" in steps
    assert told.stands == "cancelled"


def test_the_foreign_secretaries_put_their_talks_off(grouped) -> None:
    steps = [step.step for step in life(grouped, "2016-01-14", "postponed the talks").steps]
    assert steps[0] == "announced"
    assert "postponed" in steps
    assert "held" not in steps


def test_a_claim_stands_beside_its_denial(grouped) -> None:
    incident, mentions = told_in(grouped, "2016-09-29", "carried out strikes")
    assert incident.status == "alleged"
    assert {e.outlet for e in mentions} >= {"Deccan Wire"}


def test_every_join_says_why(grouped) -> None:
    _, incidents = grouped
    joined = [i for i in incidents if len(i.events) > 1]
    assert joined
    for incident in joined:
        assert len(incident.because) == len(incident.events) - 1
        assert all(incident.because)


def test_a_merge_that_was_undone_stays_undone(grouped) -> None:
    events, _ = grouped
    incident, mentions = told_in(grouped, "2015-08-23", "called off")
    apart, rest = mentions[0], mentions[1:]
    known = [
        replace(incident, events=tuple(e.id for e in rest)),
        Incident(id="apart", events=(apart.id,), status="planned"),
    ]
    again = group(list(events.values()), known=known)
    owner = {name: i.id for i in again for name in i.events}
    assert owner[apart.id] == "apart"
    assert {owner[e.id] for e in rest} == {incident.id}


def test_a_reprinted_story_corroborates_nothing(grouped) -> None:
    incident, mentions = told_in(grouped, "2019-08-08", "expelled")
    assert {e.outlet for e in mentions} >= {"The Lantern", "Harbour Echo"}
    assert "Harbour Echo" not in incident.outlets

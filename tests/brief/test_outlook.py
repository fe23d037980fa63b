from datetime import UTC, datetime

import pytest

from detente.assess.follow_through import follow_through
from detente.brief.outlook import plan_in_words, plans_ahead
from detente.brief.reckoning import outlook
from detente.brief.verify import verify_sentence
from detente.errors import UncitedStatement
from tests.assess.test_follow_through import plans
from tests.making import incidents_of, made_report

AS_OF = datetime(2018, 12, 1, tzinfo=UTC)


def made_outlook():
    from detente.assess.follow_through import due_plans, plan_lives

    events = plans(held=6, failed=2)
    by_id = {e.id: e for e in events}
    incidents = {i.id: i for i in incidents_of(events)}
    past = due_plans(plan_lives(incidents.values(), by_id), AS_OF)
    forecast = follow_through([events[-1]], past, AS_OF)
    judged = tuple(plans_ahead({"ahead": forecast}, incidents, by_id))
    return outlook(judged, AS_OF), events


def test_the_judgement_carries_its_number_and_its_reckoning():
    found, _ = made_outlook()
    first = found.sentences[0]
    assert first.text == (
        "It is likely (70%) that the meeting of Trump and Putin planned for 20 December 2018 "
        "is held."
    )
    assert found.reckoning is not None
    assert any(p.report == found.reckoning.id for p in first.evidence)


def test_confidence_stands_apart_from_likelihood():
    found, _ = made_outlook()
    confident = [s for s in found.sentences if "onfidence" in s.text]
    assert len(confident) == 1
    assert confident[0].forecast is None
    assert "70" not in confident[0].text


def test_every_judgement_verifies_and_none_without_its_reckoning():
    found, events = made_outlook()
    plan = made_report("Trump will meet Putin.", published="2018-11-30")
    reports = {plan.id: plan, found.reckoning.id: found.reckoning}
    for sentence in found.sentences:
        assert {p.report for p in sentence.evidence} == set(reports)
        verify_sentence(sentence, reports, [events[-1]])
    with pytest.raises(UncitedStatement, match="no source"):
        verify_sentence(found.sentences[0], {plan.id: plan}, [events[-1]])


def test_a_plan_in_words():
    _, events = made_outlook()
    assert plan_in_words(events[-1]) == (
        "the meeting of Trump and Putin planned for 20 December 2018"
    )

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from detente import pipeline
from detente.brief.outlook import plan_in_words, plans_ahead
from detente.brief.reckoning import outlook
from detente.brief.verify import verify_sentence
from detente.errors import UncitedStatement
from detente.records import SourceGrade
from tests.assess.test_follow_through import plans
from tests.making import incidents_of, made_event, made_report

AS_OF = datetime(2018, 12, 1, tzinfo=UTC)
PLAN = made_report("Trump will meet Putin.", published="2018-11-30")


def made_outlook(events=None, reports=(PLAN,), grades=()):
    events = events or plans(held=6, failed=2)
    by_id = {e.id: e for e in events}
    incidents = {i.id: i for i in incidents_of(events)}
    foresight = pipeline.forecast_plans(tuple(incidents.values()), by_id, AS_OF)
    of = {report.id: report for report in reports}
    judged = tuple(plans_ahead(foresight, incidents, by_id, of, grades))
    return outlook(judged, AS_OF), events


def test_the_judgement_carries_its_number_and_its_reckoning():
    found, _ = made_outlook()
    first = found.sentences[0]
    assert first.text == (
        "It is likely (70%) that the meeting of Trump and Putin planned for 20 December 2018 "
        "is held, and told of as held."
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
    reports = {PLAN.id: PLAN, found.reckoning.id: found.reckoning}
    for sentence in found.sentences:
        assert {p.report for p in sentence.evidence} == set(reports)
        verify_sentence(sentence, reports, [events[-1]])
    with pytest.raises(UncitedStatement, match="no source"):
        verify_sentence(found.sentences[0], {PLAN.id: PLAN}, [events[-1]])


def test_a_plan_in_words():
    _, events = made_outlook()
    assert plan_in_words(events[-1]) == (
        "the meeting of Trump and Putin planned for 20 December 2018"
    )


def test_the_grounds_name_precedents_and_the_alternative():
    found, _ = made_outlook()
    assert found.sentences[1].text == (
        "Of the 8 meetings planned for a stated day that fell due before, 6 were held (the last: "
        "a meeting, planned for 6 February 2018), and of 2 no report says that it was held; the "
        "alternative is that it is called off, or passes without a report."
    )


def test_confidence_tells_the_grades_and_who_is_not_judged():
    graded = SourceGrade(outlet="Northern Wire", reliability="B", credibility="2")
    for grades, told in (((), "not judged"), ((graded,), "B2")):
        found, _ = made_outlook(grades=grades)
        confident = found.sentences[2].text
        assert f"one outlet alone tells of the plan, Northern Wire ({told})." in confident
        assert confident.startswith("Confidence in this is low: only eight meetings stand behind")


def with_a_second_plan(day: str, **place):
    other = made_report("Trump and Putin plan a meeting.", outlet="Capital Desk")
    second = made_event(
        other, other.text, "plan a meeting", status="planned", event_type="AGREE",
        act="CONSULT", edtf=day, incident="apart", actor=(("Trump", "USA"), ("Putin", "RUS")),
    )  # fmt: skip
    return (*plans(held=6, failed=2), replace(second, **place)), other


def test_two_plans_of_one_meeting_that_were_not_merged_are_judged_once():
    events, other = with_a_second_plan("2018-12-22")
    found, _ = made_outlook(events, reports=(PLAN, other))
    (likelihood,) = [s.text for s in found.sentences if s.forecast]
    assert "20 December 2018" in likelihood
    assert "two outlets tell of the plan" in found.sentences[2].text
    assert found.sentences[2].text.endswith("their accounts of it differ.")


def test_two_meetings_weeks_apart_are_judged_apart():
    events, other = with_a_second_plan("2018-12-31")
    found, _ = made_outlook(events, reports=(PLAN, other))
    assert len([s for s in found.sentences if s.forecast]) == 2


def test_what_was_over_before_the_plan_s_day_does_not_fulfil_it():
    talks = made_report("Bolton met Putin on 28 November.", published="2018-11-29")
    early = made_event(talks, talks.text, "met", edtf="2018-11-28", incident="ahead")
    found, _ = made_outlook((*plans(held=6, failed=2), early), reports=(PLAN, talks))
    assert any(s.forecast for s in found.sentences)

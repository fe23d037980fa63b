from dataclasses import replace
from datetime import UTC, datetime

import pytest

from detente.assess.follow_through import (
    LEAST_DUE,
    due_plans,
    follow_through,
    open_plans,
    plan_lives,
    succession,
    track_record,
)
from detente.errors import NoForecast
from tests.making import incidents_of, made_event, made_report

AS_OF = datetime(2018, 12, 1, tzinfo=UTC)


def plans(held: int, failed: int):
    """Plans of 2018 that came about or did not, and one ahead."""
    events = []
    for number in range(held + failed):
        text = f"They will meet on day {number}. They met on day {number}."
        told = made_report(text, outlet=f"Outlet {number}", published="2018-01-02")
        day = f"2018-02-{number + 1:02}"
        name = f"plan {number}"
        plan = {"event_type": "AGREE", "act": "CONSULT", "edtf": day, "incident": name}
        events.append(
            made_event(
                told, f"They will meet on day {number}.", "will meet", status="planned", **plan
            )
        )
        if number < held:
            done = made_event(told, f"They met on day {number}.", "met", edtf=day, incident=name)
            events.append(replace(done, reported=datetime(2018, 3, 1, tzinfo=UTC)))
    ahead = made_report("Trump will meet Putin.", published="2018-11-30")
    events.append(
        made_event(
            ahead, "Trump will meet Putin.", "will meet", status="planned", event_type="AGREE",
            act="CONSULT", edtf="2018-12-20", incident="ahead",
            actor=(("Trump", "USA"), ("Putin", "RUS")),
        )
    )  # fmt: skip
    return tuple(events)


def judged(held: int, failed: int):
    events = plans(held, failed)
    by_id = {e.id: e for e in events}
    lives = plan_lives(incidents_of(events), by_id)
    past = due_plans(lives, AS_OF)
    assert open_plans(lives, AS_OF) == ("ahead",)
    return follow_through([events[-1]], past, AS_OF), past


def test_the_probability_is_laplace_s_of_the_plans_that_fell_due():
    forecast, past = judged(held=6, failed=2)
    assert (len(past), sum(p.held for p in past)) == (8, 6)
    assert forecast.probability == pytest.approx(7 / 10)
    assert forecast.question.dyad.actor == "USA"


def test_too_few_plans_give_no_forecast_and_say_what_is_needed():
    with pytest.raises(
        NoForecast,
        match=f"2 planned for a stated day have fallen due in this record, and {LEAST_DUE}",
    ):
        judged(held=1, failed=1)


def test_each_past_forecast_saw_only_the_plans_before_it():
    record = track_record([True, True, False])
    given = [succession([]), succession([True]), succession([True, True])]
    outcomes = [1, 1, 0]
    assert record.brier == pytest.approx(
        sum((p - o) ** 2 for p, o in zip(given, outcomes, strict=True)) / 3
    )

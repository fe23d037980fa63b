from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from detente.analyse import agreements, chronology, claims, follow_through, plans
from detente.analyse.occurrences import occurrences
from detente.analyse.plans import wilson
from detente.analyse.reading import Reading
from detente.gazetteer.agreements import agreements as known_agreements
from detente.records import Entity, Participant
from tests.analyse.telling import alone, grouped, told
from tests.making import made_event, made_report, passage


def test_a_claim_that_others_deny_is_contested():
    alleged = told("RUS", "MOBILIZE", status="alleged", outlet="First")
    denied = told("RUS", "MOBILIZE", status="denied", outlet="Second")
    [row] = claims(occurrences(*grouped(("alleged", [alleged, denied])))).to_dicts()
    assert row["standing"] == "contested"
    assert (row["alleged_by"], row["denied_by"]) == (["First"], ["Second"])
    assert len(row["words"]) == 2


@pytest.mark.parametrize(
    ("statuses", "standing"),
    [(("alleged",), "alleged"), (("denied",), "denied"), (("alleged", "done"), "supported")],
)
def test_how_a_claim_stands(statuses, standing):
    mentions = [
        told("RUS", "MOBILIZE", status=status, outlet=f"Outlet {n}")
        for n, status in enumerate(statuses)
    ]
    table = claims(occurrences(*grouped((statuses[0], mentions))))
    assert table["standing"].to_list() == [standing]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Chile rejected a Peruvian accusation that it shelled a hill.", "Peruvian"),
        ("Chile denied that it shelled a hill, a day after Peru said so.", "Peru"),
    ],
)
def test_whose_charge_is_denied_does_not_deny_it(text, speaker):
    report = made_report(text)
    event = made_event(
        report, text, "shelled a hill", event_type="ASSAULT", status="denied",
        actor=(("Chile", "CHL"),), speaker=passage(report, speaker),
    )  # fmt: skip
    entity = Entity(id="PER", name="Peru", country="PER", sectors=("GOV",))
    peru = Participant(passage=passage(report, speaker), entity=entity)
    [row] = claims(alone(replace(event, speaker=peru))).to_dicts()
    assert row["denied_by"] == ["CHL"]


def test_what_nobody_alleges_is_no_claim():
    assert claims(alone(told("USA", "SANCTION", "RUS"))).is_empty()


def plan(on: str, **fields):
    return told("USA", "CONSULT", "RUS", on=on, status="planned", event_type="AGREE", **fields)


TODAY = date(2018, 12, 1)


def test_what_became_of_plans():
    held = told("USA", "CONSULT", "RUS", on="2018-11-11", published="2018-11-12", outlet="Held")
    found = occurrences(
        *grouped(
            ("done", [plan("2018-11-11", published="2018-11-01", outlet="A"), held]),
            ("planned", [plan("2018-11-20", outlet="B")]),
            ("planned", [plan("2018-12-24", outlet="C")]),
        )
    )
    table = plans(found, today=TODAY)
    assert table["outcome"].to_list() == ["came about", "lapsed", "open"]
    assert table["settled"].to_list() == [date(2018, 11, 12), None, None]
    rate = follow_through(table).row(0, named=True)
    assert (rate["actor"], rate["announced"], rate["rate"]) == ("USA", 3, 0.5)
    assert rate["rate_low"] < 0.5 < rate["rate_high"]


def test_what_was_only_done_is_no_plan():
    assert plans(alone(told("USA", "CONSULT", "RUS")), today=TODAY).is_empty()


def test_wilson_interval():
    # Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0, 0) == (None, None)


def test_planned_acts_lie_ahead_until_their_day_has_passed():
    found = alone(plan("2018-12-24", outlet="C"), plan("2018-11-20", outlet="B"))
    table = chronology(found, today=TODAY)
    assert table.select("date", "ahead").rows() == [("2018-11-20", False), ("2018-12-24", True)]


def withdrawal():
    treaty = next(a for a in known_agreements().values() if "INF Treaty" in a.aliases)
    event = told("USA", "SANCTION", "RUS", on="2019-02-02")
    return replace(event, agreement=treaty)


def test_an_agreement_ends_a_period_of_notice_after_the_notice():
    found = alone(withdrawal())
    before = agreements(found, today=date(2019, 1, 1)).row(0, named=True)
    during = agreements(found, today=date(2019, 2, 3)).row(0, named=True)
    after = agreements(found, today=date(2019, 8, 3)).row(0, named=True)
    assert (before["standing"], before["ends"]) == ("in force", None)
    assert (during["standing"], during["notice"]) == ("notice given", date(2019, 2, 2))
    assert (during["ends"], during["computed"]) == (date(2019, 8, 2), True)
    assert (after["standing"], after["ends"]) == ("ended", date(2019, 8, 2))


def test_a_reading_understands_names_and_computes_every_table():
    events, incidents = grouped(("done", [told("USA", "SANCTION", "RUS")]))
    reading = Reading(events, incidents, as_of=datetime(2018, 12, 1, tzinfo=UTC))
    from detente.analyse import Choice

    asked = Choice(actor="united states", recipient="Russia")
    assert reading.network(asked)["total"].to_list() == [1]
    assert reading.series(asked)["total"].sum() == 1
    assert reading.chronology(asked).height == 1
    assert reading.today == date(2018, 12, 1)
    for table in (reading.places, reading.claims, reading.plans, reading.agreements):
        assert table(asked).is_empty()

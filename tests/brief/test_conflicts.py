from dataclasses import replace

import pytest

from detente.brief.conflicts import among, conflicts, told_together
from detente.records import CoderMark, Contradiction
from tests.making import incidents_of, made_event, made_report


def accounts(first, second, about, **second_fields):
    """The conflicts told of two accounts, each (words, trigger, day of report, fields)."""
    made = []
    for number, (text, trigger, day, fields) in enumerate((first, second)):
        report = made_report(text, outlet=("One", "Two")[number], published=day)
        made.append((report, made_event(report, text, trigger, incident="same", **fields)))
    events = {event.id: event for _, event in made}
    clash = Contradiction(first=made[0][1].id, second=made[1][1].id, about=about)
    incidents = incidents_of(tuple(events.values()), same={"contradictions": (clash,)})
    reports = {report.id: report for report, _ in made}
    return list(conflicts(incidents, events, reports, {"same"}, most=4)), events


def test_figures_are_told_as_figures():
    (told,), _ = accounts(
        ("Peru expelled 60 men.", "expelled", "2018-03-26", {}),
        ("Peru threw 48 men out.", "threw", "2018-03-27", {}),
        "number of men: 60 against 48",
    )
    assert told.text == (
        "Accounts differ on the number of men: One (26 March 2018) tells of 60, "
        "Two (27 March 2018) of 48."
    )


@pytest.mark.parametrize(
    ("first", "second", "about", "number"),
    [
        ({"edtf": "2018-03-01"}, {"edtf": "2018-03-09"}, "date: x", 1),
        ({"edtf": "2018-03-01"}, {"edtf": "2018-03-02"}, "date: x", 0),
        ({"edtf": "2018-03-01"}, {"edtf": "2018-03-09~", "basis": "inferred"}, "date: x", 0),
        ({"edtf": "2018-03-01"}, {"edtf": "2018-03-09", "status": "planned"}, "date: x", 0),
        ({}, {"status": "negated"}, "negated against done", 1),
    ],
)
def test_which_days_are_a_conflict(first, second, about, number):
    told, _ = accounts(
        ("Peru shelled a hill.", "shelled", "2018-03-10", first),
        ("It is said that Peru shelled nobody.", "shelled", "2018-03-11", second),
        about,
    )
    assert len(told) == number


def test_what_is_only_mentioned_and_other_acts_are_no_conflict():
    told, _ = accounts(
        ("Peru shelled a hill.", "shelled", "2018-03-10", {"edtf": "2018-03-01"}),
        ("Chile met Peru after it shelled men.", "shelled", "2018-03-11", {"edtf": "2018-03-09"}),
        "date: x",
    )  # fmt: skip
    assert told == []
    told, _ = accounts(
        ("Peru cancels meeting.", "cancels meeting", "2018-03-10", {}),
        ("Aides did not rule out a word.", "rule out", "2018-03-11", {"status": "negated"}),
        "negated against done",
    )
    assert told == []


def test_a_noun_s_day_is_that_of_its_verb():
    one, other = (
        ("Peru refused talks on Monday.", "refused", "2018-03-10", {"edtf": "2018-03-01"}),
        ("Chile on Friday deplored the refusal.", "refusal", "2018-03-11", {"edtf": "2018-03-09"}),
    )
    found, events = accounts(one, other, "date: x")
    assert len(found) == 1
    noun = CoderMark(kind="rule", name="noun refusal", version="test")
    first, second = events.values()
    second = replace(second, coded=replace(second.coded, coder=noun))
    clash = Contradiction(first=first.id, second=second.id, about="date: x")
    incidents = incidents_of((first, second), same={"contradictions": (clash,)})
    told = (made_report(e.coded.sentence.text, outlet=e.outlet) for e in events.values())
    reports = {report.id: report for report in told}
    by_id = {first.id: first, second.id: second}
    assert conflicts(incidents, by_id, reports, {"same"}, most=4) == ()


def test_old_conflicts_stand_in_the_background_and_old_denials_go():
    numbers, events = accounts(
        ("Peru expelled 60 men.", "expelled", "2018-03-26", {}),
        ("Peru threw 48 men out.", "threw", "2018-03-27", {}),
        "number of men: 60 against 48",
    )
    denial = replace(numbers[0], text="A claim and its denial stand against each other: x.")
    background = [
        replace(numbers[0], text=text, events=(event,), paragraph="2018")
        for text, event in (("Peru expelled 60 men.", numbers[0].events[0]), ("Chile left.", "-"))
    ]
    placed = list(among(background, [*numbers, denial], events))
    assert [s.text for s in placed] == ["Peru expelled 60 men.", numbers[0].text, "Chile left."]
    assert placed[1].paragraph == "2018"


def test_conflicts_of_one_kind_are_told_together():
    (one,), _ = accounts(
        ("Peru expelled 60 men.", "expelled", "2018-03-26", {}),
        ("Peru threw 48 men out.", "threw", "2018-03-27", {}),
        "number of men: 60 against 48",
    )
    first, second = told_together([one, one])
    assert first == one
    assert second.text.startswith("So do these: One (26 March 2018) tells of 60")

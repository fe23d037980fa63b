"""Mentions of one occurrence come together, others stay apart, and every join says why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import TableError
from detente.records import Agreement, Event
from detente.resolve import incidents_words
from detente.resolve.incidents import group
from detente.resolve.incidents_stand import contradictions, standing_status
from detente.resolve.incidents_words import Rarity, heads, stem, stems

from .incident_mentions import mention

INF = Agreement(id="inf", name="INF Treaty")


def planned(**rest: object) -> Event:
    given = {"type": "AGREE", "act": "CONSULT", "status": "planned", "on": "2018-11-11"}
    text = "Putin is scheduled to meet Trump in Paris on November 11."
    return mention(
        text, "scheduled to meet", ["Putin", "Trump"], [], **{**given, "at": "Paris", **rest}
    )


def held(**rest: object) -> Event:
    text = "Trump and Putin held talks in Paris on Sunday."
    given = {"on": "2018-11-11", "at": "Paris", "told": "2018-11-12", "outlet": "The Herald"}
    return mention(text, "held talks", ["Trump", "Putin"], [], **{**given, **rest})


def helsinki() -> Event:
    text = "Trump met Putin at a summit in Helsinki in July."
    return mention(text, "met", ["Trump", "Putin"], [], on="2018-07", at="Helsinki")


def test_a_planned_and_the_held_meeting_are_one_occurrence() -> None:
    one, two, other = planned(), held(), helsinki()
    incidents = group([two, other, one])
    assert {i.events for i in incidents} == {(one.id, two.id), (other.id,)}
    joined = next(i for i in incidents if len(i.events) == 2)
    assert joined.status == "done"
    assert joined.outlets == ("The Courier", "The Herald")
    (why,) = joined.because
    assert two.id in why and "same parties" in why and "same place (Paris)" in why


def test_meetings_of_other_people_stay_apart() -> None:
    text = "Bolton met Lavrov in Paris on November 11."
    other = mention(text, "met", ["Bolton", "Lavrov"], [], on="2018-11-11", at="Paris")
    assert len(group([planned(), other])) == 2


def test_headline_likeness_alone_joins_nothing() -> None:
    text = "Russia accused Washington of violating the treaty."
    one = mention(text, "accused", ["Russia"], ["Washington"], type="ACCUSE", on="2017-03")
    two = mention(text, "accused", ["Russia"], ["Washington"], type="ACCUSE", on="2018-10")
    assert len(group([one, replace(two, id="other")])) == 2


def test_other_words_same_act_place_and_agreement() -> None:
    a = mention(
        "Washington announced it will pull out of the INF.",
        "pull out",
        ["Washington"],
        [],
        type="SANCTION",
        mode="withdraw",
        status="planned",
        on="2018-10-20",
        agreement=INF,
    )
    b = mention(
        "States to quit arms pact, officials confirm.",
        "quit", ["States"], [], type="SANCTION", mode="withdraw",
        status="planned", on="2018-10", agreement=INF, outlet="The Herald",
    )  # fmt: skip
    (joined,) = group([a, b])
    assert "same agreement (INF Treaty)" in joined.because[0]


def test_expulsion_and_withdrawal_are_not_one_act() -> None:
    a = mention(
        "Russia expelled diplomats.",
        "expelled",
        ["Russia"],
        [],
        type="SANCTION",
        mode="expel",
        on="2018-10-20",
    )
    b = mention("Russia withdrew from talks.", "withdrew", ["Russia"], [], type="SANCTION",
                mode="withdraw", on="2018-10-20")  # fmt: skip
    assert len(group([a, b])) == 2


def test_known_incidents_keep_their_id_and_grow() -> None:
    one, two = planned(), held()
    (before,) = group([one])
    (after,) = group([one, two], known=[before])
    assert after.id == before.id
    assert after.events == (one.id, two.id)


def test_a_known_incident_grows_without_its_own_events_lost() -> None:
    one, two = planned(), held()
    (before,) = group([one, two])
    third = planned(told="2018-11-01", outlet="Wire")
    (after,) = group([two, third], known=[before])
    assert set(after.events) == {one.id, two.id, third.id}


def test_two_known_incidents_never_join() -> None:
    one, two = planned(), held()
    known = [*group([one]), *group([two])]
    assert {i.id for i in group([one, two], known=known)} == {i.id for i in known}


def test_copies_count_as_one_outlet() -> None:
    one, two = held(outlet="Wire"), held(outlet="The Herald")
    copies = {two.coded.trigger.report: one.coded.trigger.report}
    (joined,) = group([one, two], copies=copies)
    assert len(joined.outlets) == 1


def test_denied_against_alleged_is_listed_with_both_sides() -> None:
    a = mention(
        "Washington says Russia fired a missile.",
        "fired",
        ["Russia"],
        [],
        type="MOBILIZE",
        status="alleged",
        on="2017",
    )
    b = mention("Moscow denied Russia fired a missile.", "fired", ["Russia"], [],
                type="MOBILIZE", status="denied", on="2017", outlet="The Herald")  # fmt: skip
    (joined,) = group([a, b])
    assert joined.status == "alleged"
    assert [c.about for c in joined.contradictions] == ["denied against alleged"]
    assert {joined.contradictions[0].first, joined.contradictions[0].second} == {a.id, b.id}


def test_differing_numbers_are_a_contradiction() -> None:
    a = mention("Washington expelled 60 Russian diplomats.", "expelled", ["Washington"], [])
    b = mention("Washington expelled 48 diplomats.", "expelled", ["Washington"], [])
    assert [c.about for c in contradictions([a, b])] == ["number of diplomats: 60 against 48"]


@pytest.mark.parametrize(
    ("told", "stands"),
    [
        (["planned", "done"], "done"),
        (["done", "planned"], "done"),
        (["alleged", "denied"], "alleged"),
        (["planned", "negated"], "negated"),
        (["threatened", "planned"], "planned"),
        (["hypothetical"], "hypothetical"),
    ],
)
def test_status_as_it_stands(told: list[str], stands: str) -> None:
    days = [f"2018-10-{day:02d}" for day in range(1, len(told) + 1)]
    events = [
        mention("Russia will meet Trump.", "meet", ["Russia"], [], status=s, told=d)
        for s, d in zip(told, days, strict=True)
    ]
    assert standing_status(events) == stands


def test_not_yet_leaves_the_plan_standing() -> None:
    plan = mention("Trump will meet Putin.", "meet", ["Trump"], [], status="planned")
    yet = mention("Trump hasn't yet met Putin.", "met", ["Trump"], [], status="negated",
                  told="2018-10-30")  # fmt: skip
    assert standing_status([plan, yet]) == "planned"


@given(st.permutations(range(5)))
def test_grouping_does_not_depend_on_the_order_given(order: list[int]) -> None:
    events = [planned(), held(), helsinki(), planned(outlet="Wire"), held(outlet="Wire")]
    first = {frozenset(i.events) for i in group(events)}
    assert {frozenset(i.events) for i in group([events[at] for at in order])} == first


def test_every_event_is_in_exactly_one_incident() -> None:
    events = [planned(), held(), helsinki(), planned(outlet="Wire")]
    told = [e for i in group([*events, events[0]]) for e in i.events]
    assert sorted(told) == sorted(e.id for e in events)


def test_imported_events_stay_alone() -> None:
    one, two = (replace(held(outlet=o), origin="icews") for o in ("a", "b"))
    assert len(group([one, two])) == 2


def test_words() -> None:
    assert heads("will pull out") == heads("intended to withdraw") == frozenset({"leave"})
    assert heads("plan to meet") == heads("summit") == frozenset({"meet"})
    assert stem("expelled") == stem("expelling") and stem("parties") == "party"
    assert stems("The US said it was in the talks") == ("us", "talk") or stems("The talks") == (
        "talk",
    )
    rarity = Rarity([("treaty", "sign"), ("treaty",), ("treaty", "quit")])
    assert rarity.of("quit") > rarity.of("treaty")


def test_a_stem_in_two_kin_groups_is_refused(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path_factory.mktemp("tables") / "kin.csv"
    table.write_text("group,words\nmeet,meet;talk\nsay,talk\n")
    monkeypatch.setattr(incidents_words, "packaged", lambda *_: table)
    with pytest.raises(TableError, match=r"line 3.*talk.*meet"):
        incidents_words.kin.__wrapped__()

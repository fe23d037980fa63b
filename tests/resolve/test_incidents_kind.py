"""Under which heading tellings of one occurrence meet, and what parts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.errors import TableError
from detente.records import Agreement, Event
from detente.resolve.incidents import group
from detente.resolve.incidents_kind import (
    WITHDRAWAL,
    act_of,
    calls_off,
    kind_of,
    kinds_of,
    told_as,
)
from detente.resolve.incidents_stand import told_status
from detente.resolve.incidents_words import heads, read_kin_acts, read_kin_apart

from .incident_mentions import mention

PACT = Agreement(id="pact", name="the pact")


def off(told: str, on: str = "", **rest: object) -> Event:
    text = "Russia called off its talks with Washington in Paris."
    given = {"type": "REJECT", "mode": "meet", "told": told, "on": on, "at": "Paris"}
    return mention(text, "called off its talks", ["Russia"], ["Washington"], **{**given, **rest})


def held(told: str, on: str, **rest: object) -> Event:
    text = "Russia and Washington held talks in Paris."
    given = {"told": told, "on": on, "at": "Paris"}
    return mention(text, "held talks", ["Russia", "Washington"], [], **{**given, **rest})


def test_an_object_tells_that_a_meeting_is_called_off() -> None:
    text = "Russia put off a visit to Paris after the raid."
    event = mention(text, "put off", ["Russia"], [], type="REJECT")
    assert calls_off(event)
    assert act_of(event) == "CONSULT"
    assert told_status(event) == "negated"
    after = mention("Russia put off it, after the visit.", "put off", ["Russia"], [], type="REJECT")
    assert not calls_off(after)


def test_leaving_a_treaty_is_one_kind_under_any_type() -> None:
    text = "Russia quit the pact with Washington."
    kinds = {
        kind_of(mention(text, "quit the pact", ["Russia"], [], type=kind, agreement=PACT))
        for kind in ("SANCTION", "REJECT", "RETREAT")
    }
    assert kinds == {WITHDRAWAL}
    event = mention(text, "quit the pact", ["Russia"], [], type="SANCTION", agreement=PACT)
    assert {"SANCTION", "RETREAT", "REJECT"} <= told_as(event)
    assert kind_of(mention(text, "quit", ["Russia"], [], type="RETREAT")) == "RETREAT"


def test_a_signature_is_what_it_puts_into_force() -> None:
    text = "Russia signed a decree that suspends trade with Washington."
    report = {"report": "r"}
    signs = mention(text, "signed a decree", ["Russia"], [], type="SUPPORT", **report)
    bans = mention(text, "suspends trade", ["Russia"], ["Washington"], type="SANCTION", **report)
    assert kinds_of([signs, bans]) == {signs.id: "SANCTION", bans.id: "SANCTION"}
    assert kinds_of([signs]) == {signs.id: "SUPPORT"}
    other = mention(text, "suspends trade", ["Washington"], [], type="SANCTION", **report)
    assert kinds_of([signs, other])[signs.id] == "SUPPORT"


def test_a_promise_is_a_moment_of_what_is_promised() -> None:
    text = "Russia promised to free the pilot of Washington."
    event = mention(text, "promised to free", ["Russia"], ["Washington"], type="AGREE")
    assert act_of(event) == "RETREAT"
    assert told_status(event) == "planned"


def test_what_was_called_off_is_not_the_meeting_held_much_later() -> None:
    assert len(group([off("2018-03-02"), held("2018-04-02", "2018-04-01")])) == 1
    assert len(group([off("2018-03-02"), held("2018-12-02", "2018-12-01")])) == 2


def test_the_occasion_of_agreeing_is_another_meeting() -> None:
    text = "Russia agreed on talks with Washington when they met."
    agreed = mention(
        text, "agreed on talks", ["Russia", "Washington"], [],
        type="AGREE", act="CONSULT", status="planned", on="2018-03-01", told="2018-03-02",
    )  # fmt: skip
    before = held("2018-03-02", "2018-03-01")
    after = held("2018-04-02", "2018-04-01")
    assert len(group([agreed, before])) == 2
    assert len(group([agreed, after])) == 1


def test_a_denial_is_not_the_violation_denied() -> None:
    text = "Russia denied to Washington that it violated the pact."
    denial = mention(text, "denied", ["Russia"], ["Washington"], type="REJECT", report="r")
    breach = mention(text, "violated", ["Russia"], ["Washington"], type="REJECT", report="r")
    assert len(group([denial, breach])) == 2


def test_the_subject_of_another_verb_does_not_act_in_a_noun() -> None:
    first = "Russia's seizure of three ships of Ukraine went on near Kerch."
    second = "Washington gave the seizure of three ships of Ukraine near Kerch as the reason."
    rest = {"type": "COERCE", "mode": "seize"}
    one = mention(first, "seizure of three ships", ["Russia"], ["Ukraine"], **rest)
    two = mention(second, "seizure of three ships", ["Washington"], ["Ukraine"], **rest)
    assert len(group([one, two])) == 1
    verb = "Washington seized three ships of Ukraine near Kerch as the reason."
    three = mention(verb, "seized three ships", ["Washington"], ["Ukraine"], **rest)
    assert len(group([one, three])) == 2


def test_phrasal_verbs_have_their_own_kin() -> None:
    assert heads("called off his meeting") == {"cancel", "meet"}
    assert heads("the call") == {"phone"}
    assert heads("shot down") == {"shoot"}


@pytest.mark.parametrize("row", ["deny,deny", "deny,no-such-group"])
def test_pairs_that_cannot_be_are_refused(tmp_path: Path, row: str) -> None:
    table = tmp_path / "kin_apart.csv"
    table.write_text(f"first,second\n{row}\n")
    with pytest.raises(TableError, match="deny"):
        read_kin_apart(table)


@pytest.mark.parametrize("row", ["release,FREEDOM", "no-such-group,RETREAT"])
def test_promised_acts_that_are_none_are_refused(tmp_path: Path, row: str) -> None:
    table = tmp_path / "kin_acts.csv"
    table.write_text(f"group,type\n{row}\n")
    with pytest.raises(TableError, match="is unknown"):
        read_kin_acts(table)

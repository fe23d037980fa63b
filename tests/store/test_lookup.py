"""Reads for one page say what the whole view says; grades, tokens and contacts are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from detente.errors import UnknownName
from detente.records import Ruling
from detente.store import EventFilter, Picture, Record
from detente.store.lookup import Lookup
from tests.store.reports import expulsion, held, plan


def ruling(target: str, kind: str, **changes: str) -> Ruling:
    return Ruling(
        id=f"{kind}-{target}"[:60],
        target=target,
        kind=kind,  # type: ignore[arg-type]
        changes=changes,
        by="ana",
        at=datetime(2026, 1, 1, tzinfo=UTC),
        reason="seen",
    )


@pytest.fixture
def filled(record: Record) -> Record:
    for made in (plan(), held(), expulsion(), expulsion(outlet="The Gazette")):
        assert record.add(*made)
    return record


def whole(lookup: Lookup, limit: int, **wishes: bool) -> list[str]:
    names, cursor = [], ""
    while True:
        page = lookup.page(limit=limit, cursor=cursor, **wishes)
        names += [told.incident.id for told in page.told]
        cursor = page.following
        if not cursor:
            return names


def test_pages_of_any_length_hold_every_incident_once(filled: Record):
    known = {i.id: i for i in filled.view().incidents()}
    for limit in (1, 2, 50):
        names = whole(filled.lookup(), limit)
        assert sorted(names) == sorted(known)
        assert whole(filled.lookup(), limit, oldest=True) == list(reversed(names))
    for told in filled.lookup().page().told:
        assert told.incident == known[told.incident.id]


def test_a_filter_asks_the_same_as_the_view(filled: Record):
    wanted = EventFilter(acts=("SANCTION",), first=datetime(2018, 1, 1, tzinfo=UTC).date())
    found = {e.id for told in filled.lookup().page(wanted).told for e in told.mentions}
    assert found == {e.id for e in filled.view().events(wanted)}
    assert found


def test_rulings_are_obeyed_as_the_view_obeys_them(filled: Record):
    lookup = filled.lookup()
    first, second = (t.incident.id for t in lookup.page(limit=2).told)
    event = lookup.incident(first).mentions[0].id
    assert filled.rule(ruling(event, "amend", act="AID"))
    assert filled.rule(ruling(first, "merge", **{"with": second}))
    merged = {i.id: i for i in filled.view().incidents()}
    assert {t.incident.id for t in lookup.page().told} == set(merged)
    gone = second if first in merged else first
    assert lookup.incident(gone).incident.id in merged
    assert lookup.event(event).event.coded.act == "AID"
    assert filled.rule(ruling(event, "reject"))
    assert event not in {e.id for t in lookup.page().told for e in t.mentions}
    assert lookup.event(event).rejected
    with pytest.raises(UnknownName):
        lookup.incident("nothing")
    with pytest.raises(UnknownName):
        lookup.page(cursor="nonsense")


def test_bare_occurrences_count_as_whole_ones(filled: Record):
    wanted = EventFilter(acts=("SANCTION",))
    bare = filled.tallies.bare(wanted)
    events = list(filled.view().events(wanted))
    assert {e.id for e in bare.events} == {e.id for e in events}
    by_id = {e.id: e for e in events}
    for event in bare.events:
        one = by_id[event.id]
        assert event.when.earliest == one.when.earliest
        assert (event.coded.act, event.coded.mode) == (one.coded.act, one.coded.mode)
    assert {i.id for i in bare.incidents} == {e.incident for e in events}


def test_tallies(filled: Record):
    tallies = filled.tallies
    assert tallies.totals()["reports"] == 4
    assert sum(n for _, n in tallies.outlets()) == 4
    assert ("recipient", "RUS") in {(side, other) for side, other, _ in tallies.partners("USA")}
    assert [place[:2] for place in tallies.places()] == [("Paris", "FRA")]
    assert set(tallies.to_review()) == {e.id for e in filled.view().events()}
    assert filled.rule(ruling(next(iter(filled.view().events())).id, "confirm"))
    assert len(tallies.to_review()) == 3


def test_the_stamp_changes_with_what_people_do_only(filled: Record):
    lookup = filled.lookup()
    before = lookup.stamp()
    assert filled.add(*expulsion(outlet="A third"))
    assert lookup.stamp() == before
    assert filled.rule(ruling(next(iter(filled.view().events())).id, "confirm"))
    assert lookup.stamp() != before


def test_grades_tokens_pictures_and_contacts(record: Record):
    access = record.access
    record.desk.save_user("ana", "analyst", "hash", by="test")
    access.grade("The Courier", ("B", "2"), by="ana", reason="known")
    access.grade("The Courier", ("C", "3"), by="ana", reason="less so")
    assert access.grades()["The Courier"].reliability == "C"
    with pytest.raises(UnknownName):
        access.grade("The Courier", ("Z", "2"), by="ana", reason="no")
    access.add_token("secret", "ana", "for tests")
    user = access.token_user("secret")
    assert user is not None
    assert user.name == "ana"
    access.drop_tokens("ana")
    assert access.token_user("secret") is None
    shown = Picture(id="p", kind="image/png", body=b"\x00\xff", alt="a", credit="c", by="ana")
    access.add_picture(shown)
    access.add_picture(shown)
    assert access.picture("p") == shown
    number = record.desk.add_comment("b", "n", "t", ("e@x.org", "link", timedelta(minutes=10)))
    found = access.comment_by_token("link")
    assert found is not None
    assert found.id == number
    access.edit_comment("link", "better")
    record.desk.judge_comment(number, approve=True, by="ana")
    assert access.comment_by_token("link") is None
    assert record.desk.comments("b", "approved")[0].text == "better"

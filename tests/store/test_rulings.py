"""Rulings are obeyed by every reading, kept through a re-coding, and never dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from detente.errors import InputError, UnknownName
from detente.records import Event, Report, Ruling, fingerprint
from detente.store import EventFilter, Record

from .reports import expulsion, held, plan

DAY = datetime(2018, 12, 1, tzinfo=UTC)


def ruling(kind: str, target: str, at: datetime = DAY, **changes: str) -> Ruling:
    named = {key.removesuffix("_"): value for key, value in changes.items()}
    name = fingerprint(kind, target, at.isoformat(), *named.values())
    return Ruling(
        id=name, target=target, kind=kind, changes=named, by="Ada", at=at, reason="as it says"
    )


def only(record: Record) -> Event:
    (event,) = record.view().events()
    return event


def test_a_rejected_event_is_gone_from_every_reading(record: Record) -> None:
    record.add(*plan())
    event = only(record)
    assert record.rule(ruling("reject", event.id))
    view = record.view()
    assert list(view.events()) == [] and view.incidents() == ()
    assert view.counts()["events"] == 0
    assert [e.id for e in view.events(rejected=True)] == [event.id]
    assert view.rulings_on(event.id)[0].by == "Ada"
    record.rule(ruling("confirm", event.id, at=DAY.replace(day=2)))
    assert only(record).id == event.id


def test_a_ruling_is_kept_once(record: Record) -> None:
    record.add(*plan())
    made = ruling("reject", only(record).id)
    assert record.rule(made) and not record.rule(made)
    assert record.view().rulings() == (made,)


def test_amendments_change_what_filters_see(record: Record) -> None:
    record.add(*plan())
    event = only(record)
    changes = {"status": "done", "event_type": "CONSULT", "date": "2018-11-11", "recipient": "FRA"}
    record.rule(ruling("amend", event.id, **changes))
    view = record.view()
    (seen,) = view.events(EventFilter(recipient="FRA", types=("CONSULT",), status=("done",)))
    assert seen.coded.trigger == event.coded.trigger
    assert seen.when.edtf == "2018-11-11"
    assert list(view.events(EventFilter(status=("planned",)))) == []
    assert view.incidents()[0].status == "done"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"colour": "red"}, "no field"),
        ({"status": "maybe"}, "no status"),
        ({"event_type": "MEET"}, "no PLOVER type"),
        ({"mode": "expel"}, "no mode of AGREE"),
        ({"date": "soon"}, "no date"),
        ({"date": "2018-13"}, "no date"),
        ({"auxiliary": "past"}, "no auxiliary"),
        ({"act": "x"}, "no PLOVER type"),
    ],
)
def test_what_cannot_be_obeyed_is_refused(
    record: Record, changes: dict[str, str], says: str
) -> None:
    record.add(*plan())
    with pytest.raises(InputError, match=says):
        record.rule(ruling("amend", only(record).id, **changes))
    assert record.view().rulings() == ()


def test_unknown_targets_are_refused(record: Record) -> None:
    record.add(*plan())
    incident = record.view().incidents()[0].id
    for made in (
        ruling("reject", "nothing"),
        ruling("merge", "nothing", with_=incident),
        ruling("merge", incident),
        ruling("merge", incident, with_="nothing"),
        ruling("split", incident, events="nothing"),
    ):
        with pytest.raises(UnknownName):
            record.rule(made)


def test_merge_and_split_are_undone_by_each_other(record: Record) -> None:
    record.add(*plan())
    record.add(*expulsion())
    first, second = record.view().incidents()
    record.rule(ruling("merge", first.id, with_=second.id))
    (joined,) = record.view().incidents()
    assert set(joined.events) == {*first.events, *second.events}
    assert any("merge by Ada" in why for why in joined.because)
    later = DAY.replace(day=2)
    record.rule(ruling("split", joined.id, at=later, events=";".join(second.events)))
    groups = {frozenset(i.events) for i in record.view().incidents()}
    assert groups == {frozenset(first.events), frozenset(second.events)}


def test_splits_hold_when_more_is_told(record: Record) -> None:
    record.add(*plan())
    record.add(*held())
    (joined,) = record.view().incidents()
    taken = joined.events[1]
    record.rule(ruling("split", joined.id, events=taken))
    record.add(*held(told="2018-11-14", outlet="Wire"))
    assert all(len(i.events) < 3 for i in record.view().incidents())
    incident_of = {e.id: e.incident for e in record.view().events()}
    assert incident_of[taken] != incident_of[joined.events[0]]


def test_rulings_made_later_do_not_show_as_of_before(record: Record) -> None:
    record.add(*plan())
    record.rule(ruling("reject", only(record).id))
    assert len(list(record.view(DAY.replace(month=11)).events())) == 1
    assert list(record.view(DAY).events()) == []


def recoded(report: Report, event: Event, **changes: str) -> Event:
    coded = replace(event.coded, **changes)
    return replace(event, id=coded.id, coded=coded)


def test_rulings_survive_a_recoding(record: Record) -> None:
    report, (event,) = expulsion()
    record.add(report, [event])
    record.rule(ruling("amend", event.id, mode="discontinue"))
    newer = recoded(report, event, recipient=())
    assert newer.id != event.id
    shown = record.recode(report, [newer], keep=False)
    assert [c.kind for c in shown.changes] == [] or shown.changes
    assert only(record).id == event.id
    record.recode(report, [replace(newer, recipient=())], keep=True)
    assert only(record).id == newer.id
    assert only(record).coded.mode == "discontinue"
    assert record.view().unmatched_rulings() == ()


def test_rulings_that_no_longer_match_are_listed(record: Record) -> None:
    report, (event,) = expulsion()
    record.add(report, [event])
    made = ruling("reject", event.id)
    record.rule(made)
    elsewhere = replace(event.coded.trigger, start=0, end=10, text="Washington")
    record.recode(report, [recoded(report, event, trigger=elsewhere)], keep=True)
    view = record.view()
    assert view.unmatched_rulings() == (made,) and view.rulings() == (made,)
    assert len(list(view.events())) == 1


def test_recode_tells_what_changes_before_it_does(record: Record) -> None:
    report, (event,) = expulsion()
    record.add(report, [event])
    newer = recoded(report, event, status="alleged")
    extra = recoded(report, event, trigger=replace(event.coded.trigger, start=0, end=10))
    told = [c.told for c in record.recode(report, [newer, extra], keep=False).changes]
    assert told[1] == "changed: “expelled”: status done → alleged"
    assert told[0].startswith("new: SANCTION done")
    assert only(record) == replace(event, incident=only(record).incident)
    gone = record.recode(report, [], keep=True)
    assert [c.kind for c in gone.changes] == ["gone"]
    assert list(record.view().events()) == []

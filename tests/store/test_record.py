"""What is added comes back equal, once, and as of a moment nothing later shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.errors import UnknownName
from detente.store import EventFilter, Record, open_record

from .reports import expulsion, held, plan

MARCH = datetime(2018, 3, 31, tzinfo=UTC)
OCTOBER = datetime(2018, 10, 31, tzinfo=UTC)


def test_what_is_added_comes_back_equal(record: Record) -> None:
    report, events = plan()
    assert record.add(report, events)
    view = record.view()
    assert view.report(report.id) == report
    assert [replace(e, incident="") for e in view.events()] == list(events)
    assert record.has(report.id) and not record.has("other")


def test_adding_twice_adds_nothing(record: Record) -> None:
    assert record.add(*plan())
    before = record.view().counts()
    assert not record.add(*plan())
    assert record.view().counts() == before
    assert before == {"reports": 1, "copies": 0, "events": 1, "incidents": 1, "rulings": 0}


def test_a_record_reopened_is_the_same(where: str) -> None:
    with open_record(where) as first:
        first.add(*plan())
        told = list(first.view().events())
    with open_record(where) as second:
        assert list(second.view().events()) == told


def test_reports_of_one_occurrence_meet_in_one_incident(record: Record) -> None:
    for report, events in (plan(), expulsion(), held()):
        record.add(report, events)
    incidents = record.view().incidents()
    assert [len(i.events) for i in incidents] == [1, 2]
    meeting = incidents[1]
    assert meeting.status == "done"
    assert meeting.outlets == ("The Courier", "The Herald")
    assert "same place (Paris)" in meeting.because[0]
    assert {e.incident for e in record.view().events()} == {i.id for i in incidents}


def test_as_of_shows_only_what_was_known(record: Record) -> None:
    for report, events in (held(), plan(), expulsion()):
        record.add(report, events)
    view = record.view(OCTOBER)
    assert {e.coded.status for e in view.events()} == {"planned", "done"}
    assert [i.status for i in view.incidents()] == ["done", "planned"]
    assert view.incidents()[1].outlets == ("The Courier",)
    assert len(list(view.reports())) == 2
    assert view.counts()["incidents"] == 2
    with pytest.raises(UnknownName):
        view.report(held()[0].id)
    assert list(view.search("talks")) == []


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(range(6)), cut=st.integers(0, 6))
def test_nothing_known_later_leaks(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], cut: int
) -> None:
    """A view as of a moment equals the record that holds only what was known by then."""
    start = datetime(2018, 10, 1, tzinfo=UTC)
    days = [(start + timedelta(days=n)).date().isoformat() for n in range(6)]
    kinds = (plan, held, expulsion, plan, held, plan)
    told = [kinds[n](told=days[n], outlet=f"Outlet {n}") for n in range(6)]
    moment = start + timedelta(days=cut) - timedelta(seconds=1)
    folder = tmp_path_factory.mktemp("leak")
    with open_record(folder / "all.db") as whole, open_record(folder / "then.db") as then:
        for at in order:
            whole.add(*told[at])
            if at < cut:
                then.add(*told[at])
        seen, known = whole.view(moment), then.view(moment)
        assert set(seen.events()) == set(known.events())
        assert set(seen.incidents()) == set(known.incidents())
        assert {r.id for r in seen.reports()} == {r.id for r in known.reports()}
        assert {r.id for r in seen.search("Paris")} == {r.id for r in known.search("Paris")}


@pytest.mark.parametrize(
    ("wanted", "statuses"),
    [
        (EventFilter(actor="USA"), {"done", "planned"}),
        (EventFilter(actor="USA", recipient="RUS"), {"done", "planned"}),  # they are to meet
        (EventFilter(actor="RUS", recipient="USA"), {"planned"}),
        (EventFilter(recipient="RUS"), {"done"}),
        (EventFilter(actor="putin"), {"planned"}),
        (EventFilter(either=("RUS", "USA"), types=("AGREE",)), {"planned"}),
        (EventFilter(acts=("CONSULT",)), {"planned"}),
        (EventFilter(status=("threatened",)), set()),
        (EventFilter(first=OCTOBER.date()), {"planned"}),
        (EventFilter(last=MARCH.date()), {"done"}),
        (EventFilter(outlet="The Courier"), {"done", "planned"}),
        (EventFilter(agreement="inf"), set()),
        (EventFilter(recipient="FRA"), set()),
    ],
)
def test_filters_say_the_same_in_sql_and_python(
    record: Record, wanted: EventFilter, statuses: set[str]
) -> None:
    record.add(*plan())
    record.add(*expulsion())
    found = list(record.view().events(wanted))
    assert {e.coded.status for e in found} == statuses
    assert found == [e for e in record.view().events() if wanted.fits(e)]


def test_pages_follow_each_other(record: Record) -> None:
    for day in range(1, 8):
        record.add(*plan(told=f"2018-10-{day:02d}"))
    view, cursor, seen = record.view(), "", []
    while True:
        page = view.page(limit=3, cursor=cursor)
        seen += page.events
        cursor = page.following
        if not cursor:
            break
    assert seen == list(view.events()) and len(seen) == 7
    assert len(list(view.events(limit=2))) == 2


def test_search_finds_words_and_phrases_and_survives_syntax(record: Record) -> None:
    record.add(*plan())
    record.add(*expulsion())
    view = record.view()
    assert [r.id for r in view.search("Paris Putin")] == [plan()[0].id]
    assert [r.id for r in view.search('"Russian diplomats"')] == [expulsion()[0].id]
    assert list(view.search('"diplomats Russian"')) == []
    for strange in ('"', "* OR NEAR(", "a AND", "col:x -y", "", "Pari%"):
        list(view.search(strange))


def test_copies_are_of_one_origin_and_corroborate_nothing(record: Record) -> None:
    report, events = held(outlet="Wire")
    body = (
        report.text + " " + " ".join(f"Officials described point {n} at length." for n in range(12))
    )
    original = replace(report, text=body)
    reprint, other = held(outlet="The Herald")
    record.add(original, events)
    record.add(replace(reprint, text=body + " Reporting by the desk."), other)
    view = record.view()
    assert view.copies() == {reprint.id: original.id}
    (incident,) = view.incidents()
    assert incident.outlets == ("Wire",) and len(incident.events) == 2


def test_strange_characters_survive(record: Record) -> None:
    report, events = plan()
    strange = replace(report, text=report.text + " \0 \ud800 Ω 🚀", title="\0t", outlet="a\0b")
    record.add(strange, events)
    assert record.view().report(report.id) == strange


def test_regrouping_keeps_every_event(record: Record) -> None:
    for report, events in (held(), expulsion(), plan()):
        record.add(report, events)
    before = {frozenset(i.events) for i in record.view().incidents()}
    record.regroup()
    assert {frozenset(i.events) for i in record.view().incidents()} == before


def test_unknown_names(record: Record) -> None:
    for ask in (record.view().event, record.view().report, record.view().incident):
        with pytest.raises(UnknownName, match="nothing"):
            ask("nothing")

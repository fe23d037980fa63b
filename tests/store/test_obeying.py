"""Whatever is ruled, every read of the record says the same: the ruled events, so grouped."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from detente.errors import DetenteError
from detente.records import Event, Ruling, fingerprint
from detente.resolve.incidents_stand import standing_status
from detente.store import EventFilter, Record, open_record
from detente.store.amending import amended
from detente.store.ledger import parties_of

from .reports import expulsion, held, plan, told

BEFORE = datetime(2019, 1, 1, tzinfo=UTC)
FILTERS = (
    EventFilter(),
    EventFilter(actor="USA", recipient="RUS"),
    EventFilter(actor="RUS", recipient="USA"),
    EventFilter(recipient="FRA"),
    EventFilter(either=("RUS",), status=("done",)),
    EventFilter(agreement="inf-treaty"),
    EventFilter(first=date(2018, 11, 1), last=date(2018, 12, 31)),
)
AMENDMENTS = (
    ("status", "denied"),
    ("status", "done"),
    ("recipient", "FRA"),
    ("date", "2018-12-05"),
    ("agreement", "inf-treaty"),
    ("place", ""),
)
#: (kind, which event or incident, which other, which amendment).
Act = tuple[str, int, int, int]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["confirm", "reject", "amend", "merge", "split"]),
        st.integers(0, 9),
        st.integers(0, 9),
        st.integers(0, len(AMENDMENTS) - 1),
    ),
    min_size=1,
    max_size=7,
)


def everything() -> Iterator[tuple[object, ...]]:
    """Two meetings told by three outlets, an expulsion told twice, a claim, and its denial."""
    yield plan()
    yield held()
    yield held(outlet="Wire", told="2018-11-13")
    yield expulsion()
    yield expulsion(outlet="The Gazette", told="2018-03-28")
    text = "Washington alleged that Moscow violated the treaty."
    yield told(text, "violated", ["Moscow"], [], type="REJECT", status="alleged", on="2018-10-01")
    text = "Moscow met Washington in Vienna on May 3."
    yield told(text, "met", ["Moscow", "Washington"], [], type="CONSULT", at="Vienna",
               on="2018-05-03", told="2018-05-04")  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("obeying") / "detente.db"
    with open_record(path) as record:
        for report, events in everything():  # type: ignore[misc]
            assert record.add(report, events)
    return path


@dataclass
class Oracle:
    """What a person would say the record holds, told only what was ruled."""

    events: dict[str, Event]
    groups: list[set[str]]
    rejected: set[str] = field(default_factory=set)

    def obey(self, ruling: Ruling) -> None:
        target = ruling.target
        if ruling.kind == "reject":
            self.rejected.add(target)
        elif ruling.kind == "confirm":
            self.rejected.discard(target)
        elif ruling.kind == "amend":
            self.events[target] = amended(self.events[target], ruling.changes)

    def regroup(self, kind: str, members: set[str], others: set[str]) -> None:
        if kind == "merge":
            joined = [g for g in self.groups if g & (members | others)]
            self.groups = [g for g in self.groups if g not in joined] + [set().union(*joined)]
        else:
            self.groups = [g - others for g in self.groups] + [set(others)]

    @property
    def counted(self) -> dict[str, Event]:
        return {name: e for name, e in self.events.items() if name not in self.rejected}

    @property
    def partition(self) -> set[frozenset[str]]:
        return {frozenset(g - self.rejected) for g in self.groups} - {frozenset()}


def ruled(record: Record, act: Act, number: int, oracle: Oracle) -> None:
    """Makes a ruling of what is there and tells the oracle, unless it is refused."""
    kind, first, second, amendment = act
    incidents = sorted(record.view().incidents(), key=lambda i: i.id)
    changes: dict[str, str] = {}
    members: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    if kind in ("merge", "split"):
        if not incidents:
            return
        chosen = incidents[first % len(incidents)]
        target, members = chosen.id, chosen.events
        other = incidents[second % len(incidents)]
        others = other.events if kind == "merge" else (members[second % len(members)],)
        changes = {"with": other.id} if kind == "merge" else {"events": others[0]}
    else:
        target = sorted(oracle.events)[first % len(oracle.events)]
        changes = dict([AMENDMENTS[amendment]]) if kind == "amend" else {}
    at = BEFORE + timedelta(days=1 + number)
    name = fingerprint(kind, target, str(number))
    made = Ruling(id=name, target=target, kind=kind, changes=changes, by="Ada", at=at, reason="so")  # type: ignore[arg-type]
    try:
        record.rule(made)
    except DetenteError:
        assert kind == "merge" and set(others) == set(members)
        return
    oracle.obey(made)
    if members:
        oracle.regroup(kind, set(members), set(others))


def bare(event: Event) -> Event:
    return replace(event, incident="")


@settings(
    max_examples=int(os.environ.get("DETENTE_RULINGS", "8")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
    phases=[Phase.generate],  # a failing list of rulings is short enough to read as it is
)
@given(acts=ACTS)
def test_every_read_obeys_every_ruling(filled: Path, tmp_path: Path, acts: list[Act]) -> None:
    path = tmp_path / "detente.db"
    shutil.copy(filled, path)
    with open_record(path) as record:
        view = record.view()
        original = {e.id: bare(e) for e in view.events()}
        oracle = Oracle(dict(original), [set(i.events) for i in view.incidents()])
        for number, act in enumerate(acts):
            ruled(record, act, number, oracle)
        _check_the_view(record, oracle)
        _check_pages(record, oracle)
        _check_counts(record, oracle)
        past = record.view(BEFORE)
        assert {e.id: bare(e) for e in past.events()} == original
        reports = {e.coded.trigger.report for e in original.values()}
        events, incidents = record.lookup().retold(reports, BEFORE)
        assert {e.id for e in events} == original.keys()
        assert {i.events for i in incidents} == {i.events for i in past.incidents()}


def _check_the_view(record: Record, oracle: Oracle) -> None:
    view = record.view()
    assert {e.id: bare(e) for e in view.events()} == oracle.counted
    assert {frozenset(i.events) for i in view.incidents()} == oracle.partition
    for incident in view.incidents():
        assert incident.status == standing_status([oracle.counted[e] for e in incident.events])
    for wanted in FILTERS:
        fitting = {n for n, e in oracle.counted.items() if wanted.fits(e)}
        assert {e.id for e in view.events(wanted)} == fitting


def _check_pages(record: Record, oracle: Oracle) -> None:
    lookup = record.lookup()
    incidents = {i.id: i for i in record.view().incidents()}
    for wanted in FILTERS:
        for oldest in (False, True):
            seen, cursor = [], ""
            while True:
                page = lookup.page(wanted, limit=2, cursor=cursor, oldest=oldest)
                seen += page.told
                cursor = page.following
                if not cursor:
                    break
            fitting = {n for n, e in oracle.counted.items() if wanted.fits(e)}
            shown = [one.incident for one in seen]
            assert {i.id: i for i in shown} == {
                n: i for n, i in incidents.items() if fitting & {*i.events}
            }
            days = [_place(oracle, {*i.events} & fitting, oldest=oldest) for i in shown]
            assert days == sorted(days, reverse=not oldest)
    for name, incident in incidents.items():
        told = lookup.incident(name)
        assert told.incident == incident
        assert {e.id: bare(e) for e in told.mentions} == {
            e: oracle.counted[e] for e in incident.events
        }
        assert {e.incident for e in told.mentions} == {name}
    events, again = lookup.retold({e.coded.trigger.report for e in oracle.events.values()})
    assert {e.id: bare(e) for e in events} == oracle.counted
    assert {i.id: i for i in again} == incidents
    for name in oracle.events:
        assert lookup.event(name).rejected == (name in oracle.rejected)


def _place(oracle: Oracle, mentions: set[str], *, oldest: bool) -> str:
    days = [oracle.counted[e].when.earliest for e in mentions]
    told = [day.isoformat() if day else "" for day in days]
    return min(told) if oldest else max(told)


def _check_counts(record: Record, oracle: Oracle) -> None:
    tallies, counted = record.tallies, oracle.counted.values()
    totals = tallies.totals()
    assert totals["events"] == len(counted)
    assert totals["incidents"] == len(oracle.partition)
    parties = Counter(party for e in counted for _, party in parties_of(e))
    assert dict(tallies.actors()) == parties
    agreements = Counter(e.agreement.id for e in counted if e.agreement)
    assert {name: n for name, n, _ in tallies.agreements()} == agreements
    places = Counter(e.where.name for e in counted if e.where and e.coded.status == "done")
    assert {name: n for name, *_, n in tallies.places()} == places
    for other in ("RUS", "FRA"):
        across = {"actor": 0, "recipient": 0}
        for side, name, n in tallies.partners("USA"):
            across[side] += n if name == other else 0
        dyads = (
            EventFilter(actor=other, recipient="USA"),
            EventFilter(actor="USA", recipient=other),
        )
        assert list(across.values()) == [sum(map(d.fits, counted)) for d in dyads]
    statuses = {i.id: i.status for i in record.view().incidents()}
    for wanted in FILTERS:
        found = tallies.bare(wanted)
        assert {e.id for e in found.events} == {e.id for e in counted if wanted.fits(e)}
        for incident in found.incidents:
            assert incident.status == statuses[incident.id]
    judged = {e for e in oracle.events if not record.lookup().rulings_on([e])}
    assert set(tallies.to_review()) == judged

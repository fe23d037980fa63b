"""How an agreement stands on a day: from its dates, what parties did, and the events of a record.

A notice of withdrawal takes effect after the agreement's period of notice (Vienna Convention on the
Law of Treaties, articles 54, 56 and 67); a treaty between two ends when one of them has left.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from detente.errors import TableError
from detente.gazetteer.agreements import MULTILATERAL, changes
from detente.gazetteer.place_tables import Table, shipped
from detente.ontology.table import rows
from detente.records import Agreement, CodedEvent, Event

State = Literal[
    "not yet signed", "signed", "in force", "notice given", "suspended", "left", "ended"
]
TOUCHES = frozenset(
    {"notice", "suspended", "resumed", "violated", "ratified", "signed", "withdrew", "joined"}
    | {"ended"}
)
#: Acts that speak of an agreement's life and do not change it.
_SPOKEN = frozenset({"ACCUSE", "REQUEST", "PROTEST"})
#: Periods of notice that treaties tell in months, as the table writes them, in months.
_CALENDAR = {91: 3, 183: 6, 365: 12, 730: 24}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an agreement stands.

    ``ends`` is the day on which it ended, or will by a notice given and its period
    (``computed`` is then true); what became known after ``on`` is not told. ``parties`` holds those
    whose standing differs. ``because`` are ids of events and sources it rests on.
    """

    agreement: str
    on: date
    state: State
    ends: date | None = None
    computed: bool = False
    parties: Mapping[str, State]
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    party: str
    change: str
    on: date
    because: str


def standing(agreement: Agreement, on: date, events: Iterable[Event] = ()) -> Standing:
    """The standing of ``agreement`` at the end of day ``on``.

    Args:
        agreement: which.
        on: the day.
        events: events of a record; those of status done that touch it and are dated by ``on``
            count beside what the tables know.
    """
    steps = sorted(_steps(agreement, on, events), key=lambda step: step.on)
    parties, leaving = _parties(agreement, on, steps)
    bilateral = MULTILATERAL not in agreement.parties and len(agreement.parties) == 2
    ends, computed = _end(agreement, on, leaving, bilateral=bilateral)
    return Standing(
        agreement=agreement.id,
        on=on,
        state=_state(agreement, on, ends, parties.values() if bilateral else ()),
        ends=ends,
        computed=computed,
        parties=parties,
        because=tuple(dict.fromkeys([*(step.because for step in steps), agreement.source])),
    )


def _steps(agreement: Agreement, on: date, events: Iterable[Event]) -> Iterator[_Step]:
    for change in changes():
        if change.agreement == agreement.id and change.on <= on:
            yield _Step(
                party=change.party, change=change.change, on=change.on, because=change.source
            )
    for event in events:
        if event.agreement and event.agreement.id == agreement.id and event.coded.status == "done":
            yield from _told(event, on)


def _told(event: Event, on: date) -> Iterator[_Step]:
    change = touch_of(event.coded)
    day = event.when.earliest or event.when.latest
    if change is None or day is None or day > on or event.coded.auxiliary.count("future"):
        return
    for party in dict.fromkeys(p.entity.country for p in event.actor if p.entity.country):
        yield _Step(party=party, change=change, on=day, because=event.id)


def _parties(
    agreement: Agreement, on: date, steps: Sequence[_Step]
) -> tuple[dict[str, State], dict[str, date]]:
    """Parties that stand apart from the whole, and when each leaves or left."""
    states: dict[str, State] = {}
    leaving: dict[str, date] = {}
    for step in steps:
        if step.change == "notice":
            states[step.party] = "notice given"
            if agreement.notice_days is not None:
                leaving[step.party] = after_notice(step.on, agreement.notice_days)
        elif step.change == "withdrew":
            states[step.party], leaving[step.party] = "left", step.on
        elif step.change == "suspended" and states.get(step.party) != "notice given":
            states[step.party] = "suspended"
        elif step.change in ("resumed", "joined"):
            states.pop(step.party, None)
            leaving.pop(step.party, None)
    for party, day in leaving.items():
        if day <= on and states[party] == "notice given":
            states[party] = "left"
    return states, leaving


def after_notice(given: date, days: int) -> date:
    """The day a notice takes effect.

    Args:
        given: when it was given.
        days: the period; 91, 183, 365 and 730 days are three, six, 12 and 24 calendar months.
    """
    months = _CALENDAR.get(days)
    if months is None:
        return given + timedelta(days=days)
    whole = given.year * 12 + given.month - 1 + months
    year, month = whole // 12, whole % 12 + 1
    return date(year, month, min(given.day, monthrange(year, month)[1]))


def _end(
    agreement: Agreement, on: date, leaving: Mapping[str, date], *, bilateral: bool
) -> tuple[date | None, bool]:
    ended = first_day(agreement.ended)
    if ended is not None and ended <= on:
        return ended, False
    if bilateral and leaving:
        return min(leaving.values()), True
    return None, False


def _state(
    agreement: Agreement, on: date, ends: date | None, told: Collection[State]
) -> State:  # fmt: skip
    """The state of the whole; ``told`` are the parties' own, where there are only two."""
    signed, in_force = first_day(agreement.signed), first_day(agreement.in_force)
    if (ends is not None and ends <= on) or "left" in told:
        return "ended"
    if signed is None or signed > on:
        return "not yet signed"
    if in_force is None or in_force > on:
        return "signed"
    if "notice given" in told:
        return "notice given"
    return "suspended" if "suspended" in told else "in force"


def first_day(edtf: str) -> date | None:
    """The first day that a year, month or day of the tables can mean."""
    return date.fromisoformat((edtf + "-01-01")[:10]) if edtf else None


# ── what an event does to an agreement ────────────────────────────────────────────────────────


def read_acts(table: Table) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What an event does to an agreement, by its words, in the order they decide.

    Raises:
        TableError: for an unknown change or a row without stems.
    """
    found = []
    for line, row in rows(table, ("change", "stems")):
        if row["change"] not in TOUCHES:
            raise TableError(str(table), line, f"unknown change {row['change']!r}")
        if not row["stems"]:
            raise TableError(str(table), line, "no stems")
        stems = "|".join(re.escape(stem) for stem in row["stems"].split())
        found.append((row["change"], re.compile(rf"\b(?:{stems})", re.IGNORECASE)))
    return tuple(found)


@cache
def _acts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return read_acts(shipped("agreement_acts.csv"))


def touch_of(coded: CodedEvent) -> str | None:
    """What a coded event does, or would do, to an agreement: notice, withdrew, violated, …

    Its status tells whether it was done, planned, threatened, alleged or denied. Who calls a
    withdrawal dangerous, or demands one, withdraws from nothing.
    """
    words = coded.trigger.text
    found = next((change for change, pattern in _acts() if pattern.search(words)), None)
    return None if coded.act in _SPOKEN and found != "violated" else found

"""Rulings as readings obey them: found again after a re-coding, applied in the order given."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection, select

from detente.records import Event, Ruling, fingerprint
from detente.serial import restored
from detente.store import schema
from detente.store.amending import amended
from detente.store.moments import kept
from detente.store.rows import places_of, runs


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    event: str
    role: str
    report: str
    start: int
    end: int
    act: str
    status: str


@dataclass
class Rulings:
    """All rulings up to a moment, and which current events each is about.

    ``unmatched`` are those whose words the current coding no longer marks: never dropped.
    """

    rulings: tuple[Ruling, ...] = ()
    about: dict[str, dict[str, str]] = field(default_factory=dict)
    unmatched: tuple[Ruling, ...] = ()
    by_event: dict[str, list[Ruling]] = field(default_factory=dict)

    def applied(self, event: Event) -> Event | None:
        """The event as ruled; None if rejected. The last decision of a kind counts."""
        for ruling in self.by_event.get(event.id, ()):
            if ruling.kind == "amend":
                event = amended(event, ruling.changes)
        return None if self.is_rejected(event.id) else event

    def is_rejected(self, event: str) -> bool:
        """Whether the last word on an event is that it is none."""
        last = [r.kind for r in self.by_event.get(event, ()) if r.kind in ("reject", "confirm")]
        return bool(last) and last[-1] == "reject"

    def amended_ids(self) -> tuple[str, ...]:
        """Events that are not as they were coded: filters in SQL cannot judge them."""
        return tuple(
            e for e, found in self.by_event.items() if any(r.kind == "amend" for r in found)
        )

    def changed_ids(self) -> tuple[str, ...]:
        """Events that were amended or rejected: what is counted in SQL must leave them out."""
        amended_ones = set(self.amended_ids())
        return tuple(e for e in self.by_event if e in amended_ones or self.is_rejected(e))

    def on(self, events: Iterable[str]) -> tuple[Ruling, ...]:
        """The rulings on any of these events, in the order made."""
        found = {r.id: r for event in events for r in self.by_event.get(event, ())}
        return tuple(sorted(found.values(), key=lambda r: self._place[r.id]))

    def regrouping(self, events: Iterable[str]) -> tuple[Ruling, ...]:
        """The merges and splits of any of these events, in the order made."""
        return tuple(r for r in self.on(events) if r.kind in ("merge", "split"))

    def regrouped(self, groups: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
        """Groups of event ids after merges and splits, in the order ruled.

        A merged group keeps the name of the ruling's target; a split one has its own.
        """
        found = {name: list(members) for name, members in groups.items()}
        owner = {event: name for name, members in found.items() for event in members}
        for ruling in self.regrouping(owner):
            roles = {e: role for e, role in self.about[ruling.id].items() if e in owner}
            taken = [e for e, role in roles.items() if role == "other"]
            if ruling.kind == "merge":
                _merge(found, owner, [*(e for e in roles if e not in taken), *taken])
            else:
                _split(found, owner, taken, split_name(ruling))
        return {name: members for name, members in found.items() if members}

    @cached_property
    def _place(self) -> dict[str, int]:
        return {ruling.id: number for number, ruling in enumerate(self.rulings)}


def split_name(ruling: Ruling) -> str:
    """The name of the incident that a split makes."""
    return fingerprint("split", ruling.id)


def _merge(found: dict[str, list[str]], owner: dict[str, str], events: Sequence[str]) -> None:
    names = list(dict.fromkeys(owner[e] for e in events))
    for name in names[1:]:
        for event in found.pop(name):
            found[names[0]].append(event)
            owner[event] = names[0]


def _split(
    found: dict[str, list[str]], owner: dict[str, str], taken: Sequence[str], name: str
) -> None:
    for event in taken:
        found[owner[event]].remove(event)
        found.setdefault(name, []).append(event)
        owner[event] = name


def load(connection: Connection, as_of: datetime | None) -> Rulings:
    """Rulings made by ``as_of``, matched to the current coding."""
    table = schema.rulings
    # In the order they were made, which is not that of their moments where a clock was put back.
    query = select(table.c.id, table.c.written).order_by(table.c.seq)
    if as_of is not None:
        query = query.where(table.c.at <= kept(as_of))
    rulings = tuple(restored(Ruling, json.loads(row.written)) for row in connection.execute(query))
    return matched(connection, rulings)


def matched(connection: Connection, rulings: Sequence[Ruling]) -> Rulings:
    """Rulings with the current events they are about."""
    mentions = _mentions(connection, {r.id for r in rulings})
    every = [m for found in mentions.values() for m in found]
    standing = places_of(connection, {m.event for m in every})
    current = _current(connection, {m.report for m in every if m.event not in standing})
    made = Rulings(rulings=tuple(rulings))
    lost = []
    for ruling in rulings:
        roles = made.about.setdefault(ruling.id, {})
        for mention in mentions.get(ruling.id, ()):
            same = mention.event in standing
            if event := mention.event if same else _found_again(mention, current):
                roles[event] = mention.role
                made.by_event.setdefault(event, []).append(ruling)
        if len(roles) < len(mentions.get(ruling.id, ())):
            lost.append(ruling)
    made.unmatched = tuple(lost)
    return made


def _mentions(connection: Connection, rulings: set[str]) -> dict[str, list[_Mention]]:
    table = schema.ruling_mentions
    found: dict[str, list[_Mention]] = defaultdict(list)
    for row in connection.execute(select(table).order_by(table.c.report, table.c.start)):
        if row.ruling in rulings:
            made = dict(row._mapping)
            ruling = made.pop("ruling")
            found[ruling].append(_Mention(**made))
    return found


#: Report → its current events as (id, trigger start, end, act, status).
_Current = Mapping[str, Sequence[tuple[str, int, int, str, str]]]


def _current(connection: Connection, reports: Iterable[str]) -> _Current:
    events, pointers = schema.events, schema.current_codings
    found: dict[str, list[tuple[str, int, int, str, str]]] = {}
    for some in runs(reports):
        coded = select(pointers.c.report, events.c.id, events.c.written)
        query = coded.outerjoin(events, events.c.coding == pointers.c.coding)
        for row in connection.execute(query.where(pointers.c.report.in_(some))):
            marked = found.setdefault(row.report, [])
            if row.id is not None:
                event = json.loads(row.written)["coded"]
                span = event["trigger"]["start"], event["trigger"]["end"]
                marked.append((row.id, *span, event["act"], event["status"]))
    return found


def _found_again(mention: _Mention, current: _Current) -> str:
    """The current event at a mention's words: the one of the largest overlap, same act first."""
    if mention.report not in current:
        return mention.event  # imported: its id is its row
    ranked = []
    for event, start, end, act, status in current[mention.report]:
        shared = min(end, mention.end) - max(start, mention.start)
        if shared > 0:
            ranked.append((act == mention.act, status == mention.status, shared, event))
    return max(ranked)[3] if ranked else ""

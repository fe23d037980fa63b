"""What a newer coding changes: events compared by their words, not by their ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from detente.records import Event
from detente.store.amending import values_of


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two codings of a report."""

    kind: Literal["new", "gone", "changed"]
    before: Event | None
    after: Event | None

    @property
    def told(self) -> str:
        """The difference in words."""
        event = self.after or self.before
        assert event is not None
        words = event.coded.trigger.text
        if self.before is None or self.after is None:
            return f"{self.kind}: {event.coded.event_type} {event.coded.status} “{words}”"
        parts = ", ".join(_differences(self.before, self.after))
        return f"changed: “{words}”: {parts}"


def changes_between(before: Sequence[Event], after: Sequence[Event]) -> tuple[Change, ...]:
    """New, gone and changed events, in the order of the text.

    Args:
        before, after: two codings of one report. Events are paired by id, else by the overlap of
            their triggers with the same act first.
    """
    left = {e.id: e for e in after}
    found = []
    for old in sorted(before, key=_place):
        new = left.pop(old.id, None) or _overlapping(old, left)
        if new is None:
            found.append(Change("gone", old, None))
            continue
        left.pop(new.id, None)
        if any(_differences(old, new)):
            found.append(Change("changed", old, new))
    found += [Change("new", None, event) for event in left.values()]
    return tuple(sorted(found, key=lambda c: _place(c.after or c.before)))


def _place(event: Event | None) -> tuple[int, int]:
    assert event is not None
    return event.coded.trigger.start, event.coded.trigger.end


def _overlapping(old: Event, left: dict[str, Event]) -> Event | None:
    ranked = []
    for new in left.values():
        a, b = old.coded.trigger, new.coded.trigger
        shared = min(a.end, b.end) - max(a.start, b.start)
        if shared > 0:
            same = old.coded.act == new.coded.act, old.coded.status == new.coded.status
            ranked.append((*same, shared, new.id))
    return left[max(ranked)[3]] if ranked else None


def _differences(old: Event, new: Event) -> list[str]:
    before, after = values_of(old), values_of(new)
    return [
        f"{name.replace('_', ' ')} {before[name] or 'none'} → {after[name] or 'none'}"
        for name in before
        if before[name] != after[name]
    ]

"""What happened, as far as it was known: the only way in which forecasts see the record.

Two clocks: ``day`` is when it happened, ``known`` when it was reported.
:meth:`Occurrences.known_by` gives the as-of view: what a forecast issued that day may rest on, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np
from numpy.typing import NDArray

from detente.records import Event, Participant

Days = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrences:
    """Things done by one actor to one recipient, one row each.

    Attributes:
        names: actors and recipients; ``kinds``: event types (or classes of them).
        actor, recipient: places in ``names``; ``kind``: place in ``kinds``; shape (n,).
        day, known: proleptic ordinals (``date.toordinal``) of happening and of first report.
    """

    names: tuple[str, ...]
    kinds: tuple[str, ...]
    actor: Days
    recipient: Days
    kind: Days
    day: Days
    known: Days

    def __len__(self) -> int:
        return len(self.day)

    def known_by(self, day: date) -> Occurrences:
        """What had happened before ``day`` and was reported before it."""
        cut = day.toordinal()
        return self._rows((self.day < cut) & (self.known < cut))

    def _rows(self, kept: NDArray[np.bool_]) -> Occurrences:
        return Occurrences(
            names=self.names,
            kinds=self.kinds,
            actor=self.actor[kept],
            recipient=self.recipient[kept],
            kind=self.kind[kept],
            day=self.day[kept],
            known=self.known[kept],
        )


Row = tuple[str, str, str, date, date]


def occurrences_of_rows(rows: Iterable[Row]) -> Occurrences:
    """Occurrences from (actor, recipient, kind, day, known) rows."""
    table = list(rows)
    names = sorted({name for row in table for name in row[:2]})
    kinds = sorted({row[2] for row in table})
    place = {name: number for number, name in enumerate(names)}
    sort = {kind: number for number, kind in enumerate(kinds)}
    columns = np.array(
        [
            (place[a], place[r], sort[kind], day.toordinal(), known.toordinal())
            for a, r, kind, day, known in table
        ],
        dtype=np.int64,
    ).reshape(len(table), 5)
    actor, recipient, kind, day, known = columns.T
    return Occurrences(
        names=tuple(names),
        kinds=tuple(kinds),
        actor=actor,
        recipient=recipient,
        kind=kind,
        day=day,
        known=known,
    )


def occurrences_of(events: Sequence[Event]) -> Occurrences:
    """Occurrences from events: what was done, once an incident, between states or named actors.

    Planned, threatened, alleged, denied, hypothetical and negated acts are left out, as are events
    without a day; where only a month or year is known, its last day counts, so that nothing is
    seen before it can have happened. Several reports of an incident count once, known from the
    first.

    Args:
        events: of any status.
    """
    first: dict[tuple[str, str, str, str], tuple[date, date]] = {}
    for event in events:
        day = event.when.latest or event.when.earliest
        if event.coded.status != "done" or day is None:
            continue
        known = event.reported.date() if event.reported else day
        for actor, recipient in product(event.actor, event.recipient):
            key = (event.incident or event.id, event.coded.act, side(actor), side(recipient))
            if key[2] == key[3]:
                continue
            before = first.get(key)
            if before is None or known < before[1]:
                first[key] = (day, known)
    return occurrences_of_rows(
        (actor, recipient, kind, day, known)
        for (_, kind, actor, recipient), (day, known) in first.items()
    )


def side(participant: Participant) -> str:
    """Whose act it counts as: the country, or for organisations the entity's id."""
    entity = participant.entity
    return entity.country if entity.country not in ("", "IGO", "NGO") else entity.id

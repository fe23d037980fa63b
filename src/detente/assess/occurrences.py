"""What happened, as far as it was known: the only way in which forecasts see the record.

Two clocks: ``day`` is when it happened, ``known`` when it was reported.
:meth:`Occurrences.known_by` gives the as-of view:
what a forecast issued that day may rest on, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from detente.analyse.occurrences import Occurrence, done

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


def occurrences_of(found: Sequence[Occurrence]) -> Occurrences:
    """Occurrences from a record's: what was done, once for every dyad of an incident.

    Planned, threatened, alleged, denied, hypothetical and negated acts are left out, as are
    undated ones; where only a month or year is known, its last day counts, so that nothing is
    seen before it can have happened. Known from the first report that tells it as done.

    Args:
        found: from :func:`detente.analyse.occurrences`, of any status.
    """
    return occurrences_of_rows(
        (actor, recipient, one.told.coded.act, day, _known(one) or day)
        for one in done(found)
        if (day := one.last_day)
        for actor, recipient in one.dyads
    )


def _known(one: Occurrence) -> date | None:
    told = [e.reported.date() for e in one.mentions if e.coded.status == "done" and e.reported]
    return min(told, default=None)

"""Counts by dyad, group of event types and step: what forecasters learn from and are asked on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.assess.occurrences import Occurrences
from detente.records import Dyad

Counts = NDArray[np.int64]
Step = Literal["day", "week", "month"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The past of some dyads up to a day, in steps; D dyads, G groups, T steps.

    Attributes:
        counts: by the dyad, shape (D, G, T); the last step ends the day before ``opens``.
        back: by the recipient on the actor, the same shape.
        given: by the actor on anyone; ``taken``: by anyone on the recipient; the same shape.
        world: by anyone on anyone, shape (G, T).
        opens: first day of the window that is asked about.
    """

    dyads: tuple[Dyad, ...]
    groups: tuple[tuple[str, ...], ...]
    opens: date
    counts: Counts
    back: Counts
    given: Counts
    taken: Counts
    world: Counts

    @property
    def steps(self) -> int:
        """T."""
        return int(self.counts.shape[2])

    def until(self, step: int) -> Panel:
        """The panel as it was before step ``step`` (what is asked about is then that step)."""
        return Panel(
            dyads=self.dyads,
            groups=self.groups,
            opens=self.opens,
            counts=self.counts[:, :, :step],
            back=self.back[:, :, :step],
            given=self.given[:, :, :step],
            taken=self.taken[:, :, :step],
            world=self.world[:, :step],
        )


def panel_of(
    seen: Occurrences,
    dyads: Sequence[Dyad],
    groups: Sequence[tuple[str, ...]],
    starts: Sequence[date],
) -> Panel:
    """Counts from what is known.

    Args:
        seen: an as-of view; what lies outside the steps is not counted.
        dyads: whose past; names that ``seen`` does not hold have an empty one.
        groups: event types of each group; groups may overlap.
        starts: first days of the steps, and last the day after them (T + 1 days).
    """
    cube = _Cube(seen, groups, starts)
    place = {name: number for number, name in enumerate(seen.names)}
    actors = np.array([place.get(dyad.actor, len(place)) for dyad in dyads], dtype=np.int64)
    recipients = np.array([place.get(d.recipient, len(place)) for d in dyads], dtype=np.int64)
    return Panel(
        dyads=tuple(dyads),
        groups=tuple(groups),
        opens=starts[-1],
        counts=cube.pairs(actors, recipients),
        back=cube.pairs(recipients, actors),
        given=cube.singles(seen.actor, actors),
        taken=cube.singles(seen.recipient, recipients),
        world=cube.world(),
    )


class _Cube:
    """Counting occurrences into (row key, group, step); one may belong to several groups."""

    def __init__(
        self, seen: Occurrences, groups: Sequence[tuple[str, ...]], starts: Sequence[date]
    ) -> None:
        bounds = np.array([day.toordinal() for day in starts])
        steps = len(bounds) - 1
        step = np.searchsorted(bounds, seen.day, side="right") - 1
        inside = (step >= 0) & (step < steps)
        belongs = np.array(
            [[kind in group for group in groups] for kind in seen.kinds], dtype=bool
        ).reshape(len(seen.kinds), len(groups))
        self._rows, group = np.nonzero(belongs[seen.kind] & inside[:, None])
        self._cell = group * steps + step[self._rows]
        self._seen, self._shape = seen, (len(groups), steps)
        self._size = len(seen.names) + 1

    def pairs(self, actors: Counts, recipients: Counts) -> Counts:
        keys = self._seen.actor * self._size + self._seen.recipient
        return self._count(keys, actors * self._size + recipients)

    def singles(self, of_rows: Counts, wanted: Counts) -> Counts:
        return self._count(of_rows, wanted)

    def world(self) -> Counts:
        cells = self._shape[0] * self._shape[1]
        return np.bincount(self._cell, minlength=cells).reshape(self._shape)

    def _count(self, keys: Counts, wanted: Counts) -> Counts:
        distinct, back = np.unique(wanted, return_inverse=True)
        here = keys[self._rows]
        found = np.minimum(np.searchsorted(distinct, here), len(distinct) - 1)
        known = distinct[found] == here
        cells = self._shape[0] * self._shape[1]
        flat = np.bincount(
            found[known] * cells + self._cell[known], minlength=len(distinct) * cells
        )
        return flat.reshape(len(distinct), *self._shape)[back]


def step_starts(first: date, opens: date, step: Step | int) -> tuple[date, ...]:
    """First days of the steps from about ``first`` up to ``opens``, which is the last of them.

    Args:
        first: where the past begins; a step that it would cut is left out.
        opens: the day that the asked window opens; steps are laid back from it.
        step: day, week, month (of the calendar, ending the day before ``opens``) or days.

    Returns:
        T + 1 days in order.
    """
    found = [opens]
    while True:
        before = back_from(found[-1], step)
        if before < first or len(found) > 20_000:
            return tuple(reversed(found))
        found.append(before)


_WIDTHS: Mapping[str, int] = {"day": 1, "week": 7}


def back_from(day: date, step: Step | int) -> date:
    """The day one step earlier."""
    if step != "month":
        return day - timedelta(days=step if isinstance(step, int) else _WIDTHS[step])
    last_month = day.replace(day=1) - timedelta(days=1)
    return last_month.replace(day=min(day.day, last_month.day))

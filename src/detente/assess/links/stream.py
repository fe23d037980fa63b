"""A stream of facts in whole time steps, and the queries that each step asks.

Every fact (subject, relation, object, step) asks two queries: which object, given the subject and
relation; and which subject, given the relation and object. The second is put as a query of the
first kind by numbering the inverse of relation ``r`` as ``r + relations``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactStream:
    """Facts in order of time.

    Attributes:
        facts: shape (n, 4), columns subject, relation, object, step; ordered by step.
        entities: how many entities there are (ids are below it).
        relations: how many relations there are, inverses not counted.
    """

    facts: Ints
    entities: int
    relations: int

    def between(self, first: int, last: int) -> FactStream:
        """The facts of steps ``first`` to ``last``, both included."""
        steps = self.facts[:, 3]
        low, high = np.searchsorted(steps, [first, last + 1])
        return FactStream(
            facts=self.facts[low:high], entities=self.entities, relations=self.relations
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All queries of one step: both directions of every fact of that step.

    ``subjects``, ``relations`` (0 … 2·relations − 1) and ``objects`` have the same length; the
    first half are the facts as told, the second half their inverses, in the same order.
    """

    step: int
    subjects: Ints
    relations: Ints
    objects: Ints


def step_width(times: Ints) -> int:
    """The width of one time step: the greatest common divisor of the gaps between times.

    Args:
        times: any order, in the units of the files (hours, minutes, days).

    Returns:
        at least 1; e.g. 24 for days told in hours.
    """
    gaps = np.diff(np.unique(times))
    return int(np.gcd.reduce(gaps)) if len(gaps) else 1


def stream_of(quadruples: Ints, *, entities: int = 0, relations: int = 0) -> FactStream:
    """A stream from raw quadruples.

    Args:
        quadruples: shape (n, 4), columns subject, relation, object, time in any unit.
        entities: how many entities there are at least; ids beyond it widen it.
        relations: likewise for relations.

    Returns:
        the distinct facts by step, where step 0 is the earliest time.
    """
    width = step_width(quadruples[:, 3])
    facts = quadruples.copy()
    facts[:, 3] = (facts[:, 3] - facts[:, 3].min()) // width
    facts = np.unique(facts[:, [3, 0, 1, 2]], axis=0)[:, [1, 2, 3, 0]]
    return FactStream(
        facts=facts,
        entities=max(entities, int(facts[:, [0, 2]].max()) + 1),
        relations=max(relations, int(facts[:, 1].max()) + 1),
    )


def snapshots(stream: FactStream) -> Iterator[Snapshot]:
    """The queries of every step that has facts, in order of time."""
    steps, starts = np.unique(stream.facts[:, 3], return_index=True)
    bounds = [*starts.tolist(), len(stream.facts)]
    for step, low, high in zip(steps.tolist(), bounds, bounds[1:], strict=False):
        subject, relation, obj = stream.facts[low:high, :3].T
        yield Snapshot(
            step=step,
            subjects=np.concatenate([subject, obj]),
            relations=np.concatenate([relation, relation + stream.relations]),
            objects=np.concatenate([obj, subject]),
        )

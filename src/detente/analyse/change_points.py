"""Where the level of a series changes, by the exact optimal partition."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Shortest stretch between two changes, in steps.
SHORTEST = 3


def change_points(counts: NDArray[np.int64]) -> tuple[int, ...]:
    """Steps at which a new level begins.

    Minimises Poisson cost plus 2·ln(T) for every change (optimal partitioning, Jackson et al.
    2005, with the penalty of the Bayesian information criterion for two parameters a change:
    the place and the level).

    Args:
        counts: shape (T,), non-negative.

    Returns:
        places 0 < p < T in order; empty where one level explains the series best.
    """
    steps = len(counts)
    if steps < 2 * SHORTEST:
        return ()
    total = np.concatenate([[0.0], np.cumsum(counts)])
    penalty = 2 * np.log(steps)
    best = np.full(steps + 1, np.inf)
    best[0] = -penalty
    came_from = np.zeros(steps + 1, dtype=np.int64)
    for end in range(SHORTEST, steps + 1):
        starts = np.arange(0, end - SHORTEST + 1)
        costs = best[starts] + _cost(total, starts, end) + penalty
        came_from[end] = starts[np.argmin(costs)]
        best[end] = costs.min()
    return _places(came_from)


def _cost(total: NDArray[np.float64], starts: NDArray[np.int64], end: int) -> NDArray[np.float64]:
    """−log likelihood of stretches under their own Poisson rates, without constants."""
    events = total[end] - total[starts]
    return np.asarray(events - events * np.log(np.maximum(events, 1e-12) / (end - starts)))


def _places(came_from: NDArray[np.int64]) -> tuple[int, ...]:
    places = []
    end = len(came_from) - 1
    while came_from[end] > 0:
        end = int(came_from[end])
        places.append(end)
    return tuple(reversed(places))

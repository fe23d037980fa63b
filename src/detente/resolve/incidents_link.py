"""Agglomerative linking of mentions, with what forbids a link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Larger sets are cut into runs of this many in the order given (memory grows by its square).
LARGEST = 1200
#: A group may hold this share of pairs that forbid each other: single codings err.
TOLERATED = 0.25

Pair = Callable[[int, int], tuple[float, bool]]


@dataclass(slots=True)
class _State:
    sums: NDArray[np.float64]
    best: NDArray[np.float64]
    vetoes: NDArray[np.float64]
    sizes: NDArray[np.float64]
    fixed: NDArray[np.bool_]
    alive: NDArray[np.bool_]
    best_share: float


def link(
    count: int,
    pair: Pair,
    least: float,
    known: Sequence[Sequence[int]] = (),
    best_share: float = 0.5,
) -> list[list[int]]:
    """Groups items 0…count−1, joining the two best-linked groups until none reaches ``least``.

    The link of two groups lies between their average pair and their best one, so that a mention
    poor in detail joins by its best friend, yet not against the rest.

    Args:
        count: number of items.
        pair: (weight, forbidden) of two items; asked once for each pair, first below second.
        least: the link from which two groups become one.
        known: groups that stand already; they may grow but never join one another.
        best_share: 0 is average linkage, 1 single linkage.

    Returns:
        The groups, each in rising order, ordered by their first item.
    """
    groups: list[list[int]] = []
    for start in range(0, count, LARGEST):
        members = range(start, min(start + LARGEST, count))
        standing = [[i for i in g if i in members] for g in known]
        settled = {item for group in standing for item in group}
        state = _weights(list(members), pair, best_share, settled)
        groups += _link(list(members), state, least, [g for g in standing if g])
    return sorted(groups)


def _link(
    members: list[int], state: _State, least: float, known: Sequence[Sequence[int]]
) -> list[list[int]]:
    place = {item: at for at, item in enumerate(members)}
    groups = [[item] for item in members]
    for standing in known:
        first, *rest = [place[i] for i in standing]
        for other in rest:
            _join(state, groups, first, other)
        state.fixed[first] = True
    while len(members) > 1:
        links = _links(state)
        at = int(np.argmax(links))
        one, two = divmod(at, len(members))
        if links[one, two] < least:
            break
        _join(state, groups, min(one, two), max(one, two))
    return [sorted(g) for g, alive in zip(groups, state.alive, strict=True) if alive]


def _weights(members: list[int], pair: Pair, best_share: float, settled: set[int]) -> _State:
    """The weight of every pair, but of those within standing groups: they are not judged again."""
    n = len(members)
    state = _State(
        sums=np.zeros((n, n)),
        best=np.full((n, n), -np.inf),
        vetoes=np.zeros((n, n)),
        sizes=np.ones(n),
        fixed=np.zeros(n, dtype=bool),
        alive=np.ones(n, dtype=bool),
        best_share=best_share,
    )
    for i in range(n):
        for j in range(i + 1, n):
            if members[i] in settled and members[j] in settled:
                continue
            weight, forbidden = pair(members[i], members[j])
            state.sums[i, j] = state.sums[j, i] = 0.0 if forbidden else weight
            state.vetoes[i, j] = state.vetoes[j, i] = float(forbidden)
            if not forbidden:
                state.best[i, j] = state.best[j, i] = weight
    return state


def _links(state: _State) -> NDArray[np.float64]:
    pairs = np.outer(state.sizes, state.sizes)
    links = state.sums / pairs
    if state.best_share:
        links = state.best_share * state.best + (1 - state.best_share) * links
    links[state.vetoes / pairs > TOLERATED] = -np.inf
    links[np.outer(state.fixed, state.fixed)] = -np.inf
    links[~state.alive, :] = -np.inf
    links[:, ~state.alive] = -np.inf
    np.fill_diagonal(links, -np.inf)
    return links


def _join(state: _State, groups: list[list[int]], one: int, two: int) -> None:
    groups[one].extend(groups[two])
    state.alive[two] = False
    state.sizes[one] += state.sizes[two]
    state.fixed[one] |= state.fixed[two]
    for table in (state.sums, state.vetoes):
        table[one, :] += table[two, :]
        table[:, one] = table[one, :]
    state.best[one, :] = np.maximum(state.best[one, :], state.best[two, :])
    state.best[:, one] = state.best[one, :]

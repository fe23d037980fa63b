"""What a ranking model sees of each likely answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.assess.links.components import COMPONENTS, Components
from detente.assess.links.stream import Floats, Ints
from detente.assess.links.tallies import HALF_LIVES, Small

_COUNTS = (*(f"count, half-life {int(half)}" for half in HALF_LIVES), "count", "steps since")
#: Components whose order among the candidates is a feature as well.
_ORDERED = (0, 4, 8, 9, 10)
_TALLIES = ("same act", "its inverse", "any act of the pair", "others' same act on it", "activity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """The likeliest answers of a block of queries.

    Attributes:
        objects: shape (queries, k), likeliest first by the mixture.
        mixture: shape (queries, actors), the mixture's score of every actor.
        table: shape (queries · k, features), rows in the order of ``objects``.
    """

    objects: Ints
    mixture: Small
    table: Small


def candidates(block: Components, weights: Floats, most: int) -> Candidates:
    """The ``most`` likeliest answers of each query with their features.

    Args:
        block: the queries.
        weights: of the mixture, one a component.
        most: how many; fewer where there are fewer actors.
    """
    mixture = block.mixture(weights)
    most = min(most, mixture.shape[1])
    top = np.argpartition(-mixture, most - 1, axis=1)[:, :most]
    order = np.argsort(-np.take_along_axis(mixture, top, 1), axis=1, kind="stable")
    top = np.take_along_axis(top, order, 1).astype(np.int64)
    rows = np.repeat(np.arange(len(top)), most)
    objects = top.ravel()
    parts = block.at(rows, objects)
    score = np.log(mixture[rows, objects] + 1e-9)
    lead = score - np.repeat(score[::most], most)
    place = np.tile(np.arange(most), len(top))
    orders = [_order(parts[:, column].reshape(len(top), most)) for column in _ORDERED]
    of_queries = _of_queries(block, parts[:, 0].reshape(len(top), most))[rows]
    columns = [score, place, lead, np.log(parts[:, :-1] + 1e-6), *orders]
    table = np.column_stack([*columns, _of_answers(block, rows, objects), of_queries])
    return Candidates(objects=top, mixture=mixture, table=table.astype(np.float32))


def feature_names() -> tuple[str, ...]:
    """The columns of :attr:`Candidates.table`, in order."""
    counts = tuple(f"{name}: {count}" for name in _TALLIES for count in _COUNTS)
    some = ("count, half-life 8", "count, half-life 128", "steps since")
    asked = ("count, half-life 8", "count, half-life 128", "count", "steps since")
    return (
        *("mixture", "place in the mixture", "behind the first"),
        *COMPONENTS[:-1],
        *(f"order: {COMPONENTS[column]}" for column in _ORDERED),
        *counts,
        *(f"acts in this direction: {name}" for name in some),
        *(f"acts in the other direction: {name}" for name in some),
        *(f"acts of this kind by the asked: {name}" for name in asked),
        *(f"all acts of the asked: {name}" for name in asked),
        *(f"all acts of this kind: {name}" for name in ("count, half-life 8", "count")),
        "how open the rules leave it",
    )


def _order(scores: Small) -> Ints:
    """Places of each row's scores, best 0, flattened."""
    best = np.argsort(-scores, axis=1, kind="stable")
    return np.asarray(np.argsort(best, axis=1, kind="stable").ravel())


def _of_answers(block: Components, rows: Ints, objects: Ints) -> Small:
    """Counts of the answer in its five roles, and of acts in either direction."""
    history, step, size = block.history, block.step, block.history.entities
    subjects, relations = block.subjects[rows], block.relations[rows]
    pairs = subjects * size + objects
    inverse = history.inverse(relations)
    told = (
        (history.facts, history.fact_keys(subjects, relations, objects)),
        (history.facts, history.fact_keys(subjects, inverse, objects)),
        (history.pairs, pairs),
        (history.roles, relations * size + objects),
        (history.actors, objects),
    )
    counts = [tally.columns(tally.slots(keys), step) for tally, keys in told]
    acts = history.acts
    there = acts.columns(acts.slots(pairs), step)[:, [1, 3, 5]]
    back = acts.columns(acts.slots(objects * size + subjects), step)[:, [1, 3, 5]]
    forward = (relations < history.relations // 2)[:, None]
    ways = [np.where(forward, there, back), np.where(forward, back, there)]
    return np.column_stack([*counts, *ways])


def _of_queries(block: Components, rules: Small) -> Small:
    """What is the same for all answers of a query: how busy it is, how sure the rules are."""
    history, step = block.history, block.step
    asking = history.askings.slots(block.subjects * history.relations + block.relations)
    share = rules / (rules.sum(axis=1, keepdims=True) + 1e-9)
    openness = -(share * np.log(rules + 1e-9)).sum(axis=1)
    return np.column_stack(
        [
            history.askings.columns(asking, step)[:, [1, 3, 4, 5]],
            history.actors.columns(block.subjects, step)[:, [1, 3, 4, 5]],
            history.kinds.columns(block.relations, step)[:, [1, 4]],
            openness,
        ]
    )

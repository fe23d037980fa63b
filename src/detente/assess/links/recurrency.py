"""The recurrency baseline: what happened before happens again, the more recent the likelier.

Gastinger et al., "History repeats itself: a baseline for temporal knowledge graph forecasting",
IJCAI 2024. Strict recurrency scores an object by the last time k < t the same fact held,
2^(λ·(k − t)); relaxed recurrency by the object's share among all past objects of the relation; the
baseline is α·strict + (1 − α)·relaxed with α and λ of each relation chosen on validation facts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.assess.links.ranking import other_answers
from detente.assess.links.stream import FactStream, Floats, Ints, Snapshot, snapshots

#: The choices of λ (per step) and α that validation decides between.
DECAYS = (0.0, 0.001, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0)
WEIGHTS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999, 0.99999)
#: λ and α are chosen on at most about so many queries, drawn evenly from validation.
QUERIES_TO_FIT = 40_000
SEED = 20260101


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurrencyWeights:
    """λ and α of each relation, inverses included: shapes (2·relations,)."""

    decay: Floats
    weight: Floats


class _Past:
    """What held before the present step: last steps of facts, object counts of relations."""

    def __init__(self, stream: FactStream) -> None:
        self.last: dict[tuple[int, int], dict[int, int]] = {}
        self.counts = np.zeros((2 * stream.relations, stream.entities))

    def add(self, snapshot: Snapshot) -> None:
        told = zip(snapshot.subjects, snapshot.relations, snapshot.objects, strict=True)
        for subject, relation, obj in told:
            key = (int(subject), int(relation))
            self.last.setdefault(key, {})[int(obj)] = snapshot.step
        np.add.at(self.counts, (snapshot.relations, snapshot.objects), 1)


@dataclass(frozen=True, slots=True)
class _Query:
    """One query with what recurrency knows about it; ``lags`` are k − t of what held before."""

    obj: int
    others: Ints
    held: Ints
    lags: Ints
    share: Floats
    ordered: Floats

    def ranks(self, decay: Floats, odds: Floats) -> Floats:
        """The filtered rank of ``obj`` under each choice of λ and α/(1 − α), same shapes."""
        strict = odds * 2.0 ** (decay * self.lags[:, None])
        scores = self.share[self.held][:, None] + strict
        mine = self.held == self.obj
        own = scores[mine][0] if mine.any() else np.full(len(odds), self.share[self.obj])
        rivals = scores[~mine & ~np.isin(self.held, self.others)]
        apart = np.union1d(np.append(self.held, self.obj), self.others)
        above = _above(self.ordered, own) - (self.share[apart][:, None] > own).sum(0)
        level = _level(self.ordered, own) - (self.share[apart][:, None] == own).sum(0)
        above = above + (rivals > own).sum(0)
        level = level + (rivals == own).sum(0)
        return np.asarray(1 + above + level / 2, dtype=np.float64)


def _above(ordered: Floats, own: Floats) -> Ints:
    return len(ordered) - np.searchsorted(ordered, own, side="right")


def _level(ordered: Floats, own: Floats) -> Ints:
    right = np.searchsorted(ordered, own, side="right")
    return np.asarray(right - np.searchsorted(ordered, own, side="left"))


def _queries(past: _Past, now: Snapshot, chosen: Ints | None = None) -> list[_Query]:
    """What is known about the queries of a step, or about those in the chosen places."""
    answers = other_answers(now)
    places = slice(None) if chosen is None else chosen
    shares: dict[int, tuple[Floats, Floats]] = {}
    found = []
    columns = (column[places].tolist() for column in (now.subjects, now.relations, now.objects))
    told = zip(*columns, strict=True)
    for subject, relation, obj in told:
        if relation not in shares:
            counts = past.counts[relation]
            share = counts / max(counts.sum(), 1)
            shares[relation] = share, np.sort(share)
        last = past.last.get((subject, relation), {})
        found.append(
            _Query(
                obj,
                answers[subject, relation][answers[subject, relation] != obj],
                np.fromiter(last.keys(), np.int64, len(last)),
                np.fromiter(last.values(), np.int64, len(last)) - now.step,
                *shares[relation],
            )
        )
    return found


def fit(past_facts: FactStream, validation: FactStream) -> RecurrencyWeights:
    """λ and α of each relation that rank validation facts best (mean reciprocal rank).

    Args:
        past_facts: the facts before.
        validation: the facts to choose on, ranked step by step, each step told before the next.

    Returns:
        weights of every relation; where validation has none, those best over all relations.
    """
    decays, weights = (grid.ravel() for grid in np.meshgrid(DECAYS, WEIGHTS))
    odds = weights / (1 - weights)
    past = _Past(past_facts)
    for snapshot in snapshots(past_facts):
        past.add(snapshot)
    gains = np.zeros((2 * past_facts.relations, len(odds)))
    random = np.random.default_rng(SEED)
    share = QUERIES_TO_FIT / max(1, 2 * len(validation.facts))
    for snapshot in snapshots(validation):
        chosen = np.flatnonzero(random.random(len(snapshot.objects)) < share)
        asked = _queries(past, snapshot, chosen)
        for relation, query in zip(snapshot.relations[chosen], asked, strict=True):
            gains[relation] += 1 / query.ranks(decays, odds)
        past.add(snapshot)
    overall = gains.sum(0)
    best = np.array([np.argmax(row if row.any() else overall) for row in gains])
    return RecurrencyWeights(decay=decays[best], weight=weights[best])


def ranks(past_facts: FactStream, test: FactStream, weights: RecurrencyWeights) -> Floats:
    """Filtered ranks of every query of ``test``, step by step, both directions of a step in turn.

    Args:
        past_facts: everything before the first step of ``test``.
        test: the facts to rank; each step is known to the next.
        weights: from :func:`fit`.

    Returns:
        shape (2 · facts,), in the order of :func:`~detente.assess.links.stream.snapshots`.
    """
    past = _Past(past_facts)
    for snapshot in snapshots(past_facts):
        past.add(snapshot)
    odds = weights.weight / (1 - weights.weight)
    found: list[float] = []
    for snapshot in snapshots(test):
        for relation, query in zip(snapshot.relations, _queries(past, snapshot), strict=True):
            chosen = slice(relation, relation + 1)
            found.append(float(query.ranks(weights.decay[chosen], odds[chosen])[0]))
        past.add(snapshot)
    return np.array(found)


def likely(
    past_facts: FactStream, subject: int, relation: int, step: int, weights: RecurrencyWeights
) -> Ints:
    """All objects of one query about a step to come, likeliest first.

    Args:
        past_facts: everything told; ``step`` is after it.
        subject: of the query; ``relation``: 0 … 2·relations − 1.
        step: the step that is asked about.
        weights: from :func:`fit`.
    """
    past = _Past(past_facts)
    for snapshot in snapshots(past_facts):
        past.add(snapshot)
    counts = past.counts[relation]
    decay, weight = weights.decay[relation], weights.weight[relation]
    scores = (1 - weight) * counts / max(counts.sum(), 1)
    for obj, last in past.last.get((subject, relation), {}).items():
        scores[obj] += weight * 2.0 ** (decay * (last - step))
    scores[subject] = -1.0
    return np.argsort(-scores, kind="stable").astype(np.int64)

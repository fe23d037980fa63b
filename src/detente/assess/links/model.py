"""Our link forecaster: a mixture of simple predictors picks likely answers, boosting orders them.

Everything is fitted on the last steps before the test, each step seen only through what was told
before it; the facts of the test are told step by step after they were ranked (single-step).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from detente.assess.links.components import COMPONENTS, Components, mixture_weights
from detente.assess.links.features import Candidates, candidates
from detente.assess.links.history import History
from detente.assess.links.neighbours import Neighbours
from detente.assess.links.stream import FactStream, Floats, Ints, Snapshot, snapshots
from detente.assess.links.tallies import Small

#: Queries of the last steps that boosting learns from, and those before it for the mixture.
QUERIES_TO_LEARN = 30_000
QUERIES_TO_MIX = 8_000
#: Candidates a query; fewer where the test is so large that rows would pass ROWS_TO_RANK.
CANDIDATES, FEWEST_CANDIDATES, ROWS_TO_RANK = 100, 40, 12_000_000
#: The best candidates all become training rows; of the rest one in SPARED, with that weight.
ALWAYS_KEPT, SPARED = 20, 5
#: A block's dense arrays hold at most this many numbers.
BLOCK_CELLS = 8_000_000
SEED = 20260101


@dataclass(frozen=True, slots=True)
class _Block:
    """Some of a step's distinct queries, with all their true answers."""

    components: Components
    rows: Ints
    answers: Ints
    places: Ints


def _blocks(history: History, now: Snapshot) -> Iterator[_Block]:
    """A step's distinct queries in blocks that fit memory.

    ``rows`` and ``answers`` list the true answers; ``places`` are their places in the snapshot.
    """
    near = Neighbours(history, now.step)
    keys = now.subjects * history.relations + now.relations
    distinct, query = np.unique(keys, return_inverse=True)
    most = max(1, BLOCK_CELLS // history.entities)
    for low in range(0, len(distinct), most):
        part = distinct[low : low + most]
        subjects, relations = part // history.relations, part % history.relations
        places = np.flatnonzero((query >= low) & (query < low + most))
        block = Components(history, near, now.step, subjects, relations)
        yield _Block(block, query[places] - low, now.objects[places], places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """How test queries came out, in the order of :func:`~detente.assess.links.stream.snapshots`.

    Attributes:
        ranks: shape (2 · facts,), the filtered rank of each true answer, 1 is best.
        best: shape (2 · facts,), the actor that the model puts first, nothing filtered.
    """

    ranks: Floats
    best: Ints


@dataclass(slots=True)
class _Lessons:
    """Training rows as they are gathered."""

    random: np.random.Generator
    tables: list[Small] = field(default_factory=list)
    labels: list[Ints] = field(default_factory=list)
    weights: list[Floats] = field(default_factory=list)

    def add(self, block: _Block, found: Candidates) -> None:
        true = np.zeros(found.mixture.shape, bool)
        true[block.rows, block.answers] = True
        label = np.take_along_axis(true, found.objects, 1).ravel()
        queries, most = found.objects.shape
        sure = label | (np.tile(np.arange(most), queries) < ALWAYS_KEPT)
        kept = sure | (self.random.random(len(label)) < 1 / SPARED)
        self.tables.append(found.table[kept])
        self.labels.append(label[kept].astype(np.int64))
        self.weights.append(np.where(sure[kept], 1.0, float(SPARED)))

    def fit(self) -> HistGradientBoostingClassifier | None:
        """The fitted model; None where there is nothing to tell apart."""
        if not self.labels or len(np.unique(np.concatenate(self.labels))) < 2:
            return None
        model = HistGradientBoostingClassifier(
            max_iter=300,
            learning_rate=0.06,
            max_leaf_nodes=31,
            min_samples_leaf=100,
            l2_regularization=5,
            early_stopping=False,
            random_state=SEED,
        )
        weights = np.concatenate(self.weights)
        return model.fit(
            np.concatenate(self.tables), np.concatenate(self.labels), sample_weight=weights
        )


def _starts(past: FactStream) -> tuple[int, int]:
    """The steps from which the mixture and boosting learn: late, after half of the past."""
    steps, counts = np.unique(past.facts[:, 3], return_counts=True)
    late = 2 * np.cumsum(counts[::-1])[::-1]
    half = len(steps) // 2
    wanted = [QUERIES_TO_LEARN + QUERIES_TO_MIX, QUERIES_TO_LEARN]
    mixing, boosting = np.clip(np.searchsorted(-late, np.negative(wanted)), half, len(steps) - 1)
    if mixing == boosting:
        boosting += (len(steps) - half) // 5
    return int(steps[mixing]), int(steps[boosting])


def _filtered(block: _Block, scores: Floats) -> Floats:
    """Filtered ranks of a block's true answers; ``scores`` has shape (queries, actors)."""
    true = np.zeros(scores.shape, bool)
    true[block.rows, block.answers] = True
    found = np.empty(len(block.rows))
    for place, (row, answer) in enumerate(zip(block.rows, block.answers, strict=True)):
        rivals = scores[row][~true[row]]
        own = scores[row, answer]
        found[place] = 1 + (rivals > own).sum() + (rivals == own).sum() / 2
    return found


class LinkModel:
    """Ranks who comes next. Feed it the past with :meth:`fit`, then :meth:`rank` the test.

    Args:
        stream: names every fact that may ever be told (see :class:`History`).
    """

    def __init__(self, stream: FactStream) -> None:
        self._history = History(stream)
        self._weights = np.full(len(COMPONENTS), 1 / len(COMPONENTS))
        self._boosting: HistGradientBoostingClassifier | None = None

    def fit(self, past: FactStream) -> LinkModel:
        """Learns from the past, step by step, and leaves the history at its end.

        Args:
            past: every fact before the test.
        """
        mixing, boosting = _starts(past)
        given: list[Small] = []
        lessons = _Lessons(np.random.default_rng(SEED))
        for now in snapshots(past):
            if mixing <= now.step < boosting:
                for block in _blocks(self._history, now):
                    given.append(block.components.at(block.rows, block.answers))
            elif now.step >= boosting:
                if given:
                    self._weights = mixture_weights(np.concatenate(given))
                    given = []
                for block in _blocks(self._history, now):
                    lessons.add(block, candidates(block.components, self._weights, CANDIDATES))
            self._history.tell(now)
        self._boosting = lessons.fit()
        return self

    def rank(self, test: FactStream) -> Ranked:
        """Ranks every query of the test, each step told after it was ranked.

        Args:
            test: the facts after those of :meth:`fit`.
        """
        affordable = ROWS_TO_RANK // max(1, 2 * len(test.facts))
        most = int(np.clip(affordable, FEWEST_CANDIDATES, CANDIDATES))
        ranks: list[Floats] = []
        best: list[Ints] = []
        for now in snapshots(test):
            of_step, first = np.empty(len(now.objects)), np.empty(len(now.objects), np.int64)
            for block in _blocks(self._history, now):
                scores = self._scores(candidates(block.components, self._weights, most))
                of_step[block.places] = _filtered(block, scores)
                first[block.places] = scores.argmax(axis=1)[block.rows]
            ranks.append(of_step)
            best.append(first)
            self._history.tell(now)
        return Ranked(ranks=np.concatenate(ranks), best=np.concatenate(best))

    def likely(self, subject: int, relation: int, step: int, most: int = 10) -> Ints:
        """The likeliest objects of one query about a step to come, best first.

        Args:
            subject, relation: of the query; ``step``: after all that was told.
            most: how many at most.
        """
        near = Neighbours(self._history, step)
        one, kind = np.array([subject]), np.array([relation])
        found = candidates(
            Components(self._history, near, step, one, kind), self._weights, CANDIDATES
        )
        scores = self._scores(found)[0]
        scores[subject] = -np.inf
        return np.argsort(-scores, kind="stable")[:most].astype(np.int64)

    def _scores(self, found: Candidates) -> Floats:
        """Boosting's order of the candidates, all others after them in the mixture's order."""
        scores = np.log(found.mixture.astype(np.float64) + 1e-12)
        if self._boosting is None:
            return scores
        scores -= 1000
        odds = self._boosting.decision_function(found.table).reshape(found.objects.shape)
        np.put_along_axis(scores, found.objects, odds, 1)
        return scores

"""Our link forecaster: a mixture of simple predictors picks likely answers, boosting orders them.

Everything is fitted on the last steps before the test, each step seen only through what was told
before it; the facts of the test are told step by step after they were ranked (single-step).
"""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from detente.assess.links.budget import Budget, Pace, Report, silent
from detente.assess.links.components import COMPONENTS, Components, mixture_weights
from detente.assess.links.features import Candidates, candidates
from detente.assess.links.history import History
from detente.assess.links.neighbours import Neighbours
from detente.assess.links.stream import FactStream, Floats, Ints, Snapshot, snapshots
from detente.assess.links.tallies import Small
from detente.assess.one_thread import one_thread

#: The best candidates all become training rows; of the rest one in SPARED, with that weight.
ALWAYS_KEPT, SPARED = 20, 5
#: Trees of the boosting, and the rounds in which they are grown.
TREES, ROUNDS = 300, 3
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


def _blocks(history: History, now: Snapshot, *, quick: bool = False) -> Iterator[_Block]:
    """A step's distinct queries in blocks that fit memory; ``quick``: without neighbours.

    ``rows`` and ``answers`` list the true answers; ``places`` are their places in the snapshot.
    """
    near = None if quick else Neighbours(history, now.step)
    rule_weights = history.rules.weights()
    keys = now.subjects * history.relations + now.relations
    distinct, query = np.unique(keys, return_inverse=True)
    most = max(1, BLOCK_CELLS // history.entities)
    for low in range(0, len(distinct), most):
        part = distinct[low : low + most]
        subjects, relations = part // history.relations, part % history.relations
        places = np.flatnonzero((query >= low) & (query < low + most))
        block = Components(history, near, rule_weights, now.step, subjects, relations)
        yield _Block(block, query[places] - low, now.objects[places], places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """How test queries came out, in the order of :func:`~detente.assess.links.stream.snapshots`.

    Attributes:
        ranks: shape (2 · facts,), the filtered rank of each true answer, 1 is best; NaN where no
            time was left to rank it.
        best: shape (2 · facts,), the actor that the model puts first, nothing filtered; −1 where
            there was no time.
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

    def fit(self, pace: Pace) -> HistGradientBoostingClassifier | None:
        """The fitted model; None where there is nothing to tell apart.

        Trees are grown in rounds, and no further round begins once time is short.
        """
        if not self.labels or len(np.unique(np.concatenate(self.labels))) < 2:
            return None
        model = HistGradientBoostingClassifier(
            learning_rate=0.06,
            max_leaf_nodes=31,
            min_samples_leaf=100,
            l2_regularization=5,
            early_stopping=False,
            random_state=SEED,
            warm_start=True,
        )
        table, labels = np.concatenate(self.tables), np.concatenate(self.labels)
        weights = np.concatenate(self.weights)
        for trees in range(TREES // ROUNDS, TREES + 1, TREES // ROUNDS):
            with one_thread():
                model.set_params(max_iter=trees).fit(table, labels, sample_weight=weights)
            pace.report(f"{trees} trees after {pace.elapsed():.0f} s")
            if not pace.may_boost():
                break
        return model


@dataclass(frozen=True, slots=True, kw_only=True)
class _Starts:
    """The steps from which the rules, the mixture and boosting learn."""

    rules: int
    mixing: int
    boosting: int


def _starts(past: FactStream, budget: Budget) -> _Starts:
    """Late steps, those of the mixture and of boosting after half of the past."""
    steps, counts = np.unique(past.facts[:, 3], return_counts=True)
    late = 2 * np.cumsum(counts[::-1])[::-1]
    half = len(steps) // 2
    wanted = np.array([budget.rules, budget.learn + budget.mix, budget.learn])
    found = np.searchsorted(-late, -wanted)
    mixing, boosting = np.clip(found[1:], half, len(steps) - 1)
    if mixing == boosting > half:
        mixing -= 1
    elif mixing == boosting:
        boosting = min(boosting + (len(steps) - half) // 5, len(steps) - 1)
    return _Starts(
        rules=int(steps[found[0]]), mixing=int(steps[mixing]), boosting=int(steps[boosting])
    )


def _filtered(block: _Block, scores: Floats) -> Floats:
    """Filtered ranks of a block's true answers; ``scores`` has shape (queries, actors)."""
    own = scores[block.rows, block.answers]
    rivals = scores.copy()
    rivals[block.rows, block.answers] = -np.inf
    found = np.empty(len(own))
    for place, (row, score) in enumerate(zip(block.rows, own, strict=True)):
        above, level = (rivals[row] > score).sum(), (rivals[row] == score).sum()
        found[place] = 1 + above + level / 2
    return found


def _is_missed(ranks: Floats) -> bool:
    """Whether no time was left for a step."""
    return bool(np.isnan(ranks).any())


#: A step's place in the test, with the ranks and first answers of its queries.
_Share = tuple[int, Floats, Ints]


def _together(shares: Sequence[_Share]) -> Ranked:
    """The steps ranked, in their order; those of two shares as the one that ranked them did."""
    kept = {place: (place, ranks, best) for place, ranks, best in shares if not _is_missed(ranks)}
    missed = {share[0]: share for share in shares}
    ordered = [kept.get(place, missed[place]) for place in sorted(missed)]
    return Ranked(
        ranks=np.concatenate([ranks for _, ranks, _ in ordered]),
        best=np.concatenate([best for _, _, best in ordered]),
    )


def _rank_apart(kept: bytes, test: FactStream, number: int, of: int) -> list[_Share]:
    model = pickle.loads(kept)  # noqa: S301 - our own, of a moment ago
    assert isinstance(model, LinkModel)
    return model._rank_share(test, number, of)


class LinkModel:
    """Ranks who comes next. Feed it the past with :meth:`fit`, then :meth:`rank` the test.

    Args:
        stream: names every fact that may ever be told (see :class:`History`).
        budget: what fitting and ranking may cost; the usual limits without.
        report: told in a line about progress and about what is done without for lack of time.
    """

    def __init__(
        self, stream: FactStream, budget: Budget | None = None, report: Report | None = None
    ) -> None:
        self._history = History(stream)
        self._budget = budget or Budget()
        self._pace = Pace(self._budget, report) if report else Pace(self._budget)
        self._weights = np.full(len(COMPONENTS), 1 / len(COMPONENTS))
        self._boosting: HistGradientBoostingClassifier | None = None

    def fit(self, past: FactStream) -> LinkModel:
        """Learns from the past, step by step, and leaves the history at its end.

        Args:
            past: every fact before the test.
        """
        starts = _starts(past, self._budget)
        given: list[Small] = []
        lessons = _Lessons(np.random.default_rng(SEED))
        for now in snapshots(past):
            if now.step >= starts.mixing and self._pace.may_learn():
                if now.step < starts.boosting:
                    given.extend(self._given(now))
                else:
                    self._mix(given)
                    given = []
                    self._gather(lessons, now)
            self._history.tell(now, learn=now.step >= starts.rules)
        self._mix(given)
        self._pace.report(f"history told and lessons gathered after {self._pace.elapsed():.0f} s")
        self._boosting = lessons.fit(self._pace)
        return self

    def _given(self, now: Snapshot) -> Iterator[Small]:
        """What each predictor gave the true answers of a step."""
        for block in _blocks(self._history, now):
            yield block.components.at(block.rows, block.answers)

    def _mix(self, given: list[Small]) -> None:
        if given:
            self._weights = mixture_weights(np.concatenate(given))

    def _gather(self, lessons: _Lessons, now: Snapshot) -> None:
        for block in _blocks(self._history, now):
            found = candidates(block.components, self._weights, self._budget.candidates)
            lessons.add(block, found)

    def rank(self, test: FactStream) -> Ranked:
        """Ranks every query of the test, each step told after it was ranked.

        With more processes than one each ranks its share of the steps, and is told them all: a
        rank is the same whoever found it.

        Args:
            test: the facts after those of :meth:`fit`.
        """
        of = self._budget.processes
        if of == 1:
            return _together(self._rank_share(test, 0, 1))
        apart = multiprocessing.get_context("spawn")
        kept = pickle.dumps(self)  # as it stands now: the history changes while others rank
        with ProcessPoolExecutor(of - 1, mp_context=apart) as pool:
            awaited = [pool.submit(_rank_apart, kept, test, number, of) for number in range(1, of)]
            found = self._rank_share(test, 0, of)
            return _together([*found, *(one for share in awaited for one in share.result())])

    def __getstate__(self) -> dict[str, object]:
        """All but whom to report to, for another process."""
        return {**self.__dict__, "_pace": replace(self._pace, report=silent)}

    def _rank_share(self, test: FactStream, number: int, of: int) -> list[_Share]:
        """Ranks and first answers of every ``of``-th step from the ``number``-th on."""
        found: list[_Share] = []
        done, total = 0, len(test.facts)
        self._pace.begin(2 * total)
        for place, now in enumerate(snapshots(test)):
            size = len(now.subjects)
            if self._pace.is_over():
                found.append((place, np.full(size, np.nan), np.full(size, -1, np.int64)))
                continue
            if place % of == number:
                found.append((place, *self._rank_step(now)))
                done += len(now.subjects) // 2
                self._pace.after(min(1.0, of * done / total))
            self._history.tell(now)
        return found

    def _rank_step(self, now: Snapshot) -> tuple[Floats, Ints]:
        """Filtered ranks and first answers of a step's queries, in their order."""
        ranks, best = np.empty(len(now.objects)), np.empty(len(now.objects), np.int64)
        for block in _blocks(self._history, now, quick=self._pace.quick):
            if self._pace.quick:
                scores = block.components.mixture(self._weights).astype(np.float64)
            else:
                most = self._pace.candidates
                scores = self._scores(candidates(block.components, self._weights, most))
            ranks[block.places] = _filtered(block, scores)
            best[block.places] = scores.argmax(axis=1)[block.rows]
        return ranks, best

    def likely(self, subject: int, relation: int, step: int, most: int = 10) -> Ints:
        """The likeliest objects of one query about a step to come, best first.

        Args:
            subject, relation: of the query; ``step``: after all that was told.
            most: how many at most.
        """
        near = Neighbours(self._history, step)
        one, kind = np.array([subject]), np.array([relation])
        found = candidates(
            Components(self._history, near, self._history.rules.weights(), step, one, kind),
            self._weights,
            self._budget.candidates,
        )
        scores = self._scores(found)[0]
        scores[subject] = -np.inf
        return np.argsort(-scores, kind="stable")[:most].astype(np.int64)

    def _scores(self, found: Candidates) -> Floats:
        """Boosting's order of the candidates, all others after them in the mixture's order."""
        scores = found.mixture.astype(np.float64)
        if self._boosting is None:
            return scores
        scores -= 1000
        with one_thread():
            odds = self._boosting.decision_function(found.table).reshape(found.objects.shape)
        np.put_along_axis(scores, found.objects, odds, 1)
        return scores

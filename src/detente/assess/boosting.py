"""Our forecaster: boosted trees over the past of a dyad and its surroundings, calibrated."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from detente.assess.forecasters import BaseRate, Probabilities, bounded
from detente.assess.one_thread import one_thread
from detente.assess.panel import Counts, Panel

Table = NDArray[np.float64]

#: Half-lives of the fading counts, in steps.
_HALVES = (1.0, 3.0, 8.0, 24.0)
_WINDOWS = (4, 12, 52)
#: A feature's past before the first step it learns from; fewest rows it learns from at all.
WARM_UP = 6
FEWEST_ROWS = 200
MOST_ROWS = 160_000
#: Steps with an event that trees, and calibration, need.
FEWEST_HITS, FEWEST_LATE_HITS = 20, 10
#: The last share of steps is kept for calibration.
HELD_FOR_CALIBRATION = 0.2
SEED = 20260101


def feature_names(groups: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The columns of :func:`feature_table`, as an analyst would say them."""
    own = tuple(f"such acts, fading by half in {half:g} steps" for half in _HALVES)
    windows = tuple(f"share of the last {window} steps with such acts" for window in _WINDOWS)
    other = tuple(f"other acts of the dyad: {' or '.join(group)}" for group in groups)
    return (
        *("such acts in the last step", "in the step before", "two before"),
        *own,
        *windows,
        *("share of all steps with such acts", "steps since the last such act"),
        *("all acts of the dyad, fading", "such acts in return", "any acts in return"),
        *("such acts of the actor on anyone", "such acts of anyone on the recipient"),
        *("such acts in the world, last steps against before", "which kind of act"),
        *other,
    )


def feature_table(past: Panel) -> Table:
    """What the model sees of every dyad and group: shape (D·G, features), dyad by dyad."""
    dyads, groups, _ = past.counts.shape
    counts = past.counts
    held = counts > 0
    faded = [_faded(counts, half) for half in _HALVES]
    every = _faded(counts.sum(axis=1, keepdims=True), 3.0)
    reply = _faded(past.back, 3.0)
    columns = [
        *(np.log1p(_lagged(counts, lag)) for lag in (1, 2, 3)),
        *(np.log1p(one) for one in faded),
        *(held[:, :, -window:].mean(axis=2) for window in _WINDOWS),
        held.mean(axis=2),
        _since(held),
        np.log1p(np.broadcast_to(every, (dyads, groups))),
        np.log1p(reply),
        np.log1p(np.broadcast_to(reply.sum(axis=1, keepdims=True), (dyads, groups))),
        np.log1p(_faded(past.given, 3.0)),
        np.log1p(_faded(past.taken, 3.0)),
        np.broadcast_to(_trend(past.world), (dyads, groups)),
        np.broadcast_to(np.arange(groups), (dyads, groups)),
    ]
    others = np.log1p(np.repeat(faded[1][:, None, :], groups, axis=1)).reshape(-1, groups)
    return np.column_stack([*(np.asarray(c, np.float64).ravel() for c in columns), others])


def _faded(counts: Counts, half: float) -> Table:
    ages = np.arange(counts.shape[2], 0, -1) - 1
    return np.asarray(counts @ 2.0 ** (-ages / half))


def _lagged(counts: Counts, lag: int) -> Counts:
    if counts.shape[2] < lag:
        return np.zeros(counts.shape[:2], np.int64)
    return counts[:, :, -lag]


def _since(held: NDArray[np.bool_]) -> Table:
    last = np.argmax(held[:, :, ::-1], axis=2).astype(np.float64)
    return np.asarray(np.where(held.any(axis=2), last, held.shape[2] + 1))


def _trend(world: Counts) -> Table:
    lately, before = world[:, -4:].mean(axis=1), world[:, -26:].mean(axis=1)
    return np.asarray(np.log((lately + 1) / (before + 1)))


class Boosting:
    """Gradient-boosted trees with logistic calibration (Platt 1999) on steps held back.

    Learns from all dyads at once. Where there is too little to learn from, it falls back on the
    base rate, and says so by its empty explanation.
    """

    name = "boosting"

    def __init__(self) -> None:
        self._trees: HistGradientBoostingClassifier | None = None
        self._scale: LogisticRegression | None = None
        self._usual: Table = np.empty(0)

    def learn(self, past: Panel) -> None:
        """Fits trees and calibration on the past's steps, each seen from what came before it."""
        asked = range(min(WARM_UP, past.steps), past.steps)
        a_step = past.counts.shape[0] * past.counts.shape[1]
        asked = asked[-max(1, MOST_ROWS // a_step) :]
        if len(asked) * a_step < FEWEST_ROWS or len(asked) < 5:
            self._trees = None
            return
        tables = [feature_table(past.until(step)) for step in asked]
        labels = [(past.counts[:, :, step] > 0).ravel() for step in asked]
        cut = int(len(asked) * (1 - HELD_FOR_CALIBRATION))
        early = _trees(tables[:cut], labels[:cut])
        self._trees = _trees(tables, labels)
        if early is None or self._trees is None:
            self._trees = None
            return
        late = np.concatenate(labels[cut:])
        self._scale = None
        if FEWEST_LATE_HITS <= late.sum() <= len(late) - FEWEST_LATE_HITS:
            odds = early.decision_function(np.concatenate(tables[cut:]))
            scale = LogisticRegression(C=100).fit(odds[:, None], late)
            self._scale = scale if scale.coef_[0, 0] > 0 else None
        self._usual = np.median(np.concatenate(tables), axis=0)

    def probabilities(self, past: Panel) -> Probabilities:
        """See :class:`~detente.assess.forecasters.Forecaster`."""
        if self._trees is None:
            return BaseRate().probabilities(past)
        return self._given(feature_table(past)).reshape(past.counts.shape[:2])

    def because(self, past: Panel, dyad: int, group: int) -> tuple[tuple[str, float], ...]:
        """What moved one forecast.

        Args:
            past: as given to :meth:`probabilities`; ``dyad`` and ``group``: places in it.

        Returns:
            (feature, change of the probability against the feature's usual value), the five that
            moved it most, the greatest first; empty where it fell back on the base rate.
        """
        if self._trees is None:
            return ()
        row = feature_table(past)[dyad * past.counts.shape[1] + group]
        names = feature_names(past.groups)
        usual = np.tile(row, (len(row), 1))
        np.fill_diagonal(usual, self._usual)
        moved = self._given(row[None, :])[0] - self._given(usual)
        order = np.argsort(-np.abs(moved), kind="stable")[:5]
        return tuple((names[i], float(moved[i])) for i in order if abs(moved[i]) >= 0.0005)

    def _given(self, table: Table) -> Probabilities:
        assert self._trees is not None
        with one_thread():
            odds = self._trees.decision_function(table)
        if self._scale is not None:
            return bounded(self._scale.predict_proba(odds[:, None])[:, 1])
        return bounded(1 / (1 + np.exp(-odds)))


def _trees(
    tables: list[Table], labels: list[NDArray[np.bool_]]
) -> HistGradientBoostingClassifier | None:
    """Fitted trees; None where too few steps had an event, or too few had none."""
    label = np.concatenate(labels)
    if not FEWEST_HITS <= label.sum() <= len(label) - FEWEST_HITS:
        return None
    model = HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.05,
        max_leaf_nodes=15,
        min_samples_leaf=40,
        l2_regularization=2,
        early_stopping=False,
        random_state=SEED,
    )
    with one_thread():
        return model.fit(np.concatenate(tables), label)

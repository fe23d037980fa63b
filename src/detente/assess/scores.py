"""How good probabilities were: Brier, log score, calibration, skill with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

BINS = 10
RESAMPLES = 1000
SEED = 20260101


def brier(probabilities: Numbers, outcomes: Numbers) -> float:
    """Mean squared error, 0 best, 1 worst (Brier 1950)."""
    return float(np.mean((probabilities - outcomes) ** 2))


def log_score(probabilities: Numbers, outcomes: Numbers) -> float:
    """Mean −ln of the probability given to what came about; 0 best, ln 2 for a coin."""
    given = np.where(outcomes > 0, probabilities, 1 - probabilities)
    return float(-np.mean(np.log(np.maximum(given, 1e-9))))


def calibration(probabilities: Numbers, outcomes: Numbers) -> tuple[tuple[float, float, int], ...]:
    """(mean forecast, observed share, questions) of each tenth of the scale that was used."""
    number = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    return tuple(
        (float(probabilities[here].mean()), float(outcomes[here].mean()), int(here.sum()))
        for here in (number == one for one in range(BINS))
        if here.any()
    )


def calibration_error(probabilities: Numbers, outcomes: Numbers) -> float:
    """The gap between forecast and observed share, its mean over bins weighted by questions."""
    table = calibration(probabilities, outcomes)
    return sum(abs(said - seen) * n for said, seen, n in table) / len(outcomes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


def skill(own: Numbers, other: Numbers, outcomes: Numbers, clusters: NDArray[np.int64]) -> Interval:
    """Brier skill against a baseline, 1 − Brier/Brier(baseline), with its bootstrap interval.

    Args:
        own: probabilities; ``other``: the baseline's; ``outcomes``: 0 or 1; all shape (n,).
        clusters: questions with the same number are drawn together (their errors go together).

    Returns:
        percentile interval of 1,000 resamples of whole clusters, seed fixed.
    """
    mine = _sums((own - outcomes) ** 2, clusters)
    theirs = _sums((other - outcomes) ** 2, clusters)
    drawn = _draws(len(mine))
    resampled = 1 - mine[drawn].sum(axis=1) / np.maximum(theirs[drawn].sum(axis=1), 1e-12)
    low, high = np.percentile(resampled, [2.5, 97.5])
    value = 1 - mine.sum() / max(float(theirs.sum()), 1e-12)
    return Interval(value=float(value), low=float(low), high=float(high))


def calibration_interval(
    probabilities: Numbers, outcomes: Numbers, clusters: NDArray[np.int64]
) -> Interval:
    """The calibration error with the bootstrap interval of resampled clusters.

    Resampling adds noise to every bin, so the interval leans towards the worse.
    """
    number = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    gaps = np.stack(
        [
            _sums(np.where(number == one, probabilities - outcomes, 0), clusters)
            for one in range(BINS)
        ]
    )
    sizes = np.bincount(clusters)[np.unique(clusters)].astype(np.float64)
    drawn = _draws(len(sizes))
    resampled = np.abs(gaps[:, drawn].sum(axis=2)).sum(axis=0) / sizes[drawn].sum(axis=1)
    low, high = np.percentile(resampled, [2.5, 97.5])
    value = calibration_error(probabilities, outcomes)
    return Interval(value=value, low=float(low), high=float(high))


def _sums(errors: Numbers, clusters: NDArray[np.int64]) -> Numbers:
    summed = np.bincount(clusters, weights=errors)[np.unique(clusters)]
    return summed.astype(np.float64)


def _draws(clusters: int) -> NDArray[np.int64]:
    return np.random.default_rng(SEED).integers(0, clusters, size=(RESAMPLES, clusters))

"""Simple forecasters, which a model must beat to be worth its trouble."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from detente.assess.panel import Panel

Probabilities = NDArray[np.float64]

#: No forecaster says never or always.
SUREST = 0.995


class Forecaster(Protocol):
    """Gives the probability of at least one event in the step after a panel's last."""

    @property
    def name(self) -> str:
        """How it is called in scores and briefs."""
        ...

    def learn(self, past: Panel) -> None:
        """Fits itself on a past; called now and then in a backtest, always with what was known."""
        ...

    def probabilities(self, past: Panel) -> Probabilities:
        """For every dyad and group: shape (D, G), 0–1."""
        ...


def bounded(probabilities: Probabilities) -> Probabilities:
    """Kept off 0 and 1, so that one surprise does not cost everything."""
    return np.clip(probabilities, 1 - SUREST, SUREST)


class BaseRate:
    """The share of all past steps with an event (Laplace: one more of each)."""

    name = "base rate"

    def learn(self, past: Panel) -> None:
        """Nothing to fit."""

    def probabilities(self, past: Panel) -> Probabilities:
        """See :class:`Forecaster`."""
        hits = (past.counts > 0).sum(axis=2)
        return bounded((hits + 1) / (past.steps + 2))


class LastValue:
    """As in the last step, so now."""

    name = "last value"

    def learn(self, past: Panel) -> None:
        """Nothing to fit."""

    def probabilities(self, past: Panel) -> Probabilities:
        """See :class:`Forecaster`."""
        if not past.steps:
            return np.full(past.counts.shape[:2], 0.5)
        return bounded((past.counts[:, :, -1] > 0).astype(np.float64))


class YearResample:
    """A step drawn at random from the last twelve months.

    Args:
        steps_a_year: 365, 52 or 12, or 365 over the step's days.
    """

    name = "12-month resample"

    def __init__(self, steps_a_year: int) -> None:
        self._steps = max(1, steps_a_year)

    def learn(self, past: Panel) -> None:
        """Nothing to fit."""

    def probabilities(self, past: Panel) -> Probabilities:
        """See :class:`Forecaster`."""
        if not past.steps:
            return np.full(past.counts.shape[:2], 0.5)
        return bounded((past.counts[:, :, -self._steps :] > 0).mean(axis=2))


class Recurrency:
    """What happened lately happens again: α·2^(−λ·lag) + (1 − α)·share of past steps.

    The recurrency baseline of Gastinger et al. (IJCAI 2024) put to yes-or-no questions; α and λ
    are those with the least squared error over the last steps of the past it learns from.
    """

    name = "recurrency"
    _decays = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
    _weights = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0)
    _tried_on = 26

    def __init__(self) -> None:
        self._decay, self._weight = 0.2, 0.3

    def learn(self, past: Panel) -> None:
        """Chooses α and λ."""
        tried = range(max(1, past.steps - self._tried_on), past.steps)
        errors = {
            (decay, weight): float(
                np.mean([self._error(past, step, decay, weight) for step in tried])
            )
            for decay in self._decays
            for weight in self._weights
            if len(tried)
        }
        if errors:
            self._decay, self._weight = min(errors, key=lambda choice: errors[choice])

    def probabilities(self, past: Panel) -> Probabilities:
        """See :class:`Forecaster`."""
        return bounded(_recurrency(past, self._decay, self._weight))

    @staticmethod
    def _error(past: Panel, step: int, decay: float, weight: float) -> float:
        given = _recurrency(past.until(step), decay, weight)
        return float(np.mean((given - (past.counts[:, :, step] > 0)) ** 2))


def _recurrency(past: Panel, decay: float, weight: float) -> Probabilities:
    held = past.counts > 0
    if not past.steps:
        return np.full(held.shape[:2], 0.5)
    lag = np.argmax(held[:, :, ::-1], axis=2) + 1
    strict = np.where(held.any(axis=2), 2.0 ** (-decay * lag), 0.0)
    return np.asarray(weight * strict + (1 - weight) * held.mean(axis=2))

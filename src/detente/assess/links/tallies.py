"""Counts that fade: how often, how lately and how recently-weighted something held."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.assess.links.stream import Ints

Small = NDArray[np.float32]

#: Half-lives of the fading counts, in steps.
HALF_LIVES = (2.0, 8.0, 32.0, 128.0)
#: The lag given to what never held, in steps.
NEVER = 100_000


class Tally:
    """Fading counts of keys, told step by step.

    Args:
        keys: every key that may ever be counted, repeats allowed. Knowing a key gives away
            nothing: until it is added it reads exactly like an unknown one.
    """

    def __init__(self, keys: Ints) -> None:
        self.keys = np.unique(keys)
        size = len(self.keys) + 1
        self.count = np.zeros(size, np.float32)
        self.last = np.full(size, -NEVER, np.int64)
        self._faded = np.zeros((size, len(HALF_LIVES)), np.float32)

    def slots(self, keys: Ints) -> Ints:
        """Where keys are kept; unknown ones share a last slot that stays empty."""
        found = np.searchsorted(self.keys, keys)
        found[found == len(self.keys)] = 0
        return np.where(self.keys[found] == keys, found, len(self.keys))

    def add(self, keys: Ints, step: int) -> None:
        """Counts every key once for each time it stands in ``keys``, at ``step``."""
        slots, times = np.unique(self.slots(keys), return_counts=True)
        self._faded[slots] = self.faded(slots, step) + times[:, None].astype(np.float32)
        self.last[slots] = step
        self.count[slots] += times

    def faded(self, slots: Ints, step: int) -> Small:
        """Counts at ``step``, each add worth 2^(−age/half-life): shape (slots, half-lives)."""
        age = (step - self.last[slots]).astype(np.float32)
        return self._faded[slots] * np.exp2(-age[:, None] / np.array(HALF_LIVES, np.float32))

    def slow(self, step: int) -> Small:
        """Counts of all keys at ``step`` by the longest half-life: shape (keys,)."""
        age = (step - self.last[:-1]).astype(np.float32)
        return np.asarray(self._faded[:-1, -1] * np.exp2(-age / np.float32(HALF_LIVES[-1])))

    def lag(self, slots: Ints, step: int) -> Ints:
        """Steps since last added; more than :data:`NEVER` if never."""
        return step - self.last[slots]

    def columns(self, slots: Ints, step: int) -> Small:
        """Faded counts, plain count and lag: shape (slots, half-lives + 2)."""
        lag = np.minimum(self.lag(slots, step), NEVER).astype(np.float32)
        return np.column_stack([self.faded(slots, step), self.count[slots], lag])

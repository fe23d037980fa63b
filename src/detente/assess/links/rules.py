"""How what a pair did before bears on what it does next, learnt from the stream itself.

A rule says: where o was last an object of s in relation r′ so many steps ago, a query (s, r, ?)
is answered by o with this confidence (the cyclic rules of length one of TLogic, Liu et al., AAAI
2022, with lag classes in place of an exponential). Confidences are counted on past queries only.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from detente.assess.links.stream import Ints
from detente.assess.links.tallies import Small

#: Upper bounds of the lag classes, in steps; beyond the last is a class of its own.
LAGS = np.array([1, 2, 4, 7, 14, 30, 60, 120])
CLASSES = len(LAGS) + 1
#: How many trials a rule's prior is worth.
PRIOR_TRIALS = 20.0


class Rules:
    """Confidences of (relation before, lag class) → relation asked.

    Args:
        relations: how many relations there are, inverses included.
    """

    def __init__(self, relations: int) -> None:
        self._relations = relations
        self._held = np.zeros((relations * CLASSES, relations), np.float32)
        self._tried = np.zeros((relations * CLASSES, relations), np.float32)

    def bodies(self, relations: Ints, lags: Ints) -> Ints:
        """The row of a (relation before, lag in steps)."""
        return np.asarray(relations * CLASSES + np.searchsorted(LAGS, lags))

    def learn(self, tried: sparse.csr_matrix, asked: sparse.csr_matrix) -> None:
        """Counts trials: (subjects × bodies) of how many objects, (subjects × relations) asked."""
        self._tried += (tried.T @ asked).toarray()

    def confirm(self, held: sparse.csr_matrix, relations: Ints) -> None:
        """Counts successes: (answers × bodies) of what held before, and the relation of each."""
        shape = (len(relations), self._relations)
        rows = np.arange(len(relations))
        ones = np.ones(len(relations), np.float32)
        asked = sparse.csr_matrix((ones, (rows, relations)), shape=shape)
        self._held += (held.T @ asked).toarray()

    def weights(self) -> Small:
        """−log(1 − confidence) of all bodies for all relations asked: shape (bodies, relations).

        The confidence is shrunk towards that of its lag class, apart for the same relation.
        """
        size = self._relations
        held = self._held.reshape(size, CLASSES, size)
        tried = self._tried.reshape(size, CLASSES, size)
        prior = np.empty_like(held)
        prior[:] = _shares(_others(held), _others(tried))[:, None]
        same = np.arange(size)
        own = _shares(np.einsum("rcr->c", held), np.einsum("rcr->c", tried))
        prior[same, :, same] = own
        confidence = (held + PRIOR_TRIALS * prior) / (tried + PRIOR_TRIALS)
        weights = -np.log1p(-np.minimum(confidence, 0.95))
        return np.asarray(weights, dtype=np.float32).reshape(size * CLASSES, size)


def _others(counts: Small) -> Small:
    """The sum of each lag class over all pairs of two different relations."""
    return np.asarray(counts.sum(axis=(0, 2)) - np.einsum("rcr->c", counts))


def _shares(held: Small, tried: Small) -> Small:
    return np.asarray((held + 0.1) / (tried + 100))

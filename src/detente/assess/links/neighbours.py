"""Actors that behave alike: cosine of their recent partners, and what those alike did.

The neighbourhood methods of collaborative filtering (Sarwar et al., WWW 2001), on fading counts.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from detente.assess.links.history import History
from detente.assess.links.stream import Floats, Ints
from detente.assess.links.tallies import Small

#: Fading counts below this are left out.
FAINT = 0.02
#: At most so many pairs, the strongest, make the profiles; it bounds the time of every product.
MOST_PAIRS = 200_000


class Neighbours:
    """Likeness of actors at one step.

    Args:
        history: what was told before the step.
        step: the step.
    """

    def __init__(self, history: History, step: int) -> None:
        self._history = history
        size = history.entities
        weight = history.pairs.slow(step)
        kept = _strongest(weight, np.flatnonzero(weight > FAINT))
        keys = history.pairs.keys[kept]
        partners = sparse.csr_matrix(
            (np.log1p(weight[kept]), (keys // size, keys % size)), shape=(size, size)
        )
        lengths = np.sqrt(np.asarray(partners.multiply(partners).sum(1)).ravel()) + 1e-6
        self.profiles = sparse.csr_matrix(sparse.diags((1 / lengths).astype(np.float32)) @ partners)
        self._across = sparse.csr_matrix(self.profiles.T)
        self._arrange_facts(step)

    def _arrange_facts(self, step: int) -> None:
        """Sorts what was told by relation, so that one relation is a slice."""
        history = self._history
        weight = history.facts.slow(step)
        kept = np.flatnonzero(weight > FAINT)
        order = kept[np.argsort(history.of_relation[kept], kind="stable")]
        self._weight: Small = np.log1p(weight[order])
        self._subject, self._object = history.of_subject[order], history.of_object[order]
        relations = np.arange(history.relations + 1)
        self._bounds = np.searchsorted(history.of_relation[order], relations)

    def alike(self, subjects: Ints) -> Small:
        """Likeness of each subject to every actor, its own set to 0: shape (subjects, actors)."""
        found = self.profiles[subjects].toarray() @ self._across
        found[np.arange(len(subjects)), subjects] = 0
        return np.asarray(found, dtype=np.float32)

    def partners(self, alike: Small) -> Small:
        """Partners of those alike: shape as ``alike``."""
        return np.asarray(alike @ self.profiles)

    def answers(self, alike: Small, relations: Ints) -> Small:
        """Objects that those alike had under each row's relation: shape as ``alike``."""
        size = self._history.entities
        found = np.zeros_like(alike)
        for relation in np.unique(relations):
            facts = slice(self._bounds[relation], self._bounds[relation + 1])
            told = sparse.csr_matrix(
                (self._weight[facts], (self._object[facts], self._subject[facts])),
                shape=(size, size),
            )
            rows = np.flatnonzero(relations == relation)
            found[rows] = (told @ alike[rows].T).T
        return found

    def like_before(self, before: sparse.csr_matrix) -> Small:
        """Actors like the objects that a query had before.

        Args:
            before: shape (queries, actors), weights of past objects.
        """
        return np.asarray((before @ self.profiles).toarray() @ self._across, dtype=np.float32)


def _strongest(weight: Small, kept: Ints) -> Ints:
    if len(kept) <= MOST_PAIRS:
        return kept
    least = np.partition(weight[kept], len(kept) - MOST_PAIRS)[len(kept) - MOST_PAIRS]
    return np.asarray(kept[weight[kept] >= least])


def shares(weights: Small | Floats) -> Small:
    """Each row divided by its sum (rows of zeros stay)."""
    total = weights.sum(axis=1, keepdims=True)
    return np.asarray(weights / (total + 1e-9), dtype=np.float32)

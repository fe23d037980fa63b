"""Simple predictors of a query's answer, each a distribution over actors, and their mixture."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from detente.assess.links.history import History, ragged
from detente.assess.links.neighbours import Neighbours, shares
from detente.assess.links.stream import Floats, Ints
from detente.assess.links.tallies import Small

#: In this order in every array of components.
COMPONENTS = (
    "rules on what the pair did before",
    "same act, last days",
    "same act, last weeks",
    "same act, ever",
    "any act of the pair, last days",
    "any act of the pair, last months",
    "others' same acts on it, last days",
    "others' same acts on it, last months",
    "partners of similar actors",
    "same acts of similar actors",
    "similar to earlier recipients",
    "how active it is",
    "anyone",
)
_FAST, _DAYS, _WEEKS, _MONTHS, _EVER = 0, 1, 2, 3, 4


class Components:
    """The predictors for a block of queries at one step.

    Args:
        history: what was told before the step.
        near: likeness of actors at the step.
        step: the step.
        subjects: of each query; with ``relations`` distinct and in order of (subject, relation).
        relations: of each query, 0 … 2·relations − 1.
    """

    def __init__(
        self, history: History, near: Neighbours, step: int, subjects: Ints, relations: Ints
    ) -> None:
        self.history, self.step = history, step
        self.subjects, self.relations = subjects, relations
        self._distinct, self._subject = np.unique(subjects, return_inverse=True)
        self._asked, self._relation = np.unique(relations, return_inverse=True)
        self._apply_rules()
        self._find_neighbours(near)
        self._total_counts()

    def _apply_rules(self) -> None:
        """Rule scores of every pair that a queried subject is part of."""
        history, size = self.history, self.history.entities
        rows, slots = history.facts_of(self._distinct)
        self._pairs, pair = np.unique(rows * size + history.of_object[slots], return_inverse=True)
        bodies = history.bodies(pair, slots, len(self._pairs), self.step)
        scores = np.asarray(bodies @ history.rules.weights(self._asked))
        bounds = np.searchsorted(self._pairs, np.arange(len(self._distinct) + 1) * size)
        self._row, self._pair = ragged(bounds[self._subject], bounds[self._subject + 1])
        self._rule = 1 - np.exp(-scores)
        here = self._rule[self._pair, self._relation[self._row]]
        self._rule_total = np.bincount(self._row, here, len(self.subjects)) + 1e-9

    def _find_neighbours(self, near: Neighbours) -> None:
        alike = near.alike(self._distinct)
        self._partners = shares(near.partners(alike))
        self._answers = shares(near.answers(alike[self._subject], self.relations))
        self._similar = shares(near.like_before(self._before()))

    def _before(self) -> sparse.csr_matrix:
        """Past objects of each query, as weights: shape (queries, actors)."""
        history = self.history
        rows, slots = history.facts_of(self._distinct)
        asked = self._distinct[rows] * history.relations + history.of_relation[slots]
        queries = self.subjects * history.relations + self.relations
        found = np.minimum(np.searchsorted(queries, asked), len(queries) - 1)
        same = queries[found] == asked
        weight = np.log1p(history.facts.faded(slots[same], self.step)[:, _MONTHS])
        shape = (len(queries), history.entities)
        return sparse.csr_matrix(
            (weight, (found[same], history.of_object[slots[same]])), shape=shape
        )

    def _total_counts(self) -> None:
        """What the counts of a query add up to over all objects: shapes (queries, ·)."""
        history, step = self.history, self.step
        asking = history.askings.slots(self.subjects * history.relations + self.relations)
        self._of_query = history.askings.columns(asking, step) + 1e-9
        self._of_subject = history.actors.faded(self.subjects, step) + 1e-9
        self._of_relation = history.kinds.faded(self.relations, step) + 1e-9
        activity = history.actors.faded(np.arange(history.entities), step)[:, _WEEKS]
        self._activity: Small = activity / (activity.sum() + 1e-9)

    def at(self, rows: Ints, objects: Ints) -> Small:
        """Every predictor's probability of some answers.

        Args:
            rows: which query; ``objects``: which answer, same length.

        Returns:
            shape (answers, components).
        """
        history, step, size = self.history, self.step, self.history.entities
        subjects, relations = self.subjects[rows], self.relations[rows]
        facts = history.facts
        same = facts.columns(facts.slots(history.fact_keys(subjects, relations, objects)), step)
        pair = history.pairs.faded(history.pairs.slots(subjects * size + objects), step)
        role = history.roles.faded(history.roles.slots(relations * size + objects), step)
        of_query, of_subject = self._of_query[rows], self._of_subject[rows]
        of_relation = self._of_relation[rows]
        columns = [
            self._rule_at(rows, objects),
            *(same[:, kind] / of_query[:, kind] for kind in (_FAST, _WEEKS, _EVER)),
            *(pair[:, kind] / of_subject[:, kind] for kind in (_DAYS, _MONTHS)),
            *(role[:, kind] / of_relation[:, kind] for kind in (_DAYS, _MONTHS)),
            self._partners[self._subject[rows], objects],
            self._answers[rows, objects],
            self._similar[rows, objects],
            self._activity[objects],
            np.full(len(rows), 1 / size, np.float32),
        ]
        return np.column_stack(columns).astype(np.float32)

    def _rule_at(self, rows: Ints, objects: Ints) -> Floats:
        keys = self._subject[rows] * self.history.entities + objects
        if not len(self._pairs):
            return np.zeros(len(rows))
        pair = np.minimum(np.searchsorted(self._pairs, keys), len(self._pairs) - 1)
        known = self._pairs[pair] == keys
        score = self._rule[pair, self._relation[rows]] / self._rule_total[rows]
        return np.where(known, score, 0.0)

    def mixture(self, weights: Floats) -> Small:
        """The weighted sum of the predictors for every actor: shape (queries, actors)."""
        weight = weights.astype(np.float32)
        size = self.history.entities
        found = self._answers * weight[9]
        found += self._similar * weight[10]
        found += (self._partners * weight[8])[self._subject]
        found += self._roles(weight[6], weight[7])[self._relation]
        found += self._activity * weight[11] + weight[12] / size
        objects = self._pairs[self._pair] % size
        known = self.at_known(self._row, self._pair, objects)
        found[self._row, objects] += known @ weight[:6]
        return np.asarray(found)

    def _roles(self, days: float, months: float) -> Small:
        history, size = self.history, self.history.entities
        bounds = np.searchsorted(history.roles.keys, [self._asked * size, (self._asked + 1) * size])
        rows, slots = ragged(*bounds)
        role = history.roles.faded(slots, self.step)
        total = history.kinds.faded(self._asked, self.step)[rows] + 1e-9
        found = np.zeros((len(self._asked), size), np.float32)
        share = role / total
        mixed = days * share[:, _DAYS] + months * share[:, _MONTHS]
        found[rows, history.roles.keys[slots] % size] = mixed
        return found

    def at_known(self, rows: Ints, pairs: Ints, objects: Ints) -> Small:
        """The first six predictors where the pair is known: shape (answers, 6)."""
        history, step, size = self.history, self.step, self.history.entities
        subjects = self.subjects[rows]
        facts = history.facts
        keys = history.fact_keys(subjects, self.relations[rows], objects)
        same = facts.columns(facts.slots(keys), step)
        every = history.pairs.slots(self._distinct[self._pairs // size] * size + self._pairs % size)
        pair = history.pairs.faded(every, step)[pairs]
        rule = self._rule[pairs, self._relation[rows]] / self._rule_total[rows]
        of_query, of_subject = self._of_query[rows], self._of_subject[rows]
        columns = [
            rule,
            *(same[:, kind] / of_query[:, kind] for kind in (_FAST, _WEEKS, _EVER)),
            *(pair[:, kind] / of_subject[:, kind] for kind in (_DAYS, _MONTHS)),
        ]
        return np.column_stack(columns).astype(np.float32)


def mixture_weights(probabilities: Small, rounds: int = 200) -> Floats:
    """The mixture of predictors that makes observed answers likeliest (EM; Dempster et al. 1977).

    Args:
        probabilities: shape (answers, components), what each predictor gave each true answer.

    Returns:
        one weight a component, summing to 1.
    """
    given = probabilities.astype(np.float64) + 1e-9
    weights = np.full(given.shape[1], 1 / given.shape[1])
    for _ in range(rounds):
        owed = given * weights
        weights = (owed / owed.sum(axis=1, keepdims=True)).mean(axis=0)
    return weights

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
#: At most so many facts of the asked are weighed in a block, the latest.
MOST_MEETINGS = 2_000_000
_FAST, _DAYS, _WEEKS, _MONTHS, _EVER = 0, 1, 2, 3, 4


class Components:
    """The predictors for a block of queries at one step.

    Args:
        history: what was told before the step.
        near: likeness of actors at the step; without, its predictors give nobody anything.
        rule_weights: of the rules at the step, shape (bodies, relations).
        step: the step.
        subjects: of each query; with ``relations`` distinct and in order of (subject, relation).
        relations: of each query, 0 … 2·relations − 1.
    """

    def __init__(
        self,
        history: History,
        near: Neighbours | None,
        rule_weights: Small,
        step: int,
        subjects: Ints,
        relations: Ints,
    ) -> None:
        self.history, self.step = history, step
        self.subjects, self.relations = subjects, relations
        self._distinct, self._subject = np.unique(subjects, return_inverse=True)
        self._asked, self._relation = np.unique(relations, return_inverse=True)
        self._apply_rules(rule_weights)
        self._find_neighbours(near)
        self._total_counts()

    def _apply_rules(self, rule_weights: Small) -> None:
        """Rule scores of each query for every object that its subject ever met."""
        history, size = self.history, self.history.entities
        rows, slots = self._late(*history.facts_of(self._distinct))
        pairs = rows * size + history.of_object[slots]
        self._pairs, pair = np.unique(pairs, return_inverse=True)
        edges = np.arange(len(self._distinct) + 1)
        bounds = np.searchsorted(self._pairs, edges * size)
        self._first = np.cumsum(np.append(0, np.diff(bounds)[self._subject]))[:-1]
        self._from = bounds[self._subject]
        self._row, self._pair = ragged(self._from, bounds[self._subject + 1])
        told = np.searchsorted(rows, edges)
        query, fact = ragged(told[self._subject], told[self._subject + 1])
        cell = self._first[query] + pair[fact] - self._from[query]
        body = history.rules.bodies(history.of_relation[slots], history.facts.lag(slots, self.step))
        score = rule_weights[body[fact], self.relations[query]]
        self._rule = 1 - np.exp(-np.bincount(cell, score, len(self._row)))
        self._rule_total = np.bincount(self._row, self._rule, len(self.subjects)) + 1e-9
        same = history.of_relation[slots][fact] == self.relations[query]
        self._same_cell, self._same_slot = cell[same], slots[fact[same]]

    def _late(self, rows: Ints, slots: Ints) -> tuple[Ints, Ints]:
        """The facts of the last steps, as many as MOST_MEETINGS affords."""
        lag = self.history.facts.lag(slots, self.step)
        asked = np.bincount(self._subject)[rows]
        if asked.sum() <= MOST_MEETINGS:
            return rows, slots
        up_to = np.cumsum(np.bincount(lag, asked))
        late = lag <= max(1, int(np.searchsorted(up_to, MOST_MEETINGS)) - 1)
        return rows[late], slots[late]

    def _find_neighbours(self, near: Neighbours | None) -> None:
        size = self.history.entities
        if near is None:
            self._partners = np.zeros((len(self._distinct), size), np.float32)
            self._answers = np.zeros((len(self.subjects), size), np.float32)
            self._similar = np.zeros((len(self.subjects), size), np.float32)
            return
        alike = near.alike(self._distinct)
        self._partners = shares(near.partners(alike))
        self._answers = shares(near.answers(alike[self._subject], self.relations))
        self._similar = shares(near.like_before(self._before()))

    def _before(self) -> sparse.csr_matrix:
        """Past objects of each query, as weights: shape (queries, actors)."""
        history = self.history
        weight = np.log1p(history.facts.faded(self._same_slot, self.step)[:, _MONTHS])
        where = (self._row[self._same_cell], history.of_object[self._same_slot])
        shape = (len(self.subjects), history.entities)
        return sparse.csr_matrix((weight, where), shape=shape)

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
        cell = np.where(known, self._first[rows] + pair - self._from[rows], 0)
        return np.where(known, self._rule[cell] / self._rule_total[rows], 0.0)

    def mixture(self, weights: Floats) -> Small:
        """The weighted sum of the predictors for every actor: shape (queries, actors)."""
        weight = weights.astype(np.float32)
        size = self.history.entities
        found = self._answers * weight[9]
        found += self._similar * weight[10]
        found += (self._partners * weight[8])[self._subject]
        found += self._roles(weight[6], weight[7])[self._relation]
        found += self._activity * weight[11] + weight[12] / size
        found[self._row, self._pairs[self._pair] % size] += self._known(weight[:6])
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

    def _known(self, weight: Small) -> Small:
        """The first six predictors, weighted, where the pair is known: shape (answers,)."""
        history, step, size = self.history, self.step, self.history.entities
        found = self._rule * (weight[0] / self._rule_total)[self._row]
        same = history.facts.columns(self._same_slot, step)
        of_query = self._of_query[self._row[self._same_cell]]
        for kind, share in zip((_FAST, _WEEKS, _EVER), weight[1:4], strict=True):
            found[self._same_cell] += share * same[:, kind] / of_query[:, kind]
        every = history.pairs.slots(self._distinct[self._pairs // size] * size + self._pairs % size)
        pair = history.pairs.faded(every, step)
        for kind, share in zip((_DAYS, _MONTHS), weight[4:6], strict=True):
            found += (share / self._of_subject[:, kind])[self._row] * pair[self._pair, kind]
        return np.asarray(found, dtype=np.float32)


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

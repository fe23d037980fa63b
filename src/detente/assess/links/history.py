"""What a stream has told so far: fading counts by fact, pair, role and relation, and rules."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from detente.assess.links.rules import CLASSES, Rules
from detente.assess.links.stream import FactStream, Ints, Snapshot
from detente.assess.links.tallies import Small, Tally


def ragged(starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Rows and members of ranges laid end to end: ranges 3–5 and 9–10 give 0 0 1 and 3 4 9."""
    lengths = ends - starts
    rows = np.repeat(np.arange(len(lengths)), lengths)
    offsets = np.cumsum(lengths) - lengths
    return rows, np.arange(lengths.sum()) + (starts - offsets)[rows]


class History:
    """The state of a stream just before the step that comes next.

    Relations are numbered with their inverses (0 … ``relations`` − 1), so that every fact is told
    from both ends. All counts are empty at first; :meth:`tell` adds a step.

    Args:
        stream: names every fact that may ever be told; only told ones are ever read.
    """

    def __init__(self, stream: FactStream) -> None:
        self.entities, self.relations = stream.entities, 2 * stream.relations
        subject, relation, obj, _ = stream.facts.T
        subjects = np.concatenate([subject, obj])
        objects = np.concatenate([obj, subject])
        relations = np.concatenate([relation, relation + stream.relations])
        self.facts = Tally(self.fact_keys(subjects, relations, objects))
        self.pairs = Tally(subjects * self.entities + objects)
        self.acts = Tally(subject * self.entities + obj)
        self.roles = Tally(relations * self.entities + objects)
        self.askings = Tally(subjects * self.relations + relations)
        self.actors = Tally(np.arange(self.entities))
        self.kinds = Tally(np.arange(self.relations))
        self.rules = Rules(self.relations)
        self.of_subject = self.facts.keys // (self.entities * self.relations)
        self.of_object = self.facts.keys // self.relations % self.entities
        self.of_relation = self.facts.keys % self.relations
        self._bounds = np.searchsorted(self.of_subject, np.arange(self.entities + 1))

    def fact_keys(self, subjects: Ints, relations: Ints, objects: Ints) -> Ints:
        """One number a fact; facts of a pair are neighbours, pairs of a subject too."""
        return (subjects * self.entities + objects) * self.relations + relations

    def inverse(self, relations: Ints) -> Ints:
        """The relation told from the other end."""
        half = self.relations // 2
        return np.where(relations < half, relations + half, relations - half)

    def facts_of(self, subjects: Ints) -> tuple[Ints, Ints]:
        """Told facts of each subject: row in ``subjects``, slot in :attr:`facts`."""
        return self._told(*ragged(self._bounds[subjects], self._bounds[subjects + 1]))

    def _facts_between(self, subjects: Ints, objects: Ints) -> tuple[Ints, Ints]:
        first = (subjects * self.entities + objects) * self.relations
        low, high = np.searchsorted(self.facts.keys, [first, first + self.relations])
        return self._told(*ragged(low, high))

    def _told(self, rows: Ints, slots: Ints) -> tuple[Ints, Ints]:
        told = self.facts.count[slots] > 0
        return rows[told], slots[told]

    def bodies(self, rows: Ints, slots: Ints, height: int, step: int) -> sparse.csr_matrix:
        """The rule bodies that hold at ``step``: shape (height, bodies), counts."""
        body = self.rules.bodies(self.of_relation[slots], self.facts.lag(slots, step))
        ones: Small = np.ones(len(rows), np.float32)
        return sparse.csr_matrix((ones, (rows, body)), shape=(height, self.relations * CLASSES))

    def tell(self, snapshot: Snapshot, *, learn: bool = True) -> None:
        """Learns the rules from a step's queries (if told to), then adds its facts."""
        if learn:
            self._learn(snapshot)
        step, half = snapshot.step, len(snapshot.subjects) // 2
        subjects, relations, objects = snapshot.subjects, snapshot.relations, snapshot.objects
        pairs = subjects * self.entities + objects
        self.facts.add(self.fact_keys(subjects, relations, objects), step)
        self.pairs.add(pairs, step)
        self.acts.add(pairs[:half], step)
        self.roles.add(relations * self.entities + objects, step)
        self.askings.add(subjects * self.relations + relations, step)
        self.actors.add(objects, step)
        self.kinds.add(relations, step)

    def _learn(self, now: Snapshot) -> None:
        subjects = np.unique(now.subjects)
        tried = self.bodies(*self.facts_of(subjects), len(subjects), now.step)
        queries = np.unique(now.subjects * self.relations + now.relations)
        rows = np.searchsorted(subjects, queries // self.relations)
        ones = np.ones(len(queries), np.float32)
        shape = (len(subjects), self.relations)
        self.rules.learn(
            tried, sparse.csr_matrix((ones, (rows, queries % self.relations)), shape=shape)
        )
        held = self._facts_between(now.subjects, now.objects)
        self.rules.confirm(self.bodies(*held, len(now.subjects), now.step), now.relations)

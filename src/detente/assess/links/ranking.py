"""Time-aware filtered ranks and their summary, as Gastinger et al. (IJCAI 2024) define them.

The rank of a query's true answer counts the entities scored above it, without the other answers
that are true of the same query in the same step; entities scored equal count half (the mean of
the best and the worst rank, so that a constant score gains nothing).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from detente.assess.links.stream import Floats, Ints, Snapshot


def other_answers(snapshot: Snapshot) -> Mapping[tuple[int, int], Ints]:
    """All true answers of each (subject, relation) of a step."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    told = zip(snapshot.subjects, snapshot.relations, snapshot.objects, strict=True)
    for subject, relation, obj in told:
        found[int(subject), int(relation)].append(int(obj))
    return {query: np.unique(answers) for query, answers in found.items()}


def filtered_rank(scores: Floats, answer: int, answers: Ints) -> float:
    """The rank of one answer.

    Args:
        scores: one score an entity, higher is likelier.
        answer: the entity asked for.
        answers: all entities that are true in this step, ``answer`` among them.

    Returns:
        1 is best; halves where scores are tied.
    """
    own = scores[answer]
    others = answers[answers != answer]
    above = np.count_nonzero(scores > own) - np.count_nonzero(scores[others] > own)
    tied = np.count_nonzero(scores == own) - 1 - np.count_nonzero(scores[others] == own)
    return float(1 + above + tied / 2)


def summary(ranks: Floats) -> dict[str, float]:
    """Mean reciprocal rank and the shares of ranks at most 1, 3 and 10."""
    hits = {f"hits@{k}": float(np.mean(ranks <= k)) for k in (1, 3, 10)}
    return {"mrr": float(np.mean(1 / ranks)), **hits}

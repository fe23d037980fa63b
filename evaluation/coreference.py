"""MUC, B³, CEAF-e and their mean (CoNLL F1) of our own, over given mentions.

Sources: MUC: Vilain et al., "A model-theoretic coreference scoring scheme", MUC-6 (1995). B³: Bagga
and Baldwin, "Algorithms for scoring coreference chains" (1998). CEAF-e: Luo, "On coreference
resolution performance metrics" (2005), φ4. The mean of the three F1: Pradhan et al., CoNLL 2011;
as the reference scorer does it (Pradhan et al., ACL 2014), over the same mentions on both sides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

Groups = Sequence[frozenset[str]]
Figures = Mapping[str, float]


def scores(gold: Mapping[str, Hashable], predicted: Mapping[str, Hashable]) -> Figures:
    """All figures of a grouping against a gold one.

    Args:
        gold: mention → name of its gold group.
        predicted: mention → name of its predicted group, for the same mentions.

    Returns:
        ``conll_f1`` and precision, recall and F1 of ``muc``, ``b3`` and ``ceaf_e``, 0–1.

    Raises:
        ValueError: if the mentions differ.
    """
    if gold.keys() != predicted.keys():
        raise ValueError("gold and predicted groups must hold the same mentions")
    key, response = _groups(gold), _groups(predicted)
    found: dict[str, float] = {}
    parts = {"muc": _muc, "b3": _b_cubed, "ceaf_e": _ceaf_e}
    for name, part in parts.items():
        precision, recall = part(key, response)
        found |= {f"{name}_precision": precision, f"{name}_recall": recall}
        found[f"{name}_f1"] = f1(precision, recall)
    found["conll_f1"] = sum(found[f"{name}_f1"] for name in parts) / len(parts)
    return {name: round(value, 4) for name, value in found.items()}


def f1(precision: float, recall: float) -> float:
    """The harmonic mean, 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _groups(names: Mapping[str, Hashable]) -> Groups:
    found: dict[Hashable, set[str]] = defaultdict(set)
    for mention, name in names.items():
        found[name].add(mention)
    return [frozenset(group) for group in found.values()]


def _owner(groups: Groups) -> dict[str, int]:
    return {mention: at for at, group in enumerate(groups) for mention in group}


def _muc(key: Groups, response: Groups) -> tuple[float, float]:
    return _links_found(response, key), _links_found(key, response)


def _links_found(groups: Groups, others: Groups) -> float:
    """Share of the links that hold ``groups`` together which ``others`` have as well."""
    owner = _owner(others)
    links = sum(len(group) - 1 for group in groups)
    kept = sum(len(group) - len({owner[m] for m in group}) for group in groups)
    return kept / links if links else 0.0


def _b_cubed(key: Groups, response: Groups) -> tuple[float, float]:
    shared = _overlaps(key, response)
    mentions = sum(len(group) for group in key)
    if not mentions:
        return 0.0, 0.0
    precision = sum(n * n / len(response[r]) for (_, r), n in shared.items())
    recall = sum(n * n / len(key[k]) for (k, _), n in shared.items())
    return precision / mentions, recall / mentions


def _overlaps(key: Groups, response: Groups) -> dict[tuple[int, int], int]:
    owner = _owner(response)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for at, group in enumerate(key):
        for mention in group:
            shared[at, owner[mention]] += 1
    return shared


def _ceaf_e(key: Groups, response: Groups) -> tuple[float, float]:
    shared = _overlaps(key, response)
    likeness = {(k, r): 2 * n / (len(key[k]) + len(response[r])) for (k, r), n in shared.items()}
    total = sum(_best_assignment(part) for part in _components(likeness))
    return (total / len(response) if response else 0.0), (total / len(key) if key else 0.0)


def _components(likeness: Mapping[tuple[int, int], float]) -> list[dict[tuple[int, int], float]]:
    """The assignment falls apart into groups that overlap at all: solved one by one."""
    root: dict[tuple[str, int], tuple[str, int]] = {}

    def find(node: tuple[str, int]) -> tuple[str, int]:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for k, r in likeness:
        root[find(("k", k))] = find(("r", r))
    parts: dict[tuple[str, int], dict[tuple[int, int], float]] = defaultdict(dict)
    for (k, r), value in likeness.items():
        parts[find(("k", k))][k, r] = value
    return list(parts.values())


def _best_assignment(likeness: Mapping[tuple[int, int], float]) -> float:
    rows = {k: at for at, k in enumerate(dict.fromkeys(k for k, _ in likeness))}
    columns = {r: at for at, r in enumerate(dict.fromkeys(r for _, r in likeness))}
    table = np.zeros((len(rows), len(columns)))
    for (k, r), value in likeness.items():
        table[rows[k], columns[r]] = value
    chosen = linear_sum_assignment(table, maximize=True)
    return float(table[chosen].sum())

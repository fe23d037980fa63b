"""Does the confidence of a coding say how often it is right?

Each coded event of hand-coded documents is right where a gold mention of its type stands there
(matched as :mod:`evaluation.events` does). Within ten bins of as many events each, from the least
sure to the surest, the mean confidence is compared with the share that is right; the expected
calibration error is the mean difference, weighted by events (Naeini, Cooper and Hauskrecht,
Obtaining well calibrated probabilities using Bayesian binning, 2015).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from detente.coding.coder import Coder
from evaluation.events import coded_rows, documents, report_of, rightly_typed
from evaluation.result import Result

BINS = 10
#: The confidence of an event and whether it is right.
Outcome = tuple[float, bool]


def evaluate(path: Path) -> Result:
    """How well calibrated the confidence of coded events is, and whether it tells right from wrong.

    Args:
        path: a gold file as for :mod:`evaluation.events`.

    Returns:
        ``calibrated``: 1 − expected calibration error; ``auc``: how often a right event is surer
        than a wrong one; ``brier``: mean squared error; means of confidence and right; counts.
    """
    rows = list(_rows(path))
    found = [(float(str(row["predicted"])), bool(row["gold"])) for row in rows]
    said, right = (np.array(of, dtype=float) for of in zip(*found, strict=True))
    return Result(
        metrics={
            "coded": len(found),
            "confidence": round(float(said.mean()), 4),
            "right": round(float(right.mean()), 4),
            "calibrated": round(1 - calibration_error(found), 4),
            "auc": round(auc(found), 4),
            "brier": round(float(((said - right) ** 2).mean()), 4),
        },
        predictions=rows,
    )


def calibration_error(found: Sequence[Outcome], bins: int = BINS) -> float:
    """Mean gap between confidence and share right over bins of equal size, 0–1.

    Events of the same confidence are alike: where a bin ends among them, each counts as right as
    they are on the whole.
    """
    said, right = (np.array(of, dtype=float) for of in zip(*sorted(found), strict=True))
    _, level, size = np.unique(said, return_inverse=True, return_counts=True)
    right = (np.bincount(level, weights=right) / size)[level]
    parts = [part for part in np.array_split(said - right, bins) if len(part)]
    return sum(abs(float(part.mean())) * len(part) for part in parts) / len(said)


def auc(found: Sequence[Outcome]) -> float:
    """The share of pairs of a right and a wrong event in which the right one is surer (ties half).

    0.5 where there is no such pair.
    """
    right = np.array([said for said, holds in found if holds])
    wrong = np.array([said for said, holds in found if not holds])
    if not len(right) or not len(wrong):
        return 0.5
    above = (right[:, None] > wrong).mean() + (right[:, None] == wrong).mean() / 2
    return float(above)


def _rows(path: Path) -> Iterator[dict[str, object]]:
    coder = Coder()
    for doc, gold in documents(path).items():
        coded = coded_rows(coder, report_of(path, doc))
        same = rightly_typed(gold, coded)
        matched = {id(c) for _, c in same}
        for row in coded:
            yield {
                "id": f"{doc}:{row['start']}",
                "gold": id(row) in matched,
                "predicted": row["confidence"],
                "coder": row["coder"],
                "decided": row["kind"],
            }

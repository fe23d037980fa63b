"""From which probability the classifier may type what the lexicon leaves open, and its worth.

Measured on clauses of our own writing (``open_clauses.tsv``) that the lexicon as it stands leaves
open::

    PYTHONPATH=src:. .venv/bin/python -m training.fit_open

The threshold is the lowest from which on at least four in five of those typed are typed rightly, in
each of two halves by itself; the calibration (Platt 1999) is fitted on all. Prints the table of
reliability.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from detente.coding.attribution import attributions
from detente.coding.classifier import NONE, TypeClassifier
from detente.coding.events import mentions
from detente.coding.language import language
from detente.coding.participants import Participants
from detente.coding.undecided import undecided

HERE = Path(__file__).parent
OUT = HERE.parent / "src/detente/coding/weights/open.json"
AIM = 0.8
STEPS = [n / 20 for n in range(8, 20)]
#: The probability of the best type that is not NONE, and whether the clause is of that type.
Outcome = tuple[float, bool]


def outcomes() -> list[Outcome]:
    """One for each clause of the table that is open and that the classifier gives a type."""
    return [of for of in _outcomes() if of is not None]


def _outcomes() -> Iterator[Outcome | None]:
    lines = (HERE / "open_clauses.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    for label, doc in zip((r[0] for r in rows), language().pipe(r[1] for r in rows), strict=True):
        participants = Participants(doc, attributions(doc))
        for mention in undecided(doc, participants, mentions(doc, participants)):
            shares = TypeClassifier.load().types([mention.clause])[0]
            best = max(shares, key=lambda name: shares[name])
            yield None if best == NONE else (shares[best], best == label)


def threshold_of(found: Sequence[Outcome]) -> float:
    """The lowest step from which on at least four in five are right, in each half."""
    for step in STEPS:
        halves = [
            [right for share, right in of if share >= step] for of in (found[::2], found[1::2])
        ]
        if all(kept and sum(kept) / len(kept) >= AIM for kept in halves):
            return step
    return STEPS[-1]


def platt(found: Sequence[Outcome]) -> tuple[float, float]:
    """Slope and offset of the log odds, drawn toward 1 and 0 as by a normal prior."""
    odds = np.array([np.log(share / (1 - share)) for share, _ in found])
    right = np.array([right for _, right in found], dtype=float)

    def lost(values: Sequence[float]) -> float:
        scores = values[0] * odds + values[1]
        loss = np.logaddexp(0, scores) - right * scores
        return float(loss.sum() + (values[0] - 1) ** 2 + values[1] ** 2 / 2)

    slope, offset = minimize(lost, [1.0, 0.0], method="Nelder-Mead").x
    return round(float(slope), 3), round(float(offset), 3)


def main() -> None:
    """Chooses, fits, checks, writes."""
    found = outcomes()
    threshold = threshold_of(found)
    kept = [right for share, right in found if share >= threshold]
    slope, offset = platt(found)
    print(f"{len(found)} open clauses typed; threshold {threshold}")
    print(f"{sum(kept)} of {len(kept)} right from there on")
    for low in (0.0, 0.5, 0.7, 0.8, 0.9):
        high = {0.0: 0.5, 0.5: 0.7, 0.7: 0.8, 0.8: 0.9}.get(low, 1.01)
        inside = [(share, right) for share, right in found if low <= share < high]
        if inside:
            mean, hits = np.mean([s for s, _ in inside]), np.mean([r for _, r in inside])
            print(
                f"  {low:.1f}-{high:.1f}: {len(inside)} clauses, said {mean:.2f}, right {hits:.2f}"
            )
    body = {"threshold": threshold, "slope": slope, "offset": offset}
    OUT.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

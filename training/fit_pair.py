"""Fits how loudly the lexicon speaks beside the classifier: ``weights/pair.json``.

Uses only frames that were held out from the classifier's training, each filled several ways::

    PYTHONPATH=src:. .venv/bin/python -m training.fit_pair
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from detente.coding.classifier import NONE, TypeClassifier, senses
from detente.coding.language import language
from detente.coding.typing_pair import FITS, Evidence, combined_shares, evidence
from training.frames import Example, drawn, held_out, read_frames

OUT = Path(__file__).parent.parent / "src/detente/coding/weights/pair.json"
NAMES = ("model", *(f"{fit} {how}" for fit in FITS for how in ("framed", "bare")))
#: What one would guess; the fit is drawn toward it as by a normal prior of this deviation, because
#: own sentences are fewer, and tidier, than news.
PRIOR = {
    "model": 1.0,
    "both framed": 1.5,
    "both bare": 1.0,
    "reversed framed": 0.5,
    "reversed bare": 0.4,
    "actor framed": 1.0,
    "actor bare": 0.5,
    "recipient framed": 0.5,
    "recipient bare": 0.3,
    "elsewhere framed": 0.0,
    "elsewhere bare": 0.0,
}
DEVIATION = 0.15
Row = tuple[str, Mapping[str, float], Sequence[Evidence]]


def rows_of(examples: Sequence[Example]) -> list[Row]:
    """For each example its right type, the classifier's shares and the lexicon's evidence."""
    marked = [e.marked for e in examples]
    shares = TypeClassifier.load().types(marked)
    docs = language().pipe([m.text for m in marked], batch_size=32)
    found: list[Row] = []
    for example, of, doc in zip(examples, shares, docs, strict=True):
        right = senses()[min(example.senses)].event_type
        if right != NONE:
            without = {name: share for name, share in of.items() if name != NONE}
            found.append((right, without, evidence(doc, example.marked)))
    return found


def lost(values: Sequence[float], rows: Sequence[Row]) -> float:
    """Mean negative log share of the right type, plus the prior."""
    weights = dict(zip(NAMES, values, strict=True))
    total = 0.0
    for right, shares, found in rows:
        total -= math.log(max(combined_shares(shares, found, weights)[right], 1e-9))
    away = sum(((value - PRIOR[name]) / DEVIATION) ** 2 for name, value in weights.items())
    return (total + away / 2) / len(rows)


def right_share(values: Sequence[float], rows: Sequence[Row]) -> float:
    """Share of rows whose best type is right."""
    weights = dict(zip(NAMES, values, strict=True))
    best = [
        max((of := combined_shares(shares, found, weights)), key=lambda n: of[n]) == right
        for right, shares, found in rows
    ]
    return sum(best) / len(best)


def main() -> None:
    """Fits, reports, writes."""
    rows = rows_of(list(drawn([f for f in read_frames() if held_out(f)], 5, 3)))
    start = np.array([PRIOR[name] for name in NAMES])
    alone = [1.0] + [0.0] * (len(NAMES) - 1)
    fitted = minimize(lost, start, args=(rows,), method="L-BFGS-B", options={"maxiter": 40})
    values = [round(float(value), 3) for value in fitted.x]
    print(f"{len(rows)} rows: model alone {right_share(alone, rows):.4f}")
    print(f"with the lexicon {right_share(values, rows):.4f}, loss {lost(values, rows):.4f}")
    OUT.write_text(json.dumps(dict(zip(NAMES, values, strict=True)), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

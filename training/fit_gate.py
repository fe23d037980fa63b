"""Fits the gate: does anything happen at all, by the network's vector (``weights/gate.json``).

The network's own sense NONE was trained on few kinds of sentence; the gate is a logistic regression
on its vector of 128, fitted on many more (``sentences/none*.txt``, and the lexicon's examples that
tell of no event) against frames of every type, as if half of what is asked were nothing::

    PYTHONPATH=src:. .venv/bin/python -m training.fit_gate

Some 2 minutes on one core. Frames that are held out from the network's training measure it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from detente.coding.classifier import NONE, TypeClassifier
from training.frames import Example, Frame, drawn, held_out, read_frames
from training.sources import lexicon_examples

ROOT = Path(__file__).parent.parent
OUT = ROOT / "src/detente/coding/weights/gate.json"
#: Strength of the ridge, in units of standardised vectors.
RIDGE = 0.01
Vectors = NDArray[np.float64]


def vectors_of(examples: Sequence[Example]) -> Vectors:
    """The network's vectors, n × 128."""
    return TypeClassifier.load().vectors([e.marked for e in examples]).astype(np.float64)


def fitted(nothing: Vectors, events: Vectors) -> tuple[Vectors, float]:
    """Weights and bias of the log odds that nothing happens, both sides weighing the same."""
    table = np.vstack([nothing, events])
    right = np.r_[np.ones(len(nothing)), np.zeros(len(events))]
    heft = np.where(right == 1, 0.5 / len(nothing), 0.5 / len(events))
    middle, spread = table.mean(0), table.std(0) + 1e-6
    scaled = (table - middle) / spread

    def lost(values: Vectors) -> tuple[float, Vectors]:
        odds = scaled @ values[:-1] + values[-1]
        loss = (heft * (np.logaddexp(0, odds) - right * odds)).sum()
        away = heft * (1 / (1 + np.exp(-odds)) - right)
        slope = np.r_[scaled.T @ away + 2 * RIDGE * values[:-1], away.sum()]
        return float(loss + RIDGE * (values[:-1] ** 2).sum()), slope

    start = np.zeros(table.shape[1] + 1)
    found = minimize(lost, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    weights = found[:-1] / spread
    return weights, float(found[-1] - middle @ weights)


def parted(frames: Sequence[Frame]) -> tuple[list[Frame], list[Frame]]:
    """Frames in which nothing happens, and the others."""
    return [f for f in frames if f.sense == NONE], [f for f in frames if f.sense != NONE]


def main() -> None:
    """Fits, measures on held-out frames, writes."""
    frames = read_frames()
    nothing, events = parted([f for f in frames if not held_out(f)])
    blank = [
        e for e in lexicon_examples(ROOT / "src/detente/coding/tables/lexicon") if NONE in e.senses
    ]
    some = random.Random(1).sample(events, 2000)  # noqa: S311
    weights, bias = fitted(
        vectors_of([*drawn(nothing, 11, 4), *blank]), vectors_of(list(drawn(some, 12, 1)))
    )
    kept_nothing, kept_events = parted([f for f in frames if held_out(f)])
    odds = [
        vectors_of(list(drawn(kept, 13, times))) @ weights + bias
        for kept, times in ((kept_nothing, 4), (kept_events, 1))
    ]
    found, lost = np.mean(odds[0] > 0), np.mean(odds[1] > 0)
    print(f"held out: nothing found {found:.3f}, events taken for nothing {lost:.3f}")
    body = {"bias": round(bias, 4), "weights": [round(float(w), 4) for w in weights]}
    OUT.write_text(json.dumps(body) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

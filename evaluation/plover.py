"""PLOVER's own example records that no training has seen: the root type of the marked parties.

The records are of an older draft with CAMEO's examples: DEMAND is REQUEST, DISAPPROVE and
INVESTIGATE are ACCUSE, FIGHT is ASSAULT, and CONCEDE and RETREAT divide what CAMEO calls YIELD,
so they count as one. Those whose id hashes to an odd number are the test
(:func:`training.sources.trains`).
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from detente.coding.typing_pair import PairTyping, types_between
from evaluation.result import Result
from training.sources import plover_records

_RENAMED = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
    "CONCEDE": "YIELD",
    "RETREAT": "YIELD",
}


def evaluate(path: Path) -> Result:
    """Share of test records whose root type is right.

    Args:
        path: ``PLOVER_GSR_CAMEO.json``.

    Returns:
        ``accuracy`` over ``records``, and ``recall_<type>`` of each type.
    """
    told = {r["id"]: r["event"] for r in json.loads(path.read_text(encoding="utf-8"))}
    examples = list(plover_records(path, training=False))
    marked = [example.marked for example in examples]
    typed = types_between(marked, "plover")
    older = types_between(marked, "cameo")
    gold = [_root(told[example.origin]) for example in examples]
    predicted = [
        _drafted(_root(now.event_type), was) for now, was in zip(typed, older, strict=True)
    ]
    hits = Counter(g for g, p in zip(gold, predicted, strict=True) if g == p)
    return Result(
        metrics={
            "records": len(gold),
            "accuracy": round(sum(hits.values()) / (len(gold) or 1), 4),
            **{f"recall_{of}": round(hits[of] / n, 4) for of, n in sorted(Counter(gold).items())},
        },
        predictions=[
            {
                "id": example.origin,
                "gold": of,
                "predicted": guess,
                "confidence": round(found.confidence, 3),
                "decided": found.decided,
            }
            for example, of, guess, found in zip(examples, gold, predicted, typed, strict=True)
        ],
    )


def _drafted(root: str, older: PairTyping) -> str:
    """The draft has the promise to yield under AGREE, as CAMEO had."""
    return "AGREE" if root == "YIELD" and older.event_type == "AGREE" else root


def _root(event_type: str) -> str:
    return _RENAMED.get(event_type, event_type)

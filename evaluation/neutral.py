"""Sentences with the quad class of their event, or none: above all, that neutral ones stay empty.

The data was coded by CAMEO, whose comments and appeals are neutral, as is what is only considered
or denied (see :mod:`evaluation.cameo_terms`); every coded event is reported as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from detente.coding.coder import Coder
from detente.ontology.plover import quad_class
from detente.records import CodedEvent, Report
from evaluation.cameo_terms import cameo_root, counted
from evaluation.result import Result

_CLASSES = {
    "verbal cooperation": 1,
    "material cooperation": 2,
    "verbal conflict": 3,
    "material conflict": 4,
}
_NEUTRAL = 0


def evaluate(path: Path) -> Result:
    """False events per neutral sentence, and macro-F1 over the five classes.

    Args:
        path: tab-separated sentence and class (0 none, 1–4 as the quad classes), no header.

    Returns:
        ``events_per_neutral`` (those CAMEO would count), ``all_events_per_neutral`` (every coded
        one), ``neutral_empty`` and ``all_neutral_empty`` (shares without any of these),
        ``macro_f1`` and ``f1_0`` to ``f1_4``.
    """
    pairs = [line.rsplit("\t", 1) for line in path.read_text(encoding="utf-8").splitlines() if line]
    gold = [int(label) for _, label in pairs]
    reports = [Report(id=str(n), text=text) for n, (text, _) in enumerate(pairs, 1)]
    coded = [events for _, events in Coder().code_many(reports)]
    predicted = [predicted_class(events) for events in coded]
    empty = [events for events, label in zip(coded, gold, strict=True) if label == _NEUTRAL]
    count = len(empty) or 1
    f1 = [_f1(gold, predicted, of) for of in range(5)]
    return Result(
        metrics={
            "sentences": len(gold),
            "events_per_neutral": round(sum(map(counted, sum(empty, ()))) / count, 4),
            "neutral_empty": round(sum(not any(map(counted, e)) for e in empty) / count, 4),
            "all_events_per_neutral": round(sum(map(len, empty)) / count, 4),
            "all_neutral_empty": round(sum(not e for e in empty) / count, 4),
            "macro_f1": round(sum(f1) / len(f1), 4),
            **{f"f1_{of}": round(value, 4) for of, value in enumerate(f1)},
        },
        predictions=[
            {
                "id": report.id,
                "gold": label,
                "predicted": guess,
                "events": [[e.event_type, e.status, e.trigger.text] for e in events],
            }
            for report, label, guess, events in zip(reports, gold, predicted, coded, strict=True)
        ],
    )


def predicted_class(events: Sequence[CodedEvent]) -> int:
    """The quad class of the surest event that counts, 0 if there is none."""
    kept = [event for event in events if counted(event)]
    if not kept:
        return _NEUTRAL
    root = cameo_root(max(kept, key=lambda e: e.confidence))
    return 2 if root == "YIELD" else _CLASSES[quad_class(root)]


def _f1(gold: Sequence[int], predicted: Sequence[int], of: int) -> float:
    hits = sum(g == p == of for g, p in zip(gold, predicted, strict=True))
    total = gold.count(of) + predicted.count(of)
    return 2 * hits / total if total else 0.0

"""Factuality of event words from −3 to +3 (Lee et al., Event detection and factuality, 2015).

Every given event word is judged, whether or not we would code it. ``macro_f1`` is over three
classes: happened (≥ 1.5), uncertain (between) and did not happen (≤ −1.5); ``pearson`` is the
correlation of our certainty with the gold score, ``mae`` their mean absolute difference.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from spacy.tokens import Doc
from spacy.vocab import Vocab

from detente.coding.auxiliary import sense_of
from detente.coding.language import language
from evaluation.result import Result

CLASSES = ("happened", "uncertain", "did not")
_QUOTES = {"``": '"', "''": '"', "`": "'"}


def evaluate(path: Path) -> Result:
    """Scores every event word of a file in the UW format.

    Args:
        path: JSON lines with ``text`` (tokens parted by blanks) and ``targets`` (``span1``,
            ``label``).

    Returns:
        macro_f1, pearson, mae, f1 of each class, and the number of words.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = list(_rows(lines))
    gold = np.array([row["gold"] for row in rows], dtype=float)
    predicted = np.array([row["predicted"] for row in rows], dtype=float)
    scores = _f1(gold, predicted)
    metrics: dict[str, float | int] = {
        "macro_f1": round(sum(scores.values()) / len(scores), 4),
        "pearson": round(float(np.corrcoef(gold, predicted)[0, 1]), 4),
        "mae": round(float(np.abs(gold - predicted).mean()), 4),
        **{f"f1_{name.replace(' ', '_')}": round(score, 4) for name, score in scores.items()},
        "words": len(rows),
    }
    return Result(metrics=metrics, predictions=rows)


def class_of(score: float) -> str:
    """The class of a factuality score: happened, uncertain or did not."""
    return CLASSES[0] if score >= 1.5 else CLASSES[2] if score <= -1.5 else CLASSES[1]


def _rows(lines: list[str]) -> Iterator[dict[str, object]]:
    nlp = language()
    records = [json.loads(line) for line in lines if line.strip()]
    docs = (_tokenised(record["text"], nlp.vocab) for record in records)
    for number, (record, doc) in enumerate(zip(records, nlp.pipe(docs), strict=True), 1):
        for target in record["targets"]:
            word = doc[target["span1"][0]]
            sense = sense_of(word, published=None)
            yield {
                "id": f"{number}:{word.i}",
                "word": word.text,
                "gold": target["label"],
                "predicted": sense.certainty,
                "status": sense.status,
            }


def _tokenised(text: str, vocab: Vocab) -> Doc:
    """A document of the given words, so that our words are the data's; old quotes made plain."""
    return Doc(vocab, words=[_QUOTES.get(word, word) for word in text.split()])


def _f1(gold: np.ndarray, predicted: np.ndarray) -> dict[str, float]:
    golds = [class_of(score) for score in gold]
    ours = [class_of(score) for score in predicted]
    scores = {}
    for name in CLASSES:
        right = sum(g == o == name for g, o in zip(golds, ours, strict=True))
        total = golds.count(name) + ours.count(name)
        scores[name] = 2 * right / total if total else 0.0
    return scores

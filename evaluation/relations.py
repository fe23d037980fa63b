"""PLOVER root types between a given source and target (plv format; Hu et al., ACL 2024).

The data's gold follows CAMEO's categories, renamed (announced withdrawals AGREE, embargoes COERCE,
blockades ASSAULT), so types are asked for in that codebook; its YIELD is CONCEDE and RETREAT.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

from detente.coding.classifier import MarkedSentence, Span
from detente.coding.typing_pair import PairTyping, types_between
from detente.errors import MalformedRow
from detente.ontology.plover import quad_class
from evaluation import relations_raw
from evaluation.result import Result

_COLUMNS = frozenset({"sentence_id", "marked_sentence", "gold_root"})
_TAG = re.compile(r"<(/?)([st])>")
#: Classes of the data's gold_penta column by number.
_QUADS = {
    "verbal cooperation": 1,
    "material cooperation": 2,
    "verbal conflict": 3,
    "material conflict": 4,
}
Row = Mapping[str, str]


def evaluate(path: Path, raw: bool = False) -> Result:
    """Root and quad macro-F1 between given spans, or with ``raw`` from the bare sentences.

    Args:
        path: a plv file: tab-separated with a header.
        raw: code the bare sentence instead (``relations_raw``).

    Returns:
        ``root_macro_f1`` over the 15 roots, ``quad_macro_f1`` over the four quad classes,
        ``root_accuracy``, ``rows``.

    Raises:
        MalformedRow: if a column is missing.
    """
    rows = _read(path)
    if raw:
        return relations_raw.evaluate_rows(rows)
    marked = [marked_of(row["marked_sentence"]) for row in rows]
    typed = types_between(marked, "cameo")
    predictions = [_prediction(row, of) for row, of in zip(rows, typed, strict=True)]
    pairs = [(str(p["gold"]), str(p["predicted"])) for p in predictions]
    quads = [(str(p["gold_quad"]), str(p["predicted_quad"])) for p in predictions]
    return Result(
        metrics={
            "rows": len(rows),
            "root_macro_f1": round(macro_f1(pairs), 4),
            "quad_macro_f1": round(macro_f1(quads), 4),
            "root_accuracy": round(sum(g == p for g, p in pairs) / (len(pairs) or 1), 4),
        },
        predictions=predictions,
    )


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, delimiter="\t")
        missing = _COLUMNS - set(reader.fieldnames or ())
        if missing:
            raise MalformedRow(str(path), 1, f"no column {min(missing)}")
        return list(reader)


def marked_of(tagged: str) -> MarkedSentence:
    """Takes ``<s>``/``<t>`` tags off; of a phrase tagged several times the nearest pair is kept."""
    text, at = "", 0
    starts: dict[str, int] = {}
    spans: dict[str, list[Span]] = {"s": [], "t": []}
    for tag in _TAG.finditer(tagged):
        text += tagged[at : tag.start()]
        at = tag.end()
        if tag[1] and tag[2] in starts:
            spans[tag[2]].append(_trimmed(text, starts.pop(tag[2])))
        elif not tag[1]:
            starts[tag[2]] = len(text)
    text += tagged[at:]
    actor, recipient = _nearest(spans["s"], spans["t"])
    return MarkedSentence(text=text, actor=actor, recipient=recipient)


def _trimmed(text: str, start: int) -> Span:
    words = text[start:]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _nearest(sources: Sequence[Span], targets: Sequence[Span]) -> tuple[Span | None, Span | None]:
    if not sources or not targets:
        return next(iter(sources), None), next(iter(targets), None)
    return min(product(sources, targets), key=lambda pair: abs(pair[0][0] - pair[1][0]))


def _prediction(row: Row, typed: PairTyping) -> dict[str, object]:
    roots = root_shares(typed)
    best = max(roots, key=lambda name: roots[name])
    return {
        "id": row["sentence_id"],
        "gold": row["gold_root"],
        "predicted": best,
        "gold_quad": row.get("gold_penta", ""),
        "predicted_quad": str(quad_of(best)),
        "confidence": round(roots[best], 4),
        "decided": typed.decided,
        "entry": typed.entry,
    }


def root_shares(typed: PairTyping) -> Mapping[str, float]:
    """Shares of the data's 15 roots: those of CONCEDE and RETREAT added up as YIELD."""
    shares = dict(typed.shares)
    shares["YIELD"] = sum(shares.pop(name) for name in ("CONCEDE", "RETREAT"))
    return shares


def quad_of(root: str) -> int:
    """The data's number for a root's quad class; its YIELD is material cooperation, as CAMEO's."""
    return 2 if root == "YIELD" else _QUADS[quad_class(root)]


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Mean F1 over the classes of the gold, from pairs of gold and predicted class."""
    scores = []
    for name in sorted({gold for gold, _ in pairs}):
        right = sum(gold == predicted == name for gold, predicted in pairs)
        total = sum((gold == name) + (predicted == name) for gold, predicted in pairs)
        scores.append(2 * right / total)
    return sum(scores) / (len(scores) or 1)

"""Time expressions against TimeML documents (TimeBank of TempEval-3), scored as TempEval-3 scores.

Spans match when they overlap (relaxed), one to one. Value F1 is span F1 × the share of matched
pairs whose TIMEX3 value is the same string (UzZaman et al., SemEval-2013 task 1). The document
creation time is the anchor and not scored: only TIMEX3 inside TEXT is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from detente.resolve.dates import TimeExpression, time_expressions
from evaluation.result import Result

Gold = tuple[int, int, str, str]


def evaluate(path: Path) -> Result:
    """Scores every ``.tml`` file of the folder ``path``."""
    rows = [row for file in sorted(path.glob("*.tml")) for row in _document(file)]
    gold = sum(row["gold"] is not None for row in rows)
    found = sum(row["predicted"] is not None for row in rows)
    both = [row for row in rows if row["gold"] is not None and row["predicted"] is not None]
    span = 2 * len(both) / (gold + found) if gold + found else 0.0
    metrics = {
        "gold": gold,
        "found": found,
        "span_precision": round(len(both) / found, 4) if found else 0.0,
        "span_recall": round(len(both) / gold, 4) if gold else 0.0,
        "span_f1": round(span, 4),
        "value_accuracy": _share(both, "value"),
        "value_f1": round(span * _share(both, "value"), 4),
        "type_accuracy": _share(both, "type"),
    }
    return Result(metrics=metrics, predictions=rows)


def _share(rows: Sequence[dict[str, object]], field: str) -> float:
    def of(row: dict[str, object], side: str) -> object:
        entry = row[side]
        assert isinstance(entry, dict)
        return entry[field]

    same = sum(of(row, "gold") == of(row, "predicted") for row in rows)
    return round(same / len(rows), 4) if rows else 0.0


def _document(file: Path) -> Iterator[dict[str, object]]:
    root = ElementTree.parse(file).getroot()
    created = root.find("./DCT/TIMEX3")
    body = root.find("TEXT")
    if created is None or body is None:
        return
    anchor = date.fromisoformat(created.attrib["value"][:10])
    text, gold = _flat(body)
    found = time_expressions(text, anchor)
    pairs = _paired(gold, found)
    for g, p in pairs:
        start = g[0] if g else p.start if p else 0
        yield {
            "id": f"{file.stem}:{start}",
            "gold": {"start": g[0], "end": g[1], "type": g[2], "value": g[3]} if g else None,
            "predicted": (
                {"start": p.start, "end": p.end, "type": p.kind, "value": p.value} if p else None
            ),
            "text": text[g[0] : g[1]] if g else p.text if p else "",
            "context": re.sub(r"\s+", " ", text[max(start - 60, 0) : start + 60]),
        }


def _flat(body: ElementTree.Element) -> tuple[str, list[Gold]]:
    pieces: list[str] = []
    gold: list[Gold] = []

    def walk(element: ElementTree.Element) -> None:
        start = sum(map(len, pieces))
        pieces.append(element.text or "")
        for child in element:
            walk(child)
            pieces.append(child.tail or "")
        if element.tag == "TIMEX3":
            end = sum(map(len, pieces))
            gold.append((start, end, element.attrib["type"], element.attrib["value"]))

    walk(body)
    return "".join(pieces), gold


def _paired(
    gold: Sequence[Gold], found: Sequence[TimeExpression]
) -> list[tuple[Gold | None, TimeExpression | None]]:
    left = list(found)
    pairs: list[tuple[Gold | None, TimeExpression | None]] = []
    for g in gold:
        match = next((p for p in left if p.start < g[1] and g[0] < p.end), None)
        if match:
            left.remove(match)
        pairs.append((g, match))
    return pairs + [(None, p) for p in left]

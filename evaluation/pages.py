"""Main text of saved pages against gold text, beside the bare extractor on the same pages.

The measure is that of the article-extraction benchmark (Zyte, github.com/scrapinghub/
article-extraction-benchmark): precision and recall over runs of four words, averaged over pages.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import trafilatura

from detente.errors import UnreadableReport
from detente.read import ReadLimits, read_source
from detente.read.source import Source
from evaluation.result import Result

WIDTH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPage:
    """A page as saved, and the text that a person found in it."""

    name: str
    content: bytes
    gold: str


def evaluate(path: Path) -> Result:
    """Scores ``read`` and the bare extractor on the pages of a folder.

    Args:
        path: a folder of ``NAME.html`` beside ``NAME.txt``, or one with ``ground-truth.json``
            (name → ``articleBody``) and ``html/NAME.html.gz``.
    """
    pages = list(_benchmark(path) if (path / "ground-truth.json").exists() else _pairs(path))
    ours = [_scores(_ours(page), page.gold) for page in pages]
    bare = [_scores(_bare(page), page.gold) for page in pages]
    rows = [
        {
            "id": page.name,
            "gold": page.gold[:80],
            "predicted": round(f1, 4),
            "bare": round(other, 4),
        }
        for page, (_, _, f1), (_, _, other) in zip(pages, ours, bare, strict=True)
    ]
    precision, recall = _mean(ours, 0), _mean(ours, 1)
    metrics = {
        "pages": len(pages),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(_harmonic(precision, recall), 4),
        "bare_f1": round(_harmonic(_mean(bare, 0), _mean(bare, 1)), 4),
    }
    return Result(metrics=metrics, predictions=rows)


def _pairs(path: Path) -> Iterator[GoldPage]:
    for page in sorted(path.glob("*.html")):
        gold = page.with_suffix(".txt").read_text(encoding="utf-8")
        yield GoldPage(name=page.stem, content=page.read_bytes(), gold=gold)


def _benchmark(path: Path) -> Iterator[GoldPage]:
    told = json.loads((path / "ground-truth.json").read_text(encoding="utf-8"))
    for name, truth in sorted(told.items()):
        content = gzip.decompress((path / "html" / f"{name}.html.gz").read_bytes())
        yield GoldPage(name=name, content=content, gold=truth["articleBody"])


def _ours(page: GoldPage) -> str:
    source = Source(name=page.name, content=page.content, form="html")
    try:
        return read_source(source, limits=ReadLimits()).text
    except UnreadableReport:
        return ""


def _bare(page: GoldPage) -> str:
    return trafilatura.extract(page.content, include_comments=False) or ""


def _scores(text: str, gold: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of a text's runs of words."""
    told, wanted = _runs(text), _runs(gold)
    shared = sum((told & wanted).values())
    precision = shared / told.total() if told else float(not wanted)
    recall = shared / wanted.total() if wanted else 1.0
    return precision, recall, _harmonic(precision, recall)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    last = max(1, len(words) - WIDTH + 1) if words else 0
    return Counter(tuple(words[i : i + WIDTH]) for i in range(last))


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _mean(scores: list[tuple[float, float, float]], which: int) -> float:
    return sum(score[which] for score in scores) / max(1, len(scores))

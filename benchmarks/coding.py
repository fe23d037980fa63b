"""Our whole coding against bare spaCy over the same text."""

from __future__ import annotations

import os
from statistics import median
from typing import Any

from benchmarks.apart import Measure, Run, apart, timed
from benchmarks.texts import reports
from detente.coding.coder import Coder
from detente.coding.language import DEFAULT_MODEL


def bare(sentences: int, processes: int) -> tuple[float, float]:
    """Seconds of ``spacy.load(model).pipe`` over the texts, the floor that every coder pays."""
    import spacy  # noqa: PLC0415 - the peer, not a part of ours

    model = spacy.load(DEFAULT_MODEL)
    texts = [report.text for report in reports(sentences)]
    next(iter(model.pipe(texts[:1])))
    return timed(lambda: sum(len(doc) for doc in model.pipe(texts, n_process=processes)))


def ours(sentences: int, processes: int) -> tuple[float, float]:
    """Seconds from reports to coded events."""
    coder = Coder()
    found = reports(sentences)
    coder.code(found[0])
    return timed(lambda: sum(len(e) for _, e in coder.code_many(found, processes=processes)))


MEASURES: dict[str, Measure] = {"bare": bare, "ours": ours}


def measure(sentences: int = 3_000, pairs: int = 3) -> dict[str, Any]:
    """Side by side, in turn: one and two processes, memory, and growth.

    Args:
        sentences: of the side-by-side runs.
        pairs: how often each is run; medians are given.
    """
    one = [(_run("ours", sentences), _run("bare", sentences)) for _ in range(pairs)]
    two = [_run("ours", sentences, 2) for _ in range(pairs)]
    small, large = _run("ours", sentences), _run("ours", sentences * 10)
    seconds = median(mine.seconds for mine, _ in one)
    return {
        "sentences": sentences,
        "ours_to_bare_spacy": round(median(a.seconds / b.seconds for a, b in one), 3),
        "ours_to_bare_spacy_cpu": round(median(a.cpu_seconds / b.cpu_seconds for a, b in one), 3),
        "two_processes_speedup": round(seconds / median(run.seconds for run in two), 3),
        "sentences_per_second": round(sentences / seconds),
        "peak_mb": round(max(mine.peak_mb for mine, _ in one)),
        "bare_peak_mb": round(max(peer.peak_mb for _, peer in one)),
        "ten_times_the_text_costs": round(large.cpu_seconds / small.cpu_seconds, 2),
        "load": round(os.getloadavg()[0], 1),
    }


def _run(name: str, sentences: int, processes: int = 1) -> Run:
    return apart("benchmarks.coding", name, sentences, processes)

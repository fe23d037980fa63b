"""Our whole coding against bare spaCy over the same text; two processes; memory; stages."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.apart import Measure, Run, apart, timed
from benchmarks.stages import shares
from benchmarks.texts import reports
from detente.coding.coder import Coder
from detente.coding.language import DEFAULT_MODEL
from detente.resolve.events import resolve_report
from detente.store import open_record


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


def resolved(sentences: int, processes: int) -> tuple[float, float]:
    """Seconds from reports to resolved events, as ``detente code`` runs them."""
    coder = Coder()
    found = reports(sentences)
    resolve_report(found[0], coder.code(found[0]))
    coded = coder.code_then
    return timed(lambda: sum(len(e) for _, e in coded(resolve_report, found, processes)))


MEASURES: dict[str, Measure] = {"bare": bare, "ours": ours, "resolved": resolved}


def measure(sentences: int = 3_000, pairs: int = 3) -> dict[str, Any]:
    """Side by side, in turn: one and two processes, memory, growth, and shares of the stages.

    Args:
        sentences: of the side-by-side runs.
        pairs: how often each is run; medians are given.
    """
    names = ("ours", "bare", "resolved")
    one = [{name: _run(name, sentences) for name in names} for _ in range(pairs)]
    two = [{name: _run(name, sentences, 2) for name in names} for _ in range(pairs)]
    small, large = _run("ours", sentences // 3), _run("ours", sentences // 3 * 10)

    def speedup(name: str) -> float:
        return round(_median(one, name) / _median(two, name), 3)

    return {
        "sentences": sentences,
        "ours_to_bare_spacy": round(median(r["ours"].seconds / r["bare"].seconds for r in one), 3),
        "ours_to_bare_spacy_cpu": round(
            median(r["ours"].cpu_seconds / r["bare"].cpu_seconds for r in one), 3
        ),
        "resolved_to_bare_spacy_cpu": round(
            median(r["resolved"].cpu_seconds / r["bare"].cpu_seconds for r in one), 3
        ),
        "two_processes_speedup": speedup("ours"),
        "two_processes_speedup_resolved": speedup("resolved"),
        "two_processes_speedup_of_bare_spacy": speedup("bare"),
        "two_processes_cpu": round(
            median(r["ours"].cpu_seconds for r in two) / median(r["ours"].cpu_seconds for r in one),
            3,
        ),
        "sentences_per_second": round(sentences / _median(one, "ours")),
        "sentences_per_second_two_processes": round(sentences / _median(two, "ours")),
        "peak_mb": round(max(r["ours"].peak_mb for r in (*one, *two))),
        "bare_peak_mb": round(max(r["bare"].peak_mb for r in one)),
        "ten_times_the_text_costs": round(large.cpu_seconds / small.cpu_seconds, 2),
        "stages": profile(sentences // 3),
        "load": round(os.getloadavg()[0], 1),
    }


def profile(sentences: int) -> dict[str, float]:
    """Shares of the stages in the processor time from reports to a record."""
    coder = Coder()
    found = reports(sentences)
    with tempfile.TemporaryDirectory() as folder, open_record(Path(folder) / "made.db") as record:
        record.add(found[0], resolve_report(found[0], coder.code(found[0])))

        def whole() -> None:
            for report, events in coder.code_then(resolve_report, found[1:]):
                record.add(report, events)

        return shares(whole)


def _median(runs: list[dict[str, Run]], name: str) -> float:
    return median(run[name].seconds for run in runs)


def _run(name: str, sentences: int, processes: int = 1) -> Run:
    return apart("benchmarks.coding", name, sentences, processes)

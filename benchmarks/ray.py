"""``--on ray`` on this machine: two workers beside one, a worker beside a run without Ray.

The clock of a run starts when Ray and its workers stand: a session and a model a worker cost the
same for ten reports as for ten million, and are given apart.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.texts import reports

PARTS = 24
_THREADS = dict.fromkeys(("OMP_NUM_THREADS", "POLARS_MAX_THREADS", "RAYON_NUM_THREADS"), "1")


def measure(sentences: int = 6_000, pairs: int = 3) -> dict[str, Any]:
    """Throughput of one and two workers in turn, medians of ``pairs``.

    Args:
        sentences: altogether, in parts of equal number of reports.
        pairs: how often each is run.
    """
    with tempfile.TemporaryDirectory() as name:
        news = _written(Path(name) / "news", sentences)
        runs: dict[int, list[dict[str, float]]] = {1: [], 2: []}
        for number in range(pairs):
            for workers, of in runs.items():
                of.append(_run(news, Path(name) / f"parts-{workers}-{number}", workers))
        here = [_run(news, Path(name), 0) for _ in range(pairs)]
    coding = {workers: median(run["coding"] for run in of) for workers, of in runs.items()}
    whole = {workers: median(run["whole"] for run in of) for workers, of in runs.items()}
    return {
        "sentences": sentences,
        "parts": PARTS,
        "two_workers_to_one": round(coding[1] / coding[2], 3),
        "two_workers_to_one_with_start": round(whole[1] / whole[2], 3),
        "two_workers_cpu_to_one": round(
            median(r["cpu"] for r in runs[2]) / median(r["cpu"] for r in runs[1]), 3
        ),
        "one_worker_to_no_ray": round(coding[1] / median(run["coding"] for run in here), 3),
        "seconds": {f"{workers} workers": round(of, 2) for workers, of in coding.items()},
        "seconds_of_start": round(median(run["start"] for run in runs[2]), 1),
        "load": round(os.getloadavg()[0], 1),
    }


def _written(folder: Path, sentences: int) -> Path:
    """Archives of JSON Lines, each with every n-th report, so that they cost about the same."""
    folder.mkdir()
    found = reports(sentences)
    for part in range(PARTS):
        lines = (
            json.dumps({"text": r.text, "title": f"{part}-{n}"})
            for n, r in enumerate(found[part::PARTS])
        )
        (folder / f"{part:03}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def _run(news: Path, parts: Path, workers: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.ray", str(news), str(parts), str(workers)]
    output = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **_THREADS}
    ).stdout
    found: dict[str, float] = json.loads(output.splitlines()[-1])
    return found


def _main() -> None:
    news, parts, workers = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    began = time.time()
    found = _spread(news, parts, workers) if workers else _here(news, parts)
    print(json.dumps({**found, "whole": time.time() - began}))


def _spread(news: Path, parts: Path, workers: int) -> dict[str, float]:
    """By the clocks that the workers write into the manifest."""
    from detente.spread import code_spread, written_in  # noqa: PLC0415

    began = time.time()
    for _ in code_spread([news], [], parts, workers=workers):
        pass
    written = written_in(parts).values()
    first = min(each.began for each in written)
    return {
        "coding": max(each.ended for each in written) - first,
        "start": first - began,
        "cpu": sum(each.cpu_seconds for each in written),
    }


def _here(news: Path, parts: Path) -> dict[str, float]:
    """The same parts, read, coded and written by this process."""
    from detente.coding.coder import Coder  # noqa: PLC0415
    from detente.resolve.events import resolve_report  # noqa: PLC0415
    from detente.spread import parts_of, write_part  # noqa: PLC0415

    coder = Coder()
    coder.warm(resolve_report)
    spent = time.process_time()
    began = time.time()
    for part in parts_of([news], []):
        write_part(coder, part, parts, None)
    return {"coding": time.time() - began, "start": 0.0, "cpu": time.process_time() - spent}


if __name__ == "__main__":
    _main()

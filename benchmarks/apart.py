"""One measured run in a process of its own: seconds and peak memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

#: Measures that a child process can run: name → function(sentences, processes) → seconds.
Measure = Callable[[int, int], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Seconds of the measured part, and the peak memory of the process in MB."""

    seconds: float
    peak_mb: float


def apart(module: str, measure: str, sentences: int, processes: int = 1) -> Run:
    """Runs ``measure`` of ``module`` in a fresh process.

    Raises:
        subprocess.CalledProcessError: if it fails; its own error stands on standard error.
    """
    command = [sys.executable, "-m", "benchmarks.apart", module, measure]
    command += [str(sentences), str(processes)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    found = json.loads(output.splitlines()[-1])
    return Run(seconds=found["seconds"], peak_mb=found["peak_mb"])


def _main() -> None:
    module, measure, sentences, processes = sys.argv[1:]
    measures: dict[str, Measure] = __import__(module, fromlist=["MEASURES"]).MEASURES
    seconds = measures[measure](int(sentences), int(processes))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps({"seconds": seconds, "peak_mb": max(own, children) / 1024}))


def timed(work: Callable[[], object]) -> float:
    """Seconds of wall-clock time that ``work`` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    _main()

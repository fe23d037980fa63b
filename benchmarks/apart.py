"""One measured run in a process of its own: seconds and peak memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

#: What a child process can run: function(sentences, processes) → seconds by clock and processor.
Measure = Callable[[int, int], tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Seconds of the measured part by the clock and of the processor, and peak memory in MB.

    On a machine that others use too, the processor's seconds are the steadier measure.
    """

    seconds: float
    cpu_seconds: float
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
    return Run(**found)


def _main() -> None:
    module, measure, sentences, processes = sys.argv[1:]
    measures: dict[str, Measure] = __import__(module, fromlist=["MEASURES"]).MEASURES
    seconds, cpu_seconds = measures[measure](int(sentences), int(processes))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(
        json.dumps(
            {"seconds": seconds, "cpu_seconds": cpu_seconds, "peak_mb": max(own, children) / 1024}
        )
    )


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds that ``work`` takes, by the clock and of the processor, its children included."""
    began, spent = time.perf_counter(), _spent()
    work()
    return time.perf_counter() - began, _spent() - spent


def _spent() -> float:
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


if __name__ == "__main__":
    _main()

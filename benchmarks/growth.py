"""Whether the cost of coding grows with the text and no faster: 1,000 to 100,000 sentences."""

from __future__ import annotations

import os
from itertools import pairwise
from typing import Any

from benchmarks.apart import apart

SIZES = (1_000, 10_000, 100_000)


def measure() -> dict[str, Any]:
    """Processor seconds and peak memory of each size, each in a process of its own."""
    runs = {size: apart("benchmarks.coding", "ours", size) for size in SIZES}
    seconds = {size: run.cpu_seconds for size, run in runs.items()}
    return {
        "cpu_seconds": {size: round(of, 1) for size, of in seconds.items()},
        "peak_mb": {size: round(run.peak_mb) for size, run in runs.items()},
        "ten_times_the_text_costs": {
            f"{small} → {large}": round(seconds[large] / seconds[small], 2)
            for small, large in pairwise(SIZES)
        },
        "load": round(os.getloadavg()[0], 1),
    }

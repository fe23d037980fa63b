"""Link forecasting on made-up streams of the published sets' shapes: seconds and peak memory.

``python -m benchmarks.links SHAPE [--keep DIR] [--scale 0.1]``: SHAPE is one of :data:`SHAPES`.
Entities and relations are drawn by Zipf's law, most facts are repetitions of earlier ones, the
lately told likelier; where facts last (``lasting``), a step repeats most of the step before. The
figures say what a set of that size costs, nothing about how well it is forecast.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from detente.assess.links.stream import Floats, Ints
from evaluation.forecast import evaluate

SEED = 20260101
#: Half of the repetitions are of the last so many facts, half of any.
LATELY = 20_000
REPEATED = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The size of a set.

    Attributes:
        entities, relations: how many.
        facts: of training, validation and test.
        steps: of all three together; ``width`` is the time between two, in the file's unit.
        lasting: the share of a step's facts that hold in the next as well.
    """

    entities: int
    relations: int
    facts: tuple[int, int, int]
    steps: int
    width: int
    lasting: float = 0.0


SHAPES = {
    "ICEWS14": Shape(
        entities=7_128, relations=230, facts=(74_845, 8_514, 7_371), steps=365, width=24
    ),
    "ICEWS18": Shape(
        entities=23_033, relations=256, facts=(373_018, 45_995, 49_545), steps=304, width=24
    ),
    "ICEWS05-15": Shape(
        entities=10_488, relations=251, facts=(368_868, 46_302, 46_159), steps=4_017, width=24
    ),
    "GDELT": Shape(
        entities=7_691, relations=240, facts=(1_734_399, 238_765, 305_241), steps=2_976, width=15
    ),
    "WIKI": Shape(
        entities=12_554,
        relations=24,
        facts=(539_286, 67_538, 63_110),
        steps=232,
        width=1,
        lasting=0.93,
    ),
    "YAGO": Shape(
        entities=10_623,
        relations=10,
        facts=(161_540, 19_523, 20_026),
        steps=189,
        width=1,
        lasting=0.93,
    ),
}


def scaled(shape: Shape, scale: float) -> Shape:
    """A set with ``scale`` times the facts and steps (at least 10 steps)."""
    train, valid, test = (max(30, int(count * scale)) for count in shape.facts)
    return replace(shape, facts=(train, valid, test), steps=max(10, int(shape.steps * scale)))


def stream(shape: Shape) -> Ints:
    """Facts of a made-up set in order of time: shape (n, 4), subject, relation, object, time."""
    random = np.random.default_rng(SEED)
    total = sum(shape.facts)
    sizes = np.diff(np.linspace(0, total, shape.steps + 1).astype(np.int64))
    if shape.lasting:  # sets of lasting facts grow with time
        growth = np.linspace(0.2, 1.8, shape.steps)
        sizes = np.maximum(1, (sizes * growth).astype(np.int64))
    told = np.empty((int(sizes.sum()), 4), np.int64)
    end = 0
    for step, size in enumerate(sizes.tolist()):
        told[end : end + size, :3] = _step(random, shape, told[:end, :3], size, step)
        told[end : end + size, 3] = step * shape.width
        end += size
    return told


def _step(random: np.random.Generator, shape: Shape, before: Ints, size: int, step: int) -> Ints:
    """The facts of one step: shape (size, 3)."""
    found = np.column_stack(
        [
            _zipf(random, shape.entities, size),
            _zipf(random, shape.relations, size),
            _zipf(random, shape.entities, size),
        ]
    )
    if not len(before):
        return found
    if shape.lasting:
        kept = min(int(size * shape.lasting), len(before))
        found[:kept] = before[len(before) - kept :]
        return found
    again = random.random(size) < REPEATED
    first = np.where(random.random(size) < 0.5, max(0, len(before) - LATELY), 0)
    found[again] = before[random.integers(first, len(before))][again]
    return found


def _zipf(random: np.random.Generator, most: int, size: int) -> Ints:
    """Ids below ``most``, the n-th with a probability that falls as 1/n."""
    odds: Floats = 1 / np.arange(1.0, most + 1)
    return np.searchsorted(np.cumsum(odds / odds.sum()), random.random(size)).clip(0, most - 1)


def write(shape: Shape, folder: Path) -> None:
    """Writes ``train.txt``, ``valid.txt`` and ``test.txt``, split between two steps."""
    told = stream(shape)
    times = told[:, 3]
    bounds = np.cumsum(shape.facts[:2]) * len(told) // sum(shape.facts)
    first, second = np.searchsorted(times, times[bounds])
    folder.mkdir(parents=True, exist_ok=True)
    parts = zip(("train", "valid", "test"), np.split(told, [first, second]), strict=True)
    for name, facts in parts:
        np.savetxt(folder / f"{name}.txt", facts, fmt="%d", delimiter="\t")


def measure(name: str = "ICEWS18", scale: float = 1.0, keep: Path | None = None) -> object:
    """Wall and CPU seconds, peak memory in MB and the figures of one whole evaluation."""

    with tempfile.TemporaryDirectory() as spare:
        folder = keep or Path(spare)
        write(scaled(SHAPES[name], scale), folder)
        wall, cpu = time.perf_counter(), time.process_time()
        figures = evaluate(folder).metrics
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = {"wall seconds": round(wall), "cpu seconds": round(cpu)}
    return {"shape": name, "scale": scale, **seconds, "peak MB": own // 1024, **figures}


def main() -> None:
    """Measures the shape named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.links", description=__doc__)
    parser.add_argument("shape", choices=SHAPES)
    parser.add_argument("--keep", type=Path, help="write the set here and leave it")
    parser.add_argument("--scale", type=float, default=1.0, help="times the facts and steps")
    arguments = parser.parse_args()
    json.dump(measure(arguments.shape, arguments.scale, arguments.keep), sys.stdout, indent=2)


if __name__ == "__main__":
    main()

"""Fuzzing led by coverage: atheris changes inputs that reach new code of the readers.

python -m tests.faults.guided KIND FOLDER [OPTION…]     one kind, until its time is up (a child)
"""

from __future__ import annotations

import logging
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

#: Packages whose branches are watched: ours, and those that take our input apart.
WATCHED = ("detente", "trafilatura", "htmldate", "email", "json")
#: How many seeds a kind begins with.
SEEDS = 40
#: The fuzzer's own bounds: seconds for one input, megabytes, and the longest input in bytes.
BOUNDS = (
    "-timeout=60",
    "-rss_limit_mb=3072",
    "-max_len=20000",
    "-verbosity=0",
    "-print_final_stats=1",
)


def run_all(kinds: Sequence[object], seconds: float, folder: Path) -> int:
    """Fuzzes each kind for its part of the time; returns 1 if one of them found a fault."""
    names = [name for kind in kinds if (name := getattr(kind, "name", "")) != "bomb"]
    found = 0
    for name in names:
        code, told = run(name, folder, f"-max_total_time={max(1, round(seconds / len(names)))}")
        runs = [line for line in told.splitlines() if "number_of_executed_units" in line]
        count = runs[-1].split()[-1] if runs else "?"
        print(f"{name:7s} {count} inputs: {'FAULT' if code else 'no fault'}", flush=True)
        if code:
            print(told[-4000:], flush=True)
        found += bool(code)
    return 1 if found else 0


def run(name: str, folder: Path, *options: str) -> tuple[int, str]:
    """Fuzzes one kind in a process of its own; its exit code and what it said."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-W", "ignore", "-m", "tests.faults.guided", name, str(folder)]
    done = subprocess.run([*command, *options], capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def _fuzz(name: str, folder: Path, options: Sequence[str]) -> None:
    import atheris

    with atheris.instrument_imports(include=list(WATCHED)):
        from tests.faults.kinds import KINDS, input_of
    kind = KINDS[name]
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as made:
        corpus = Path(made) / "corpus"
        corpus.mkdir()
        made_here = [input_of(kind, 7, number) for number in range(SEEDS)]
        endings = sorted({ending for ending, _ in made_here})
        for number, (ending, content) in enumerate(made_here):
            first = endings.index(ending).to_bytes()
            (corpus / str(number)).write_bytes(first + content[:20_000])

        def take(content: bytes) -> None:
            ending = endings[content[0] % len(endings)] if content else endings[0]
            path = Path(made) / f"guided{ending}"
            path.write_bytes(content[1:])
            kind.take(path)

        random.seed(7)
        artifacts = f"-artifact_prefix={folder}/guided-{name}-"
        atheris.Setup([name, str(corpus), "-seed=7", artifacts, *BOUNDS, *options], take)
        atheris.Fuzz()


if __name__ == "__main__":
    _fuzz(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])

"""Hostile and random inputs by the thousand: what becomes of them, counted by kind.

    python -m tests.faults [--inputs N] [--seed N] [--only KIND,…]    counts, and each fault's file
    python -m tests.faults --guided SECONDS [--only KIND,…]           led by coverage, by atheris

Exit code 1 if there was a fault. An input is made anew from the seed, its kind and its number.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.faults import guided
from tests.faults.kinds import KINDS, Kind, input_of
from tests.faults.trial import Tally, tried

KEPT = Path("out/faults")
SEED = 20181024


def main(arguments: Sequence[str]) -> int:
    """Runs what is asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", default=",".join(KINDS))
    parser.add_argument("--guided", type=float, default=0.0, metavar="SECONDS")
    asked = parser.parse_args(arguments)
    kinds = [KINDS[name] for name in asked.only.split(",")]
    if asked.guided:
        return guided.run_all(kinds, asked.guided, KEPT)
    print(f"seed {asked.seed}", flush=True)
    tallies = []
    for kind in kinds:
        tallies.append(tried(kind, asked.seed, max(1, asked.inputs * kind.share // 1000)))
        print(_line(tallies[-1]), flush=True)
        _keep_faults(tallies[-1], kind, asked.seed)
    faults = sum(len(tally.faults) for tally in tallies)
    print(f"{sum(tally.count() for tally in tallies)} inputs, {faults} faults")
    return 1 if faults else 0


def _line(tally: Tally) -> str:
    told = ", ".join(f"{count} {what}" for what, count in sorted(tally.outcomes.items()))
    worst = f"slowest {tally.seconds:.1f} s (number {tally.slowest}), at most {tally.megabytes} MB"
    return f"{tally.kind:7s} {tally.count():6d} inputs: {told}; {worst}"


def _keep_faults(tally: Tally, kind: Kind, seed: int) -> None:
    for fault in tally.faults:
        KEPT.mkdir(parents=True, exist_ok=True)
        ending, content = input_of(kind, seed, fault.number)
        path = KEPT / f"{kind.name}-{seed}-{fault.number}{ending}"
        path.write_bytes(content)
        path.with_name(path.name + ".told").write_text(fault.told, "utf-8")
        last = (fault.told.strip().splitlines() or [""])[-1]
        print(f"FAULT {fault.what} of {path} (more beside it): {last[:200]}", flush=True)


sys.exit(main(sys.argv[1:]))

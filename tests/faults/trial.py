"""Hostile inputs tried in a process of their own, under bounds of time and memory.

    python -m tests.faults.trial KIND SEED FIRST LAST     one line of JSON an input (run as a child)

A fault is any outcome but ``read``, ``part`` and ``refused``: an error that is not ours, too long
without an outcome, too much memory, the end of the process.
"""

from __future__ import annotations

import gc
import json
import logging
import resource
import selectors
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.kinds import KINDS, Kind, input_of

#: Seconds of processor time and bytes of memory that one input may cost.
MOST_SECONDS = 10.0
MOST_BYTES = 2 * 1024**3
#: Seconds on the clock without an outcome after which a child is ended, however busy the machine.
PATIENCE = 120.0
FINE = ("read", "part", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """An input that did what none may do."""

    kind: str
    number: int
    what: str
    told: str = ""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What became of the inputs of a kind; ``seconds`` and ``megabytes`` are the worst of them."""

    kind: str
    outcomes: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    slowest: int = 0
    megabytes: int = 0
    faults: list[Fault] = field(default_factory=list)

    def count(self) -> int:
        """How many inputs were tried."""
        return sum(self.outcomes.values())


# ── The child ─────────────────────────────────────────────────────────────────────────────────


def run_child(arguments: Sequence[str]) -> None:
    """Tries the inputs of a range and tells of each on standard output."""
    kind, seed = KINDS[arguments[0]], int(arguments[1])
    logging.disable(logging.CRITICAL)
    _warm_up(kind)
    mapped = int(Path("/proc/self/statm").read_text("utf-8").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + MOST_BYTES, resource.RLIM_INFINITY))
    with tempfile.TemporaryDirectory() as folder:
        for number in range(int(arguments[2]), int(arguments[3])):
            print(json.dumps(_tried(kind, seed, number, Path(folder))), flush=True)


def _warm_up(kind: Kind) -> None:
    """Loads models and tables, which are no input's cost."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "first.txt"
        path.write_text("Russia recalled its envoy on Tuesday, the ministry said.", "utf-8")
        if kind.name in ("coded", "date", "table", "site"):
            kind.take(path)
        else:
            KINDS["html"].take(path)


def _tried(kind: Kind, seed: int, number: int, folder: Path) -> dict[str, object]:
    ending, content = input_of(kind, seed, number)
    path = folder / f"hostile{ending}"
    path.write_bytes(content)
    del content
    began, told = time.process_time(), ""
    try:
        outcome: str = kind.take(path)
    except MemoryError:
        outcome = "memory"
    except BaseException:
        outcome, told = "crash", traceback.format_exc()
    seconds = time.process_time() - began
    if outcome in FINE and seconds > MOST_SECONDS:
        outcome = "slow"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    if outcome in FINE and peak > MOST_BYTES:
        outcome = "memory"
    if outcome == "memory":
        gc.collect()
    return {"n": number, "what": outcome, "s": seconds, "mb": peak >> 20, "told": told}


# ── The parent ────────────────────────────────────────────────────────────────────────────────


def tried(kind: Kind, seed: int, count: int) -> Tally:
    """Tries so many inputs of a kind; a child that ends or hangs is replaced behind that input."""
    tally, following = Tally(kind=kind.name), 0
    while following < count:
        told = ""
        for line in _lines(kind, seed, following, count):
            if not line.startswith("{"):
                told = line
                continue
            _note(tally, json.loads(line))
            following += 1
        if following < count:
            what = "hang" if told == "hang" else "death"
            tally.outcomes[what] += 1
            tally.faults.append(Fault(kind=kind.name, number=following, what=what, told=told))
            following += 1
    return tally


def _note(tally: Tally, line: dict[str, object]) -> None:
    what, number = str(line["what"]), int(str(line["n"]))
    seconds = float(str(line["s"]))
    tally.outcomes[what] += 1
    if seconds > tally.seconds:
        tally.seconds, tally.slowest = seconds, number
    tally.megabytes = max(tally.megabytes, int(str(line["mb"])))
    if what not in FINE:
        told = str(line["told"]) or f"{seconds:.1f} s, {line['mb']} MB"
        tally.faults.append(Fault(kind=tally.kind, number=number, what=what, told=told))


def _lines(kind: Kind, seed: int, first: int, last: int) -> Iterator[str]:
    """What a child tells, until it ends; ``hang`` when it has said nothing for too long."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.faults.trial"]
    asked = [kind.name, str(seed), str(first), str(last)]
    with (
        subprocess.Popen([*command, *asked], stdout=subprocess.PIPE, bufsize=0) as child,
        selectors.DefaultSelector() as selector,
    ):
        assert child.stdout is not None
        selector.register(child.stdout, selectors.EVENT_READ)
        rest = b""
        while True:
            if not selector.select(PATIENCE):
                child.kill()
                yield "hang"
                return
            if not (part := child.stdout.read(65_536)):
                break
            *whole, rest = (rest + part).split(b"\n")
            yield from (line.decode("utf-8") for line in whole)


if __name__ == "__main__":
    run_child(sys.argv[1:])

"""Where the time goes: shares of processor time by stage, from samples of the stack.

A timer of processor time interrupts the work a thousand times a second; the time since the sample
before counts for the stage that the innermost telling frame belongs to. Long calls into C are told
when they return, in the frame that called them.
"""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable
from types import FrameType

_EVERY = 0.001
#: Stages by the modules of their frames; the first that a stack has a frame of, from these.
_OUTER = (("store", "detente.store."), ("resolve", "detente.resolve."))
#: The same, from the innermost frame outwards.
_INNER = (
    ("screen", "detente.coding.screening"),
    ("names", "detente.gazetteer."),
    ("entities", "detente.coding.entities"),
    ("attribution", "detente.coding.attribution"),
    ("names", "detente.coding.named"),
    ("parse", "detente.coding.tagging"),
    ("parse", "detente.coding.boundaries"),
    ("classifier", "detente.coding.classifier"),
    ("parse", "spacy.util:_pipe"),  # of the model itself: components of ours have their own
    ("parse", "detente.coding.coder:code_batch"),
    ("code", "detente.coding."),
    ("read", "detente.read."),
)


def shares(work: Callable[[], object]) -> dict[str, float]:
    """Runs ``work``; the share of each stage in its processor time, the largest first.

    Returns:
        Shares that together make 1: read, screen, names, parse (tags, labels and lemmas included),
        entities, code, attribution, classifier, resolve, store, and other.
    """
    spent: Counter[str] = Counter()
    last = time.process_time()

    def sample(_: int, frame: FrameType | None) -> None:
        nonlocal last
        now = time.process_time()
        spent[_stage(frame)] += now - last  # type: ignore[assignment]
        last = now

    before = signal.signal(signal.SIGPROF, sample)
    signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
    try:
        work()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    total = sum(spent.values()) or 1
    return {stage: round(seconds / total, 3) for stage, seconds in spent.most_common()}


def _stage(frame: FrameType | None) -> str:
    names = []
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        names.append(f"{name}:{frame.f_code.co_name}")
        frame = frame.f_back
    for stage, module in _OUTER:
        if any(name.startswith(module) for name in names):
            return stage
    return next((stage for name in names for stage, of in _INNER if name.startswith(of)), "other")

"""Several processes at one task: forked, so that they share the model; results in order.

A process that is killed (out of memory, by hand) costs its batches a second try, not the run.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any

from detente.errors import InputError
from detente.records import CodedEvent, Report

Batch = Sequence[Report]
Coded = list[tuple[CodedEvent, ...]]
#: How often a batch is given to a process before it is given up.
TRIES = 3
_AHEAD = 2
_work: Callable[[Batch], Coded] | None = None


def side_by_side(
    work: Callable[[Batch], Coded], batches: Iterable[Batch], processes: int
) -> Iterator[tuple[Batch, Coded]]:
    """Does ``work`` on every batch in one of ``processes`` forked processes.

    Args:
        work: what the processes do; they have this process's memory as it is now.
        batches: at most two a process are read ahead.
        processes: how many.

    Yields:
        Each batch with what became of it, in the order given.

    Raises:
        InputError: if a batch ends its process each time it is tried.
    """
    global _work  # noqa: PLW0603 - a forked process finds its work here: a bound model is no argument
    _work = work
    remaining = iter(batches)
    waiting: deque[Batch] = deque()
    tries = 0
    while True:
        waiting.extend(islice(remaining, _AHEAD * processes - len(waiting)))
        if not waiting:
            return
        try:
            with _pool(processes) as pool:
                for batch, coded in _in_order(pool, waiting, remaining):
                    yield batch, coded
                    tries = 0
        except BrokenProcessPool:
            tries += 1
            if tries == TRIES:
                ids = ", ".join(r.url or r.id for r in waiting[0])
                raise InputError(ids, "coding one of these ends its process each time") from None


def _in_order(
    pool: ProcessPoolExecutor, waiting: deque[Batch], remaining: Iterator[Batch]
) -> Iterator[tuple[Batch, Coded]]:
    """Results as they are due; a batch leaves ``waiting`` only when its result is here."""
    under_way: deque[Future[Coded]] = deque(pool.submit(_do, batch) for batch in waiting)
    while under_way:
        coded = under_way.popleft().result()
        batch = waiting.popleft()
        for following in islice(remaining, 1):
            waiting.append(following)
            under_way.append(pool.submit(_do, following))
        yield batch, coded


def _pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork"))


def _do(batch: Batch) -> Any:
    assert _work is not None
    return _work(batch)

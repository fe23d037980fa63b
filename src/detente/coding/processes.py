"""Several processes at one task: forked, so that they share the model; results in order.

Batches are of like length, not of like number: one of sixteen long reports would keep a process
busy long after the others are through. They are done in the order of reading, and once all are
read, the longest first, so that the processes end together. A process that is killed (out of
memory, by hand) costs its batches a second try, not the run.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from detente.errors import InputError
from detente.records import Report

Done = TypeVar("Done")
Batch = Sequence[Report]
#: How often a batch is given to a process before it is given up.
TRIES = 3
#: Characters of a batch, if it has more than one report, and reports of a batch.
LONGEST, MOST = 8_000, 16
#: Batches a process that are read ahead, and that are given out ahead.
_AHEAD, _GIVEN = 8, 3
_work: Callable[[Batch], Sequence[Any]] | None = None


def batches_of(reports: Iterable[Report]) -> Iterator[list[Report]]:
    """The reports in batches of about equal length, in the order given."""
    batch: list[Report] = []
    length = 0
    for report in reports:
        if batch and (length + len(report.text) > LONGEST or len(batch) == MOST):
            yield batch
            batch, length = [], 0
        batch.append(report)
        length += len(report.text)
    if batch:
        yield batch


@dataclass(slots=True, eq=False)
class _Place(Generic[Done]):
    """A batch in the queue, and what became of it so far."""

    batch: Batch
    future: Future[Sequence[Done]] | None = None
    done: Sequence[Done] | None = None

    @property
    def length(self) -> int:
        return sum(len(report.text) for report in self.batch)


class _Queue(Generic[Done]):
    """Batches read and not yet yielded, in order."""

    def __init__(self, batches: Iterable[Batch], processes: int) -> None:
        self._remaining = iter(batches)
        self._processes = processes
        self._places: deque[_Place[Done]] = deque()
        self._all_read = False

    def fill(self) -> bool:
        """Reads ahead; whether any batch is left."""
        wanted = _AHEAD * self._processes - len(self._places)
        read = [_Place[Done](batch) for batch in islice(self._remaining, wanted)]
        self._all_read = len(read) < wanted
        self._places.extend(read)
        return bool(self._places)

    def give(self, pool: ProcessPoolExecutor, *, alone: bool) -> None:
        """Gives batches out, so many that no process waits; ``alone``: one at a time."""
        idle = [p for p in self._places if p.future is None and p.done is None]
        if self._all_read:
            idle.sort(key=lambda place: -place.length)
        given = sum(place.future is not None for place in self._places)
        most = 1 if alone else _GIVEN * self._processes
        for place in idle[: max(0, most - given)]:
            place.future = pool.submit(_do, place.batch)

    def collect(self) -> Iterator[tuple[Batch, Sequence[Done]]]:
        """Waits for a result; yields those that are due.

        Raises:
            BrokenProcessPool: if a process ended before its time.
        """
        wait(
            [place.future for place in self._places if place.future is not None],
            return_when=FIRST_COMPLETED,
        )
        for place in self._places:
            if place.future is not None and place.future.done():
                place.done, place.future = place.future.result(), None
        while self._places and (done := self._places[0].done) is not None:
            yield self._places.popleft().batch, done

    def recall(self) -> list[Batch]:
        """Takes back what was given out; the batches of which no result has come."""
        given = [place for place in self._places if place.future is not None]
        for place in given:
            place.future = None
        return [place.batch for place in given]


def side_by_side(
    work: Callable[[Batch], Sequence[Done]], batches: Iterable[Batch], processes: int
) -> Iterator[tuple[Batch, Sequence[Done]]]:
    """Does ``work`` on every batch in one of ``processes`` forked processes.

    Args:
        work: what the processes do; they have this process's memory as it is now.
        batches: at most eight a process are read ahead.
        processes: how many.

    Yields:
        Each batch with what became of it, in the order given.

    Raises:
        InputError: if a batch ends its process each time it is tried.
    """
    global _work  # noqa: PLW0603 - a forked process finds its work here: a bound model is no argument
    _work = work
    queue = _Queue[Done](batches, processes)
    tries = 0
    while queue.fill():
        try:
            with _pool(processes) as pool:
                while queue.fill():
                    queue.give(pool, alone=tries > 0)  # after a death, so that it is clear whose
                    for found in queue.collect():
                        yield found
                        tries = 0
        except BrokenProcessPool:
            tries += 1
            lost = queue.recall()
            if tries == TRIES:
                ids = ", ".join(r.url or r.id for batch in lost for r in batch)
                raise InputError(ids, "coding one of these ends its process each time") from None


@contextmanager
def _pool(processes: int) -> Iterator[ProcessPoolExecutor]:
    """Forked processes. The collector keeps off what they share: its marks would copy the pages."""
    gc.freeze()
    try:
        with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork")) as pool:
            yield pool
    finally:
        gc.unfreeze()


def without_threads() -> None:
    """Keeps the tokenizers library from threads of its own, which a fork would not bring along."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def _do(batch: Batch) -> Any:
    assert _work is not None
    return _work(batch)

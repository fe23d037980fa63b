"""Feeds watched, and what is new in them kept: what ``detente watch`` runs."""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from detente.errors import UnreadableReport
from detente.pipeline import Refusals
from detente.read import limits_from
from detente.read.feed import listed_feeds
from detente.read.polling import Visitor, Watch, load_states, poll_settings_from, save_states
from detente.read.source import Source
from detente.recording import Added, keep
from detente.records import Report
from detente.store import Record

#: The longest sleep between two rounds, in seconds: an hour.
_LONGEST = 3600.0


@contextmanager
def until_terminated() -> Iterator[Event]:
    """An event that SIGTERM sets, so that a watch stops in good order; a second one ends it."""
    stop = Event()

    def ask(number: int, frame: object) -> None:
        del number, frame
        stop.set()
        signal.signal(signal.SIGTERM, before)

    before = signal.signal(signal.SIGTERM, ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGTERM, before)


def watch(
    record: Record,
    feeds: Path,
    refused: Refusals,
    *,
    rounds: int | None = None,
    stop: Event | None = None,
) -> Iterator[Added]:
    """Looks at the feeds of an OPML list over and over, and keeps what is new.

    Args:
        feeds: the list; its feeds' states are kept beside it in ``<name>.state.json``.
        refused: takes what could not be read.
        rounds: stop after so many looks; none: never.
        stop: once it is set, what was fetched is kept and nothing more is asked for.

    Raises:
        UnreadableReport: if the list is none. InputError: if the states cannot be written.
    """
    limits, settings, stop = limits_from(), poll_settings_from(), stop or Event()
    listed = listed_feeds(_source(feeds))
    kept = feeds.with_name(feeds.name + ".state.json")
    states = load_states(kept, [feed.url for feed in listed])
    with Visitor(limits, settings, sleep=stop.wait) as visitor:
        watched = Watch(visitor=visitor, limits=limits, settings=settings, states=states)
        done = 0
        while not stop.is_set() and (rounds is None or done < rounds):
            found = _readable(_until(stop, watched.round()), refused)
            fresh = (report for report in found if not record.has(report.id))
            yield from keep(record, fresh, [], 1)
            # Only now: entries of a round that was stopped are new again, and known by their id.
            save_states(kept, watched.states)
            done += 1
            if done != rounds:
                stop.wait(min(watched.rest(), _LONGEST))


def _until(
    stop: Event, found: Iterator[Report | UnreadableReport]
) -> Iterator[Report | UnreadableReport]:
    while not stop.is_set() and (each := next(found, None)) is not None:
        yield each


def _source(path: Path) -> Source:
    try:
        return Source(name=str(path), content=path.read_bytes(), form="text")
    except OSError as error:
        raise UnreadableReport(str(path), error.strerror or "cannot be read") from None


def _readable(found: Iterable[Report | UnreadableReport], refused: Refusals) -> Iterator[Report]:
    for each in found:
        if isinstance(each, UnreadableReport):
            refused.append(each)
        else:
            yield each

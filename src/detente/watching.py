"""Feeds watched, and what is new in them kept: what ``detente watch`` runs."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from detente.errors import UnreadableReport
from detente.pipeline import Refusals
from detente.read import limits_from
from detente.read.feed import listed_feeds
from detente.read.polling import PollSettings, Visitor, Watch, load_states, save_states
from detente.read.source import Source
from detente.recording import Added, keep
from detente.records import Report
from detente.store import Record

#: The longest sleep between two rounds, in seconds: an hour.
_LONGEST = 3600.0


def watch(
    record: Record, feeds: Path, refused: Refusals, *, rounds: int | None = None
) -> Iterator[Added]:
    """Looks at the feeds of an OPML list over and over, and keeps what is new.

    Args:
        feeds: the list; its feeds' states are kept beside it in ``<name>.state.json``.
        refused: takes what could not be read.
        rounds: stop after so many looks; none: never.

    Raises:
        UnreadableReport: if the list is none.
    """
    limits, settings = limits_from(), PollSettings()
    listed = listed_feeds(_source(feeds))
    kept = feeds.with_name(feeds.name + ".state.json")
    states = load_states(kept, [feed.url for feed in listed])
    with Visitor(limits, settings) as visitor:
        watched = Watch(visitor=visitor, limits=limits, settings=settings, states=states)
        done = 0
        while rounds is None or done < rounds:
            found = _readable(watched.round(), refused)
            fresh = (report for report in found if not record.has(report.id))
            yield from keep(record, fresh, [], 1)
            # Only now: entries of a round that was stopped are new again, and known by their id.
            save_states(kept, watched.states)
            done += 1
            if rounds is None or done < rounds:
                time.sleep(min(watched.rest(), _LONGEST))


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

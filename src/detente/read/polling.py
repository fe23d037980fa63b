"""Watching feeds: what is new since last time, asked for politely.

A request says what we have already (RFC 9110, 13: ``If-None-Match``, ``If-Modified-Since``); a site
is asked no faster than its robots.txt or our own pause allows; one that fails is left alone for
longer each time, and for as long as it says itself (``Retry-After``).
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

import httpx

from detente.errors import InputError, UnreadableReport
from detente.read import published as dates
from detente.read.feed import FeedEntry, entry_report, feed_entries
from detente.read.fetch import PRODUCT, Answer, NotNow, asked, client_for, source_of
from detente.read.limits import ReadLimits, settings_from
from detente.read.robots import EVERYTHING, NOTHING, RobotRules, rules_for
from detente.read.single import read_source
from detente.records import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class PollSettings:
    """How often and how fast to ask; each a variable, as in ``DETENTE_WATCH_EVERY=600``.

    Attributes:
        every: seconds between two looks at one feed.
        pause: least seconds between two requests to one site.
        longest: most seconds that a failing feed is left alone.
        robots_age: seconds after which a site's robots.txt is asked for again.
        whole: an entry with this many characters is taken as it is; of a shorter one the page it
            points to is fetched.
    """

    every: float = 900.0
    pause: float = 2.0
    longest: float = 86_400.0
    robots_age: float = 86_400.0
    whole: int = 1_500


def poll_settings_from(environment: Mapping[str, str] | None = None) -> PollSettings:
    """The settings, with what the environment says in place of the defaults.

    Raises:
        UnknownName: if a value is not a positive number.
    """
    return settings_from(PollSettings, "DETENTE_WATCH_", environment)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is known of a feed between two looks; ``seen`` are the ids of its entries."""

    url: str
    etag: str = ""
    modified: str = ""
    seen: tuple[str, ...] = ()
    failures: int = 0
    due: datetime | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What a look at a feed brought: its new state, entries not seen before, what was refused."""

    state: FeedState
    entries: tuple[FeedEntry, ...] = ()
    refused: tuple[UnreadableReport, ...] = ()


class Visitor:
    """Asks sites politely: obeys robots.txt, keeps the pause. One thread only.

    Args:
        limits: bounds of size and time.
        settings: the pause.
        client: the connection; one of our own when ``None``.
        clock: seconds that only grow.
        sleep: waits that many seconds.
    """

    def __init__(
        self,
        limits: ReadLimits,
        settings: PollSettings,
        *,
        client: httpx.Client | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._limits = limits
        self._settings = settings
        self._client = client or client_for(limits)
        self._clock = clock
        self._sleep = sleep
        self._robots: dict[str, tuple[float, RobotRules]] = {}
        self._asked: dict[str, float] = {}

    def __enter__(self) -> Visitor:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer of a server.

        Raises:
            UnreadableReport: if robots.txt forbids it or the server cannot be reached.
        """
        site = _site(url)
        rules = self._rules(site)
        if not rules.allow(url):
            raise UnreadableReport(url, "the site's robots.txt does not allow it")
        self._wait(site, rules.delay)
        return asked(self._client, url, self._limits, headers)

    def _rules(self, site: str) -> RobotRules:
        known = self._robots.get(site)
        if known and self._clock() - known[0] < self._settings.robots_age:
            return known[1]
        self._wait(site, 0.0)
        rules = self._asked_rules(site)
        self._robots[site] = (self._clock(), rules)
        return rules

    def _asked_rules(self, site: str) -> RobotRules:
        """RFC 9309, 2.3.1: none where the file is missing, nothing allowed where the site fails."""
        try:
            answer = asked(self._client, f"{site}/robots.txt", self._limits)
        except UnreadableReport:
            return NOTHING
        if answer.status >= 500 or answer.status == 429:
            return NOTHING
        return rules_for(answer.content, PRODUCT) if answer.status == 200 else EVERYTHING

    def _wait(self, site: str, delay: float) -> None:
        pause = max(delay, self._settings.pause)
        last = self._asked.get(site, -math.inf)
        if (left := last + pause - self._clock()) > 0:
            self._sleep(left)
        self._asked[site] = self._clock()


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


# ── One look ──────────────────────────────────────────────────────────────────────────────────


def polled(
    state: FeedState, visitor: Visitor, limits: ReadLimits, settings: PollSettings
) -> Polled:
    """What is new in a feed.

    Args:
        state: what is known of it.
        visitor: who asks.
        limits: bounds of the feed.
        settings: how long to leave it alone afterwards.

    Returns:
        Its new state; a feed that failed keeps what it had and is due later.
    """
    try:
        answer = visitor.get(state.url, _conditions(state))
    except UnreadableReport as error:
        return Polled(state=_failed(state, settings, 0.0), refused=(error,))
    if answer.status == 304:
        return Polled(state=_rested(state, settings))
    if answer.status == 410:
        farewell = UnreadableReport(state.url, "the feed is gone (410); not asked for again")
        return Polled(state=replace(state, gone=True), refused=(farewell,))
    try:
        source = source_of(state.url, answer)
    except UnreadableReport as error:
        wait = _retry_after(answer.headers.get("retry-after", ""))
        return Polled(state=_failed(state, settings, wait), refused=(error,))
    found = list(feed_entries(source, limits))
    entries = [entry for entry in found if isinstance(entry, FeedEntry)]
    refused = tuple(entry for entry in found if isinstance(entry, UnreadableReport))
    if refused and not entries:
        return Polled(state=_failed(state, settings, 0.0), refused=refused)
    new = tuple(entry for entry in entries if entry.id not in state.seen)
    return Polled(
        state=_rested(_known(state, answer, entries), settings), entries=new, refused=refused
    )


def _conditions(state: FeedState) -> dict[str, str]:
    told = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    return {name: value for name, value in told.items() if value}


def _known(state: FeedState, answer: Answer, entries: Sequence[FeedEntry]) -> FeedState:
    return replace(
        state,
        url=answer.moved or state.url,
        etag=answer.headers.get("etag", ""),
        modified=answer.headers.get("last-modified", ""),
        seen=tuple(dict.fromkeys(entry.id for entry in entries)),
    )


def _rested(state: FeedState, settings: PollSettings) -> FeedState:
    return replace(state, failures=0, due=dates.now() + timedelta(seconds=settings.every))


def _failed(state: FeedState, settings: PollSettings, wait: float) -> FeedState:
    """Left alone twice as long after each failure, up to ``longest``."""
    doubled = settings.every * 2.0 ** min(state.failures + 1, 30)
    seconds = min(max(doubled, wait), settings.longest)
    return replace(state, failures=state.failures + 1, due=dates.now() + timedelta(seconds=seconds))


def _retry_after(value: str) -> float:
    """Seconds that a server asks us to wait (RFC 9110, 10.2.3): a number, or a date."""
    if value.isdecimal():
        return float(value[:9])
    moment = dates.parsed(value) if value else None
    return max(0.0, (moment - dates.now()).total_seconds()) if moment else 0.0


# ── Many looks ────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True, kw_only=True)
class Watch:
    """Feeds under watch: ``states`` by the address they were given under.

    A feed's state moves on only when all its new entries have been taken, so that a stop in the
    middle loses nothing; what comes twice has the same id. An entry whose page cannot be had just
    now stays new.
    """

    visitor: Visitor
    limits: ReadLimits = field(default_factory=ReadLimits)
    settings: PollSettings = field(default_factory=PollSettings)
    states: dict[str, FeedState] = field(default_factory=dict)

    def round(self) -> Iterator[Report | UnreadableReport]:
        """Looks once at every feed that is due, and yields what is new in it."""
        for name, state in list(self.states.items()):
            if state.gone or self._left(state) > 0:
                continue
            look = polled(state, self.visitor, self.limits, self.settings)
            yield from look.refused
            later = set()
            for entry in look.entries:
                found = self._read(entry, state.url)
                later |= {entry.id} if isinstance(found, NotNow) else set()
                yield found
            self.states[name] = _without(look.state, later) if later else look.state

    def rest(self) -> float:
        """Seconds until the next feed is due, at least 0; infinite if none will be."""
        left = (self._left(state) for state in self.states.values() if not state.gone)
        return max(0.0, min(left, default=math.inf))

    def _left(self, state: FeedState) -> float:
        """Seconds until a feed is due; none where they are more than were ever given to it.

        So it is where the clock was put back: the feed would be left alone for that long.
        """
        left = (state.due - dates.now()).total_seconds() if state.due else 0.0
        return left if left <= max(self.settings.longest, self.settings.every) else 0.0

    def _read(self, entry: FeedEntry, feed: str) -> Report | UnreadableReport:
        """The report of an entry: itself if it is whole, else its page, else what it holds."""
        name = entry.url or f"{feed}, entry {entry.id}"
        if len(entry.content) < self.settings.whole and entry.url:
            try:
                page = read_source(source_of(name, self.visitor.get(entry.url)), limits=self.limits)
                return _dated(page, entry)
            except UnreadableReport as error:
                if not entry.content:
                    return error
        try:
            return entry_report(entry, name, None, None, self.limits)
        except UnreadableReport as error:
            return error


def _without(state: FeedState, later: Collection[str]) -> FeedState:
    """A state in which these entries are still new, and the feed is asked for whole."""
    seen = tuple(name for name in state.seen if name not in later)
    return replace(state, seen=seen, etag="", modified="")


def _dated(page: Report, entry: FeedEntry) -> Report:
    """The page, with the feed's date where the page itself has none."""
    told = entry.published
    if page.published_basis == "page" or told is None or told > dates.now() + dates.SLACK:
        return page
    return replace(page, published=told, published_basis="page")


# ── Kept between runs ─────────────────────────────────────────────────────────────────────────


def save_states(path: Path, states: Mapping[str, FeedState]) -> None:
    """Writes the states of feeds to a file, whole or not at all.

    Raises:
        InputError: if it cannot be written.
    """
    told = {}
    for name, state in states.items():
        told[name] = asdict(state) | {"due": state.due.isoformat() if state.due else None}
    draft = path.with_name(path.name + ".part")
    try:
        draft.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise InputError(str(path), f"cannot be written: {error.strerror or error}") from None


def load_states(path: Path, urls: Sequence[str]) -> dict[str, FeedState]:
    """The states of these feeds: as the file has them, else new.

    Args:
        path: the file of ``save_states``; it may be missing.
        urls: addresses of the feeds to watch.

    Raises:
        UnreadableReport: if the file is not one of ours.
    """
    told: dict[str, dict[str, object]] = {}
    if path.exists():
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            return {url: _state(url, told.get(url, {})) for url in urls}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise UnreadableReport(
                str(path), f"not the states of watched feeds ({error})"
            ) from None
    return {url: FeedState(url=url) for url in urls}


def _state(url: str, told: Mapping[str, object]) -> FeedState:
    kept = dict(told)
    due, seen = kept.pop("due", None), kept.pop("seen", ())
    if not isinstance(seen, list | tuple):
        raise ValueError("seen is not a list")
    moment = datetime.fromisoformat(due) if isinstance(due, str) else None
    return FeedState(**({"url": url} | kept), due=moment, seen=tuple(seen))  # type: ignore[arg-type]

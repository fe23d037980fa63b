"""Pages as made for signed-out readers, kept for a few seconds.

A page is made once however many ask for it. When it grows old, readers still get it while one
thread makes it anew; when a person at the desk has done something since, it is made anew first.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

#: Past its freshness a page is still shown for so many times as long, while it is made anew.
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A page as bytes, with its type, entity tag and content policy."""

    body: bytes
    media: str
    status: int = 200
    hashes: tuple[str, ...] = ()
    name: str = ""


@dataclass(slots=True)
class _Kept:
    made: Made
    stamp: str
    at: float
    renewing: bool = False


class PageCache:
    """At most ``most`` pages, each at most ``fresh`` seconds old before it is made anew."""

    def __init__(self, fresh: float, most: int = 600) -> None:
        self.fresh = fresh
        self._most = most
        self._pages: OrderedDict[str, _Kept] = OrderedDict()
        self._making: dict[str, Lock] = {}
        self._lock = Lock()
        self._renewer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pages")

    def page(self, key: str, stamp: str, make: Callable[[], Made]) -> Made:
        """The page of this key, kept or made.

        Args:
            key: its address.
            stamp: what people did so far; a page made under another stamp is not shown.
            make: makes it; what it raises goes to the caller, and nothing is kept.
        """
        if not self.fresh:
            return make()
        kept = self._usable(key, stamp)
        if kept:
            if time.monotonic() - kept.at > self.fresh:
                self._renew(key, stamp, kept, make)
            return kept.made
        with self._lock:
            turn = self._making.setdefault(key, Lock())
        with turn:
            kept = self._usable(key, stamp)
            return kept.made if kept else self._keep(key, stamp, make())

    def close(self) -> None:
        """Stops making pages."""
        self._renewer.shutdown(wait=False, cancel_futures=True)

    def _usable(self, key: str, stamp: str) -> _Kept | None:
        with self._lock:
            kept = self._pages.get(key)
        if kept is None or kept.stamp != stamp:
            return None
        return kept if time.monotonic() - kept.at <= self.fresh * _PATIENCE else None

    def _keep(self, key: str, stamp: str, made: Made) -> Made:
        with self._lock:
            self._pages[key] = _Kept(made, stamp, time.monotonic())
            self._pages.move_to_end(key)
            self._making.pop(key, None)
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)
        return made

    def _renew(self, key: str, stamp: str, kept: _Kept, make: Callable[[], Made]) -> None:
        with self._lock:
            if kept.renewing:
                return
            kept.renewing = True

        def renew() -> None:
            try:
                self._keep(key, stamp, make())
            except Exception:
                kept.renewing = False
                raise

        self._renewer.submit(renew)

"""How often one address may do something: kept in memory only, by hash, and soon forgotten."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import defaultdict, deque
from threading import Lock


class Limits:
    """Counts acts of an address within the last hour."""

    def __init__(self, span: float = 3600.0) -> None:
        self._span = span
        self._salt = secrets.token_bytes(16)
        self._acts: dict[str, deque[float]] = defaultdict(deque)
        self._lock = Lock()

    def allows(self, act: str, client: str, most: int) -> bool:
        """Counts an act; False if there were ``most`` before it within the span."""
        key = hashlib.sha256(self._salt + f"{act} {client}".encode()).hexdigest()
        moment = time.monotonic()
        with self._lock:
            if len(self._acts) > 10_000:
                self._forget(moment)
            acts = self._acts[key]
            while acts and acts[0] < moment - self._span:
                acts.popleft()
            if len(acts) >= most:
                return False
            acts.append(moment)
            return True

    def _forget(self, moment: float) -> None:
        old = [
            key for key, acts in self._acts.items() if not acts or acts[-1] < moment - self._span
        ]
        for key in old:
            del self._acts[key]

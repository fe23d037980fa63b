"""Stable names for content: the same on every machine and run."""

from __future__ import annotations

import hashlib


def fingerprint(*parts: str) -> str:
    """A stable 16-hex-digit name for a sequence of strings (BLAKE2b, parts kept apart).

    Args:
        parts: any strings; ``("ab", "c")`` and ``("a", "bc")`` differ.

    Returns:
        16 hexadecimal digits, the same on every machine and run.
    """
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(encoded)}:".encode())
        digest.update(encoded)
    return digest.hexdigest()

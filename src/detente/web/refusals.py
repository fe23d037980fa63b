"""A request that is understood and not granted."""

from __future__ import annotations


class Refused(Exception):
    """Why, and the HTTP status that says so.

    Args:
        status: 400 to 499.
        reason: in the visitor's words.
    """

    def __init__(self, status: int, reason: str) -> None:
        self.status = status
        self.reason = reason
        super().__init__(reason)

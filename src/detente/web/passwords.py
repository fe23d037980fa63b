"""Passwords: Argon2id, with the parameters of RFC 9106's second choice (64 MiB, three passes)."""

from __future__ import annotations

import getpass
import sys
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from detente.errors import InputError

#: Letters at least; a length that no word of a list reaches.
SHORTEST, LONGEST = 12, 256


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)


def hashed(password: str) -> str:
    """A new password's hash.

    Raises:
        InputError: if it is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError("password", f"needs {SHORTEST} to {LONGEST} letters")
    return _hasher().hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Whether it is the password; takes as long where there is no such user."""
    try:
        return _hasher().verify(kept or _nobody(), password[:LONGEST]) and kept is not None
    except (Argon2Error, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _hasher().hash("nobody signs in with this")


def asked() -> str:
    """A new password: typed twice at a terminal, else the first line of standard input.

    Raises:
        InputError: if the two differ.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != first:
        raise InputError("password", "the two differ")
    return first

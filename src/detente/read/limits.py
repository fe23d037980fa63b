"""How much a reader takes on: every bound is a setting with a name.

Each field can be set by an environment variable, ``DETENTE_READ_`` and the field in capitals, as in
``DETENTE_READ_MAX_BYTES=50000000``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, TypeVar

from detente.errors import UnknownName

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

PREFIX = "DETENTE_READ_"
_Settings = TypeVar("_Settings", bound="DataclassInstance")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLimits:
    """Bounds of reading; beyond one of them an input is refused by name, never cut in silence.

    Attributes:
        max_bytes: largest file or answer, in bytes (also after decompression, for one report).
        max_characters: longest text of one report; of a page, all its text outside of scripts.
        max_lines: most lines of a text.
        max_depth: deepest nesting of HTML elements (the parser itself stops at 256).
        max_total_depth: sum of the depths of all HTML elements of a page.
        max_elements: most HTML elements in a page.
        max_attributes: most attributes of one HTML tag.
        max_total_attributes: most attributes of all tags of a page.
        max_attribute: longest attribute that is kept, in characters; longer ones are dropped, as
            pages carry whole pictures in them.
        max_parts: most parts of a page saved whole (MHTML).
        max_entries: most entries taken of one feed.
        max_ratio: how many times its size a compressed archive may grow.
        timeout: seconds to wait for a server.
        max_redirects: how many times a server may send us elsewhere.
    """

    max_bytes: int = 10_000_000
    max_characters: int = 1_000_000
    max_lines: int = 20_000
    max_depth: int = 250
    max_total_depth: int = 600_000
    max_elements: int = 25_000
    max_attributes: int = 200
    max_total_attributes: int = 200_000
    max_attribute: int = 10_000
    max_parts: int = 10_000
    max_entries: int = 10_000
    max_ratio: int = 200
    timeout: float = 20.0
    max_redirects: int = 5


def limits_from(environment: Mapping[str, str] | None = None) -> ReadLimits:
    """The limits, with what the environment says in place of the defaults.

    Args:
        environment: variable → value; ``os.environ`` when ``None``.

    Raises:
        UnknownName: if a value is not a positive number.
    """
    return settings_from(ReadLimits, PREFIX, environment)


def settings_from(
    kind: type[_Settings], prefix: str, environment: Mapping[str, str] | None = None
) -> _Settings:
    """Settings of a kind, each from the variable of its name where there is one.

    Args:
        kind: a dataclass whose fields are whole or decimal numbers with defaults.
        prefix: what stands before a field's name, in capitals, in its variable.
        environment: variable → value; ``os.environ`` when ``None``.

    Raises:
        UnknownName: if a value is not a positive number.
    """
    given = os.environ if environment is None else environment
    values: dict[str, int | float] = {}
    for field in fields(kind):
        name = prefix + field.name.upper()
        if name in given:
            values[field.name] = _positive(name, given[name], whole=isinstance(field.default, int))
    return kind(**values)


def _positive(name: str, value: str, *, whole: bool) -> int | float:
    try:
        number = int(value) if whole else float(value)
    except ValueError:
        number = 0
    if not number > 0:
        kind = "whole number" if whole else "number"
        raise UnknownName(name, f"{value!r} is not a {kind} above 0")
    return number

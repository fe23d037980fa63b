"""CAMEO event codes, and the PLOVER type, mode and contexts they convert to.

Codes are text with leading zeros: ``0211`` is not ``211``. A code that the table does not list
takes the row of its parent (``1127`` → ``112``), as CAMEO's tree means it (manual, chapter 2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from detente.errors import TableError
from detente.ontology.plover import contexts, event_types, modes
from detente.ontology.table import listed, packaged, rows

#: Version of the conversion; kept in every row converted by it.
VERSION = "2026.1"
#: CAMEO's denial of what one is accused of.
DENIAL = "016"
COLUMNS = ("code", "type", "mode", "contexts", "meaning")


@dataclass(frozen=True, slots=True)
class Cameo:
    """A CAMEO code with its PLOVER type (empty where PLOVER has none), mode and contexts."""

    code: str
    event_type: str
    mode: str
    contexts: tuple[str, ...]
    meaning: str


@cache
def codes() -> Mapping[str, Cameo]:
    """All listed codes.

    Raises:
        TableError: if a row names what PLOVER does not know.
    """
    table = packaged("detente.ontology", "cameo.csv")
    found: dict[str, Cameo] = {}
    for line, row in rows(table, COLUMNS):
        code, kind, mode = row["code"], row["type"], row["mode"]
        if code in found or not code.isdigit() or not 2 <= len(code) <= 4:
            raise TableError(str(table), line, f"{code!r} is no CAMEO code, or stands twice")
        if kind and kind not in event_types():
            raise TableError(str(table), line, f"unknown type {kind!r}")
        if mode and mode not in modes().get(kind, {}):
            raise TableError(str(table), line, f"{kind} has no mode {mode!r}")
        for context in listed(row["contexts"]):
            if context not in contexts():
                raise TableError(str(table), line, f"unknown context {context!r}")
        found[code] = Cameo(code, kind, mode, listed(row["contexts"]), row["meaning"])
    return MappingProxyType(found)


@cache
def cameo(code: str) -> Cameo | None:
    """What a code means; None if neither it nor a code above it is CAMEO's.

    Args:
        code: two to four digits as text.
    """
    known = codes()
    while len(code) >= 2 and code.isdigit():
        if code in known:
            return known[code]
        code = code[:-1]
    return None


@cache
def cameo_of(event_type: str, mode: str = "") -> str:
    """The CAMEO code that stands for a PLOVER type and mode in files that need one.

    The way back is not one to one: the most general code with that type and mode is taken, else
    the type's own.
    """
    fitting = [c for c in codes().values() if c.event_type == event_type]
    same = [c.code for c in fitting if c.mode == mode and len(c.code) >= 3]
    general = [c.code for c in fitting if len(c.code) >= 3]
    return min(same or general or [""], key=lambda code: (len(code), code))

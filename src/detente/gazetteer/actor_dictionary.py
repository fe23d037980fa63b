"""The open actor dictionaries of the PETRARCH and Phoenix coders.

A name in capitals with underscores and a code in brackets, synonyms on lines that begin with ``+``,
further codes on lines that begin with a tab; a code may be bounded in time (PETRARCH manual,
"Actor dictionaries")::

    MUHAMMAD_YUNUS_ [BGDGOV >20240808] ; chief adviser
    +M._YUNUS
        [BGDBUS <20240808]

Codes are three letters for the country, then three for each sector. Dates are YYMMDD or YYYYMMDD:
``<`` before, ``>`` from, and ``-`` between two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType

from detente.errors import MalformedRow, TableError
from detente.ontology.plover import sectors as known_sectors
from detente.ontology.table import packaged, rows

_CODE = re.compile(r"\[([^\]]*)\]")
_BOUND = re.compile(r"([<>])(\d{6,8})|(\d{6,8})-(\d{6,8})")


@dataclass(frozen=True, slots=True)
class Role:
    """A code of a dictionary: country and sectors in our codes, with its bounds."""

    country: str
    sectors: tuple[str, ...]
    first: date | None = None
    last: date | None = None


@dataclass(slots=True)
class DictionaryEntry:
    """A name of a dictionary with its synonyms and roles, while it is read."""

    line: int
    name: str
    synonyms: tuple[str, ...] = ()
    roles: tuple[Role, ...] = field(default_factory=tuple)


def read_dictionary(path: Path) -> Iterator[DictionaryEntry]:
    """Entries of an actor dictionary in order; entries without any code are left out.

    Raises:
        TableError: the file cannot be read.
        MalformedRow: a line that is none of the format's, with its number.
    """
    entry: DictionaryEntry | None = None
    for number, line in enumerate(_lines(path), 1):
        text = re.split(r"[#;]", line, maxsplit=1)[0].rstrip()
        if not text.strip() or text.lstrip().startswith("<"):
            continue
        if text[0] in "\t " and text.strip().startswith("["):
            entry = _continued(path, number, entry)
        elif text.startswith("+"):
            entry = _continued(path, number, entry)
            entry.synonyms = (*entry.synonyms, _plain(_CODE.sub("", text[1:])))
        else:
            if entry is not None and entry.roles:
                yield entry
            entry = DictionaryEntry(number, _plain(_CODE.sub("", text)))
        entry.roles = (*entry.roles, *_roles(path, number, text))
    if entry is not None and entry.roles:
        yield entry


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        raise TableError(str(path), 1, error.strerror or "cannot be read") from None


def _continued(path: Path, number: int, entry: DictionaryEntry | None) -> DictionaryEntry:
    if entry is None:
        raise MalformedRow(str(path), number, "a synonym or code before any name")
    return entry


def _plain(name: str) -> str:
    """``MUHAMMAD_YUNUS_`` as it is written in news: words apart, capitals at their beginning."""
    words = name.replace("_", " ").split()
    return " ".join(w if "." in w or len(w) < 3 else w.title() for w in words)


def _roles(path: Path, number: int, text: str) -> Iterator[Role]:
    for bracket in _CODE.findall(text):
        code, _, bound = bracket.strip().partition(" ")
        if not code or set(code) <= {"-", "*"}:
            continue
        if not re.fullmatch(r"[A-Za-z]{3,}", code) or len(code) % 3:
            raise MalformedRow(str(path), number, f"no actor code: {code!r}")
        country, sectors = _decoded(code.upper())
        first, last = _bounds(path, number, bound.strip())
        yield Role(country, sectors, first, last)


def _decoded(code: str) -> tuple[str, tuple[str, ...]]:
    parts = [code[n : n + 3] for n in range(0, len(code), 3)]
    country, sectors = "", []
    for place, part in enumerate(parts):
        meaning, ours = _codes().get(part, ("", part))
        if place == 0 and (meaning in {"", "country"} and part not in known_sectors()):
            country = ours
        elif place == 0 and meaning == "country":
            country, sectors = ours, [ours]
        elif meaning in {"", "sector", "none"} and ours in known_sectors():
            sectors.append(ours)
    return country, tuple(dict.fromkeys(sectors))


@cache
def _codes() -> Mapping[str, tuple[str, str]]:
    table = packaged("detente.gazetteer", "cameo_actor_codes.csv")
    columns = ("code", "meaning", "ours")
    return MappingProxyType({r["code"]: (r["meaning"], r["ours"]) for _, r in rows(table, columns)})


def _bounds(path: Path, number: int, text: str) -> tuple[date | None, date | None]:
    if not text:
        return None, None
    match = _BOUND.fullmatch(text)
    if match is None:
        raise MalformedRow(str(path), number, f"no date restriction: {text!r}")
    try:
        if match[1] == "<":
            return None, _day(match[2]) - timedelta(days=1)
        if match[1] == ">":
            return _day(match[2]), None
        first, last = _day(match[3]), _day(match[4])
    except ValueError:
        raise MalformedRow(str(path), number, f"no day of the calendar: {text!r}") from None
    if first > last:
        raise MalformedRow(str(path), number, f"reversed dates {text}")
    return first, last


def _day(digits: str) -> date:
    """YYMMDD (from 1950 on) or YYYYMMDD."""
    if len(digits) == 8:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    year = int(digits[:2])
    return date(year + (1900 if year >= 50 else 2000), int(digits[2:4]), int(digits[4:6]))

"""Treaties, accords, sanctions laws and resolutions as dated data, and finding them by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Literal, cast, get_args

from detente.errors import TableError
from detente.gazetteer.landmarks import day_of
from detente.gazetteer.place_tables import Table, check_country, shipped
from detente.gazetteer.spelling import fold
from detente.ontology.table import Row, listed, rows
from detente.records import Agreement

COLUMNS = tuple(
    "id name aliases kind parties signed in_force notice_days ended source".split()  # noqa: SIM905
)
CHANGES = ("agreement", "party", "change", "on", "source")
KINDS = frozenset(
    {"arms control", "alliance", "boundary", "ceasefire", "charter", "climate", "diplomacy"}
    | {"energy", "human rights", "law", "law of the sea", "migration", "nuclear", "peace"}
    | {"resolution", "sanctions law", "security", "territory", "trade", "water"}
)
MULTILATERAL = "multilateral"
Change = Literal["notice", "withdrew", "suspended", "resumed", "joined"]
_EDTF = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
#: What is left out when names are compared.
_WORD = re.compile(r"\w+")
_LOOSE = re.compile(
    r"\b(?:the|of|on|and|in|to|a|an|for|between|landmark|historic|bilateral|controversial|"
    r"cold war|era|(?:1[89]|20)\d\d|\d+ year old)\b"
)
_KIND_WORDS = re.compile(
    r"\b(?:treaty|pact|accords?|agreements?|deal|law|act|convention|protocol)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyChange:
    """What a party did to an agreement, and from which day."""

    agreement: str
    party: str
    change: Change
    on: date
    source: str


def read_agreements(table: Table) -> Mapping[str, Agreement]:
    """Agreements by id.

    Raises:
        TableError: for an id given twice, a missing name, party or source, an unknown kind or
            country, a date that is none, dates in the wrong order or a notice that is no number.
    """
    found: dict[str, Agreement] = {}
    for line, row in rows(table, COLUMNS):
        if row["id"] in found:
            raise TableError(str(table), line, f"id {row['id']!r} given twice")
        found[row["id"]] = _agreement(table, line, row)
    return found


def _agreement(table: Table, line: int, row: Row) -> Agreement:
    for column in ("id", "name", "parties", "source"):
        if not row[column]:
            raise TableError(str(table), line, f"no {column}")
    if row["kind"] not in KINDS:
        raise TableError(str(table), line, f"unknown kind {row['kind']!r}")
    parties = listed(row["parties"])
    for party in parties:
        if party != MULTILATERAL:
            check_country(table, line, party)
    if row["notice_days"] and not row["notice_days"].isdigit():
        raise TableError(str(table), line, f"notice_days {row['notice_days']!r} is not a number")
    _check_dates(table, line, row)
    return Agreement(
        id=row["id"], name=row["name"], aliases=listed(row["aliases"]), kind=row["kind"],
        parties=parties, signed=row["signed"], in_force=row["in_force"],
        notice_days=int(row["notice_days"]) if row["notice_days"] else None,
        ended=row["ended"], source=row["source"],
    )  # fmt: skip


def _check_dates(table: Table, line: int, row: Row) -> None:
    told = [(c, row[c]) for c in ("signed", "in_force", "ended") if row[c]]
    for column, value in told:
        if not _EDTF.fullmatch(value):
            raise TableError(str(table), line, f"{column} {value!r} is not YYYY[-MM[-DD]]")
    for (first, earlier), (second, later) in pairwise(told):
        if later < earlier[: len(later)]:
            raise TableError(str(table), line, f"{second} {later} before {first} {earlier}")


def read_changes(table: Table, agreements: Mapping[str, Agreement]) -> tuple[PartyChange, ...]:
    """What parties did, in the order of the days.

    Raises:
        TableError: for an unknown agreement, party or change, no source, or a day that is none.
    """
    found = []
    for line, row in rows(table, CHANGES):
        if row["agreement"] not in agreements:
            raise TableError(str(table), line, f"unknown agreement {row['agreement']!r}")
        if row["change"] not in get_args(Change):
            raise TableError(str(table), line, f"unknown change {row['change']!r}")
        check_country(table, line, row["party"])
        if not row["source"]:
            raise TableError(str(table), line, "no source")
        found.append(
            PartyChange(
                agreement=row["agreement"], party=row["party"], change=cast(Change, row["change"]),
                on=day_of(str(table), line, row["on"]), source=row["source"],
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda change: change.on))


@cache
def agreements() -> Mapping[str, Agreement]:
    """The agreements that ship with Détente, by id."""
    return read_agreements(shipped("agreements.csv"))


@cache
def changes() -> tuple[PartyChange, ...]:
    """What parties did to them, as far as the tables know."""
    return read_changes(shipped("agreement_changes.csv"), agreements())


def loose(name: str) -> str:
    """A name as it is compared: no case, hyphens, articles, years or "31-year-old"."""
    plain = re.sub(r"[-–—/]", " ", fold(name).lower())
    plain = re.sub(r"[^\w\s]", "", plain)
    return " ".join(_LOOSE.sub(" ", plain).split())


def bare(name: str) -> str:
    """The compared form without its last word for what it is ("inf" of "INF treaty")."""
    return _KIND_WORDS.sub("", loose(name)).strip()


@cache
def by_name() -> Mapping[str, tuple[Agreement, ...]]:
    """Agreements by each compared form of their names."""
    found: dict[str, dict[str, Agreement]] = {}
    for form, agreement in _forms():
        found.setdefault(form, {})[agreement.id] = agreement
    return {form: tuple(those.values()) for form, those in found.items()}


def _forms() -> Iterator[tuple[str, Agreement]]:
    for agreement in agreements().values():
        for name in (agreement.name, *agreement.aliases):
            yield loose(name), agreement
            if " " not in bare(name) and not name.isupper():
                continue
            if bare(name):
                yield bare(name), agreement


def names_in(text: str) -> Iterator[tuple[int, int]]:
    """Where agreements are named in running text, from the left, the longest name first.

    Hyphens and spaces are alike; short capitals stand as they are.

    Args:
        text: folded, with straight apostrophes.

    Yields:
        Start and end (exclusive), in characters.
    """
    end = 0
    for word in _WORD.finditer(text):
        key = word[0].lower()
        if word.start() < end or key not in _by_opening():
            continue
        if found := _opening_with(key).match(text, word.start()):
            end = found.end()
            yield found.span()


@cache
def _by_opening() -> Mapping[str, tuple[str, ...]]:
    """Written names by the word that they open with, in lower case, the longest first."""
    names = {fold(n): n for a in agreements().values() for n in (a.name, *a.aliases)}
    found: dict[str, tuple[str, ...]] = {}
    for folded, name in sorted(names.items(), key=lambda pair: -len(pair[1])):
        opening = _WORD.match(folded)
        assert opening, f"{name} opens with no word"
        key = opening[0].lower()
        found[key] = (*found.get(key, ()), name)
    return found


@cache
def _opening_with(word: str) -> re.Pattern[str]:
    """Compiled only for words that a text has: all names at once would take a quarter second."""
    return re.compile("(?:" + "|".join(map(_written, _by_opening()[word])) + r")(?!\w)")


def _written(name: str) -> str:
    if name.isupper() and " " not in name:
        return re.escape(name)
    words = re.split(r"[\s\-–]+", fold(name))
    return "(?i:" + r"[\s\-–‑]+".join(re.escape(w).replace("'", "['’]") for w in words) + ")"

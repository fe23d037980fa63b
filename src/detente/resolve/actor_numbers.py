"""Groups told by their number: "the three countries", "all four foreign ministers", "all sides"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from detente.errors import TableError
from detente.gazetteer.counts import number_words
from detente.ontology.table import packaged, rows
from detente.resolve.actor_groups import acting_on, is_country, two_countries
from detente.resolve.actor_mentions import Mention, Mentions

COLUMNS = ("noun", "kind")
KINDS = frozenset({"countries", "persons"})
_LIST = re.compile(r"(?:['’]s)?(?:,? and |, and |, | and (?:the )?|, the | & )(?:the )?")
#: "Members of both parties" are of one country.
_MEMBERS = re.compile(
    r"\b(?:members|lawmakers|legislators|senators|congressmen|politicians|voters|wings)"
    r" (?:of|from|in) (?:both|the two|all)\b",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group told by number: where its words begin in the phrase, its size (0: all), its kind."""

    start: int
    size: int
    kind: str


def group_in(words: str) -> Group | None:
    """The group of three or more that ``words`` tell of ("ministers of the three states")."""
    if _MEMBERS.search(words):
        return None
    match = _counted().search(words)
    if match is None:
        return None
    size = number_words().get(match["number"].lower(), 0) if match["number"] else 0
    if size in (1, 2):
        return None
    return Group(start=match.start(), size=size, kind=group_nouns()[_singular(match["noun"])])


def is_of_one_country(words: str) -> bool:
    """Whether a group's words tell of parties within a country ("lawmakers of both parties")."""
    return _MEMBERS.search(words) is not None


def countries_of(mentions: Mentions, start: int, size: int) -> tuple[str, ...]:
    """The countries that a group's words stand for, in the order told.

    The last list of so many names; else the countries most spoken of so far, if they stand out;
    of "all sides" the last two.

    Args:
        mentions: of the whole report.
        start: where the words begin.
        size: how many they are; 0 for all that were spoken of as acting on each other.
    """
    acting = {m.entity.country for m in acting_on(mentions, start)}
    before = [m for m in mentions.all if m.end <= start and is_country(m.entity.country)]
    for run in reversed(_lists(mentions.text, before)):
        told = tuple(dict.fromkeys(m.entity.country for m in run))
        if len(told) == size or (not size and len(told) > 2):
            return told
    others = [m for m in before if m.entity.country not in acting and not m.placed]
    return _standing_out(others, size) if size else two_countries(mentions, start)


def _lists(text: str, found: Sequence[Mention]) -> list[list[Mention]]:
    """Runs of mentions joined by commas and a last "and"."""
    runs: list[list[Mention]] = []
    for first, second in pairwise(found):
        if not _LIST.fullmatch(text[first.end : second.start]):
            continue
        if runs and runs[-1][-1] is first:
            runs[-1].append(second)
        else:
            runs.append([first, second])
    return runs


def _standing_out(found: Sequence[Mention], size: int) -> tuple[str, ...]:
    """The ``size`` countries told again and again, if no other is."""
    counts = Counter(m.entity.country for m in found)
    ranked = [(country, n) for country, n in counts.most_common() if n > 1]
    if len(ranked) != size:
        return ()
    chosen = {country for country, _ in ranked}
    return tuple(country for country in counts if country in chosen)


def read_group_nouns(table: Traversable | Path) -> Mapping[str, str]:
    """The kind of each noun of a group.

    Raises:
        TableError: for an unknown kind, or a noun given twice.
    """
    found: dict[str, str] = {}
    for line, row in rows(table, COLUMNS):
        if row["kind"] not in KINDS:
            raise TableError(str(table), line, f"unknown kind {row['kind']!r}")
        if row["noun"] in found:
            raise TableError(str(table), line, f"{row['noun']!r} is given twice")
        found[row["noun"]] = row["kind"]
    return MappingProxyType(found)


@cache
def group_nouns() -> Mapping[str, str]:
    """The shipped table."""
    return read_group_nouns(packaged("detente.resolve", "group_nouns.csv"))


@cache
def plurals(*kinds: str) -> str:
    """Nouns of groups of these kinds (all without) in the plural, as a pattern's alternatives."""
    nouns = (n for n, kind in group_nouns().items() if kind in (kinds or KINDS))
    return "|".join(sorted(map(_plural, nouns), key=len, reverse=True))


@cache
def _counted() -> re.Pattern[str]:
    numbers = "|".join(w for w, n in number_words().items() if 2 < n < 10)
    lead = (
        rf"(?:all|the|these|those|its)\s+(?:of\s+the\s+)?(?:same\s+|other\s+)?(?P<number>{numbers})"
    )
    return re.compile(
        rf"\b(?:{lead}|all(?:\s+the)?)\s+(?:[\w-]+\s+){{0,2}}?(?P<noun>{plurals()})\b",
        re.I,
    )


def _plural(noun: str) -> str:
    if noun == "people":
        return "peoples"
    return f"{noun[:-1]}ies" if re.search(r"[^aeiou]y$", noun) else f"{noun}s"


@cache
def _singulars() -> Mapping[str, str]:
    return MappingProxyType({_plural(noun): noun for noun in group_nouns()})


def _singular(plural: str) -> str:
    return _singulars()[plural.lower()]

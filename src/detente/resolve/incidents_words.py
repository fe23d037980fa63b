"""Words of a mention compared: stems, kin of occurrence words, overlap weighted by rarity."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from detente.errors import TableError
from detente.ontology.plover import event_types
from detente.ontology.table import listed, packaged, rows

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_PACKAGE = "detente.resolve"
#: The group of verbs that only carry another ("plan to meet", "hold talks").
_LIGHT = "light"
_UNSEEN = 20


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing about which occurrence is meant."""
    table = packaged(_PACKAGE, "stop_words.csv")
    return frozenset(w for _, row in rows(table, ("words",)) for w in row["words"].split())


@cache
def kin() -> Mapping[str, str]:
    """The group of each stem that names an occurrence: ``withdraw`` and ``pullout`` share one.

    Phrasal verbs ("call off") stand with their particle.

    Raises:
        TableError: if a stem stands in two groups.
    """
    table = packaged(_PACKAGE, "kin.csv")
    found: dict[str, str] = {}
    for line, row in rows(table, ("group", "words")):
        for word in listed(row["words"]):
            first, *particle = word.split()
            other = found.setdefault(" ".join([stem(first), *particle]), row["group"])
            if other != row["group"]:
                raise TableError(str(table), line, f"{word!r} stands in {other!r} as well")
    return MappingProxyType(found)


def read_kin_acts(table: Traversable | Path) -> Mapping[str, str]:
    """The type of the act that a group's words name when it is promised or agreed on.

    Raises:
        TableError: for an unknown group or type.
    """
    groups, found = set(kin().values()), {}
    for line, row in rows(table, ("group", "type")):
        if row["group"] not in groups or row["type"] not in event_types():
            raise TableError(str(table), line, f"{row['group']!r} or {row['type']!r} is unknown")
        found[row["group"]] = row["type"]
    return MappingProxyType(found)


@cache
def kin_acts() -> Mapping[str, str]:
    """The shipped table of what is promised."""
    return read_kin_acts(packaged(_PACKAGE, "kin_acts.csv"))


def read_kin_apart(table: Traversable | Path) -> frozenset[frozenset[str]]:
    """Pairs of groups that one occurrence never belongs to both of.

    Raises:
        TableError: for an unknown group, or a group that is to be apart from itself.
    """
    known, found = set(kin().values()), set()
    for line, row in rows(table, ("first", "second")):
        pair = frozenset(row.values())
        if len(pair) != 2 or not pair <= known:
            raise TableError(str(table), line, f"{row['first']!r} and {row['second']!r}")
        found.add(pair)
    return frozenset(found)


@cache
def kin_apart() -> frozenset[frozenset[str]]:
    """The shipped table of what is never one another."""
    return read_kin_apart(packaged(_PACKAGE, "kin_apart.csv"))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A light English stem: plural, past, progressive and verbal endings taken off.

    After the first steps of Porter (1980), "An algorithm for suffix stripping": enough to bring
    ``meets``, ``met`` (by the table of kin) and ``meeting`` together, without a dictionary.
    """
    word = re.sub(r"['’]s?$", "", word.lower())
    if len(word) <= 3:
        return word
    for ending, put in (("sses", "ss"), ("ies", "y"), ("ied", "y"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(ending):
            return word[: -len(ending)] + put
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) >= 3 and re.search(r"[aeiouy]", root):
            return _undoubled(root)
    return _undoubled(word[:-1]) if word.endswith("e") else word


def _undoubled(root: str) -> str:
    if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz":
        return root[:-1]
    return root[:-1] if root.endswith("e") else root


@lru_cache(maxsize=4096)
def stems(text: str) -> tuple[str, ...]:
    """Stems of the words of ``text`` that are not stop words, in order."""
    words = (w.lower() for w in _WORD.findall(text))
    return tuple(stem(w) for w in words if w not in stop_words())


@lru_cache(maxsize=4096)
def heads(trigger: str) -> frozenset[str]:
    """What a trigger names: the kin groups of its stems, or the stems that have none."""
    words = [w.lower() for w in _WORD.findall(trigger)]
    phrasal = [
        (at, kin()[phrase])
        for at, pair in enumerate(pairwise(words))
        if (phrase := f"{stem(pair[0])} {pair[1]}") in kin()
    ]
    taken = {n for at, _ in phrasal for n in (at, at + 1)}
    rest = " ".join(w for n, w in enumerate(words) if n not in taken)
    found = stems(rest) or tuple(map(stem, rest.split()))
    groups = {kin().get(s, s) for s in found} - {_LIGHT}
    named = {kin()[s] for s in found if s in kin()} | {group for _, group in phrasal}
    return frozenset(named - {_LIGHT} or groups or found)


class Rarity:
    """How telling a stem is: ``log((n + unseen) / (documents with it + 0.5))``.

    Spärck Jones, "A statistical interpretation of term specificity" (1972).

    ``unseen`` stands for documents not seen, so that a handful of reports does not make its own
    subject worthless; with 2 what all documents share counts for nearly nothing.

    Args:
        documents: the stems of each document (a report, or its passages).
        unseen: how many more there are thought to be.
    """

    def __init__(self, documents: Iterable[Sequence[str]], unseen: int = _UNSEEN) -> None:
        self._unseen = unseen
        self._seen: Counter[str] = Counter()
        self._count = 0
        for document in documents:
            self._count += 1
            self._seen.update(set(document))

    def of(self, word: str) -> float:
        """The weight of a stem, at least 0.1."""
        return max(0.1, math.log((self._count + self._unseen) / (self._seen[word] + 0.5)))

    def cosine(self, first: Mapping[str, int], second: Mapping[str, int]) -> float:
        """Cosine of two bags of stems, damped counts times squared rarity; 0–1."""
        dot = sum(
            _damped(n) * _damped(second[w]) * self.of(w) ** 2
            for w, n in first.items()
            if w in second
        )
        return dot / (self._norm(first) * self._norm(second)) if dot else 0.0

    def _norm(self, bag: Mapping[str, int]) -> float:
        return math.sqrt(sum((_damped(n) * self.of(w)) ** 2 for w, n in bag.items()))


def _damped(count: int) -> float:
    return 1 + math.log(count)

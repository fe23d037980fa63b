"""The lexicon: which predicates, in which frame, name which PLOVER event.

An entry is a lemma with requirements on its surroundings. The tables in ``tables/lexicon`` hold
them, one row an entry; the cell ``with`` lists requirements, separated by spaces, all of which
must hold:

===================  ======================================================================
``prt:out``          a particle, preposition or adverb of this form belongs to the word
``obj:a|b|@class``   the logical object's head noun is one of these
``obj:#sanctions``   the logical object is a sanctions law, by name
``obj:#party``       the logical object is a political actor; ``#person`` a person by name,
                     ``#place`` a place or state by name
``subj:…``           the same of the logical subject; ``subj:many``: there are several
``objmod:a|b``       a modifier of the logical object is one of these
``from:…``           the same of what stands after that preposition; ``any``: there is one
``mod:a|b``          an adjective or noun modifier (or possessor) of this lemma before it
``next:on``          this word stands right after it
``inf:join|leave``   the infinitive that follows is one of these
``comp:inf``         an infinitive follows; ``comp:that`` a clause; ``comp:must`` one of duty
``no:obj``           there is no object; ``no:with`` no such preposition
===================  ======================================================================

Roles in ``actor`` and ``recipient``: ``subj``, ``obj``, ``poss``, ``mod``, ``teller`` (whoever says
so), a preposition, ``none``, several of them parted by ``|``, or nothing for the defaults of
:mod:`detente.coding.arguments`; ``both`` as recipient makes every party an actor. A row of type
``-`` says that the frame names no political event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Literal, cast, get_args

from detente.errors import TableError
from detente.ontology.plover import event_types, modes
from detente.ontology.table import Row, listed, rows

Frame = Literal["verb", "phrasal", "light", "noun", "idiom", "adj"]
#: The type of a frame that names no event.
NOTHING = "-"
_COLUMNS = (
    "frame",
    "lemma",
    "with",
    "type",
    "mode",
    "cameo",
    "actor",
    "recipient",
    "example",
)
_GOVERNED = ("lemma", "pos", "needs", "kind", "example")

GovernorKind = Literal[
    "plan",
    "wish",
    "commit",
    "threat",
    "refuse",
    "cancel",
    "request",
    "order",
    "accuse",
    "deny",
    "attempt",
    "fail",
    "consider",
    "permit",
    "through",
    "light",
]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One condition on a word's surroundings."""

    role: str
    words: frozenset[str]
    wants_party: bool = False
    wants_person: bool = False
    wants_place: bool = False
    wants_agreement: bool = False
    wants_sanctions: bool = False

    @property
    def weight(self) -> int:
        """How much the condition narrows: words more than any party, any party more than none."""
        if self.role == "no" or "any" in self.words:
            return 1
        if self.role == "inf" or self.wants_sanctions:
            return 4
        return 2 if self.wants_party or self.wants_person or self.wants_place else 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A predicate in a frame and what it means in the codebook."""

    id: str
    frame: Frame
    lemma: str
    requirements: tuple[Requirement, ...]
    event_type: str
    mode: str
    cameo: str
    actor: str
    recipient: str
    example: str

    @property
    def weight(self) -> int:
        """Specificity: the entry with the highest weight that fits is taken."""
        return sum(r.weight for r in self.requirements)

    @property
    def nominal(self) -> bool:
        """Whether the head word is a noun."""
        return self.frame == "noun"


@dataclass(frozen=True, slots=True)
class Governing:
    """What a governing word makes of its complement, and the words one of which must follow it."""

    kind: GovernorKind
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries by head lemma, most specific first, and the governing words by lemma."""

    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    adjectives: Mapping[str, tuple[Entry, ...]]
    governors: Mapping[tuple[str, str], Governing]

    def __len__(self) -> int:
        return sum(
            len(of) for by in (self.verbs, self.nouns, self.adjectives) for of in by.values()
        )

    def entries(self) -> Iterator[Entry]:
        """Every entry once."""
        for by in (self.verbs, self.nouns, self.adjectives):
            for of in by.values():
                yield from of


def _folder() -> Traversable:
    return files("detente.coding") / "tables" / "lexicon"


@cache
def lexicon() -> Lexicon:
    """The shipped lexicon, checked.

    Raises:
        TableError: for the first row that the schema refuses.
    """
    classes = _classes()
    seen: dict[str, Entry] = {}
    for table in sorted(_folder().iterdir(), key=lambda t: t.name):
        if table.name.startswith("entries"):
            for line, row in rows(table, _COLUMNS):
                entry = _entry(table, line, row, classes)
                if entry.id in seen:
                    raise TableError(str(table), line, f"entry {entry.id!r} stands twice")
                seen[entry.id] = entry
    return Lexicon(
        _by_lemma(e for e in seen.values() if e.frame not in ("noun", "adj")),
        _by_lemma(e for e in seen.values() if e.frame == "noun"),
        _by_lemma(e for e in seen.values() if e.frame == "adj"),
        _governors(),
    )


def _by_lemma(entries: Iterator[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.lemma, []).append(entry)
    return MappingProxyType(
        {lemma: tuple(sorted(of, key=lambda e: -e.weight)) for lemma, of in grouped.items()}
    )


@cache
def word_class(name: str) -> frozenset[str]:
    """The head nouns of a word class, such as ``arms``.

    Raises:
        KeyError: if there is no such class.
    """
    return _classes()[name]


def word_classes() -> tuple[str, ...]:
    """The names of all word classes."""
    return tuple(_classes())


def _classes() -> Mapping[str, frozenset[str]]:
    table = _folder() / "classes.csv"
    return {
        row["class"]: frozenset(listed(row["words"])) for _, row in rows(table, ("class", "words"))
    }


def _governors() -> Mapping[tuple[str, str], Governing]:
    table = _folder() / "governors.csv"
    found: dict[tuple[str, str], Governing] = {}
    for line, row in rows(table, _GOVERNED):
        if row["kind"] not in get_args(GovernorKind):
            raise TableError(str(table), line, f"unknown kind {row['kind']!r}")
        if row["pos"] not in ("verb", "noun", "adj"):
            raise TableError(str(table), line, f"unknown part of speech {row['pos']!r}")
        found[row["lemma"], row["pos"]] = Governing(
            kind=cast(GovernorKind, row["kind"]),
            needs=frozenset(row["needs"].split("|")) - {""},
        )
    return MappingProxyType(found)


def _entry(table: Traversable, line: int, row: Row, classes: Mapping[str, frozenset[str]]) -> Entry:
    if row["frame"] not in get_args(Frame):
        raise TableError(str(table), line, f"unknown frame {row['frame']!r}")
    if row["type"] != NOTHING and row["type"] not in event_types():
        raise TableError(str(table), line, f"unknown type {row['type']!r}")
    if row["mode"] and row["mode"] not in modes().get(row["type"], {}):
        raise TableError(str(table), line, f"{row['type']} has no mode {row['mode']!r}")
    if not row["lemma"] or not row["example"]:
        raise TableError(str(table), line, "an entry needs a lemma and an example")
    needs = tuple(_requirement(table, line, cell, classes) for cell in row["with"].split())
    return Entry(
        id=" ".join(filter(None, (row["frame"], row["lemma"], row["with"]))),
        frame=cast(Frame, row["frame"]),
        lemma=row["lemma"],
        requirements=needs,
        event_type=row["type"],
        mode=row["mode"],
        cameo=row["cameo"],
        actor=row["actor"],
        recipient=row["recipient"],
        example=row["example"],
    )


def _requirement(
    table: Traversable, line: int, cell: str, classes: Mapping[str, frozenset[str]]
) -> Requirement:
    role, _, wanted = cell.partition(":")
    if not role or not wanted:
        raise TableError(str(table), line, f"requirement {cell!r} is not role:words")
    words: set[str] = set()
    for word in wanted.split("|"):
        if word.startswith("@"):
            if word[1:] not in classes:
                raise TableError(str(table), line, f"unknown class {word}")
            words |= classes[word[1:]]
        elif not word.startswith("#"):
            words.add(word.replace("_", " "))
    options = wanted.split("|")
    return Requirement(
        role,
        frozenset(words),
        wants_party="#party" in options,
        wants_person="#person" in options,
        wants_place="#place" in options,
        wants_sanctions="#sanctions" in options,
        wants_agreement=bool({"@agreement", "@violate"} & set(options)),
    )

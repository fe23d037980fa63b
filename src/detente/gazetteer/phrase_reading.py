"""Reading a noun phrase: its head and tails, the names in them, its body and its role word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from detente.gazetteer.actor_catalogue import catalogue
from detente.gazetteer.actor_records import Agent
from detente.gazetteer.counts import count_in
from detente.gazetteer.names import Named, find_names
from detente.gazetteer.spelling import fold
from detente.ontology.table import packaged, rows

PLACED = frozenset({"state", "demonym", "capital", "region"})
BODIES = frozenset({"organisation", "group", "party", "agency", "breakaway", "seat"})
AGENTS = frozenset({"role", "institution", "people"})
#: Kinds of bodies whose names other countries' bodies bear as well ("Security Council").
_OWNED = frozenset({"agency", "organisation"})
_CUT = re.compile(
    r",|\(|\b(?:of|in|at|for|from|to|on|with|across|near|who|which|that|between|among|against|over"
    r"|inside|outside|under|by|about|into|within|than)\b"
)
_ALLIED = re.compile(
    r"-(?:backed|led|trained|funded|supported|allied|linked|brokered|made|aligned)\b"
)
_OPPOSED = re.compile(r"\b(?:pro|anti|ex-pro)-$", re.I)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a phrase, head or tail, with the names in it."""

    start: int
    end: int
    names: tuple[Named, ...]

    def of(self, kinds: frozenset[str]) -> tuple[Named, ...]:
        """The names of these kinds, in order."""
        return tuple(name for name in self.names if name.kind in kinds)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as read; ``parts`` begin with the head.

    ``past`` is true of former officials, ``other`` where someone else than the holder is meant
    ("deputy"), ``plural`` of a role word in the plural.
    """

    text: str
    parts: tuple[Part, ...]
    past: bool
    other: bool
    plural: bool


def read_phrase(phrase: str) -> Phrase:
    """Cuts a noun phrase into head and tails and finds the names in each."""
    text = " ".join(phrase.replace("’", "'").split())
    names = tuple(_own_agencies(text, find_names(text)))
    parts = tuple(part for part in _parts(text, names) if part.end > part.start)
    head = fold(text[: parts[0].end]).lower() if parts else ""
    effects = {effect for word, effect in _past_words().items() if _has(head, word)}
    return Phrase(
        text=text,
        parts=parts,
        past="past" in effects,
        other="other" in effects or bool(count_in(head)),
        plural=_plural_head(text, parts),
    )


def _parts(text: str, names: Sequence[Named]) -> Iterator[Part]:
    cuts = [
        cut.span()
        for cut in _CUT.finditer(text)
        if cut.start() and not any(n.start < cut.end() and cut.start() < n.end for n in names)
    ]
    start = 0
    for begin, end in [*cuts, (len(text), len(text))]:
        inside = tuple(n for n in names if start <= n.start and n.end <= begin)
        yield Part(start, begin, inside)
        start = end


def _own_agencies(text: str, names: Sequence[Named]) -> Iterator[Named]:
    """ "Chile's Defense Department" is no American agency: such a name is then a role word."""
    owner = ""
    for name in names:
        if name.kind in PLACED:
            owner = catalogue().states[name.ids[0]].country
        word = fold(text[name.start : name.end]).lower()
        generic = catalogue().agents.get(word) if name.kind in _OWNED else None
        if generic and owner and catalogue().bodies[name.ids[0]].country != owner:
            yield replace(name, kind="institution", ids=(generic.key,))
        else:
            yield name


def _plural_head(text: str, parts: Sequence[Part]) -> bool:
    if not parts or not parts[0].of(AGENTS):
        return False
    last = parts[0].of(AGENTS)[-1]
    word = fold(text[last.start : last.end]).lower()
    return catalogue().agents[word].form != word


@cache
def _past_words() -> Mapping[str, str]:
    table = packaged("detente.gazetteer", "past_words.csv")
    return MappingProxyType({r["word"]: r["effect"] for _, r in rows(table, ("word", "effect"))})


def _has(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text) is not None


def body_in(read: Phrase) -> Named | None:
    """The organisation, group, party, agency or seat that the phrase leans on."""
    for part in read.parts:
        bodies = [n for n in part.of(BODIES) if not only_allied(read.text, n)]
        if bodies:
            return bodies[-1]
        if any(not is_weak(read, n) for n in part.of(AGENTS)):
            return None
    return None


def agent_in(read: Phrase, *, weak_too: bool = False) -> Agent | None:
    """The role word that tells the sector: the head's last, or what a weak one leans on."""
    fallback: Agent | None = None
    for part in read.parts:
        for name in reversed(part.of(AGENTS)):
            agent = agent_of(read, name)
            if weak_too or not agent.weak:
                return agent
            fallback = fallback or agent
        if part.of(BODIES):
            break
    return fallback


def agent_of(read: Phrase, name: Named) -> Agent:
    """The row of the agents table for a role word found in the phrase."""
    return catalogue().agents[fold(read.text[name.start : name.end]).lower()]


def is_weak(read: Phrase, name: Named) -> bool:
    """Whether a role word takes its sector from what stands beside it."""
    return agent_of(read, name).weak


def only_allied(text: str, name: Named) -> bool:
    """ "Iranian-backed" and "pro-Russian" do not tell whose the group is."""
    after = text[name.end : name.end + 12]
    return bool(_ALLIED.match(after)) or bool(_OPPOSED.search(text[: name.start]))

"""What can hold a codable event at all, told by its words before (or after) anything is parsed.

An entry of the lexicon needs its head word and, for each of its requirements, one of the words that
it lists. A stretch of text in which no entry finds all of these, in any inflection that the
lemmatiser knows, holds no predicate of the lexicon whatever its parse: settled without one. The
second cue is someone who could act: a known name, a role noun, a pronoun or a capitalised word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from detente.coding.lexicon import NOTHING, Entry, Requirement, lexicon
from detente.coding.participants import roles
from detente.gazetteer.names import Named

#: Where one paragraph ends: a blank line, or a line that ends with a stop.
_PARTED = re.compile(r"\n[^\S\n]*\n\s*|(?<=[.!?”\"’'])[^\S\n]*\n\s*")
_WORDS = re.compile(r"\w[\w’'-]*|[$%]")
_PARTS = re.compile(r"[-’']")
_CAPITAL = re.compile(r"(?<=[^\s.!?:;“”\"'’(])\s+(?:[a-z]\S*\s+)*[A-Z]")
_POSITIONS = frozenset({"subj", "obj", "mod", "poss", "objmod", "teller", "content"})
_CLAUSES = {
    "inf": frozenset({"to"}),
    "must": frozenset({"must", "have", "need"}),
    "should": frozenset({"should", "ought"}),
}
_POS = ("verb", "noun", "adj", "adv")
#: Pronouns that stand for someone named before.
REFERRING = frozenset(
    {"he", "him", "his", "she", "her", "it", "its", "they", "them", "their", "latter", "former"}
)
_PRONOUNS = REFERRING | {"i", "we", "our", "us", "who", "which", "that", "you", "my", "two"}
#: Stands for an agreement that is told by its name, among the words of a paragraph.
_BY_NAME = "agreement"
#: Kinds of known names between whom any verb may tell an event.
_STATELY = frozenset({"person", "state", "seat", "demonym", "organisation"})
_QUOTES = re.compile(r"[“\"«„]|``")

Needs = tuple[frozenset[str], ...]


@cache
def frames() -> Mapping[str, tuple[Needs, ...]]:
    """For each head word the word sets that its entries need, one way of being met each."""
    found: dict[str, list[Needs]] = {}
    for entry in lexicon().entries():
        if entry.event_type != NOTHING:
            found.setdefault(_part(entry.lemma), []).append(_needs(entry))
    return {head: tuple(() if () in ways else w for w in ways) for head, ways in found.items()}


def _needs(entry: Entry) -> Needs:
    needs: list[frozenset[str]] = []
    for requirement in entry.requirements:
        needs.extend(_needed(requirement))
    return tuple(needs)


def _needed(requirement: Requirement) -> Iterable[frozenset[str]]:
    role, words = requirement.role, requirement.words
    if role == "no":
        return
    if role == "comp":
        if words <= _CLAUSES.keys():
            yield frozenset().union(*(_CLAUSES[word] for word in words))
        return
    if role not in _POSITIONS and role != "prt":
        yield frozenset({role})
    anyone = requirement.wants_party or requirement.wants_person
    if not anyone and not words & {"any", "many"}:
        by_name = requirement.wants_agreement or requirement.wants_sanctions
        yield frozenset(map(_part, words)) | ({_BY_NAME} if by_name else set())


def _part(word: str) -> str:
    """Of a word that the tokeniser cuts at its hyphens ("sit-in"), the longest part."""
    return max(word.split("-"), key=len)


class Screen:
    """Tells from words alone whether a stretch of text can hold an event of the lexicon.

    Args:
        exceptions: ``lemma_exc`` of the parser's lemmatiser: irregular forms by part of speech.
        rules: its ``lemma_rules``: pairs of old and new endings by part of speech.
    """

    def __init__(
        self,
        exceptions: Mapping[str, Mapping[str, Sequence[str]]],
        rules: Mapping[str, Sequence[Sequence[str]]],
    ) -> None:
        self._exceptions = exceptions
        self._rules = rules
        self._known: dict[str, frozenset[str]] = {}

    def has_predicate(self, words: Iterable[str]) -> bool:
        """Whether some entry of the lexicon finds all the words that it needs.

        Args:
            words: of a sentence or paragraph, in lower case.
        """
        present: set[str] = set()
        known = self._known
        for word in words:
            keys = known.get(word)
            present |= self._keys(word) if keys is None else keys
        table = frames()
        for head in present & table.keys():
            for needs in table[head]:
                if all(not need.isdisjoint(present) for need in needs):
                    return True
        return False

    def _keys(self, word: str) -> frozenset[str]:
        """Every lemma that the word can have, as whatever part of speech; remembered."""
        found = {word}
        for pos in _POS:
            found.update(self._exceptions.get(pos, {}).get(word, ()))
            for old, new in self._rules.get(pos, ()):
                if word.endswith(old):
                    found.add(word[: len(word) - len(old)] + new)
        found |= {key[3:] for key in found if key.startswith("re-")}
        found |= {key + "e" for key in found}
        self._known[word] = keys = frozenset(found)
        return keys

    def kept(self, text: str, names: Sequence[Named]) -> list[tuple[int, int]]:
        """The stretches of a text that are worth a parse, in characters.

        A paragraph is, when it has a predicate and someone who could act, or names two who may act
        on each other; and the one before it, where it refers back by a pronoun or goes on quoting.

        Args:
            text: of a report.
            names: the known names in it, in order.
        """
        bounds = _paragraphs(text)
        worth = [self._can_hold(text[a:b], _within(names, a, b)) for a, b in bounds]
        kept = set()
        for number, (start, end) in enumerate(bounds):
            if worth[number]:
                kept.add(number)
                if _refers_back(text[start:end]):
                    kept.add(number - 1)
        return [bounds[number] for number in sorted(kept) if number >= 0]

    def _can_hold(self, paragraph: str, named: Sequence[Named]) -> bool:
        words = words_of(paragraph)
        actor = named or _CAPITAL.search(paragraph) or any(map(_acts, words))
        if any(name.kind == "agreement" for name in named):
            words.append(_BY_NAME)
        return relates(named) or (bool(actor) and self.has_predicate(words))


def relates(named: Iterable[Named]) -> bool:
    """Whether two states, leaders or organisations are named: their verb may be an unknown one."""
    return len({name.ids for name in named if name.kind in _STATELY}) > 1


def words_of(text: str) -> list[str]:
    """Words in lower case; of those with a hyphen or an apostrophe the parts as well."""
    found: list[str] = []
    for word in _WORDS.findall(text.lower()):
        found.append(word)
        if not word.isalnum():
            found.extend(part for part in _PARTS.split(word) if part)
    return found


@cache
def _acts(word: str) -> bool:
    table = roles()
    return word in _PRONOUNS or word in table or word.removesuffix("s") in table


def _within(names: Sequence[Named], start: int, end: int) -> list[Named]:
    return [name for name in names if start <= name.start < end]


def _paragraphs(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    for gap in _PARTED.finditer(text):
        if text[start : gap.start()].strip():
            found.append((start, gap.start()))
        start = gap.end()
    if text[start:].strip():
        found.append((start, len(text)))
    return found


def _refers_back(paragraph: str) -> bool:
    return bool(_QUOTES.search(paragraph)) or not REFERRING.isdisjoint(words_of(paragraph))


def blanked(text: str, kept: Sequence[tuple[int, int]]) -> str:
    """The text with everything but the kept stretches blanked, line breaks left standing.

    Every offset stays true.
    """
    pieces, at = [], 0
    for start, end in kept:
        pieces += [_blank(text[at:start]), text[start:end]]
        at = end
    return "".join((*pieces, _blank(text[at:])))


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)

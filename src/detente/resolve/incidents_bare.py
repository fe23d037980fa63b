"""Merging where only words are known: mentions without coded parties, dates or places.

Two documents tell one story if they share rare names; two mentions in one story tell one
occurrence if their triggers are kin and their sentences share rare words and names. The grouping is
the one that coded events get (``incidents_link``). A document's language is English.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.resolve.incidents_link import link
from detente.resolve.incidents_words import Rarity, heads, stem, stems, stop_words

#: Average cosine of rare names from which documents tell one story.
SAME_STORY = 0.05
#: Link from which mentions are one occurrence; the weights below are on its scale.
LEAST = 2.4
_KIN, _SAME_WORD, _SENTENCE, _NAMES, _ONE_SENTENCE = 2.2, 0.3, 1.1, 0.3, -0.5
_BEST_SHARE = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class BareMention:
    """Words that tell of an occurrence: in which document and sentence they stand."""

    document: str
    sentence: int
    trigger: str


#: Document → sentence number → its words.
Documents = Mapping[str, Mapping[int, Sequence[str]]]


def names_in(sentences: Mapping[int, Sequence[str]]) -> list[str]:
    """Stems of the words that a document always writes with a capital, and its numbers."""
    words = [w for sentence in sentences.values() for w in sentence]
    small = {w for w in words if w.isalpha() and w == w.lower()}
    return [stem(w) for w in words if _is_name(w, small)]


def _is_name(word: str, small: set[str]) -> bool:
    lowered = word.lower()
    capital = word[:1].isupper() and lowered not in small and lowered not in stop_words()
    return capital or word[:1].isdigit()


def stories(documents: Documents) -> list[list[str]]:
    """Documents grouped by what they tell of: average linkage on the cosine of rare names."""
    order = sorted(documents)
    named = [Counter(names_in(documents[name])) for name in order]
    rarity = Rarity((list(bag) for bag in named), unseen=2)

    def pair(one: int, two: int) -> tuple[float, bool]:
        return rarity.cosine(named[one], named[two]), False

    groups = link(len(order), pair, SAME_STORY, best_share=0.0)
    return [[order[at] for at in group] for group in groups]


def group_bare(mentions: Sequence[BareMention], documents: Documents) -> list[list[int]]:
    """Groups mentions of the documents at hand.

    Args:
        mentions: what to group.
        documents: all documents that the mentions stand in, and any others of the subject.

    Returns:
        Groups of indices into ``mentions``.
    """
    story = {name: at for at, group in enumerate(stories(documents)) for name in group}
    compare = _Comparison(mentions, documents)

    def pair(one: int, two: int) -> tuple[float, bool]:
        first, second = mentions[one], mentions[two]
        return compare.weight(one, two), story[first.document] != story[second.document]

    return link(len(mentions), pair, LEAST, best_share=_BEST_SHARE)


class _Comparison:
    """What each pair is weighed by, worked out once a mention."""

    def __init__(self, mentions: Sequence[BareMention], documents: Documents) -> None:
        told = {n: [" ".join(words) for words in d.values()] for n, d in documents.items()}
        self._mentions = mentions
        self._rarity = Rarity(stems(" ".join(text)) for text in told.values())
        names = {name: names_in(sentences) for name, sentences in documents.items()}
        self._name_rarity = Rarity(names.values(), unseen=2)
        self._heads = [heads(m.trigger) for m in mentions]
        self._stems = [frozenset(stem(w) for w in m.trigger.split()) for m in mentions]
        sentences = [documents[m.document][m.sentence] for m in mentions]
        self._words = [Counter(stems(" ".join(words))) for words in sentences]
        self._names = [
            Counter(s for s in map(stem, words) if s in set(names[m.document]))
            for m, words in zip(mentions, sentences, strict=True)
        ]

    def weight(self, one: int, two: int) -> float:
        """The sum of the evidence that two mentions tell one occurrence."""
        first, second = self._mentions[one], self._mentions[two]
        here = (first.document, first.sentence) == (second.document, second.sentence)
        return (
            _KIN * bool(self._heads[one] & self._heads[two])
            + _SAME_WORD * bool(self._stems[one] & self._stems[two])
            + _SENTENCE * self._rarity.cosine(self._words[one], self._words[two])
            + _NAMES * self._name_rarity.cosine(self._names[one], self._names[two])
            + _ONE_SENTENCE * here
        )

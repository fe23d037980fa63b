"""The model's attribute ruler and lemmatiser, remembering what they said of the same word before.

Both are functions of a word, its labels and its neighbours; spaCy works each out anew for every
token, which takes a fifth of a parse. The results are the same, token by token.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from spacy.attrs import DEP, IS_SPACE, LEMMA, LOWER, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc

from detente.coding.screening import Screen

#: How the component is called in the pipeline.
NAME = "detente_tagging"
_LOOKED_AT = frozenset({"TAG", "DEP", "LOWER", "IS_SPACE"})
_NEIGHBOURS = 2
_LABELS = [POS, MORPH, LEMMA, DEP]
_Key = tuple[int, ...]


class Tagging:
    """Part of speech, morphology and lemma of every token.

    Args:
        ruler: the model's attribute ruler.
        lemmatiser: the model's rule lemmatiser.

    Attributes:
        screen: tells by the lemmatiser's tables which text holds a predicate of the lexicon.
    """

    def __init__(self, ruler: Any, lemmatiser: Any) -> None:
        self._ruler = ruler
        self._lemmatiser = lemmatiser
        self.screen = Screen(
            lemmatiser.lookups.get_table("lemma_exc"), lemmatiser.lookups.get_table("lemma_rules")
        )
        self._labels: dict[_Key, list[int]] = {}
        self._lemmas: dict[_Key, int] = {}
        self._words = _Words(ruler)

    def __call__(self, doc: Doc) -> Doc:
        """Sets part of speech, morphology and lemma."""
        if len(doc) == 0:
            return doc
        if not self._words.local:
            return self._lemmatised(self._ruler(doc))
        keys = list(self._keys(doc))
        new = {key: i for i, key in enumerate(keys) if key not in self._labels}
        if new:
            self._learn(doc, new)
        labels = [self._labels[key] for key in keys]
        rows: Any = np.array(labels, dtype=np.uint64)
        doc.from_array(_LABELS, rows)
        return self._lemmatised(doc)

    def _learn(self, doc: Doc, new: dict[_Key, int]) -> None:
        """Asks the ruler about these tokens, each between its neighbours."""
        around = [j for i in new.values() for j in (max(i - 1, 0), i, min(i + 1, len(doc) - 1))]
        few = Doc(doc.vocab, words=[doc[j].text for j in around])
        labels: Any = doc.to_array([TAG, DEP])
        few.from_array([TAG, DEP], labels[around])
        self._ruler(few)
        told = few.to_array(_LABELS)[1::3].tolist()
        self._labels.update(zip(new, told, strict=True))

    def _keys(self, doc: Doc) -> Iterator[_Key]:
        """All that the ruler's patterns look at: a token's labels, and its neighbours'."""
        rows = doc.to_array([TAG, DEP, LOWER, IS_SPACE]).tolist()
        telling = self._words
        pairing = [telling.pairing(lower) for _, _, lower, _ in rows]
        before_word = before_dep = before_tag = 0
        for (tag, dep, lower, space), pair, after in zip(
            rows, pairing, [*pairing[1:], 0], strict=True
        ):
            yield tag, dep, telling(lower), space, before_word, before_dep, before_tag, after
            before_word, before_tag = pair, tag if pair else 0
            before_dep = dep if dep in telling.opening else 0

    def _lemmatised(self, doc: Doc) -> Doc:
        column: list[list[int]] = []
        for i, (orth, pos, morph, lemma) in enumerate(
            doc.to_array([ORTH, POS, MORPH, LEMMA]).tolist()
        ):
            told = lemma or self._lemmas.get((orth, pos, morph), 0)
            if not told:
                told = doc.vocab.strings.add(self._lemmatiser.lemmatize(doc[i])[0])
                self._lemmas[orth, pos, morph] = told
            column.append([told])
        lemmas: Any = np.array(column, dtype=np.uint64)
        return doc.from_array([LEMMA], lemmas)


class _Words:
    """The words that a ruler's patterns name; any other word is the same to it as none.

    ``local`` is false where a pattern looks at more than a word, its labels and its neighbour.
    ``opening`` are the dependencies that a pattern of two words asks of one of them.
    """

    def __init__(self, ruler: Any) -> None:
        patterns = [pattern for rule in ruler.patterns for pattern in rule["patterns"]]
        self._strings = ruler.vocab.strings
        pairs = [part for pattern in patterns if len(pattern) > 1 for part in pattern]
        self._own = _named(part for pattern in patterns for part in pattern)
        self._paired = _named(pairs)
        self._known: dict[tuple[int, bool], int] = {}
        self.local = all(map(_is_local, patterns))
        self.opening = {self._strings.add(part["DEP"]) for part in pairs if "DEP" in part}

    def __call__(self, lower: int) -> int:
        """The word itself if a pattern names it, else 0."""
        told = self._known.get((lower, False))
        return self._look_up(lower, pair=False) if told is None else told

    def pairing(self, lower: int) -> int:
        """The word itself if a pattern of two words names it, else 0."""
        told = self._known.get((lower, True))
        return self._look_up(lower, pair=True) if told is None else told

    def _look_up(self, lower: int, *, pair: bool) -> int:
        word = self._strings[lower]
        told = lower if (self._paired if pair else self._own).search(word) else 0
        self._known[lower, pair] = told
        return told


def _is_local(pattern: list[dict[str, Any]]) -> bool:
    """Whether the pattern is one word or two, told by what the keys hold."""
    if len(pattern) > _NEIGHBOURS or not all(part.keys() <= _LOOKED_AT for part in pattern):
        return False
    words = [part["LOWER"] for part in pattern if "LOWER" in part]
    told = all(isinstance(word, str) or word.keys() <= {"IN", "REGEX"} for word in words)
    plain = all(isinstance(part.get("DEP", ""), str) for part in pattern)
    return told and (plain or len(pattern) == 1)


def _named(parts: Iterable[dict[str, Any]]) -> re.Pattern[str]:
    """All words that these parts of patterns name, as one expression."""
    options: list[str] = []
    for part in parts:
        wanted = part.get("LOWER", {})
        words = [wanted] if isinstance(wanted, str) else wanted.get("IN", ())
        options += [f"^{re.escape(word)}$" for word in words]
        options += [wanted["REGEX"]] if not isinstance(wanted, str) and "REGEX" in wanted else []
    return re.compile("|".join(dict.fromkeys(options)) or r"(?!)")


@Language.factory(NAME)
def tagging(nlp: Language, name: str) -> Tagging:
    """The component for a pipeline; takes the place of its ruler and its lemmatiser."""
    del name
    _, ruler = nlp.remove_pipe("attribute_ruler")
    lemmatiser: Any = nlp.remove_pipe("lemmatizer")[1]
    index = lemmatiser.lookups.get_table("lemma_index")
    for pos in index:
        index[pos] = frozenset(index[pos])  # a list as shipped, searched from end to end each time
    return Tagging(ruler, lemmatiser)

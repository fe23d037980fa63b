"""Headlines In Title Case, lower-cased for the parser, letter by letter, so that offsets stay true.

A small tagger takes "Expels" in "Niger Expels Envoy" for a name. Words that are no names are made
small before the parse: known words of the lexicon, and those the report writes small elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from detente.coding.lexicon import lexicon, word_class, word_classes
from detente.coding.participants import roles
from detente.gazetteer.names import find_names

_PARAGRAPH = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FEWEST, _MOST = 4, 25
#: Title case writes words of at least this many letters large, and small ones as it likes.
_LARGE = 5
_SMALL = frozenset(
    {"a", "after", "against", "amid", "an", "and", "as", "at", "before", "between", "but", "by"}
    | {"for", "from", "his", "her", "if", "in", "into", "is", "are", "be", "its", "new", "no"}
    | {"not", "of", "off", "on", "or", "out", "over", "says", "than", "that", "the", "their"}
    | {"to", "under", "up", "was", "were", "will", "with", "would", "former", "first", "more"}
    | {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozens", "about"}
)
_ENDINGS = ("", "s", "es", "d", "ed", "ing")


def lowered(text: str) -> str:
    """The text with its Title-Case headlines written as sentences; every offset stays.

    Args:
        text: the text of a report, paragraphs parted by line breaks.
    """
    pieces, at = [], 0
    for line in _PARAGRAPH.finditer(text):
        if _is_headline(line[0]):
            pieces += [text[at : line.start()], _sentence(line[0], text)]
            at = line.end()
    return "".join((*pieces, text[at:]))


def _is_headline(line: str) -> bool:
    words = _WORD.findall(line)
    if not _FEWEST <= len(words) <= _MOST or line.rstrip()[-1:] in (".", "!", ":", ";", ","):
        return False
    long = [word for word in words if len(word) >= _LARGE]
    return len(long) > 1 and all(word[0].isupper() for word in long) and not line.isupper()


def _sentence(line: str, text: str) -> str:
    """One headline, with what is no name made small."""
    names = [(name.start, name.end) for name in find_names(line)]
    letters = list(line)
    for word in _words(line):
        named = any(start < word.end() and word.start() < end for start, end in names)
        small = word[0].lower()
        if not named and word[0][1:].islower() and (_known(small) or _written_small(small, text)):
            letters[word.start()] = small[0]
    return "".join(letters)


def _words(line: str) -> Iterator[re.Match[str]]:
    return _WORD.finditer(line)


def _written_small(word: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text) is not None


def _known(word: str) -> bool:
    if word in _SMALL:
        return True
    return any(stem in _stock() for stem in _stems(word))


def _stems(word: str) -> Iterator[str]:
    """The word and what it may be an inflected form of."""
    for ending in _ENDINGS:
        if word.endswith(ending):
            stem = word[: len(word) - len(ending)]
            yield stem
            yield stem + "e"
            if stem.endswith("i"):
                yield stem[:-1] + "y"
            if stem[-1:] == stem[-2:-1]:
                yield stem[:-1]


@cache
def _stock() -> frozenset[str]:
    """Every word of the lexicon: its heads, the words it governs by, its classes, role nouns."""
    words = lexicon()
    heads = {*words.verbs, *words.nouns, *words.adjectives, *roles()}
    asked = {w for e in words.entries() for r in e.requirements for w in r.words}
    classes = {w for name in word_classes() for w in word_class(name)}
    return frozenset(heads | asked | classes | {lemma for lemma, _ in words.governors})

"""Words read as the small tagger reads them right: names whole, verbs of headlines as verbs.

The verb after a name ("US expels 60 Russians") is tagged as a plural noun. spaCy's models see a
word by its ``NORM`` beside its first and last letters and its shape: another norm changes what the
tagger and the parser take it for, while text, offsets and lemma stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span

from detente.coding.lexicon import lexicon
from detente.coding.named import names_in
from detente.gazetteer.names import Named

#: A verb in the present that the models know well.
_KNOWN = "says"
_ACTING = frozenset(
    {"person", "surname", "state", "capital", "seat", "organisation", "group", "agency", "party"}
)
_PERSONS = frozenset({"person", "surname"})
_HYPHEN = "-"
#: White space before a paragraph's first word, in characters.
_LONGEST_GAP = 200
_STOP = frozenset(".!?")
_ARTICLES = frozenset({"a", "an", "the", "its", "his", "her", "their", "all", "both", "new"})


def read_names(doc: Doc) -> None:
    """Makes one token of a hyphenated name, and a known verb of the one that follows a headline's.

    Args:
        doc: tokenised, its known names remembered; not yet tagged.
    """
    text, names = doc.text, names_in(doc)
    _join_hyphenated(doc, text, names)
    for name in names:
        if name.kind in _ACTING and _opens(text, name.start):
            _read_verb(doc, name)


def _join_hyphenated(doc: Doc, text: str, names: Iterable[Named]) -> None:
    """ "Ki-moon", which the tokeniser cuts in three."""
    cut = [n for n in names if n.kind in _PERSONS and _HYPHEN in text[n.start : n.end]]
    if not cut:
        return
    spans = (doc.char_span(name.start, name.end) for name in cut)
    joints = [i for span in spans if span is not None for i in _joints(span)]
    with doc.retokenize() as retokenizer:
        for i in joints:
            retokenizer.merge(doc[i - 1 : i + 2])


def _joints(name: Span) -> Iterator[int]:
    """Where a hyphen stands within a name, without white space around it."""
    for token in name[1:-1]:
        before = name.doc[token.i - 1]
        if token.text == _HYPHEN and not (before.whitespace_ or token.whitespace_):
            yield token.i


def _read_verb(doc: Doc, name: Named) -> None:
    """Sets the norm of the verb that follows the name with which a headline begins."""
    span = doc.char_span(name.start, name.end)
    if span is None or span.end >= len(doc):
        return
    if _may_be_verb(doc, span.end) and not _has_stop(doc, span.end):
        doc[span.end].norm_ = _KNOWN


def _opens(text: str, start: int) -> bool:
    """Whether a paragraph begins here."""
    before = text[max(0, start - _LONGEST_GAP) : start].rstrip(" ")
    return not before or before[-1] == "\n"


def _has_stop(doc: Doc, start: int) -> bool:
    for token in doc[start:]:
        if token.is_space and "\n" in token.text:
            return False
        if token.text in _STOP:
            return True
    return False


def _may_be_verb(doc: Doc, at: int) -> bool:
    """Whether a word is the third person of a verb of the lexicon, and no plural noun there.

    What may be either ("sanctions", "visits") is a verb before a name, an article or a number.
    """
    word = doc[at].text
    if not word.islower() or not word.endswith("s"):
        return False
    words = lexicon()
    stems = [word[:-1], word[:-2], word[:-3] + "y"]
    if not any(stem in words.verbs or (stem, "verb") in words.governors for stem in stems):
        return False
    return not any(stem in words.nouns for stem in (word, *stems)) or _takes_object(doc, at + 1)


def _takes_object(doc: Doc, at: int) -> bool:
    following = doc[at].text if at < len(doc) else ""
    return following[:1].isupper() or following[:1].isdigit() or following in _ARTICLES

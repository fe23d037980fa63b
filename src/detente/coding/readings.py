"""Verbs of headlines that the small tagger misreads, given to it as a verb that it knows.

The verb after a name ("US expels 60 Russians") is tagged as a plural noun. spaCy's models see a
word by its ``NORM`` beside its first and last letters and its shape: another norm changes what the
tagger and the parser take it for, while text, offsets and lemma stay.
"""

from __future__ import annotations

from spacy.tokens import Doc

from detente.coding.lexicon import lexicon
from detente.coding.named import names_in

#: A verb in the present that the models know well.
_KNOWN = "says"
_ACTING = frozenset(
    {"person", "surname", "state", "capital", "seat", "organisation", "group", "agency", "party"}
)
_STOP = frozenset(".!?")
_ARTICLES = frozenset({"a", "an", "the", "its", "his", "her", "their", "all", "both", "new"})


def read_headline_verbs(doc: Doc) -> None:
    """Sets the norm of the verb that follows the name with which a headline begins.

    Args:
        doc: tokenised, its known names remembered; not yet tagged.
    """
    for name in names_in(doc):
        if name.kind not in _ACTING:
            continue
        span = doc.char_span(name.start, name.end)
        if span is None or span.end >= len(doc) or not _opens(doc, span.start):
            continue
        if _may_be_verb(doc, span.end) and not _has_stop(doc, span.end):
            doc[span.end].norm_ = _KNOWN


def _opens(doc: Doc, start: int) -> bool:
    """Whether a paragraph begins here."""
    return start == 0 or doc[start - 1].is_space


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

"""Sentence bounds that the parser must keep: paragraphs, headings, closing quotation marks."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

#: How the component is called in the pipeline.
NAME = "detente_boundaries"
_BLANK_LINE = re.compile(r"\n\s*\n")
_STOP = frozenset(".!?")
_CLOSING = frozenset('”’"')


@Language.component(NAME)
def boundaries(doc: Doc) -> Doc:
    """Starts a sentence after each blank line, and at a stray closing quotation mark.

    A heading or headline has no stop, so the parser would run it into the next paragraph. A
    closing mark between a stop and a capital (``… Ushakov. ” After the summit``) opens nothing.

    Args:
        doc: tokenised, not yet parsed.
    """
    for token in doc[:-1]:
        following = doc[token.i + 1]
        if token.is_space and _BLANK_LINE.search(token.text):
            following.is_sent_start = True
        elif _is_stray_mark(doc, token.i):
            token.is_sent_start = True
    return doc


def _is_stray_mark(doc: Doc, at: int) -> bool:
    token = doc[at]
    if token.text not in _CLOSING or at == 0 or not token.whitespace_:
        return False
    before, after = doc[at - 1], doc[at + 1]
    return before.text[-1] in _STOP and bool(before.whitespace_) and after.text[:1].isupper()

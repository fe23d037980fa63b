"""Sentence bounds that the parser must keep: paragraphs, headings, closing quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Token

from detente.coding.readings import read_names
from detente.ontology.calendar import WEEKDAY

#: How spaCy keeps that a token begins a sentence, or does not; 0 leaves it to the parser.
_BEGINS, _GOES_ON = 1, -1
#: How the component is called in the pipeline.
NAME = "detente_boundaries"
_BLANK_LINE = re.compile(r"\n\s*\n")
_SHORTEST = 3
_STOP = frozenset(".!?")
#: After these a sentence may begin, with white space or without.
_MAY_END = frozenset(".!?…:;”’\"'»)]—–-")
_DATE_WORD = (
    r"(?:\d[\d./]*(?:st|nd|rd|th)?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    rf"|{WEEKDAY}|spring|summer|autumn|winter"
    r"|on|in|early|late|mid|to|and|of)"
)
#: The mark of a list and the date that an item of a chronology opens with.
_ITEM_HEAD = re.compile(
    r"\s*(?:[-*•–·▪]\s+)?"
    rf"(?:(?=[^\n:]{{0,25}}(?:\d|\*\*))[*_]{{0,2}}{_DATE_WORD}(?:[\s,–-]{{1,3}}{_DATE_WORD}){{0,6}}"
    r"(?:[*_]{0,2}(?::|\s[–—-])[*_]{0,2}|[*_]{2})\s+)?",
    re.IGNORECASE,
)
_BULLETS = frozenset("-*•–·▪")
_CLOSING = frozenset('”’"')


@Language.component(NAME)
def boundaries(doc: Doc) -> Doc:
    """Keeps sentences within their paragraphs, headlines whole, stray marks with what follows.

    A heading or headline has no stop, so the parser would run it into the next paragraph, or cut
    it up. A closing mark between a stop and a capital (``… Ushakov. ” After the summit``) closes
    nothing.

    Args:
        doc: tokenised, not yet parsed.
    """
    read_names(doc)
    text = doc.text  # put together anew each time it is asked for
    starts = [0] * len(doc)
    for start, end in _paragraphs(doc):
        starts[start] = _BEGINS
        words = [token for token in doc[start:end] if not token.is_space]
        if words and not any(token.text in _STOP for token in words):
            starts[start + 1 : end] = [_GOES_ON] * (end - start - 1)
        elif len(words) > _SHORTEST:
            # The parser takes a name's first word after a heading for a sentence of its own.
            starts[start + 1] = _GOES_ON
        _keep_running(doc, start, end, starts)
        for at in _heads_of_items(doc, text, start, end):
            starts[at] = _BEGINS
        for at in range(start + 1, end - 1):
            if _is_stray_mark(doc, at):
                starts[at] = _BEGINS
                after = _nearest(doc, at, +1)
                if after:
                    starts[at + 1 : after.i + 1] = [_GOES_ON] * (after.i - at)
    # One by one, each token would be asked whether its whole document is parsed.
    column: Any = np.array([starts], dtype=np.int64).T.astype(np.uint64)
    return doc.from_array([SENT_START], column)


def _keep_running(doc: Doc, start: int, end: int, starts: list[int]) -> None:
    """No sentence begins after words without a stop ("…, he said")."""
    before = doc[start]
    for token in doc[start + 1 : end]:
        if not token.is_space and not before.is_space and before.text[-1] not in _MAY_END:
            starts[token.i] = _GOES_ON
        before = token


def _paragraphs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Token spans between blank lines or of list items; the blank belongs to what it ends."""
    start = 0
    for token in doc:
        if token.is_space and (_BLANK_LINE.search(token.text) or _opens_item(doc, token)):
            yield start, token.i + 1
            start = token.i + 1
    if start < len(doc):
        yield start, len(doc)


def _heads_of_items(doc: Doc, text: str, start: int, end: int) -> Iterator[int]:
    """Where, behind its mark and its date, the text of an item begins ("- 3 May 2018: Iran")."""
    head = _ITEM_HEAD.match(text, doc[start].idx)
    if head and head[0].strip():
        behind = (t.i for t in doc[start + 1 : end] if t.idx >= head.end() and not t.is_space)
        yield from islice(behind, 1)


def _opens_item(doc: Doc, space: Token) -> bool:
    """Whether a line break leads to an item of a list, or from a full stop to the next line."""
    at = space.i
    if "\n" not in space.text or at == 0 or at + 1 >= len(doc):
        return False
    return doc[at - 1].text in _STOP or doc[at + 1].text in _BULLETS


def _is_stray_mark(doc: Doc, at: int) -> bool:
    """Space, a closing mark, space, with a stop before and a capital after."""
    if doc[at].text not in _CLOSING:
        return False
    before, after = _nearest(doc, at, -1), _nearest(doc, at, +1)
    if before is None or after is None:
        return False
    apart = before.idx + len(before) < doc[at].idx and doc[at].idx + 1 < after.idx
    return apart and before.text[-1] in _STOP and after.text[:1].isupper()


def _nearest(doc: Doc, at: int, step: int) -> Token | None:
    """The nearest token that is no white space, before (step −1) or after (+1)."""
    at += step
    while 0 <= at < len(doc):
        if not doc[at].is_space:
            return doc[at]
        at += step
    return None

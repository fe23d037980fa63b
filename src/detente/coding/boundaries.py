"""Sentence bounds that the parser must keep: paragraphs, headings, closing quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc, Token

from detente.coding.readings import join_hyphenated, read_headline_verbs

#: How the component is called in the pipeline.
NAME = "detente_boundaries"
_BLANK_LINE = re.compile(r"\n\s*\n")
_SHORTEST = 3
_STOP = frozenset(".!?")
#: After these a sentence may begin, with white space or without.
_MAY_END = frozenset(".!?…:;”’\"'»)]—–-")
_DATE_WORD = (
    r"(?:\d[\d./]*(?:st|nd|rd|th)?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|spring|summer|autumn|winter"
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
    join_hyphenated(doc)
    read_headline_verbs(doc)
    text = doc.text  # put together anew each time it is asked for
    for start, end in _paragraphs(doc):
        doc[start].is_sent_start = True
        words = [token for token in doc[start:end] if not token.is_space]
        if words and not any(token.text in _STOP for token in words):
            for token in doc[start + 1 : end]:
                token.is_sent_start = False
        elif len(words) > _SHORTEST:
            # The parser takes a name's first word after a heading for a sentence of its own.
            doc[start + 1].is_sent_start = False
        for token in doc[start + 1 : end]:
            if _runs_on(doc, token):
                token.is_sent_start = False
        for at in _heads_of_items(doc, text, start, end):
            doc[at].is_sent_start = True
        for at in range(start + 1, end - 1):
            if _is_stray_mark(doc, at):
                doc[at].is_sent_start = True
                after = _nearest(doc, at, +1)
                for token in doc[at + 1 : after.i + 1] if after else ():
                    token.is_sent_start = False
    return doc


def _runs_on(doc: Doc, token: Token) -> bool:
    """Whether a token follows words without a stop: no sentence begins there ("…, he said")."""
    before = doc[token.i - 1]
    return not before.is_space and before.text[-1] not in _MAY_END and not token.is_space


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

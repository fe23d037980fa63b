"""Where quotes begin and end, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Token

_OPENING = frozenset({"“", "``", "„", "«"})
_CLOSING = frozenset({"”", "''", "»"})
_EITHER = frozenset({'"'})


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Tokens ``start`` to ``end`` (end exclusive, marks included) within one paragraph.

    ``goes_on`` is true where the paragraph ends before the quote is closed: the next quoted
    paragraph is the same speaker's (the convention of English newspapers).
    """

    start: int
    end: int
    paragraph: int
    goes_on: bool = False


def paragraphs(doc: Doc) -> list[tuple[int, int]]:
    """Token ranges of the paragraphs: a line break parts them."""
    breaks = [token.i for token in doc if "\n" in token.text or "\n" in token.whitespace_]
    edges = [-1, *breaks, len(doc)]
    return [(a + 1, b) for a, b in pairwise(edges) if b > a + 1]


def quotes(doc: Doc) -> list[Quote]:
    """All double-quoted stretches; single quotes inside them are theirs.

    Args:
        doc: a parsed document of any number of paragraphs.

    Returns:
        Quotes in order. A mark that is never closed reaches to the end of its paragraph.
    """
    found: list[Quote] = []
    for number, (start, end) in enumerate(paragraphs(doc)):
        found.extend(_in_paragraph(doc, start, end, number))
    return found


def _in_paragraph(doc: Doc, start: int, end: int, number: int) -> Iterator[Quote]:
    opened: int | None = None
    for token in doc[start:end]:
        if opened is None:
            if _opens(token, start):
                opened = token.i
        elif _closes(token) and token.i > opened:
            yield Quote(start=opened, end=token.i + 1, paragraph=number)
            opened = None
    if opened is not None and end - opened > 1:
        yield Quote(start=opened, end=end, paragraph=number, goes_on=True)


def _opens(token: Token, start: int) -> bool:
    """Curly and straight marks open; a closing mark at the start of a line is a slip for one."""
    mark = token.text
    if mark in _OPENING or mark in _EITHER:
        return True
    if mark not in _CLOSING or token.whitespace_:
        return False
    return token.i == start or bool(token.nbor(-1).whitespace_)


def _closes(token: Token) -> bool:
    mark = token.text
    return mark in _CLOSING or mark in _EITHER or (mark[0] in _CLOSING and len(mark) == 2)

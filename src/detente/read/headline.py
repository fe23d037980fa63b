"""Title and standfirst of a plain text, by where they stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from detente.read.furniture import SENTENCE_END
from detente.read.lines import Line, paragraphs_of
from detente.read.sections import MARKED, kind_of

#: A headline is no longer than this.
MOST_WORDS = 30
MOST_CHARACTERS = 220
#: A first line up to this share of the longest line of its paragraph was not broken for width.
SHORT_LINE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """Title and standfirst, and the numbers of the lines they stand on."""

    title: str = ""
    standfirst: str = ""
    lines: frozenset[int] = frozenset()


def headline_of(lines: Sequence[Line], skip: Collection[int]) -> Headline:
    """The first headline-like line, and the paragraph after it.

    Args:
        lines: the lines of the text.
        skip: numbers of the lines that are furniture or header.

    Returns:
        Empty strings for what is not there: a text may begin with its first sentence.
    """
    paragraphs = paragraphs_of(lines, frozenset(skip))
    if not paragraphs:
        return Headline()
    first = paragraphs[0]
    block = lines[first.first : first.last + 1]
    if not _is_headline(block):
        return Headline()
    marked = MARKED.match(block[0].text)
    title = marked[2] if marked else block[0].text
    start = first.first + 1
    if len(block) == 1:
        if len(paragraphs) == 1:
            return Headline(title=title, lines=frozenset({first.first}))
        start, last = paragraphs[1].first, paragraphs[1].last
    else:
        last = first.last
    end = _sentence_line(lines, start, last)
    told = [line.text for line in lines[start : end + 1]]
    if _opens_section(told[0]):
        return Headline(title=title, lines=frozenset({first.first}))
    numbers = frozenset({first.first, *range(start, end + 1)})
    return Headline(title=title, standfirst=" ".join(told), lines=numbers)


def _opens_section(line: str) -> bool:
    return bool(MARKED.match(line) or kind_of(line))


def _is_headline(block: Sequence[Line]) -> bool:
    line = block[0].text
    if marked := MARKED.match(line):
        return kind_of(marked[2]) is None
    if len(line) > MOST_CHARACTERS or len(line.split()) > MOST_WORDS or kind_of(line):
        return False
    if line.endswith((".", ",", ";", ":")) or (SENTENCE_END.search(line) and len(line) > 120):
        return False
    if len(block) == 1:
        return True
    begins_anew = not block[1].text[0].islower()
    return begins_anew and len(line) <= SHORT_LINE * max(len(other.text) for other in block)


def _sentence_line(lines: Sequence[Line], start: int, last: int) -> int:
    """The first line from ``start`` that ends a sentence, else ``last``."""
    for number in range(start, last):
        if SENTENCE_END.search(lines[number].text):
            return number
    return last

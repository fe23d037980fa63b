"""A text as lines and paragraphs, each with its place, so that nothing is ever copied or moved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: Line ends of Unicode's newline guidelines (UAX 14: CR, LF, CRLF, NEL, LS, PS).
LINE = re.compile(r"([^\n\r\x85\u2028\u2029]*)(?:\r\n|[\n\r\x85\u2028\u2029]|\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line from ``start`` to ``end`` of its text (line end not included), space taken off."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Lines ``first`` to ``last`` (both included) without a blank one between."""

    first: int
    last: int


def lines_of(text: str) -> tuple[Line, ...]:
    """All lines of a text in order, blank ones too."""
    return tuple(
        Line(start=m.start(1), end=m.end(1), text=m[1].strip(" \t\xa0\ufeff\u200b\x0b\x0c"))
        for m in LINE.finditer(text)
        if m.end() > m.start()
    )


def paragraphs_of(
    lines: Sequence[Line], skip: frozenset[int] = frozenset()
) -> tuple[Paragraph, ...]:
    """Runs of lines that are neither blank nor in ``skip``, in order."""
    found: list[Paragraph] = []
    first = -1
    for number, line in enumerate(lines):
        inside = bool(line.text) and number not in skip
        if inside and first < 0:
            first = number
        elif not inside and first >= 0:
            found.append(Paragraph(first=first, last=number - 1))
            first = -1
    if first >= 0:
        found.append(Paragraph(first=first, last=len(lines) - 1))
    return tuple(found)


def whole(text: str) -> str:
    """A text without half characters (lone surrogates), which no file can hold: U+FFFD instead."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def normalised(line: str) -> str:
    """A line as cues are compared: case folded, one space between words, quotes made plain."""
    plain = line.translate({0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"', 0xA0: " "})
    return " ".join(plain.casefold().split())

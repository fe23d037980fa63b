"""Background, analysis, assessment: from a report's headings to sections that tile its text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import cast, get_args

from detente.errors import TableError
from detente.ontology.table import packaged, rows
from detente.read.lines import Line, normalised
from detente.records import Section, SectionKind

COLUMNS = ("pattern", "kind")
#: A longer line is not a heading.
LONGEST_HEADING = 90
MARKED = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
NUMBERING = re.compile(r"^(?:[ivx]{1,5}|\d{1,2}|[a-h])[.)]\s+")
INLINE = re.compile(r"^[*_#\s]*([A-Z][\w’' ]{2,30}?)[*_]{0,2}\s?[:—–][*_]{0,2}\s+\S")
#: How deep an unmarked heading of plain text counts, between # (title) and ### (part of a part).
PLAIN_LEVEL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading: its words, its level (1 outermost) and the kind of text it announces, if known."""

    words: str
    level: int
    kind: SectionKind | None


def kinds_from(table: Traversable | Path) -> tuple[tuple[re.Pattern[str], SectionKind], ...]:
    """The heading expressions of a table and the kind of section each opens.

    Raises:
        TableError: naming the row whose expression or kind is not valid.
    """
    found = []
    for number, row in rows(table, COLUMNS):
        if row["kind"] not in get_args(SectionKind):
            raise TableError(str(table), number, f"no kind of section: {row['kind']!r}")
        try:
            found.append((re.compile(row["pattern"]), cast(SectionKind, row["kind"])))
        except re.error as error:
            raise TableError(str(table), number, f"not a regular expression: {error}") from None
    return tuple(found)


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], SectionKind], ...]:
    return kinds_from(packaged("detente.read", "headings.csv"))


@lru_cache(maxsize=4096)
def kind_of(words: str) -> SectionKind | None:
    """The kind of section that a heading opens, or ``None`` if it is not one of the known."""
    plain = normalised(words).strip("*_#=- :.?!\"'")
    plain = NUMBERING.sub("", plain)
    return next((kind for pattern, kind in _kinds() if pattern.fullmatch(plain)), None)


def headings_in(lines: Sequence[Line], known: Mapping[int, int]) -> dict[int, Heading]:
    """The headings of a text.

    Args:
        lines: its lines.
        known: line number → level, for lines that the page itself makes headings.

    Returns:
        Line number → heading. A line that is not known as a heading is one if it is marked with
        ``#`` or if it consists of the words of ``tables/headings.csv``, alone or before a colon.
    """
    found: dict[int, Heading] = {}
    for number, line in enumerate(lines):
        heading = _heading(line.text, known.get(number))
        if heading:
            found[number] = heading
    return found


def _heading(line: str, level: int | None) -> Heading | None:
    if level is not None:
        return Heading(words=line, level=level, kind=kind_of(line))
    if not line:
        return None
    if marked := MARKED.match(line):
        return Heading(words=marked[2], level=len(marked[1]), kind=kind_of(marked[2]))
    if len(line) <= LONGEST_HEADING and (kind := kind_of(line)) and not _is_sentence(line):
        return Heading(words=line.strip("*_#=:- "), level=PLAIN_LEVEL, kind=kind)
    inline = INLINE.match(line)
    if inline and (kind := kind_of(inline[1])) and kind in ("background", "analysis", "assessment"):
        return Heading(words=inline[1], level=PLAIN_LEVEL, kind=kind)
    return None


def _is_sentence(line: str) -> bool:
    """Whether a short line belongs to a sentence: begins in lower case or ends like a part."""
    first = next((character for character in line if character.isalpha()), "")
    return first.islower() or line.endswith((".", ",", ";"))


def sections_of(
    text: str,
    lines: Sequence[Line],
    headings: Mapping[int, Heading],
    furniture: Mapping[int, str],
    lead: frozenset[int],
) -> tuple[Section, ...]:
    """Sections that tile a text: each begins where the one before ends.

    A section that has a heading begins with it. A heading of no known kind closes what came before
    unless it stands deeper than the heading that opened it.

    Args:
        text: the report's text.
        lines: its lines.
        headings: line number → heading.
        furniture: line number → what it is.
        lead: numbers of the lines that are title and standfirst.
    """
    kinds = _line_kinds(lines, headings, furniture, lead)
    found: list[Section] = []
    for number, (kind, words) in kinds:
        start = lines[number].start if found else 0
        if found and (found[-1].kind, found[-1].heading) == (kind, words):
            continue
        if found:
            found[-1] = _closed(found[-1], start)
        found.append(Section(kind=kind, heading=words, start=start, end=len(text)))
    if not found and text:
        return (Section(kind="body", start=0, end=len(text)),)
    return tuple(found)


def _closed(section: Section, end: int) -> Section:
    return Section(kind=section.kind, heading=section.heading, start=section.start, end=end)


def _line_kinds(
    lines: Sequence[Line],
    headings: Mapping[int, Heading],
    furniture: Mapping[int, str],
    lead: frozenset[int],
) -> list[tuple[int, tuple[SectionKind, str]]]:
    state: tuple[SectionKind, str] = ("body", "")
    level = 99
    found: list[tuple[int, tuple[SectionKind, str]]] = []
    for number, line in enumerate(lines):
        if not line.text:
            continue
        if number in furniture:
            found.append((number, ("furniture", "")))
            continue
        if number in lead:
            found.append((number, ("lead", "")))
            continue
        heading = headings.get(number)
        if heading and (heading.kind or heading.level <= level):
            state, level = (heading.kind or "body", heading.words), heading.level
        found.append((number, state))
    return found

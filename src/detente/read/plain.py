"""A plain-text or Markdown file to a Report: its text unchanged, everything else spans of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from detente.errors import UnreadableReport
from detente.ontology.table import packaged, rows
from detente.read import published as dates
from detente.read.furniture import furniture_in
from detente.read.headline import headline_of
from detente.read.hostile import check_text
from detente.read.language import english_or_refused
from detente.read.limits import ReadLimits
from detente.read.lines import Line, lines_of
from detente.read.published import Published
from detente.read.sections import headings_in, sections_of
from detente.records import Report, fingerprint

HEADER = re.compile(r"^([A-Za-z][A-Za-z ]{1,20}):\s*(.*)$")
#: More of these in a hundred characters than that, and the file is not text.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
CONTROL_SHARE = 0.1
#: Furniture that may tell the day ("By a staff writer, December 18, 2014").
_DATED = frozenset({"date line", "author"})


@cache
def header_fields() -> dict[str, str]:
    """Header name (lower case) → the field it gives, or ``""`` if it is only recognised."""
    table = packaged("detente.read", "headers.csv")
    return {row["header"]: row["field"] for _, row in rows(table, ("header", "field"))}


def text_report(
    text: str,
    *,
    name: str,
    limits: ReadLimits,
    path: str | None = None,
    url: str | None = None,
    given: datetime | None = None,
) -> Report:
    """The report that a plain text is.

    Args:
        text: its characters, kept as they are.
        name: the file, for messages.
        limits: bounds of its length.
        path, url: where it came from.
        given: the publication date as the user says it.

    Raises:
        UnreadableReport: if it is empty, not text, not English, dated in the future or
            goes beyond a limit.
    """
    check_text(text, name, limits)
    if not text.strip(" \t\r\n\ufeff"):
        raise UnreadableReport(name, "empty: no text in it")
    if len(CONTROL.findall(text)) > CONTROL_SHARE * len(text):
        raise UnreadableReport(name, "binary: mostly control characters")
    lines = lines_of(text)
    header, header_lines = _header(lines)
    furniture = furniture_in(lines)
    headline = headline_of(lines, furniture.keys() | header_lines)
    furniture = {n: what for n, what in furniture.items() if n not in headline.lines}
    furniture |= dict.fromkeys(header_lines, "header")
    prose = "\n".join(line.text for n, line in enumerate(lines) if n not in furniture)
    language = english_or_refused(prose, name)
    when = _published(lines, furniture, header, prose, name, given)
    sections = sections_of(text, lines, headings_in(lines, {}), furniture, headline.lines)
    title = header.get("title") or headline.title
    return Report(
        id=fingerprint(text, title),
        path=path,
        url=header.get("url") or url,
        outlet=header.get("outlet", ""),
        title=title,
        standfirst=headline.standfirst,
        sections=sections,
        text=text,
        language=language,
        published=when.moment,
        published_basis=when.basis,
        image=header.get("image") or _picture(lines, furniture),
        license=header.get("license", ""),
    )


def _header(lines: Sequence[Line]) -> tuple[dict[str, str], frozenset[int]]:
    """What the ``Name: value`` lines at the top say, and which lines they are.

    Two of them, or one that gives a field, make a header; the first other line ends it.
    """
    known = header_fields()
    values: dict[str, str] = {}
    numbers: list[int] = []
    for number, line in enumerate(lines):
        found = HEADER.match(line.text)
        if not found or found[1].lower() not in known:
            if line.text:
                break
            if numbers:
                break
            continue
        numbers.append(number)
        field = known[found[1].lower()]
        if field and found[2]:
            values.setdefault(field, found[2].strip())
    return values, frozenset(numbers)


def _published(
    lines: Sequence[Line],
    furniture: Mapping[int, str],
    header: Mapping[str, str],
    prose: str,
    name: str,
    given: datetime | None,
) -> Published:
    if given is not None:
        return Published(moment=dates.not_future(given, name), basis="given")
    on_page = [header.get("published", "")]
    on_page += [lines[n].text for n, what in sorted(furniture.items()) if what in _DATED]
    for words in on_page:
        if words and (moment := dates.parsed(words)):
            return Published(moment=dates.not_future(moment, name), basis="page")
    first = prose.split("\n", 6)[:6]
    for line in first:
        when = dates.from_dateline(line, prose)
        if when.moment:
            return Published(moment=dates.not_future(when.moment, name), basis=when.basis)
    return dates.from_text(prose)


def _picture(lines: Sequence[Line], furniture: Mapping[int, str]) -> str:
    names = (lines[n].text for n, what in sorted(furniture.items()) if what == "picture name")
    return next(names, "")

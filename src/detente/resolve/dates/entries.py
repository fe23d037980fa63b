"""Chronologies: the dated entries of a text, read off its layout.

An entry begins with a date that stands before a colon, a dash or nothing at all ("- 14 December
2020: …", "2019, August – …", "July 2016" on a line of its own). Its date is the *now* of all that
the entry tells: what has no date of its own was then, and what is told relatively ("the next day")
is counted from it. One date before a colon is chance; two different ones make a chronology.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from detente.records import Report
from detente.resolve.dates.expression import TimeExpression
from detente.resolve.dates.grammar import time_expressions
from detente.resolve.dates.granules import Granule
from detente.resolve.dates.granules import day as day_of
from detente.resolve.dates.granules import month as month_of
from detente.resolve.dates.words import classes_of

_MARK = r"(?:[-*•–·▪‣]|\d{1,2}[.)]|>)[ \t]+"
_OPENING = re.compile(
    rf"^[ \t]*(?P<mark>{_MARK})?(?:#{{1,6}}[ \t]+)?[*_\[(|]*[ \t]*"
    r"(?:(?:on|in|by|around|from)[ \t]+)?(?=[\w'’])",
    re.MULTILINE | re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"[*_\])]*[ \t]*(?:(?P<end>[.:]?[*_]*[ \t]*(?:\r?\n|\Z))|\t|(?P<comma>,(?=\s))"
    r"|[*_]*(?:[:|]|[–—]|-{1,2}(?=\s)|\.(?=\s))[*_]*)|(?:\*\*|__|[*_\])])(?=\s)"
)
_YEAR_FIRST = re.compile(
    r"((?:1[89]|20)\d\d),?[ \t]+((?:\d{1,2}[ \t]+)?[A-Z][a-z]{2,8}\b\.?(?:[ \t]+\d{1,2}\b)?)"
)
#: How a date may begin: a year, a full date in figures, a day with its month, a word for a time.
_FIRST = re.compile(
    r"(?P<first>\d{4}|\d{1,2}[./]\d{1,2}[./]\d+|(?=\d)\d{1,2}|[^\W\d_]+)"
    r"(?:(?:st|nd|rd|th)?(?:\s?(?:[-–]|to|and)\s?\d{1,2})?\.?\s(?:of\s)?(?P<month>[^\W\d_]{3,9})\b)?"
)
_DATE_WORDS = ("MONTH", "WEEKDAY", "SEASON", "PART")
_RANGE = re.compile(r"[ \t]*(?:[-–—/]|and|to)[ \t]*")
#: A blank line: where a paragraph ends.
BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_BULLET = re.compile(rf"^[ \t]*{_MARK}", re.MULTILINE)
_HEADING = re.compile(
    r"(?<=\n\n)(?:#{1,6}[ \t]+\S[^\n]*|[^\n]{1,70}(?<![.!?:;,”\"’)]))(?=\n[ \t]*\n)"
)
_WORD = re.compile(r"[^\W\d_]+")
#: A date that opens a line is told within this many characters.
_LONGEST = 60
#: What one date makes is chance.
_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry from its date (``told``) to character ``end``; its text begins at ``start``."""

    told: TimeExpression
    start: int
    end: int

    @property
    def first(self) -> date:
        """Its first possible day."""
        assert self.told.earliest is not None
        return self.told.earliest

    @property
    def last(self) -> date:
        """Its last possible day."""
        assert self.told.latest is not None
        return self.told.latest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    told: TimeExpression
    start: int
    begins: int
    listed: bool
    alone: bool


@lru_cache(maxsize=32)
def entries_of(report: Report) -> tuple[Entry, ...]:
    """The dated entries of a report, in the order of the text; none where it is no chronology."""
    on = report.published.date() if report.published else _latest(report.text)
    heads = [h for h in _heads(report.text, on) if not _is_furniture(report, h)]
    if heads and heads[0].told.edtf == f"{on}" and not heads[0].listed:
        heads = heads[1:]  # the date line of the whole
    if len({h.told.edtf for h in heads}) < _FEWEST:
        return ()
    heads = _in_order(heads)
    ends = [_end(report.text, h, n) for h, n in zip(heads, [*heads[1:], None], strict=True)]
    return tuple(
        Entry(told=h.told, start=h.start, end=end) for h, end in zip(heads, ends, strict=True)
    )


def _latest(text: str) -> date | None:
    """The last day that the heads tell with their year: by it the others get theirs."""
    return max((h.told.latest for h in _heads(text, None) if h.told.latest), default=None)


def entry_at(report: Report, at: int) -> Entry | None:
    """The entry in which character ``at`` lies."""
    entries = entries_of(report)
    before = bisect_right(entries, at, key=lambda entry: entry.told.start)
    return entries[before - 1] if before and at < entries[before - 1].end else None


def _is_furniture(report: Report, head: _Head) -> bool:
    """Whether it stands in what the page carries beside the report, not just as a date line."""
    return any(
        s.kind == "furniture"
        and s.start <= head.told.start
        and report.text[head.start : s.end].strip() != ""
        for s in report.sections
    )


# ── the date that opens a line ────────────────────────────────────────────────────────────────


def _heads(text: str, on: date | None) -> Iterator[_Head]:
    for opening in _OPENING.finditer(text):
        head = _head(text, opening, on)
        if head:
            yield head


def _head(text: str, opening: re.Match[str], on: date | None) -> _Head | None:
    at = opening.end()
    if not _may_open(text, at):
        return None
    told = _told(text[at : at + _LONGEST].partition("\n")[0], on)
    if told is None:
        return None
    after = _SEPARATOR.match(text, at + told.end)
    if after is None or (after["comma"] and not opening["mark"]):
        return None
    moved = replace(told, start=at, end=at + told.end)
    listed, alone = opening["mark"] is not None, after["end"] is not None
    return _Head(told=moved, start=after.end(), begins=opening.start(), listed=listed, alone=alone)


def _may_open(text: str, at: int) -> bool:
    """Whether the words there can begin a date; spares reading every line."""
    word = _FIRST.match(text, at)
    if word is None:
        return False
    if word["first"][0].isdigit():
        return len(word["first"]) > 2 or _is_a("MONTH", word["month"])
    return any(_is_a(name, word["first"]) for name in _DATE_WORDS)


def _is_a(name: str, word: str | None) -> bool:
    return word is not None and name in classes_of(word.lower())


def _told(line: str, on: date | None) -> TimeExpression | None:
    """The date that ``line`` opens with: one expression, or two that make a span."""
    turned = _YEAR_FIRST.match(line)
    if turned:
        told = _opening(f"{turned[2]} {turned[1]}", on)
        if told and told[0].end == len(turned[2]) + len(turned[1]) + 1:
            return replace(told[0], text=turned[0], end=turned.end())
    found = _opening(line, on)
    if len(found) > 1 and _RANGE.fullmatch(line, found[0].end, found[1].start):
        first, second = found[:2]
        if _unit(first) == _unit(second):
            return _spanned(line, first, second)
    return found[0] if found else None


def _opening(line: str, on: date | None) -> list[TimeExpression]:
    """The dates of a line that opens with one, read as after "in" ("May" is then the month)."""
    found = [
        replace(e, start=e.start - 3, end=e.end - 3) for e in time_expressions(f"in {line}", on)
    ]
    return (
        [e for e in found if _is_date(e)]
        if found and found[0].start == 0 and _is_date(found[0])
        else []
    )


def _is_date(expression: TimeExpression) -> bool:
    return (
        expression.kind == "DATE" and bool(expression.edtf) and expression.earliest is not None
        and expression.latest is not None
    )  # fmt: skip


def _unit(expression: TimeExpression) -> str:
    return expression.granule.unit if expression.granule else ""


def _spanned(line: str, first: TimeExpression, second: TimeExpression) -> TimeExpression:
    """ "May–June 2020": from the one to the other, in the year of the second."""
    if second.stated and not first.stated and second.earliest:
        first = _of_year(first, second.earliest.year)
    span = f"{first.edtf}/{second.edtf}"
    return replace(
        first, text=line[: second.end], end=second.end, edtf=span, value=span,
        latest=second.latest, stated=second.stated,
    )  # fmt: skip


def _of_year(expression: TimeExpression, number: int) -> TimeExpression:
    """The same day, days or month in another year."""
    granule, first, last = expression.granule, expression.earliest, expression.latest
    if granule is None or first is None or last is None or granule.unit not in ("day", "month"):
        return expression
    moved = _granule_in(granule, number)
    if moved is None:
        return expression
    later = moved.first - granule.first
    first, last = first + later, moved.last if last == granule.last else last + later
    edtf = f"{first}/{last}" if "/" in expression.edtf else moved.edtf()
    return replace(
        expression, granule=moved, edtf=edtf, value=moved.timex(), earliest=first, latest=last
    )


def _granule_in(granule: Granule, number: int) -> Granule | None:
    first = granule.first
    if granule.unit == "month":
        return month_of(number, first.month)
    return day_of(number, first.month, first.day)


def _in_order(heads: Sequence[_Head]) -> list[_Head]:
    """Dates without a year take it from the entry before: "2018" over "8 May", "26 February"."""
    stated = [h.told.earliest for h in heads if h.told.stated and h.told.earliest]
    steps = [(later > earlier) - (later < earlier) for earlier, later in pairwise(stated)]
    ordered: list[_Head] = []
    for head in heads:
        before = ordered[-1].told if ordered else None
        yearless = not head.told.stated and _names_month(head.told.text)
        told = (
            _following(head.told, before, falling=sum(steps) < 0)
            if before and yearless
            else head.told
        )
        ordered.append(replace(head, told=told))
    return ordered


def _names_month(words: str) -> bool:
    return any(_is_a("MONTH", word) for word in _WORD.findall(words))


def _following(told: TimeExpression, before: TimeExpression, *, falling: bool) -> TimeExpression:
    """The date nearest after the one before it (before it where the newest is told first)."""
    assert before.earliest is not None
    assert before.latest is not None
    near = [_of_year(told, before.earliest.year + step) for step in (-1, 0, 1)]
    fitting = [t for t in near if t.earliest and t.latest and _fits(t, before, falling=falling)]
    if not fitting:
        return told
    return fitting[-1 if falling else 0]


def _fits(told: TimeExpression, before: TimeExpression, *, falling: bool) -> bool:
    assert told.earliest and told.latest and before.earliest and before.latest
    if falling:
        return told.earliest <= before.latest
    return told.latest >= before.earliest


# ── where an entry ends ───────────────────────────────────────────────────────────────────────


def _end(text: str, head: _Head, following: _Head | None) -> int:
    """At the next entry; before it at the next item of a list, at a heading, or a paragraph's end.

    The last entry of a list or of dated paragraphs is one item or paragraph; under a date on a
    line of its own all stands up to the next heading.
    """
    limit = following.begins if following else len(text)
    ends = [limit]
    if head.listed:
        ends += [m.start() for m in (_BULLET.search(text, head.start, limit),) if m]
    if head.listed or (following is None and not head.alone):
        ends += [m.start() for m in (BLANK_LINE.search(text, head.start, limit),) if m]
    begins = text.find("\n", head.start + 1)  # its first line is its text, however short
    heading = _HEADING.search(text, begins, limit) if begins >= 0 else None
    return min(*ends, heading.start()) if heading else min(ends)

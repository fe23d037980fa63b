"""Reports too long for one parse, cut at paragraphs and coded piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.records import CodedEvent, Passage, Report, Section

#: Characters of one parse: the parser needs about 1 GB per 100,000 beyond this.
LONGEST = 200_000


def pieces_of(report: Report) -> Iterator[tuple[int, Report]]:
    """The report in pieces of at most ``LONGEST`` characters, each with its offset.

    A piece ends at the last blank line, line end or space before the limit, in this order.
    """
    start = 0
    while start < len(report.text):
        end = _end(report.text, start)
        yield start, _piece(report, start, end)
        start = end


def _end(text: str, start: int) -> int:
    limit = start + LONGEST
    if limit >= len(text):
        return len(text)
    for mark in ("\n\n", "\n", " "):
        found = text.rfind(mark, start + 1, limit)
        if found > start:
            return found + len(mark)
    return limit


def _piece(report: Report, start: int, end: int) -> Report:
    if start == 0 and end == len(report.text):
        return report
    sections = tuple(
        replace(s, start=max(s.start, start) - start, end=min(s.end, end) - start)
        for s in report.sections
        if _meets(s, start, end)
    )
    return replace(report, text=report.text[start:end], sections=sections)


def _meets(section: Section, start: int, end: int) -> bool:
    return section.start < end and start < section.end


def moved(event: CodedEvent, offset: int) -> CodedEvent:
    """An event of a piece as one of the whole report: every passage moved by ``offset``."""
    if not offset:
        return event
    return replace(
        event,
        actor=tuple(_moved(p, offset) for p in event.actor),
        recipient=tuple(_moved(p, offset) for p in event.recipient),
        via=tuple(_moved(p, offset) for p in event.via),
        trigger=_moved(event.trigger, offset),
        sentence=_moved(event.sentence, offset),
        time=event.time and _moved(event.time, offset),
        place=event.place and _moved(event.place, offset),
        agreement=event.agreement and _moved(event.agreement, offset),
        speaker=event.speaker and _moved(event.speaker, offset),
    )


def _moved(passage: Passage, offset: int) -> Passage:
    return replace(passage, start=passage.start + offset, end=passage.end + offset)

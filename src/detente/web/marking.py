"""A report's text with every coded passage marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from detente.records import Report
from detente.store import Marked
from detente.web.naming import act_words, called, dated


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of text and which coded events (by number) were read from it."""

    start: int
    end: int
    number: int


def marked_text(report: Report, marks: Sequence[Marked], cited: tuple[int, int] | None) -> Markup:
    """The report's text: sentences of events underlined, triggers linked to their coding.

    Args:
        report: whose text.
        marks: its events, in the order of their words.
        cited: the passage (start, end) to highlight, where the page opens.
    """
    triggers = [(m.event.coded.trigger.start, m.event.coded.trigger.end) for m in marks]
    bounds = {0, len(report.text), *(b for span in triggers for b in span)}
    if cited:
        bounds |= {cited[0], cited[1]}
    opened: set[int] = set()
    pieces: list[Markup] = []
    for start, end in pairwise(sorted(b for b in bounds if 0 <= b <= len(report.text))):
        over = [n for n, (a, b) in enumerate(triggers) if a <= start and end <= b]
        piece = _trigger(escape(report.text[start:end]), over, marks, opened)
        if cited and cited[0] <= start and end <= cited[1]:
            anchor = Markup(' id="at" tabindex="-1"') if start == cited[0] else Markup("")
            piece = Markup('<mark class="cited"{}>{}</mark>').format(anchor, piece)
        pieces.append(piece)
    return Markup("").join(pieces)


def _trigger(
    words: Markup, over: Sequence[int], marks: Sequence[Marked], opened: set[int]
) -> Markup:
    """Words under these events: a link to the first one's coding, which it shows when met."""
    if not over:
        return words
    first = over[0]
    event, rejected = marks[first].event, marks[first].rejected
    status = "rejected" if rejected else event.coded.status
    anchors = Markup("").join(
        Markup('<span id="words-{}"></span>').format(n + 1) for n in over if n not in opened
    )
    opened.update(over)
    tip = Markup("").join(
        Markup('<span class="tip-line">{}</span>').format(coding_words(marks[n])) for n in over
    )
    return Markup(
        '{}<a class="coded s-{}" href="#coding-{}">{}<span class="tip" role="tooltip">{}</span></a>'
    ).format(anchors, status, first + 1, words, tip)


def coding_words(mark: Marked) -> str:
    """A coding in one line."""
    event = mark.event
    actor = " and ".join(called(p.entity.country or p.entity.id) for p in event.actor)
    whom = ", ".join(called(p.entity.country or p.entity.id) for p in event.recipient)
    status = "rejected by an analyst" if mark.rejected else event.coded.status
    towards = f" → {whom}" if whom else ""
    return f"{actor or 'unnamed'} {act_words(event)}{towards} · {dated(event.when.edtf)} · {status}"


def passage_asked(words: str, report: Report) -> tuple[int, int] | None:
    """The passage ``START-END`` of an address, None if it is none of this report."""
    start, _, end = words.partition("-")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        return None
    if len(start) > 9 or len(end) > 9:
        return None
    return (int(start), int(end)) if 0 <= int(start) < int(end) <= len(report.text) else None

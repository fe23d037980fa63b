"""Reports and coded events for the tests of this room, from plain sentences."""

from __future__ import annotations

from datetime import UTC, datetime

from detente.records import CodedEvent, CoderMark, Report, Section, passage_of

MARK = CoderMark(kind="rule", name="test", version="1")


def report_of(
    text: str, published: str | None = "2018-10-24", sections: tuple[Section, ...] = ()
) -> Report:
    """A report of ``text``."""
    moment = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    return Report(id="r", text=text, published=moment, sections=sections)


def event_in(report: Report, trigger: str, status: str = "done", **fields: object) -> CodedEvent:
    """The event that ``trigger`` tells, in its sentence (which a full stop and space end)."""
    start = report.text.index(trigger)
    first = report.text.rfind(". ", 0, start) + 2 if ". " in report.text[:start] else 0
    last = report.text.find(". ", start)
    sentence = passage_of(report, first, last + 1 if last >= 0 else len(report.text))
    return CodedEvent(
        event_type="CONSULT",
        act="CONSULT",
        status=status,  # type: ignore[arg-type]
        trigger=passage_of(report, start, start + len(trigger)),
        sentence=sentence,
        coder=MARK,
        confidence=1.0,
        **fields,  # type: ignore[arg-type]
    )

"""A report's page: its words with every coded passage marked."""

from __future__ import annotations

from detente.errors import UnknownName
from detente.publish.jsonform import event_as_json, report_as_json
from detente.records import Report
from detente.web.answer import Shown
from detente.web.asking import Ask
from detente.web.briefs import published
from detente.web.marking import coding_words, marked_text, passage_asked
from detente.web.routes import Field

QUERIES = (
    Field(name="at", means="a passage to highlight, START-END in characters"),
    Field(name="brief", means="the brief whose source it is, for sources kept with it only"),
)


def report_page(ask: Ask) -> Shown:
    """A report with its codings."""
    report = _report(ask)
    marks = ask.site.lookup.events_of(report.id)
    origin, copies = ask.site.lookup.copies_of(report.id)
    grade = ask.site.record.access.grades().get(report.outlet)
    rulings = ask.site.lookup.rulings_on(m.event.id for m in marks)
    return Shown(
        template="report.html.j2",
        title=report.title or report.outlet or "Report",
        shows={
            "report": report,
            "text": marked_text(report, marks, passage_asked(ask.query("at"), report)),
            "marks": [(mark, coding_words(mark), rulings.get(mark.event.id, ())) for mark in marks],
            "origin": origin,
            "copies": copies,
            "grade": grade,
        },
        twin={
            **report_as_json(report),
            "copy_of": origin,
            "copies": list(copies),
            "events": [{**event_as_json(m.event), "rejected": m.rejected} for m in marks],
        },
    )


def _report(ask: Ask) -> Report:
    """The report of the record, or one that only a published brief holds."""
    name = ask.part("report")
    try:
        return ask.site.record.view(grouped=False).report(name)
    except UnknownName:
        if not ask.query("brief"):
            raise
    for version in published(ask, ask.query("brief")):
        for source in version.brief.sources:
            if source.id == name:
                return source
    raise UnknownName(name, "no report of the record")

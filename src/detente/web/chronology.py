"""The chronology by filter, one occurrence, and their feeds."""

from __future__ import annotations

from detente.ontology.plover import event_types
from detente.publish.jsonform import report_as_json
from detente.records import Report
from detente.store import Told
from detente.web.answer import Shown
from detente.web.asking import Ask
from detente.web.feeds import Entry, Feed
from detente.web.filters import FIELDS, STATUSES, address, filter_of
from detente.web.lines import line_as_json, line_of, lines_of, told_as_json, told_words
from detente.web.naming import dated


def chronology(ask: Ask) -> Shown:
    """Occurrences of a filter, by day."""
    wanted, oldest = filter_of(ask), ask.query("order") == "oldest"
    page = ask.site.lookup.page(
        wanted,
        limit=ask.site.settings.page_length,
        cursor=ask.query("cursor"),
        oldest=oldest,
    )
    lines = lines_of(page.told, wanted, oldest=oldest)
    words = {field.name: ask.query(field.name) for field in FIELDS} | {"order": ask.query("order")}
    filtered = address(ask, cursor="")
    following = address(ask, cursor=page.following) if page.following else ""
    return Shown(
        template="chronology.html.j2",
        title="Chronology",
        shows={
            "lines": lines,
            "words": words,
            "acts": tuple(event_types()),
            "statuses": STATUSES,
            "following": following,
            "filtered": filtered,
            "paged": bool(ask.query("cursor")),
        },
        twin={
            "occurrences": [line_as_json(line) for line in lines],
            "following": page.following,
        },
        feeds=(
            ("application/atom+xml", "Chronology (Atom)", f"/chronology.atom?{filtered}"),
            ("application/feed+json", "Chronology (JSON Feed)", f"/chronology.feed?{filtered}"),
        ),
    )


def chronology_feed(ask: Ask) -> Feed:
    """The latest occurrences of a filter."""
    wanted = filter_of(ask)
    page = ask.site.lookup.page(wanted, limit=30)
    entries = []
    for told in page.told:
        line = line_of(told, wanted)
        moments = [e.reported for e in told.mentions if e.reported]
        entries.append(
            Entry(
                name=f"{ask.site.settings.address}/incidents/{line.incident}",
                title=f"{dated(line.edtf)}: {told_words(line)}",
                text=line.sentence.text,
                at=max(moments, default=None),
            )
        )
    return Feed(title="Chronology", entries=entries, words=address(ask, cursor="", order=""))


def incident(ask: Ask) -> Shown:
    """One occurrence: all tellings side by side, with what they differ in."""
    told = ask.site.lookup.incident(ask.part("incident"))
    reports = _reports(ask, told)
    line = line_of(told)
    rulings = ask.site.lookup.rulings_on(e.id for e in told.mentions)
    return Shown(
        template="incident.html.j2",
        title=told_words(line),
        shows={
            "told": told,
            "line": line,
            "tellings": [
                (event, reports.get(event.coded.trigger.report)) for event in told.mentions
            ],
            "differs": _differs(told),
            "rulings": rulings,
        },
        twin=told_as_json(told)
        | {"reports": [report_as_json(r, with_text=False) for r in reports.values()]},
    )


def _reports(ask: Ask, told: Told) -> dict[str, Report]:
    view = ask.site.record.view(grouped=False)
    names = dict.fromkeys(e.coded.trigger.report for e in told.mentions)
    return {name: view.report(name) for name in names}


def _differs(told: Told) -> dict[str, tuple[str, ...]]:
    """Event → in what another telling contradicts it."""
    found: dict[str, list[str]] = {}
    for conflict in told.incident.contradictions:
        for name in (conflict.first, conflict.second):
            found.setdefault(name, []).append(conflict.about)
    return {name: tuple(dict.fromkeys(about)) for name, about in found.items()}

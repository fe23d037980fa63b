"""The addresses that every reader may ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from detente.web import (
    agreement_pages,
    briefs,
    chronology,
    comments,
    dyads,
    feeds,
    map_page,
    reports,
    searching,
)
from detente.web.answer import Raw
from detente.web.asking import Ask
from detente.web.filters import FIELDS, PAGING
from detente.web.routes import Field, Page, form, other, page


def _fed(
    path: str, feed: Callable[[Ask], feeds.Feed], summary: str, *queries: Field
) -> tuple[Page, Page]:
    """One feed at two addresses: as Atom and as JSON Feed."""

    def atom(ask: Ask) -> Raw:
        return feeds.atom(ask.site.settings, path, feed(ask))

    def listed(ask: Ask) -> Raw:
        return feeds.json_feed(ask.site.settings, path, feed(ask))

    return (
        other(f"{path}.atom", atom, f"{summary} as Atom", feeds.ATOM, *queries),
        other(f"{path}.feed", listed, f"{summary} as JSON Feed", feeds.JSON_FEED, *queries),
    )


_BRIEF, _DYAD = "/briefs/{brief}", "/dyads/{actor}/{recipient}"
_SVG = "image/svg+xml"

PAGES = (
    page("/", briefs.home, "The briefs, newest first"),
    *_fed("/briefs", feeds.briefs_feed, "The briefs"),
    other(f"{_BRIEF}/brief.pdf", briefs.brief_pdf, "A brief as PDF", "application/pdf"),
    page(
        _BRIEF,
        briefs.brief_page,
        "A brief with its sources and comments",
        *briefs.BRIEF_QUERIES,
    ),
    form(
        f"{_BRIEF}/comments",
        comments.leave,
        "Leave a comment; it is shown once an analyst approves it",
        *comments.FIELDS,
    ),
    # What waits is its writer's alone, and pictures are large: neither is kept.
    replace(page(f"{_BRIEF}/thanks", comments.thanks, "A comment waits"), cached=False),
    replace(
        page("/comments/{link}", comments.edit_page, "A comment by its edit link"), cached=False
    ),
    form(
        "/comments/{link}", comments.edit, "Change a comment by its edit link", comments.FIELDS[2]
    ),
    replace(
        other("/pictures/{picture}", briefs.picture, "A picture of a brief", "image/*"),
        cached=False,
    ),
    *_fed("/chronology", chronology.chronology_feed, "A filter of the chronology", *FIELDS),
    page("/chronology", chronology.chronology, "Occurrences by day, by filter", *FIELDS, *PAGING),
    page(
        "/incidents/{incident}",
        chronology.incident,
        "One occurrence: all tellings side by side",
    ),
    page(
        "/reports/{report}",
        reports.report_page,
        "A report with every coded passage",
        *reports.QUERIES,
    ),
    page("/search", searching.search, "Reports that hold words", *searching.QUERIES),
    page("/dyads", dyads.dyads, "Who acts on whom"),
    page(_DYAD, dyads.dyad, "One dyad: its series, its latest acts, forecasts with their record"),
    other(f"{_DYAD}/series.svg", dyads.dyad_series, "A dyad's series as a picture", _SVG),
    page(
        f"{_DYAD}/forecast",
        dyads.dyad_forecast,
        "The next thirty days of a dyad, with each forecast's record",
    ),
    page("/actors", dyads.actors, "The busiest actors"),
    page("/actors/{actor:path}", dyads.actor, "One actor and its dyads"),
    page("/agreements", agreement_pages.agreements, "Agreements that the record touches"),
    page(
        "/agreements/{agreement}",
        agreement_pages.agreement,
        "An agreement: how it stands, and why",
    ),
    other("/map/land.svg", map_page.land, "The outlines of the map", _SVG),
    page("/map", map_page.map_page, "Where things were done"),
)

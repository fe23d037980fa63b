"""Search over the full text, with snippets."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from detente.errors import InputError
from detente.records import Report
from detente.web.answer import Shown
from detente.web.asking import Ask
from detente.web.routes import Field

QUERIES = (
    Field(name="q", means="words; those in double quotes stand together"),
    Field(name="page", means="from 1"),
)
#: Letters around the first word found; pages that may be asked for.
AROUND, MOST_PAGES = 110, 50


def search(ask: Ask) -> Shown:
    """Reports that hold all the words, best first."""
    asked, page = ask.query("q"), _page(ask)
    length = ask.site.settings.searches_length
    found = ask.site.lookup.search(asked, length + 1, (page - 1) * length) if asked else ()
    shown = [(report, snippet(report, asked)) for report in found[:length]]
    more = len(found) > length
    return Shown(
        template="search.html.j2",
        title=f"Search: {asked}" if asked else "Search",
        shows={"asked": asked, "found": shown, "page": page, "more": more},
        twin={
            "q": asked,
            "page": page,
            "more": more,
            "reports": [
                {
                    "id": report.id,
                    "title": report.title,
                    "outlet": report.outlet,
                    "published": report.published.isoformat() if report.published else None,
                    "snippet": text.striptags(),
                }
                for report, text in shown
            ],
        },
    )


def _page(ask: Ask) -> int:
    asked = ask.query("page") or "1"
    if not (
        asked.isascii() and asked.isdigit() and len(asked) < 4 and 1 <= int(asked) <= MOST_PAGES
    ):
        raise InputError("page", f"no page; they run from 1 to {MOST_PAGES}")
    return int(asked)


def snippet(report: Report, asked: str) -> Markup:
    """The words found in their surroundings, marked."""
    words = [w for w in re.findall(r"\w+", asked) if w]
    if not words:
        return Markup("")
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE)
    first = pattern.search(report.text)
    middle = first.start() if first else 0
    start, end = max(0, middle - AROUND), min(len(report.text), middle + 2 * AROUND)
    text = re.sub(r"\s+", " ", report.text[start:end])
    pieces, last = [], 0
    for found in pattern.finditer(text):
        pieces += [escape(text[last : found.start()]), Markup("<mark>{}</mark>").format(found[0])]
        last = found.end()
    pieces.append(escape(text[last:]))
    body = Markup("").join(pieces)
    return Markup("{}{}{}").format(
        "… " if start else "", body, " …" if end < len(report.text) else ""
    )

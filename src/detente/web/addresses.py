"""Every address of the site in one table, the table's own description among them."""

from __future__ import annotations

from functools import cache

from detente.web import desk_pages, openapi, reading_pages
from detente.web.answer import Raw
from detente.web.asking import Ask
from detente.web.routes import Page


def pages() -> tuple[Page, ...]:
    """The whole table; those with more of a path come before those that would take it."""
    return (*reading_pages.PAGES, *desk_pages.PAGES, _DESCRIPTION)


def _document(_ask: Ask) -> Raw:
    return Raw(body=_written(), media="application/json")


@cache
def _written() -> bytes:
    return openapi.written(pages())


_DESCRIPTION = Page(
    path="/openapi.json",
    show=_document,
    summary="This document",
    twin=False,
    media="application/json",
)

"""One file or answer, already fetched, to one report."""

from __future__ import annotations

from datetime import datetime

from detente.read import published as dates
from detente.read.decoding import decoded
from detente.read.folder import checked
from detente.read.limits import ReadLimits, limits_from
from detente.read.mhtml import page_in
from detente.read.page import html_report
from detente.read.plain import text_report
from detente.read.source import Source
from detente.records import Report


def read_source(
    source: Source, *, published: datetime | None = None, limits: ReadLimits | None = None
) -> Report:
    """The report in one file or answer that has been fetched already.

    Raises:
        UnreadableReport: with the reason, if there is none.
    """
    bounds = limits_from() if limits is None else limits
    checked(source.name, source.content, len(source.content), bounds)
    if published is not None:
        dates.not_future(published, source.name)
    if source.form == "mhtml":
        source = page_in(source, bounds)
    text = decoded(
        source.content, name=source.name, page=source.form == "html", charset=source.charset
    )
    if source.form == "text":
        return text_report(
            text, name=source.name, limits=bounds, path=source.path, url=source.url, given=published
        )
    return html_report(
        text,
        name=source.name,
        limits=bounds,
        path=source.path,
        url=source.url,
        given=published,
        retrieved=source.retrieved,
    )

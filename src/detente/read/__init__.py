"""News in: pages, feeds, archives and folders become Reports.

``read_paths`` is the door: it yields a Report, or an UnreadableReport that says which input failed
and why, for each file, page or entry, in order; it raises nothing for bad input.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from detente.errors import UnreadableReport
from detente.read import published as dates
from detente.read.decoding import decoded
from detente.read.fetch import fetched, is_address
from detente.read.folder import checked, files_in, opened
from detente.read.limits import ReadLimits, limits_from
from detente.read.mhtml import page_in
from detente.read.page import html_report
from detente.read.plain import text_report
from detente.read.source import Source
from detente.records import Report

__all__ = ["ReadLimits", "limits_from", "read_paths", "read_source"]


def read_paths(
    paths: Sequence[str | Path],
    *,
    published: datetime | None = None,
    limits: ReadLimits | None = None,
) -> Iterator[Report | UnreadableReport]:
    """Every report in the files, folders and addresses given.

    Args:
        paths: files (``.txt .md .html .htm .xhtml .mhtml``), folders (searched to the bottom, in
            order of name), ``file:``, ``http:`` and ``https:`` addresses.
        published: the publication moment of all of them, as the user knows it.
        limits: bounds of size, depth and time; from the environment when ``None``.

    Yields:
        A Report, or an UnreadableReport (not raised) with the input's name and the reason.
    """
    bounds = limits_from() if limits is None else limits
    for given in paths:
        for found in _found(given):
            yield found if isinstance(found, UnreadableReport) else _read(found, published, bounds)


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
        source = page_in(source)
    text = decoded(
        source.content, name=source.name, page=source.form == "html", charset=source.charset
    )
    if source.form == "text":
        return text_report(
            text, name=source.name, path=source.path, url=source.url, given=published
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


def _found(given: str | Path) -> Iterator[Path | str | UnreadableReport]:
    name = str(given)
    if is_address(name):
        yield name
        return
    if name.lower().startswith("file:"):
        name = url2pathname(urlsplit(name).path)
    path = Path(name)
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError):
        is_folder = False
    if not is_folder:
        yield path
        return
    count = 0
    for found in files_in(path):
        count += 1
        yield found
    if not count:
        yield UnreadableReport(name, "no reports in this folder")


def _read(
    found: Path | str, published: datetime | None, limits: ReadLimits
) -> Report | UnreadableReport:
    try:
        source = fetched(found, limits) if isinstance(found, str) else opened(found, limits)
        return read_source(source, published=published, limits=limits)
    except UnreadableReport as error:
        return error

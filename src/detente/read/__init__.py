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
from detente.read.archive import inflated, read_lines, read_warc
from detente.read.columns import read_table
from detente.read.feed import read_feed
from detente.read.fetch import fetched, is_address
from detente.read.folder import files_in, opened
from detente.read.limits import ReadLimits, limits_from
from detente.read.single import read_source
from detente.read.source import Source, is_feed
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
        paths: pages and texts (``.txt .md .html .htm .xhtml .mhtml``), feeds (RSS, Atom, JSON
            Feed), archives (``.jsonl .ndjson .warc``), any of them with ``.gz``, tables
            (``.parquet``), folders (searched to the bottom, in order of name), ``file:``,
            ``http:`` and ``https:`` addresses.
        published: the publication moment as the user knows it: of every plain text, and of pages,
            entries and lines that give none themselves.
        limits: bounds of size, depth and time; from the environment when ``None``.

    Yields:
        A Report, or an UnreadableReport (not raised) with the input's name and the reason.
    """
    bounds = limits_from() if limits is None else limits
    for given in paths:
        for found in _found(given):
            if isinstance(found, UnreadableReport):
                yield found
            else:
                yield from _reports(found, published, bounds)


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


def _reports(
    found: Path | str, published: datetime | None, limits: ReadLimits
) -> Iterator[Report | UnreadableReport]:
    name = str(found).lower()
    if isinstance(found, Path) and name.removesuffix(".gz").endswith((".jsonl", ".ndjson")):
        yield from read_lines(found, published, limits)
    elif isinstance(found, Path) and name.removesuffix(".gz").endswith(".warc"):
        yield from read_warc(found, published, limits)
    elif isinstance(found, Path) and name.endswith(".parquet"):
        yield from read_table(found, published, limits)
    else:
        yield from _pages(found, published, limits)


def _pages(
    found: Path | str, published: datetime | None, limits: ReadLimits
) -> Iterator[Report | UnreadableReport]:
    try:
        source = _source(found, limits)
        if is_feed(source.content) and source.form != "mhtml":
            yield from read_feed(source, published, limits)
        else:
            yield read_source(source, published=published, limits=limits)
    except UnreadableReport as error:
        yield error


def _source(found: Path | str, limits: ReadLimits) -> Source:
    if isinstance(found, str):
        return fetched(found, limits)
    return inflated(found, limits) if found.suffix.lower() == ".gz" else opened(found, limits)

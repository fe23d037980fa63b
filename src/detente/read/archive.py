"""Many reports in one file: JSON lines, WARC (ISO 28500), and either of them compressed with gzip.

Read as streams: one report is in memory at a time. What follows a cut or a damaged stretch is lost
and said so in one line; what came before is kept.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import BinaryIO, cast, get_args

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from detente.errors import UnreadableReport
from detente.ontology.table import packaged, rows
from detente.read import published as dates
from detente.read.folder import opening
from detente.read.limits import ReadLimits
from detente.read.lines import whole
from detente.read.plain import text_report
from detente.read.single import read_source
from detente.read.source import Source, form_of
from detente.records import PublishedBasis, Report, Section, SectionKind, fingerprint

Found = Report | UnreadableReport
#: Seconds since 1970, perhaps with milliseconds.
EPOCH = re.compile(r"(\d{9,10})(?:\d{3})?")
DAMAGED = (EOFError, zlib.error, gzip.BadGzipFile)


# ── JSON lines ────────────────────────────────────────────────────────────────────────────────


def read_lines(path: Path, given: datetime | None, limits: ReadLimits) -> Iterator[Found]:
    """The reports of a ``.jsonl`` file, one JSON object a line, as ``detente read`` prints them.

    Objects of others are read by the names in ``tables/json_fields.csv``.

    Args:
        path: the file; with ``.gz`` at its end it is decompressed on the way.
        given: the publication date as the user says it, for what has none of its own.
        limits: ``max_bytes`` bounds each line, ``max_ratio`` what decompression makes of it.
    """
    number = 0
    try:
        with opening(path) as plain, _inflated(path, plain) as file:
            most = max(limits.max_ratio * path.stat().st_size, 10 * limits.max_bytes)
            while line := file.readline(limits.max_bytes + 1):
                number += 1
                name = f"{path}, line {number}"
                if len(line) > limits.max_bytes:
                    yield UnreadableReport(name, f"more than {limits.max_bytes} bytes (max_bytes)")
                    _skip_line(file, line, most)
                elif line.strip():
                    yield _line_report(line, name, str(path), given, limits)
                if file.tell() > most:
                    told = f"grows to more than {limits.max_ratio} times its size (max_ratio)"
                    raise UnreadableReport(str(path), told)
    except DAMAGED:
        yield UnreadableReport(str(path), f"gzip cut short or damaged after line {number}")
    except UnreadableReport as error:
        yield error
    except OSError as error:
        yield UnreadableReport(str(path), f"cannot be read: {error.strerror or error}")


def _inflated(path: Path, plain: BinaryIO) -> BinaryIO:
    is_packed = path.suffix.lower() == ".gz"
    return cast(BinaryIO, gzip.GzipFile(fileobj=plain)) if is_packed else plain


def _skip_line(file: BinaryIO, line: bytes, most: int) -> None:
    while line and not line.endswith(b"\n") and file.tell() <= most:
        line = file.readline(1_000_000)


def _line_report(
    line: bytes, name: str, path: str, given: datetime | None, limits: ReadLimits
) -> Found:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", type(error).__name__)
        return UnreadableReport(name, f"not a JSON object: {reason}")
    if not isinstance(told, dict):
        return UnreadableReport(name, "not a JSON object")
    try:
        return object_report(told, name, path, given, limits)
    except UnreadableReport as error:
        return error


@cache
def json_fields() -> Mapping[str, tuple[str, ...]]:
    """Our field → the names that other people's JSON gives it, most usual first."""
    found: dict[str, tuple[str, ...]] = {}
    for _, row in rows(packaged("detente.read", "json_fields.csv"), ("field", "name")):
        found[row["field"]] = (*found.get(row["field"], ()), row["name"])
    return found


def object_report(
    told: Mapping[str, object],
    name: str,
    path: str,
    given: datetime | None,
    limits: ReadLimits,
) -> Report:
    """The report that an object of JSON, or a row of a table, holds.

    Args:
        told: its fields, by any of the names in ``tables/json_fields.csv``.
        name: how it is called in errors.
        path: the file it stands in.
        given: the publication date as the user says it, for what has none of its own.
        limits: of its text or page.

    Raises:
        UnreadableReport: if it holds no text.
    """
    fields = {field: _first(told, names) for field, names in json_fields().items()}
    url = fields["url"] or None
    own = _moment(fields["published"], name)
    if fields["html"] and not fields["text"]:
        content = fields["html"].encode("utf-8")
        source = Source(name=name, content=content, form="html", path=path, url=url)
        report = read_source(source, published=given, limits=limits)
    else:
        report = text_report(
            fields["text"], name=name, limits=limits, path=path, url=url, given=own or given
        )
    title = fields["title"] or report.title
    basis: PublishedBasis = "page" if own else report.published_basis
    return replace(
        report,
        id=fingerprint(report.text, title),
        title=title,
        url=url or report.url,
        outlet=fields["outlet"] or report.outlet,
        standfirst=fields["standfirst"] or report.standfirst,
        image=fields["image"] or report.image,
        license=fields["license"] or report.license,
        published=own or report.published,
        published_basis=basis,
        sections=_sections(told.get("sections"), len(report.text)) or report.sections,
    )


def _first(told: Mapping[str, object], names: tuple[str, ...]) -> str:
    for name in names:
        value = told.get(name)
        if isinstance(value, dict):
            value = value.get("name") or value.get("title")
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and value.strip():
            return whole(value)
    return ""


def _moment(words: str, name: str) -> datetime | None:
    if not words:
        return None
    epoch = EPOCH.fullmatch(words)
    moment = datetime.fromtimestamp(int(epoch[1]), UTC) if epoch else dates.parsed(words)
    return dates.not_future(moment, name) if moment else None


def _sections(told: object, length: int) -> tuple[Section, ...]:
    """Sections as given, if they tile the text; else none."""
    if not isinstance(told, list):
        return ()
    found: list[Section] = []
    for part in told:
        if not isinstance(part, dict) or part.get("kind") not in get_args(SectionKind):
            return ()
        start, end, heading = part.get("start"), part.get("end"), part.get("heading", "")
        expected = found[-1].end if found else 0
        if not (isinstance(end, int) and start == expected < end and isinstance(heading, str)):
            return ()
        found.append(Section(kind=part["kind"], heading=heading, start=expected, end=end))
    return tuple(found) if found and found[-1].end == length else ()


# ── WARC ──────────────────────────────────────────────────────────────────────────────────────


def read_warc(path: Path, given: datetime | None, limits: ReadLimits) -> Iterator[Found]:
    """The pages kept in a WARC file, compressed or not.

    Answers other than pages (pictures, redirects, errors) are passed over.

    Args:
        path: the file.
        given: the publication date as the user says it, for what has none of its own.
        limits: ``max_bytes`` bounds each page after decompression.
    """
    count = 0
    try:
        with opening(path) as file:
            for record in ArchiveIterator(
                file, record_types=WarcRecordType.response, auto_decode="all"
            ):
                count += 1
                source = _page(record, path, limits)
                if source is not None:
                    yield _source_report(source, given, limits)
    except UnreadableReport as error:
        yield error
    except (OSError, ValueError, *DAMAGED) as error:
        reason = "not a WARC file" if not count else f"cut short or damaged after record {count}"
        yield UnreadableReport(str(path), f"{reason} ({error})")
    else:
        if not count:
            reason = "no page in it: not a WARC file, or cut short before its first answer"
            yield UnreadableReport(str(path), reason)


def _page(record: WarcRecord, path: Path, limits: ReadLimits) -> Source | None:
    url = "".join((record.headers.get("WARC-Target-URI") or "").split()).strip("<>")
    if record.http_headers is None:
        raise UnreadableReport(str(path), f"cut short or damaged in the record of {url or '?'}")
    media_type = record.http_content_type or ""
    if record.http_headers.status_code != 200 or not _is_page(media_type):
        return None
    name = f"{path}, {url}"
    length = record.content_length
    content = record.reader.read(limits.max_bytes + 1)
    encoded = record.http_headers.get("Content-Encoding") or record.http_headers.get(
        "Transfer-Encoding"
    )
    if not encoded and len(content) < min(length, limits.max_bytes):
        raise UnreadableReport(str(path), f"cut short in the record of {url}")
    return Source(
        name=name,
        content=content,
        form=form_of("", content, media_type),
        path=str(path),
        url=url or None,
        charset=record.http_charset or "",
        retrieved=dates.in_utc(record.record_date) if record.record_date else None,
    )


def _is_page(media_type: str) -> bool:
    return "html" in media_type or media_type == "text/plain"


def _source_report(source: Source, given: datetime | None, limits: ReadLimits) -> Found:
    try:
        return read_source(source, published=given, limits=limits)
    except UnreadableReport as error:
        return error


# ── One page compressed ───────────────────────────────────────────────────────────────────────


def inflated(path: Path, limits: ReadLimits) -> Source:
    """A single page or text in a ``.gz`` file.

    Raises:
        UnreadableReport: if it is not gzip, cut short, or larger than ``limits.max_bytes``.
    """
    name = str(path)
    inner = Path(path.stem)
    try:
        with opening(path) as plain, gzip.GzipFile(fileobj=plain) as file:
            content = file.read(limits.max_bytes + 1)
    except DAMAGED as error:
        raise UnreadableReport(name, f"gzip cut short or damaged ({error})") from None
    return Source(name=name, content=content, form=form_of(inner.suffix, content), path=name)

"""The sources as BibTeX and CSL-JSON, for reference managers."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from detente.records import Report

_ESCAPED = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&",
            "%": r"\%", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}",
            "^": r"\textasciicircum{}"}  # fmt: skip


def write_bibtex(reports: Iterable[Report]) -> Iterator[str]:
    """One entry a report. ``@online`` is BibLaTeX's; classic styles read it as ``@misc``."""
    for report in reports:
        yield f"@online{{{cite_key(report)},"
        for name, text in _bib_fields(report):
            yield f"  {name} = {{{text}}},"
        yield "}"
        yield ""


def _bib_fields(report: Report) -> Iterator[tuple[str, str]]:
    yield "title", "{" + _escaped(report.title or "untitled") + "}"
    if report.outlet:
        yield "organization", "{" + _escaped(report.outlet) + "}"
    if report.published:
        yield "date", f"{report.published:%Y-%m-%d}"
        yield "year", f"{report.published:%Y}"
    if report.url:
        yield "url", report.url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
    if report.retrieved:
        yield "urldate", f"{report.retrieved:%Y-%m-%d}"
    if report.language:
        yield "langid", report.language


def _escaped(text: str) -> str:
    return "".join(_ESCAPED.get(c, c) for c in " ".join(text.split()))


def cite_key(report: Report) -> str:
    """``courier2018putin-1a2b3c4d``: outlet, year, first word of the title, part of the id."""
    outlet, title = _ascii_words(report.outlet), _ascii_words(report.title)
    year = f"{report.published:%Y}" if report.published else ""
    named = f"{outlet[-1] if outlet else 'source'}{year}{title[0] if title else ''}"
    return f"{named}-{report.id[:8]}"


def _ascii_words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z]+", plain)


def write_csl(reports: Iterable[Report]) -> Iterator[str]:
    """Lines of one CSL-JSON array."""
    yield "["
    before = ""
    for report in reports:
        yield before + json.dumps(csl_item(report), ensure_ascii=False)
        before = ","
    yield "]"


def csl_item(report: Report) -> dict[str, Any]:
    """A report as a CSL item (citationstyles.org, schema csl-data)."""
    item: dict[str, Any] = {
        "id": cite_key(report),
        "type": "article-newspaper",
        "title": report.title,
        "container-title": report.outlet,
        "URL": report.url or "",
        "language": report.language,
    }
    for name, moment in (("issued", report.published), ("accessed", report.retrieved)):
        if moment:
            item[name] = {"date-parts": [[moment.year, moment.month, moment.day]]}
    return {name: value for name, value in item.items() if value}

"""A saved HTML page to a Report: the main text as trafilatura finds it, nothing of the comments."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import Document
from trafilatura.utils import load_html

from detente.errors import UnreadableReport
from detente.read import published as dates
from detente.read.furniture import furniture_in
from detente.read.hostile import check_tags, check_tree
from detente.read.language import english_or_refused
from detente.read.layout import is_laid_out, without_layout
from detente.read.limits import ReadLimits
from detente.read.lines import lines_of, normalised, whole
from detente.read.metadata import PageFacts, page_facts
from detente.read.published import Published
from detente.read.sections import headings_in, sections_of
from detente.records import Report, fingerprint

#: Furniture that has no place in a page's text; what else is recognised stays there, marked.
DROPPED = frozenset(
    {
        "picture name",
        "picture",
        "player",
        "read more",
        "navigation",
        "share bar",
        "newsletter",
        "cookie notice",
        "comment form",
        "advertisement",
    }
)

#: A headline stands among the first lines of a text.
HEADLINE_WITHIN = 4

# Its warnings about pages without text are our UnreadableReport.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class MainText:
    """A page's text, a blank line between paragraphs; line number → level of its headings."""

    text: str
    levels: Mapping[int, int]


def html_report(
    html: str,
    *,
    name: str,
    limits: ReadLimits,
    path: str | None = None,
    url: str | None = None,
    given: datetime | None = None,
    retrieved: datetime | None = None,
) -> Report:
    """The report on a page.

    Args:
        html: the page, decoded.
        name: the file or address, for messages.
        limits: bounds of depth, elements and attributes.
        path, url, retrieved: where it came from, and when it was fetched.
        given: the publication date as the user says it, for a page that gives none itself.

    Raises:
        UnreadableReport: if there is no text in it, it goes beyond a limit, is not in English or
            is dated in the future.
    """
    tree = _tree(html, name, limits)
    facts = page_facts(tree)
    document = _extracted(tree, name, url)
    if is_laid_out(document.body):
        document = _extracted(without_layout(tree), name, url)
    outlet = whole(facts.outlet or document.sitename or "")
    title = _title(whole(facts.title or document.title or ""), outlet)
    main = _main_text(document, title)
    if not main.text:
        raise UnreadableReport(name, "HTML without text")
    language = english_or_refused(main.text, name)
    when = _published(facts, document, main.text, name, given)
    lines = lines_of(main.text)
    furniture = furniture_in(lines)
    told = [n for n, line in enumerate(lines) if line.text and n not in furniture]
    lead = frozenset(n for n in told[:1] if n not in main.levels)
    headings = headings_in(lines, main.levels)
    return Report(
        id=fingerprint(main.text, title),
        path=path,
        url=whole(document.url or "") or url,
        outlet=outlet,
        title=title,
        standfirst=whole(facts.description or document.description or "")
        or next((lines[n].text for n in lead), ""),
        sections=sections_of(main.text, lines, headings, furniture, lead),
        text=main.text,
        language=language,
        published=when.moment,
        published_basis=when.basis,
        retrieved=retrieved,
        image=whole(facts.image or document.image or ""),
        license=whole(facts.license or document.license or ""),
    )


def _tree(html: str, name: str, limits: ReadLimits) -> etree._Element:
    check_tags(html, name, limits)
    try:
        tree = load_html(html) if html.strip() else None
    except (etree.LxmlError, ValueError, RecursionError):
        tree = None
    if tree is None:
        raise UnreadableReport(name, "HTML without text")
    check_tree(tree, name, limits)
    return tree if tree.tag == "html" else _within_html(tree)


def _within_html(tree: etree._Element) -> etree._Element:
    """A fragment as a page: extraction takes elements out of what stands around them."""
    page = etree.Element("html")
    etree.SubElement(page, "body").append(tree)
    return page


def _extracted(tree: etree._Element, name: str, url: str | None) -> Document:
    dating = {
        "original_date": True,
        "extensive_search": False,
        "max_date": dates.now().strftime("%Y-%m-%d"),
    }
    try:
        document = bare_extraction(
            tree, url=url, include_comments=False, with_metadata=True, date_extraction_params=dating
        )
    except (etree.LxmlError, RecursionError, AttributeError, KeyError, IndexError, OverflowError):
        document = None
    if not isinstance(document, Document):
        raise UnreadableReport(name, "HTML without text")
    return document


def _main_text(document: Document, title: str) -> MainText:
    """Trafilatura's lines as paragraphs, without table bars, list marks, headline and furniture."""
    told = [cleaned for line in (document.text or "").splitlines() if (cleaned := _cleaned(line))]
    heads = _heads(document)
    told = _without_headline(told, heads, title)
    spaced = lines_of("\n".join(told))
    dropped = {n for n, what in furniture_in(spaced).items() if what in DROPPED}
    kept = [line.text for n, line in enumerate(spaced) if n not in dropped]
    levels = {
        2 * n: heads[normalised(line)] for n, line in enumerate(kept) if normalised(line) in heads
    }
    return MainText(text=whole("\n\n".join(kept)), levels=levels)


def _without_headline(told: Sequence[str], heads: Mapping[str, int], title: str) -> list[str]:
    """Lines without the one, near the top, that is the page's headline: it is the title already.

    Extraction keeps it on some pages and drops it on others; a text of one line is left alone.
    """
    for number, line in enumerate(told[:HEADLINE_WITHIN]):
        plain = normalised(line)
        if len(told) > 1 and (plain == normalised(title) or heads.get(plain) == 1):
            return [*told[:number], *told[number + 1 :]]
    return list(told)


def _cleaned(line: str) -> str:
    cells = [cell.strip() for cell in line.split("|")] if line.startswith("|") else [line.strip()]
    plain = " | ".join(cell for cell in cells if cell and cell.strip("-"))
    return plain.removeprefix("- ").strip()


def _heads(document: Document) -> dict[str, int]:
    found: dict[str, int] = {}
    if document.body is None:
        return found
    for head in document.body.iter("head"):
        level = (head.get("rend") or "h2")[1:]
        found[normalised("".join(head.itertext()))] = int(level) if level.isdigit() else 2
    return found


def _published(
    facts: PageFacts, document: Document, text: str, name: str, given: datetime | None
) -> Published:
    # A page that dates itself in the future is wrong about its date, not about its news.
    latest = dates.now() + dates.SLACK
    if facts.published and facts.published <= latest:
        return Published(moment=facts.published, basis="page")
    if given is not None:
        return Published(moment=dates.not_future(given, name), basis="given")
    moment = dates.parsed(document.date) if document.date else None
    if moment and not facts.published and moment <= latest:
        return Published(moment=moment, basis="page")
    when = dates.from_dateline(text.split("\n", 1)[0], text)
    return when if when.moment else dates.from_text(text)


def _title(title: str, outlet: str) -> str:
    """A title without the outlet's name at its end."""
    for bar in (" | ", " - ", " – ", " — ", " :: "):
        head, found, tail = title.rpartition(bar)
        if found and outlet and normalised(tail) == normalised(outlet):
            return head.strip()
    return " ".join(title.split())

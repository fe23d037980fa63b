"""Feeds: RSS 2.0 and 1.0 (RDF), Atom (RFC 4287), JSON Feed 1.1, and OPML lists of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from lxml import etree, html

from detente.errors import UnreadableReport
from detente.read import published as dates
from detente.read.hostile import check_tags, check_tree
from detente.read.limits import ReadLimits
from detente.read.lines import whole
from detente.read.plain import text_report
from detente.read.source import Source
from detente.records import Report, fingerprint

REFERENCE = re.compile(rb"&#([xX][0-9a-fA-F]{1,12}|[0-9]{1,12});")
ENTRIES = frozenset({"item", "entry"})
#: Inline elements of the HTML standard's phrasing content; every other element begins a new block.
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font"}
    | {"i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub"}
    | {"sup", "time", "tt", "u", "var", "wbr"}
)
SILENT = frozenset({"script", "style", "template", "noscript", "iframe"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry: ``id`` as the feed names it (else its address); ``content`` may be HTML."""

    id: str
    url: str = ""
    title: str = ""
    content: str = ""
    published: datetime | None = None
    outlet: str = ""
    license: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFeed:
    """A feed as an OPML list names it."""

    title: str
    url: str


def read_feed(
    source: Source, given: datetime | None, limits: ReadLimits
) -> Iterator[Report | UnreadableReport]:
    """The entries of a saved feed as reports: title, blank line, text.

    Args:
        source: the feed.
        given: the publication date as the user says it, for entries without one.
        limits: ``max_entries`` bounds the entries taken.
    """
    for number, entry in enumerate(feed_entries(source, limits), 1):
        if isinstance(entry, UnreadableReport):
            yield entry
            continue
        name = f"{source.name}, entry {number}"
        try:
            yield entry_report(entry, name, source, given, limits)
        except UnreadableReport as error:
            yield error


def entry_report(
    entry: FeedEntry,
    name: str,
    source: Source | None,
    given: datetime | None,
    limits: ReadLimits,
) -> Report:
    """The report that an entry holds.

    Args:
        entry: the entry.
        name: what a message about it names.
        source: the saved feed it stands in; ``None`` if it was fetched just now.
        given: the publication date as the user says it, for entries without one.
        limits: bounds of its HTML.

    Raises:
        UnreadableReport: if it holds no text, is not in English or is dated in the future.
    """
    own = dates.not_future(entry.published, name) if entry.published else None
    moment = own or given
    title = fragment_text(entry.title, name, limits).replace("\n\n", " ")
    body = fragment_text(entry.content, name, limits)
    if not body:
        raise UnreadableReport(name, "entry without text")
    text = f"{title}\n\n{body}\n" if title else f"{body}\n"
    report = text_report(
        text,
        name=name,
        limits=limits,
        path=source.path if source else None,
        url=entry.url or None,
        given=moment,
    )
    return replace(
        report,
        id=fingerprint(text, title or report.title),
        title=title or report.title,
        outlet=entry.outlet,
        license=entry.license,
        published_basis="page" if own else report.published_basis,
        retrieved=source.retrieved if source else dates.now(),
    )


def fragment_text(fragment: str, name: str, limits: ReadLimits) -> str:
    """The words of a piece of HTML, or of plain text: a blank line between blocks.

    Raises:
        UnreadableReport: beyond the limits of depth, elements or attributes.
    """
    if "<" not in fragment and "&" not in fragment:
        return " ".join(fragment.split())
    check_tags(fragment, name, limits)
    try:
        tree = html.fromstring(f"<div>{fragment}</div>")
    except (etree.LxmlError, ValueError):
        return ""
    check_tree(tree, name, limits)
    parts: list[str] = []
    for happening, element in etree.iterwalk(tree, events=("start", "end")):
        is_block = element.tag not in INLINE
        if is_block:
            parts.append("\n")
        if happening == "start":
            is_told = isinstance(element.tag, str) and element.tag not in SILENT
            parts.append(_on_one_line(element.text) if is_told else "")
        elif element is not tree:
            parts.append(_on_one_line(element.tail))
    told = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n\n".join(line for line in told if line)


def _on_one_line(text: str | None) -> str:
    return (text or "").replace("\n", " ").replace("\r", " ")


# ── Entries ───────────────────────────────────────────────────────────────────────────────────


def feed_entries(source: Source, limits: ReadLimits) -> Iterator[FeedEntry | UnreadableReport]:
    """The entries of a feed, in its order; what cannot be used as errors, the rest kept."""
    entries = _json_entries(source) if _is_json(source.content) else _xml_entries(source)
    for number, entry in enumerate(entries, 1):
        if number > limits.max_entries:
            reason = f"more than {limits.max_entries} entries (max_entries); the rest is left out"
            yield UnreadableReport(source.name, reason)
            return
        yield entry


def _is_json(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _json_entries(source: Source) -> Iterator[FeedEntry | UnreadableReport]:
    try:
        told = json.loads(source.content)
    except (ValueError, RecursionError) as error:
        yield UnreadableReport(source.name, f"not a JSON feed: {getattr(error, 'msg', 'too deep')}")
        return
    items = told.get("items") if isinstance(told, dict) else None
    if not isinstance(items, list):
        yield UnreadableReport(source.name, "not a JSON feed: no items")
        return
    for number, item in enumerate(items, 1):
        if isinstance(item, dict):
            yield _json_entry(item, _string(told, "title"))
        else:
            yield UnreadableReport(f"{source.name}, entry {number}", "not a JSON object")


def _json_entry(item: Mapping[str, object], outlet: str) -> FeedEntry:
    url = "".join((_string(item, "url") or _string(item, "external_url")).split())
    content = (
        _string(item, "content_html") or _string(item, "content_text") or _string(item, "summary")
    )
    moment = _string(item, "date_published")
    return FeedEntry(
        id=" ".join(_string(item, "id").split()) or url,
        url=url,
        title=_string(item, "title"),
        content=content,
        published=dates.parsed(moment) if moment else None,
        outlet=outlet,
    )


def _string(told: Mapping[str, object], name: str) -> str:
    value = told.get(name)
    return whole(value) if isinstance(value, str) else ""


def _xml_entries(source: Source) -> Iterator[FeedEntry | UnreadableReport]:
    tree, complaint = _xml(source)
    if tree is None:
        yield UnreadableReport(source.name, f"not a feed: {complaint}")
        return
    entries = _outermost(tree)
    if _name(tree) not in ("rss", "feed", "RDF"):
        hint = "; detente watch reads lists of feeds" if _name(tree) == "opml" else ""
        yield UnreadableReport(source.name, f"not a feed but <{_name(tree)}>{hint}")
        return
    outlet, rights = _outlet(tree), _rights(tree)
    # The last entry before a cut may itself be cut.
    kept = entries[:-1] if complaint else entries
    for entry in kept:
        yield _xml_entry(entry, outlet, rights)
    if complaint:
        yield UnreadableReport(
            source.name, f"cut short or not well-formed: {complaint}; {len(kept)} entries kept"
        )


def _outermost(tree: etree._Element) -> list[etree._Element]:
    """Entries in no other entry, whose words would be told once for each that holds them."""
    found: list[etree._Element] = []
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        if _name(element) in ENTRIES:
            found.append(element)
            walk.skip_subtree()
    return found


def _xml(source: Source) -> tuple[etree._Element | None, str]:
    """The tree of an XML file, and what is wrong with it; entities are never resolved."""
    if b"<!ENTITY" in source.content:
        return None, "declares entities, which feeds may not"
    complaint = ""
    content = REFERENCE.sub(_possible, source.content.strip())
    for recover in (False, True):
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            recover=recover,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(content, parser), complaint
        except (etree.XMLSyntaxError, ValueError) as error:
            complaint = complaint or str(error).splitlines()[0].replace("<string>, ", "")
    return None, complaint


def _possible(reference: re.Match[bytes]) -> bytes:
    """A character reference, or U+FFFD's for one that no character has (XML 1.0, 2.2)."""
    digits = reference[1]
    number = int(digits[1:], 16) if digits[:1] in b"xX" else int(digits)
    is_character = 31 < number < 0xD800 or 0xDFFF < number <= 0x10FFFF or number in (9, 10, 13)
    return reference[0] if is_character else b"&#xFFFD;"


def _name(element: etree._Element) -> str:
    """The local name of an element, also of one whose prefix a damaged feed does not declare."""
    if not isinstance(element.tag, str):
        return ""
    return element.tag.rpartition("}")[2].rpartition(":")[2]


def _child(element: etree._Element, *names: str) -> str:
    """The text of the first child of one of these local names, in the order of the names."""
    for name in names:
        for child in element:
            if _name(child) == name and (words := _content(child).strip()):
                return words
    return ""


def _content(element: etree._Element) -> str:
    """Text of an element; of Atom's ``type="xhtml"`` its markup."""
    if len(element) and element.get("type") == "xhtml":
        return "".join(etree.tostring(child, encoding="unicode") for child in element)
    return "".join(element.itertext())


def _outlet(tree: etree._Element) -> str:
    for holder in (tree, *(child for child in tree if _name(child) == "channel")):
        if title := _child(holder, "title"):
            return " ".join(title.split())
    return ""


def _rights(tree: etree._Element) -> str:
    for element in tree.iter():
        if _name(element) in ENTRIES:
            return ""
        if _name(element) in ("license", "rights", "copyright"):
            return " ".join(_content(element).split())
    return ""


def _xml_entry(entry: etree._Element, outlet: str, rights: str) -> FeedEntry:
    url = _link(entry)
    moment = _child(entry, "published", "pubDate", "date", "issued", "updated")
    return FeedEntry(
        id=" ".join(_child(entry, "guid", "id").split()) or url,
        url=url,
        title=_child(entry, "title"),
        content=_child(entry, "encoded", "content", "description", "summary"),
        published=dates.parsed(moment) if moment else None,
        outlet=outlet,
        license=_child(entry, "license", "rights") or rights,
    )


def _link(entry: etree._Element) -> str:
    for child in entry:
        if _name(child) != "link" or child.get("rel", "alternate") != "alternate":
            continue
        if address := "".join((child.get("href") or child.text or "").split()):
            return address
    guid = _child(entry, "guid")
    return guid if guid.startswith("http") and not re.search(r"\s", guid) else ""


# ── Lists of feeds ────────────────────────────────────────────────────────────────────────────


def listed_feeds(source: Source) -> tuple[ListedFeed, ...]:
    """The feeds that an OPML file lists, each once, in its order.

    Raises:
        UnreadableReport: if it is not OPML, or lists none.
    """
    tree, complaint = _xml(source)
    if tree is None or _name(tree) != "opml":
        raise UnreadableReport(
            source.name, f"not an OPML list of feeds{complaint and ': ' + complaint}"
        )
    found: dict[str, ListedFeed] = {}
    for outline in tree.iter():
        url = (outline.get("xmlUrl") or "").strip() if _name(outline) == "outline" else ""
        if url.startswith(("http://", "https://")):
            title = outline.get("title") or outline.get("text") or url
            found.setdefault(url, ListedFeed(title=title, url=url))
    if not found:
        raise UnreadableReport(source.name, "an OPML list without feeds (no xmlUrl)")
    return tuple(found.values())

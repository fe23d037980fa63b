"""What a page says of itself: JSON-LD (schema.org), OpenGraph, Dublin Core, meta elements."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from html import unescape

from lxml.etree import _Element

from detente.ontology.table import packaged, rows
from detente.read import published as dates

#: A longer script is not a description of a page.
LONGEST_JSON = 1_000_000


@cache
def names_for(use: str) -> tuple[str, ...]:
    """Names in ``tables/page_names.csv``: schema.org kinds of report, or date elements."""
    table = packaged("detente.read", "page_names.csv")
    return tuple(row["name"] for _, row in rows(table, ("use", "name")) if row["use"] == use)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What the page says: empty where it is silent."""

    published: datetime | None = None
    title: str = ""
    outlet: str = ""
    description: str = ""
    image: str = ""
    license: str = ""


def page_facts(tree: _Element) -> PageFacts:
    """The facts that a page's head and JSON-LD give about it."""
    article = next(_articles(tree), {})
    meta = _meta(tree)
    return PageFacts(
        published=_published(article, meta),
        title=_text(article.get("headline")) or meta.get("og:title", ""),
        outlet=_named(article.get("publisher")) or meta.get("og:site_name", ""),
        description=_text(article.get("description"))
        or meta.get("og:description", "")
        or meta.get("description", ""),
        image=meta.get("og:image", "") or _address(article.get("image")),
        license=_address(article.get("license")) or _license(tree),
    )


def _meta(tree: _Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content:
            found.setdefault(name.strip().lower(), content.strip())
    return found


def _license(tree: _Element) -> str:
    for element in tree.iter("link", "a"):
        if "license" in (element.get("rel") or "").lower().split() and element.get("href"):
            return str(element.get("href"))
    return ""


def _published(article: Mapping[str, object], meta: Mapping[str, str]) -> datetime | None:
    told = [_text(article.get(name)) for name in ("datePublished", "dateCreated")]
    told += [meta.get(name, "") for name in names_for("date")]
    return next((moment for words in told if words and (moment := dates.parsed(words))), None)


def _articles(tree: _Element) -> Iterator[Mapping[str, object]]:
    for script in tree.iter("script"):
        words = script.text or ""
        if "ld+json" not in (script.get("type") or "").lower() or len(words) > LONGEST_JSON:
            continue
        try:
            told = json.loads(words, strict=False)
        except (ValueError, RecursionError):
            continue
        kinds = set(names_for("kind"))
        yield from (found for found in _objects(told) if kinds & _kinds(found))


def _objects(told: object) -> Iterator[Mapping[str, object]]:
    """JSON-LD objects at the top, in a list, in an ``@graph`` or as ``mainEntity``."""
    waiting = deque([told])
    while waiting:
        value = waiting.popleft()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            yield value
            waiting += [value[name] for name in ("@graph", "mainEntity") if name in value]


def _kinds(found: Mapping[str, object]) -> set[str]:
    kind = found.get("@type")
    return {k for k in (kind if isinstance(kind, list) else [kind]) if isinstance(k, str)}


def _text(value: object) -> str:
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""


def _named(value: object) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _address(value: object) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("url") or value.get("@id")
    return _text(value)

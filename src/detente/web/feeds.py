"""Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from detente.web.answer import Raw
from detente.web.asking import Ask
from detente.web.briefs import latest
from detente.web.settings import Settings

ATOM, JSON_FEED = "application/atom+xml", "application/feed+json"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: ``name`` is its address and lasting id."""

    name: str
    title: str
    text: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed: its entries newest first, and the query that chose them."""

    title: str
    entries: Sequence[Entry]
    words: str = ""


def _here(settings: Settings, path: str, feed: Feed) -> str:
    return f"{settings.address}{path}" + (f"?{feed.words}" if feed.words else "")


def atom(settings: Settings, path: str, feed: Feed) -> Raw:
    """A feed as Atom.

    Args:
        settings: the site's name and address.
        path: of its page; the feed's own ends in ``.atom``.
    """
    here, title = _here(settings, f"{path}.atom", feed), feed.title
    updated = max((e.at for e in feed.entries if e.at), default=_EPOCH)
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{_text(settings.name)}: {_text(title)}</title>",
        f"<id>{_text(here)}</id>",
        f'<link rel="self" href={quoteattr(here)}/>',
        f"<updated>{updated.isoformat()}</updated>",
        f"<author><name>{_text(settings.name)}</name></author>",
    ]
    for entry in feed.entries:
        parts += [
            f"<entry><title>{_text(entry.title)}</title><id>{_text(entry.name)}</id>",
            f"<link href={quoteattr(_plain(entry.name))}/>",
            f"<updated>{(entry.at or _EPOCH).isoformat()}</updated>",
            f"<summary>{_text(entry.text)}</summary></entry>",
        ]
    parts.append("</feed>\n")
    return Raw(body="\n".join(parts).encode("utf-8", "replace"), media=ATOM)


def json_feed(settings: Settings, path: str, feed: Feed) -> Raw:
    """A feed as JSON Feed; arguments as for :func:`atom`, its own path ends in ``.feed``."""
    written = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{settings.name}: {feed.title}",
        "home_page_url": settings.address,
        "feed_url": _here(settings, f"{path}.feed", feed),
        "items": [
            {
                "id": entry.name,
                "url": entry.name,
                "title": entry.title,
                "content_text": entry.text,
                "date_published": (entry.at or _EPOCH).isoformat(),
            }
            for entry in feed.entries
        ],
    }
    return Raw(body=json.dumps(written).encode(), media=JSON_FEED)


def _plain(text: str) -> str:
    """Without characters that XML cannot hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or (c >= " " and not 0xD800 <= ord(c) <= 0xDFFF)
    )


def _text(text: str) -> str:
    return escape(_plain(text).replace("\ufffe", "").replace("\uffff", ""))


def briefs_feed(ask: Ask) -> Feed:
    """The briefs that readers may see."""
    entries = [
        Entry(
            name=f"{ask.site.settings.address}/briefs/{version.id}",
            title=version.brief.title,
            text=version.brief.standfirst.text if version.brief.standfirst else "",
            at=version.at,
        )
        for version in latest(ask)
    ]
    return Feed(title="Briefs", entries=entries)

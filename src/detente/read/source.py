"""What was found to read, before it is a report: its name, its bytes and where they came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from detente.ontology.table import packaged, rows

Form = Literal["html", "text", "mhtml"]

FORMS: dict[str, Form] = {
    ".txt": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file or answer of a server.

    Attributes:
        name: what a message about it names: the path or address as given.
        content: its bytes, whole.
        form: how to read them.
        path, url: where it came from, as far as known.
        charset: what the server declared, or ``""``.
        retrieved: when it was fetched (UTC); ``None`` for a file.
    """

    name: str
    content: bytes
    form: Form
    path: str | None = None
    url: str | None = None
    charset: str = ""
    retrieved: datetime | None = None


def form_of(suffix: str, content: bytes, media_type: str = "") -> Form:
    """How to read bytes: by media type, else file name suffix, else by how they begin."""
    if "html" in media_type:
        return "html"
    if media_type in ("multipart/related", "message/rfc822"):
        return "mhtml"
    if media_type.startswith("text/plain"):
        return "text"
    if suffix.lower() in FORMS:
        return FORMS[suffix.lower()]
    beginning = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if beginning.startswith((b"<!doctype html", b"<html", b"<?xml")) else "text"


#: How a feed begins: RSS, Atom, RSS 1.0, and JSON Feed by the address of its version.
FEED = re.compile(
    rb"<(?:rss|feed|rdf:RDF|opml)[\s>]|\"version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org",
    re.I,
)


def is_feed(content: bytes) -> bool:
    """Whether bytes begin as a feed or a list of feeds does (within the first 2,000)."""
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith((b"<", b"{")) and bool(FEED.search(start))


def _signatures() -> tuple[tuple[bytes, str], ...]:
    table = packaged("detente.read", "signatures.csv")
    return tuple(
        (bytes.fromhex(r["begins"]), r["name"]) for _, r in rows(table, ("begins", "name"))
    )


SIGNATURES = _signatures()
STRAY = 0.001


def binary_kind(content: bytes) -> str:
    """What kind of binary file the bytes are, or ``""`` if they may be text.

    A known beginning (``tables/signatures.csv``) names it; a NUL byte without a UTF-16 or UTF-32
    byte order mark makes it plainly ``binary``.
    """
    for begins, name in SIGNATURES:
        if content.startswith(begins):
            return name
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff"))
    if marked or b"\x00" not in content:
        return ""
    # A page may carry a stray NUL, which parsers drop; a text file may not.
    is_page = content[:1000].lstrip().startswith(b"<")
    return "" if is_page and content.count(b"\x00") <= STRAY * len(content) else "binary"

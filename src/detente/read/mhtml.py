"""Pages saved whole by a browser (MHTML, RFC 2557): the HTML part of a MIME message."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message

from detente.errors import UnreadableReport
from detente.read.limits import ReadLimits
from detente.read.source import Source

#: A header that is read here, with its folded lines (RFC 5322, 2.2.3), longer than any needs to be:
#: the parser's time grows with the square of it.
LONG_HEADER = re.compile(
    rb"^(?:snapshot-)?content-(?:type|location|transfer-encoding)[ \t]*:(?:[^\n]|\n[ \t]){3000}",
    re.I | re.M,
)


def page_in(source: Source, limits: ReadLimits) -> Source:
    """The HTML page inside an MHTML file, with the address it was saved from.

    Args:
        source: the file.
        limits: ``max_parts`` bounds the parts it may have.

    Raises:
        UnreadableReport: if it holds no HTML, has too many parts or holds one in another too deep.
    """
    # What opens a part begins so; counted before the parser makes an object of each.
    if source.content.count(b"\n--") > limits.max_parts:
        reason = f"MHTML of more than {limits.max_parts} parts (max_parts)"
        raise UnreadableReport(source.name, reason)
    if LONG_HEADER.search(source.content):
        raise UnreadableReport(source.name, "MHTML with a header longer than 3000 characters")
    try:
        page = _page(source)
    except RecursionError:
        raise UnreadableReport(source.name, "MHTML with parts nested too deep") from None
    if page is None:
        raise UnreadableReport(source.name, "MHTML without an HTML page in it")
    return page


def _page(source: Source) -> Source | None:
    # The older of the parser's two policies: the newer one takes 0.1 s for a long header.
    message = message_from_bytes(source.content)
    address = _address(message, "Snapshot-Content-Location")
    for part in message.walk():
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        url = address or _address(part, "Content-Location") or source.url
        charset = part.get_content_charset() or ""
        return replace(source, content=content, form="html", url=url, charset=charset)
    return None


def _address(message: Message, name: str) -> str:
    """A header's address, its encoded words (RFC 2047) decoded."""
    told = str(message.get(name) or "")
    try:
        return "".join(str(make_header(decode_header(told))).split())
    except (HeaderParseError, LookupError, ValueError):
        return "".join(told.split())

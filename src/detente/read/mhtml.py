"""Pages saved whole by a browser (MHTML, RFC 2557): the HTML part of a MIME message."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from detente.errors import UnreadableReport
from detente.read.source import Source


def page_in(source: Source) -> Source:
    """The HTML page inside an MHTML file, with the address it was saved from.

    Raises:
        UnreadableReport: if it holds no HTML.
    """
    message = message_from_bytes(source.content, policy=policy.default)
    address = str(message.get("Snapshot-Content-Location") or "").strip()
    for part in message.walk():
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes) or not isinstance(part, EmailMessage):
            continue
        url = address or str(part.get("Content-Location") or "").strip()
        charset = part.get_content_charset() or ""
        return replace(source, content=content, form="html", url=url or source.url, charset=charset)
    raise UnreadableReport(source.name, "MHTML without an HTML page in it")

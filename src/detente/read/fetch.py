"""A page from its address: over HTTP within limits, or a ``file:`` address."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import urlsplit

import httpx

from detente import __version__
from detente.errors import UnreadableReport
from detente.read import published as dates
from detente.read.limits import ReadLimits
from detente.read.source import Source, form_of

AGENT = f"detente/{__version__} (+reads news pages; obeys robots.txt when watching)"


def is_address(name: str) -> bool:
    """Whether a name is an ``http`` or ``https`` address."""
    return name.lower().startswith(("http://", "https://"))


def fetched(url: str, limits: ReadLimits) -> Source:
    """The page at an address.

    Raises:
        UnreadableReport: if the server cannot be reached, refuses, or sends more than
            ``limits.max_bytes``.
    """
    headers = {"User-Agent": AGENT}
    try:
        with (
            httpx.Client(
                timeout=limits.timeout,
                follow_redirects=True,
                max_redirects=limits.max_redirects,
                headers=headers,
            ) as client,
            client.stream("GET", url) as answer,
        ):
            if answer.status_code >= 400:
                raise UnreadableReport(
                    url, f"the server answers {answer.status_code} {answer.reason_phrase}"
                )
            content = _bounded(answer, limits.max_bytes, url)
            return _source(url, answer, content)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        reason = str(error) or type(error).__name__
        raise UnreadableReport(url, f"cannot be fetched: {reason}") from None


def _bounded(answer: httpx.Response, most: int, url: str) -> bytes:
    content = bytearray()
    for part in answer.iter_bytes():
        content += part
        if len(content) > most:
            raise UnreadableReport(url, f"larger than {most} bytes (max_bytes)")
    return bytes(content)


def _source(url: str, answer: httpx.Response, content: bytes) -> Source:
    media_type = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    suffix = PurePosixPath(urlsplit(url).path).suffix
    return Source(
        name=url,
        content=content,
        form=form_of(suffix, content, media_type),
        url=str(answer.url),
        charset=answer.charset_encoding or "",
        retrieved=dates.now(),
    )

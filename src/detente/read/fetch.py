"""A page from its address over HTTP, within limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import httpx

from detente import __version__
from detente.errors import UnreadableReport
from detente.read import published as dates
from detente.read.limits import ReadLimits
from detente.read.source import Source, form_of

PRODUCT = "detente"
AGENT = f"{PRODUCT}/{__version__} (reads news; obeys robots.txt when watching)"
PERMANENT = frozenset({301, 308})


class NotNow(UnreadableReport):
    """A server that cannot be reached or fails just now, and may answer later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server sent. ``moved`` is the new address where it says the old one is given up."""

    url: str
    status: int
    reason: str
    headers: Mapping[str, str]
    content: bytes
    charset: str
    moved: str = ""


def is_address(name: str) -> bool:
    """Whether a name is an ``http`` or ``https`` address."""
    return name.lower().startswith(("http://", "https://"))


def client_for(limits: ReadLimits) -> httpx.Client:
    """A client that names us, waits no longer than ``timeout`` and follows few redirects."""
    return httpx.Client(
        timeout=limits.timeout,
        follow_redirects=True,
        max_redirects=limits.max_redirects,
        headers={"User-Agent": AGENT},
    )


def asked(
    client: httpx.Client, url: str, limits: ReadLimits, headers: Mapping[str, str] | None = None
) -> Answer:
    """The answer to one request, whatever its status.

    Args:
        client: the connection to use.
        url: the address.
        limits: ``max_bytes`` bounds the answer, decompressed.
        headers: further request headers.

    Raises:
        UnreadableReport: if there is no answer, or one that is too large.
    """
    try:
        with client.stream("GET", url, headers=dict(headers or {})) as answer:
            content = bytearray()
            for part in answer.iter_bytes():
                content += part
                if len(content) > limits.max_bytes:
                    raise UnreadableReport(url, f"larger than {limits.max_bytes} bytes (max_bytes)")
            return Answer(
                url=str(answer.url),
                status=answer.status_code,
                reason=answer.reason_phrase,
                headers=answer.headers,
                content=bytes(content),
                charset=answer.charset_encoding or "",
                moved=_moved(answer),
            )
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        reason = (str(error) or type(error).__name__).splitlines()[0]
        raise NotNow(url, f"cannot be fetched: {reason}") from None


def _moved(answer: httpx.Response) -> str:
    steps = [step.status_code in PERMANENT for step in answer.history]
    return str(answer.url) if steps and all(steps) else ""


def source_of(name: str, answer: Answer) -> Source:
    """What a server sent as a source, retrieved now.

    Raises:
        UnreadableReport: if the server refused; NotNow if it may answer later.
    """
    if answer.status >= 400:
        kind = NotNow if answer.status >= 500 or answer.status == 429 else UnreadableReport
        raise kind(name, f"the server answers {answer.status} {answer.reason}".strip())
    media_type = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    suffix = PurePosixPath(urlsplit(answer.url).path).suffix
    return Source(
        name=name,
        content=answer.content,
        form=form_of(suffix, answer.content, media_type),
        url=answer.url,
        charset=answer.charset,
        retrieved=dates.now(),
    )


def fetched(url: str, limits: ReadLimits) -> Source:
    """The page at an address.

    Raises:
        UnreadableReport: if the server cannot be reached, refuses, or sends more than
            ``limits.max_bytes``.
    """
    with client_for(limits) as client:
        return source_of(url, asked(client, url, limits))

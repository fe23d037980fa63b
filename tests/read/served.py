"""A site of our own on this machine, for the tests that watch feeds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PROSE = "Norland has recalled its envoy, the foreign ministry said on Monday in a short note."


def feed(site: str, *numbers: int, content: str = "") -> str:
    """An RSS feed with these entries, which point to ``/page/N``."""
    items = "".join(
        f"<item><title>Envoy {n}</title><link>{site}/page/{n}</link><guid>{n}</guid>"
        f"<pubDate>Mon, 14 May 2018 09:3{n}:00 GMT</pubDate>"
        f"<description>{content}</description></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel><title>Gazette</title>{items}</channel></rss>"


def page(number: int) -> tuple[int, dict[str, str], str]:
    """The answer with the page of an entry."""
    body = f"<p>{PROSE} It was note {number}.</p>" * 4
    html = f"<html><title>Envoy {number}</title><body><article>{body}</article>"
    return 200, {"Content-Type": "text/html"}, html


@dataclass
class Site:
    """What the server answers by path: (status, headers, body); and what it was asked."""

    url: str = ""
    answers: dict[str, tuple[int, dict[str, str], str]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [path for path, _ in self.asked]


@contextmanager
def serving() -> Iterator[Site]:
    """The site, until the end of the ``with``."""
    told = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append((self.path, dict(self.headers)))
            status, headers, body = told.answers.get(self.path, (404, {}, ""))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, ""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

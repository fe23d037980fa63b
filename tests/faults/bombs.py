"""Inputs made to exhaust a reader: small to send, dear to read. Each within the limits of size."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Mapping

from tests.faults.seeds import warc

PROSE = b"<p>Norland recalled its envoy on Monday, the foreign ministry said in a note.</p>"
MEGABYTE = 1_000_000
LINKED = b"<script type='application/ld+json'>"
HEADER = b"date,actor,recipient,event_type\n"
MIXED = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"


def _page(inside: bytes) -> bytes:
    return b"<!DOCTYPE html><html><body>" + inside + PROSE


def _zeros(size: int) -> bytes:
    """A gzip file that grows a thousandfold, to ``size`` bytes."""
    return gzip.compress(b"a" * (10 * MEGABYTE)) * (size // (10 * MEGABYTE))


def _zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", HEADER + b"a" * (200 * MEGABYTE))
    return made.getvalue()


def _deep_mail() -> bytes:
    parts = (
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(50_000)
    )
    return b"".join(parts)


#: Name → file ending, and what makes it.
BOMBS: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "deep elements": (".html", lambda: _page(b"<div>" * 1_900_000)),
    "deep within the limit": (".html", lambda: _page((b"<div>" * 240 + b"</div>" * 240) * 20)),
    "inline elements": (".html", lambda: _page((b"<b><i>" * 100 + b"x" + b"</i></b>" * 100) * 25)),
    "many paragraphs": (".html", lambda: _page(b"<p>a word and another." * 24_900)),
    "many sentences": (".html", lambda: _page(PROSE * 11_000)),
    "many elements": (".html", lambda: _page(b"<b></b>" * 1_400_000)),
    "many links": (".html", lambda: _page(b"<a href=x>go there now</a> " * 24_000)),
    "many headings": (".html", lambda: _page(b"<h2>Background</h2>" * 24_000)),
    "many times": (".html", lambda: _page(b"<time datetime=2018-01-01>x</time>" * 24_000)),
    "many dates": (".html", lambda: _page(b"<p>On 1 January 2018 and 2 May 2019 " * 20_000)),
    "many breaks": (".html", lambda: _page(b"word said<br>" * 24_900)),
    "many cells": (".html", lambda: _page(b"<table>" + b"<tr><td>a<td>b" * 8_000)),
    "deep tables": (".html", lambda: _page(b"<table><tr><td>" * 80)),
    "many lists": (".html", lambda: _page(b"<ul><li>go there now, said he" * 120)),
    "many metas": (".html", lambda: b"<head>" + b"<meta name=a content=b>" * 24_000 + PROSE),
    "foreign elements": (".html", lambda: _page(b"<svg:b xmlns:svg=x />" * 24_000)),
    "one long paragraph": (".html", lambda: _page(b"<p>" + b"Norland said it. " * 550_000)),
    "one long word": (".html", lambda: _page(b"<p>" + b"a" * (9 * MEGABYTE))),
    "a text at its limit": (".html", lambda: _page(b"<p>" + b"Norland said it. " * 58_000)),
    "many attributes": (
        ".html",
        lambda: _page((b"<p " + b" ".join(b"a%d=x" % n for n in range(190)) + b">x</p>") * 7_000),
    ),
    "attributes without end": (".html", lambda: _page(b"<p a='" + b"x " * (4 * MEGABYTE))),
    "a huge attribute": (".html", lambda: _page(b"<p title='" + b"x" * (9 * MEGABYTE) + b"'>")),
    "entities": (".html", lambda: _page(b"<p>" + b"&amp;&lt;p&gt;" * 700_000)),
    "declared entities": (
        ".html",
        lambda: b'<!DOCTYPE html [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>' + _page(b"&c;" * 99_999),
    ),
    "open brackets": (".html", lambda: _page(b"<p>" + b"<" * (9 * MEGABYTE))),
    "comments": (".html", lambda: _page(b"<!-- a -->" * 900_000)),
    "comments left open": (".html", lambda: _page(b"<!--" * 2_400_000)),
    "scripts left open": (".html", lambda: _page(b"<script>" * 1_200_000)),
    "sections left open": (".html", lambda: _page(b"<![CDATA[" * 1_000_000)),
    "a long JSON-LD list": (
        ".html",
        lambda: _page((LINKED + b"[" + b"1," * 490_000 + b"1]</script>") * 9),
    ),
    "deep JSON-LD": (
        ".html",
        lambda: _page(LINKED + b"[" * 900_000 + b"</script>"),
    ),
    "a character set of programs": (
        ".html",
        lambda: b"<meta charset=punycode>" + b"a" * 4_000_000 + b"\xff-" + b"b" * 4_000_000,
    ),
    "a long text": (".txt", lambda: b"Norland said it. " * 580_000),
    "a text of its greatest length": (".txt", lambda: b"Norland said it. " * 58_000),
    "short lines": (".txt", lambda: b"a\n" * 4_900_000),
    "as many lines as allowed": (".txt", lambda: b"a cue\n" * 19_900),
    "blank lines": (".txt", lambda: b"a" + b"\n" * (9 * MEGABYTE)),
    "spaces": (".txt", lambda: b"a" + b" " * 900_000 + b"b"),
    "capitals": (".txt", lambda: b"MOSCOW, " * 120_000),
    "dates": (".txt", lambda: b"On 1 January 2018 and May 2019 " * 30_000),
    "headers": (".txt", lambda: b"Title: x\n" * 19_000),
    "addresses": (".txt", lambda: b"http://a.b/c " * 70_000),
    "full stops": (".txt", lambda: b". " * 490_000),
    "quotes": (".txt", lambda: "“".encode() * 330_000),
    "deep mail": (".mhtml", _deep_mail),
    "mail in mail": (".mhtml", lambda: b"Content-Type: message/rfc822\r\n\r\n" * 200_000),
    "many parts": (
        ".mhtml",
        lambda: MIXED + b"--b\r\n\r\nx\r\n" * 900_000,
    ),
    "a long header": (".mhtml", lambda: b"Content-Type: text/html; " + b"a=b; " * 900_000),
    "brackets in a header": (".mhtml", lambda: b"Content-Type: " + b"(" * 900_000 + b"\r\n\r\nx"),
    "encoded words": (
        ".mhtml",
        lambda: b"Snapshot-Content-Location: " + b"=?utf-8?q?a?= " * 300_000
        + b"\r\nContent-Type: text/html\r\n\r\n" + PROSE,
    ),
    "entries in entries": (
        ".rss",
        lambda: b"<rss><channel>" + b"<item><description>" * 110 + b"Norland said it. " * 500_000
        + b"</description></item>" * 110 + b"</channel></rss>",
    ),
    "many entries": (
        ".rss",
        lambda: b"<rss>" + b"<item><description>a b</description></item>" * 200_000 + b"</rss>",
    ),
    "an entry of elements": (".rss", lambda: b"<rss><item>" + b"<a/>" * 2_000_000),
    "a deep feed": (".rss", lambda: b"<rss>" + b"<a>" * 3_000_000),
    "an entity in a feed": (
        ".rss",
        lambda: b'<!DOCTYPE x [<!ENTITY a "' + b"b" * 9999 + b'">]><rss>' + b"&a;" * 999_999,
    ),
    "a date of digits": (
        ".rss",
        lambda: b"<rss><item><pubDate>1 Jan 2018 10:00:00 +" + b"9" * (9 * MEGABYTE)
        + b"</pubDate><description>a b c</description></item></rss>",
    ),
    "a deep JSON feed": (
        ".json",
        lambda: b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 4_000_000,
    ),
    "a packed line": (".jsonl.gz", lambda: _zeros(4000 * MEGABYTE)),
    "a deep line": (".jsonl", lambda: b'{"text": ' + b"[" * (9 * MEGABYTE) + b"\n"),
    "a packed page": (".html.gz", lambda: _zeros(4000 * MEGABYTE)),
    "a packed record": (
        ".warc.gz",
        lambda: gzip.compress(warc(b"")[:-4].replace(b"Length: 45", b"Length: 3999999999"))
        + _zeros(4000 * MEGABYTE),
    ),
    "a packed answer": (
        ".warc",
        lambda: warc(_zeros(4000 * MEGABYTE), b"Content-Encoding: gzip\r\n"),
    ),
    "packed rows": (".plover.gz", lambda: _zeros(4000 * MEGABYTE)),
    "zipped rows": (".csv.zip", _zipped),
    "a row of cells": (".csv", lambda: HEADER + b"," * (9 * MEGABYTE)),
    "quotes in a row": (
        ".csv",
        lambda: HEADER + b'"""' * 300_000 + b"\n",
    ),
}  # fmt: skip

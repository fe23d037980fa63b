"""Good inputs of every kind, to be damaged; and how they are damaged."""

from __future__ import annotations

import gzip
import random
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from detente.exchange import RepairLog, read_events, write_events
from tests.exchange.made import ACLED_HEADER, ACLED_ROW, gdelt_rows, polecat_row

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "tests" / "read" / "pages").glob("*.html"))
SAMPLES = sorted((ROOT / "samples" / "inf-treaty").glob("*.txt"))
PAGE = (ROOT / "tests" / "read" / "pages" / "news_article.html").read_bytes()
RSS = (
    b"<rdf:RDF xmlns:rdf='r' xmlns:dc='d'><channel><title>Old Wire</title></channel>"
    b"<item><title>A &amp; B</title><link>https://old.example/1</link><dc:date>2003-11-06</dc:date>"
    b"<description><![CDATA[<p>Norland recalled its envoy.</p>]]></description></item></rdf:RDF>"
)
ATOM = (
    b"<feed xmlns='http://www.w3.org/2005/Atom'><title>New Wire</title><rights>CC0</rights><entry>"
    b"<id>urn:1</id><title type='html'>Envoy &lt;b&gt;recalled&lt;/b&gt;</title>"
    b"<link href='https://new.example/1'/><published>2018-05-14T10:00:00Z</published>"
    b"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Norland recalled its envoy"
    b".</p></div></content></entry></feed>"
)
OPML = (
    b"<opml version='2.0'><body><outline text='News'><outline title='Wire' type='rss' "
    b"xmlUrl='https://a.example/feed'/></outline></body></opml>"
)
JSON_FEED = (
    b'{"version": "https://jsonfeed.org/version/1", "title": "Wire", "items": [{"id": "1", '
    b'"content_html": "<p>Norland recalled its envoy.</p>", '
    b'"date_published": "2018-05-14T10:00:00Z"}]}'
)
LINES = (
    b'{"title": "Envoy", "text": "Norland recalled its envoy.", "published": "2018-01-01", '
    b'"sections": [{"kind": "body", "heading": "", "start": 0, "end": 27}]}\n'
) * 3
ROBOTS = b"User-agent: *\nDisallow: /private*\nAllow: /private/open$\nCrawl-delay: 2\n"
STATES = b'{"https://a.example/feed": {"url": "u", "seen": ["1"], "due": "2026-01-01T00:00:00Z"}}'
TABLE = b'word,part\n# a comment\nrecall,verb\n"envoy, the",noun\n'
EDTF = (
    *(b"2018-10-24", b"2018-10/2018-11", b"2018~", b"2018", b"2018-10-24T09:30+02:00"),
    *(b"-0044-03", b"2018-10-24/..", b"Y17E7", b""),
)


def warc(page: bytes = PAGE, headers: bytes = b"") -> bytes:
    """A WARC file of one response."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + headers + b"\r\n" + page
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://g.example/1\r\nWARC-Date: "
        b"2018-05-14T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: " + str(len(answer)).encode() + b"\r\n\r\n" + answer + b"\r\n\r\n"
    )


MHTML = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    + PAGE
    + b"\r\n--b--\r\n"
)
REPORTS: Mapping[str, bytes] = {
    ".html": PAGE,
    ".txt": SAMPLES[0].read_bytes(),
    ".rss": RSS,
    ".atom": ATOM,
    ".json": JSON_FEED,
    ".jsonl": LINES,
    ".jsonl.gz": gzip.compress(LINES),
    ".warc": warc(),
    ".warc.gz": gzip.compress(warc()),
    ".html.gz": gzip.compress(PAGE),
    ".mhtml": MHTML,
}


@cache
def event_files() -> Mapping[str, bytes]:
    """A small file of each event format that can be read, by name; some of them compressed."""
    found = {
        "acled": f"{ACLED_HEADER}\n{ACLED_ROW}\n".encode(),
        "gdelt2": "".join(f"{row}\n" for row in gdelt_rows(4)).encode(),
    }
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "rows.csv", Path(folder) / "made"
        source.write_bytes(found["gdelt2"])
        events = tuple(read_events(source, RepairLog(), "gdelt2"))
        for name in ("icews", "gdelt1", "polecat", "keds", "csv", "plover", "parquet"):
            write_events(name, events, target)
            found[name] = target.read_bytes()
    header = found["polecat"].split(b"\n", 1)[0]
    found["polecat"] = header + b"\n" + polecat_row().encode() + b"\n"
    return found | {"icews.gz": gzip.compress(found["icews"])}


#: What parsers stumble over, put in at random places.
PIECES = (
    b"<", b">", b'"', b"'", b"&#x110000;", b"&#xD800;", b"&lol;", b"\x00", b"\xff\xfe",
    b"\xef\xbb\xbf",
    b'<!ENTITY a "b">', b"{", b"[", b"]", b"9" * 30, b"9" * 5000, b"-1", b"1e999", b"NaN", b"null",
    b"2018-99-99", b"0001-01-01T00:00:00+23:59", b"9999-12-31T23:59:59-23:59", b"charset=utf-7",
    b"charset=punycode", b"charset=unicode_escape", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\\ud800",
    b"<table>" * 50, b"<div>" * 300, b"encoding: base64", b"dc:x", b"\t", b",", b"\r\n\r\n", b"\n",
    b"Content-Length: 99999999999999999999\r\n", b"Content-Encoding: br\r\n", b"--b\r\n",
    b'<script type="application/ld+json">{"@type":"Article","headline":["\\ud800"]}</script>',
    b"<item>", b"<entry><content type='xhtml'>", b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"PAR1",
)  # fmt: skip


def damaged(content: bytes, chance: random.Random) -> bytes:
    """A copy with up to twelve cuts, changed bytes and foreign pieces."""
    mutant = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 6, 12))):
        at = chance.randrange(len(mutant) + 1)
        kind = chance.random()
        if kind < 0.4:
            mutant[at:at] = chance.choice(PIECES)
        elif kind < 0.7:
            del mutant[at : at + chance.randint(1, 40)]
        elif kind < 0.85:
            mutant[at : at + 1] = bytes([chance.randrange(256)])
        elif kind < 0.95:
            mutant[at:at] = mutant[at : at + chance.randint(1, 200)] * chance.randint(1, 8)
        else:
            del mutant[at:]
    return bytes(mutant)


Maker = Callable[[random.Random], bytes]
#: Code points of each width in UTF-8 and of the odd corners of Unicode: marks, half characters.
RANGES = ((0, 0x7F), (0x80, 0x7FF), (0x300, 0x36F), (0x2000, 0x206F), (0x3000, 0xD7FF))
RANGES_FAR = ((0xE000, 0xFFFF), (0x10000, 0x1F9FF), (0xE0000, 0xE01EF), (0x100000, 0x10FFFF))


def any_text(chance: random.Random) -> bytes:
    """Up to 400 characters from anywhere in Unicode."""
    low, high = chance.choice((*RANGES, *RANGES_FAR))
    wide = chance.random() < 0.5
    points = (
        chance.randint(*(chance.choice((*RANGES, *RANGES_FAR)) if wide else (low, high)))
        for _ in range(chance.randint(0, 400))
    )
    return "".join(map(chr, points)).encode("utf-8")


def any_bytes(chance: random.Random) -> bytes:
    """Up to 400 bytes."""
    return chance.randbytes(chance.randint(0, 400))


def of_pieces(pieces: tuple[bytes, ...]) -> Maker:
    """Up to 60 of these pieces in any order, some many times."""

    def make(chance: random.Random) -> bytes:
        count = chance.randint(0, 60)
        many = (chance.choice(pieces) * chance.choice((1, 1, 1, 2, 40)) for _ in range(count))
        return b"".join(many)

    return make

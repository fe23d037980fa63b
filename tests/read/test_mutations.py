"""Damaged inputs of every form: each gives reports or named errors, never anything else."""

import gzip
import random
from pathlib import Path

import pytest

from detente.errors import UnreadableReport
from detente.read import read_paths
from detente.read.limits import ReadLimits

PAGES = Path(__file__).parent / "pages"
SAMPLES = Path(__file__).parents[2] / "samples" / "inf-treaty"
PAGE = (PAGES / "news_article.html").read_bytes()
RSS = (
    b"<rdf:RDF xmlns:rdf='r' xmlns:dc='d'><channel><title>Old Wire</title></channel>"
    b"<item><title>A &amp; B</title><link>https://old.example/1</link><dc:date>2003-11-06</dc:date><description>"
    b"<![CDATA[<p>Norland recalled its envoy.</p>]]></description></item></rdf:RDF>"
)
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://g.example/1\r\nWARC-Date: "
    b"2018-05-14T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: "
    + str(len(PAGE) + 44).encode()
    + b"\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    + PAGE
    + b"\r\n\r\n"
)
MHTML = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
    b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    + PAGE
    + b"\r\n--b--\r\n"
)
LINES = (
    b'{"title": "Envoy", "text": "Norland recalled its envoy.", "published": "2018-01-01", '
    b'"sections": [{"kind": "body", "heading": "", "start": 0, "end": 27}]}\n'
) * 3
SEEDS = {
    ".html": PAGE,
    ".txt": next(iter(sorted(SAMPLES.glob("*.txt")))).read_bytes(),
    ".rss": RSS,
    ".json": b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", '
    b'"content_text": "Norland recalled its envoy."}]}',
    ".jsonl": LINES,
    ".jsonl.gz": gzip.compress(LINES),
    ".warc": WARC,
    ".warc.gz": gzip.compress(WARC),
    ".html.gz": gzip.compress(PAGE),
    ".mhtml": MHTML,
}
PIECES = (
    b"<",
    b">",
    b'"',
    b"&#x110000;",
    b"&#xD800;",
    b"\x00",
    b"\xff\xfe",
    b'<!ENTITY a "b">',
    b"{",
    b"[",
    b"9" * 30,
    b"2018-99-99",
    b"0001-01-01T00:00:00+23:59",
    b"9999-12-31T23:59:59-23:59",
    b"charset=utf-7",
    b"charset=punycode",
    b"\xe2\x80\xa8",
    b"\\ud800",
    b"<table>" * 50,
    b"encoding: base64",
    b"dc:x",
    b'<script type="application/ld+json">{"@type":"Article","headline":["\\ud800"]}</script>',
)


def damaged(content: bytes, chance: random.Random) -> bytes:
    mutant = bytearray(content)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(mutant) + 1)
        kind = chance.random()
        if kind < 0.4:
            mutant[at:at] = chance.choice(PIECES)
        elif kind < 0.7:
            del mutant[at : at + chance.randint(1, 40)]
        elif kind < 0.9:
            mutant[at : at + 1] = bytes([chance.randrange(256)])
        else:
            del mutant[at:]
    return bytes(mutant)


@pytest.mark.parametrize("suffix", SEEDS)
def test_damaged_inputs(tmp_path: Path, suffix: str) -> None:
    chance = random.Random(20181024)
    path = tmp_path / f"mutant{suffix}"
    for _ in range(40):
        path.write_bytes(damaged(SEEDS[suffix], chance))
        for found in read_paths([path], limits=ReadLimits()):
            if isinstance(found, UnreadableReport):
                assert "\n" not in str(found) and str(path) in str(found)
            else:
                words = (found.text, found.title, found.outlet, found.standfirst, found.url or "")
                assert "".join(words).encode("utf-8")
                assert found.sections[-1].end == len(found.text)


@pytest.mark.parametrize("suffix", SEEDS)
def test_undamaged_inputs_read(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"whole{suffix}").write_bytes(SEEDS[suffix])
    found = list(read_paths([tmp_path / f"whole{suffix}"], limits=ReadLimits()))
    assert found and not any(isinstance(f, UnreadableReport) for f in found), found

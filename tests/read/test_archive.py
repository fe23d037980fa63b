"""Archives: what can be read is kept, what is cut or damaged is said in one line."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from detente.errors import UnreadableReport
from detente.read import read_paths
from detente.read.limits import ReadLimits
from detente.records import Report

SAMPLES = Path(__file__).parents[2] / "samples" / "inf-treaty"
PROSE = (
    "<p>Norland has recalled its envoy, the foreign ministry said on Monday in a short note.</p>"
)
Found = list[Report | UnreadableReport]
Answer = tuple[str, bytes, str]


def split(found: Found) -> tuple[list[Report], list[UnreadableReport]]:
    reports = [f for f in found if isinstance(f, Report)]
    return reports, [f for f in found if isinstance(f, UnreadableReport)]


def as_line(report: Report) -> str:
    sections = [
        {"kind": s.kind, "heading": s.heading, "start": s.start, "end": s.end}
        for s in report.sections
    ]
    published = report.published.isoformat() if report.published else None
    return json.dumps(
        {
            "path": report.path,
            "url": report.url,
            "outlet": report.outlet,
            "title": report.title,
            "standfirst": report.standfirst,
            "published": published,
            "language": report.language,
            "sections": sections,
            "text": report.text,
            "image": report.image,
            "license": report.license,
        }
    )


def test_what_read_prints_reads_back_equal(tmp_path: Path) -> None:
    first, _ = split(list(read_paths([SAMPLES])))
    path = tmp_path / "dump.jsonl"
    path.write_text("".join(as_line(report) + "\n" for report in first))
    again, refused = split(list(read_paths([path])))
    assert not refused and len(again) == len(first) > 30
    for one, other in zip(first, again, strict=True):
        assert (one.id, one.text, one.sections) == (other.id, other.text, other.sections)
        assert (one.title, one.outlet, one.published) == (
            other.title,
            other.outlet,
            other.published,
        )


def test_json_of_others(tmp_path: Path) -> None:
    told = [
        {
            "headline": "Envoy recalled",
            "body": "Norland recalled its envoy.",
            "date_publish": "2018-05-14 09:30:00",
            "source": {"name": "Gazette"},
            "link": "https://g.example/1",
        },
        {"title": "A", "text": "Norland recalled its envoy. \ud800", "timestamp": 1526290200},
        {
            "html": f"<html><title>T</title><body>{PROSE}</body></html>",
            "url": "https://g.example/2",
        },
    ]
    path = tmp_path / "a.ndjson"
    path.write_text("\n".join(json.dumps(t) for t in told))
    reports, refused = split(list(read_paths([path])))
    assert not refused
    assert (reports[0].title, reports[0].outlet, reports[0].url) == (
        "Envoy recalled",
        "Gazette",
        "https://g.example/1",
    )
    assert reports[0].published == datetime(2018, 5, 14, 9, 30, tzinfo=UTC)
    assert reports[1].published == datetime(2018, 5, 14, 9, 30, tzinfo=UTC)
    assert reports[1].text.encode("utf-8")
    assert reports[2].text.startswith("Norland") and reports[2].url == "https://g.example/2"


def test_bad_lines_are_named_and_the_rest_kept(tmp_path: Path) -> None:
    good = json.dumps({"title": "Envoy", "text": "Norland recalled its envoy."})
    lines = [
        "{",
        good,
        "[1]",
        json.dumps({"text": ""}),
        json.dumps({"text": "a" * 3000}),
        "",
        good,
        json.dumps({"text": "A vote.", "published": "2999-01-01"}),
        "[" * 1500,
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines))
    reports, refused = split(list(read_paths([path], limits=ReadLimits(max_bytes=2000))))
    assert len(reports) == 2
    assert [int(e.path.rsplit(" ", 1)[1]) for e in refused] == [1, 3, 4, 5, 8, 9]
    assert "max_bytes" in refused[3].reason and "future" in refused[4].reason
    assert all("\n" not in str(e) for e in refused)


def test_compressed_lines_cut_short(tmp_path: Path) -> None:
    line = json.dumps({"title": "Envoy", "text": "Norland recalled its envoy."}) + "\n"
    content = gzip.compress((line * 5000).encode())
    (tmp_path / "whole.jsonl.gz").write_bytes(content)
    (tmp_path / "cut.jsonl.gz").write_bytes(content[:-40])
    (tmp_path / "not.jsonl.gz").write_bytes(b"plain")
    assert len(split(list(read_paths([tmp_path / "whole.jsonl.gz"])))[0]) == 5000
    reports, refused = split(list(read_paths([tmp_path / "cut.jsonl.gz"])))
    assert reports and [str(e) for e in refused] == [
        f"{tmp_path}/cut.jsonl.gz: gzip cut short or damaged after line {len(reports)}"
    ]
    assert "damaged after line 0" in str(split(list(read_paths([tmp_path / "not.jsonl.gz"])))[1][0])


def warc(path: Path, *, packed: bool, bodies: list[Answer], encode: bool = False) -> None:
    """A WARC file written by hand after ISO 28500, each record its own gzip member if packed."""
    with path.open("wb") as file:
        for number, (status, body, media_type) in enumerate(bodies):
            payload = gzip.compress(body) if encode else body
            coding = "Content-Encoding: gzip\r\n" if encode else ""
            http = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{coding}\r\n".encode()
            http += payload
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2018-05-14T10:00:00Z\r\n"
                f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
                f"WARC-Target-URI: https://g.example/{number}\r\n"
                "Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(http)}\r\n\r\n"
            )
            record = head.encode() + http + b"\r\n\r\n"
            file.write(gzip.compress(record) if packed else record)


HTML = f"<html><title>Envoy</title><body><article>{PROSE * 4}</article></body></html>".encode()
PAGE = ("200 OK", HTML, "text/html; charset=utf-8")


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("encode", [False, True])
def test_warc(tmp_path: Path, packed: bool, encode: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    others = [("404 Not Found", HTML, "text/html"), ("200 OK", b"\x89PNG", "image/png")]
    warc(path, packed=packed, bodies=[PAGE, *others, PAGE], encode=encode)
    reports, refused = split(list(read_paths([path])))
    assert not refused
    assert [r.url for r in reports] == ["https://g.example/0", "https://g.example/3"]
    assert reports[0].retrieved == datetime(2018, 5, 14, 10, tzinfo=UTC)
    assert reports[0].path == str(path)


@pytest.mark.parametrize("packed", [False, True])
def test_warc_cut_at_any_place_keeps_the_pages_before(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    warc(path, packed=packed, bodies=[PAGE] * 3)
    whole = path.read_bytes()
    for cut in range(len(whole) // 2, len(whole) - 5, max(1, len(whole) // 30)):
        path.write_bytes(whole[:cut])
        reports, refused = split(list(read_paths([path])))
        assert 1 <= len(reports) <= 3
        assert len(refused) <= 1 and all("\n" not in str(e) for e in refused)
        assert all(r.text == reports[0].text for r in reports)


def test_what_is_not_a_warc(tmp_path: Path) -> None:
    for name, content in (("a.warc", b"hello\n" * 20), ("b.warc.gz", b"hello"), ("c.warc", b"")):
        (tmp_path / name).write_bytes(content)
    _, refused = split(list(read_paths([tmp_path])))
    assert len(refused) == 3 and all("\n" not in str(e) for e in refused)


def test_decompression_bombs_stop_at_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(b"<p>" + b"a" * 50_000_000))
    warc(
        tmp_path / "b.warc.gz",
        packed=True,
        bodies=[("200 OK", b"a" * 30_000_000, "text/html")],
        encode=True,
    )
    _, refused = split(list(read_paths([tmp_path], limits=ReadLimits(max_bytes=1_000_000))))
    assert len(refused) == 2 and all("max_bytes" in e.reason for e in refused)


def test_single_page_compressed(tmp_path: Path) -> None:
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(HTML))
    (report,) = split(list(read_paths([tmp_path])))[0]
    assert report.title == "Envoy" and "<p>" not in report.text


@pytest.mark.parametrize("name", ["none.warc", "none.warc.gz"])
def test_a_warc_without_any_answer_is_refused(tmp_path: Path, name: str) -> None:
    content = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    path = tmp_path / name
    path.write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    reports, refused = split(list(read_paths([path])))
    assert (reports, len(refused)) == ([], 1)
    assert "no page in it" in str(refused[0])

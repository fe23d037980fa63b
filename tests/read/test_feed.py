"""Feeds of each kind, whole and cut, and the lists that name them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from detente.errors import UnreadableReport
from detente.read import read_paths
from detente.read.feed import fragment_text, listed_feeds
from detente.read.limits import ReadLimits
from detente.read.source import Source
from detente.records import Report

PROSE = "Norland has recalled its envoy, the foreign ministry said on Monday in a short note."
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Harbour Gazette</title><copyright>CC BY 4.0</copyright>
<item><title>Envoy recalled &amp; trawlers seized</title><link>https://gazette.example/1</link><guid>g1</guid>
<pubDate>Mon, 14 May 2018 09:30:00 +0200</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{PROSE}</p><h2>Background</h2><p>The <b>treaty</b> was
signed in 1994.</p><script>track()</script><p>Read more</p>]]></content:encoded></item>
<item><title>Second</title><link>https://gazette.example/2</link><description>{PROSE}</description></item>
<item><title>Picture only</title><link>https://gazette.example/3</link></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Capital Desk</title>
<entry><title>Vote held</title><id>urn:1</id><link rel="self" href="https://desk.example/self"/>
<link href="https://desk.example/1"/><published>2019-01-22T10:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{PROSE}</p><p>More.</p></div></content></entry></feed>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old Wire</title></channel>
<item><title>Old</title><link>https://old.example/1</link><dc:date>2003-11-06</dc:date><description>{PROSE}</description></item></rdf:RDF>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Meridian Post",
        "items": [
            {
                "id": "1",
                "url": "https://post.example/1",
                "title": "Talks",
                "content_text": PROSE,
                "date_published": "2016-09-08T07:00:00Z",
            },
            7,
        ],
    }
)


def read(tmp_path: Path, name: str, content: str) -> list[Report | UnreadableReport]:
    (tmp_path / name).write_text(content, encoding="utf-8")
    return list(read_paths([tmp_path / name], limits=ReadLimits()))


def only(found: list[Report | UnreadableReport]) -> Report:
    (report,) = found
    assert isinstance(report, Report)
    return report


def test_rss(tmp_path: Path) -> None:
    first, second, third = read(tmp_path, "f.xml", RSS)
    assert isinstance(first, Report) and isinstance(second, Report)
    assert first.title == "Envoy recalled & trawlers seized"
    assert first.text.startswith(
        f"{first.title}\n\n{PROSE}\n\nBackground\n\nThe treaty was signed in 1994."
    )
    assert "track" not in first.text
    assert [s.kind for s in first.sections] == ["lead", "background", "furniture"]
    assert (first.url, first.outlet, first.license) == (
        "https://gazette.example/1",
        "The Harbour Gazette",
        "CC BY 4.0",
    )
    assert first.published == datetime(2018, 5, 14, 7, 30, tzinfo=UTC)
    assert first.published_basis == "page"
    assert second.published is None and second.published_basis == "unknown"
    assert str(third).endswith("f.xml, entry 3: entry without text")


def test_atom(tmp_path: Path) -> None:
    report = only(read(tmp_path, "f.atom", ATOM))
    assert report.url == "https://desk.example/1"
    assert report.text == f"Vote held\n\n{PROSE}\n\nMore.\n"
    assert report.published == datetime(2019, 1, 22, 10, tzinfo=UTC)


def test_rss_1_and_json_feed(tmp_path: Path) -> None:
    assert only(read(tmp_path, "f.rdf", RDF)).published == datetime(2003, 11, 6, tzinfo=UTC)
    report, error = read(tmp_path, "f.json", JSON)
    assert isinstance(report, Report) and report.outlet == "Meridian Post"
    assert isinstance(error, UnreadableReport) and "entry 2" in error.path


def test_feed_cut_short_keeps_what_is_whole(tmp_path: Path) -> None:
    first, error = read(tmp_path, "f.xml", RSS[: RSS.index("<item><title>Second") + 60])
    assert isinstance(first, Report) and first.title.startswith("Envoy")
    assert isinstance(error, UnreadableReport) and "1 entries kept" in error.reason
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel><item/></channel></rss>', "entities"),
        ("<rss", "cut short or not well-formed"),
        ('{"version": "https://jsonfeed.org/version/1", "items": [', "not a JSON feed"),
        ('{"version": "https://jsonfeed.org/version/1"}', "no items"),
        ('<opml><body><outline xmlUrl="https://a.example"/></body></opml>', "detente watch"),
    ],
)
def test_bad_feeds(tmp_path: Path, content: str, reason: str) -> None:
    (error,) = read(tmp_path, "f.rss", content + " ")
    assert isinstance(error, UnreadableReport) and reason in error.reason


def test_most_entries_are_a_setting(tmp_path: Path) -> None:
    (tmp_path / "f.rss").write_text(RSS)
    first, error = read_paths([tmp_path / "f.rss"], limits=ReadLimits(max_entries=1))
    assert isinstance(first, Report)
    assert isinstance(error, UnreadableReport) and "max_entries" in error.reason


def test_folder_takes_feeds_and_leaves_other_xml(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(ATOM)
    (tmp_path / "b.xml").write_text("<config/>")
    (tmp_path / "c.json").write_text("{}")
    assert only(list(read_paths([tmp_path]))).outlet == "Capital Desk"


def test_opml() -> None:
    content = (
        b'<opml version="2.0"><body><outline text="A"><outline text="One" xmlUrl="https://a.example/f"/>'
        b'<outline title="Two" xmlUrl="https://b.example/f"/><outline text="x" xmlUrl="https://a.example/f"/>'
        b'<outline text="file" xmlUrl="file:///etc/passwd"/></outline></body></opml>'
    )
    feeds = listed_feeds(Source(name="l.opml", content=content, form="text"))
    assert [(f.title, f.url) for f in feeds] == [
        ("One", "https://a.example/f"),
        ("Two", "https://b.example/f"),
    ]
    for bad in (b"<opml><body/></opml>", b"<rss/>", b"nothing"):
        with pytest.raises(UnreadableReport):
            listed_feeds(Source(name="l.opml", content=bad, form="text"))


def test_fragment_text_keeps_blocks_apart() -> None:
    text = fragment_text(
        "<p>One <em>two</em>\nthree</p>four<br>five<ul><li>six</li></ul>", "n", ReadLimits()
    )
    assert text == "One two three\n\nfour\n\nfive\n\nsix"
    assert fragment_text("a &amp; b", "n", ReadLimits()) == "a & b"

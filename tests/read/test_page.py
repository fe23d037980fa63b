"""Saved pages: as clean as the extractor alone or cleaner, nothing of the comments."""

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trafilatura

from detente.read import read_source
from detente.read.limits import ReadLimits
from detente.read.source import Source
from detente.records import Report

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(page.stem for page in PAGES.glob("*.html"))


def page(content: bytes, **more: object) -> Report:
    source = Source(name="page.html", content=content, form="html", **more)  # type: ignore[arg-type]
    return read_source(source, limits=ReadLimits())


def saved(name: str) -> Report:
    return page((PAGES / f"{name}.html").read_bytes())


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words: the measure of the article-extraction benchmark (F1 over shingles)."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + 4]) for i in range(len(words) - 3))


def f1(text: str, gold: str) -> float:
    ours, theirs = shingles(text), shingles(gold)
    return 2 * sum((ours & theirs).values()) / (sum(ours.values()) + sum(theirs.values()))


@pytest.mark.parametrize("name", NAMES)
def test_main_text(name: str) -> None:
    gold = (PAGES / f"{name}.txt").read_text(encoding="utf-8")
    bare = trafilatura.extract((PAGES / f"{name}.html").read_bytes(), include_comments=False) or ""
    reached = f1(saved(name).text, gold)
    assert reached >= 0.96
    assert reached >= f1(bare, gold)


def test_pages_are_of_several_designs() -> None:
    assert len(NAMES) >= 6


def test_nothing_of_the_comments() -> None:
    text = saved("wordpress_comments").text
    for words in (
        "Leave a Reply",
        "email address",
        "Required fields",
        "petrol",
        "Old Miller",
        "Share this",
    ):
        assert words not in text


@pytest.mark.parametrize("name", NAMES)
def test_sections_tile_the_text(name: str) -> None:
    report = saved(name)
    edges = [0, *(section.end for section in report.sections)]
    assert [section.start for section in report.sections] == edges[:-1]
    assert edges[-1] == len(report.text)


def test_what_a_page_says_of_itself() -> None:
    report = saved("news_article")
    assert report.title == "Norland recalls its envoy over fishing dispute"
    assert (
        report.standfirst
        == "The recall follows the seizure of two trawlers and a week of angry statements."
    )
    assert report.outlet == "The Harbour Gazette"
    assert report.published == datetime(2018, 5, 14, 7, 30, tzinfo=UTC)
    assert report.published_basis == "page"
    assert report.image == "https://gazette.example/img/harbour-1200.jpg"
    assert report.license == "https://creativecommons.org/licenses/by/4.0/"
    assert report.url == "https://gazette.example/2018/05/norland-recalls-envoy"
    assert [s.kind for s in report.sections] == [
        "lead",
        "body",
        "background",
        "analysis",
        "assessment",
    ]


def test_title_is_of_the_page_not_of_its_last_entry() -> None:
    assert saved("live_blog").title == "Summit live: leaders arrive on the island"


def test_old_page_with_declared_character_set() -> None:
    report = saved("table_layout")
    assert "Illyra’s chief delegate" in report.text
    assert report.published == datetime(2003, 11, 6, tzinfo=UTC)
    assert report.text.count("\n\n") == 3


def test_outlet_is_taken_off_the_title() -> None:
    assert saved("wordpress_comments").title == "Sarmia and Doria to reopen the northern bridge"


def test_mhtml() -> None:
    html = (PAGES / "amp.html").read_bytes()
    content = (
        b"From: <Saved by Browser>\r\nSnapshot-Content-Location: https://desk.example/amp\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + html
        + b"\r\n--b--\r\n"
    )
    report = read_source(Source(name="a.mhtml", content=content, form="mhtml"), limits=ReadLimits())
    assert report.text == saved("amp").text


def test_slip_in_an_utf8_page() -> None:
    content = (PAGES / "amp.html").read_bytes().replace(b"Marrow's upper", b"Marrow\x92s upper", 1)
    assert "upper house is due" in page(content).text

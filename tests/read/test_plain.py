"""Plain text: unchanged, everything else spans of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from detente.read.limits import ReadLimits
from detente.read.plain import text_report
from detente.records import Report

DOCUMENT = """IMG_20180514_093000.jpg

Norland and Estmark ministers to meet in Lund

The ministers of Norland and Estmark will meet in Lund on 11 June after the latter left.

The ministers of Norland and Estmark will meet in Lund on 11 June after the latter left.

How we got here\u00a0

In March 2017 Norland accused Estmark of hiding its catch. In May 2018 the envoy
left Vesterby, and nobody expected him back soon.

Photo: Ada Merrin/Harbour Gazette

Analysis:

The two ministers have met twice before, and aides said that the talks would last a day.

Our view

It is likely that little will be signed.

Read more:


Comments

Leave a Reply

Your email address will not be published. Required fields are marked *"""


def kinds(report: Report) -> list[tuple[str, str]]:
    return [(section.kind, section.heading) for section in report.sections]


def read(text: str, **more: object) -> Report:
    return text_report(text, name="a.txt", limits=ReadLimits(), **more)  # type: ignore[arg-type]


def test_parts_of_a_saved_document() -> None:
    report = read(DOCUMENT)
    assert report.text == DOCUMENT
    assert report.title == "Norland and Estmark ministers to meet in Lund"
    assert report.standfirst.startswith("The ministers")
    assert report.image == "IMG_20180514_093000.jpg"
    assert kinds(report) == [
        ("furniture", ""),
        ("lead", ""),
        ("body", ""),
        ("background", "How we got here"),
        ("furniture", ""),
        ("analysis", "Analysis"),
        ("assessment", "Our view"),
        ("furniture", ""),
    ]
    last = report.sections[-1]
    assert DOCUMENT[last.start :].startswith("Read more:") and last.end == len(DOCUMENT)
    assert DOCUMENT.count("will meet in Lund") == 2
    body = report.sections[2]
    assert "will meet in Lund" in DOCUMENT[body.start : body.end]


def test_date_is_inferred_from_what_is_told_as_past() -> None:
    report = read(DOCUMENT)
    assert report.published == datetime(2018, 5, 31, tzinfo=UTC)
    assert report.published_basis == "inferred"


def test_given_date_comes_first() -> None:
    given = datetime(2018, 5, 20, 10, tzinfo=UTC)
    report = read("Date: 2018-05-14\n\n" + DOCUMENT, given=given)
    assert (report.published, report.published_basis) == (given, "given")


def test_header_lines_are_metadata_and_furniture() -> None:
    text = (
        "Outlet: Northern Wire\nDate: 14 May 2018\nURL: https://wire.example/1\n"
        "License: CC BY 4.0\n\nEnvoy recalled\n\nNorland recalled its envoy on Monday, he said.\n"
    )
    report = read(text)
    assert (report.outlet, report.url) == ("Northern Wire", "https://wire.example/1")
    assert report.license == "CC BY 4.0"
    assert report.title == "Envoy recalled"
    assert report.published == datetime(2018, 5, 14, tzinfo=UTC)
    assert report.published_basis == "page"
    header = report.sections[0]
    assert header.kind == "furniture"
    assert text[header.start : header.end].strip().endswith("License: CC BY 4.0")


def test_line_breaks_and_byte_order_mark_stay() -> None:
    text = "\ufeffEnvoy recalled\r\n\r\nNorland recalled its envoy on Monday.\r\nNobody spoke.\r\n"
    report = read(text)
    assert report.text == text
    assert report.title == "Envoy recalled"


def test_a_text_may_have_no_headline() -> None:
    report = read("Norland recalled its envoy on Monday, the ministry said.")
    assert report.title == "" and kinds(report) == [("body", "")]


def test_headline_without_blank_line() -> None:
    report = read(
        "Envoy recalled\nNorland recalled its envoy on Monday, it was said.\nNobody spoke."
    )
    assert report.title == "Envoy recalled"
    assert report.standfirst == "Norland recalled its envoy on Monday, it was said."


@pytest.mark.parametrize(
    "line",
    [
        "Nairobi, 4 April 2024",
        "Thursday 4 April 2024, Nairobi",
        "By Ann Lee, Nairobi, 4 April 2024",
    ],
)
def test_place_and_day_under_a_headline_date_it(line: str) -> None:
    text = f"Somalia expels envoy\n{line}\n\nSomalia expelled the ambassador on Thursday."
    report = text_report(text, name="x", limits=ReadLimits())
    assert report.published == datetime(2024, 4, 4, tzinfo=UTC)
    assert report.published_basis == "page"
    assert report.standfirst == "Somalia expelled the ambassador on Thursday."


def test_wrapped_paragraph_is_not_a_headline() -> None:
    text = "Norland recalled its envoy on Monday after a week of\nangry statements, it was said."
    assert read(text).title == ""


def test_markdown_headings_keep_their_level() -> None:
    text = "# Envoy recalled\n\nNorland did so.\n\n## Background\n\nOnce.\n\n"
    text += "### The treaty\n\nOld.\n\n## Money\n\nMuch.\n"
    assert kinds(read(text)) == [
        ("lead", ""),
        ("background", "Background"),
        ("body", "Money"),
    ]


def test_heading_before_its_text_on_one_line() -> None:
    text = "Envoy recalled\n\nNorland did so.\n\nBackground: The treaty was signed in 1994.\n"
    assert kinds(read(text))[-1] == ("background", "Background")


def test_sentence_with_a_cue_in_it_is_not_furniture() -> None:
    text = (
        "Concerns shared\n\nThe ministers would share this article of the treaty with us.\n\n"
        "Background noise from the crowd was loud when the ministers spoke on the steps.\n"
    )
    assert kinds(read(text)) == [("lead", ""), ("body", "")]


def test_list_of_links_ends_at_a_sentence_or_heading() -> None:
    text = (
        "Envoy leaves\n\nHe left on Monday without a word to the many reporters at the gate.\n\n"
        "Related stories\nWho is the envoy?\nA treaty nobody read\n\n“We are done,” he said.\n\n"
        "Related stories\n\nFish and chips\n\nBackground\n\nThe treaty is old.\n\nbackground\n"
    )
    report = read(text)
    told = [text[s.start : s.end].strip() for s in report.sections if s.kind == "furniture"]
    assert told == [
        "Related stories\nWho is the envoy?\nA treaty nobody read",
        "Related stories\n\nFish and chips",
    ]
    assert kinds(report)[-1] == ("background", "Background")


@pytest.mark.parametrize(
    ("dateline", "expected"),
    [
        ("VESTERBY, Oct. 23, 2018 (Northern Wire) — The envoy left.", (2018, 10, 23)),
        ("VESTERBY, 23 Oct (NW) -- The envoy left.", None),
        ("VESTERBY, Oct 23 (NW) -- The envoy left. He came in September 2018.", (2018, 10, 23)),
    ],
)
def test_dateline(dateline: str, expected: tuple[int, int, int] | None) -> None:
    report = read("Envoy leaves\n\n" + dateline)
    assert (report.published and report.published.timetuple()[:3]) == expected


def test_planned_dates_do_not_date_a_report() -> None:
    text = "Envoy leaves\n\nHe came on 3 May 2016. A new envoy will arrive by 1 June 2018, it said."
    assert read(text).published == datetime(2016, 5, 3, tzinfo=UTC)


def test_id_is_of_the_content() -> None:
    assert (
        read(DOCUMENT).id
        == text_report(DOCUMENT, name="other", limits=ReadLimits(), path="other").id
    )
    assert read(DOCUMENT).id != read(DOCUMENT + " ").id


SEED = Path(__file__).parents[2].parent / "shared/data/seed/brief.txt"


@pytest.mark.skipif(not SEED.exists(), reason="reference data: seed/brief.txt is absent")
def test_first_real_document() -> None:
    text = SEED.read_text(encoding="utf-8")
    report = read(text)
    assert report.text == text
    assert report.title == "Putin and Trump to meet in Paris"
    assert [kind for kind, _ in kinds(report)] == [
        "furniture",
        "lead",
        "body",
        "background",
        "analysis",
        "assessment",
        "furniture",
    ]
    assert (report.published and report.published.month) == 10

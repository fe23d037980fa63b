"""What holds for whatever is read."""

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import UnreadableReport
from detente.read import read_source
from detente.read.limits import ReadLimits
from detente.read.lines import lines_of
from detente.read.source import Form, Source
from detente.records import Report

TAGS = [
    "<html>",
    "<body>",
    "<p>",
    "</p>",
    "<table><tr><td>",
    "</td>",
    "<h2>Background</h2>",
    "<!--",
    "-->",
    "<script>",
    "<a href='",
    "'>",
    "&amp;",
    "&#0;",
    "&bogus;",
    "]]>",
    "<![CDATA[",
    "<?xml",
    "Norland recalled its envoy. ",
]
LINES = [
    "Background",
    "Analysis",
    "Read more",
    "Leave a Reply",
    "Date: 2018-01-01",
    "# T",
    "A sentence with quite a few words in it, which ends here.",
    "Oct 23, 2018",
    "x.jpg",
    "",
    "Outlet: X",
    "Related stories",
]


def outcome(content: bytes, form: Form) -> Report | None:
    try:
        return read_source(Source(name="n", content=content, form=form), limits=ReadLimits())
    except UnreadableReport as error:
        assert "\n" not in str(error)
        return None


def check(report: Report) -> None:
    edges = [0, *(section.end for section in report.sections)]
    assert [section.start for section in report.sections] == edges[:-1]
    assert edges[-1] == len(report.text)
    assert all(section.start < section.end for section in report.sections)
    assert report.published is None or report.published.tzinfo is not None


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=300), st.sampled_from(["text", "html", "mhtml"]))
def test_any_bytes(content: bytes, form: Form) -> None:
    if report := outcome(content, form):
        check(report)


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=300))
def test_any_characters_are_kept_as_they_are(text: str) -> None:
    content = text.encode("utf-8", "ignore")
    if report := outcome(content, "text"):
        check(report)
        assert report.text.encode("utf-8") == content or content[:2] in (b"\xff\xfe", b"\xfe\xff")


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=40)), max_size=15),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
)
def test_any_lines_that_look_like_parts(parts: list[str], end: str) -> None:
    if report := outcome(end.join(parts).encode("utf-8", "ignore"), "text"):
        check(report)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.one_of(st.sampled_from(TAGS), st.text(max_size=20)), max_size=30))
def test_any_tags(parts: list[str]) -> None:
    if report := outcome("".join(parts).encode("utf-8", "ignore"), "html"):
        check(report)


@given(st.text())
def test_lines_are_where_they_say(text: str) -> None:
    for line in lines_of(text):
        assert line.text in text[line.start : line.end]

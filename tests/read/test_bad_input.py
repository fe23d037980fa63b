"""Each bad input gets one line with the file and the reason; the rest goes on."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from detente.errors import TableError, UnknownName, UnreadableReport
from detente.read import read_paths, read_source
from detente.read.furniture import cues, cues_from
from detente.read.language import language_of
from detente.read.limits import ReadLimits, limits_from
from detente.read.page import html_report
from detente.read.sections import kinds_from
from detente.read.source import Source
from detente.records import Report

GOOD = "Envoy recalled\n\nNorland recalled its envoy on Monday, the foreign ministry said.\n"
FRENCH = (
    "Le ministre des Affaires étrangères a rappelé son ambassadeur lundi, après la saisie de deux "
    "chalutiers par les garde-côtes du pays voisin, a annoncé le gouvernement."
)
PROSE = (
    "<p>Norland has recalled its envoy, the foreign ministry said on Monday in a short note.</p>"
)

BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty file"),
    "blank.txt": (b" \n\t\n", "empty: no text"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG picture"),
    "report.html": (b"%PDF-1.7 abc", "PDF"),
    "nul.txt": (b"abc\x00def", "binary"),
    "control.txt": (b"\x01\x02\x03\x04abc", "control characters"),
    "latin.txt": ("Die Gespräche in Köln".encode("latin-1"), "byte 0xE4 at offset 9"),
    "cyrillic.html": (("<html><p>" + "Россия и США " * 99).encode("cp1251"), "not UTF-8"),
    "wrong.html": (
        b'<html><meta charset="shift_jis"><p>\xff\xff' + PROSE.encode(),
        "declared shift_jis",
    ),
    "unknown.html": (b'<html><meta charset="klingon"><p>' + b"\xff\xfe\xff" * 99, "not UTF-8"),
    "large.txt": (b"a" * 5001, "5001 bytes, more than 5000 (max_bytes)"),
    "notext.html": (b"<html><body><img src=a.png></body></html>", "HTML without text"),
    "nothing.html": (b"<html></html>", "HTML without text"),
    "french.txt": (FRENCH.encode(), "French (fr)"),
    "later.txt": (
        b"Date: 2999-01-01\nOutlet: X\n\n" + GOOD.encode(),
        "2999-01-01 lies in the future",
    ),
    "mail.mhtml": (b"Content-Type: text/plain\r\n\r\nhello", "MHTML without"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, (content, _) in BAD.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(GOOD)
    return tmp_path


def test_each_failure_is_named_and_the_rest_goes_on(folder: Path) -> None:
    found = list(read_paths([folder], limits=ReadLimits(max_bytes=5000)))
    errors = {Path(e.path).name: e for e in found if isinstance(e, UnreadableReport)}
    assert errors.keys() == BAD.keys()
    for name, (_, reason) in BAD.items():
        assert reason in errors[name].reason
        assert "\n" not in str(errors[name])
    assert [r.title for r in found if isinstance(r, Report)] == ["Envoy recalled"]


def test_missing_path_and_odd_names() -> None:
    found = list(read_paths(["no/such.txt", "a\x00b", "/dev/null", "file:///no/such.html"]))
    assert all(isinstance(e, UnreadableReport) for e in found) and len(found) == 4
    assert "no such file" in str(found[0])
    assert "not a regular file" in str(found[2])


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser reads everything")
def test_unreadable_file_and_folder(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "shut.txt").write_text(GOOD)
    for name in ("shut", "shut.txt"):
        (tmp_path / name).chmod(0)
    try:
        found = [str(e) for e in read_paths([tmp_path])]
    finally:
        (tmp_path / "shut").chmod(0o700)
    assert len(found) == 2 and all("Permission denied" in e for e in found)


def test_folder_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    (found,) = read_paths([tmp_path])
    assert str(found) == f"{tmp_path}: folder cannot be read: Permission denied"


def test_folder_order_notes_and_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/c.txt", "a.txt", "README.md", ".hidden.txt", "table.csv", "z.md"):
        (tmp_path / name).write_text(GOOD)
    paths = [Path(r.path or "").name for r in read_paths([tmp_path]) if isinstance(r, Report)]
    assert paths == ["a.txt", "c.txt", "z.md"]
    assert any(isinstance(r, Report) for r in read_paths([tmp_path / "README.md"]))


def test_folder_without_reports(tmp_path: Path) -> None:
    (found,) = read_paths([tmp_path])
    assert "no reports in this folder" in str(found)


def test_future_publication_date_given_by_the_user(folder: Path) -> None:
    later = datetime.now(UTC) + timedelta(days=30)
    (found,) = read_paths([folder / "good.txt"], published=later)
    assert isinstance(found, UnreadableReport) and "lies in the future" in found.reason


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<html><body>" + "<div>" * 5000 + PROSE, "max_depth"),
        ("<html><body>" + "<b></b>" * 600 + PROSE, "max_elements"),
        (
            "<html><body><p " + " ".join(f"a{i}='>'" for i in range(200)) + ">" + PROSE,
            "max_attributes",
        ),
        ("<html><body>" + ("<i>" * 40 + "</i>" * 40) * 10 + PROSE, "max_total_depth"),
    ],
)
def test_hostile_pages_are_refused_by_the_name_of_the_limit(html: str, reason: str) -> None:
    limits = ReadLimits(max_elements=500, max_attributes=100, max_depth=100, max_total_depth=5000)
    with pytest.raises(UnreadableReport, match=reason):
        html_report(html, name="h", limits=limits)


def test_hostile_pages_that_can_be_read() -> None:
    entities = '<!DOCTYPE html [<!ENTITY a "boom">]><html><body><p>&a;&a;</p>' + PROSE
    picture = "<html><body><img src='data:image/png;base64," + "A" * 200_000 + "'>" + PROSE
    for html in (
        entities,
        picture,
        "<html><body>\x00" + PROSE * 20,
        "<html><body>" + PROSE + "<!--" * 9999,
        "<html><body>" + PROSE + "<a b='",
    ):
        assert "recalled its envoy" in html_report(html, name="h", limits=ReadLimits()).text


def test_tags_in_scripts_and_comments_are_not_counted() -> None:
    script = "<script>if (a <b " + "c = d " * 300 + ") {}</script><!-- <p " + "a " * 300 + "> -->"
    limits = ReadLimits(max_attributes=100)
    assert html_report(f"<html><body>{script}{PROSE}", name="h", limits=limits).text


def test_limits_are_settings() -> None:
    assert limits_from(
        {"DETENTE_READ_MAX_BYTES": "7", "DETENTE_READ_TIMEOUT": "0.5"}
    ) == ReadLimits(max_bytes=7, timeout=0.5)
    for value in ("0", "-1", "many", "1.5", "nan"):
        with pytest.raises(UnknownName, match="DETENTE_READ_MAX_BYTES"):
            limits_from({"DETENTE_READ_MAX_BYTES": value})


def test_tables_name_their_bad_rows(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    for row in ("(,line,any,x", "a,far,any,x", "a,line,nowhere,x"):
        table.write_text("pattern,reach,where,what\n" + row + "\n")
        with pytest.raises(TableError, match="line 2"):
            cues_from(table)
    for row in ("(,body", "a,nothing"):
        table.write_text("pattern,kind\n" + row + "\n")
        with pytest.raises(TableError, match="line 2"):
            kinds_from(table)
    assert len(cues()) > 50


def test_language_of_little_text_is_taken_for_english() -> None:
    assert language_of("Да")[0] == "en"
    assert language_of(FRENCH)[0] == "fr"
    assert (
        language_of("Norland recalled its envoy on Monday, the foreign ministry said.")[0] == "en"
    )


def answering(monkeypatch: pytest.MonkeyPatch, answer: httpx.Response | Exception) -> None:
    def reply(request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    plain = httpx.Client

    def client(**settings: object) -> httpx.Client:
        return plain(transport=httpx.MockTransport(reply), **settings)  # type: ignore[arg-type]

    monkeypatch.setattr("detente.read.fetch.httpx.Client", client)


def test_page_from_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    html = f"<html><title>Envoy recalled</title><body><article>{PROSE * 3}</article>"
    answering(monkeypatch, httpx.Response(200, text=html, headers={"content-type": "text/html"}))
    (report,) = read_paths(["https://gazette.example/a"])
    assert isinstance(report, Report)
    assert report.retrieved is not None and report.url == "https://gazette.example/a"
    assert report.path is None


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (httpx.Response(404), "404 Not Found"),
        (httpx.Response(200, content=b"a" * 200), "max_bytes"),
        (httpx.ConnectTimeout("timed out"), "timed out"),
        (httpx.Response(200, content=b""), "empty"),
        (httpx.Response(302, headers={"location": "/again"}), "redirects"),
    ],
)
def test_server_that_fails(
    monkeypatch: pytest.MonkeyPatch, answer: httpx.Response | Exception, reason: str
) -> None:
    answering(monkeypatch, answer)
    (found,) = read_paths(["https://gazette.example/a"], limits=ReadLimits(max_bytes=100))
    assert isinstance(found, UnreadableReport) and reason in str(found)


def test_sniffed_without_a_suffix(tmp_path: Path) -> None:
    (tmp_path / "page").write_text(
        f"<!DOCTYPE html><html><body><article>{PROSE * 3}</article></body></html>"
    )
    (report,) = read_paths([tmp_path / "page"])
    assert isinstance(report, Report) and "<p>" not in report.text


def test_utf16_with_mark() -> None:
    source = Source(name="a.txt", content=GOOD.encode("utf-16"), form="text")
    assert read_source(source, limits=ReadLimits()).title == "Envoy recalled"

"""The user's publication date: of plain texts always, of others where they give none themselves."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from detente.read import read_paths
from detente.records import Report

GIVEN = datetime(2018, 10, 23, tzinfo=UTC)
OWN = datetime(2018, 5, 14, tzinfo=UTC)
PROSE = "Norland has recalled its envoy, the foreign ministry said on Monday in a short note."
META = '<meta property="article:published_time" content="{day}">'
PAGE = f"<html><head>{{meta}}</head><body><article>{f'<p>{PROSE}</p>' * 4}</article>"
ITEM = f"<rss><channel><item>{{date}}<description>{PROSE}</description></item></channel></rss>"
LINE = f'{{{{"text": "{PROSE}"{{date}}}}}}'


@pytest.mark.parametrize(
    ("name", "content", "expected", "basis"),
    [
        ("a.txt", PROSE, GIVEN, "given"),
        ("a.txt", f"Date: 2018-05-14\nOutlet: Wire\n\n{PROSE}", GIVEN, "given"),
        ("a.html", PAGE.format(meta=""), GIVEN, "given"),
        ("a.html", PAGE.format(meta=META.format(day="2018-05-14")), OWN, "page"),
        ("a.html", PAGE.format(meta=META.format(day="2999-05-14")), GIVEN, "given"),
        ("a.rss", ITEM.format(date=""), GIVEN, "given"),
        ("a.rss", ITEM.format(date="<pubDate>14 May 2018 00:00:00 GMT</pubDate>"), OWN, "page"),
        ("a.jsonl", LINE.format(date=""), GIVEN, "given"),
        ("a.jsonl", LINE.format(date=', "published": "2018-05-14"'), OWN, "page"),
    ],
)
def test_whose_date_counts(
    tmp_path: Path, name: str, content: str, expected: datetime, basis: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    (report,) = read_paths([tmp_path / name], published=GIVEN)
    assert isinstance(report, Report), report
    assert (report.published, report.published_basis) == (expected, basis)

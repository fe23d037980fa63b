"""The sample dossier reads whole, and its hand-made grouping points at words that are there."""

import csv
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

from detente.read import read_paths
from detente.records import Report, passage_of

SAMPLES = Path(__file__).parents[2] / "samples" / "inf-treaty"


@cache
def reports() -> dict[str, Report]:
    found = {}
    for report in read_paths([SAMPLES]):
        assert isinstance(report, Report), report
        found[Path(report.path or "").name] = report
    return found


def test_every_sample_is_a_dated_report_of_a_named_outlet() -> None:
    assert len(reports()) >= 36
    assert len({report.outlet for report in reports().values()}) == 5
    for name, report in reports().items():
        assert report.title and report.outlet and report.url, name
        assert report.published and report.published_basis == "page", name
        assert report.published.date() == date.fromisoformat(name[:10])
        assert 60 <= len(report.text.split()) <= 290, name
    assert {Path(name).suffix for name in reports()} == {".txt", ".html"}


def test_text_samples_are_kept_to_the_character() -> None:
    for name, report in reports().items():
        if name.endswith(".txt"):
            assert (SAMPLES / name).read_bytes().decode("utf-8") == report.text


def test_sections_tile_every_sample_and_hold_its_headings() -> None:
    seen = set()
    for report in reports().values():
        edges = [0, *(section.end for section in report.sections)]
        assert [section.start for section in report.sections] == edges[:-1]
        assert edges[-1] == len(report.text)
        for section in report.sections:
            passage = passage_of(report, section.start, section.end)
            assert report.text[passage.start : passage.end] == passage.text
            assert section.heading in passage.text
            seen.add(section.kind)
    assert seen == {"lead", "body", "background", "analysis", "assessment", "furniture"}


def test_no_furniture_outside_furniture_sections() -> None:
    cues = ("Leave a Reply", "Required fields", "cookies", "gettyimages", "Sign up", "Read more")
    for name, report in reports().items():
        for section in report.sections:
            told = report.text[section.start : section.end]
            if section.kind != "furniture":
                assert not any(cue in told for cue in cues), name


def test_grouped_mentions_stand_in_their_reports() -> None:
    with (SAMPLES / "incidents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 120
    for row in rows:
        text = reports()[row["report"]].text
        assert text.count(row["trigger"]) >= int(row["occurrence"]) >= 1, row
    keys = Counter((row["report"], row["trigger"], row["occurrence"]) for row in rows)
    assert max(keys.values()) == 1
    sizes = Counter(row["incident"] for row in rows)
    assert sum(size > 1 for size in sizes.values()) >= 30


def test_dated_sources_put_law_and_expulsion_before_helsinki() -> None:
    dated = {name: r.published for name, r in reports().items() if r.published}
    helsinki = dated["2018-07-16-northern-wire-helsinki.txt"]
    for name, words in (
        ("2017-08-02-northern-wire-caatsa.txt", "signed the Countering America's Adversaries"),
        ("2018-03-26-northern-wire-sixty.txt", "expulsion of 60 Russian diplomats"),
    ):
        assert dated[name] < helsinki
        assert words in reports()[name].text

"""Chronologies in several layouts: where their entries begin and end, and what they date."""

from __future__ import annotations

import pytest

from detente.records import Section
from detente.resolve.dates import when_of
from detente.resolve.dates.entries import entries_of, entry_at

from .mentions import event_in, report_of


def dates(text: str, published: str | None = "2021-06-01") -> list[str]:
    return [entry.told.edtf for entry in entries_of(report_of(text, published))]


@pytest.mark.parametrize(
    ("lines", "edtf"),
    [
        ("- 8 May 2018: A.\n- 5 Nov 2018: B.", ["2018-05-08", "2018-11-05"]),
        ("* **Mid-September 2019:** A.\n* **2020** – B.", ["2019-09", "2020"]),
        ("2015, March – A.\n2017, 4 August – B.", ["2015-03", "2017-08-04"]),
        ("May–June 2018: A.\nLate 2018: B.", ["2018-05/2018-06", "2018"]),
        ("17.07.2019 — A.\n2019-08-05 — B.", ["2019-07-17", "2019-08-05"]),
        ("July 2016\n\nA fell.\n\n18 September 2016\n\nB fell.", ["2016-07", "2016-09-18"]),
        ("April 2019. A fell.\n3 to 5 June 2019. B fell.", ["2019-04", "2019-06-03/2019-06-05"]),
        ("**May 8, 2018** A left.\n**Nov. 5, 2018** B left.", ["2018-05-08", "2018-11-05"]),
        ("1. On 8 May 2018, A left.\n2. In June 2018, B left.", ["2018-05-08", "2018-06"]),
        ("Monday: A.\nWednesday: B.", ["2021-05-31", "2021-05-26"]),
    ],
)
def test_layouts(lines: str, edtf: list[str]) -> None:
    assert dates(lines) == edtf


def test_years_come_from_the_entry_before() -> None:
    text = "2018\n\n- 8 May: A.\n- 5 November: B.\n\n2019\n\n- 3 January: C."
    assert dates(text) == ["2018", "2018-05-08", "2018-11-05", "2019", "2019-01-03"]
    rising = "14 February 2019: A.\n26 February: B.\n1 March: C.\n5 January: D."
    assert dates(rising) == ["2019-02-14", "2019-02-26", "2019-03-01", "2020-01-05"]
    falling = "5 August 2019: A.\n3 July 2019: B.\n20 December: C."
    assert dates(falling) == ["2019-08-05", "2019-07-03", "2018-12-20"]


def test_the_year_is_told_though_nobody_knows_when_it_was_published() -> None:
    assert dates("2018\n\n**May 8** A left.\n\n**Nov. 5** B left.", None)[1:] == [
        "2018-05-08",
        "2018-11-05",
    ]
    assert dates("8 May: A left.\n5 November: B left.", None) == []


@pytest.mark.parametrize(
    "text",
    [
        "8 May 2018: A single date before a colon is chance.",
        "On 8 May 2018 the talks failed.\n\nIn June 2018 they were taken up again.",
        "11/02/89\n\nWSJ891102\n\n11/02/89\n\nJournal, page 3",
        "In 2018, Iran left.\n\nIn 2019, Iran came back.",
        "1 June 2021\n\nIran tested a rocket.\n\n3 May 2018: the first test.",
        "May says no.\nMarch on Rome.",
    ],
)
def test_no_chronology(text: str) -> None:
    assert dates(text) == []


def test_the_day_is_not_taken_from_furniture() -> None:
    text = "8 May 2018: More news.\n9 May 2018: Still more."
    report = report_of(text, sections=(Section(kind="furniture", start=0, end=len(text)),))
    assert entries_of(report) == ()


def test_an_entry_ends_at_an_undated_item_a_heading_or_its_paragraph() -> None:
    listed = report_of("- 8 May 2018: A.\n- 9 May 2018: B.\n- What next: C.")
    assert entry_at(listed, listed.text.index("B.")) is not None
    assert entry_at(listed, listed.text.index("What")) is None
    headed = report_of("8 May 2018\n\nA met B.\n\nC left.\n\n9 May 2018\n\nD.\n\nWhat next\n\nE.")
    assert entry_at(headed, headed.text.index("C left")).told.edtf == "2018-05-08"
    assert entry_at(headed, headed.text.index("E.")) is None
    lines = report_of("8 May 2018: A.\n\nB.\n\n9 May 2018: C.\n\nD.")
    assert entry_at(lines, lines.text.index("B.")).told.edtf == "2018-05-08"
    assert entry_at(lines, lines.text.index("D.")) is None


CHRONOLOGY = (
    "- 29 December 2017: Ankara and Moscow sign a loan. The US warns its ally.\n"
    "- 1 August 2018: Washington imposes sanctions over the arrest in 2016 of a pastor. "
    "Turkey retaliates three days later. The next day it vows to recall its envoy.\n"
    "- July 2019: Rockets arrive. A week later the Pentagon halts deliveries.\n"
    "- January 2020: The EU asks for talks. In May the bloc complains.\n"
    "- 3 August 2020: Moscow sends more. The following day Athens fires; Cyprus protests.\n"
)


@pytest.mark.parametrize(
    ("trigger", "edtf"),
    [
        ("sign a loan", "2017-12-29"),
        ("warns its ally", "2017-12-29"),
        ("imposes sanctions", "2018-08-01"),
        ("retaliates", "2018-08-04"),
        ("vows", "2018-08-05"),
        ("arrive", "2019-07"),
        ("halts deliveries", "2019-07"),
        ("complains", "2020-05"),
        ("fires", "2020-08-04"),
    ],
)
def test_what_an_entry_tells_was_then(trigger: str, edtf: str) -> None:
    report = report_of(CHRONOLOGY, "2020-12-21")
    told = when_of(report, event_in(report, trigger))
    assert (told.edtf, told.basis) == (edtf, "stated")


def test_in_an_entry_the_story_goes_on() -> None:
    report = report_of(CHRONOLOGY, "2020-12-21")
    assert when_of(report, event_in(report, "protests")).edtf == "2020-08-04~"


def test_what_an_entry_plans_lies_ahead_of_it() -> None:
    report = report_of(CHRONOLOGY, "2020-12-21")
    assert when_of(report, event_in(report, "warns", "threatened")).edtf == "2017-12-29/.."

"""Time expressions: what is found, what it means, and what is left alone."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import TableError
from detente.resolve.dates import time_expressions
from detente.resolve.dates.words import read_words

ON = date(2018, 10, 24)  # a Wednesday


def one(text: str, on: date | None = ON):
    found = time_expressions(text, on)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "kind", "value", "edtf"),
    [
        ("They meet next month.", "DATE", "2018-11", "2018-11"),
        ("In October 2018, he left.", "DATE", "2018-10", "2018-10"),
        ("They met last week.", "DATE", "2018-W42", "2018-10-15/2018-10-21"),
        ("He spoke on Tuesday.", "DATE", "2018-10-23", "2018-10-23"),
        ("He will speak on Tuesday.", "DATE", "2018-10-30", "2018-10-30"),
        ("on 24 October 2018", "DATE", "2018-10-24", "2018-10-24"),
        ("on October 24, 2018", "DATE", "2018-10-24", "2018-10-24"),
        ("on 2018-10-24", "DATE", "2018-10-24", "2018-10-24"),
        ("on 24.10.2018", "DATE", "2018-10-24", "2018-10-24"),
        ("in the summer of 2015", "DATE", "2015-SU", "2015-22"),
        ("in the 1990s", "DATE", "199", "199X"),
        ("in the 20th century", "DATE", "19", "19XX"),
        ("the third quarter of 1990", "DATE", "1990-Q3", "1990-07/1990-09"),
        ("the first half of 2019", "DATE", "2019-H1", "2019-01/2019-06"),
        ("from 3 to 5 March 2018", "DATE", "2018-03-03", "2018-03-03/2018-03-05"),
        ("between 2014 and 2016", "DATE", "2014/2016", "2014/2016"),
        ("around Nov. 1, 2017", "DATE", "2017-11-01", "2017-11-01~"),
        ("three years ago", "DATE", "2015", "2015"),
        ("two weeks ago", "DATE", "2018-W41", "2018-10-08/2018-10-14"),
        ("nineteen ninety-one", "DATE", "1991", "1991"),
        ("10 p.m. Tuesday", "TIME", "2018-10-23T22:00", "2018-10-23"),
        ("last night", "TIME", "2018-10-23TNI", "2018-10-23"),
        ("for 72 hours", "DURATION", "PT72H", ""),
        ("a 31-year-old treaty", "DURATION", "P31Y", ""),
        ("for two weeks", "DURATION", "P2W", ""),
        ("for two decades", "DURATION", "P20Y", ""),
        ("for several years", "DURATION", "PXY", ""),
        ("the past two weeks", "DURATION", "P2W", "2018-10-10/2018-10-24"),
        ("every month", "SET", "P1M", ""),
        ("each Thursday", "SET", "XXXX-WXX-4", ""),
        ("it is now so", "DATE", "PRESENT_REF", ""),
    ],
)
def test_value_and_edtf(text: str, kind: str, value: str, edtf: str) -> None:
    found = one(text)
    assert (found.kind, found.value, found.edtf) == (kind, value, edtf)


def test_parts_narrow_the_bounds_but_not_the_value() -> None:
    found = one("In mid-November 2016, it began.")
    assert (found.value, found.edtf, found.modifier) == ("2016-11", "2016-11", "MID")
    assert (found.earliest, found.latest) == (date(2016, 11, 11), date(2016, 11, 20))


def test_the_year_follows_nearness_and_tense() -> None:
    assert one("an agreement on a Nov. 11 meeting had been reached").value == "2018-11-11"
    assert one("They met on Dec. 20.").value == "2017-12-20"
    assert one("They will meet on Dec. 20.").value == "2018-12-20"
    assert one("The treaty was signed in March.").value == "2018-03"


def test_what_was_told_anchors_what_follows() -> None:
    found = time_expressions("He left on 3 March 2014. Two days later she followed.", ON)
    assert [e.value for e in found] == ["2014-03-03", "2014-03-05"]


@pytest.mark.parametrize(
    "text",
    [
        "May said so.",
        "He may go.",
        "the Sun rose",
        "$1990 in cash",
        "2000 troops arrived",
        "a march",
    ],
)
def test_left_alone(text: str) -> None:
    assert time_expressions(text, ON) == ()


def test_without_an_anchor_only_stated_dates_have_one() -> None:
    assert one("He spoke on Tuesday.", None).edtf == ""
    assert one("In October 2018, he left.", None).edtf == "2018-10"


def test_no_such_day_is_no_date() -> None:
    assert all(e.value != "2018-02-30" for e in time_expressions("on 30 February 2018", ON))


@given(st.text(max_size=80), st.dates(min_value=date(1900, 1, 1)))
def test_spans_are_of_the_text_and_in_order(text: str, on: date) -> None:
    found = time_expressions(text, on)
    assert all(text[e.start : e.end] == e.text for e in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(e.earliest <= e.latest for e in found if e.earliest and e.latest)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("TIMES,1,noon", "unknown class 'TIMES'"),
        ("MONTH,1,", "no words"),
        ("MONTH,2,january", "'january' is already MONTH"),
    ],
)
def test_bad_words_are_refused(tmp_path: Path, row: str, reason: str) -> None:
    table = tmp_path / "words.csv"
    table.write_text(f"class,value,words\nMONTH,1,january jan\n{row}\n")
    with pytest.raises(TableError, match=f"words.csv: line 3: {reason}"):
        read_words(table)

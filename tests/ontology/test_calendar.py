from datetime import UTC, date, datetime

import pytest

from detente.ontology.calendar import day_in_words, in_words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2018-11-11", "on 11 November 2018"),
        ("2018-11", "in November 2018"),
        ("2018", "in 2018"),
        ("2018-11~", "around November 2018"),
        ("2018-22", "in summer 2018"),
        ("2018-11-12/2018-11-18", "in the week of 12 November 2018"),
        ("2018-11-13/2018-11-19", ""),
        ("2018-10/2018-12", ""),
        ("2018-13", ""),
        ("", ""),
    ],
)
def test_dates_in_words(edtf, words):
    assert in_words(edtf) == words


def test_a_day_and_a_moment_are_written_alike():
    assert day_in_words(date(2018, 10, 4)) == "4 October 2018"
    assert day_in_words(datetime(2018, 10, 4, 23, 59, tzinfo=UTC)) == "4 October 2018"

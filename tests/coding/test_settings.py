"""Time and place phrases of a clause, known names over the model's guesses, datelines."""

from __future__ import annotations

from datetime import date

import pytest

from detente.coding.coder import Coder
from detente.coding.language import language
from detente.coding.named import agreements_in, names_in
from detente.coding.settings import Settings, told_on
from detente.records import Report


def test_time_and_place_of_the_clause() -> None:
    doc = language()("Macron met Merkel in Berlin on Tuesday.")
    met = next(token for token in doc if token.text == "met")
    settings = Settings(doc)
    time, place = settings.time(met), settings.place(met, set())
    assert time is not None
    assert time.text == "Tuesday"
    assert place is not None
    assert place.text == "Berlin"


def test_counts_are_no_times() -> None:
    doc = language()("Obama expels 35 Russian diplomats")
    expels = next(token for token in doc if token.text == "expels")
    assert Settings(doc).time(expels) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("mid-November 2016", date(2016, 11, 15)),
        ("1987", date(1987, 7, 1)),
        ("last Tuesday", None),
    ],
)
def test_rough_days_of_phrases(text: str, day: date | None) -> None:
    assert told_on(language()(text)[:]) == day


def test_known_names_win_over_the_model() -> None:
    doc = language()("Trump’s vow to leave the INF treaty alarmed Europe.")
    assert doc[0].ent_type_ == "PERSON"
    assert [span.text for span in agreements_in(doc)] == ["INF treaty"]
    assert {name.kind for name in names_in(doc)} >= {"surname", "agreement"}


def test_datelines_are_no_actors() -> None:
    text = "MOSCOW, Oct. 20, 2018 (Northern Wire) — Russia expelled British diplomats."
    events = Coder().code(Report(id="r", text=text))
    assert [[p.text for p in e.actor] for e in events] == [["Russia"]]

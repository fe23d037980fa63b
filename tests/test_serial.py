"""Values come back from their plain form equal; damaged ones are refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.records import Event, Incident, Place, Report, Ruling
from detente.serial import plain, restored

_REPORTS = st.builds(
    Report,
    id=st.text(min_size=1),
    text=st.text(),
    title=st.text(),
    published=st.none() | st.datetimes(timezones=st.just(UTC)),
)
_RULINGS = st.builds(
    Ruling,
    id=st.text(),
    target=st.text(),
    kind=st.sampled_from(["confirm", "amend"]),
    changes=st.dictionaries(st.text(), st.text()),
    by=st.text(),
    at=st.datetimes(timezones=st.just(UTC)),
    reason=st.text(),
)


@given(st.one_of(_REPORTS, _RULINGS, st.from_type(Event), st.from_type(Incident)))
def test_what_is_written_comes_back_equal(value: Report | Ruling | Event | Incident) -> None:
    assert restored(type(value), json.loads(json.dumps(plain(value)))) == value


def test_defaults_are_left_out() -> None:
    assert plain(Report(id="r", text="x")) == {"id": "r", "text": "x"}


@pytest.mark.parametrize(
    "written", [{}, {"id": "r"}, {"id": "r", "text": "x", "new": 1}, {"id": 1, "text": "x"}, None]
)
def test_damaged_values_are_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"Report|is no str"):
        restored(Report, written)


def test_a_word_outside_its_list_is_refused() -> None:
    written = plain(Report(id="r", text="x", published=datetime(2018, 1, 1, tzinfo=UTC)))
    with pytest.raises(ValueError, match="none of given"):
        restored(Report, {**written, "published_basis": "guessed"})


def test_strange_members_are_not_written() -> None:
    strange = replace(Report(id="r", text="x"), image=object())  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="no plain form for object"):
        plain(strange)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_a_number_that_is_none_is_refused(number: str) -> None:
    written = json.loads(f'{{"name": "", "country": "", "lat": {number}, "resolution": "country"}}')
    with pytest.raises(ValueError, match="no finite number"):
        restored(Place, written)

"""Tables of landmarks, agreements and places: the shipped are whole, bad ones refused by line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from detente.errors import TableError
from detente.gazetteer import agreements as agreement_tables
from detente.gazetteer import landmarks as landmark_tables
from detente.gazetteer import place_tables
from detente.gazetteer.toponym_words import load_words
from detente.resolve.agreements import read_nouns
from detente.resolve.cues import read_cues
from detente.resolve.standing import read_acts

LANDMARK = {
    "id": "a", "name": "A summit", "nouns": "summit", "cues": "Rome", "countries": "ITA",
    "starts": "2001-01-01", "ends": "2001-01-02", "source": "page",
}  # fmt: skip
AGREEMENT = {
    "id": "a", "name": "A pact", "aliases": "AP", "kind": "trade", "parties": "USA;CAN",
    "signed": "2001-01-01", "in_force": "2002-01-01", "notice_days": "183", "ended": "",
    "source": "page",
}  # fmt: skip
PLACE = {
    "id": "a", "name": "A strait", "aliases": "", "demonyms": "", "countries": "IRN",
    "lat": "26.5", "lon": "56.2", "kind": "site", "source": "page",
}  # fmt: skip


def line(row: dict[str, str], **changed: str) -> str:
    """A row of a table with some of its cells changed."""
    return ",".join({**row, **changed}.values())


def refused(
    read: Callable[[Path], object], folder: Path, head: tuple[str, ...], *lines: str
) -> str:
    table = folder / "table.csv"
    table.write_text("\n".join([",".join(head), *lines]) + "\n")
    with pytest.raises(TableError) as caught:
        read(table)
    assert (caught.value.path, caught.value.line) == (str(table), len(lines) + 1)
    return caught.value.bare_reason


def test_shipped_tables_are_large_and_sound() -> None:
    assert len(landmark_tables.landmarks()) >= 150
    assert len(agreement_tables.agreements()) >= 150
    assert len(agreement_tables.changes()) >= 30
    assert len(list(place_tables.load_places(place_tables.shipped("places.csv")))) >= 150
    assert len(place_tables.load_points(place_tables.shipped("country_points.csv"))) >= 240


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"id": "a"}, "id 'a' given twice"),
        ({"nouns": ""}, "no nouns"),
        ({"countries": "Italy"}, "country 'Italy' is not an alpha-3 code"),
        ({"ends": "2000-01-02"}, "ends 2000-01-02 before it starts 2001-01-01"),
        ({"ends": "soon"}, "'soon' is not a day (YYYY-MM-DD)"),
        ({"source": ""}, "no source"),
    ],
)
def test_bad_landmarks(tmp_path: Path, changed: dict[str, str], reason: str) -> None:
    lines = line(LANDMARK), line(LANDMARK, **{"id": "b", **changed})
    read = landmark_tables.read_landmarks
    assert refused(read, tmp_path, landmark_tables.COLUMNS, *lines) == reason


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"id": "a"}, "id 'a' given twice"),
        ({"kind": "love"}, "unknown kind 'love'"),
        ({"parties": "US"}, "country 'US' is not an alpha-3 code"),
        ({"in_force": "2000-01-01"}, "in_force 2000-01-01 before signed 2001-01-01"),
        ({"signed": "May 2001"}, "signed 'May 2001' is not YYYY[-MM[-DD]]"),
        ({"notice_days": "half a year"}, "notice_days 'half a year' is not a number"),
        ({"source": ""}, "no source"),
    ],
)
def test_bad_agreements(tmp_path: Path, changed: dict[str, str], reason: str) -> None:
    lines = line(AGREEMENT), line(AGREEMENT, **{"id": "b", **changed})
    read = agreement_tables.read_agreements
    assert refused(read, tmp_path, agreement_tables.COLUMNS, *lines) == reason


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("nothing,USA,notice,2001-01-01,page", "unknown agreement 'nothing'"),
        ("inf-treaty,USA,forgot,2001-01-01,page", "unknown change 'forgot'"),
        ("inf-treaty,USA,notice,2001,page", "'2001' is not a day (YYYY-MM-DD)"),
        ("inf-treaty,US,notice,2001-01-01,page", "country 'US' is not an alpha-3 code"),
    ],
)
def test_bad_changes(tmp_path: Path, given: str, reason: str) -> None:
    def read(table: Path) -> object:
        return agreement_tables.read_changes(table, agreement_tables.agreements())

    assert refused(read, tmp_path, agreement_tables.CHANGES, given) == reason


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"id": "a"}, "id 'a' given twice"),
        ({"kind": "hole"}, "kind 'hole' is not one of country, region, city, site"),
        ({"lat": "126.5"}, "126.5, 56.2 is not on the globe"),
        ({"lat": "north"}, "lat and lon must be numbers"),
        ({"countries": "Iran"}, "country 'Iran' is not an alpha-3 code"),
    ],
)
def test_bad_places(tmp_path: Path, changed: dict[str, str], reason: str) -> None:
    def read(table: Path) -> object:
        return list(place_tables.load_places(table))

    lines = line(PLACE), line(PLACE, **{"id": "b", **changed})
    assert refused(read, tmp_path, place_tables.PLACES, *lines) == reason


def test_bad_divisions_points_and_abbreviations(tmp_path: Path) -> None:
    def divisions(table: Path) -> object:
        return list(place_tables.load_divisions(table, {"US": "USA"}))

    head = place_tables.DIVISIONS
    assert refused(divisions, tmp_path, head, "XX.1,5,A,,1,1") == "unknown country 'XX'"
    assert (
        refused(divisions, tmp_path, head, "US.1,five,A,,1,1") == "geonameid 'five' is not a number"
    )
    twice = refused(divisions, tmp_path, head, "US.1,5,A,,1,1", "US.1,6,B,,1,1")
    assert twice == "code 'US.1' given twice"
    points = refused(place_tables.load_points, tmp_path, place_tables.POINTS, "USA,1,1", "USA,1,1")
    assert points == "USA given twice"
    short = refused(
        place_tables.load_abbreviations,
        tmp_path,
        place_tables.ABBREVIATIONS,
        "US.LA,LA,La.",
        "US.XX,LA,Xx.",
    )
    assert short == "US.XX or one of its forms given twice"


def test_bad_words_and_acts(tmp_path: Path) -> None:
    assert refused(load_words, tmp_path, ("class", "words"), "verb,said") == "unknown class 'verb'"
    twice = refused(load_words, tmp_path, ("class", "words"), "given,Ann", "given,Ann")
    assert twice == "'Ann' is already given"
    assert (
        refused(read_acts, tmp_path, ("change", "stems"), "loved,lov") == "unknown change 'loved'"
    )
    assert refused(read_acts, tmp_path, ("change", "stems"), "notice,") == "no stems"


def test_wrong_columns_and_missing_table(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("id,name\n")
    with pytest.raises(TableError, match="columns must be"):
        landmark_tables.read_landmarks(table)
    with pytest.raises(TableError, match="No such file"):
        landmark_tables.read_landmarks(tmp_path / "none.csv")


def test_bad_cues(tmp_path: Path) -> None:
    assert refused(read_cues, tmp_path, ("class", "words"), "verb,said") == "unknown class 'verb'"
    assert refused(read_cues, tmp_path, ("class", "words"), "poll,") == "no words"
    twice = refused(read_cues, tmp_path, ("class", "words"), "poll,vote", "poll,vote")
    assert twice == "'vote' is already poll"


def test_bad_agreement_nouns(tmp_path: Path) -> None:
    assert (
        refused(read_nouns, tmp_path, ("noun", "kinds"), "pact,", "pact,") == "'pact' given twice"
    )
    assert refused(read_nouns, tmp_path, ("noun", "kinds"), "pact,love") == "unknown kind 'love'"

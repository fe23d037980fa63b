"""The index of places: what a name can mean, and how the file is kept."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from detente.gazetteer import place_index
from detente.gazetteer.places import ABBREVIATION, DEMONYM, candidates, place_by_id


def test_names_in_all_their_spellings() -> None:
    assert {c.place.id for c in candidates("St. Petersburg")} == {
        c.place.id for c in candidates("Saint Petersburg")
    }
    assert candidates("Türkiye")[0].place.country == "TUR"
    assert candidates("zzyzzx") == ()


def test_roles_of_names() -> None:
    assert [(c.place.id, c.role) for c in candidates("American")] == [("USA", DEMONYM)]
    assert any(c.role == ABBREVIATION and c.place.division == "US.WV" for c in candidates("W.Va."))


def test_capitals_are_marked() -> None:
    assert [c.place.country for c in candidates("Paris") if c.place.capital] == ["FRA"]
    assert [c.place.division for c in candidates("Washington") if c.place.capital] == ["US.DC"]


def test_a_place_by_id() -> None:
    ukraine = place_by_id("UKR")
    assert ukraine is not None
    assert (ukraine.kind, ukraine.geonameid) == ("country", 690791)
    assert place_by_id("nowhere") is None


def test_counties_lie_where_their_towns_do() -> None:
    county = next(c.place for c in candidates("Rapides Parish"))
    assert (county.division, round(county.lat), round(county.lon)) == ("US.LA.079", 31, -92)


def test_the_file_appears_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE place(n)")
        raise RuntimeError("full disk")

    monkeypatch.setattr(place_index, "_fill", broken)
    with pytest.raises(RuntimeError):
        place_index.build(tmp_path / "places.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_read_only_cache_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "a"))
    assert place_index.cache_folder() == tmp_path / "a" / "detente"
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert place_index.cache_folder() != tmp_path / "file" / "detente"

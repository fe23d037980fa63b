"""A user's own actors: a table, a PETRARCH dictionary, and what is wrong with one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.errors import MalformedRow, TableError
from detente.gazetteer.actor_catalogue import SETTING, catalogue
from detente.gazetteer.actor_dictionary import read_dictionary
from detente.gazetteer.actor_own import OWN_COLUMNS
from detente.gazetteer.actors import who
from detente.gazetteer.phrases import entity_of

HEADER = ",".join(OWN_COLUMNS)
DICTIONARY = """# our own dictionary
AMADOU_EXEMPLE_ [MLIGOV 120401-130630] ; interim
+A._EXEMPLE
\t[MLIOPP >20130701]
NORTHERN_TEST_FRONT [MLIREB]
NOBODY_AT_ALL [---]
"""


def use(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str, name: str = "own.csv") -> Path:
    table = folder / name
    table.write_text(text, encoding="utf-8")
    monkeypatch.setenv(SETTING, str(table))
    return table


def test_own_rows_are_found_and_dated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(
        monkeypatch,
        tmp_path,
        f"{HEADER}\n"
        "Zora Testova,Z. Testova,person,CZE,GOV,Mayor of Testov,2001,2005-06,a page\n"
        "Zora Testova,,person,CZE,LEG,Senator,2005-07,,a page\n",
    )
    assert who("Testova", date(2003, 1, 1))[0].office == "Mayor of Testov"
    assert who("Zora Testova", date(2010, 1, 1))[0].sectors == ("LEG",)


def test_own_names_come_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(monkeypatch, tmp_path, f"{HEADER}\nIgor Putin,,person,RUS,BUS,Banker,2000,,a page\n")
    assert who("Putin", date(2015, 1, 1))[0].id == "igor-putin"
    monkeypatch.delenv(SETTING)
    assert who("Putin", date(2015, 1, 1))[0].id == "vladimir-putin"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("A B,,person,XYZ,GOV,,,,x", "unknown country 'XYZ'"),
        ("A B,,person,FRA,XXX,,,,x", "unknown sector 'XXX'"),
        ("A B,,alien,FRA,GOV,,,,x", "kind must be one of"),
        ("A B,,person,FRA,GOV,Mayor,2005,2001,x", "reversed dates 2005 – 2001"),
        (",,person,FRA,GOV,,,,x", "no name"),
    ],
)
def test_a_bad_row_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: str, reason: str
) -> None:
    use(monkeypatch, tmp_path, f"{HEADER}\n{line}\n")
    with pytest.raises(TableError, match="line 2") as refused:
        catalogue()
    assert reason in str(refused.value)


def test_a_missing_table_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(SETTING, str(tmp_path / "none.txt"))
    with pytest.raises(TableError, match=r"none\.txt"):
        catalogue()


def test_a_dictionary_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(monkeypatch, tmp_path, DICTIONARY, "own.actors.txt")
    assert who("Amadou Exemple", date(2012, 6, 1))[0].sectors == ("GOV",)
    assert who("A. Exemple", date(2014, 6, 1))[0].sectors == ("OPP",)
    front = entity_of("Northern Test Front fighters")
    assert front is not None
    assert (front.country, front.sectors) == ("MLI", ("REB",))
    assert who("Nobody at All") == ()


def test_dictionary_bounds(tmp_path: Path) -> None:
    table = tmp_path / "actors.txt"
    table.write_text("X_Y [FRAGOV <010101]\n\t[PALMIL 95-96]\n", encoding="utf-8")
    with pytest.raises(MalformedRow, match="line 2: no date restriction"):
        list(read_dictionary(table))
    table.write_text("X_Y [FRAGOV <010101]\n\t[PALINSMIL 950101-961231]\n", encoding="utf-8")
    entry = next(read_dictionary(table))
    assert entry.roles[0].last == date(2000, 12, 31)
    assert (entry.roles[1].country, entry.roles[1].sectors) == ("PSE", ("REB", "MIL"))
    assert (entry.roles[1].first, entry.roles[1].last) == (date(1995, 1, 1), date(1996, 12, 31))


@pytest.mark.parametrize("line", ["+ALIAS", "\t[FRAGOV]", "NAME [FRGOV]", "NAME [FRAGOV >991332]"])
def test_malformed_dictionary_lines(tmp_path: Path, line: str) -> None:
    table = tmp_path / "actors.txt"
    table.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(MalformedRow, match="line 1"):
        list(read_dictionary(table))

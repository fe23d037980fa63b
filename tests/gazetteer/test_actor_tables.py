"""The actor tables: what ships is sound, and what is not sound is refused by line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from detente.errors import TableError
from detente.gazetteer import actor_tables as tables
from detente.gazetteer.actor_catalogue import catalogue, plurals_of
from detente.gazetteer.actor_dates import days_of

STATES = tables.load_states(tables.shipped("states.csv"))
HOLDERS = {"ann-poe", "bob-roe"}
OFFICES = {"president", "minister"}


def written(folder: Path, columns: tuple[str, ...], *lines: str) -> Path:
    table = folder / "table.csv"
    table.write_text("\n".join([",".join(columns), *lines]) + "\n", encoding="utf-8")
    return table


def terms_of(table: Path) -> list[tables.Term]:
    return tables.load_terms(table, STATES, HOLDERS, OFFICES)


def test_what_ships_is_as_large_as_promised() -> None:
    known = catalogue()
    assert len(known.persons) >= 1500
    assert len(known.states) >= 200
    assert all(known.terms.get(person) for person in known.persons)


def test_every_shipped_row_says_where_it_can_be_checked() -> None:
    known = catalogue()
    held = [term for terms in known.terms.values() for term in terms]
    sources = [row.source for row in (*known.persons.values(), *known.bodies.values(), *held)]
    assert len(sources) > 5000
    assert all(source.startswith("Wikipedia: ") and len(source) > 12 for source in sources)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("ann-poe,FRA,president,President,GOV,yes,2001-05,2000-01,here", "reversed dates"),
        ("ann-poe,XXX,president,President,GOV,yes,2001,2002,here", "unknown country 'XXX'"),
        ("cat-doe,FRA,president,President,GOV,yes,2001,2002,here", "unknown holder 'cat-doe'"),
        ("ann-poe,FRA,king,King,GOV,yes,2001,2002,here", "unknown office 'king'"),
        ("ann-poe,FRA,president,President,GOX,yes,2001,2002,here", "unknown sector 'GOX'"),
        ("ann-poe,FRA,president,President,GOV,yes,2001-13,2002,here", "month must be in 1..12"),
        ("ann-poe,FRA,president,President,GOV,yes,spring 2001,2002,here", "not a date"),
        ("ann-poe,FRA,president,President,GOV,yes,2001,2002,", "no source"),
        ("ann-poe,FRA,president,President,GOV,yes,2001", "7 fields, not 9"),
    ],
)
def test_a_bad_office_is_refused_with_file_line_and_reason(
    tmp_path: Path, line: str, reason: str
) -> None:
    good = "bob-roe,FRA,president,President,GOV,yes,1990,1995,here"
    table = written(tmp_path, tables.TERM_COLUMNS, good, line)
    with pytest.raises(TableError) as refused:
        terms_of(table)
    assert refused.value.line == 3
    assert str(table) in str(refused.value)
    assert reason in str(refused.value)


def test_overlapping_offices_are_refused(tmp_path: Path) -> None:
    table = written(
        tmp_path,
        tables.TERM_COLUMNS,
        "ann-poe,FRA,president,President,GOV,yes,2000-01-01,2005-06-01,here",
        "bob-roe,FRA,president,President,GOV,yes,2005-05-01,2010-01-01,here",
    )
    with pytest.raises(TableError, match="line 3: President: bob-roe and ann-poe overlap"):
        terms_of(table)


def test_the_day_of_a_handover_and_a_year_shared_are_no_overlap(tmp_path: Path) -> None:
    table = written(
        tmp_path,
        tables.TERM_COLUMNS,
        "ann-poe,FRA,president,President,GOV,yes,2000-01-01,2005-06-01,here",
        "bob-roe,FRA,president,President,GOV,yes,2005-06-01,2010,here",
        "ann-poe,FRA,president,President,GOV,yes,2010,,here",
    )
    assert len(terms_of(table)) == 3


def test_two_ministers_at_once_are_allowed_but_nobody_twice(tmp_path: Path) -> None:
    both = "{},FRA,minister,Minister,GOV,,2000-01-01,2005-06-01,here"
    lines = (both.format("ann-poe"), both.format("bob-roe"))
    assert len(terms_of(written(tmp_path, tables.TERM_COLUMNS, *lines))) == 2
    with pytest.raises(TableError, match="overlap"):
        terms_of(written(tmp_path, tables.TERM_COLUMNS, *lines, both.format("ann-poe")))


@pytest.mark.parametrize(
    ("load", "columns", "line"),
    [
        (
            lambda table: tables.load_persons(table, STATES),
            tables.PERSON_COLUMNS,
            "ann-poe,Ann Poe,,Poe,FRA,f,,here",
        ),
        (
            lambda table: tables.load_bodies(table, STATES),
            tables.BODY_COLUMNS,
            "the-band,group,The Band,,FRA,REB,here",
        ),
        (
            tables.load_states,
            tables.STATE_COLUMNS,
            "ABC,Abecedia,,Abecedian,Abc,,,,president,here",
        ),
    ],
)
def test_an_id_that_stands_twice_is_refused(
    tmp_path: Path, load: Callable[[Path], object], columns: tuple[str, ...], line: str
) -> None:
    load(written(tmp_path, columns, line))
    with pytest.raises(TableError, match=r"line 3: id .* stands twice"):
        load(written(tmp_path, columns, line, line))


def test_a_role_word_that_stands_twice_is_refused(tmp_path: Path) -> None:
    lines = ("king,office,GOV,,,king;queen", "royal,office,GOV,,,prince;queen")
    with pytest.raises(TableError, match="line 3: form 'queen' stands twice"):
        tables.load_agents(written(tmp_path, tables.AGENT_COLUMNS, *lines))


def test_membership_of_an_unknown_state_is_refused(tmp_path: Path) -> None:
    table = written(tmp_path, tables.MEMBER_COLUMNS, "the-band,XXX,2000,,here")
    body = written(tmp_path / "..", tables.BODY_COLUMNS, "the-band,group,Band,,FRA,REB,here")
    bodies = tables.load_bodies(body, STATES)
    body.unlink()
    with pytest.raises(TableError, match="unknown country 'XXX'"):
        tables.load_members(table, STATES, bodies)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1998", date(1998, 1, 1), date(1998, 12, 31)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
        ("2000-02-03", date(2000, 2, 3), date(2000, 2, 3)),
    ],
)
def test_days_of_a_date(text: str, first: date, last: date) -> None:
    assert days_of(text) == (first, last)


def test_plurals() -> None:
    assert plurals_of("minister of defence") == ("ministers of defence",)
    assert plurals_of("spokeswoman") == ("spokeswomen",)
    assert plurals_of("foreign ministry") == ("foreign ministries",)

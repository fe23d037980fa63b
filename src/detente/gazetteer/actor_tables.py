"""Loading the actor tables: every row checked, the first bad one refused by file and line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import cast, get_args

from detente.errors import TableError
from detente.gazetteer.actor_dates import days_of
from detente.gazetteer.actor_records import (
    Agent,
    AgentKind,
    Body,
    BodyKind,
    Membership,
    Person,
    Region,
    State,
    Term,
)
from detente.ontology.plover import sectors as known_sectors
from detente.ontology.table import Row, listed, packaged, rows

Table = Traversable | Path
#: Country codes beside those of the states.
BEYOND_STATES = frozenset({"", "IGO", "NGO"})
STATE_COLUMNS = (
    *("id", "name", "aliases", "demonyms", "capitals", "from", "to", "country", "leader"),
    "source",
)
REGION_COLUMNS = ("kind", "country", "names", "source")
BODY_COLUMNS = ("id", "kind", "name", "aliases", "country", "sectors", "source")
PERSON_COLUMNS = ("id", "name", "aliases", "surnames", "country", "sex", "wikidata", "source")
TERM_COLUMNS = (
    *("holder", "country", "office", "title", "sectors", "single", "from", "to"),
    "source",
)
MEMBER_COLUMNS = ("organisation", "state", "from", "to", "source")
AGENT_COLUMNS = ("key", "kind", "sectors", "weak", "plural", "forms")


def shipped(name: str) -> Traversable:
    """The gazetteer's own table ``name``."""
    return packaged("detente.gazetteer", name)


def load_states(table: Table) -> dict[str, State]:
    """States by id.

    Raises:
        TableError: duplicate id, reversed or malformed dates, no source.
    """
    found: dict[str, State] = {}
    for line, row in rows(table, STATE_COLUMNS):
        _new(table, line, row["id"], found)
        first, _, _, last = _span(table, line, row)
        found[row["id"]] = State(
            id=row["id"],
            name=row["name"],
            aliases=listed(row["aliases"]),
            demonyms=listed(row["demonyms"]),
            capitals=listed(row["capitals"]),
            first=first,
            last=last,
            country=row["country"] or row["id"],
            leader=row["leader"],
            source=_sourced(table, line, row),
        )
    return found


def load_regions(table: Table, states: dict[str, State]) -> list[Region]:
    """Regions and peoples in the order of the table.

    Raises:
        TableError: unknown country, or a name that stands twice.
    """
    found: list[Region] = []
    seen: set[str] = set()
    for line, row in rows(table, REGION_COLUMNS):
        names = listed(row["names"])
        for name in names:
            _new(table, line, name, seen)
            seen.add(name)
        country = _country(table, line, row, states)
        source = _sourced(table, line, row)
        found.append(Region(kind=row["kind"], country=country, names=names, source=source))
    return found


def load_bodies(table: Table, states: dict[str, State]) -> dict[str, Body]:
    """Organisations, groups, parties, agencies and seats by id.

    Raises:
        TableError: duplicate id, unknown kind, country or sector, no source.
    """
    found: dict[str, Body] = {}
    for line, row in rows(table, BODY_COLUMNS):
        _new(table, line, row["id"], found)
        if row["kind"] not in get_args(BodyKind):
            raise TableError(str(table), line, f"unknown kind {row['kind']!r}")
        found[row["id"]] = Body(
            id=row["id"],
            kind=cast(BodyKind, row["kind"]),
            name=row["name"],
            aliases=listed(row["aliases"]),
            country=_country(table, line, row, states),
            sectors=_sectors(table, line, row),
            source=_sourced(table, line, row),
        )
    return found


def load_persons(table: Table, states: dict[str, State]) -> dict[str, Person]:
    """Persons by id.

    Raises:
        TableError: duplicate id, unknown country or sex, no source.
    """
    found: dict[str, Person] = {}
    for line, row in rows(table, PERSON_COLUMNS):
        _new(table, line, row["id"], found)
        if row["sex"] not in {"m", "f", ""}:
            raise TableError(str(table), line, f"sex is m, f or empty, not {row['sex']!r}")
        found[row["id"]] = Person(
            id=row["id"],
            name=row["name"],
            aliases=listed(row["aliases"]),
            surnames=listed(row["surnames"]),
            country=_country(table, line, row, states),
            sex=row["sex"],
            wikidata=row["wikidata"],
            source=_sourced(table, line, row),
        )
    return found


def load_terms(
    table: Table, states: dict[str, State], holders: set[str], offices: set[str]
) -> list[Term]:
    """Offices held, in the order of the table.

    Args:
        table: the file.
        states: the known countries.
        holders: ids of the persons and bodies that may hold one.
        offices: the keys of the agents table.

    Raises:
        TableError: unknown holder, office, country or sector, reversed dates, no source, or a
            single office that two held on one day.
    """
    found: list[Term] = []
    held: dict[tuple[str, str], list[Term]] = {}
    for line, row in rows(table, TERM_COLUMNS):
        if row["holder"] not in holders:
            raise TableError(str(table), line, f"unknown holder {row['holder']!r}")
        if row["office"] not in offices:
            raise TableError(str(table), line, f"unknown office {row['office']!r}")
        term = _term(table, line, row, states)
        rivals = held.setdefault((term.country, term.title), [])
        _refuse_overlap(table, line, term, rivals)
        rivals.append(term)
        found.append(term)
    return found


def load_members(
    table: Table, states: dict[str, State], bodies: dict[str, Body]
) -> list[Membership]:
    """Memberships in the order of the table.

    Raises:
        TableError: unknown organisation or state, reversed dates, no source.
    """
    found = []
    for line, row in rows(table, MEMBER_COLUMNS):
        if row["organisation"] not in bodies:
            raise TableError(str(table), line, f"unknown organisation {row['organisation']!r}")
        if row["state"] not in states:
            raise TableError(str(table), line, f"unknown country {row['state']!r}")
        first, _, _, last = _span(table, line, row)
        found.append(
            Membership(
                organisation=row["organisation"],
                state=row["state"],
                first=first,
                last=last,
                source=_sourced(table, line, row),
            )
        )
    return found


def load_agents(table: Table) -> dict[str, Agent]:
    """Words for roles, bodies and kinds of people, by form in lower case.

    Raises:
        TableError: a form that stands twice, unknown kind or sector.
    """
    found: dict[str, Agent] = {}
    for line, row in rows(table, AGENT_COLUMNS):
        if row["kind"] not in get_args(AgentKind):
            raise TableError(str(table), line, f"unknown kind {row['kind']!r}")
        for form in listed(row["forms"]):
            if form in found:
                raise TableError(str(table), line, f"form {form!r} stands twice")
            found[form] = Agent(
                form=form,
                key=row["key"],
                kind=cast(AgentKind, row["kind"]),
                sectors=_sectors(table, line, row),
                weak=row["weak"] == "yes",
                plural=row["plural"] == "yes",
            )
    return found


def word_groups(table: Table, column: str) -> Iterator[tuple[str, ...]]:
    """The ``;``-separated groups of a one-column table."""
    for _, row in rows(table, (column,)):
        yield listed(row[column])


def _term(table: Table, line: int, row: Row, states: dict[str, State]) -> Term:
    first, sure_first, sure_last, last = _span(table, line, row)
    return Term(
        holder=row["holder"],
        country=_country(table, line, row, states),
        office=row["office"],
        title=row["title"],
        sectors=_sectors(table, line, row),
        single=row["single"] == "yes",
        first=first,
        last=last,
        sure_first=sure_first,
        sure_last=sure_last,
        source=_sourced(table, line, row),
    )


def _refuse_overlap(table: Table, line: int, term: Term, rivals: list[Term]) -> None:
    """Two may share the day of the handover, no more; nobody holds an office twice at once."""
    for rival in rivals:
        if not (term.single or rival.holder == term.holder):
            continue
        begins = max(_start(term), _start(rival))
        ends = min(term.sure_last or date.max, rival.sure_last or date.max)
        if begins < ends:
            reason = f"{term.title}: {term.holder} and {rival.holder} overlap from {begins}"
            raise TableError(str(table), line, reason)


def _start(term: Term) -> date:
    return term.sure_first or date.min


def _span(
    table: Table, line: int, row: Row
) -> tuple[date | None, date | None, date | None, date | None]:
    """First possible, first sure, last sure and last possible day; None is open."""
    try:
        begin = days_of(row["from"]) if row["from"] else (None, None)
        end = days_of(row["to"]) if row["to"] else (None, None)
    except ValueError as error:
        raise TableError(str(table), line, str(error)) from None
    if begin[0] and end[1] and begin[0] > end[1]:
        raise TableError(str(table), line, f"reversed dates {row['from']} – {row['to']}")
    return begin[0], begin[1], end[0], end[1]


def _new(table: Table, line: int, identifier: str, found: object) -> None:
    assert hasattr(found, "__contains__")
    if not identifier:
        raise TableError(str(table), line, "no id")
    if identifier in found:
        raise TableError(str(table), line, f"id {identifier!r} stands twice")


def _country(table: Table, line: int, row: Row, states: dict[str, State]) -> str:
    country = row["country"]
    if country not in states and country not in BEYOND_STATES:
        raise TableError(str(table), line, f"unknown country {country!r}")
    return country


def _sectors(table: Table, line: int, row: Row) -> tuple[str, ...]:
    found = listed(row["sectors"])
    for sector in found:
        if sector not in known_sectors():
            raise TableError(str(table), line, f"unknown sector {sector!r}")
    return found


def _sourced(table: Table, line: int, row: Row) -> str:
    if not row["source"]:
        raise TableError(str(table), line, "no source: where can it be checked?")
    return row["source"]

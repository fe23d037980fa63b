"""A user's own actors beside the shipped ones: a CSV table, or a PETRARCH/Phoenix dictionary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from detente.errors import TableError
from detente.gazetteer import actor_tables as tables
from detente.gazetteer.actor_dates import days_of
from detente.gazetteer.actor_dictionary import read_dictionary
from detente.gazetteer.actor_records import Body, Catalogue, Person, Term, by_holder
from detente.gazetteer.spelling import slug
from detente.ontology.plover import sectors as known_sectors
from detente.ontology.table import Row, listed, rows

#: Columns of a user's table; a row for each office. ``aliases`` and ``sectors`` are ``;`` lists.
OWN_COLUMNS = ("name", "aliases", "kind", "country", "sectors", "office", "from", "to", "source")
KINDS = frozenset({"person", "organisation", "group", "party", "agency"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRow:
    """One row of a user's table or dictionary: an actor in one role."""

    line: int
    name: str
    aliases: tuple[str, ...]
    kind: str
    country: str
    sectors: tuple[str, ...]
    office: str
    first: date | None
    last: date | None
    source: str


def extended(shipped: Catalogue, path: Path) -> Catalogue:
    """The catalogue with a user's actors in it; where a name fits both, theirs comes first.

    Args:
        shipped: what comes with the program.
        path: a CSV table with :data:`OWN_COLUMNS`, or an actor dictionary.

    Raises:
        TableError: the file cannot be read, or a row is not sound.
    """
    is_table = path.suffix.lower() == ".csv" or _begins_with_header(path)
    found = list(_own_rows(path, shipped) if is_table else read_own_dictionary(path, shipped))
    persons, bodies = dict(shipped.persons), dict(shipped.bodies)
    terms = [term for held in shipped.terms.values() for term in held]
    own: set[str] = set()
    for row in found:
        identifier = slug(row.name)
        if row.kind == "person":
            persons[identifier] = _person(identifier, row, persons.get(identifier))
        else:
            bodies[identifier] = _body(identifier, row, bodies.get(identifier))
        if identifier not in own:  # what they say of an actor replaces what we say
            terms = [term for term in terms if term.holder != identifier]
            own.add(identifier)
        terms += _terms(identifier, row)
    return replace(
        shipped,
        persons=persons,
        bodies=bodies,
        terms=by_holder(terms),
        own=frozenset(own),
        key=str(path),
    )


def read_own_dictionary(path: Path, shipped: Catalogue) -> Iterator[OwnRow]:
    """Entries of an actor dictionary as rows of a user's table; what is no known state has none."""
    for entry in read_dictionary(path):
        for role in entry.roles:
            country = role.country if role.country in shipped.states else ""
            yield OwnRow(
                line=entry.line,
                name=entry.name,
                aliases=entry.synonyms,
                kind="agency",
                country=role.country if role.country in tables.BEYOND_STATES else country,
                sectors=role.sectors,
                office="",
                first=role.first,
                last=role.last,
                source=f"{path.name}, line {entry.line}",
            )


def _begins_with_header(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            lines = (line for line in file if line.strip() and not line.startswith("#"))
            return next(lines, "").replace(" ", "").startswith("name,aliases")
    except OSError as error:
        raise TableError(str(path), 1, error.strerror or "cannot be read") from None


def _own_rows(path: Path, shipped: Catalogue) -> Iterator[OwnRow]:
    for line, row in rows(path, OWN_COLUMNS):
        first, last = _dates(path, line, row)
        _check(path, line, row, shipped)
        yield OwnRow(
            line=line,
            name=row["name"],
            aliases=listed(row["aliases"]),
            kind=row["kind"],
            country=row["country"],
            sectors=listed(row["sectors"]),
            office=row["office"],
            first=first,
            last=last,
            source=row["source"] or f"{path.name}, line {line}",
        )


def _check(path: Path, line: int, row: Row, shipped: Catalogue) -> None:
    if not row["name"]:
        raise TableError(str(path), line, "no name")
    if row["kind"] not in KINDS:
        raise TableError(str(path), line, f"kind must be one of {', '.join(sorted(KINDS))}")
    if row["country"] not in shipped.states and row["country"] not in tables.BEYOND_STATES:
        raise TableError(str(path), line, f"unknown country {row['country']!r}")
    for sector in listed(row["sectors"]):
        if sector not in known_sectors():
            raise TableError(str(path), line, f"unknown sector {sector!r}")


def _dates(path: Path, line: int, row: Row) -> tuple[date | None, date | None]:
    try:
        first = days_of(row["from"])[0] if row["from"] else None
        last = days_of(row["to"])[1] if row["to"] else None
    except ValueError as error:
        raise TableError(str(path), line, str(error)) from None
    if first and last and first > last:
        raise TableError(str(path), line, f"reversed dates {row['from']} – {row['to']}")
    return first, last


def _person(identifier: str, row: OwnRow, known: Person | None) -> Person:
    aliases = (*(known.aliases if known else ()), *row.aliases)
    surnames = known.surnames if known else (row.name.split()[-1],)
    return Person(
        id=identifier,
        name=known.name if known else row.name,
        aliases=tuple(dict.fromkeys(aliases)),
        surnames=surnames,
        country=row.country,
        sex=known.sex if known else "",
        wikidata=known.wikidata if known else "",
        source=row.source,
    )


def _body(identifier: str, row: OwnRow, known: Body | None) -> Body:
    aliases = (*(known.aliases if known else ()), *row.aliases)
    kinds = {"organisation": "organisation", "group": "group", "party": "party"}
    return Body(
        id=identifier,
        kind=known.kind if known else kinds.get(row.kind, "agency"),  # type: ignore[arg-type]
        name=known.name if known else row.name,
        aliases=tuple(dict.fromkeys(aliases)),
        country=row.country,
        sectors=row.sectors,
        source=row.source,
    )


def _terms(identifier: str, row: OwnRow) -> Iterator[Term]:
    if not row.office and row.first is None and row.last is None and row.kind != "person":
        return
    yield Term(
        holder=identifier,
        country=row.country,
        office="official",
        title=row.office,
        sectors=row.sectors,
        single=False,
        first=row.first,
        last=row.last,
        sure_first=row.first,
        sure_last=row.last,
        source=row.source,
    )

"""Looking actors up for the command line and printing them."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import typer

from detente.errors import UnknownName
from detente.gazetteer.actor_catalogue import SETTING
from detente.gazetteer.actors import entity, near_names, who
from detente.gazetteer.names import lookup
from detente.gazetteer.phrases import entities_of
from detente.records import Entity

COLUMNS = ("id", "name", "country", "sectors", "office", "from", "to", "count", "wikidata")


def day(text: str) -> date | None:
    """The day of an option, None where it was not given.

    Raises:
        typer.BadParameter: if it is no day of the calendar.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day (YYYY-MM-DD)", param_hint="--on") from None


def looked_up(name: str, on: date | None, own: Path | None) -> tuple[Entity, ...]:
    """The actors a name, phrase or id may mean.

    Raises:
        UnknownName: if nothing fits, with the nearest names.
        TableError: if the user's own table has a bad row.
    """
    if own is not None:
        os.environ[SETTING] = str(own)
    found = who(name, on) if lookup(name) else entities_of(name, on) or who(name, on)
    if not found:
        try:
            found = (entity(name, on),)
        except UnknownName:
            raise UnknownName(name, "no actor of this name", near_names(name)) from None
    return found


def print_actors(found: Sequence[Entity], form: str) -> None:
    """Prints actors to standard output as an aligned table, CSV or JSON lines."""
    records = [_fields(one) for one in found]
    if form == "jsonl":
        for record in records:
            typer.echo(json.dumps(record, ensure_ascii=False))
        return
    texts = [[_text(record[column]) for column in COLUMNS] for record in records]
    if form == "csv":
        csv.writer(sys.stdout, lineterminator="\n").writerows([COLUMNS, *texts])
        return
    kept = [n for n, _ in enumerate(COLUMNS) if n < 5 or any(row[n] for row in texts)]
    widths = {n: max(len(row[n]) for row in [COLUMNS, *texts]) for n in kept}
    for row in [list(COLUMNS), *texts]:
        typer.echo("  ".join(row[n].ljust(widths[n]) for n in kept).rstrip())


def _fields(one: Entity) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "country": one.country,
        "sectors": list(one.sectors),
        "office": one.office,
        "from": one.valid_from.isoformat() if one.valid_from else "",
        "to": one.valid_to.isoformat() if one.valid_to else "",
        "count": one.count,
        "wikidata": one.wikidata,
        "alternatives": list(one.alternatives),
    }


def _text(value: object) -> str:
    if isinstance(value, list):
        return ";".join(str(part) for part in value)
    return "" if value is None else str(value)

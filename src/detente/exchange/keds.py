"""KEDS and TABARI event data as CSV: date, source, target, CAMEO code."""

from __future__ import annotations

from collections.abc import Sequence

from detente.exchange.countries import country_of_cameo
from detente.exchange.rows import Facts, RowFormat, converted, day_of
from detente.ontology.cameo import cameo_of
from detente.ontology.plover import sectors
from detente.records import Entity, Event, Participant

COLUMNS = ("date", "source", "target", "code")


def _facts(row: dict[str, str]) -> Facts:
    kind, mode, contexts = converted(row["code"])
    return Facts(
        day=day_of(row["date"]),
        code=row["code"],
        event_type=kind,
        mode=mode,
        cameo=row["code"],
        contexts=contexts,
        actor=actor_of(row["source"]),
        recipient=actor_of(row["target"]),
    )


def actor_of(code: str, name: str = "") -> tuple[Entity, ...]:
    """An actor from its CAMEO code: country first, then roles, three letters each."""
    if code in ("", "---", "NA"):
        return ()
    country = country_of_cameo(code)
    roles = [code[at : at + 3] for at in range(0, len(code), 3)]
    found = tuple(dict.fromkeys(r for r in roles if r in sectors()))
    bare = country if len(code) == 3 and country else code
    return (Entity(id=bare, name=name or code, country=country, sectors=found),)


def code_of(members: Sequence[Participant]) -> str:
    """The CAMEO actor code of the first participant, ``---`` if there is none."""
    if not members:
        return "---"
    entity = members[0].entity
    own = entity.id if entity.id.isalpha() and entity.id.isupper() else ""
    return own or "".join((entity.country, *entity.sectors[:1])) or "---"


def _row(event: Event) -> Sequence[str]:
    day = event.when.earliest or event.when.latest
    code = event.coded.cameo or cameo_of(event.coded.event_type, event.coded.mode)
    told = day.isoformat() if day else ""
    return told, code_of(event.actor), code_of(event.recipient), code


KEDS = RowFormat(
    name="keds",
    columns=(COLUMNS,),
    has_header=True,
    delimiter=",",
    quoted=True,
    facts=_facts,
    row=_row,
    suffix=".csv",
)

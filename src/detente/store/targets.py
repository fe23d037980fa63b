"""What a ruling is about: the mentions that are kept with it, and whether it can be obeyed."""

from __future__ import annotations

from collections.abc import Mapping

from detente.errors import InputError, UnknownName
from detente.records import Event, Ruling
from detente.store.amending import amended
from detente.store.lookup import Lookup


def targeted(lookup: Lookup, ruling: Ruling) -> list[tuple[str, Event]]:
    """The mentions a ruling is about, with their roles as ``ledger.add_ruling`` takes them.

    Raises:
        UnknownName: if the target, a field or a value is not known.
        InputError: if an incident is to be merged with nothing but itself.
    """
    if ruling.kind in ("confirm", "reject", "amend"):
        event = lookup.event(ruling.target).event
        if ruling.kind == "amend":
            amended(event, ruling.changes)
        return [("target", event)]
    target = lookup.incident(ruling.target)
    if ruling.kind == "merge":
        others = [lookup.incident(name) for name in _names(ruling.changes, "with")]
        if all(other.incident.id == target.incident.id for other in others):
            raise InputError(ruling.target, "one occurrence already with what it is to be merged")
        joined = [("other", event) for other in others for event in other.mentions]
        return [*joined, *(("target", event) for event in target.mentions)]
    taken = set(_names(ruling.changes, "events"))
    for name in sorted(taken - {event.id for event in target.mentions}):
        raise UnknownName(name, f"no event of incident {ruling.target}")
    return [("other" if event.id in taken else "target", event) for event in target.mentions]


def _names(changes: Mapping[str, str], key: str) -> tuple[str, ...]:
    names = tuple(n.strip() for n in changes.get(key, "").split(";") if n.strip())
    if not names:
        raise UnknownName(key, f"the ruling must name its {key}: {key}=ID;ID")
    return names

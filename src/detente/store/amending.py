"""An analyst's changes applied to an event, and checked before they are kept."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import cast, get_args

from detente.errors import InputError, UnknownName
from detente.ontology.plover import event_types, modes
from detente.ontology.table import listed
from detente.records import (
    Agreement,
    Auxiliary,
    Entity,
    Event,
    Participant,
    Place,
    Status,
    When,
)

_Change = Callable[[Event, str], Event]


def amended(event: Event, changes: Mapping[str, str]) -> Event:
    """The event with an analyst's changes; its passages stay the words it was read from.

    Args:
        changes: field → new value: ``event_type``, ``act``, ``mode``, ``status``, ``auxiliary``
            (``;`` list), ``date`` (EDTF), ``actor``, ``recipient`` (``;`` list of countries or
            ids), ``place``, ``agreement`` (id; empty takes it away).

    Raises:
        UnknownName: for a field or code that nothing knows. InputError: for a bad date.
    """
    for name, value in changes.items():
        change = FIELDS.get(name)
        if change is None:
            raise UnknownName(name, "no field that a ruling can amend", tuple(FIELDS))
        event = change(event, value.strip())
    return event


def _type(event: Event, value: str) -> Event:
    _known(value, tuple(event_types()), "no PLOVER type")
    coded = event.coded
    follows = coded.act == coded.event_type
    mode = coded.mode if coded.mode in modes()[value] else ""
    act = value if follows else coded.act
    return replace(event, coded=replace(coded, event_type=value, act=act, mode=mode))


def _act(event: Event, value: str) -> Event:
    _known(value, tuple(event_types()), "no PLOVER type")
    return replace(event, coded=replace(event.coded, act=value))


def _mode(event: Event, value: str) -> Event:
    if value:
        _known(
            value, tuple(modes()[event.coded.event_type]), f"no mode of {event.coded.event_type}"
        )
    return replace(event, coded=replace(event.coded, mode=value))


def _status(event: Event, value: str) -> Event:
    _known(value, get_args(Status), "no status")
    return replace(event, coded=replace(event.coded, status=cast(Status, value)))


def _auxiliary(event: Event, value: str) -> Event:
    for each in listed(value):
        _known(each, get_args(Auxiliary), "no auxiliary mode")
    found = cast(tuple[Auxiliary, ...], listed(value))
    return replace(event, coded=replace(event.coded, auxiliary=found))


def _date(event: Event, value: str) -> Event:
    return replace(event, when=when_stated(value))


def when_stated(edtf: str) -> When:
    """A date as an analyst gives it: a day, month, year, or an interval of them, in EDTF.

    Raises:
        InputError: if it is neither.
    """
    first, _, last = edtf.partition("/")
    earliest = _bounds(first, edtf)[0]
    return When(
        edtf=edtf, earliest=earliest, latest=_bounds(last or first, edtf)[1], basis="stated"
    )


def _bounds(text: str, whole: str) -> tuple[date, date]:
    try:
        numbers = [int(n) for n in text.rstrip("~?%").split("-")]
        if len(numbers) == 3:
            return date(*numbers), date(*numbers)
        if len(numbers) == 2:
            year, month = numbers
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(numbers[0], 1, 1), date(numbers[0], 12, 31)
    except (ValueError, TypeError, IndexError, OverflowError):
        raise InputError(
            whole, "no date; write it as 2018-10-24, 2018-10, 2018 or 2018-10/2018-11"
        ) from None


def _actor(event: Event, value: str) -> Event:
    return replace(event, actor=_parties(event, event.actor, value))


def _recipient(event: Event, value: str) -> Event:
    return replace(event, recipient=_parties(event, event.recipient, value))


def _parties(event: Event, before: tuple[Participant, ...], value: str) -> tuple[Participant, ...]:
    """Named parties keep their entity; new ones are read from the words that stood there."""
    known = {p.entity.id: p for p in (*before, *event.actor, *event.recipient)}
    words = before[0].passage if before else event.coded.trigger
    return tuple(
        known.get(name) or Participant(passage=words, entity=_entity(name))
        for name in listed(value)
    )


def _entity(name: str) -> Entity:
    state = len(name) == 3 and name.isalpha() and name.isupper()
    return Entity(id=name, name=name, country=name if state else "")


def _place(event: Event, value: str) -> Event:
    if not value:
        return replace(event, where=None)
    return replace(event, where=Place(name=value, resolution="unresolved"))


def _agreement(event: Event, value: str) -> Event:
    return replace(event, agreement=Agreement(id=value, name=value) if value else None)


def _known(value: str, allowed: tuple[str, ...], reason: str) -> None:
    if value not in allowed:
        near = tuple(a for a in allowed if a[:2].lower() == value[:2].lower())
        raise UnknownName(value, reason, near or allowed[:8])


def values_of(event: Event) -> dict[str, str]:
    """An event's fields as an amendment would write them; empty where there is none."""
    coded = event.coded
    return {
        "event_type": coded.event_type,
        "act": coded.act,
        "mode": coded.mode,
        "status": coded.status,
        "auxiliary": ";".join(coded.auxiliary),
        "date": event.when.edtf,
        "actor": _names(event.actor),
        "recipient": _names(event.recipient),
        "place": event.where.name if event.where else "",
        "agreement": event.agreement.id if event.agreement else "",
    }


def _names(members: tuple[Participant, ...]) -> str:
    return ";".join(dict.fromkeys(p.entity.id or p.entity.name for p in members))


#: Field → how it is changed.
FIELDS: Mapping[str, _Change] = {
    "event_type": _type,
    "act": _act,
    "mode": _mode,
    "status": _status,
    "auxiliary": _auxiliary,
    "date": _date,
    "actor": _actor,
    "recipient": _recipient,
    "place": _place,
    "agreement": _agreement,
}

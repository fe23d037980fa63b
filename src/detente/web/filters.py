"""The chronology's filter, as it stands in an address."""

from __future__ import annotations

from typing import get_args
from urllib.parse import urlencode

from detente.errors import InputError, UnknownName
from detente.ontology.plover import event_types
from detente.records import Status
from detente.store import EventFilter
from detente.web.asking import Ask
from detente.web.routes import Field

STATUSES: tuple[str, ...] = get_args(Status)
#: What the address of a chronology may hold.
FIELDS = (
    Field(name="actor", means="who acts: a country (ISO 3166-1 alpha-3) or an actor's id"),
    Field(name="recipient", means="on whom"),
    Field(name="party", means="who takes part on either side"),
    Field(name="act", means="what was done, planned or threatened", choices=tuple(event_types())),
    Field(name="status", means="whether it happened", choices=STATUSES),
    Field(name="agreement", means="an agreement's id"),
    Field(name="outlet", means="the outlet that tells it"),
    Field(name="from", means="first day", form="date"),
    Field(name="to", means="last day", form="date"),
)
PAGING = (
    Field(name="cursor", means="`following` of the page before"),
    Field(name="order", means="latest first, or oldest first", choices=("latest", "oldest")),
)


def filter_of(ask: Ask) -> EventFilter:
    """The filter of an address.

    Raises:
        UnknownName: for an act or status that there is not.
        InputError: for days that are none or the wrong way round.
    """
    act, status = ask.query("act").upper(), ask.query("status").lower()
    if act and act not in event_types():
        raise UnknownName(act, "no PLOVER type", tuple(event_types())[:8])
    if status and status not in STATUSES:
        raise UnknownName(status, "no status", STATUSES)
    first, last = ask.day("from"), ask.day("to")
    if first and last and last < first:
        raise InputError(f"{first} to {last}", "the window ends before it begins")
    return EventFilter(
        actor=_party(ask.query("actor")),
        recipient=_party(ask.query("recipient")),
        either=(_party(ask.query("party")),) if ask.query("party") else (),
        acts=(act,) if act else (),
        status=(status,) if status else (),
        first=first,
        last=last,
        agreement=ask.query("agreement"),
        outlet=ask.query("outlet"),
    )


def _party(name: str) -> str:
    """A country's code may be typed small."""
    return name.upper() if len(name) == 3 and name.isalpha() else name


def address(ask: Ask, **changed: str) -> str:
    """The filter's words as a query, some of them changed."""
    words = {field.name: ask.query(field.name) for field in (*FIELDS, *PAGING)} | changed
    return urlencode({name: value for name, value in words.items() if value})

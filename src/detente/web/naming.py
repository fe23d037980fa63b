"""How parties, acts and addresses are put on a page."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from detente.errors import UnknownName
from detente.gazetteer.actor_catalogue import catalogue
from detente.gazetteer.actors import entity
from detente.gazetteer.agreements import agreements
from detente.ontology.plover import event_types
from detente.records import Event


@lru_cache(maxsize=4096)
def called(party: str) -> str:
    """The name of a country or actor by its id; the id itself where nothing knows it."""
    known = catalogue()
    if party not in known.states and party not in known.bodies and party not in known.persons:
        return party
    try:
        return entity(party).name
    except UnknownName:
        return party


def act_words(event: Event) -> str:
    """An act with its mode: ``SANCTION (expel)``."""
    coded = event.coded
    return f"{coded.act} ({coded.mode})" if coded.mode else coded.act


def dated(edtf: str) -> str:
    """A date as a reader takes it: EDTF's open ends and doubts in words, its days as they are."""
    first, parted, last = edtf.partition("/")
    if not parted:
        return _doubted(first) or "undated"
    if first in ("", ".."):
        return f"by {_doubted(last)}"
    return f"from {_doubted(first)}" + ("" if last in ("", "..") else f" to {_doubted(last)}")


#: What EDTF's marks behind a date say of it.
_DOUBTS = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}


def _doubted(day: str) -> str:
    return _DOUBTS.get(day[-1:], "") + day.rstrip("".join(_DOUBTS))


def meaning(act: str) -> str:
    """What an event type means."""
    return event_types()[act].meaning if act in event_types() else ""


def agreement_name(name: str) -> str:
    """An agreement's name by its id."""
    known = agreements().get(name)
    return known.name if known else name


def safe_link(address: str | None) -> str:
    """An address of the web, empty for any other scheme: ``javascript:`` is never linked."""
    if not address or any(ord(sign) < 33 for sign in address):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme.lower() in ("http", "https") and parts.netloc else ""

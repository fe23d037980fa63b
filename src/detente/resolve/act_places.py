"""Where an act must have been by its meaning, where the text names no place.

Guests are received by their host, diplomats expelled from the country that expels them (PLOVER
manual, CONSULT visit and third-party, SANCTION expel).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.gazetteer.places import place_by_id
from detente.records import CodedEvent, Participant, Place
from detente.resolve.actor_groups import is_country
from detente.resolve.places import as_place

_HOSTS = re.compile(r"\b(?:host|receiv|welcom)", re.I)


def place_by_act(
    coded: CodedEvent, acting: Sequence[Participant], acted_on: Sequence[Participant]
) -> Place | None:
    """The country of the host of a meeting, of who is visited, or of who expels.

    Args:
        coded: the event.
        acting: its actors, resolved.
        acted_on: its recipients, resolved.
    """
    where = _where(coded, acting, acted_on)
    countries = {p.entity.country for p in where if is_country(p.entity.country)}
    entry = place_by_id(next(iter(countries))) if len(countries) == 1 else None
    return as_place(entry, "") if entry else None


def _where(
    coded: CodedEvent, acting: Sequence[Participant], acted_on: Sequence[Participant]
) -> Sequence[Participant]:
    if coded.act == "CONSULT" and _HOSTS.search(coded.trigger.text):
        return acting
    if coded.act == "CONSULT" and coded.mode == "visit":
        return acted_on
    if coded.act == "SANCTION" and coded.mode == "expel":
        return acting
    return ()

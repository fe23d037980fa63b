"""What most needs a person's eyes: low confidence, conflict, high consequence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.ontology.plover import event_types, score
from detente.records import Event, Incident
from detente.store.lookup import Lookup
from detente.store.tallies import Tallies


@dataclass(frozen=True, slots=True)
class Reviewable:
    """An event to look at, how much it needs it (0–3), and why."""

    event: Event
    incident: Incident
    need: float
    because: tuple[str, ...]


def most_needful(tallies: Tallies, lookup: Lookup, limit: int) -> tuple[Reviewable, ...]:
    """Events without a ruling, the most needful first.

    The need is the sum of three shares: 1 − confidence; half for standing in a contradiction and
    half for being one outlet's word alone where others deny; and the size of the PLOVER score
    against the scale's 10, for acts that happened or are to.

    Args:
        limit: at most so many; they are chosen by columns from some more, and then weighed.
    """
    names = tallies.to_review(3 * limit)
    told = lookup.tellings(names)
    mentions = ((told[n].incident, e) for n in names if n in told for e in told[n].mentions)
    wanted = set(names)
    found = {e.id: reviewable(e, incident) for incident, e in mentions if e.id in wanted}
    return tuple(sorted(found.values(), key=lambda r: (-r.need, r.event.id)))[:limit]


def reviewable(event: Event, incident: Incident) -> Reviewable:
    """How much an event of this incident needs a person's eyes; see :func:`most_needful`."""
    parts = tuple(_needs(event, incident))
    need = sum(share for share, _ in parts)
    return Reviewable(event, incident, need, tuple(w for s, w in parts if s >= 0.3))


def _needs(event: Event, incident: Incident) -> Iterator[tuple[float, str]]:
    coded = event.coded
    yield 1 - coded.confidence, f"confidence {coded.confidence:.2f}"
    conflicts = [c.about for c in incident.contradictions if event.id in (c.first, c.second)]
    if conflicts:
        alone = len(incident.outlets) <= 1
        yield 0.5 + 0.5 * alone, "accounts differ: " + "; ".join(conflicts)
    if coded.event_type in event_types() and coded.status in ("done", "planned", "threatened"):
        weight = abs(score(coded.event_type, coded.mode)) / 10
        yield weight, f"high consequence: {coded.event_type} {coded.mode}".rstrip()

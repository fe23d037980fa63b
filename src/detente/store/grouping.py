"""Incidents as a reading shows them: stored or grouped anew, then as ruled."""

from __future__ import annotations

from collections.abc import Mapping

from detente.records import Event, Incident
from detente.resolve.incidents import group, incident_of
from detente.resolve.incidents_stand import told_order
from detente.store.ruled import Rulings


def effective_incidents(
    events: Mapping[str, Event],
    standing: Mapping[str, Incident] | None,
    rulings: Rulings,
    copies: Mapping[str, str],
) -> tuple[Incident, ...]:
    """Incidents of the events that count, with merges and splits applied.

    Args:
        events: by id, as ruled, without rejected ones.
        standing: the stored grouping; None to group anew from ``events`` alone.
        rulings: matched to these events.
        copies: report id → id of its original.

    Returns:
        Earliest told first. Reasons that speak of absent events are left out.
    """
    if standing is None:
        standing = {i.id: i for i in group(list(events.values()), copies=copies)}
    groups = {name: list(i.events) for name, i in standing.items()}
    grouped = {e for members in groups.values() for e in members}
    groups |= {f"alone {e}": [e] for e in events if e not in grouped}
    found = []
    # Rejected mentions are left out only now: what ties them to others was said of the occurrence.
    for name, members in rulings.regrouped(groups).items():
        here = [e for e in members if e in events]
        if here:
            because = [r for r in _reasons(standing.get(name)) if _is_present(r, here)]
            because += _ruled(rulings, here)
            mentions = [events[e] for e in here]
            found.append(incident_of(name.removeprefix("alone "), mentions, because, copies=copies))
    first = {i.id: told_order(events[i.events[0]]) for i in found}
    return tuple(sorted(found, key=lambda i: first[i.id]))


def _reasons(incident: Incident | None) -> tuple[str, ...]:
    return incident.because if incident else ()


def _is_present(reason: str, members: list[str]) -> bool:
    """Reasons begin "EVENT joins EVENT: …"; both must be here."""
    words = reason.split(":", 1)[0].split()
    named = [words[0], words[-1]] if len(words) >= 3 and words[1] == "joins" else []
    return all(name in members for name in named)


def _ruled(rulings: Rulings, members: list[str]) -> list[str]:
    """What people decided about the grouping of these events."""
    return [
        f"{ruling.kind} by {ruling.by} on {ruling.at:%Y-%m-%d}: {ruling.reason}"
        for ruling in rulings.regrouping(members)
    ]

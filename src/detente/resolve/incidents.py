"""Event → Incident: mentions of one occurrence grouped, reversibly, each join with its reasons.

Sameness rests on who, what act, when, where and under which agreement; words of the sentence only
add to it. A planned meeting and the held one are one occurrence at two moments of its life.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from detente.records import Event, Incident, Report, fingerprint
from detente.resolve.incidents_kind import abouts_of, kinds_of
from detente.resolve.incidents_link import link
from detente.resolve.incidents_stand import (
    contradictions,
    independent_outlets,
    standing_status,
    told_order,
)
from detente.resolve.incidents_telling import Telling, telling
from detente.resolve.incidents_weigh import Weight, weigh
from detente.resolve.incidents_words import Rarity, stems

#: The link from which two groups of mentions are one occurrence.
LEAST = 2.0


def group(
    events: Sequence[Event],
    reports: Mapping[str, Report] | None = None,
    known: Sequence[Incident] = (),
    copies: Mapping[str, str] | None = None,
) -> tuple[Incident, ...]:
    """Groups mentions into incidents.

    Args:
        events: coded and resolved mentions, old and new, in any order. Imported ones come out
            alone: there is no text to compare.
        reports: the reports they stand in, by id; makes rare words count and outlets known.
        known: incidents that stand already. They keep their id and events and may gain some.
        copies: report id → id of the report it is a near-copy of; copies corroborate nothing.

    Returns:
        The incidents, earliest told first. Every event is in exactly one.
    """
    reports, copies = reports or {}, copies or {}
    ordered = sorted({e.id: e for e in events}.values(), key=told_order)
    rarity = _rarity(ordered, reports)
    found = []
    for block in _blocks(ordered).values():
        found += _grouped(block, known, rarity, reports, copies)
    by_id = {e.id: at for at, e in enumerate(ordered)}
    return tuple(sorted(found, key=lambda i: min(by_id.get(e, 0) for e in i.events)))


def _rarity(events: Sequence[Event], reports: Mapping[str, Report]) -> Rarity:
    if len(reports) >= 20:
        return Rarity(stems(r.text) for r in reports.values())
    sentences = {(e.coded.sentence.report, e.coded.sentence.start): e for e in events}
    return Rarity(stems(e.coded.sentence.text) for e in sentences.values())


def _blocks(events: Sequence[Event]) -> Mapping[str, list[Telling]]:
    """Mentions that can be one occurrence at all stand in one block: those of one kind."""
    blocks: dict[str, list[Telling]] = defaultdict(list)
    kinds, abouts = kinds_of(events), abouts_of(events)
    for event in events:
        made = telling(event, kinds[event.id], abouts[event.id])
        blocks[made.act if event.origin == "detente" else f"imported {event.id}"].append(made)
    return blocks


@dataclass(slots=True)
class _Pairs:
    """Weights of the pairs of a block, kept so that a join can say why."""

    tellings: Sequence[Telling]
    rarity: Rarity
    kept: dict[tuple[int, int], Weight]

    def __call__(self, first: int, second: int) -> tuple[float, bool]:
        weight = weigh(self.tellings[first], self.tellings[second], self.rarity)
        if weight.value > 1:
            self.kept[first, second] = weight
        return weight.value, bool(weight.against)


def _grouped(
    block: list[Telling],
    known: Sequence[Incident],
    rarity: Rarity,
    reports: Mapping[str, Report],
    copies: Mapping[str, str],
) -> list[Incident]:
    place = {t.event.id: at for at, t in enumerate(block)}
    standing = {i.id: [place[e] for e in i.events if e in place] for i in known}
    pairs = _Pairs(block, rarity, {})
    groups = link(len(block), pairs, LEAST, [g for g in standing.values() if g])
    owner = {at: i for i in known for at in standing[i.id]}
    found = []
    for members in groups:
        before = next((owner[at] for at in members if at in owner), None)
        mentions = [block[at].event for at in members]
        because = _because(members, pairs)
        found.append(_incident(mentions, before, because, reports, copies))
    return found


def _because(members: Sequence[int], pairs: _Pairs) -> dict[int, str]:
    """For each member but the first told, the reasons of its best link to an earlier one."""
    said: dict[int, str] = {}
    for at in members[1:]:
        ranked = [(pairs.kept[o, at], o) for o in members if (o, at) in pairs.kept]
        if not ranked:
            said[at] = "joined with the rest of its group"
            continue
        best, other = max(ranked, key=lambda pair: pair[0].value)
        mention, earlier = pairs.tellings[at].event, pairs.tellings[other].event
        reasons = ", ".join(best.because)
        said[at] = f"{mention.id} joins {earlier.id}: {reasons} ({best.value:.1f})"
    return said


def _incident(
    mentions: Sequence[Event],
    before: Incident | None,
    because: Mapping[int, str],
    reports: Mapping[str, Report],
    copies: Mapping[str, str],
) -> Incident:
    ordered = sorted(mentions, key=told_order)
    here = {e.id for e in ordered}
    older = tuple(e for e in before.events if e not in here) if before else ()
    made = incident_of(
        before.id if before else fingerprint("incident", ordered[0].id),
        ordered,
        _united(before.because if before else (), because.values()),
        reports,
        copies,
    )
    if not older or before is None:
        return made
    outlets = _united(before.outlets, made.outlets)
    return replace(made, events=(*older, *made.events), outlets=outlets)


def incident_of(
    name: str,
    mentions: Sequence[Event],
    because: Iterable[str] = (),
    reports: Mapping[str, Report] | None = None,
    copies: Mapping[str, str] | None = None,
) -> Incident:
    """The incident that these mentions make: its order, status, outlets and contradictions.

    Args:
        name: its id.
        mentions: at least one event.
        because: why each joined.
        reports: by id; give the outlets where the events do not.
        copies: report id → id of the report it is a near-copy of.
    """
    ordered = sorted(mentions, key=told_order)
    return Incident(
        id=name,
        events=tuple(e.id for e in ordered),
        status=standing_status(ordered),
        outlets=independent_outlets(ordered, reports or {}, copies or {}),
        contradictions=contradictions(ordered),
        because=tuple(because),
    )


def _united(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*first, *second]))

"""A report's coded events with their parties, time, place and agreement resolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from detente.records import CodedEvent, Entity, Event, Participant, Passage, Report
from detente.resolve.actors import link
from detente.resolve.agreements import agreement_of
from detente.resolve.dates import when_of
from detente.resolve.places import place_of

Links = Mapping[Passage, tuple[Entity, ...]]


def resolve_report(report: Report, coded: Sequence[CodedEvent]) -> tuple[Event, ...]:
    """The events of one report, each mention resolved, none yet grouped.

    Args:
        report: where the mentions stand.
        coded: its coded events, all of the same report.

    Returns:
        One Event a coded event, in the same order.
    """
    passages = tuple(dict.fromkeys(p for event in coded for p in _named(event)))
    told_on = report.published.date() if report.published else None
    links = link(report, passages, told_on)
    return tuple(_resolved(report, event, links) for event in coded)


def _named(event: CodedEvent) -> tuple[Passage, ...]:
    speaker = (event.speaker,) if event.speaker else ()
    return (*event.actor, *event.recipient, *speaker)


def _resolved(report: Report, coded: CodedEvent, links: Links) -> Event:
    speakers = _participants((coded.speaker,), links) if coded.speaker else ()
    event = Event(
        id=coded.id,
        coded=coded,
        actor=_participants(coded.actor, links),
        recipient=_participants(coded.recipient, links),
        speaker=speakers[0] if speakers else None,
        when=when_of(report, coded),
        where=place_of(report, coded),
        agreement=agreement_of(report, coded),
        reported=report.published,
        outlet=report.outlet,
    )
    return _without_self(event)


def _participants(passages: Sequence[Passage], links: Links) -> tuple[Participant, ...]:
    """One participant an entity; a passage that names nobody known keeps its words."""
    found: list[Participant] = []
    for passage in passages:
        entities = links.get(passage) or (Entity(id="", name=passage.text),)
        found += [Participant(passage=passage, entity=entity) for entity in entities]
    return tuple(dict.fromkeys(found))


def _without_self(event: Event) -> Event:
    """Nobody is both actor and recipient by the same words."""
    acting = {participant.passage for participant in event.actor}
    kept = tuple(p for p in event.recipient if p.passage not in acting)
    return event if len(kept) == len(event.recipient) else replace(event, recipient=kept)

"""A report's coded events with their parties, time, place and agreement resolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from detente.records import CodedEvent, Entity, Event, Participant, Passage, Report
from detente.resolve.act_places import place_by_act
from detente.resolve.actor_mentions import Mentions
from detente.resolve.actors import link_in
from detente.resolve.agreements import agreement_of
from detente.resolve.dates import when_of
from detente.resolve.parties import with_parties
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
    mentions = Mentions(report.text, told_on(report))
    links = link_in(mentions, passages)
    return with_parties(report, [_resolved(report, event, links) for event in coded], mentions)


def told_on(report: Report) -> date | None:
    """The day a report was published, if it is known."""
    return report.published.date() if report.published else None


def _named(event: CodedEvent) -> tuple[Passage, ...]:
    speaker = (event.speaker,) if event.speaker else ()
    return (*event.actor, *event.recipient, *speaker)


def _resolved(report: Report, coded: CodedEvent, links: Links) -> Event:
    speakers = _participants((coded.speaker,), links) if coded.speaker else ()
    acting, acted_on = _participants(coded.actor, links), _participants(coded.recipient, links)
    return Event(
        id=coded.id,
        coded=coded,
        actor=acting,
        recipient=acted_on,
        speaker=speakers[0] if speakers else None,
        when=when_of(report, coded),
        where=place_of(report, coded) or place_by_act(coded, acting, acted_on),
        agreement=agreement_of(report, coded),
        reported=report.published,
        outlet=report.outlet,
    )


def _participants(passages: Sequence[Passage], links: Links) -> tuple[Participant, ...]:
    """One participant an entity; a passage that names nobody known keeps its words."""
    found: list[Participant] = []
    for passage in passages:
        entities = links.get(passage) or (Entity(id="", name=passage.text),)
        found += [Participant(passage=passage, entity=entity) for entity in entities]
    return tuple(dict.fromkeys(found))

"""A report's coded events with their parties, time, place and agreement resolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from detente.records import (
    Agreement,
    CodedEvent,
    Entity,
    Event,
    Participant,
    Passage,
    Report,
    When,
)
from detente.resolve.act_places import place_by_act
from detente.resolve.actor_mentions import Mentions
from detente.resolve.actors import link_in
from detente.resolve.agreements import agreement_of
from detente.resolve.dates import when_of
from detente.resolve.parties import with_parties
from detente.resolve.places import place_of
from detente.resolve.standing import first_day, touch_of

#: A signature so long ago is not the report's news.
_LONG_PAST = timedelta(days=60)
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
    agreement = agreement_of(report, coded)
    return Event(
        id=coded.id,
        coded=coded,
        actor=acting,
        recipient=acted_on,
        speaker=speakers[0] if speakers else None,
        when=_when(report, coded, agreement),
        where=place_of(report, coded) or place_by_act(coded, acting, acted_on),
        agreement=agreement,
        reported=report.published,
        outlet=report.outlet,
    )


def _when(report: Report, coded: CodedEvent, agreement: Agreement | None) -> When:
    """When it was; a signature that no words date was on the agreement's day, if that is past."""
    told, on = when_of(report, coded), told_on(report)
    if agreement is None or told.basis != "publication" or coded.status != "done" or on is None:
        return told
    signed = first_day(agreement.signed)
    if touch_of(coded) != "signed" or signed is None or on - signed < _LONG_PAST:
        return told
    exact = len(agreement.signed) == len("2000-01-01")
    return When(
        edtf=agreement.signed, earliest=signed, latest=signed if exact else None, basis="inferred"
    )


def _participants(passages: Sequence[Passage], links: Links) -> tuple[Participant, ...]:
    """One participant an entity; a passage that names nobody known keeps its words."""
    found: list[Participant] = []
    for passage in passages:
        entities = links.get(passage) or (Entity(id="", name=passage.text),)
        found += [Participant(passage=passage, entity=entity) for entity in entities]
    return tuple(dict.fromkeys(found))

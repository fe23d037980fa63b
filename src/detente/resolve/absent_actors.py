"""Who acts where a clause names nobody: the host of an envoy, whose streets a protest fills.

"Sweden's ambassador was summoned in Baghdad": an envoy is summoned and expelled by the state where
he serves (Vienna Convention on Diplomatic Relations, articles 9 and 41).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from detente.gazetteer.actors import entity
from detente.gazetteer.phrases import entities_of
from detente.records import Event, Participant, Report
from detente.resolve.actor_groups import is_country
from detente.resolve.actor_mentions import Mention, Mentions
from detente.resolve.actor_relations import other_country
from detente.resolve.clause_objects import participant_of
from detente.resolve.exchanges import countries

_ENVOY = re.compile(r"\b(?:ambassador|envoy|diplomat|charg|consul|attach|high commissioner)", re.I)
_HOSTED = re.compile(r"\b(?:in|from|to|by|at)(?: the)? ?$")
_SENT_AWAY = re.compile(r"\b(?:summon|expel|declar|order|call|thr[eo]w|kick)", re.I)
#: What stands between a name and the object of its verb: "ECOWAS imposed (new) sanctions".
_VERB = re.compile(r" (?:(?:has|have|had) )?[a-z]+ed(?: (?:new|fresh|further|more|its))? ")
_MISSION = re.compile(
    r"\b(?:outside|at|near|before|in front of|on|against) (?:the )?(?P<whose>[A-Z][\w .'’-]*?)"
    r"(?:['’]s)? (?:embassy|consulate|mission|high commission)\b"
)


def with_actor(report: Report, event: Event, mentions: Mentions) -> Event:
    """An event with the actor that its clause leaves out.

    Args:
        report: where it stands.
        event: resolved, as its clause says.
        mentions: of the same report.
    """
    if event.coded.event_type == "PROTEST":
        return _at_mission(report, event, mentions)
    if countries(event.actor):
        return event
    found = (
        next(_hosts(report, event, mentions), None)
        or _subject(report, event, mentions)
        or _receiving(event, mentions)
    )
    if found is None:
        return event
    kept = [p for p in event.recipient if p.entity.country != found.entity.country]
    return replace(event, actor=(found,), recipient=tuple(kept))


def _hosts(report: Report, event: Event, mentions: Mentions) -> Iterator[Participant]:
    """The state in whose capital, or to whose ministry, an envoy is summoned or expelled."""
    coded = event.coded
    if not _is_on_envoy(event) or not _SENT_AWAY.search(coded.trigger.text):
        return
    theirs = {e.country for p in event.recipient for e in entities_of(p.passage.text)}
    for mention in mentions.all:
        inside = coded.trigger.end <= mention.start and mention.end <= coded.sentence.end
        country = mention.entity.country
        if inside and is_country(country) and country not in theirs and _placed(report, mention):
            yield participant_of(report, mention)


def _receiving(event: Event, mentions: Mentions) -> Participant | None:
    """ "Asked that the ambassador be expelled": by the other of the two told of."""
    coded, theirs = event.coded, countries(event.recipient)
    if event.actor or coded.mode != "expel" or not _is_on_envoy(event) or len(theirs) != 1:
        return None
    country = other_country(mentions, coded.trigger.start, theirs.pop())
    return Participant(passage=coded.trigger, entity=entity(country)) if country else None


def _is_on_envoy(event: Event) -> bool:
    return any(_ENVOY.search(p.passage.text) for p in event.recipient)


def _placed(report: Report, mention: Mention) -> bool:
    return _HOSTED.search(report.text[max(0, mention.start - 9) : mention.start]) is not None


def _subject(report: Report, event: Event, mentions: Mentions) -> Participant | None:
    """ "ECOWAS imposed sanctions", where the verb was not read as one."""
    start = event.coded.trigger.start
    if event.actor:
        return None
    for mention in mentions.all:
        between = report.text[mention.end : start]
        if mention.end < start and not mention.placed and _VERB.fullmatch(between):
            return participant_of(report, mention)
    return None


def _at_mission(report: Report, event: Event, mentions: Mentions) -> Event:
    """Who protests outside an embassy does so against its state, and is not of it."""
    coded = event.coded
    told = _MISSION.search(report.text, coded.trigger.start, coded.sentence.end)
    named = (m for m in mentions.all if told and told.start("whose") <= m.start < told.end("whose"))
    against = next((m for m in named if m.kind == "state"), None)
    if against is None or any(is_country(p.entity.country) for p in event.recipient):
        return event
    country = against.entity.country
    acting = tuple(_abroad(p, mentions, country) for p in event.actor)
    return replace(event, actor=acting, recipient=(participant_of(report, against),))


def _abroad(protester: Participant, mentions: Mentions, country: str) -> Participant:
    """People without a country were given the one around them: the embassy's."""
    nameless = not any(e.country for e in entities_of(protester.passage.text))
    if protester.entity.country != country or not nameless:
        return protester
    other = other_country(mentions, protester.passage.start, country)
    return replace(protester, entity=replace(protester.entity, country=other))

"""The parties of a report's events: one way in for all that clauses leave open or get wrong.

First what cannot be so is taken out (nobody acts on itself; a place one meets in is no party), then
what is open is filled: the other party of an agreement between two, else whom ``counterparties``
finds in the clause and in what was told before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date

from detente.gazetteer.actors import entity
from detente.gazetteer.phrases import entities_of
from detente.records import Event, Participant, Report
from detente.resolve.absent_actors import with_actor
from detente.resolve.actor_mentions import Mentions
from detente.resolve.actor_relations import other_country
from detente.resolve.counterparties import other_side
from detente.resolve.exchanges import JUDGES, countries
from detente.resolve.listed_actors import with_whole_list

_MEETS = frozenset({"CONSULT"})
#: Acts of several who meet somewhere.
_AT_PLACES = frozenset({"CONSULT", "AGREE", "SUPPORT", "COOPERATE"})
#: Acts that a state does not do to its own people in news of states.
_ON_OTHERS = frozenset({"SANCTION", "ASSAULT", "THREATEN", "COERCE"})
#: Acts on an agreement that are against its other party.
_TURNS_ON = frozenset({"SANCTION", "REJECT", "THREATEN"})
#: Who stands for another state where he is summoned, told or thrown out.
_AMBASSADOR = re.compile(r"\b(?:ambassador|high commissioner|charg|consul)", re.I)
#: Bodies that every state has, taken up by the bare noun.
_BODY = re.compile(
    r"the (?:foreign |interior |defen[cs]e )?(ministry|department|embassy|government|court"
    r"|committee|army|military|navy|air force|coast guard|parliament|senate|central bank)",
    re.I,
)
_OWNED = re.compile(r"(?:its|his|her|their)\b", re.I)
_ITS = re.compile(r"(?:its|their)\b", re.I)
_RELEASE = re.compile(r"\b(?:releas|return|free|extradit|handover)", re.I)
_OCCASION = re.compile(r"(?:\S+ )?(?:meeting|summit|talks|conference|visit)\b")
_IN = re.compile(r"\b(?:in|at|near|outside|planned for)\s+(?:the\s+)?$")


def with_parties(report: Report, events: Sequence[Event], mentions: Mentions) -> tuple[Event, ...]:
    """The events of a report with the parties that their clauses leave open.

    Args:
        report: where they stand.
        events: resolved one by one, in the order of the text.
        mentions: of the same report.
    """
    done: list[Event] = []
    for event in events:
        told = with_actor(report, _same_body(event, done), mentions)
        told = with_whole_list(report, told, mentions)
        told = _without_places(report, _without_self(told))
        told = _expelled_by_another(told, mentions)
        told = _on_another(_not_to_itself(told), done)
        told = _towards_the_other_party(told, mentions.on)
        found = other_side(report, told, mentions, done)
        done.append(_with(told, found) if found else told)
    return tuple(done)


def _with(event: Event, found: tuple[Participant, ...]) -> Event:
    if event.coded.act in _MEETS:
        return replace(event, actor=tuple(dict.fromkeys((*event.actor, *found))))
    kept = () if event.coded.event_type in JUDGES else event.recipient
    return replace(event, recipient=tuple(dict.fromkeys((*kept, *found))))


# ── what cannot be so ─────────────────────────────────────────────────────────────────────────


def _without_self(event: Event) -> Event:
    """Nobody is both actor and recipient by the same words."""
    acting = {participant.passage for participant in event.actor}
    return _received(event, [p for p in event.recipient if p.passage not in acting])


def _without_places(report: Report, event: Event) -> Event:
    """A capital that others meet in is no party ("held talks in Washington", "Paris meeting")."""
    if event.coded.event_type not in _AT_PLACES and event.coded.mode != "meet":
        return event
    several = len(event.actor) + len(event.recipient) > 1
    kept = tuple(
        p for p in event.actor if not (_names_it(report, p) or (several and _stands_in(report, p)))
    )
    return event if len(kept) == len(event.actor) else replace(event, actor=kept)


def _names_it(report: Report, participant: Participant) -> bool:
    """ "Paris meeting": the place that a meeting is called by."""
    passage = participant.passage
    words = passage.text.split(maxsplit=1)[-1] + report.text[passage.end : passage.end + 12]
    return _is_state(participant) and _OCCASION.match(words) is not None


def _stands_in(report: Report, participant: Participant) -> bool:
    """ "In Washington", "planned for the Group of 20"."""
    start = participant.passage.start
    before = report.text[max(0, start - 13) : start]
    where = _is_state(participant) or participant.entity.country == "IGO"
    return where and _IN.search(before) is not None


def _expelled_by_another(event: Event, mentions: Mentions) -> Event:
    """A state neither expels nor summons its own: of "the expulsion of 35 Russians", or "the French
    ambassador was summoned by the foreign minister", the actor is another.

    It is the other country of the report then; an expulsion's is named by the words of the act.
    """
    acting = countries(event.actor)
    own = any(p.entity.country in acting and not _is_nameless(p) for p in event.recipient)
    expelled, summoned = event.coded.mode == "expel", _is_summoned(event)
    if not (expelled or summoned) or len(acting) != 1 or not own:
        return event
    country = other_country(mentions, event.coded.trigger.start, acting.pop())
    if not country:
        return event if summoned else replace(event, actor=())
    words = event.actor[0].passage if summoned else event.coded.trigger
    return replace(event, actor=(Participant(passage=words, entity=entity(country)),))


def _is_summoned(event: Event) -> bool:
    """Whether an envoy is told off by somebody whose country the words do not say."""
    envoy = any(_AMBASSADOR.search(p.passage.text) for p in event.recipient)
    return envoy and event.coded.act == "ACCUSE" and all(map(_is_nameless, event.actor))


def _not_to_itself(event: Event) -> Event:
    """A state does not act on itself: "Rouhani warned that Iran could …"."""
    acting = countries(event.actor)
    own_forces = event.coded.act == "MOBILIZE" or _asks_for_its_own(event, acting)
    return _received(
        event,
        [
            p
            for p in event.recipient
            if p.entity.country not in acting or not (own_forces or _is_state(p))
        ],
    )


def _asks_for_its_own(event: Event, acting: Set[str]) -> bool:
    """ "Demanded the release of its sailors" of whoever holds them."""
    asked = event.coded.event_type == "REQUEST" and _RELEASE.search(event.coded.trigger.text)
    return bool(asked) and countries(event.recipient) <= acting


def _on_another(event: Event, before: Sequence[Event]) -> Event:
    """ "Shelled the Armenian town, killing a civilian": an Armenian one, not the doer's own.

    People without a country were given the one around them, which is mostly the actor's.
    """
    event = _where_they_were(event)
    acting = countries(event.actor)
    own = [
        p
        for p in event.recipient
        if p.entity.country in acting
        and _is_on_others(event, p)
        and _is_nameless(p)
        and not (event.coded.act == "COERCE" and _OWNED.match(p.passage.text))
    ]
    if not own:
        return event
    kept = [p for p in event.recipient if p not in own]
    same = next((e for e in reversed(before) if e.coded.sentence == event.coded.sentence), None)
    others = countries(same.recipient) - acting if same and same.actor == event.actor else set()
    if len(others) == 1:
        country = others.pop()
        kept += [replace(p, entity=replace(p.entity, country=country)) for p in own]
    return _received(event, kept)


def _is_on_others(event: Event, recipient: Participant) -> bool:
    """Whether an act is never on one's own: force, sanctions, "accusing its army of crimes"."""
    words, act = recipient.passage.text, event.coded.act
    told_off = act == "ACCUSE" and _ITS.match(words) is not None
    return act in _ON_OTHERS or told_off or _AMBASSADOR.search(words) is not None


def _where_they_were(event: Event) -> Event:
    """ "Shelled a market in Omdurman, killing 20 people": people of the place that was hit."""
    where = event.where.country if event.where else _of_teller(event)
    if event.coded.act != "ASSAULT" or not where or where in countries(event.actor):
        return event
    theirs = {"CIV"} if event.where else {"CIV", "MIL"}
    hit = tuple(
        replace(p, entity=replace(p.entity, country=where))
        if _is_nameless(p) and theirs & set(p.entity.sectors)
        else p
        for p in event.recipient
    )
    return replace(event, recipient=hit)


def _of_teller(event: Event) -> str:
    """The country of who tells that some were killed, by nobody told."""
    told = event.speaker is not None and not event.actor
    return event.speaker.entity.country if told and event.speaker else ""


def _is_nameless(participant: Participant) -> bool:
    """Whether the words by themselves are of no country."""
    return not any(e.country for e in entities_of(participant.passage.text))


def _is_state(participant: Participant) -> bool:
    return participant.entity.id == participant.entity.country


def _received(event: Event, kept: Sequence[Participant]) -> Event:
    return event if tuple(kept) == event.recipient else replace(event, recipient=tuple(kept))


# ── bodies taken up ───────────────────────────────────────────────────────────────────────────


def _same_body(event: Event, before: Sequence[Event]) -> Event:
    """ "The Foreign Ministry in Moscow …. The ministry …": the one that acted last."""
    actors = tuple(_body_before(p, before) or p for p in event.actor)
    return event if actors == event.actor else replace(event, actor=actors)


def _body_before(participant: Participant, before: Sequence[Event]) -> Participant | None:
    match = _BODY.fullmatch(participant.passage.text)
    if match is None:
        return None
    noun = re.compile(rf"\b{match[1]}\b", re.I)
    for earlier in reversed(before):
        for other in earlier.actor:
            full = _BODY.fullmatch(other.passage.text) is None
            if full and other.entity.country and noun.search(other.passage.text):
                return replace(participant, entity=other.entity)
    return None


# ── agreements between two ────────────────────────────────────────────────────────────────────


def _towards_the_other_party(event: Event, on: date | None) -> Event:
    """Who leaves or breaks an agreement between two does so towards the other of them.

    Where the sentence names no recipient, the other party of a bilateral agreement is one, named by
    the words that name the agreement (else by those of the act).
    """
    agreement, coded = event.agreement, event.coded
    acting = {p.entity.country for p in event.actor}
    open_ = agreement is not None and not event.recipient and coded.act in _TURNS_ON
    if agreement is None or not open_ or len(agreement.parties) != 2:
        return event
    others = [party for party in agreement.parties if party not in acting]
    if len(others) != 1:
        return event
    named = Participant(passage=coded.agreement or coded.trigger, entity=entity(others[0], on))
    return replace(event, recipient=(named,))

"""Towards whom an act was, where the clause itself does not say.

"Turkey rejected the demand" is towards whoever made it; "welcomed the American withdrawal" towards
America; "held talks by telephone with Zarif" also Zarif's. What a clause leaves open is taken from
its object, from the deed that it takes up, or from the last exchange told (``exchanges``).
``Event.coded`` keeps what the clause says itself (the participants added here point at the words
that name them, wherever these stand).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from detente.gazetteer.actors import entity
from detente.ontology.cameo import DENIAL
from detente.records import Event, Participant, Report
from detente.resolve.actor_groups import is_country, two_countries
from detente.resolve.actor_mentions import Mentions
from detente.resolve.clause_objects import (
    DONE_TO,
    companion,
    feared,
    is_told_to_body,
    named_after,
    of_last_sentence,
    own_person,
    participant_of,
    provoker,
    rest_of_clause,
    subject_before,
)
from detente.resolve.exchanges import (
    JUDGES,
    charges,
    countries,
    follows,
    joined_in,
    of_exchange,
    same_subject,
    taken_up,
    takes_up_it,
    told_of,
)

#: Acts that are always towards somebody.
_DIRECTED = frozenset({"ACCUSE", "REJECT", "REQUEST", "SANCTION", "SUPPORT", "THREATEN"})
#: Those whose other side may be taken from the exchange that they are part of.
_ANSWERS = frozenset({"ACCUSE", "REJECT", "SANCTION", "THREATEN", "REQUEST", "RETREAT", "CONCEDE"})
#: Acts done together, by the words "with" and by hosting or mediating.
_MEETS = frozenset({"CONSULT"})
_TOGETHER = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT"})
#: Promises and offers, to the other side of the exchange.
_OFFERS = frozenset({"AGREE"})
_BETWEEN = re.compile(r"\b(?:mediat|broker|arbitrat)|\bgood offices\b", re.I)
#: Acts that are on the other of two who are at odds.
_TURNED = frozenset({"ACCUSE", "REJECT", "REQUEST", "SANCTION", "THREATEN"})
_BY_OTHERS = frozenset({"ACCUSE", "SANCTION", "THREATEN"})
_PAIR = 2
#: How often both of the two that a report is about are told of at least.
_OFTEN = 3
#: Who gives up an office does so towards nobody abroad.
_RESIGNS = re.compile(r"\b(?:resign|step\w* down|st(?:and|ood) down|quit)", re.I)
#: "Host a meeting of the five ministers": who meets is told, whoever they are.
_OF_NAMED = re.compile(r"(?: of| between| with| among) \w")
_ROUTINE = re.compile(
    r"\b(?:test|launch|fir[ei]|drill|exerci|man(?:oe|e)uv|patrol|parad|deploy)", re.I
)
_WHERE = re.compile(r"\b(?:in|near) (?:the )?$")
_HOSTING = re.compile(r"\bhost", re.I)


def other_side(
    report: Report, event: Event, mentions: Mentions, before: Sequence[Event]
) -> tuple[Participant, ...]:
    """Whom the clause of an act leaves open, in the order in which it is looked for.

    Args:
        report: where it stands.
        event: resolved, as its clause says.
        mentions: of the same report.
        before: the events told before it, completed.
    """
    acting = countries(event.actor)
    together = _by_company(report, event, mentions, acting) if len(acting) == 1 else ()
    if together or event.coded.act in _MEETS:
        return together
    if acting and _is_where(report, event):
        return tuple(named_after(report, event, mentions, acting))
    if not event.actor or not _open(report, event):
        return ()
    if not acting:
        return tuple(_of_the_two(report, event, mentions, acting))
    return _by_kind(report, event, mentions, before) or _who_alleges(event, acting)


def _who_alleges(event: Event, acting: Set[str]) -> tuple[Participant, ...]:
    """The state that tells of another's hostile act suffered it, if nobody else is told."""
    coded, speaker = event.coded, event.speaker
    hostile = coded.event_type in DONE_TO - {"AID"} and coded.status == "alleged"
    if not hostile or speaker is None or len(acting) != 1 or event.recipient:
        return ()
    other = is_country(speaker.entity.country) and speaker.entity.country not in acting
    return (speaker,) if other else ()


def _by_kind(
    report: Report, event: Event, mentions: Mentions, before: Sequence[Event]
) -> tuple[Participant, ...]:
    """Towards whom an act of its kind is where nobody is named."""
    acting, kind = countries(event.actor), event.coded.event_type
    if kind == "PROTEST":
        return tuple(provoker(report, event, mentions, acting))
    if kind == "MOBILIZE":
        return _answered(report, event, mentions, before)
    if kind in DONE_TO:
        return tuple(named_after(report, event, mentions, acting)) or _hit_before(
            event, before, acting
        )
    if kind in _OFFERS:
        return of_exchange(event, before, acting)
    return _towards(report, event, mentions, before) if kind in _DIRECTED | _ANSWERS else ()


def _hit_before(event: Event, before: Sequence[Event], acting: Set[str]) -> tuple[Participant, ...]:
    """Whom the same one acted on before, unless the act is told in the country of another."""
    found = same_subject(event, before) or (
        of_exchange(event, before, acting) if _is_battle(event) else ()
    )
    where = event.where.country if event.where else ""
    elsewhere = where and where not in acting | countries(found)
    return () if elsewhere and event.coded.event_type == "ASSAULT" else found


def _is_battle(event: Event) -> bool:
    """Whether force was used, by forces of a state, on somebody who is not told at all."""
    told = event.coded.status in {"done", "alleged"} and not event.recipient
    forces = all({"GOV", "MIL"} & set(p.entity.sectors) for p in event.actor)
    return event.coded.event_type == "ASSAULT" and told and forces


def _answered(
    report: Report, event: Event, mentions: Mentions, before: Sequence[Event]
) -> tuple[Participant, ...]:
    """Whose act troops that move answer; drills, tests and deployments answer nobody's."""
    acting = countries(event.actor)
    provoked = tuple(provoker(report, event, mentions, acting))
    if provoked or event.recipient or _ROUTINE.search(event.coded.trigger.text):
        return provoked
    return same_subject(event, before) or of_exchange(event, before, acting)


def _towards(
    report: Report, event: Event, mentions: Mentions, before: Sequence[Event]
) -> tuple[Participant, ...]:
    acting = countries(event.actor)
    return (
        told_of(report, event, before, acting)
        or tuple(subject_before(report, event, mentions, acting))
        or _in_object(report, event, mentions, before)
        or tuple(provoker(report, event, mentions, acting))
        or feared(report, event, before, acting)
        or tuple(own_person(report, event, mentions, acting))
        or same_subject(event, before)
        or joined_in(event, before, acting)
        or _of_its_exchange(report, event, before, acting)
        or tuple(_of_the_two(report, event, mentions, acting))
    )


def _of_its_exchange(
    report: Report, event: Event, before: Sequence[Event], acting: Set[str]
) -> tuple[Participant, ...]:
    """The other side of the exchange; that which "it" takes up was told just before."""
    judged = event.coded.event_type in JUDGES
    if event.coded.event_type not in _ANSWERS or _RESIGNS.search(event.coded.trigger.text):
        return ()
    if judged and takes_up_it(report, event, rest_of_clause(report, event)[1]):
        before = [earlier for earlier in before if follows(event, earlier)]
    if event.coded.cameo.startswith(DENIAL):
        before = [earlier for earlier in before if charges(earlier, event)]
    return of_exchange(event, before, acting)


def _of_the_two(
    report: Report, event: Event, mentions: Mentions, acting: Set[str]
) -> Iterator[Participant]:
    """The other of the two states that a report turns about, where one of them acts alone.

    A third who judges or threatens does so to the one of whom the report tells first: that one's
    deed is the news. A denial answers a charge only, and what is left or kept may be an agreement
    of many.
    """
    coded = event.coded
    many = coded.recipient or coded.agreement or coded.cameo.startswith(DENIAL)
    open_ = coded.event_type in _TURNED and coded.status != "hypothetical"
    if not open_ or many or len(acting) > 1 or _RESIGNS.search(coded.trigger.text):
        return
    told = [m.entity.country for m in mentions.all if is_country(m.entity.country)]
    two = [c for c, times in Counter(told).most_common(_PAIR) if times >= _OFTEN]
    other = [country for country in two if country not in acting]
    if len(other) == _PAIR and coded.event_type in _BY_OTHERS:
        other = [country for country in other if country == told[0]]
    if len(two) == _PAIR and len(other) == 1:
        those = [m for m in mentions.all if m.entity.country == other[0]]
        near = [m for m in those if m.end <= coded.trigger.start] or those
        yield participant_of(report, near[-1])


def _in_object(
    report: Report, event: Event, mentions: Mentions, before: Sequence[Event]
) -> tuple[Participant, ...]:
    """Whom the object names, or whose deed it takes up.

    Of "the seizure of Ukrainian ships" the deed tells whose it was, of "the American withdrawal"
    the name before it.
    """
    acting = countries(event.actor) | ({"IGO"} if is_told_to_body(report, event) else set())
    named = tuple(named_after(report, event, mentions, acting))
    deed = taken_up(report, event, rest_of_clause(report, event)[1], before, acting) or tuple(
        of_last_sentence(report, event, mentions, acting)
    )
    if not named or not deed or event.coded.event_type not in JUDGES:
        return named or deed
    between = report.text[event.coded.trigger.end : named[0].passage.start]
    return deed if re.search(r"\bof (?:the )?(?:[\w-]+ ){0,2}$", between) else named


def _by_company(
    report: Report, event: Event, mentions: Mentions, acting: Set[str]
) -> tuple[Participant, ...]:
    """With whom one meets, signs or agrees; between whom one mediates."""
    coded = event.coded
    if coded.event_type not in _TOGETHER and coded.act not in _MEETS:
        return ()
    if any(p.entity.country for p in event.recipient):
        return ()
    beside = tuple(companion(report, event, mentions, acting))
    named = _OF_NAMED.match(report.text, coded.trigger.end) is not None
    hosts = coded.act in _MEETS and not named and _HOSTING.search(coded.trigger.text)
    if beside or not (hosts or _BETWEEN.search(coded.trigger.text)):
        return beside
    two = two_countries(mentions, coded.trigger.start)
    return tuple(
        Participant(passage=coded.trigger, entity=entity(c)) for c in two if c not in acting
    )


def _is_where(report: Report, event: Event) -> bool:
    """Whether what is judged is told by where it is only: "condemned the Saudi raids in Yemen"."""
    befores = (report.text[: p.passage.start][-12:] for p in event.recipient)
    judged = event.coded.event_type in JUDGES and bool(event.recipient)
    return judged and all(map(_WHERE.search, befores))


def _open(report: Report, event: Event) -> bool:
    """Whether nobody is named as recipient, or only by a pronoun for a deed."""
    if is_told_to_body(report, event):
        return True
    if any(p.entity.country for p in event.recipient):
        return event.coded.event_type in JUDGES and takes_up_it(
            report, event, rest_of_clause(report, event)[1]
        )
    asked = event.coded.event_type == "REQUEST" and event.recipient
    return not asked and not any(p.entity.id for p in event.recipient)

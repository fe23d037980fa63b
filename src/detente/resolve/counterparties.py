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
from collections.abc import Collection, Iterator, Sequence, Set

from detente.gazetteer.actors import entity
from detente.gazetteer.names import Named, lookup
from detente.records import Event, Participant, Report, passage_of
from detente.resolve.actor_groups import is_country, two_countries
from detente.resolve.actor_mentions import Mention, Mentions
from detente.resolve.actor_reference import owner_of
from detente.resolve.exchanges import (
    JUDGES,
    charges,
    countries,
    follows,
    is_relative,
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
#: Acts on somebody whom the object names ("interfered in the American election").
_DONE_TO = frozenset({"COERCE", "ASSAULT", "AID"})
_BETWEEN = re.compile(r"\b(?:mediat|broker|arbitrat)|\bgood offices\b", re.I)
#: CAMEO's denial: it answers a charge.
_DENIAL = "016"
#: Acts that are on the other of two who are at odds.
_TURNED = frozenset({"ACCUSE", "REJECT", "REQUEST", "SANCTION", "THREATEN"})
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
_HOSTING = re.compile(r"\bhost", re.I)
_CLAUSE_END = re.compile(
    r"[.;:!?\n]|,|\b(?:that|which|who|because|when|after|before|while|but|and|if|as|until)\b"
)
_TO = re.compile(r"\b(?:to|before|with) (?:the )?$")
_WITH = re.compile(r"\bwith\b", re.I)
_AFTER = re.compile(r"\b(?:after|because|when|as|over)\s")
_THING = re.compile(r"\bthe (?:[a-z-]+ )?(\w[\w-]{2,})\b")
_OWN = re.compile(r"\b(?:his|her|its|their)\b", re.I)
#: How far what is named after an act may stand (characters).
_REACH = 90
_SENTENCE = re.compile(r"[.;!?\n]")
_NEAR_OBJECT = 40
#: "As an outrageous violation of …": what it is called, not whose it is.
_AS = re.compile(r"\bas (?:an?|the)\b")
#: Company, time and place do not tell whose deed it is ("condemned it in a statement with …").
_ASIDE = re.compile(r"\b(?:with|alongside|during|at|in|on|against|upon)\b")


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
    if not acting or not _open(report, event):
        return ()
    return _by_kind(report, event, mentions, before)


def _by_kind(
    report: Report, event: Event, mentions: Mentions, before: Sequence[Event]
) -> tuple[Participant, ...]:
    """Towards whom an act of its kind is where nobody is named."""
    acting, kind = countries(event.actor), event.coded.event_type
    if kind == "PROTEST":
        return tuple(_provoker(report, event, mentions, acting))
    if kind == "MOBILIZE":
        return _answered(report, event, mentions, before)
    if kind in _DONE_TO:
        return (
            tuple(_named_after(report, event, mentions, acting))
            or same_subject(event, before)
            or (of_exchange(event, before, acting) if _is_battle(event) else ())
        )
    if kind in _OFFERS:
        return of_exchange(event, before, acting)
    return _towards(report, event, mentions, before) if kind in _DIRECTED | _ANSWERS else ()


def _is_battle(event: Event) -> bool:
    """Whether force was used, by forces of a state, on somebody who is not told at all."""
    told = event.coded.status in {"done", "alleged"} and not event.recipient
    return event.coded.event_type == "ASSAULT" and told


def _answered(
    report: Report, event: Event, mentions: Mentions, before: Sequence[Event]
) -> tuple[Participant, ...]:
    """Whose act troops that move answer; drills, tests and deployments answer nobody's."""
    acting = countries(event.actor)
    provoked = tuple(_provoker(report, event, mentions, acting))
    if provoked or event.recipient or _ROUTINE.search(event.coded.trigger.text):
        return provoked
    return same_subject(event, before) or of_exchange(event, before, acting)


def _towards(
    report: Report, event: Event, mentions: Mentions, before: Sequence[Event]
) -> tuple[Participant, ...]:
    acting = countries(event.actor)
    return (
        told_of(report, event, before, acting)
        or tuple(_subject_before(report, event, mentions, acting))
        or _in_object(report, event, mentions, before)
        or tuple(_provoker(report, event, mentions, acting))
        or tuple(_own_person(report, event, mentions, acting))
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
    if judged and takes_up_it(report, event, _rest(report, event)[1]):
        before = [earlier for earlier in before if follows(event, earlier)]
    if event.coded.cameo.startswith(_DENIAL):
        before = [earlier for earlier in before if charges(earlier, event)]
    return of_exchange(event, before, acting)


def _of_the_two(
    report: Report, event: Event, mentions: Mentions, acting: Set[str]
) -> Iterator[Participant]:
    """The other of the two states that a report turns about, where one of them acts alone.

    A denial answers a charge only, and what is left or kept may be an agreement of many.
    """
    coded = event.coded
    many = coded.recipient or coded.agreement or coded.cameo.startswith(_DENIAL)
    open_ = coded.event_type in _TURNED and coded.status != "hypothetical"
    if not open_ or many or _RESIGNS.search(coded.trigger.text):
        return
    told = Counter(m.entity.country for m in mentions.all if is_country(m.entity.country))
    two = [country for country, times in told.most_common(2) if times >= _OFTEN]
    other = [country for country in two if country not in acting]
    if len(two) == _PAIR and len(other) == 1 and len(acting) == 1:
        before = [m for m in mentions.all if m.entity.country == other[0]]
        near = [m for m in before if m.end <= coded.trigger.start] or before
        yield _participant(report, near[-1])


def _in_object(
    report: Report, event: Event, mentions: Mentions, before: Sequence[Event]
) -> tuple[Participant, ...]:
    """Whom the object names, or whose deed it takes up.

    Of "the seizure of Ukrainian ships" the deed tells whose it was, of "the American withdrawal"
    the name before it.
    """
    acting = countries(event.actor) | ({"IGO"} if _is_told_to_body(report, event) else set())
    named = tuple(_named_after(report, event, mentions, acting))
    deed = taken_up(report, event, _rest(report, event)[1], before, acting) or tuple(
        _of_last_sentence(report, event, mentions, acting)
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
    beside = tuple(_companion(report, event, mentions, acting))
    named = _OF_NAMED.match(report.text, coded.trigger.end) is not None
    hosts = coded.act in _MEETS and not named and _HOSTING.search(coded.trigger.text)
    if beside or not (hosts or _BETWEEN.search(coded.trigger.text)):
        return beside
    two = two_countries(mentions, coded.trigger.start)
    return tuple(
        Participant(passage=coded.trigger, entity=entity(c)) for c in two if c not in acting
    )


def _open(report: Report, event: Event) -> bool:
    """Whether nobody is named as recipient, or only by a pronoun for a deed."""
    if _is_told_to_body(report, event):
        return True
    if any(p.entity.country for p in event.recipient):
        return event.coded.event_type in JUDGES and takes_up_it(
            report, event, _rest(report, event)[1]
        )
    return not any(p.entity.id for p in event.recipient)


def _is_told_to_body(report: Report, event: Event) -> bool:
    """ "Complained to the World Trade Organization": it hears the complaint, of another."""
    if event.coded.event_type != "ACCUSE" or not event.recipient:
        return False
    return all(
        p.entity.country == "IGO" and _TO.search(report.text[: p.passage.start][-8:])
        for p in event.recipient
    )


# ── what the clause says after its verb ───────────────────────────────────────────────────────


def _rest(report: Report, event: Event) -> tuple[int, int]:
    """From the trigger's first word to the end of its clause."""
    start, end = event.coded.trigger.start, event.coded.trigger.end
    limit = min(end + _REACH, len(report.text))
    bound = _CLAUSE_END.search(report.text, end, limit)
    return start, bound.start() if bound else limit


def _named_after(
    report: Report, event: Event, mentions: Mentions, acting: Collection[str]
) -> Iterator[Participant]:
    """A country or person within the object: "Washington's decision", "his proposal"."""
    start, end = _rest(report, event)
    aside = _ASIDE.search(report.text, event.coded.trigger.end, end)
    if aside and event.coded.event_type in JUDGES - {"REJECT"}:
        end = aside.start()
    judged = _AS.search(report.text, start, end) if event.coded.event_type in JUDGES else None
    end = judged.start() if judged else end
    named = _first_other(report, mentions, start, end, acting)
    if named:
        yield named
        return
    for name in mentions.names:
        if name.kind == "agreement" and start <= name.start and name.end <= end:
            yield from _in_a_name(report, name, acting)
            return
    done_to = event.coded.event_type in _DONE_TO
    known = _known_thing(report, mentions, start, end, acting) if done_to else None
    if known:
        yield known
        return
    own = _OWN.search(report.text, event.coded.trigger.end - 1, end)
    owner = owner_of(mentions, own.start(), own[0]) if own else None
    if own and owner and is_country(owner.country) and owner.country not in acting:
        yield Participant(passage=passage_of(report, own.start(), own.end()), entity=owner)


def _known_thing(
    report: Report, mentions: Mentions, start: int, end: int, acting: Collection[str]
) -> Participant | None:
    """Whose "the jet" is that was called a Greek jet before."""
    for thing in _THING.finditer(report.text, start, end):
        called = re.compile(rf" (?:[\w-]+ ){{0,2}}{re.escape(thing[1])}s?\b")
        for mention in reversed([m for m in mentions.all if m.end <= thing.start()]):
            beside = mention.kind == "state" and called.match(report.text, mention.end)
            if beside and _other(mention, acting):
                return _participant(report, mention)
    return None


def _in_a_name(report: Report, name: Named, acting: Collection[str]) -> Iterator[Participant]:
    """The country that an agreement is called by ("the Iran nuclear deal")."""
    for word in re.finditer(r"[A-Z]\w+", report.text[name.start : name.end]):
        found = lookup(word[0])
        if found is None or found.kind not in {"state", "demonym"}:
            continue
        meant = entity(found.ids[0])
        if meant.country not in acting:
            start = name.start + word.start()
            passage = passage_of(report, start, start + len(word[0]))
            yield Participant(passage=passage, entity=meant)
            return


def _provoker(
    report: Report, event: Event, mentions: Mentions, acting: Collection[str]
) -> Iterator[Participant]:
    """Whose act it answers: "put its navy on alert after Turkey sent a ship"."""
    sentence = event.coded.sentence
    for match in _AFTER.finditer(report.text, event.coded.trigger.end, sentence.end):
        near = [m for m in mentions.all if match.end() <= m.start <= match.end() + 4]
        if near and _other(near[0], acting):
            yield _participant(report, near[0])
            return


def _subject_before(
    report: Report, event: Event, mentions: Mentions, acting: Collection[str]
) -> Iterator[Participant]:
    """ "Russia opened a bridge, a step that the EU condemned": whom the sentence tells first."""
    if is_relative(report, event):
        end = min(p.passage.start for p in event.actor)
        told = _first_other(report, mentions, event.coded.sentence.start, end, acting)
        yield from (told,) if told else ()


def _of_last_sentence(
    report: Report, event: Event, mentions: Mentions, acting: Collection[str]
) -> Iterator[Participant]:
    """ "Published a new map. Guyana called it a threat": "it" is the deed of who is told first."""
    if takes_up_it(report, event, _rest(report, event)[1]):
        _, last = (*mentions.before(event.coded.sentence.start, 2), (), ())[:2]
        told = next((m for m in last if not m.placed), None)
        if told is not None and _other(told, acting):
            yield _participant(report, told)


def _own_person(
    report: Report, event: Event, mentions: Mentions, acting: Collection[str]
) -> Iterator[Participant]:
    """ "Blames his predecessor, Barack Obama": a person of one's own country is meant."""
    start, taken = event.coded.trigger.end, {p.passage.start for p in event.actor}
    stop = _SENTENCE.search(report.text, start)
    end = min(stop.start() if stop else len(report.text), start + _NEAR_OBJECT)
    for mention in mentions.all:
        inside = start <= mention.start and mention.end <= end and mention.start not in taken
        if inside and mention.kind == "person":
            if mention.entity.country in acting:
                yield _participant(report, mention)
            return


def _companion(
    report: Report, event: Event, mentions: Mentions, acting: Collection[str]
) -> Iterator[Participant]:
    """Whom one meets, behind a "with" in the same clause."""
    start, end = _rest(report, event)
    beside = _WITH.search(report.text, start, end)
    if beside:
        met = _first_other(report, mentions, beside.end(), end, acting)
        yield from (met,) if met else ()


def _first_other(
    report: Report, mentions: Mentions, start: int, end: int, acting: Collection[str]
) -> Participant | None:
    """The first who is named from ``start`` to ``end`` and is of none of the acting countries."""
    found = (m for m in mentions.all if start <= m.start and m.end <= end and _other(m, acting))
    return next((_participant(report, mention) for mention in found), None)


def _other(mention: Mention, acting: Collection[str]) -> bool:
    country = mention.entity.country
    return bool(country) and country not in acting and not mention.placed


def _participant(report: Report, mention: Mention) -> Participant:
    return Participant(
        passage=passage_of(report, mention.start, mention.end), entity=mention.entity
    )

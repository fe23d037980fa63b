"""What the clause of an act says after its verb, of those whom it may be towards."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from detente.gazetteer.actors import entity
from detente.gazetteer.names import Named, lookup
from detente.records import Event, Participant, Report, passage_of
from detente.resolve.actor_groups import is_country
from detente.resolve.actor_mentions import Mention, Mentions
from detente.resolve.actor_reference import owner_of
from detente.resolve.exchanges import (
    JUDGES,
    doer_with,
    is_relative,
    takes_up_it,
)

#: Acts on somebody whom the object names ("interfered in the American election").
DONE_TO = frozenset({"COERCE", "ASSAULT", "AID"})
_CLAUSE_END = re.compile(
    r"[.;:!?\n]|,|\b(?:that|which|who|because|when|after|before|while|but|and|if|as|until)\b"
)
_WITH = re.compile(r"\bwith\b", re.I)
_AFTER = re.compile(r"\b(?:after|because|when|as|over)\s")
_THING = re.compile(r"\bthe (?:[a-z-]+ )?(\w[\w-]{2,})\b")
_IF = re.compile(r"\b(?:if|unless|should) (?:the|those|these) (\w+)")
_OWN = re.compile(r"\b(?:his|her|its|their)\b", re.I)
#: How far what is named after an act may stand (characters).
_REACH = 90
_SENTENCE = re.compile(r"[.;!?\n]")
_NEAR_OBJECT = 40
#: "As an outrageous violation of …": what it is called, not whose it is.
_AS = re.compile(r"\bas (?:an?|the)\b")
#: Company, time and place do not tell whose deed it is ("condemned it in a statement with …").
_ASIDE = re.compile(r"\b(?:with|alongside|during|at|in|on|against|upon)\b")
_TO = re.compile(r"\b(?:to|before|with) (?:the )?$")


def rest_of_clause(report: Report, event: Event) -> tuple[int, int]:
    """From the trigger's first word to the end of its clause."""
    start, end = event.coded.trigger.start, event.coded.trigger.end
    limit = min(end + _REACH, len(report.text))
    bound = _CLAUSE_END.search(report.text, end, limit)
    return start, bound.start() if bound else limit


def named_after(
    report: Report, event: Event, mentions: Mentions, acting: Collection[str]
) -> Iterator[Participant]:
    """A country or person within the object: "Washington's decision", "his proposal"."""
    start, end = rest_of_clause(report, event)
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
    done_to = event.coded.event_type in DONE_TO
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
                return participant_of(report, mention)
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


def provoker(
    report: Report, event: Event, mentions: Mentions, acting: Collection[str]
) -> Iterator[Participant]:
    """Whose act it answers: "put its navy on alert after Turkey sent a ship"."""
    sentence = event.coded.sentence
    for match in _AFTER.finditer(report.text, event.coded.trigger.end, sentence.end):
        near = [m for m in mentions.all if match.end() <= m.start <= match.end() + 4]
        if near and _other(near[0], acting):
            yield participant_of(report, near[0])
            return


def feared(
    report: Report, event: Event, before: Sequence[Event], acting: Collection[str]
) -> tuple[Participant, ...]:
    """Whose thing a threat depends on: "threatened to respond if the ship arrives"."""
    sentence = event.coded.sentence
    condition = _IF.search(report.text, event.coded.trigger.end, sentence.end)
    return doer_with(condition[1], before, acting) if condition else ()


def subject_before(
    report: Report, event: Event, mentions: Mentions, acting: Collection[str]
) -> Iterator[Participant]:
    """ "Russia opened a bridge, a step that the EU condemned": whom the sentence tells first."""
    if is_relative(report, event):
        end = min(p.passage.start for p in event.actor)
        told = _first_other(report, mentions, event.coded.sentence.start, end, acting)
        yield from (told,) if told else ()


def of_last_sentence(
    report: Report, event: Event, mentions: Mentions, acting: Collection[str]
) -> Iterator[Participant]:
    """ "Published a new map. Guyana called it a threat": "it" is the deed of who is told first."""
    if takes_up_it(report, event, rest_of_clause(report, event)[1]):
        _, last = (*mentions.before(event.coded.sentence.start, 2), (), ())[:2]
        told = next((m for m in last if not m.placed), None)
        if told is not None and _other(told, acting):
            yield participant_of(report, told)


def own_person(
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
                yield participant_of(report, mention)
            return


def companion(
    report: Report, event: Event, mentions: Mentions, acting: Collection[str]
) -> Iterator[Participant]:
    """Whom one meets, behind a "with" in the same clause."""
    start, end = rest_of_clause(report, event)
    beside = _WITH.search(report.text, start, end)
    if beside:
        met = _first_other(report, mentions, beside.end(), end, acting)
        yield from (met,) if met else ()


def _first_other(
    report: Report, mentions: Mentions, start: int, end: int, acting: Collection[str]
) -> Participant | None:
    """The first who is named from ``start`` to ``end`` and is of none of the acting countries."""
    found = (m for m in mentions.all if start <= m.start and m.end <= end and _other(m, acting))
    return next((participant_of(report, mention) for mention in found), None)


def _other(mention: Mention, acting: Collection[str]) -> bool:
    country = mention.entity.country
    return bool(country) and country not in acting and not mention.placed


def participant_of(report: Report, mention: Mention) -> Participant:
    """Who is mentioned, with the words that name them there."""
    return Participant(
        passage=passage_of(report, mention.start, mention.end), entity=mention.entity
    )


def is_told_to_body(report: Report, event: Event) -> bool:
    """ "Complained to the World Trade Organization": it hears the complaint, of another."""
    if event.coded.event_type != "ACCUSE" or not event.recipient:
        return False
    return all(
        p.entity.country == "IGO" and _TO.search(report.text[: p.passage.start][-8:])
        for p in event.recipient
    )

"""What kind of occurrence a mention tells of: under which heading tellings of it may meet.

Mostly the type of the act. But one occurrence is coded under several types as its life goes on
and as words differ: a meeting is agreed on, called off and held; a treaty is left by sanction,
rejection or retreat; a law is signed and thereby does what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from detente.records import Event
from detente.resolve.incidents_words import heads, kin_acts

#: Statuses that speak of what is not (yet) so: the occurrence is then the act itself.
UNREALISED = frozenset({"planned", "threatened", "hypothetical", "negated", "denied"})
#: Words, not deeds: one person's utterance is not another's, even of the same government.
SPOKEN = frozenset({"SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE", "AGREE"})
#: The kin groups of meetings, of leaving, of calling off and putting off, of signing.
_MEET, _LEAVE, _OFF, _SIGN = "meet", "leave", frozenset({"cancel", "postpone"}), "sign"
#: A withdrawal from an agreement, whatever type it is coded under.
WITHDRAWAL = "WITHDRAWAL"
_LEAVING = frozenset({"SANCTION", "REJECT", "RETREAT", "CONCEDE", "THREATEN"})
_MEETING = frozenset({"CONSULT", "AGREE", "REJECT"})
_OBJECT_ENDS = re.compile(r"[,;:.]|\b(?:because|after|over|when|while|and|but|which|who)\b")
#: "A decree that suspends …", "the act, which tightens …".
_TO_IT = re.compile(r" (?:to|on) (?:it|this|that)\b")
_LAW = re.compile(r"\b(?:decree|law|bill|order|act|proclamation|directive)\b", re.I)
_ENACTS = re.compile(rf"{_LAW.pattern}[^.;:]*\b(?:that|which|to|\w+ing)\b", re.I)


def act_of(event: Event) -> str:
    """The type of the occurrence: what is planned or threatened, else the event's own type.

    To agree on a meeting and to call one off are moments of that meeting's life; so is the promise
    of a release a moment of the release's.
    """
    coded = event.coded
    if calls_off(event):
        return "CONSULT"
    if coded.event_type == "AGREE" and coded.act == "AGREE":
        about = sorted(kin_acts()[h] for h in heads(coded.trigger.text) & kin_acts().keys())
        if about:
            return about[0]
    return coded.act if coded.status in UNREALISED else coded.event_type


def calls_off(event: Event) -> bool:
    """Whether it refuses, cancels or puts off a meeting.

    PLOVER codes that as REJECT, mode ``meet`` (manual, section REJECT); where the mode is open, the
    object tells ("called off a visit to Moscow").
    """
    coded = event.coded
    if coded.event_type != "REJECT":
        return False
    if coded.mode == "meet":
        return True
    return bool(heads(coded.trigger.text) & _OFF) and _MEET in heads(_object(event))


def _object(event: Event) -> str:
    """The trigger and what follows it in its clause."""
    trigger, sentence = event.coded.trigger, event.coded.sentence
    rest = sentence.text[max(0, trigger.end - sentence.start) :]
    bound = _OBJECT_ENDS.search(rest)
    return f"{trigger.text} {rest[: bound.start()] if bound else rest}"


def kind_of(event: Event) -> str:
    """The heading under which tellings of one occurrence meet, on its own words."""
    coded, act = event.coded, act_of(event)
    leaves = event.agreement is not None and _LEAVE in heads(coded.trigger.text)
    return WITHDRAWAL if act in _LEAVING and (leaves or coded.mode == "withdraw") else act


def told_as(event: Event) -> frozenset[str]:
    """The types under which other tellings of the same occurrence may be coded."""
    kind = kind_of(event)
    if kind == WITHDRAWAL:
        return _LEAVING
    return _MEETING if kind == "CONSULT" else frozenset({kind})


def kinds_of(events: Iterable[Event]) -> Mapping[str, str]:
    """Each event's kind, by id, read beside the others of its report."""
    by_report: dict[str, list[Event]] = {}
    for event in events:
        by_report.setdefault(event.coded.sentence.report, []).append(event)
    return {
        event.id: _enacted(event, beside)
        or _taken_up(event, beside)
        or _leaves_with(event, beside)
        or kind_of(event)
        for beside in by_report.values()
        for event in beside
    }


def abouts_of(events: Iterable[Event]) -> Mapping[str, frozenset[str]]:
    """What each utterance is about, by id: the kin of the act that its sentence tells after it.

    "Accused Russia of violating the treaty" and "accused it of the attack" are two accusations.
    """
    by_sentence: dict[tuple[str, int], list[Event]] = {}
    for event in events:
        sentence = event.coded.sentence
        by_sentence.setdefault((sentence.report, sentence.start), []).append(event)
    return {event.id: _about(event, beside) for beside in by_sentence.values() for event in beside}


def _about(event: Event, beside: Sequence[Event]) -> frozenset[str]:
    if event.coded.event_type not in SPOKEN:
        return frozenset()
    end = event.coded.trigger.end
    later = [e for e in beside if e.coded.trigger.start >= end and e.coded.status != "done"]
    first = min(later, key=lambda e: e.coded.trigger.start, default=None)
    return heads(first.coded.trigger.text) if first else frozenset()


def _enacted(event: Event, beside: Sequence[Event]) -> str:
    """The kind of what a signature puts into force, else "".

    "Signed a decree that suspends …" tells it; other signatures of a law by the same hand in the
    same report are the same one.
    """
    if not _signs_law(event):
        return ""
    for signature in (event, *(e for e in beside if _signs_law(e) and _same_actor(event, e))):
        for other in beside:
            if _puts_into_force(signature, other):
                return kind_of(other)
    return ""


def _taken_up(event: Event, beside: Sequence[Event]) -> str:
    """The kind of what "it" stands for: "called off the meeting, a day after it agreed to it"."""
    coded = event.coded
    rest = coded.sentence.text[max(0, coded.trigger.end - coded.sentence.start) :]
    if coded.event_type != "AGREE" or not _TO_IT.match(rest):
        return ""
    earlier = [
        e
        for e in beside
        if e.coded.sentence == coded.sentence and e.coded.trigger.end <= coded.trigger.start
    ]
    return kind_of(earlier[-1]) if earlier else ""


def _leaves_with(event: Event, beside: Sequence[Event]) -> str:
    """ "Will suspend the treaty and begin a withdrawal": its sentence names the agreement."""
    if act_of(event) not in _LEAVING or _LEAVE not in heads(event.coded.trigger.text):
        return ""
    sentence = event.coded.sentence
    return WITHDRAWAL if any(e.agreement and e.coded.sentence == sentence for e in beside) else ""


def _signs_law(event: Event) -> bool:
    coded = event.coded
    told = coded.status not in UNREALISED and _SIGN in heads(coded.trigger.text)
    return told and _LAW.search(coded.sentence.text) is not None


def _puts_into_force(signature: Event, other: Event) -> bool:
    first, second = signature.coded, other.coded
    if first.sentence != second.sentence or second.trigger.start <= first.trigger.start:
        return False
    start = first.sentence.start
    between = first.sentence.text[first.trigger.start - start : second.trigger.start - start]
    return _ENACTS.search(between) is not None and _same_actor(signature, other)


def _same_actor(event: Event, other: Event) -> bool:
    first = {p.entity.country or p.entity.id for p in event.actor}
    second = {p.entity.country or p.entity.id for p in other.actor}
    return not second or bool(first & second)

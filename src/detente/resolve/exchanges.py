"""Whose act another takes up or answers, from what the report told before.

Abstract anaphora, in small (Dipper & Zinsmeister 2010): "rejected the demand" is towards whoever
made it; an answer is towards whoever acted last on the one who answers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from detente.errors import TableError
from detente.ontology.plover import event_types
from detente.ontology.table import listed, packaged, rows
from detente.records import Event, Participant, Report
from detente.resolve.incidents_words import heads

COLUMNS = ("noun", "types")
ANY = "*"
#: Acts that judge another's.
JUDGES = frozenset({"ACCUSE", "REJECT", "SUPPORT"})
IT = re.compile(r"\s*(?:it|this|that|them)\b", re.I)
#: "Called it a threat": the pronoun stands within the words of the act.
_HELD = re.compile(r"\w (?:it|this)\b", re.I)
_TAKES_UP = re.compile(
    r"\b(?:the|this|that|these|those|such|any|all)\s+(?:[a-z-]+\s+){0,2}?([a-z-]+?)s?\b", re.I
)
#: Acts against somebody.
_AGAINST = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SANCTION"})
#: What opens an object relative clause, right before its subject.
_RELATIVE = re.compile(r"(?:, which|\b(?:an?|the) [a-z]+ (?:that|which)) (?:the )?$")
#: Acts that several do in turn against one.
_JOINED = frozenset({"ACCUSE", "SANCTION"})
_CHARGE = re.compile(r"\b(?:charge|accusation|allegation|claim)s?\b")
_SIGN = "sign"
#: How far back the exchange that an act answers may stand (characters).
_BACK = 400
#: Letters of a word that tells a thing.
_TELLING = 4
#: White space between two sentences (characters).
_GAP = 4


def taken_up(
    report: Report, event: Event, end: int, before: Sequence[Event], acting: Collection[str]
) -> tuple[Participant, ...]:
    """Who did the deed that the object takes up.

    Args:
        report: where it stands.
        event: an act without a recipient.
        end: where its clause ends.
        before: the events told before it.
        acting: the countries that act.
    """
    start = event.coded.trigger.start
    if takes_up_it(report, event, end) and before and follows(event, before[-1]):
        return _of_judged(before[-1], acting)
    for match in _TAKES_UP.finditer(report.text, start, end):
        types = deeds().get(match[1].lower())
        if types is None and (found := doer_with(match[1], before, acting)):
            return found
        if types is None or (event.agreement and "AGREE" in types):
            continue
        for earlier in reversed(before):
            found = _doers_of(earlier, types, acting)
            if found:
                return found
    return ()


def doer_with(
    thing: str, before: Sequence[Event], acting: Collection[str]
) -> tuple[Participant, ...]:
    """Who did something with a thing told again: "the ship" of who "sends a warship"."""
    if len(thing) < _TELLING:
        return ()
    word = re.compile(rf"{re.escape(thing)}s?\b", re.I)
    for earlier in reversed(before):
        if word.search(earlier.coded.trigger.text):
            return _not_acting(earlier.actor, acting)
    return ()


def _doers_of(earlier: Event, types: Set[str], acting: Collection[str]) -> tuple[Participant, ...]:
    """Who did what a noun takes up, if an earlier act is of its types and another's.

    What one side has asked for before is the other's decision.
    """
    if ANY not in types:
        fits = {earlier.coded.event_type, earlier.coded.act} & types
        states = [p for p in earlier.actor if "BUS" not in p.entity.sectors]
        return _not_acting(states, acting) if fits else ()
    if earlier.coded.event_type == "REQUEST" and countries(earlier.actor) & set(acting):
        return _not_acting(earlier.recipient, acting)
    return _of_judged(earlier, acting) if _not_acting(earlier.actor, acting) else ()


def takes_up_it(report: Report, event: Event, end: int) -> bool:
    """Whether a pronoun for a deed is an act's object: "rejected it", "called it a threat".

    Args:
        report: where it stands.
        event: the act.
        end: where its clause ends ("complained that" has no object).
    """
    trigger = event.coded.trigger
    behind = IT.match(report.text[trigger.end : end]) is not None
    return behind or (event.coded.event_type in JUDGES and _HELD.search(trigger.text) is not None)


def follows(event: Event, earlier: Event) -> bool:
    """Whether an act is told in the sentence of an earlier one, or in the next."""
    return event.coded.sentence.start - earlier.coded.sentence.end <= _GAP


def charges(earlier: Event, event: Event) -> bool:
    """Whether an earlier act may be the charge that another denies: an accusation, or beside it.

    "The charge" was made, whatever its report was coded as.
    """
    if earlier.coded.event_type == "ACCUSE" or _beside(earlier, event):
        return True
    return _CHARGE.search(event.coded.trigger.text) is not None and follows(event, earlier)


def _of_judged(earlier: Event, acting: Collection[str]) -> tuple[Participant, ...]:
    """Whose deed "it" is: the doer's; where one was judged before, the judged one's."""
    judged = earlier.coded.event_type in JUDGES
    return _not_acting(earlier.recipient if judged else earlier.actor, acting)


def of_exchange(event: Event, before: Sequence[Event], acting: Set[str]) -> tuple[Participant, ...]:
    """Who acted on the actor just before, else the other side of the exchange told before."""
    if len(acting) != 1:
        return ()
    start = event.coded.trigger.start
    near = [e for e in reversed(before) if start - e.coded.trigger.end <= _BACK]
    here = (_with_one(e, acting) for e in near if _beside(e, event))
    answered = (
        _not_acting(e.actor, acting)
        for e in near
        if acting == countries(e.recipient) and _provokes(e, event)
    )
    hostile = (_with_one(e, acting) for e in near if e.coded.event_type in _AGAINST)
    exchanged = (_with_one(e, acting) for e in near)
    found = (*here, *answered, *hostile, *exchanged)
    return next((others[:1] for others in found if others), ())


def _provokes(earlier: Event, event: Event) -> bool:
    """Whether an act may be answered by another: a mere request is not by sanctions or threats."""
    asked = earlier.coded.event_type in {"REQUEST", "SUPPORT", "AGREE", "CONSULT"}
    return not (asked and event.coded.event_type in {"SANCTION", "THREATEN", "ACCUSE"})


def same_subject(event: Event, before: Sequence[Event]) -> tuple[Participant, ...]:
    """Whom the same subject acted against just before: "cut ties with Qatar and closed its …"."""
    actors = {p.passage for p in event.actor}
    for earlier in reversed(before):
        if not _beside(earlier, event):
            return ()
        against = _not_acting(earlier.recipient, countries(event.actor))
        if against and actors == {p.passage for p in earlier.actor} and _is_hostile(earlier):
            return against
    return ()


def _beside(earlier: Event, event: Event) -> bool:
    """Whether two events stand in one sentence, wherever a byline parts it."""
    first, second = earlier.coded.sentence, event.coded.sentence
    return first.start < second.end and second.start < first.end


def _is_hostile(event: Event) -> bool:
    return event.coded.event_type in _AGAINST | {"COERCE", "ASSAULT"}


def joined_in(event: Event, before: Sequence[Event], acting: Set[str]) -> tuple[Participant, ...]:
    """Against whom another acted in the same sentence: "Cairo accused it, and Khartoum complained".

    So complaints are joined in; sanctions also where the sentence before tells the other's.
    """
    kind = event.coded.event_type
    if kind not in _JOINED or any("BUS" in p.entity.sectors for p in event.actor):
        return ()
    for earlier in reversed(before):
        if not (_beside(earlier, event) or (kind == "SANCTION" and follows(event, earlier))):
            return ()
        against = _not_acting(earlier.recipient, acting)
        same = kind == "ACCUSE" or earlier.coded.event_type in {"SANCTION", "COERCE"}
        if _is_hostile(earlier) and same and against and not acting & countries(against):
            return against
    return ()


def told_of(
    report: Report, event: Event, before: Sequence[Event], acting: Set[str]
) -> tuple[Participant, ...]:
    """Whose deed a relative clause takes up: "an allegation that Ankara rejected".

    Args:
        report: where it stands.
        event: the act of the relative clause.
        before: the events told before it.
        acting: the countries that act.
    """
    if not is_relative(report, event):
        return ()
    here = [e for e in reversed(before) if _beside(e, event)]
    found = (_not_acting(e.actor, acting) for e in here)
    return next((others for others in found if others), ())


def is_relative(report: Report, event: Event) -> bool:
    """Whether the act's clause takes up what stands before it: "a step that … condemned".

    What was signed is no deed of another.
    """
    if _SIGN in heads(event.coded.trigger.text):
        return False
    first = min((p.passage.start for p in event.actor), default=0)
    sentence = event.coded.sentence
    if not sentence.start < first < event.coded.trigger.end:
        return False
    return _RELATIVE.search(report.text, sentence.start, first) is not None


def _with_one(earlier: Event, acting: Set[str]) -> tuple[Participant, ...]:
    """The one other state of an earlier act; a body that states meet in is no side of it."""
    parties = (*earlier.actor, *earlier.recipient)
    others = countries(parties) - acting - {"IGO"}
    if not countries(parties) & acting or len(others) != 1:
        return ()
    return tuple(p for p in parties if p.entity.country in others)


def countries(parties: Iterable[Participant]) -> set[str]:
    """The countries of parties; those without one have none."""
    return {p.entity.country for p in parties if p.entity.country}


def _not_acting(parties: Sequence[Participant], acting: Collection[str]) -> tuple[Participant, ...]:
    return tuple(p for p in parties if p.entity.country and p.entity.country not in acting)


def read_deeds(table: Traversable | Path) -> Mapping[str, frozenset[str]]:
    """The types of event that each noun may take up.

    Raises:
        TableError: for an unknown type, or a noun given twice.
    """
    found: dict[str, frozenset[str]] = {}
    for line, row in rows(table, COLUMNS):
        types = frozenset(listed(row["types"]))
        unknown = sorted(types - set(event_types()) - {ANY})
        if unknown or not types:
            raise TableError(str(table), line, f"unknown type {', '.join(unknown)!r}")
        if row["noun"] in found:
            raise TableError(str(table), line, f"{row['noun']!r} is given twice")
        found[row["noun"]] = types
    return MappingProxyType(found)


@cache
def deeds() -> Mapping[str, frozenset[str]]:
    """The shipped table of nouns that take up deeds."""
    return read_deeds(packaged("detente.resolve", "deed_nouns.csv"))

"""A mention as merging looks at it: worked out once, compared often."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from detente.gazetteer.actor_catalogue import catalogue
from detente.records import Event, Participant
from detente.resolve.incidents_kind import UNREALISED, act_of, kind_of
from detente.resolve.incidents_words import heads, stems

#: News without a stated date tells of at most so many days before its publication.
_FRESH = timedelta(days=21)
_SLACK = timedelta(days=1)
_AHEAD = timedelta(days=100)
_PLANS = frozenset({"planned", "threatened"})
#: About a year: a plan without a date lies within it, a fresh claim reaches back so far.
_YEAR = timedelta(days=400)
#: Who is of a country and not of its government's side.
_NOT_THE_STATE = frozenset({"REB", "OPP", "CRM"})
#: What stands before a noun that tells an act ("gave the seizure of", "Russia's recent attack").
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:the|a|an|its|his|her|their|over|of|for|after|before|since)|['’]s)"
    r"\s(?:[\w-]+\s){0,2}$",
    re.I,
)
_NEAR_NOUN = 30
#: Verbs that lend a noun their subject ("Russia launched an attack").
_LENDING = re.compile(
    r"\b(?:ma[dk]e|makes|making|pa(?:y|ys|id)|held|hold|holds|launch\w*|carr(?:y|ied|ies) out"
    r"|start\w*|beg[aiu]n\w*|conduct\w*|order\w*|order|impose\w*|announc\w*|plan\w*|took|take\w*"
    r"|call\w*|ha[ds]|have|led|stag\w*|mount\w*|put|sign\w*)\b",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What of a mention is compared.

    ``act`` is its kind of occurrence; ``doers`` and ``others`` are countries (or ids of what has
    none); ``people`` ids of persons; ``earliest`` … ``latest`` when it was, ``stated`` if told;
    ``moment`` the type of the moment in a meeting's life that the date tells, if it tells no more
    ("called off on Friday"); ``about`` the kin of what an utterance speaks of.
    """

    event: Event
    act: str
    heads: frozenset[str]
    words: Counter[str]
    doers: frozenset[str]
    others: frozenset[str]
    people: frozenset[str]
    earliest: date | None
    latest: date | None
    stated: bool
    moment: str = ""
    about: frozenset[str] = frozenset()

    @property
    def parties(self) -> frozenset[str]:
        """Countries (or ids of what has none) on either side."""
        return self.doers | self.others

    @property
    def realised(self) -> bool:
        """Whether it is told as having happened, or claimed to have."""
        coded = self.event.coded
        return coded.status not in UNREALISED and act_of(self.event) == coded.event_type

    @property
    def headline(self) -> bool:
        """Whether it stands in a headline: a line without a full stop."""
        return self.event.coded.sentence.text.rstrip()[-1:] not in {".", "!", "?", "”", '"', "’"}


def telling(event: Event, kind: str = "", about: frozenset[str] = frozenset()) -> Telling:
    """A mention made ready for comparison.

    Args:
        event: the mention.
        kind: what kind of occurrence it tells of, where its sentence tells more than its own words.
        about: what an utterance speaks of.
    """
    coded = event.coded
    named = [*event.actor, *event.recipient]
    taken = {s for p in named for s in stems(p.passage.text)}
    earliest, latest, stated = _span(event)
    return Telling(
        event=event,
        act=kind or kind_of(event),
        heads=heads(coded.trigger.text),
        words=Counter(s for s in stems(coded.sentence.text) if s not in taken),
        doers=sides(p for p in event.actor if not _borrowed(event, p)),
        others=sides(p for p in event.recipient if _in_sentence(event, p)),
        people=frozenset(p.entity.id for p in named if is_person(p)),
        earliest=earliest,
        latest=latest,
        stated=stated,
        moment=_moment(event),
        about=about,
    )


def _moment(event: Event) -> str:
    coded, when, reported = event.coded, event.when, event.reported
    life = act_of(event) != coded.event_type or coded.event_type == "AGREE"
    if not life or when.latest is None or reported is None or when.latest > reported.date():
        return ""
    planned = coded.status == "planned" and when.basis == "publication"
    return "" if planned else coded.event_type


def _told_before(event: Event) -> bool:
    """Whether its date is stated and not later than the report: no date of what lies ahead."""
    when, reported = event.when, event.reported
    if when.basis == "publication" or when.latest is None or reported is None:
        return False
    return when.latest <= reported.date()


def _span(event: Event) -> tuple[date | None, date | None, bool]:
    """From when to when it can have been, and whether the text says so.

    News without a date is fresh; what is claimed or recalled was before it was told; what lies
    ahead is not far off.
    """
    when, coded = event.when, event.coded
    if coded.status in _PLANS and _told_before(event) and when.earliest and not _moment(event):
        return when.earliest, _later(when.earliest, _YEAR), False
    if when.basis != "publication" and when.earliest is not None:
        return when.earliest, when.latest or _later(when.earliest, _YEAR), True
    if event.reported is None:
        return when.earliest, when.latest, False
    published = event.reported.date()
    if "historical" in coded.auxiliary:
        return None, published + _SLACK, False
    if coded.status in ("alleged", "denied"):
        return published - _YEAR, published + _SLACK, False
    ahead = _SLACK if coded.status == "done" else _AHEAD
    return published - _FRESH, published + ahead, False


def _later(day: date, by: timedelta) -> date:
    return min(day, date.max - by) + by


def _in_sentence(event: Event, participant: Participant) -> bool:
    """Whether the sentence itself names it: whom another sentence lends is but a guess."""
    sentence = event.coded.sentence
    return sentence.start <= participant.passage.start < sentence.end


def sides(participants: Iterable[Participant]) -> frozenset[str]:
    """Countries of participants, or the ids of bodies that are of none.

    A role without a country ("the ministers") may be anyone's and tells nothing.
    """
    return frozenset(_side(p) for p in participants) - {""}


def _side(participant: Participant) -> str:
    entity = participant.entity
    if entity.id in catalogue().bodies or entity.country in ("IGO", "NGO"):
        return entity.id
    apart = entity.country and _NOT_THE_STATE & set(entity.sectors)
    return f"not {entity.country}" if apart else entity.country


def is_person(participant: Participant) -> bool:
    """A person by name: "the president" (``USA-president``) may be anyone of that country."""
    entity = participant.entity
    generic = entity.country and entity.id.startswith(entity.country)
    return bool(entity.office) and not generic and entity.count is None


def _borrowed(event: Event, actor: Participant) -> bool:
    """Whether a noun tells the act and its actor is only the subject of another verb.

    "Trump gave the seizure of the ships as the reason": the seizure may be anyone's.
    """
    trigger, sentence = event.coded.trigger, event.coded.sentence
    between = sentence.text[actor.passage.end - sentence.start : trigger.start - sentence.start]
    own = actor.passage.start >= trigger.start or between.startswith(("'s", "’s"))
    if own or actor.passage.start < sentence.start or not _NOUN_BEFORE.search(between):
        return False
    return len(between) > _NEAR_NOUN or not _LENDING.search(between)

"""Towards whom an act was, where the clause itself does not say.

"Turkey rejected the demand" is towards whoever made it; "welcomed the American withdrawal" towards
America; "held talks by telephone with Zarif" also Zarif's. What a clause leaves open is taken from
the words that take up an earlier deed (abstract anaphora, in small: Dipper & Zinsmeister 2010), or
from the last exchange told in the same paragraph. ``Event.coded`` keeps what the clause says itself
(the participants added here point at the words that name them, wherever these stand).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from detente.errors import TableError
from detente.gazetteer.actors import entity
from detente.gazetteer.names import Named, lookup
from detente.ontology.plover import event_types
from detente.ontology.table import listed, packaged, rows
from detente.records import Event, Participant, Report, passage_of
from detente.resolve.actor_groups import is_country
from detente.resolve.actor_mentions import Mention, Mentions
from detente.resolve.actor_reference import owner_of

COLUMNS = ("noun", "types")
ANY = "*"
#: Acts that are always towards somebody.
_DIRECTED = frozenset({"ACCUSE", "REJECT", "REQUEST", "SANCTION", "SUPPORT", "THREATEN"})
#: Those whose other side may be taken from the exchange that they are part of.
_ANSWERS = frozenset({"ACCUSE", "REJECT", "SANCTION", "THREATEN", "REQUEST", "RETREAT", "CONCEDE"})
#: Acts that answer what others did.
_RESPONSES = frozenset({"MOBILIZE", "PROTEST"})
_MEETS = frozenset({"CONSULT"})
_JUDGES = frozenset({"ACCUSE", "REJECT", "SUPPORT"})
_CLAUSE_END = re.compile(
    r"[.;:!?\n]|,|\b(?:that|which|who|because|when|after|before|while|but|and|if|as|until)\b"
)
_TAKES_UP = re.compile(
    r"\b(?:the|this|that|these|those|such|any|all)\s+(?:[a-z-]+\s+){0,2}?([a-z-]+?)s?\b", re.I
)
_IT = re.compile(r"\s*(?:it|this|that|them)\b", re.I)
_WITH = re.compile(r"\bwith\b", re.I)
_AFTER = re.compile(r"\b(?:after|because|when|as|over)\s")
_OWN = re.compile(r"\b(?:his|her|its|their)\b", re.I)
#: How far what is named after an act, and the exchange it answers, may stand (characters).
_REACH, _BACK = 90, 400
#: Company, time and place do not tell whose deed it is ("condemned it in a statement with …").
_ASIDE = re.compile(r"\b(?:with|alongside|during|at|in|on|against|upon)\b")


def completed(report: Report, events: Sequence[Event], mentions: Mentions) -> tuple[Event, ...]:
    """The events of a report, each with the other party that its clause leaves open.

    Args:
        report: where they stand.
        events: resolved, in the order of the text.
        mentions: of the same report.
    """
    done: list[Event] = []
    for event in events:
        told = _not_to_itself(event)
        found = tuple(_other_side(report, told, mentions, done))
        done.append(_with(told, found) if found else told)
    return tuple(done)


def _with(event: Event, found: tuple[Participant, ...]) -> Event:
    if event.coded.act in _MEETS:
        return replace(event, actor=tuple(dict.fromkeys((*event.actor, *found))))
    kept = () if event.coded.event_type in _JUDGES else event.recipient
    return replace(event, recipient=tuple(dict.fromkeys((*kept, *found))))


def _other_side(
    report: Report, event: Event, mentions: Mentions, before: Sequence[Event]
) -> Iterator[Participant]:
    acting = {p.entity.country for p in event.actor}
    if event.coded.act in _MEETS:
        if len({c for c in acting if c}) == 1 and not event.recipient:
            yield from _companion(report, event, mentions, acting)
        return
    if not any(acting) or not _open(report, event):
        return
    if event.coded.event_type in _RESPONSES:
        yield from _provoker(report, event, mentions, acting)
    if event.coded.event_type not in _DIRECTED | _ANSWERS:
        return
    found = (
        tuple(_named_after(report, event, mentions, acting))
        or _taken_up(report, event, before, acting)
        or tuple(_provoker(report, event, mentions, acting))
        or _of_exchange(event, before, acting)
    )
    yield from found


def _open(report: Report, event: Event) -> bool:
    """Whether nobody is named as recipient, or only by a pronoun for a deed."""
    if any(p.entity.country for p in event.recipient):
        pronoun = _IT.match(report.text, event.coded.trigger.end) is not None
        return pronoun and event.coded.event_type in _JUDGES
    return not any(p.entity.id for p in event.recipient)


def _not_to_itself(event: Event) -> Event:
    """A state does not act on itself: "Rouhani warned that Iran could …"."""
    acting = {p.entity.country for p in event.actor if p.entity.country}
    own_forces = event.coded.act == "MOBILIZE"
    kept = tuple(
        p
        for p in event.recipient
        if p.entity.country not in acting or not (own_forces or _is_state(p))
    )
    return event if len(kept) == len(event.recipient) else replace(event, recipient=kept)


def _is_state(participant: Participant) -> bool:
    return participant.entity.id == participant.entity.country


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
    if aside and event.coded.event_type in _JUDGES - {"REJECT"}:
        end = aside.start()
    for mention in mentions.all:
        if start <= mention.start and mention.end <= end and _other(mention, acting):
            yield _participant(report, mention)
            return
    for name in mentions.names:
        if name.kind == "agreement" and start <= name.start and name.end <= end:
            yield from _in_a_name(report, name, acting)
            return
    own = _OWN.search(report.text, event.coded.trigger.end - 1, end)
    owner = owner_of(mentions, own.start(), own[0]) if own else None
    if own and owner and is_country(owner.country) and owner.country not in acting:
        yield Participant(passage=passage_of(report, own.start(), own.end()), entity=owner)


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


def _companion(
    report: Report, event: Event, mentions: Mentions, acting: Collection[str]
) -> Iterator[Participant]:
    """Whom one meets, behind a "with" in the same clause."""
    start, end = _rest(report, event)
    beside = _WITH.search(report.text, start, end)
    if beside is None:
        return
    for mention in mentions.all:
        if beside.end() <= mention.start and mention.end <= end and _other(mention, acting):
            yield _participant(report, mention)
            return


def _other(mention: Mention, acting: Collection[str]) -> bool:
    country = mention.entity.country
    return bool(country) and country not in acting and not mention.placed


def _participant(report: Report, mention: Mention) -> Participant:
    return Participant(
        passage=passage_of(report, mention.start, mention.end), entity=mention.entity
    )


# ── what was told before ──────────────────────────────────────────────────────────────────────


def _taken_up(
    report: Report, event: Event, before: Sequence[Event], acting: Collection[str]
) -> tuple[Participant, ...]:
    """Who did the deed that the object takes up."""
    start, end = event.coded.trigger.start, _rest(report, event)[1]
    if _IT.match(report.text[event.coded.trigger.end : end]) and before:
        return _of_judged(before[-1], acting)
    for match in _TAKES_UP.finditer(report.text, start, end):
        types = deeds().get(match[1].lower())
        if types is None:
            continue
        for earlier in reversed(before):
            fits = ANY in types or {earlier.coded.event_type, earlier.coded.act} & types
            others = _not_acting(earlier.actor, acting)
            if fits and others:
                return _of_judged(earlier, acting) if ANY in types else others
    return ()


def _of_judged(earlier: Event, acting: Collection[str]) -> tuple[Participant, ...]:
    """Whose deed "it" is: the doer's; where one was judged before, the judged one's."""
    judged = earlier.coded.event_type in _JUDGES
    return _not_acting(earlier.recipient if judged else earlier.actor, acting)


def _of_exchange(
    event: Event, before: Sequence[Event], acting: Set[str]
) -> tuple[Participant, ...]:
    """Who acted on the actor just before, else the other side of the exchange told before."""
    if event.coded.event_type not in _ANSWERS or len(acting) != 1:
        return ()
    start = event.coded.trigger.start
    near = [e for e in reversed(before) if start - e.coded.trigger.end <= _BACK]
    answered = (_not_acting(e.actor, acting) for e in near if acting & _countries(e.recipient))
    exchanged = (_with_one(e, acting) for e in near)
    return next((found[:1] for found in (*answered, *exchanged) if found), ())


def _with_one(earlier: Event, acting: Set[str]) -> tuple[Participant, ...]:
    parties = (*earlier.actor, *earlier.recipient)
    countries = _countries(parties)
    one = bool(countries & acting) and len(countries - acting) == 1
    return _not_acting(parties, acting) if one else ()


def _countries(parties: Sequence[Participant]) -> set[str]:
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

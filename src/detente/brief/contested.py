"""Judgements on claims: what rests on one side's word, who denies it, what would settle it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.brief.confidence import Sources, listed, sources_of
from detente.brief.naming import owner
from detente.brief.reckoning import Judged
from detente.brief.rejoinders import (
    Rejoinder,
    accused_of,
    accuser_of,
    claimed_words,
    is_accusation,
    rejoinder,
    stems,
)
from detente.brief.statements import in_passing
from detente.ontology.plover import score
from detente.records import CitedSentence, Event, Incident, Report, SourceGrade
from detente.resolve.standing import touch_of

#: Claims judged at the most.
MOST_CLAIMS = 2
#: Acts done in the dark or far away, so that one can say them of another and be wrong. Sanctions,
#: expulsions, votes and speeches are public: that a side tells of them is no charge.
_DISPUTABLE = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
#: Acts of speech: that somebody demanded or accused is no charge either.
_SPEECH = frozenset({"REQUEST", "ACCUSE", "CONSULT"})
_ACCUSING = re.compile(r"\b(?:accus|alleg|blam|charg)\w*", re.I)
_BREACH = re.compile(r"\b(?:violat|breach|break|broke|flout)\w*", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """A charge, who makes it against whom, how it is answered, and who tells it how."""

    charge: Event
    accuser: str
    accused: str
    answer: Rejoinder
    claimed: Sources
    facts: Sources
    fact: Event | None


def claims_judged(
    incidents: Iterable[Incident],
    events: Mapping[str, Event],
    reports: Mapping[str, Report],
    told: Collection[str],
    grades: Sequence[SourceGrade] = (),
) -> Iterator[Judged]:
    """Judges how the charges stand that one side makes against another, the latest told first.

    Args:
        incidents: of the record.
        events: by id.
        reports: by id.
        told: ids of the incidents that the brief tells.
        grades: of the sources.
    """
    judged: set[tuple[str, str]] = set()
    for charge, mentions in _charges(incidents, events, told):
        key = (accuser_of(charge), accused_of(charge))
        if key not in judged and len(judged) < MOST_CLAIMS:
            judged.add(key)
            others = [e for e in events.values() if e.incident in told or e.coded.status == "done"]
            yield _judged(_claim(charge, mentions, others, reports, grades))


def _charges(
    incidents: Iterable[Incident], events: Mapping[str, Event], told: Collection[str]
) -> list[tuple[Event, list[Event]]]:
    """The charges among what is told, each with its mentions, the weightiest first."""
    found = []
    for incident in incidents if told else ():
        mentions = [events[e] for e in incident.events if e in events]
        charge = next((e for e in reversed(mentions) if _is_charge(e)), None)
        if charge and incident.id in told:
            found.append((charge, mentions))
    return sorted(found, key=lambda pair: _weighty(pair[0]), reverse=True)


def _weighty(charge: Event) -> tuple[bool, int, float, float]:
    """A charge whose content is coded first; then the later, then the graver act."""
    day = charge.reported.date().toordinal() if charge.reported else 0
    grave = abs(score(charge.coded.act, charge.coded.mode))
    return (not is_accusation(charge), day, grave, charge.coded.confidence)


def _is_charge(event: Event) -> bool:
    """Whether one side says that another did what can be doubted and is held against it."""
    accuser, accused, coded = accuser_of(event), accused_of(event), event.coded
    if not accuser or not accused or accuser == accused or coded.coder.name.startswith("noun"):
        return False
    if is_accusation(event):
        return not in_passing(event)
    if coded.status != "alleged" or coded.act in _SPEECH:
        return False
    before = coded.sentence.text[: coded.trigger.start - coded.sentence.start]
    breach = touch_of(coded) == "violated" or bool(_BREACH.search(coded.trigger.text))
    doubtful = (coded.act in _DISPUTABLE or breach) and not in_passing(event)
    return doubtful or bool(_ACCUSING.search(before))


def _claim(
    charge: Event,
    mentions: Sequence[Event],
    others: Sequence[Event],
    reports: Mapping[str, Report],
    grades: Sequence[SourceGrade],
) -> _Claim:
    as_fact = [e for e in mentions if _tells_as_fact(e, charge)]
    report = reports.get(charge.coded.sentence.report)
    return _Claim(
        charge=charge,
        accuser=accuser_of(charge),
        accused=accused_of(charge),
        answer=rejoinder(charge, mentions, others, report),
        claimed=sources_of([e for e in mentions if e not in as_fact], reports, grades),
        facts=sources_of(as_fact, reports, grades),
        fact=as_fact[-1] if as_fact else None,
    )


def _tells_as_fact(mention: Event, charge: Event) -> bool:
    """Whether an outlet itself says that the accused did what it is charged with."""
    own = mention.coded.status == "done" and mention.coded.vouched and not is_accusation(mention)
    same = (mention.coded.act, accused_of(mention)) == (charge.coded.act, accused_of(charge))
    return own and same and bool(stems(mention) & stems(charge))


def _judged(claim: _Claim) -> Judged:
    words = claimed_words(claim.charge)
    line = (
        f"On what {claim.accuser} says of {claim.accused} (“{words}”): told as a claim by "
        f"{listed(claim.claimed) or len(claim.claimed.outlets)}; told as fact by "
        f"{listed(claim.facts) or len(claim.facts.outlets)}; "
        f"{claim.answer.told or 'an answer was not read'}."
    )
    cited = (
        claim.charge.coded.sentence,
        *claim.answer.evidence,
        *((claim.fact.coded.sentence,) if claim.fact else ()),
    )
    drafts = tuple(
        CitedSentence(
            text=text,
            evidence=tuple(dict.fromkeys(cited)),
            events=(claim.charge.id,),
            paragraph=f"claim {claim.charge.incident}",
        )
        for text in _in_words(claim, words)
    )
    return Judged(line=line, drafts=drafts)


def _in_words(claim: _Claim, words: str) -> Iterator[str]:
    """How the charge stands, and what would change that."""
    charge = f"{owner(claim.accuser)} charge against {claim.accused} (“{words}”)"
    answer = claim.answer.told
    if claim.fact:
        by = listed(claim.facts) or "the report itself"
        told = claimed_words(claim.fact)
        quoted = "" if told == words else f", as “{told}”"
        yield _sentence(f"{charge} is also told as fact by {by}{quoted}", answer, "; ")
    else:
        alone = f"{charge} rests on one side's word: no outlet here tells it as fact"
        yield _sentence(alone, answer, ", and ")
    settle = (
        f"An admission by {claim.accused}"
        if claim.answer.is_denial
        else f"An answer from {claim.accused}"
    )
    yield _sentence(
        f"{settle}, a finding by a third party, or a retraction by {claim.accuser} would change "
        "this"
    )


def _sentence(text: str, more: str = "", between: str = "") -> str:
    return f"{text[:1].upper()}{text[1:]}{between + more if more else ''}."

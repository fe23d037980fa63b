"""Judgements on claims: what rests on one side's word, who denies it, what would settle it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from detente.brief.confidence import listed, sources_of
from detente.brief.naming import country_named
from detente.brief.reckoning import Judged
from detente.brief.wording import tidied
from detente.records import CitedSentence, CodedEvent, Event, Incident, Report, SourceGrade

#: Claims judged at the most.
MOST_CLAIMS = 2
#: Words of a claim that are quoted at the most.
MOST_WORDS = 14
_ENDS = re.compile(r"[,.](?!\d)|[;:!?”\"“(—–]|\s+(?:and|but|while|after|when|which|who)\s")
#: Acts of speech: that somebody demanded or accused is no charge.
_SPEECH = frozenset({"REQUEST", "ACCUSE", "CONSULT"})
#: Acts by which the accused answers, and how that is told.
_ANSWERS = {"REJECT": "rejects it", "ACCUSE": "accuses {accuser} in turn"}
#: The sentence after begins within so many characters.
NEXT_SENTENCE = 3
#: Sectors that speak for a state.
_OFFICIAL = frozenset({"GOV", "MIL", "DIP", "SPY", "LEG"})


def claims_judged(
    incidents: Iterable[Incident],
    events: Mapping[str, Event],
    reports: Mapping[str, Report],
    told: Collection[str],
    grades: Sequence[SourceGrade] = (),
) -> Iterator[Judged]:
    """Judges how the charges stand that one state makes against another, the latest told first.

    Args:
        incidents: of the record.
        events: by id.
        reports: by id.
        told: ids of the incidents that the brief tells.
        grades: of the sources.
    """
    charges = []
    for incident in incidents:
        mentions = [events[e] for e in incident.events if e in events]
        charge = next((e for e in reversed(mentions) if _is_charge(e)), None)
        if charge and incident.id in told:
            charges.append((charge, mentions))
    charges.sort(key=lambda pair: pair[0].reported.timestamp() if pair[0].reported else 0.0)
    denials = [e for e in events.values() if e.coded.status == "denied" and e.incident in told]
    answers = [*denials, *(e for e in events.values() if e.coded.status == "done")]
    judged: set[tuple[str, str]] = set()
    for charge, mentions in reversed(charges):
        key = (_accuser(charge), _accused(charge))
        if key not in judged and len(judged) < MOST_CLAIMS:
            judged.add(key)
            yield _judged(charge, mentions, answers, reports, grades)


def _is_charge(event: Event) -> bool:
    """Whether one state says that another did something."""
    accuser, accused = _accuser(event), _accused(event)
    says = event.coded.status == "alleged" and event.coded.act not in _SPEECH
    return says and bool(accuser and accused) and accuser != accused


def _accuser(event: Event) -> str:
    """The state that a claim's speaker speaks for; ``""`` for rebels, papers, passers-by."""
    if event.speaker is None:
        return ""
    entity = event.speaker.entity
    official = bool(entity.office) or not entity.sectors or bool(_OFFICIAL & set(entity.sectors))
    return country_named(entity.country) if official else ""


def _accused(event: Event) -> str:
    states = [country_named(p.entity.country) for p in event.actor]
    return states[0] if len(states) == 1 else ""


def _judged(
    charge: Event,
    mentions: Sequence[Event],
    answers: Sequence[Event],
    reports: Mapping[str, Report],
    grades: Sequence[SourceGrade],
) -> Judged:
    accuser, accused = _accuser(charge), _accused(charge)
    answer = _answer(charge, mentions, answers)
    told = _answer_told(answer, accuser, accused)
    as_fact = [e for e in mentions if e.coded.status == "done" and e.coded.vouched]
    facts = sources_of(as_fact, reports, grades)
    claimed = sources_of([e for e in mentions if e not in as_fact], reports, grades)
    words = claimed_words(charge)
    cited = (charge.coded.sentence, *((answer.coded.sentence,) if answer else ()))
    line = (
        f"On what {accuser} says of {accused} (“{words}”): told as a claim by "
        f"{listed(claimed) or len(claimed.outlets)}; told as fact by "
        f"{listed(facts) or len(facts.outlets)}; {told}."
    )
    by = listed(facts) or ("the report" if facts.outlets else "")
    texts = tuple(_in_words(accuser, accused, words, answer=told, facts=by))
    drafts = tuple(
        CitedSentence(
            text=text, evidence=cited, events=(charge.id,), paragraph=f"claim {charge.incident}"
        )
        for text in texts
    )
    return Judged(line=line, drafts=drafts)


def _answer(charge: Event, mentions: Sequence[Event], answers: Sequence[Event]) -> Event | None:
    """How the accused answers: by denying the occurrence or the act, else in the next breath."""
    own = [e for e in mentions if e.coded.status == "denied"]
    by = [e for e in answers if _accused(e) == _accused(charge)]
    like = [e for e in by if e.coded.status == "denied" and e.coded.act == charge.coded.act]
    near = [e for e in by if e.coded.act in _ANSWERS and _follows(e.coded, charge.coded)]
    return next(iter((*own, *like, *near)), None)


def _follows(answer: CodedEvent, charge: CodedEvent) -> bool:
    """Whether an answer stands in the charge's own sentence or right after it."""
    first, second = charge.sentence, answer.sentence
    same = first.report == second.report and answer.trigger.start > charge.trigger.start
    return same and second.start <= first.end + NEXT_SENTENCE


def _answer_told(answer: Event | None, accuser: str, accused: str) -> str:
    if answer is None:
        return f"no answer of {accused} was found"
    if answer.coded.status == "denied":
        return f"{accused} denies it"
    return f"{accused} {_ANSWERS[answer.coded.act].format(accuser=accuser)}"


def _in_words(accuser: str, accused: str, words: str, *, answer: str, facts: str) -> Iterator[str]:
    if facts:
        yield (
            f"What {accuser} says of {accused} (“{words}”) is also told as fact by {facts}; "
            f"{answer}."
        )
    else:
        yield (
            f"What {accuser} says of {accused} (“{words}”) rests on that side's word: no outlet "
            f"here tells it as fact, and {answer}."
        )
    yield (
        f"Word from {accused} that confirms or denies it, a finding by a "
        f"third party, or a retraction by {accuser} would change this."
    )


def claimed_words(event: Event) -> str:
    """The claim in the report's words: from its verb to the end of the clause."""
    sentence, trigger = event.coded.sentence, event.coded.trigger
    rest = sentence.text[trigger.start - sentence.start :]
    first = trigger.end - trigger.start
    end = _ENDS.search(rest, first)
    words = tidied(rest[: end.start()] if end else rest).split()
    return " ".join(words[:MOST_WORDS]) + ("…" if len(words) > MOST_WORDS else "")

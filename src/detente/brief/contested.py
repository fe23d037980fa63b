"""Judgements on claims: what rests on one side's word, who denies it, what would settle it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from detente.brief.confidence import listed, sources_of
from detente.brief.naming import country_named
from detente.brief.reckoning import Judged
from detente.brief.wording import tidied
from detente.records import CitedSentence, Event, Incident, Report, SourceGrade

#: Claims judged at the most.
MOST_CLAIMS = 2
#: Words of a claim that are quoted at the most.
MOST_WORDS = 14
_ENDS = re.compile(r"[,.](?!\d)|[;:!?”\"“(—–]|\s+(?:and|but|while|after|when|which|who)\s")
#: Acts of speech: that somebody demanded or accused is no charge.
_SPEECH = frozenset({"REQUEST", "ACCUSE", "CONSULT"})
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
    judged: set[tuple[str, str]] = set()
    for charge, mentions in reversed(charges):
        key = (_accuser(charge), _accused(charge))
        if key not in judged and len(judged) < MOST_CLAIMS:
            judged.add(key)
            yield _judged(charge, mentions, denials, reports, grades)


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
    denials: Sequence[Event],
    reports: Mapping[str, Report],
    grades: Sequence[SourceGrade],
) -> Judged:
    accuser, accused = _accuser(charge), _accused(charge)
    denying = _denial(charge, mentions, denials)
    as_fact = [e for e in mentions if e.coded.status == "done" and e.coded.vouched]
    facts = sources_of(as_fact, reports, grades)
    claimed = sources_of([e for e in mentions if e not in as_fact], reports, grades)
    words = claimed_words(charge)
    cited = (charge.coded.sentence, *((denying.coded.sentence,) if denying else ()))
    line = (
        f"On what {accuser} says of {accused} (“{words}”): told as a claim by "
        f"{listed(claimed) or len(claimed.outlets)}; told as fact by "
        f"{listed(facts) or len(facts.outlets)}; denied by {accused}: "
        f"{'yes' if denying else 'not in these reports'}."
    )
    texts = tuple(_in_words(accuser, accused, words, denied=bool(denying), facts=listed(facts)
                            or ("the report" if facts.outlets else "")))  # fmt: skip
    drafts = tuple(
        CitedSentence(
            text=text, evidence=cited, events=(charge.id,), paragraph=f"claim {charge.incident}"
        )
        for text in texts
    )
    return Judged(line=line, drafts=drafts)


def _denial(charge: Event, mentions: Sequence[Event], denials: Sequence[Event]) -> Event | None:
    """The denial of a charge: of the same occurrence, or of the same act by the accused."""
    own = next((e for e in mentions if e.coded.status == "denied"), None)
    like = (
        e for e in denials if e.coded.act == charge.coded.act and _accused(e) == _accused(charge)
    )
    return own or next(like, None)


def _in_words(accuser: str, accused: str, words: str, *, denied: bool, facts: str) -> Iterator[str]:
    answer = f"{accused} denies it" if denied else f"the answer of {accused} is not told"
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
        f"Word from {accused} that confirms {'' if denied else 'or denies '}it, a finding by a "
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

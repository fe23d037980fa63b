"""How the accused answers a charge: by a denial, a rejection, a charge in turn, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.brief.naming import country_named
from detente.brief.wording import tidied
from detente.gazetteer.actors import who
from detente.records import CodedEvent, Event, Participant, Passage, Report, passage_of

#: Words of a claim that are quoted at the most.
MOST_WORDS = 14
_WORD = re.compile(r"[^\W\d_]{5,}")
#: Words that begin with so many letters alike are one word.
STEM = 4
#: ``accused Russia of``.
_OF = re.compile(r"accus\w+ [^,.;“”\"]{1,60}? of ")
_ENDS = re.compile(r"[,.](?!\d)|[;:!?”\"“(—–]|\s+(?:and|but|while|after|when|which|who)\s")
#: Acts by which the accused answers, and how that is told.
_ANSWERS = {"REJECT": "rejects it", "ACCUSE": "accuses {accuser} in turn"}
#: The sentence after begins within so many characters.
NEXT_SENTENCE = 3
#: Sectors that speak for a state.
_OFFICIAL = frozenset({"GOV", "MIL", "DIP", "SPY", "LEG"})
#: Sectors of movements that fight or stand for themselves.
_MOVEMENTS = frozenset({"REB", "PTY"})
#: ``which Yerevan denied``: who denies, and that it is denied.
_DENIES = re.compile(
    r"(?P<who>[A-Z][\w’'-]*(?:(?: |, | and )[A-Z][\w’'-]*)*)(?: (?:has|have|had))? "
    r"(?:denie[sd]|deny|rejects?|rejected|dismiss(?:es|ed))\b"
)
_DENIAL = re.compile(r"\b(?:den(?:y|ies|ied|ying|ial)|reject(?:s|ed)?|dismiss(?:es|ed)?)\b")
_SENTENCE_END = re.compile(r"[.!?][”\"’')]*(?=\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejoinder:
    """What is told of the accused's answer (empty where it cannot be said), and where it stands."""

    told: str
    evidence: tuple[Passage, ...] = ()
    is_denial: bool = False


def accuser_of(event: Event) -> str:
    """The side that makes a charge: its speaker's, or whose act of accusing it is.

    A state, or a group by its name; ``""`` for papers, witnesses and passers-by.
    """
    if is_accusation(event):
        return _side_of(event.actor)
    speaker = event.speaker
    if speaker is None:
        return ""
    entity = speaker.entity
    official = bool(entity.office) or not entity.sectors or bool(_OFFICIAL & set(entity.sectors))
    return country_named(entity.country) if official else _group(speaker)


def accused_of(event: Event) -> str:
    """The one side that an event's actors belong to, or that is accused; else ``""``."""
    return _side_of(event.recipient if is_accusation(event) else event.actor)


def is_accusation(event: Event) -> bool:
    """Whether it is the act of accusing somebody *of* something, by who is named there."""
    accuses = event.coded.act == "ACCUSE" and event.coded.status == "done"
    sentence = event.coded.sentence
    named = all(sentence.start <= p.passage.start < sentence.end for p in event.actor)
    return accuses and named and bool(_OF.match(_rest(event)))


def _side_of(parties: Sequence[Participant]) -> str:
    sides = dict.fromkeys(_group(p) or country_named(p.entity.country) for p in parties)
    return next(iter(sides)) if len(sides) == 1 else ""


def _group(party: Participant) -> str:
    return party.entity.name if _is_group(party) else ""


def _is_group(party: Participant) -> bool:
    """Whether a party is an armed group or movement known by name, that speaks for itself."""
    entity = party.entity
    if entity.office or not _MOVEMENTS & set(entity.sectors):
        return False
    return any(_MOVEMENTS & set(known.sectors) for known in who(entity.name))


def rejoinder(
    charge: Event, mentions: Sequence[Event], others: Sequence[Event], report: Report | None
) -> Rejoinder:
    """How the accused answers: by denying the occurrence or the act, else in the next breath.

    Args:
        charge: the claim.
        mentions: of the same incident.
        others: what else is told.
        report: that tells the charge.
    """
    accuser, accused = accuser_of(charge), accused_of(charge)
    answer = next(_answers(charge, mentions, others), None)
    if answer and answer.coded.status == "denied":
        same = answer.incident == charge.incident or answer.coded.act == charge.coded.act
        of = "it" if same else f"a charge told as “{claimed_words(answer)}”"
        told = f"{accused} denies {of}"
        return Rejoinder(told=told, evidence=(answer.coded.sentence,), is_denial=same)
    if answer:
        told = f"{accused} {_ANSWERS[answer.coded.act].format(accuser=accuser)}"
        rejects = answer.coded.act == "REJECT"
        return Rejoinder(told=told, evidence=(answer.coded.sentence,), is_denial=rejects)
    return _read_beside(charge, accused, report)


def _answers(charge: Event, mentions: Sequence[Event], others: Sequence[Event]) -> Iterator[Event]:
    """Events by which the accused answers, the plainest first."""
    yield from (e for e in mentions if e.coded.status == "denied")
    by = [e for e in others if accused_of(e) == accused_of(charge)]
    denied = [e for e in by if e.coded.status == "denied"]
    yield from (e for e in denied if e.coded.act == charge.coded.act)
    yield from (e for e in by if e.coded.act in _ANSWERS and _follows(e.coded, charge.coded))
    yield from (e for e in denied if _since(e, charge))


def _since(answer: Event, charge: Event) -> bool:
    """Whether an answer was reported with the charge or later."""
    if answer.reported is None or charge.reported is None:
        return answer.coded.sentence.report == charge.coded.sentence.report
    return answer.reported >= charge.reported


def _follows(answer: CodedEvent, charge: CodedEvent) -> bool:
    """Whether an answer is made in the charge's own sentence or right after it."""
    first, second = charge.sentence, answer.sentence
    same = first.report == second.report and answer.trigger.start > charge.trigger.start
    made = answer.status == "done"
    return made and same and second.start <= first.end + NEXT_SENTENCE


def _read_beside(charge: Event, accused: str, report: Report | None) -> Rejoinder:
    """An answer that was read in the charge's words or right after, though nothing was coded.

    Where something is denied there and it is not clear by whom, nothing is said of an answer.
    """
    none = Rejoinder(told=f"no answer from {accused} is told")
    if report is None:
        return none
    sentence = charge.coded.sentence
    follows = _SENTENCE_END.search(report.text, min(sentence.end + 1, len(report.text)))
    last = follows.end() if follows else sentence.end
    beside = report.text[charge.coded.trigger.end : last]
    for match in _DENIES.finditer(beside):
        names = re.split(r", | and ", match["who"])
        if accused in {country_named(e.country) for name in names for e in who(name)}:
            at = charge.coded.trigger.end + match.start()
            second = passage_of(report, sentence.end, last) if at >= sentence.end else sentence
            return Rejoinder(
                told=f"{accused} denies it", evidence=(_trimmed(report, second),), is_denial=True
            )
    return Rejoinder(told="") if _DENIAL.search(beside) else none


def _trimmed(report: Report, passage: Passage) -> Passage:
    start = passage.start + len(passage.text) - len(passage.text.lstrip())
    return passage_of(report, start, passage.end)


def claimed_words(event: Event) -> str:
    """The claim in the report's words: from its verb, or what one is accused of, to its end."""
    rest = _rest(event)
    first = event.coded.trigger.end - event.coded.trigger.start
    of = _OF.match(rest) if is_accusation(event) else None
    if of:
        rest, first = rest[of.end() :], 0
    end = _ENDS.search(rest, first)
    words = tidied(rest[: end.start()] if end else rest).split()
    return " ".join(words[:MOST_WORDS]) + ("…" if len(words) > MOST_WORDS else "")


def _rest(event: Event) -> str:
    """The sentence from the verb on."""
    return event.coded.sentence.text[event.coded.trigger.start - event.coded.sentence.start :]


def stems(event: Event) -> frozenset[str]:
    """What the longer words begin with by which it is told: two tellings of one act share one."""
    return frozenset(word.lower()[:STEM] for word in _WORD.findall(claimed_words(event)))

"""How well a sentence stands by itself, and whether it needs the one before it."""

from __future__ import annotations

import re
from functools import cache

from detente.brief.statements import Statement
from detente.ontology.table import packaged, rows
from detente.records import Event

_WORD = re.compile(r"\w+")
_DANGLING = re.compile(
    r"^(this|that|these|those|such|there|it|its|their|his|her|since then|in it|at the same|"
    r"the (?:latter|former))\b",
    re.I,
)
#: Who is meant by these a reader of a brief on two states mostly knows.
_BOTH = re.compile(
    r"^(?:the two|both (?:sides|countries|governments|states)|neither|each (?:side|of them))\b",
    re.I,
)
_LONE_PRONOUN = re.compile(r"\b(he|she|him|the (?:former|latter))\b")
_POINTS_BACK = re.compile(
    r"\b(?:there|that day|the same day|the (?:two|seven|twelve|other))\b(?=[.,]| in\b)|"
    r"\bone of them\b|\bfor (?:it|this|that)(?=[.,;]|$| in\b)",
    re.I,
)
_PRONOUN = re.compile(r"^(?:he|she|it|they)\b", re.I)
#: ``it`` as what the verb is about: ``Moscow denies it``, ``called it a threat``.
_OBJECT = re.compile(
    r"(?<=[a-z] )(?:(?:it|this|them)(?=[.,;]| (?:a|an|the|and|but|as|in|to)\b)|that(?=[.;]))"
)
_FIRST_PERSON = re.compile(r"\b(I|we|our|my|us)\b")
#: What a brief puts before a sentence: its day, or who reported it.
_LED = re.compile(r"^(?:On|In|As [^,]{0,40}reported on) [^,]{0,30}\d{4}, ")
_QUOTED = re.compile(r"[“\"].*?[”\"]", re.S)
#: A sentence points back by a noun, or a pronoun, among its first so many words.
NOUN_WITHIN, PRONOUN_WITHIN = 8, 6
#: And by so many words more it is seen whether the noun is told at once which it is.
MORE = 2


@cache
def _points_back_by_noun() -> re.Pattern[str]:
    table = packaged("detente.brief", "points_back.csv")
    nouns = "|".join(re.escape(row["noun"]) for _, row in rows(table, ("noun",)))
    more = r"of|between|on|over|with|to|that|in|at|for|by|from|against|which|who|about|after"
    return re.compile(rf"\b(?:the|these|those) (?:{nouns})\b(?!\s+(?:{more})\b|[’'])", re.I)


def leaning(text: str) -> bool:
    """Whether these words need the sentence before: they open on, or speak of, what it told."""
    own = _LED.sub("", text)
    return bool(_DANGLING.match(own) or _POINTS_BACK.search(own)) or reacting(own)


def reacting(text: str) -> bool:
    """Whether they tell how somebody took what the sentence before told."""
    return points_back(text) or _within_first(PRONOUN_WITHIN, _OBJECT, text)


def points_back(text: str) -> bool:
    """Whether they speak of a move, a remark, a charge … that was told before."""
    return _within_first(NOUN_WITHIN, _points_back_by_noun(), text)


def _within_first(words: int, pattern: re.Pattern[str], text: str) -> bool:
    split = text.split()
    match = pattern.search(" ".join(split[: words + MORE]))
    return match is not None and match.start() < len(" ".join(split[:words]))


def speaks_of_both(text: str) -> bool:
    """Whether they open on two parties that they do not name."""
    return bool(_BOTH.match(_LED.sub("", text)))


def speaks_of_somebody(statement: Statement) -> bool:
    """Whether it speaks of *him* or *the former* and names nobody that this could be."""
    text = statement.sentence.text
    return bool(_LONE_PRONOUN.search(text)) and not _names_a_person(statement)


def quality(statement: Statement) -> float:
    """How well a sentence stands by itself, 0–1: whole, not a headline, not leaning on another."""
    text = statement.sentence.text.strip()
    words = len(_WORD.findall(text))
    faults = (
        (0.2, not re.search(r"[.!?][”\"’')\]]*$", text)),
        (0.6, words < 6 or words > 60),
        (0.3, text.endswith("?")),
        (0.4, leaning(text) and not reacting(text) and not _can_be_named(statement)),
        (0.75, reacting(text) or speaks_of_both(text)),
        (0.4, any(_said_elsewhere(event, statement) for event in statement.events)),
        (0.65, speaks_of_somebody(statement)),
        (0.5, bool(_FIRST_PERSON.search(_QUOTED.sub("", text)))),
        (0.3, statement.section == "assessment"),
        (1.15, statement.section == "lead"),
        (1.15, any(event.when.basis == "stated" for event in statement.events)),
    )
    fit = 1.0
    for factor, holds in faults:
        fit *= factor if holds else 1.0
    return fit


def _can_be_named(statement: Statement) -> bool:
    """Whether it opens with a pronoun and it is known whom it means."""
    if not _PRONOUN.match(statement.sentence.text.strip()):
        return False
    speakers = (e.speaker for e in statement.events if e.speaker)
    parties = (*(p for e in statement.events for p in e.actor), *speakers)
    return any(p.passage.start < statement.sentence.start for p in parties)


def _said_elsewhere(event: Event, statement: Statement) -> bool:
    """Whether who says so stands outside the sentence, so that alone it would read as fact."""
    speaker = event.coded.speaker
    inside = statement.sentence.start, statement.sentence.end
    return speaker is not None and not inside[0] <= speaker.start < inside[1]


def _names_a_person(statement: Statement) -> bool:
    parties = [p for e in statement.events for p in (*e.actor, *e.recipient)]
    start, end = statement.sentence.start, statement.sentence.end
    here = [p for p in parties if start <= p.passage.start < end]
    return any(p.entity.office and p.passage.text[:1].isupper() for p in here)

"""Which statements a brief tells: each incident once, in the sentence that tells it best."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from detente.brief.statements import Statement, Told, importance, told_by
from detente.records import Incident

_WORD = re.compile(r"\w+")
_DANGLING = re.compile(r"^(this|that|these|those|such|there|it|its|their|his|her)\b", re.I)
_FIRST_PERSON = re.compile(r"\b(I|we|our|my|us)\b")
_QUOTED = re.compile(r"[“\"].*?[”\"]", re.S)
#: Statements more alike than this (Jaccard of their words) say the same.
ALIKE = 0.5
#: A statement must bring at least this much that has not been told.
LEAST_GAIN = 0.55


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A statement chosen, and which of its events are news to the reader."""

    statement: Statement
    new: tuple[Told, ...]


def choose(
    statements: Iterable[Statement],
    incidents: Mapping[str, Incident],
    *,
    about: Collection[str],
    most: int,
    told: Collection[Told] = (),
    beside: Sequence[Statement] = (),
) -> tuple[Choice, ...]:
    """The fewest good statements that tell the most, by greedy weighted cover.

    Args:
        statements: to choose from.
        incidents: by id.
        about: country codes the brief is about; empty for all.
        most: how many at the most.
        told: what the reader has been told already.
        beside: statements already chosen, that none should repeat.

    Returns:
        The choices in the order they were made, the weightiest first.
    """
    left = list(statements)
    known: set[Told] = set(told)
    chosen: list[Choice] = []
    while left and len(chosen) < most:
        gains = [_gain(s, known, incidents, about) for s in left]
        best = max(range(len(left)), key=lambda i: (gains[i], -i))
        if gains[best] < LEAST_GAIN:
            break
        statement = left.pop(best)
        fellows = [*beside, *(choice.statement for choice in chosen)]
        if any(_alike(statement, fellow) for fellow in fellows):
            continue
        tells = dict.fromkeys(told_by(event, incidents) for event in statement.events)
        chosen.append(Choice(statement=statement, new=tuple(t for t in tells if t not in known)))
        known.update(tells)
    return tuple(chosen)


def _gain(
    statement: Statement,
    known: Collection[Told],
    incidents: Mapping[str, Incident],
    about: Collection[str],
) -> float:
    weights: dict[Told, float] = {}
    for event in statement.events:
        key = told_by(event, incidents)
        weights[key] = max(weights.get(key, 0.0), importance(event, incidents, about))
    fresh = sum(weight for key, weight in weights.items() if key not in known)
    stale = sum(weight for key, weight in weights.items() if key in known)
    return (fresh - 0.35 * stale) * quality(statement)


def quality(statement: Statement) -> float:
    """How well a sentence stands by itself, 0–1: whole, not a headline, not leaning on another."""
    text = statement.sentence.text.strip()
    words = len(_WORD.findall(text))
    fit = 1.0
    if not re.search(r"[.!?][”\"’')\]]*$", text):
        fit *= 0.45
    if words < 6 or words > 60:
        fit *= 0.6
    if text.endswith("?"):
        fit *= 0.3
    if _DANGLING.match(text):
        fit *= 0.55
    if _FIRST_PERSON.search(_QUOTED.sub("", text)):
        fit *= 0.5
    if statement.section == "assessment":
        fit *= 0.3
    if any(event.when.basis == "stated" for event in statement.events):
        fit *= 1.15
    return fit


def _alike(one: Statement, other: Statement) -> bool:
    first = {w.lower() for w in _WORD.findall(one.sentence.text)}
    second = {w.lower() for w in _WORD.findall(other.sentence.text)}
    return len(first & second) > ALIKE * len(first | second)

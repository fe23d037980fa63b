"""Which statements a brief tells: each incident once, in the sentence that tells it best."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from detente.brief.leaning import quality
from detente.brief.statements import Statement, Told, importance, told_by
from detente.records import Event, Incident, Passage

_WORD = re.compile(r"\w+")
#: Statements more alike than this (Jaccard of their words) say the same.
ALIKE = 0.5
#: A mention in passing tells this much of an incident.
IN_PASSING = 0.4
#: The day of a plan is worth this share of the plan.
THE_DAY = 0.5
#: What has been told already takes away this share of its weight.
STALE = 0.3
#: Two deeds of the same parties told of days within this span may be one.
SAME_DEED = timedelta(days=31)
#: What is reported so long after its day is no news of it.
LATE = timedelta(days=7)
#: A statement must bring at least this much that has not been told.
LEAST_GAIN = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A statement chosen, and which of its events are news to the reader.

    ``weight`` is what it tells, counted apart from the others, and ``adds`` what it tells that
    weightier ones do not; ``words`` is how it is put, once it is, and ``evidence`` what the words
    rest on.
    """

    statement: Statement
    new: tuple[Told, ...]
    weight: float = 0.0
    adds: float = 0.0
    words: str = ""
    evidence: tuple[Passage, ...] = ()


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
    known: dict[Told, float] = dict.fromkeys(told, 1.0)
    chosen: list[Choice] = []
    odd = outvoted(event for statement in left for event in statement.events)
    while left and len(chosen) < most:
        gains = [_gain(s, known, incidents, about) for s in left]
        fellows = [*beside, *(choice.statement for choice in chosen)]
        best, passed = _best(left, gains, odd, incidents, fellows)
        if best is None:
            break
        statement, shares = left[best], told_shares(left[best], incidents)
        weight = _gain(statement, {}, incidents, about)
        new = tuple(key for key, share in shares.items() if known.get(key, 0.0) < share)
        chosen.append(Choice(statement=statement, new=new, weight=weight, adds=gains[best]))
        known |= {key: max(share, known.get(key, 0.0)) for key, share in shares.items()}
        left = [s for place, s in enumerate(left) if place != best and place not in passed]
    return tuple(chosen)


def _best(
    left: Sequence[Statement],
    gains: Sequence[float],
    odd: Collection[str],
    incidents: Mapping[str, Incident],
    fellows: Sequence[Statement],
) -> tuple[int | None, set[int]]:
    """The place of the statement that gains most and repeats no fellow; and of those passed by."""
    passed: set[int] = set()
    for place in sorted(range(len(left)), key=lambda i: (-gains[i], i)):
        if gains[place] < LEAST_GAIN:
            break
        best = _instead(place, left, gains, odd, incidents)
        if best in passed:
            continue
        if not _repeats(left[best], fellows):
            return best, passed
        passed.add(best)
    return None, passed


def _repeats(statement: Statement, fellows: Sequence[Statement]) -> bool:
    return any(_alike(statement, fellow) for fellow in fellows) or _recalls(statement, fellows)


def outvoted(events: Iterable[Event]) -> frozenset[str]:
    """Mentions that count people otherwise than more outlets (of as many: more mentions) do."""
    told: dict[str, dict[int, list[Event]]] = {}
    for event in events:
        for party in (*event.actor, *event.recipient):
            if party.entity.count is not None and event.incident:
                of = told.setdefault(event.incident, {})
                of.setdefault(party.entity.count, []).append(event)
    found: set[str] = set()
    for counts in told.values():
        votes = {n: (len({e.outlet for e in of}), len(of)) for n, of in counts.items()}
        found |= {e.id for n, of in counts.items() if votes[n] < max(votes.values()) for e in of}
    return frozenset(found)


def _instead(
    best: int,
    left: Sequence[Statement],
    gains: Sequence[float],
    odd: Collection[str],
    incidents: Mapping[str, Incident],
) -> int:
    """The place of a statement whose number is not outvoted, if one tells the same."""
    if not any(event.id in odd for event in left[best].events):
        return best
    told = {told_by(e, incidents) for e in left[best].events if e.id in odd}
    fitting = [
        place
        for place, statement in enumerate(left)
        if gains[place] > 0
        and not any(event.id in odd for event in statement.events)
        and any(told_by(e, incidents) in told for e in statement.events)
    ]
    return max(fitting, key=lambda place: gains[place], default=best)


def told_shares(statement: Statement, incidents: Mapping[str, Incident]) -> Mapping[Told, float]:
    """How fully a statement tells each of its incidents: 1, or IN_PASSING for a mere mention.

    So much tells the plan of what has since come about, too.
    """
    shares: dict[Told, float] = {}
    for event in statement.events:
        key = told_by(event, incidents)
        fulfilled = key[1] == "done" and event.coded.status != "done"
        share = IN_PASSING if fulfilled or statement.mentions(event) else 1.0
        shares[key] = max(shares.get(key, 0.0), share)
        if _gives_the_day(event):
            shares[(key[0], "day")] = 1.0
    return shares


def _gives_the_day(event: Event) -> bool:
    """Whether a plan's mention states the very day, which other tellings may leave open."""
    stated = event.when.basis == "stated" and len(event.when.edtf) == len("2018-11-11")
    return stated and event.coded.status == "planned"


def _gain(
    statement: Statement,
    known: Mapping[Told, float],
    incidents: Mapping[str, Incident],
    about: Collection[str],
) -> float:
    weights: dict[Told, float] = {}
    for event in statement.events:
        key = told_by(event, incidents)
        weights[key] = max(weights.get(key, 0.0), importance(event, incidents, about))
        weights[(key[0], "day")] = weights[key] * THE_DAY
    shares = told_shares(statement, incidents)
    gain = 0.0
    for key, weight in weights.items():
        fresh = shares.get(key, 0.0) - known.get(key, 0.0)
        stale = 0.0 if key[1] == "day" else -STALE
        gain += weight * (fresh if fresh > 0 else stale)
    return gain * quality(statement)


def _alike(one: Statement, other: Statement) -> bool:
    first = {w.lower() for w in _WORD.findall(one.sentence.text)}
    second = {w.lower() for w in _WORD.findall(other.sentence.text)}
    return len(first & second) > ALIKE * len(first | second)


def _recalls(statement: Statement, fellows: Iterable[Statement]) -> bool:
    """Whether it only says again what had happened: the same acts, parties and days are told."""
    own = [e for e in statement.events if not statement.mentions(e) and e.coded.status == "done"]
    told = [event for fellow in fellows for event in fellow.events]
    before = bool(own) and all(_is_recalled(e) for e in own)
    return before and all(any(_same_deed(event, other) for other in told) for event in own)


def _is_recalled(event: Event) -> bool:
    """Whether its report tells it as having been before, or long after its day."""
    last, reported = event.when.latest, event.reported
    late = last is not None and reported is not None and reported.date() - last > LATE
    return late or "historical" in event.coded.auxiliary


def _same_deed(one: Event, other: Event) -> bool:
    first, last = one.when, other.when
    if not (first.earliest and first.latest and last.earliest and last.latest):
        return False
    close = max(first.latest - first.earliest, last.latest - last.earliest) <= SAME_DEED
    overlap = first.earliest <= last.latest and last.earliest <= first.latest
    return close and overlap and _deed(one) == _deed(other)


def _deed(event: Event) -> tuple[str, frozenset[str], frozenset[str]]:
    by, on = (
        frozenset(p.entity.country or p.entity.id for p in side)
        for side in (event.actor, event.recipient)
    )
    return event.coded.act, by, on

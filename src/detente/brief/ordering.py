"""The order of a part: with time or as it was reported, each sentence after what it leans on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, groupby

from detente.brief.leaning import leaning, speaks_of_both
from detente.brief.statements import Statement
from detente.brief.telling import Choice

#: A sentence leans on the one that ends at most so many characters before it.
NEAR = 250
#: A paragraph holds at least and at most so many sentences.
LEAST_IN_PARAGRAPH, MOST_IN_PARAGRAPH = 3, 5


def by_day(choices: Iterable[Choice]) -> list[Choice]:
    """With time: what led here."""
    return sorted(choices, key=lambda c: (c.statement.day, *_told_at(c)))


def as_reported(choices: Iterable[Choice]) -> list[Choice]:
    """As it was reported, and within a report as its author told it."""
    return sorted(choices, key=_told_at)


def _told_at(choice: Choice) -> tuple[float, str, int]:
    report = choice.statement.report
    moment = report.published.timestamp() if report.published else 0.0
    return (moment, report.id, choice.statement.sentence.start)


def anchored(
    choices: Sequence[Choice], facts: Sequence[Statement], opening: Collection[Choice] = ()
) -> list[Choice]:
    """The choices in their order, but each that leans right after what it leans on.

    What leans on nothing told is left out: its words would be read of something else.

    Args:
        choices: of one part, in order, in words.
        facts: all statements there are.
        opening: choices told just before; what leans on them comes first.
    """
    loose = [c for c in choices if leaning(c.words)]
    ordered = [c for c in choices if c not in loose]
    loose += [c for c in ordered if speaks_of_both(c.words)]
    for choice in sorted(loose, key=_told_at):
        before = _before(choice.statement, facts)
        others = [c for c in ordered if c is not choice]
        place = _place_of(before, others, opening) if before else None
        if place is not None:
            ordered = [*others[:place], choice, *others[place:]]
    return ordered


def _before(statement: Statement, facts: Iterable[Statement]) -> Statement | None:
    """What its report tells in the sentence before."""
    start = statement.sentence.start
    near = (
        s
        for s in facts
        if s.report.id == statement.report.id and start - NEAR <= s.sentence.end <= start
    )
    return max(near, key=lambda s: s.sentence.end, default=None)


def _place_of(
    before: Statement, ordered: Sequence[Choice], opening: Collection[Choice]
) -> int | None:
    """The place after the statement: it, or what it tells in other words; 0 after the opening."""
    itself = (n + 1 for n, c in enumerate(ordered) if c.statement is before)
    same = (n + 1 for n, c in enumerate(ordered) if _tells(c, before))
    first = (0 for c in opening if _tells(c, before))
    return next(chain(itself, same, first), None)


def _tells(choice: Choice, statement: Statement) -> bool:
    told = {e.incident for e in statement.events if e.incident and not statement.mentions(e)}
    return choice.statement is statement or bool(told & {key for key, _ in choice.new})


def in_paragraphs(choices: Sequence[Choice], name: str) -> Iterator[tuple[str, Choice]]:
    """Each choice with the name of its paragraph: a new one begins with another report.

    Paragraphs hold LEAST_IN_PARAGRAPH to MOST_IN_PARAGRAPH sentences; none begins with one that
    leans.
    """
    number, held = 1, 0
    for _, group in groupby(choices, key=lambda c: c.statement.report.id):
        for place, choice in enumerate(group):
            full = held >= (LEAST_IN_PARAGRAPH if place == 0 else MOST_IN_PARAGRAPH)
            if full and not leaning(choice.words):
                number, held = number + 1, 0
            held += 1
            yield name if number == 1 else f"{name} {number}", choice

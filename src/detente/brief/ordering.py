"""The order of a part: with time or as it was reported, each sentence after what it leans on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby

from detente.brief.leaning import leaning, points_back, speaks_of_both
from detente.brief.statements import Statement, sentence_before
from detente.brief.telling import Choice
from detente.brief.wording import put
from detente.records import Passage

#: What a sentence points back to ends at most so many characters before it.
NEAR = 250
#: A sentence told only for what leans on it has at most so many words.
MOST_WORDS = 30
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

    What it leans on is the sentence before it in its report; a move or a remark it speaks of may
    stand a sentence further back. Where the brief tells that nowhere, the two are told together;
    what would still lean, or speaks of what later news has overtaken, is left out.

    Args:
        choices: of one part, in order, in words.
        facts: all statements there are.
        opening: choices told just before; what leans on them comes first.
    """
    of = {(s.report.id, s.sentence.end): s for s in facts}
    order = {c.statement.sentence: n for n, c in enumerate(choices)}
    ordered = [c for c in choices if not leaning(c.words)]
    loose = [c for c in choices if leaning(c.words) or speaks_of_both(c.words)]
    for choice in sorted(loose, key=_told_at):
        others = [c for c in ordered if c is not choice]
        before = _before(choice.statement, of)
        near = [before] if before else []
        near += _nearest(choice.statement, facts) if points_back(choice.words) else []
        places = (_place_of(each, others, opening) for each in near)
        place = next((p for p in places if p is not None), None)
        if place is not None:
            ordered = [*others[:place], choice, *others[place:]]
        elif before and leaning(choice.words) and not _is_told(before, (*others, *opening)):
            ordered = _with(_together(before, choice), others, order)
    return ordered


def _is_told(statement: Statement, choices: Iterable[Choice]) -> bool:
    return any(_tells(choice, statement) for choice in choices)


def _with(
    choice: Choice | None, ordered: Sequence[Choice], order: Mapping[Passage, int]
) -> list[Choice]:
    """The choices with one more, where it stood in their first order."""
    if choice is None:
        return list(ordered)
    at = order[choice.statement.sentence]
    later = (n for n, c in enumerate(ordered) if order[c.statement.sentence] > at)
    place = next(later, len(ordered))
    return [*ordered[:place], choice, *ordered[place:]]


def _before(statement: Statement, of: Mapping[tuple[str, int], Statement]) -> Statement | None:
    """The sentence before it, with what is coded of it, if anything is."""
    passage = sentence_before(statement.report, statement.sentence.start)
    if passage is None:
        return None
    known = of.get((passage.report, passage.end))
    return known or replace(statement, sentence=passage, events=())


def _nearest(statement: Statement, facts: Iterable[Statement]) -> list[Statement]:
    """The last thing that its report tells shortly before it."""
    start = statement.sentence.start
    near = (
        s
        for s in facts
        if s.report.id == statement.report.id and start - NEAR <= s.sentence.end <= start
    )
    return sorted(near, key=lambda s: s.sentence.end)[-1:]


def _together(before: Statement, choice: Choice) -> Choice | None:
    """The choice with the sentence before it, if that needs no other and is no longer than most."""
    words, evidence = put(before, before.events)
    if leaning(words) or len(words.split()) > MOST_WORDS:
        return None
    return replace(choice, words=f"{words} {choice.words}", evidence=(*choice.evidence, *evidence))


def _place_of(
    before: Statement, ordered: Sequence[Choice], opening: Collection[Choice]
) -> int | None:
    """The place after the statement: it, or what it tells in other words; 0 after the opening.

    Words of a later report are none: they may tell what came of it.
    """
    itself = (n + 1 for n, c in enumerate(ordered) if c.statement is before)
    same = (n + 1 for n, c in enumerate(ordered) if _tells(c, before) and _no_later(c, before))
    first = (0 for c in opening if _tells(c, before) and _no_later(c, before))
    return next(chain(itself, same, first), None)


def _no_later(choice: Choice, statement: Statement) -> bool:
    one, other = choice.statement.report.published, statement.report.published
    return one is None or other is None or one <= other


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

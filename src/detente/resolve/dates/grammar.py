"""Time expressions of a text: tokens, the longest rule at each place, read from left to right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from detente.resolve.dates import absolute, durations, relative
from detente.resolve.dates.expression import Reading, TimeExpression, part_bounds
from detente.resolve.dates.granules import Granule
from detente.resolve.dates.patterns import Match, compiled, longest
from detente.resolve.dates.rules import RULES, Rule
from detente.resolve.dates.scene import Scene, tense_at
from detente.resolve.dates.tokens import Token, tokenise

__all__ = ["absolute", "durations", "relative", "time_expressions"]

_PREFIX = compiled(
    "('the'|'sometime'|'some'|'very'|'or')* (PART | 'earlier' | 'later' | 'sometime')"
    " '-'? ('of'|'in'|'on'|'-'|'part')*"
)
_PREFIX_OPENERS = frozenset({"the", "sometime", "some", "very", "earlier", "later"})


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    meaning: Reading
    match: Match


def time_expressions(
    text: str, anchor: date | None = None, *, within: Granule | None = None
) -> tuple[TimeExpression, ...]:
    """Every time expression of ``text``, in order, none overlapping.

    Args:
        text: any English text.
        anchor: the day it was written; without it relative expressions are found but undated.
        within: the stretch of the calendar that the whole text tells of, if it is known: what is
            told first is counted from it, and days without a year lie in it where they can.

    Returns:
        Expressions with TIMEX3 type and value (TimeML 1.2.1) and, where they are dates, EDTF.
    """
    tokens = tokenise(text)
    scene = Scene(
        anchor=anchor or date(2000, 1, 1), known=anchor is not None, told=within, within=within,
        tokens=tokens,
    )  # fmt: skip
    return tuple(_expression(text, tokens, found, scene) for found in _scan(tokens, scene))


def _scan(tokens: Sequence[Token], scene: Scene) -> Iterator[_Found]:
    at = 0
    while at < len(tokens):
        found = _at(tokens, at, scene)
        if found is None:
            at += 1
            continue
        if found.meaning.granule is not None:
            scene.remember(found.meaning.granule)
        yield found
        at = found.end


def _at(tokens: Sequence[Token], at: int, scene: Scene) -> _Found | None:
    token = tokens[at]
    plain = _plain(tokens, at, scene)
    if token.word in _PREFIX_OPENERS or "PART" in token.classes:
        prefix = longest(_PREFIX, tokens, at)
        base = _plain(tokens, at + len(prefix.tokens), scene) if prefix else None
        if prefix and base and (plain is None or base.end >= plain.end):
            return _narrowed(base, prefix, at)
    return plain


def _plain(tokens: Sequence[Token], at: int, scene: Scene) -> _Found | None:
    best: _Found | None = None
    for rule in _rules_at(tokens, at):
        match = longest(rule.pattern, tokens, at)
        if match is None or (best and at + len(match.tokens) <= best.end):
            continue
        end = at + len(match.tokens)
        scene.at, scene.direction = at, tense_at(tokens, at, end)
        meaning = _meaning(rule, match, scene)
        if meaning is not None:
            best = _Found(at, end, meaning, match)
    return best


def _rules_at(tokens: Sequence[Token], at: int) -> list[Rule]:
    """The rules that can begin at a token, in the order they were entered."""
    if at >= len(tokens):
        return []
    keys = (tokens[at].word, *tokens[at].classes)
    numbers = {number for key in keys for number in _by_opener().get(key, ())}
    return [RULES[number] for number in sorted(numbers)]


@cache
def _by_opener() -> Mapping[str, tuple[int, ...]]:
    """Which rules each word or class can open."""
    found: dict[str, list[int]] = {}
    for number, rule in enumerate(RULES):
        for key in rule.first:
            found.setdefault(key, []).append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


def _meaning(rule: Rule, match: Match, scene: Scene) -> Reading | None:
    """What the match means; nothing where it names no day of the calendar."""
    try:
        return rule.meaning(match, scene)
    except (ValueError, OverflowError):
        return None


def _narrowed(base: _Found, prefix: Match, at: int) -> _Found | None:
    modifier = prefix.value("PART")
    meaning = base.meaning
    if meaning.granule is None or (meaning.kind == "TIME" and not modifier):
        return replace(base, start=at) if meaning.kind != "DURATION" else base
    if modifier and meaning.kind == "DATE":
        earliest, latest = part_bounds(meaning.granule, modifier)
        meaning = replace(meaning, modifier=modifier, earliest=earliest, latest=latest)
    return replace(base, start=at, meaning=meaning)


def _expression(text: str, tokens: Sequence[Token], found: _Found, scene: Scene) -> TimeExpression:
    start, end = tokens[found.start].start, tokens[found.end - 1].end
    meaning, classes = found.meaning, {name for name, _ in found.match.captured}
    stated = bool(classes & {"YEAR", "SHORTYEAR", "DECADE", "ISO", "SLASHED", "YEARWORD"})
    undated = not scene.known and not stated
    before = tokens[found.start - 1] if found.start else None
    rough = before is not None and "APPROX" in before.classes and not meaning.modifier
    mark = "~" if rough and meaning.edtf and "/" not in meaning.edtf else ""
    return TimeExpression(
        start=start,
        end=end,
        text=text[start:end],
        kind=meaning.kind,
        value=meaning.value,
        modifier="APPROX" if rough else meaning.modifier,
        edtf="" if undated else meaning.edtf + mark,
        earliest=None if undated else meaning.earliest,
        latest=None if undated else meaning.latest,
        granule=None if undated else meaning.granule,
        stated=stated,
    )

"""What an expression is read against: the anchor, what was told before, and the tense around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from detente.resolve.dates.granules import Granule, Unit, containing
from detente.resolve.dates.tokens import Token

#: How many tokens to either side of an expression may tell its tense.
_REACH = 14
_SUBJECTS = frozenset({"it", "he", "she", "they", "we", "i", "who", "which", "that"})
_STOPS = frozenset(".;!?")


@dataclass(slots=True)
class Scene:
    """State of a reading from left to right.

    ``told`` is the last calendar stretch told, ``told_quarter`` the last quarter; ``direction`` is
    −1 where the tense around the expression is past, +1 where it looks ahead, 0 where nothing says;
    ``within`` the stretch that all of the text tells of, such as the date of a chronology's entry.
    """

    anchor: date
    known: bool = True
    told: Granule | None = None
    within: Granule | None = None
    told_quarter: Granule | None = None
    direction: int = 0
    tokens: Sequence[Token] = field(default_factory=tuple)
    at: int = 0

    def now(self, unit: Unit) -> Granule:
        """The stretch of ``unit`` in which the anchor lies."""
        return containing(self.anchor, unit)

    def remember(self, granule: Granule) -> None:
        """Notes what was told, for "the following month" and "a year earlier".

        What is told of before an entry's own time ("over the arrest in 2016") is an aside.
        """
        if self.within and granule.last < self.within.first:
            return
        self.told = granule
        if granule.unit == "quarter" and granule.index > self.now("quarter").index - 4:
            self.told_quarter = granule

    def nearest(self, candidates: Sequence[Granule]) -> Granule:
        """The candidate that tense and nearness to the anchor favour.

        A candidate against the tense counts six times as far; without tense the future counts
        half as far again, since news tells what happened.
        """
        return min(candidates, key=self._cost)

    def _cost(self, candidate: Granule) -> float:
        if candidate.first <= self.anchor <= candidate.last:
            return 0.0
        if self.within and self.within.first <= candidate.first <= self.within.last:
            return 0.1
        ahead = candidate.first > self.anchor
        edge = candidate.first if ahead else candidate.last
        gap = abs((edge - self.anchor).days) + 0.5
        against = (ahead and self.direction < 0) or (not ahead and self.direction > 0)
        if self.within:
            against = candidate.last < self.within.first  # a chronology goes forward
        return gap * (6.0 if against else 1.5 if ahead and not self.direction else 1.0)


def tense_at(tokens: Sequence[Token], start: int, end: int) -> int:
    """The tense about tokens ``start`` to ``end``: −1 past, +1 ahead, 0 unknown.

    The nearest verb or tense word before decides, else the nearest after, within the sentence.
    """
    if _between_joined(tokens, start, end):
        return -1
    before = _cue(tokens, range(start - 1, max(start - 1 - _REACH, -1), -1))
    return before or _cue(tokens, range(end, min(end + _REACH, len(tokens))))


def _between_joined(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether "and" joins a past form right behind: "vowed to act and on Friday imposed"."""
    at = start - 1 if start and tokens[start - 1].word == "on" else start
    joined = at > 0 and tokens[at - 1].word in ("and", "but", "then")
    return joined and end < len(tokens) and _past_form(tokens, end)


def _cue(tokens: Sequence[Token], order: range) -> int:
    for at in order:
        token = tokens[at]
        if token.word in _STOPS and (token.word != "." or len(tokens[at - 1].word) > 1):
            return 0
        if _finite_past(tokens, at):
            return -1
        if "AHEAD" in token.classes or _infinitive(tokens, at):
            return 1
        if "BEHIND" in token.classes or "REPORTING" in token.classes or _past_form(tokens, at):
            return -1
    return 0


def _infinitive(tokens: Sequence[Token], at: int) -> bool:
    """Whether ``to`` leads a verb ("to suspend"), as headlines tell what is planned."""
    if tokens[at].word != "to" or at + 1 >= len(tokens):
        return False
    after = tokens[at + 1]
    return after.word.isalpha() and not after.capital and not after.classes and after.word not in (
        "the", "a", "an", "its", "their", "his", "her", "this", "that", "which", "some", "each",
    )  # fmt: skip


def _finite_past(tokens: Sequence[Token], at: int) -> bool:
    """Whether a past form follows its subject: "it proposed talks", not "the proposed talks"."""
    if at == 0 or not tokens[at].word.endswith("ed") or tokens[at].capital:
        return False
    return tokens[at - 1].capital or tokens[at - 1].word in _SUBJECTS


def _past_form(tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at].word
    if len(word) < 5 or not word.endswith("ed") or tokens[at].capital:
        return False
    return at == 0 or tokens[at - 1].word not in ("be", "to")

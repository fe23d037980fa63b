"""The time phrase and the place phrase that belong to a clause."""

from __future__ import annotations

import re
from datetime import date

from spacy.tokens import Doc, Span, Token

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"\b(1[5-9]|20)\d\d\b")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\.?\b", re.I)
_TIMES = frozenset({"DATE", "TIME"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_BEFORE_PLACE = frozenset({"in", "at", "near", "outside", "inside", "from", "off"})


class Settings:
    """Time and place expressions of a document, each given to the predicates around it."""

    def __init__(self, doc: Doc) -> None:
        self._times = [e for e in doc.ents if e.label_ in _TIMES and not _number(e)]
        self._places = [e for e in doc.ents if e.label_ in _PLACES and _locative(e)]

    def time(self, trigger: Token) -> Span | None:
        """The time phrase of the predicate's own clause, else the nearest of its sentence."""
        return _nearest(trigger, [e for e in self._times if _dated(e)])

    def place(self, trigger: Token, taken: set[int]) -> Span | None:
        """The place phrase nearest to the predicate that is not one of its parties."""
        free = [e for e in self._places if not any(t.i in taken for t in e)]
        return _nearest(trigger, free)


def told_on(time: Span) -> date | None:
    """The day a phrase with a year tells roughly: the middle of its month, or of its year.

    Enough to tell background from news; exact dates are resolved later.
    """
    year = _YEAR.search(time.text)
    if year is None:
        return None
    month = _MONTH.search(time.text)
    if month is None:
        return date(int(year[0]), 7, 1)
    return date(int(year[0]), _MONTHS.index(month[1].lower()) + 1, 15)


def _locative(place: Span) -> bool:
    head = place.root
    return head.dep_ == "pobj" and head.head.lower_ in _BEFORE_PLACE


def _number(time: Span) -> bool:
    """A bare number is a date only as a year ("35" in "expels 35 diplomats" is none)."""
    return time.text.isdigit() and _YEAR.fullmatch(time.text) is None


def _dated(time: Span) -> bool:
    head = time.root
    if time.text.isdigit() and head.dep_ in ("nummod", "amod", "nmod", "compound"):
        return False  # a year within a name ("the 1987 INF treaty")
    return head.dep_ in (
        "npadvmod",
        "pobj",
        "tmod",
        "nmod",
        "compound",
        "amod",
        "advmod",
        "poss",
        "nummod",
    )


def _nearest(trigger: Token, spans: list[Span]) -> Span | None:
    sentence = trigger.sent
    here = [s for s in spans if sentence.start <= s.start < sentence.end]
    if not here:
        return None
    return min(here, key=lambda s: (_steps(trigger, s.root), abs(s.start - trigger.i)))


def _steps(trigger: Token, word: Token) -> int:
    """How far apart two tokens stand in the parse, counted from the word up to the predicate."""
    up = {trigger.i: 0}
    for n, ancestor in enumerate(trigger.ancestors, 1):
        up[ancestor.i] = 2 * n
    at, steps = word, 0
    while at.i not in up and steps < 12:
        at, steps = at.head, steps + 1
    return steps + up.get(at.i, 12)

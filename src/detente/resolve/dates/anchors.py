"""Landmark events that a sentence dates its own event by: "after the Helsinki summit"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from detente.gazetteer.landmarks import Landmark, landmarks_by_noun
from detente.records import Passage
from detente.resolve.cues import cues

Relation = Literal["after", "before", "at", "none"]

#: A cue stands within this many characters of the word for what it was.
_NEAR = 80
#: How far back "the summit" may refer to one that was named.
_BACK = 900
_RELATIONS = (
    (
        "after",
        r"after|following|since|in the (?:wake|aftermath) of|post-|followed|over|"
        r"in (?:response|answer|reply|retaliation) (?:to|for)|because of",
    ),
    ("before", r"before|ahead of|prior to|in the run-up to|pre-"),
    ("at", r"at|during|on the sidelines of|in"),
)
#: Words that open a clause of their own.
SUBORDINATE = re.compile(
    r"\b(?:that|which|who|because|although|though|while|but|whether|when|where)\b", re.IGNORECASE
)
_APART = re.compile(r"\b(?:since|after|before|until|following|ahead)\b|[.;]\s", re.IGNORECASE)
#: Of what recurs in one town ("the Geneva talks") only one as recent is meant without a year.
_RECENT = timedelta(days=3 * 366)
_RELATIVE = re.compile(r"[\s,]+\w*[\s,]*(?:that|which)\b")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A landmark named at characters ``start`` to ``end``, and how the sentence leans on it."""

    start: int
    end: int
    noun: str
    landmark: Landmark
    relation: Relation


@cache
def _noun_pattern() -> re.Pattern[str]:
    nouns = sorted(landmarks_by_noun(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, nouns)) + r")\b", re.IGNORECASE)


def anchors_in(text: str, start: int, end: int, on: date | None) -> tuple[Anchor, ...]:
    """Landmarks that characters ``start`` to ``end`` of ``text`` name.

    Args:
        text: the whole report, since "the summit" may have been named before.
        start, end: a sentence.
        on: the day of the report; landmarks after it are not meant.

    Returns:
        The anchors in order; where several fit, the last by ``on`` or that of the year told.
    """
    found = (_anchor(text, start, end, noun, on) for noun in _nouns(text, start, end))
    return tuple(anchor for anchor in found if anchor)


def _nouns(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    return _noun_pattern().finditer(text, start, end)


def _anchor(text: str, start: int, end: int, noun: re.Match[str], on: date | None) -> Anchor | None:
    near = (max(start, noun.start() - _NEAR), min(end, noun.end() + _NEAR))
    named = _named(text, near, noun.span(), on)
    if named is None:
        landmark = _told_before(text, start, noun, on)
        first, last = noun.span()
    else:
        landmark, first, last = named
    if landmark is None:
        return None
    first, last = min(first, noun.start()), max(last, noun.end())
    relation = _relation(
        text[max(start, first - 30) : first], text[max(0, noun.start() - 5) : noun.start()]
    )
    return Anchor(start=first, end=last, noun=noun[0], landmark=landmark, relation=relation)


def _named(
    text: str, near: tuple[int, int], noun: tuple[int, int], on: date | None
) -> tuple[Landmark, int, int] | None:
    around, word = text[near[0] : near[1]], text[noun[0] : noun[1]].lower()
    fitting = []
    for landmark in landmarks_by_noun().get(word, ()):
        at = _cue_at(text, near, noun, landmark)
        if at and (on is None or landmark.starts <= on):
            fitting.append((landmark, *at))
    years = {int(y) for y in _YEAR.findall(around)}
    of_year = [f for f in fitting if f[0].starts.year in years]
    if years and fitting and not of_year:
        return None
    meant = max(of_year or fitting, key=lambda f: f[0].starts, default=None)
    if meant and not of_year and on and word in cues("repeated") and on - meant[0].ends > _RECENT:
        return None
    return meant


def _cue_at(
    text: str, near: tuple[int, int], noun: tuple[int, int], landmark: Landmark
) -> tuple[int, int] | None:
    """Where a cue of the landmark stands near the noun, with no other time between them."""
    for cue in landmark.cues:
        for at in re.finditer(rf"(?<!\w){re.escape(cue)}(?!\w)", text[near[0] : near[1]]):
            start, end = near[0] + at.start(), near[0] + at.end()
            between = text[min(end, noun[1]) : max(start, noun[0])]
            if not _APART.search(between):
                return start, end
    return None


def _told_before(text: str, start: int, noun: re.Match[str], on: date | None) -> Landmark | None:
    """What "the summit", "that summit" or "post-summit" refers to, if one was named before."""
    lead = text[max(0, noun.start() - 6) : noun.start()].lower()
    if not re.search(r"(?:\bthe |\bthat |post-|pre-)$", lead):
        return None
    back = max(0, start - _BACK)
    earlier = re.finditer(
        rf"\b{re.escape(noun[0])}\b", text[back : noun.start() - 1], re.IGNORECASE
    )
    for match in reversed(list(earlier)):
        at = back + match.start()
        near = (max(0, at - _NEAR), min(len(text), at + len(noun[0]) + _NEAR))
        named = _named(text, near, (at, at + len(noun[0])), on)
        if named:
            return named[0]
    return None


def _relation(before: str, joined: str) -> Relation:
    if joined.lower().endswith("post-"):
        return "at"
    clause = re.split(r"[,;:()“”\"]", before.lower())[-1]
    found: list[tuple[int, Relation]] = []
    for name, pattern in _RELATIONS:
        for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", clause):
            found.append((match.start(), name))  # type: ignore[arg-type]
    return max(found)[1] if found else "none"


def leaned_on(
    text: str, sentence: Passage, trigger: Passage, anchors: Sequence[Anchor]
) -> Anchor | None:
    """The landmark that the event's own clause, or the sentence's opening, leans on.

    Args:
        text: the report.
        sentence, trigger: where the event stands.
        anchors: the landmarks of the sentence.

    Returns:
        The first anchor with a relation to the event; what a relative clause tells of a landmark
        ("the summit, which unleashed …") came after it.
    """
    for anchor in anchors:
        low, high = sorted((anchor.start, trigger.start))
        between = text[low:high]
        opening = anchor.start - sentence.start < 30 and anchor.end <= trigger.start
        opening = opening and not re.search(r"\bthat\b", between)
        if anchor.relation != "none" and (opening or not SUBORDINATE.search(between)):
            return anchor
        relative = _RELATIVE.match(text, anchor.end)
        if relative and anchor.end <= trigger.start:
            return replace(anchor, relation="after")
    return None

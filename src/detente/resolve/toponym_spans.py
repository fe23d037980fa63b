"""Place names in a text: capitalised words that the gazetteer knows, weighed by what stands around.

A name counts where something speaks for it (a locative word before, a container after, its fame)
and nothing against it (a first name or title before, an organisation's word after, a common word
that merely opens a sentence). What was taken once is taken again in the same text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.gazetteer.places import (
    ABBREVIATION,
    DEMONYM,
    Candidate,
    candidates,
    division_forms,
)
from detente.gazetteer.toponym_words import words_of

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d+\w*|[^\w\s]")
_INNER = frozenset({"of", "the", "de", "la", "al", "el", "and", "upon", "on", "del", "di"})
_SHORTENED = frozenset(
    {"st", "mt", "ft", "u", "s", "w", "n", "d", "va", "la", "ga", "c", "e", "y", "j", "h"}
)
_LONGEST = 5
#: From this score on a name is taken.
_TAKEN = 2.0
#: From this score on a name told more than once is.
_LIKELY = 0.8
_FAMOUS, _LARGE, _SMALL = 300_000, 50_000, 5_000


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark at characters ``start`` to ``end``."""

    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


def toponym_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Characters ``(start, end)`` of every place name, in order, none overlapping."""
    words = [Word(m[0], m.start(), m.end()) for m in _WORD.finditer(text)]
    persons = _surnames(words)
    taken: list[tuple[int, int, float]] = []
    at = 0
    while at < len(words):
        found = _longest(text, words, at)
        if found is None:
            at += 1
            continue
        listed = _listed(words, at, taken)
        taken.append((at, found[0], _score(text, words, at, found, persons) + listed))
        at = found[0]
    sure = _sure(text, words, taken)
    return tuple(
        (words[a].start, _end(text, words, b))
        for a, b, score in taken
        if score >= _TAKEN or (score > _TAKEN - 1.5 and _name(text, words, a, b) in sure)
    )


def _sure(
    text: str, words: Sequence[Word], taken: Sequence[tuple[int, int, float]]
) -> frozenset[str]:
    """Names taken once, or told again and again with nothing against them."""
    weighed: dict[str, list[float]] = {}
    for start, end, score in taken:
        weighed.setdefault(_name(text, words, start, end), []).append(score)
    return frozenset(
        name
        for name, scores in weighed.items()
        if max(scores) >= _TAKEN or (len(scores) > 1 and min(scores) >= _LIKELY)
    )


def _listed(words: Sequence[Word], at: int, taken: Sequence[tuple[int, int, float]]) -> float:
    """What it counts for that a place stands before, joined by ``and`` or a comma."""
    joined = at > 0 and words[at - 1].text in ("and", "or", ",", "&")
    return 1.0 if joined and taken and taken[-1][1] == at - 1 and taken[-1][2] >= _TAKEN else 0.0


def _name(text: str, words: Sequence[Word], start: int, end: int) -> str:
    return text[words[start].start : words[end - 1].end].lower()


def _end(text: str, words: Sequence[Word], end: int) -> int:
    """The end of a span; a full stop that belongs to an abbreviation is part of it."""
    last = words[end - 1]
    if text[last.end : last.end + 1] != ".":
        return last.end
    short = last.text.lower() in _SHORTENED or len(last.text) == 1
    return last.end + 1 if short or f"{last.text}." in division_forms() else last.end


Found = tuple[int, str, tuple[Candidate, ...]]


def _longest(text: str, words: Sequence[Word], at: int) -> Found | None:
    """The longest name that begins at word ``at``: its end, kind of evidence, and candidates."""
    if not words[at].capital or words[at].text == "The":
        return None
    feature = _feature(words, at)
    for end in range(min(at + _LONGEST, len(words)), at, -1):
        if not _joined(text, words, at, end):
            continue
        name = text[words[at].start : _end(text, words, end)]
        found = _meant(name, candidates(name))
        if found:
            if feature and feature > end:
                return feature, "feature", ()
            return end, "name", found
    return (feature, "feature", ()) if feature else None


def _meant(name: str, found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Without what the letters rule out: ``Ind.`` is Indiana, ``IND`` and ``Ind`` are not."""
    bare = name.replace(".", "")
    return tuple(
        c for c in found
        if c.role != ABBREVIATION or name.endswith(".") or (len(bare) == 2 and bare.isupper())
        or len(bare) > 4
    )  # fmt: skip


def _joined(text: str, words: Sequence[Word], start: int, end: int) -> bool:
    """Whether words ``start`` to ``end`` can be one name: capitals, or joined by ``of``."""
    if not words[end - 1].capital:
        return False
    for before, after in zip(words[start : end - 1], words[start + 1 : end], strict=True):
        gap = text[before.end : after.start]
        if after.text == ".":
            if before.text.lower() not in _SHORTENED and len(before.text) > 1:
                return False
        elif (
            (not after.capital and after.text not in _INNER)
            or gap not in (" ", "", "\n", "  ")
            or (not gap and before.text != ".")
        ):
            return False
    return True


def _feature(words: Sequence[Word], at: int) -> int:
    """The end of a street, road or natural feature that begins here ("Neches River"), or 0."""
    if words[at].text in words_of("roadname") and at + 1 < len(words):
        return at + 2 if words[at + 1].text[0].isdigit() else 0
    if words[at].text in words_of("never"):
        return 0
    for end in range(at + 1, min(at + 4, len(words))):
        word = words[end]
        if not word.capital:
            return 0
        if word.text in words_of("street") or word.text in words_of("feature"):
            return end + 1
    return 0


def _surnames(words: Sequence[Word]) -> frozenset[str]:
    """Last names of the persons of a text: the capitalised word after a first name or a title."""
    found = set()
    for at, word in enumerate(words[:-1]):
        leads = word.text in words_of("given") or word.text in words_of("title")
        step = 2 if leads and words[at + 1].text == "." else 1
        following = words[at + step : at + step + 2]
        if (
            leads
            and following
            and following[0].capital
            and following[0].text not in words_of("street")
        ):
            found.add(following[0].text)
            if (
                len(following) > 1
                and following[1].capital
                and _adjacent(following[0], following[1])
            ):
                found.add(following[1].text)
    return frozenset(found)


def _adjacent(first: Word, second: Word) -> bool:
    return second.start - first.end == 1


def _score(
    text: str, words: Sequence[Word], at: int, found: Found, persons: frozenset[str]
) -> float:
    end, kind, meant = found
    if kind == "feature":
        return 2.5
    score = _fame(meant, one_word=end - at == 1)
    score += _before(words, at) + _after(text, words, end)
    if end - at == 1:
        score -= _against(words, at, persons, meant)
    return score


def _fame(meant: Sequence[Candidate], *, one_word: bool) -> float:
    """How far a name is that of a place without any sign around it."""
    best = 0.0
    for candidate in meant:
        place = candidate.place
        if place.kind in ("country", "site") or candidate.role == DEMONYM or place.capital:
            best = max(best, 3.0)
        elif place.kind == "region" and place.division.count(".") < 2:
            best = max(best, 3.0 if candidate.role in (0, ABBREVIATION) else 1.0)
        elif place.kind == "region":
            best = max(best, 0.4 if one_word else 3.0)
        elif candidate.role == 0:
            people = place.population
            best = max(
                best,
                2.2
                if people > _FAMOUS
                else 1.4
                if people > _LARGE
                else 0.8
                if people > _SMALL
                else 0.5,
            )
        else:
            best = max(best, 0.8 if place.population > _FAMOUS else 0.2)
    return best + (0.0 if one_word else 0.7)


def _before(words: Sequence[Word], at: int) -> float:
    if not at:
        return 0.0
    before = words[at - 1]
    previous = words[at - 2].text if at > 1 else ""
    named = before.text if before.text != "." else previous
    if named in words_of("title") or before.text in words_of("given"):
        return -3.0
    if before.text.lower() in words_of("cue"):
        return 1.6
    if before.text == "the" and previous in words_of("cue"):
        return 0.8
    beside = before.capital and _adjacent(before, words[at])
    return -0.8 if beside and before.text not in words_of("never") else 0.0


def _after(text: str, words: Sequence[Word], end: int) -> float:
    if end >= len(words):
        return 0.0
    after, close = words[end], text[words[end - 1].end : words[end].start]
    if after.text == "," and end + 1 < len(words) and words[end + 1].capital:
        return 1.6 if _is_container(text, words, end + 1) else 0.0
    if after.text in words_of("division"):
        return 1.9
    return _capital_after(after.text) if after.capital and close in (" ", "\n") else 0.0


def _capital_after(word: str) -> float:
    if word in words_of("organisation"):
        return -1.0
    if word in words_of("street"):
        return 0.5
    return -0.9 if word not in words_of("never") and not candidates(word) else -0.2


def _is_container(text: str, words: Sequence[Word], at: int) -> bool:
    for end in range(min(at + 3, len(words)), at, -1):
        name = text[words[at].start : _end(text, words, end)]
        if any(_contains(c) for c in candidates(name)):
            return True
    return False


def _contains(candidate: Candidate) -> bool:
    """Whether it is a country or first-level division, by its name."""
    place = candidate.place
    division = place.kind == "region" and place.division.count(".") == 1
    return candidate.role != DEMONYM and (place.kind == "country" or division)


def _in_capitals(words: Sequence[Word], at: int) -> bool:
    """Whether the words beside are all capitals too, or it opens a dateline ("BEIRUT: …")."""
    beside = [w.text for w in words[max(0, at - 1) : at + 2] if w is not words[at]]
    return any(len(t) > 2 and t.isupper() for t in beside) or bool(set(beside) & set("-—–:,("))


def _against(
    words: Sequence[Word], at: int, persons: frozenset[str], meant: Sequence[Candidate]
) -> float:
    """What speaks against a single word: a person's or common name, a sentence's first word."""
    word = words[at].text
    known = any(c.place.kind == "country" or c.role == DEMONYM for c in meant)
    against = 0.0
    if word in persons and not known:
        against += 2.5
    if word in words_of("never"):
        against += 3.0
    if word in words_of("given"):
        located = at > 0 and words[at - 1].text in words_of("cue")
        against += 0.8 if located else 1.5
    opens = at == 0 or words[at - 1].text in '.!?”"“:'
    if opens and not known:
        against += 0.4
    if len(word) < 6 and word.isupper() and not known and not _in_capitals(words, at):
        against += 2.0
    return against

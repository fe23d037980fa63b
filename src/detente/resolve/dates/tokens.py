"""Text into tokens with offsets, each with the classes of the time grammar it can stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.resolve.dates.words import classes_of

_TOKEN = re.compile(
    r"""
    (?P<iso>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?)?)
  | (?P<slashed>\d{1,2}[/]\d{1,2}[/](?:\d{4}|\d{2})(?!\d)|\d{1,2}\.\d{1,2}\.\d{4})
  | (?P<clock>\d{1,2}:\d{2}(?::\d{2})?)
  | (?P<decade>(?:1[0-9]|20)\d0s|['’`]\d0s)
  | (?P<shortyear>['’`]\d\d(?!\w))
  | (?P<ordinal>\d+(?:st|nd|rd|th)\b)
  | (?P<number>\d+(?:,\d{3})*(?:\.\d+)?)
  | (?P<meridiem>[apAP]\.?\s?[mM]\b\.?)
  | (?P<possessive>['’]s\b)
  | (?P<word>[^\W\d_]+(?:['’](?:t|ll|re|ve|d|m)\b)?)
  | (?P<mark>\S)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """Characters ``start`` to ``end`` of the text; ``word`` is them in lower case."""

    start: int
    end: int
    word: str
    classes: Mapping[str, str]
    capital: bool = False


def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of ``text``; number words that belong together are one ("twenty-four")."""
    return tuple(_numbers_joined(list(_apart(text))))


def _apart(text: str) -> Iterator[Token]:
    end = 0
    for found in _TOKEN.finditer(text):
        if found.start() >= end:
            token = _token(found)
            end = token.end
            yield token


def _token(found: re.Match[str]) -> Token:
    kind, written = found.lastgroup or "mark", found[0]
    start, end, word = found.start(), found.end(), written.lower().replace("’", "'")
    if kind == "word":
        classes = classes_of(word)
        abbreviated = "MONTH" in classes or "WEEKDAY" in classes
        if abbreviated and len(word) < 5 and found.string[end : end + 1] == ".":
            end += 1
        return Token(start, end, word, classes, written[0].isupper())
    return Token(start, end, word, _figures(kind, word))


#: More digits count no days or years; Python itself turns only 4,300 of them into a number.
_LONGEST_NUMBER = 30


def _figures(kind: str, word: str) -> Mapping[str, str]:
    if kind == "number":
        return _number(word)
    if kind == "ordinal" and len(word) <= _LONGEST_NUMBER:
        number = word[:-2]
        return {"ORD": number, **({"DAY": number} if 1 <= int(number) <= 31 else {})}
    if kind == "decade":
        digits = word.strip("'’`s")
        return {"DECADE": digits[:3] if len(digits) == 4 else "19" + digits[0]}
    if kind == "shortyear":
        two = int(word[1:])
        return {"SHORTYEAR": str(1900 + two if two > 30 else 2000 + two)}
    named = {"iso": "ISO", "slashed": "SLASHED", "clock": "CLOCK", "meridiem": "MERIDIEM"}
    if kind == "possessive":
        return {"POSS": ""}
    return {named[kind]: word} if kind in named else {}


def _number(word: str) -> Mapping[str, str]:
    plain = word.replace(",", "")
    if len(plain) > _LONGEST_NUMBER:
        return {}
    classes = {"NUM": plain}
    if plain.isdigit():
        if 1 <= int(plain) <= 31 and len(plain) <= 2:
            classes["DAY"] = plain
        if len(word) == 4 and 1000 <= int(plain) < 2200:
            classes["YEAR"] = plain
        if len(word) == 4 and int(plain[:2]) < 25 and int(plain[2:]) < 60:
            classes["HOURS"] = plain
    return classes


def _numbers_joined(tokens: Sequence[Token]) -> Iterator[Token]:
    at = 0
    while at < len(tokens):
        end = _number_end(tokens, at)
        yield _joined(tokens, at, end) if end > at + 1 else tokens[at]
        at = max(end, at + 1)


def _number_end(tokens: Sequence[Token], at: int) -> int:
    """Where the run of number words that begins at ``at`` ends (hyphens only between them)."""
    end = at
    while end < len(tokens) and "NUMWORD" in tokens[end].classes:
        end += 1
        tail = tokens[end : end + 2]
        hyphen = len(tail) == 2 and tail[0].word == "-" and "NUMWORD" in tail[1].classes
        end += hyphen
    if end == at + 1 and end < len(tokens) and "ORD" in tokens[end].classes:
        return at
    return end


def _joined(tokens: Sequence[Token], at: int, end: int) -> Token:
    parts = [int(t.classes["NUMWORD"]) for t in tokens[at:end] if "NUMWORD" in t.classes]
    word = " ".join(token.word for token in tokens[at:end])
    classes = {"NUM": str(_sum(parts))}
    if 13 <= parts[0] <= 20 and len(parts) > 1 and 10 <= sum(parts[1:]) <= 99:
        classes = {"YEAR": str(parts[0] * 100 + sum(parts[1:]))}
    elif 1000 <= _sum(parts) < 2200:
        classes["YEARWORD"] = classes["NUM"]
    return Token(tokens[at].start, tokens[end - 1].end, word, classes, tokens[at].capital)


def _sum(parts: Sequence[int]) -> int:
    total, group = 0, 0
    for part in parts:
        if part >= 1000:
            total, group = total + max(group, 1) * part, 0
        else:
            group = max(group, 1) * 100 if part == 100 else group + part
    return total + group

"""A small language for patterns over classed tokens, matched with backtracking.

    MONTH DAY (',' YEAR)?        a class; 'word'|'word' literals; ( ) group; | choice; ? + * repeat

Named fragments (``$QTY``) are put in before parsing, so that rules are composed of smaller ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from detente.resolve.dates.tokens import Token

Captured = tuple[tuple[str, Token], ...]
_SYMBOL = re.compile(r"'[^']*'|[A-Z]+|[()|?*+]")


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a pattern: ``kind`` is word, class, row, choice, maybe or many."""

    kind: str
    name: str = ""
    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What a pattern matched: the tokens taken, and which class took which."""

    tokens: tuple[Token, ...]
    captured: Captured

    def has(self, name: str) -> bool:
        """Whether a token was taken as class ``name``."""
        return any(name == taken for taken, _ in self.captured)

    def values(self, name: str) -> tuple[str, ...]:
        """The values of all tokens taken as class ``name``, in order."""
        return tuple(token.classes[name] for taken, token in self.captured if taken == name)

    def value(self, name: str) -> str:
        """The value of the first token taken as class ``name``, or ``""``."""
        return next(iter(self.values(name)), "")

    def number(self, name: str) -> int:
        """Like ``value``, as a whole number; 0 where there is none."""
        return int(float(self.value(name) or 0))

    def says(self, *words: str) -> bool:
        """Whether one of ``words`` (lower case) was matched."""
        return any(token.word in words for token in self.tokens)


@cache
def compiled(pattern: str) -> Node:
    """The pattern as a tree.

    Raises:
        ValueError: if it is not well formed.
    """
    symbols = _SYMBOL.findall(pattern)
    node, rest = _choice(symbols, 0)
    if rest != len(symbols):
        raise ValueError(f"unbalanced pattern: {pattern}")
    return node


def with_fragments(pattern: str, fragments: Mapping[str, str]) -> str:
    """``pattern`` with every ``$NAME`` replaced by its fragment in brackets."""
    while "$" in pattern:
        pattern = re.sub(r"\$(\w+)", lambda found: f"({fragments[found[1]]})", pattern)
    return pattern


def _choice(symbols: Sequence[str], at: int) -> tuple[Node, int]:
    parts = []
    while True:
        node, at = _row(symbols, at)
        parts.append(node)
        if at >= len(symbols) or symbols[at] != "|":
            return (parts[0] if len(parts) == 1 else Node("choice", parts=tuple(parts))), at
        at += 1


def _row(symbols: Sequence[str], at: int) -> tuple[Node, int]:
    parts: list[Node] = []
    while at < len(symbols) and symbols[at] not in ")|":
        node, at = _repeated(symbols, at)
        parts.append(node)
    return Node("row", parts=tuple(parts)), at


def _repeated(symbols: Sequence[str], at: int) -> tuple[Node, int]:
    node, at = _single(symbols, at)
    while at < len(symbols) and symbols[at] in "?*+":
        many = Node("maybe", parts=(Node("many", parts=(node,)),))
        node = {"?": Node("maybe", parts=(node,)), "+": Node("many", parts=(node,)), "*": many}[
            symbols[at]
        ]
        at += 1
    return node, at


def _single(symbols: Sequence[str], at: int) -> tuple[Node, int]:
    symbol = symbols[at]
    if symbol == "(":
        node, at = _choice(symbols, at + 1)
        if at >= len(symbols) or symbols[at] != ")":
            raise ValueError("bracket not closed")
        return node, at + 1
    if symbol[0] == "'":
        return Node("word", symbol[1:-1]), at + 1
    return Node("class", symbol), at + 1


def openers(node: Node) -> frozenset[str]:
    """The words and classes that a match can begin with; ``""`` if it can be empty."""
    if node.kind in ("word", "class"):
        return frozenset((node.name,))
    if node.kind == "choice":
        return frozenset().union(*(openers(part) for part in node.parts))
    if node.kind == "maybe":
        return openers(node.parts[0]) | {""}
    if node.kind == "many":
        return openers(node.parts[0])
    found: frozenset[str] = frozenset(("",))
    for part in node.parts:
        found = (found - {""}) | openers(part)
        if "" not in found:
            break
    return found


def longest(node: Node, tokens: Sequence[Token], at: int) -> Match | None:
    """The longest match of ``node`` that begins at token ``at``."""
    best: tuple[int, Captured] | None = None
    for end, captured in _ways(node, tokens, at):
        if end > at and (best is None or end > best[0]):
            best = end, captured
    return Match(tuple(tokens[at : best[0]]), best[1]) if best else None


def _ways(node: Node, tokens: Sequence[Token], at: int) -> Iterator[tuple[int, Captured]]:
    if node.kind in ("word", "class"):
        yield from _one(node, tokens, at)
    elif node.kind == "row":
        yield from _in_row(node.parts, tokens, at)
    elif node.kind == "choice":
        for part in node.parts:
            yield from _ways(part, tokens, at)
    elif node.kind == "maybe":
        yield from _ways(node.parts[0], tokens, at)
        yield at, ()
    else:
        for end, captured in _ways(node.parts[0], tokens, at):
            yield from ((e, captured + more) for e, more in _ways(node, tokens, end) if e > end)
            yield end, captured


def _one(node: Node, tokens: Sequence[Token], at: int) -> Iterator[tuple[int, Captured]]:
    if at >= len(tokens):
        return
    token = tokens[at]
    if node.kind == "word":
        if token.word == node.name:
            yield at + 1, ()
    elif node.name in token.classes:
        yield at + 1, ((node.name, token),)


def _in_row(
    parts: Sequence[Node], tokens: Sequence[Token], at: int
) -> Iterator[tuple[int, Captured]]:
    if not parts:
        yield at, ()
        return
    for end, captured in _ways(parts[0], tokens, at):
        for last, more in _in_row(parts[1:], tokens, end):
            yield last, captured + more

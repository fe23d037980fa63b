"""Where the rules of the time grammar are entered: a pattern, and what its match means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from detente.resolve.dates.expression import Reading
from detente.resolve.dates.patterns import Match, Node, compiled, openers, with_fragments
from detente.resolve.dates.scene import Scene

Meaning = Callable[[Match, Scene], Reading | None]

#: Fragments that patterns share.
FRAGMENTS = {
    "YEAR": "YEAR | SHORTYEAR",
    "TIMES": "CLOCK 'local'? MERIDIEM? ZONE? | NUM MERIDIEM ZONE? | HOURS ZONE | CLOCKWORD",
    "QTY": "('a'|'the')? ('very'|'good'|'great')? (NUM (NUM '/' NUM)? | QUANT) 'of'?"
    " ('more'|'full'|'consecutive'|'straight'|'additional'|'other')?",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled pattern with its meaning; ``first`` are the classes or words it begins with."""

    pattern: Node
    meaning: Meaning
    first: frozenset[str]


RULES: list[Rule] = []


def rule(pattern: str) -> Callable[[Meaning], Meaning]:
    """Enters a function as the meaning of ``pattern``; earlier rules win ties of length."""
    node = compiled(with_fragments(pattern, FRAGMENTS))

    def entered(meaning: Meaning) -> Meaning:
        RULES.append(Rule(node, meaning, openers(node)))
        return meaning

    return entered

"""Page furniture: picture names, captions, share bars, newsletter boxes, comment forms and so on.

The cues are a table (``tables/furniture.csv``): expressions that a whole line must match, so that a
sentence which only mentions such words is never taken for furniture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from detente.errors import TableError
from detente.ontology.table import packaged, rows
from detente.read.lines import Line, normalised
from detente.read.sections import kind_of

COLUMNS = ("pattern", "reach", "where", "what")
#: No cue is longer; a longer line is prose and is not tried.
LONGEST = 420
#: A line of this many words that ends like a sentence is running text.
RUNNING_WORDS = 12
#: Headlines in a list of links do not end in a full stop.
FEWEST_WORDS = 4
FULL_STOP = re.compile(r"\.[\"'”’)\]»]*$")
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]»]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A row of the table: what a line must be, how far it reaches, where it counts, what it is."""

    pattern: re.Pattern[str]
    reach: Literal["line", "list", "rest"]
    where: Literal["any", "head", "tail"]
    what: str


def cues_from(table: Traversable | Path) -> tuple[Cue, ...]:
    """The cues of a table.

    Raises:
        TableError: naming the row whose expression, reach or place is not valid.
    """
    found = []
    for number, row in rows(table, COLUMNS):
        if row["reach"] not in ("line", "list", "rest"):
            raise TableError(
                str(table), number, f"reach {row['reach']!r} is not line, list or rest"
            )
        if row["where"] not in ("any", "head", "tail"):
            raise TableError(str(table), number, f"where {row['where']!r} is not any, head or tail")
        try:
            pattern = re.compile(row["pattern"])
        except re.error as error:
            raise TableError(str(table), number, f"not a regular expression: {error}") from None
        found.append(
            Cue(pattern=pattern, reach=row["reach"], where=row["where"], what=row["what"])  # type: ignore[arg-type]
        )
    return tuple(found)


@cache
def cues() -> tuple[Cue, ...]:
    """The cues that ship with Détente."""
    return cues_from(packaged("detente.read", "furniture.csv"))


def is_running(line: str) -> bool:
    """Whether a line is running text: a full sentence of at least a dozen words."""
    return len(line.split()) >= RUNNING_WORDS and bool(SENTENCE_END.search(line))


def furniture_in(lines: Sequence[Line]) -> dict[int, str]:
    """Which lines of a text are furniture.

    Args:
        lines: the lines of the text, in order.

    Returns:
        Line number (from 0) → what it is, as the table calls it.
    """
    before = _running_before(lines)
    found: dict[int, str] = {}
    listing = ""
    for number, line in enumerate(lines):
        if listing and line.text and _ends_listing(line.text):
            listing = ""
        cue = cue_of(line.text, head=before[number] == 0, tail=2 * before[number] >= before[-1])
        if cue and cue.reach == "rest" and before[number]:
            return found | {n: cue.what for n in range(number, len(lines)) if lines[n].text}
        if cue:
            found[number] = cue.what
            listing = cue.what if cue.reach == "list" else listing
        elif listing and line.text:
            found[number] = listing
    return found


def _ends_listing(line: str) -> bool:
    """A list of links ends at a sentence or at a heading of the report itself."""
    is_sentence = len(line.split()) >= FEWEST_WORDS and bool(FULL_STOP.search(line))
    return is_sentence or is_running(line) or kind_of(line) is not None


def _running_before(lines: Sequence[Line]) -> list[int]:
    counts = [0]
    for line in lines:
        counts.append(counts[-1] + is_running(line.text))
    return counts


@cache
def _any_cue() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{cue.pattern.pattern})" for cue in cues()))


def cue_of(line: str, *, head: bool = True, tail: bool = True) -> Cue | None:
    """The cue that a line matches, if any.

    Args:
        line: the line as it stands.
        head: whether no full sentence stands before it.
        tail: whether at least half of the full sentences do.
    """
    if not line or len(line) > LONGEST:
        return None
    plain = normalised(line)
    if not _any_cue().fullmatch(plain):
        return None
    for cue in cues():
        if (cue.where == "head" and not head) or (cue.where == "tail" and not tail):
            continue
        if cue.pattern.fullmatch(plain):
            return cue
    return None

"""Training examples that are not our own frames: PLOVER's coded records and the lexicon's examples.

The PLOVER records (PLOVER_GSR_CAMEO.json, Open Event Data Alliance, CC BY-SA 4.0) are read from
the path given; nothing of them is kept in this project. Of the 322 records only those whose id
hashes to an even number train (``trains``); the odd ones are left for testing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from detente.coding.classifier import NONE, MarkedSentence, Span, senses
from detente.coding.lexicon import NOTHING
from training.frames import Example

#: The 2016 draft's names that the 2021 manual merged or renamed.
_RENAMED = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
}
_MARK = re.compile(r"\((SRC/TAR|SRC|TAR|EVT|LOC):\s*([^()]*)\)")


def trains(record_id: str) -> bool:
    """Whether a PLOVER record may train: the SHA-256 of its id, as a number, is even."""
    return int(hashlib.sha256(record_id.encode()).hexdigest(), 16) % 2 == 0


def _of_type(event_type: str) -> frozenset[str]:
    """All senses that CAMEO puts under a type; CONCEDE and RETREAT were one class (YIELD)."""
    wanted = {event_type}
    if event_type in ("CONCEDE", "RETREAT"):
        wanted = {"CONCEDE", "RETREAT"}
    return frozenset(s.name for s in senses().values() if wanted & {s.cameo, s.event_type})


def plover_records(path: Path, *, training: bool = True) -> Iterator[Example]:
    """The PLOVER records that train (or the others), with their marked source and target.

    Args:
        path: PLOVER_GSR_CAMEO.json.
        training: the even half; False gives the odd half.
    """
    for record in json.loads(path.read_text(encoding="utf-8")):
        if record["event"] == "DOCUMENT" or trains(record["id"]) != training:
            continue
        event_type = _RENAMED.get(record["event"], record["event"])
        noted = record["textInfo"]
        marked = _unmarked(noted["markup"] if isinstance(noted, dict) else noted)
        yield Example(
            marked=marked, senses=_of_type(event_type), origin=record["id"], gold=event_type
        )


def _unmarked(markup: str) -> MarkedSentence:
    """Takes the ``(SRC: …)`` marks off a text; they may nest."""
    found: list[tuple[str, Span]] = []
    text = markup
    while match := _MARK.search(text):
        inner = match[2].strip()
        lead = match.start(2) - match.start()
        cut = match.end() - match.start() - len(inner)
        found = [(k, _shifted(span, match, lead, cut)) for k, span in found]
        found.append((match[1], (match.start(), match.start() + len(inner))))
        text = text[: match.start()] + inner + text[match.end() :]
    both = [span for kind, span in found if kind == "SRC/TAR"]
    actors = [span for kind, span in found if kind == "SRC"] + both[:1]
    recipients = [span for kind, span in found if kind == "TAR"] + both[1:]
    return MarkedSentence(
        text=text,
        actor=actors[0] if actors else None,
        recipient=recipients[0] if recipients else None,
    )


def _shifted(span: Span, match: re.Match[str], lead: int, cut: int) -> Span:
    """Where a span goes when a mark around or before it is taken off."""
    if span[0] >= match.end():
        return span[0] - cut, span[1] - cut
    if span[0] >= match.start():
        return span[0] - lead, span[1] - lead
    return span


def lexicon_examples(folder: Path) -> Iterator[Example]:
    """The examples of the lexicon's entries, actors unmarked; NONE for those that tell nothing.

    Args:
        folder: ``src/detente/coding/tables/lexicon``.
    """
    for file in sorted(folder.glob("entries_*.csv")):
        for row in _entries(file):
            if row.get("example") and row.get("type"):
                marked = MarkedSentence(text=row["example"])
                yield Example(marked=marked, senses=_typed(row["type"]), origin="lexicon")


def _typed(event_type: str) -> frozenset[str]:
    wanted = NONE if event_type == NOTHING else event_type
    return frozenset(s.name for s in senses().values() if s.event_type == wanted)


def _entries(file: Path) -> Iterator[Mapping[str, str]]:
    import csv  # noqa: PLC0415

    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))

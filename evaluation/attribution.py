"""Sources of attributed content in political news (PolNeAR; Newell, Margolin and Ruths, 2018).

A test item is an attribution with a source whose content matters to us: it overlaps a
double-quoted stretch or a finite verb, as every clause we code does. A gold item is found, and one
of ours is right, where the other side has an attribution whose content overlaps its content and
whose source overlaps its source. Ours do not count as items where they are a speaker's own plan
("vowed to leave") or stand inside another's words ("he said she thinks"): the annotation rarely
enters them. Each annotator's file is scored by itself; the counts are summed.

``f1`` is over all items, ``f1_quotes`` over those whose content overlaps a quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.tokens import Doc, Span

from detente.coding.attribution import Attribution, attributions
from detente.coding.attribution_quotes import quotes
from detente.coding.language import language
from detente.errors import UnreadableReport
from evaluation.result import Result

Spans = Sequence[tuple[int, int]]
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One attribution: source and content as character spans; ``counted`` as a test item."""

    source: Spans
    content: Spans
    counted: bool = True


def evaluate(path: Path) -> Result:
    """Scores the sources of every annotated text.

    Args:
        path: a folder with ``text/NAME.txt`` and ``attributions/NAME_ANNOTATOR.ann`` (brat).

    Returns:
        f1, precision and recall over all items and over quotes, the number of gold items, and a
        row for each gold item and each wrong one of ours.
    """
    rows = [row for file in sorted(path.glob("attributions/*.ann")) for row in _rows(path, file)]
    metrics: dict[str, float | int] = {}
    for suffix, kept in (("", rows), ("_quotes", [row for row in rows if row["quote"]])):
        metrics.update(_figures(kept, suffix))
    metrics["items"] = sum(row["side"] == "gold" for row in rows)
    return Result(metrics=metrics, predictions=rows)


def _figures(rows: Sequence[dict[str, object]], suffix: str) -> dict[str, float]:
    share = {}
    for side, name in (("gold", "recall"), ("ours", "precision")):
        of_side = [bool(row["agrees"]) for row in rows if row["side"] == side]
        share[name] = sum(of_side) / len(of_side) if of_side else 0.0
    both = share["precision"] + share["recall"]
    share["f1"] = 2 * share["precision"] * share["recall"] / both if both else 0.0
    return {f"{name}{suffix}": round(value, 4) for name, value in share.items()}


def _rows(path: Path, file: Path) -> Iterator[dict[str, object]]:
    text_file = path / "text" / f"{file.stem.rpartition('_')[0]}.txt"
    text, ours, quoted, finite = _read(text_file)
    gold = annotated(file)
    for side, items, others in (("gold", gold, ours), ("ours", ours, gold)):
        for number, item in enumerate(items, 1):
            if not item.counted or not _overlap(item.content, (*quoted, *finite)):
                continue
            near = [o for o in others if o.source and _overlap(o.content, item.content)]
            yield {
                "id": f"{file.stem}:{side}:{number}",
                "side": side,
                "quote": _overlap(item.content, quoted),
                "gold" if side == "gold" else "predicted": _words(text, item.source),
                "predicted" if side == "gold" else "gold": [_words(text, o.source) for o in near],
                "agrees": any(_overlap(o.source, item.source) for o in near),
            }


@cache
def _read(file: Path) -> tuple[str, list[Item], Spans, Spans]:
    """Our attributions of a text, its quotes and its finite verbs, as characters."""
    text = file.read_text(encoding="utf-8")
    doc = language()(text)
    ours = [_ours(a) for a in attributions(doc) if a.source is not None]
    quoted = [_characters(doc[quote.start : quote.end]) for quote in quotes(doc)]
    return text, ours, quoted, _finite(doc)


def _finite(doc: Doc) -> Spans:
    return [(t.idx, t.idx + len(t)) for t in doc if t.tag_ in _FINITE]


def _ours(attribution: Attribution) -> Item:
    assert attribution.source is not None
    return Item(
        source=[_characters(attribution.source)],
        content=[_characters(span) for span in attribution.contents],
        counted=not attribution.own and not attribution.outer,
    )


def _characters(span: Span) -> tuple[int, int]:
    return span.start_char, span.end_char


def annotated(file: Path) -> list[Item]:
    """The attributions of a brat file that have a source.

    Args:
        file: lines ``T1<TAB>Source 0 5;9 12<TAB>text`` and ``E1<TAB>Attribution:T4 Source:T1 …``.

    Raises:
        UnreadableReport: if an event names a span that is not in the file.
    """
    spans: dict[str, Spans] = {}
    events: list[str] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if line.startswith("T"):
            places = fields[1].split(" ", 1)[1].split(";")
            spans[fields[0]] = [(int(p.split()[0]), int(p.split()[1])) for p in places]
        elif line.startswith("E"):
            events.append(fields[1])
    try:
        found = [
            Item(source=_part(event, "Source", spans), content=_part(event, "Content", spans))
            for event in events
        ]
    except KeyError as error:
        raise UnreadableReport(str(file), f"no span {error.args[0]}") from None
    return [item for item in found if item.source]


def _part(event: str, role: str, spans: dict[str, Spans]) -> Spans:
    names = re.findall(rf"(?:^| ){role}\d*:(T\d+)", event)
    return [span for name in names for span in spans[name]]


def _words(text: str, spans: Spans) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def _overlap(some: Spans, others: Spans) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)

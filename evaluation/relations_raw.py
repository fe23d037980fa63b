"""The plv rows from their bare sentences: is one coded event wholly right?

A row counts where one coded event has the gold root and its actor and recipient overlap the gold
spans; of an event whose parties are all actors (PLOVER's reciprocal events), two different ones
must. The gold follows CAMEO's roots, renamed; ours are read that way (``evaluation.cameo_terms``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.coding.coder import Coder
from detente.records import CodedEvent, Passage, Report
from evaluation.cameo_terms import cameo_root
from evaluation.result import Result

Span = tuple[int, int]
#: Some rows have no span for a side ("a recipient"): any or no party is then right.
Side = Span | None


def evaluate_rows(rows: Sequence[Mapping[str, str]]) -> Result:
    """Codes each row's sentence and compares.

    Args:
        rows: with ``sentence_id``, ``sentence``, ``source``, ``target``, ``marked_sentence`` and
            ``gold_root``.

    Returns:
        ``rows_right``: share wholly right; ``root_found``: share where some event has the root;
        ``events_per_row``.
    """
    reports = [Report(id=row["sentence_id"], text=row["sentence"]) for row in rows]
    predictions = []
    for row, (_, events) in zip(rows, Coder().code_many(reports), strict=True):
        predictions.append(_row(row, events))
    count = len(predictions) or 1
    return Result(
        metrics={
            "rows": len(predictions),
            "rows_right": round(sum(bool(p["right"]) for p in predictions) / count, 4),
            "root_found": round(sum(bool(p["root"]) for p in predictions) / count, 4),
            "events_per_row": round(sum(len(_list(p)) for p in predictions) / count, 3),
        },
        predictions=predictions,
    )


def _list(prediction: Mapping[str, object]) -> Sequence[object]:
    found = prediction["predicted"]
    assert isinstance(found, list)
    return found


def _row(row: Mapping[str, str], events: Sequence[CodedEvent]) -> dict[str, object]:
    source, target = gold_spans(row["marked_sentence"])
    right = [e for e in events if cameo_root(e) == row["gold_root"]]
    return {
        "id": row["sentence_id"],
        "gold": [row["gold_root"], source, target],
        "predicted": [
            [cameo_root(e), [_span(p) for p in e.actor], [_span(p) for p in e.recipient]]
            for e in events
        ],
        "root": bool(right),
        "right": any(parties_right(e, source, target) for e in right),
    }


def gold_spans(marked: str) -> tuple[Side, Side]:
    """Source and target spans (characters of the unmarked sentence) from the marked sentence."""
    spans: dict[str, Span] = {}
    plain = 0
    rest = marked
    starts: dict[str, int] = {}
    while rest:
        for tag in ("s", "t"):
            if rest.startswith(f"<{tag}>"):
                starts[tag], rest = plain, rest[3:]
                break
            if rest.startswith(f"</{tag}>"):
                spans[tag], rest = (starts[tag], plain), rest[4:]
                break
        else:
            plain, rest = plain + 1, rest[1:]
    return spans.get("s"), spans.get("t")


def _span(passage: Passage) -> Span:
    return passage.start, passage.end


def _overlaps(passages: Sequence[Passage], span: Side) -> list[int]:
    if span is None:
        return [-1]
    return [i for i, p in enumerate(passages) if p.start < span[1] and span[0] < p.end]


def parties_right(event: CodedEvent, source: Side, target: Side) -> bool:
    """Whether actor and recipient overlap the gold's, or two actors where none is recipient."""
    if _overlaps(event.actor, source) and _overlaps(event.recipient, target):
        return True
    ours, theirs = _overlaps(event.actor, source), _overlaps(event.actor, target)
    return not event.recipient and any(i != j for i in ours for j in theirs)

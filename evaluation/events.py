"""Hand-coded documents: the whole way from text to resolved events, against our gold format.

The gold is JSON Lines, one event mention a line, of documents that stand beside it as
``<doc>.txt`` (or the only ``.txt`` there). A coded event matches a gold one of its type whose
trigger overlaps, or that stands within 150 characters and shares a country; each matches once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from detente.coding.coder import Coder
from detente.errors import InputError, UnreadableReport
from detente.ontology.table import rows
from detente.read import read_paths
from detente.records import Event, Participant, Report
from detente.resolve.events import resolve_report
from evaluation.result import Result

Row = Mapping[str, Any]
Pair = tuple[Row, Row]
_PUBLISHED = Path(__file__).with_name("tables") / "published.csv"
_NEAR = 150


def evaluate(path: Path) -> Result:
    """Precision, recall and F1 of events and dyads; shares right among matched events.

    Args:
        path: the gold file.

    Returns:
        ``events_f1``, ``dyads_f1``, ``status``, ``date``, ``place``, ``speaker`` and counts.
    """
    coder, typed, dyads = Coder(), [], []
    gold_all: list[Row] = []
    coded_all: list[Row] = []
    for doc, gold in documents(path).items():
        coded = coded_rows(coder, report_of(path, doc))
        gold_all += gold
        coded_all += coded
        typed += rightly_typed(gold, coded)
        dyads += paired(
            gold, coded, lambda g, c: _same_type(g, c) and _countries(g) == _countries(c)
        )
    metrics = {
        "gold": len(gold_all),
        "coded": len(coded_all),
        **_scores("events", typed, gold_all, coded_all),
        **_scores("dyads", dyads, gold_all, coded_all),
        **_shares(typed),
    }
    return Result(metrics=metrics, predictions=list(_predictions(gold_all, coded_all, typed)))


def documents(path: Path) -> dict[str, list[Row]]:
    """The gold mentions of each document of the file at ``path``."""
    by_doc: dict[str, list[Row]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            by_doc.setdefault(row["doc"], []).append(row)
    return by_doc


def report_of(path: Path, doc: str) -> Report:
    """The document of the gold file at ``path``, read as any report is.

    Raises:
        InputError: if there is no such text, or it cannot be read.
    """
    text = path.with_name(f"{doc}.txt")
    beside = sorted(path.parent.glob("*.txt"))
    if not text.exists() and len(beside) == 1:
        text = beside[0]
    days = {row["doc"]: row["published"] for _, row in rows(_PUBLISHED, ("doc", "published"))}
    day = days.get(doc)
    published = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    for found in read_paths([text], published=published):
        if isinstance(found, UnreadableReport):
            raise found
        return found
    raise InputError(str(text), "no report in it")


def coded_rows(coder: Coder, report: Report) -> list[Row]:
    """The coded and resolved events of a report as rows of the gold format."""
    return [_row(event) for event in resolve_report(report, coder.code(report))]


def _row(event: Event) -> Row:
    coded = event.coded
    return {
        "start": coded.trigger.start,
        "end": coded.trigger.end,
        "trigger": coded.trigger.text,
        "event_type": coded.event_type,
        "mode": coded.mode,
        "status": coded.status,
        "actor": [_party(p) for p in event.actor],
        "recipient": [_party(p) for p in event.recipient],
        "date": event.when.edtf,
        "place": event.where and {"name": event.where.name, "country": event.where.country},
        "speaker": coded.speaker.text if coded.speaker else "",
        "coder": coded.coder.name,
        "kind": coded.coder.kind,
        "confidence": coded.confidence,
    }


def _party(participant: Participant) -> Row:
    return {"text": participant.passage.text, "country": participant.entity.country}


# ── matching, as the data's own scoring does it ───────────────────────────────────────────────


def _countries(row: Row) -> set[str]:
    parties = (*row["actor"], *row["recipient"])
    return {p["country"][:3] for p in parties if p.get("country")}


def rightly_typed(gold: Sequence[Row], coded: Sequence[Row]) -> list[Pair]:
    """The pairs of a gold mention and a coded event of its type that stands there."""
    return paired(gold, coded, _same_type)


def _same_type(gold: Row, coded: Row) -> bool:
    return bool(gold["event_type"] == coded["event_type"])


def _nearness(gold: Row, coded: Row) -> int:
    if gold["start"] < coded["end"] and coded["start"] < gold["end"]:
        return 2
    gap = max(coded["start"] - gold["end"], gold["start"] - coded["end"])
    return 1 if gap <= _NEAR and _countries(gold) & _countries(coded) else 0


def paired(
    gold: Sequence[Row], coded: Sequence[Row], same: Callable[[Row, Row], bool]
) -> list[Pair]:
    """Greedy one-to-one matching, overlapping triggers first, then by distance."""
    ranked = sorted(
        (
            (_nearness(g, c), -abs(g["start"] - c["start"]), i, j)
            for i, g in enumerate(gold)
            for j, c in enumerate(coded)
            if _nearness(g, c) and same(g, c)
        ),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_coded: set[int] = set()
    pairs = []
    for _, _, i, j in ranked:
        if i not in used_gold and j not in used_coded:
            used_gold.add(i)
            used_coded.add(j)
            pairs.append((gold[i], coded[j]))
    return pairs


def _scores(
    name: str, pairs: Sequence[Pair], gold: Sequence[Row], coded: Sequence[Row]
) -> dict[str, float]:
    """Mentions on which coders may differ never count as missed, and forgive a match."""
    sure = [g for g in gold if g.get("certain", True)]
    hits = sum(1 for g, _ in pairs if g.get("certain", True))
    precision = len(pairs) / len(coded) if coded else 0.0
    recall = hits / len(sure) if sure else 0.0
    total = precision + recall
    return {
        f"{name}_precision": round(precision, 3),
        f"{name}_recall": round(recall, 3),
        f"{name}_f1": round(2 * precision * recall / total, 3) if total else 0.0,
    }


def _shares(pairs: Sequence[Pair]) -> dict[str, float]:
    def share(right: Iterable[bool]) -> float:
        of = list(right)
        return round(sum(of) / len(of), 3) if of else 0.0

    return {
        "status": share(g["status"] == c["status"] for g, c in pairs),
        "date": share(_same_date(g["date"], c["date"]) for g, c in pairs if g.get("date")),
        "place": share(
            (c["place"] or {}).get("country") == g["place"]["country"]
            for g, c in pairs
            if g.get("place") and g["place"].get("country")
        ),
        "speaker": share(
            _last(g["speaker"]) in c["speaker"].lower() for g, c in pairs if g.get("speaker")
        ),
    }


def _same_date(gold: str, value: str) -> bool:
    if "/" in gold:
        start, end = gold.split("/")
        padded = value[:10].ljust(len(start[:10]), "~")
        return start[:10] <= padded and value[: len(end)] <= end
    return value.replace("~", "").startswith(gold.replace("~", "").replace("?", ""))


def _last(name: str) -> str:
    return name.lower().split()[-1].strip(".,'’s")


def _predictions(
    gold: Sequence[Row], coded: Sequence[Row], pairs: Sequence[Pair]
) -> Iterable[Mapping[str, object]]:
    matched = {id(g): c for g, c in pairs}
    taken = {id(c) for _, c in pairs}
    for row in gold:
        yield {"id": f"{row['doc']}:{row['start']}", "gold": row, "predicted": matched.get(id(row))}
    for row in coded:
        if id(row) not in taken:
            yield {"id": f"extra:{row['start']}", "gold": None, "predicted": row}

"""What the screen costs in events: all gold texts coded with it and without it."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.texts import ROOT, SHARED, articles
from detente.coding.coder import Coder
from detente.records import CodedEvent, Report
from evaluation.validation import items

Told = tuple[str, str, str, int, int]


def measure(every: int = 1) -> dict[str, Any]:
    """Events by set: without the screen, lost by it, gained by it; processor seconds of both.

    Args:
        every: each ``every``-th text of a set only.

    Returns:
        ``lost`` and ``gained`` are shares of the events coded without the screen, over all sets.
    """
    screened, whole = Coder(), Coder()
    whole._screen = None
    sets: dict[str, dict[str, int]] = {}
    seconds = [0.0, 0.0]
    for name, texts in _sets():
        reports = [Report(id=f"{name} {n}", text=text) for n, text in enumerate(texts[::every])]
        found: list[set[Told]] = []
        for number, coder in enumerate((whole, screened)):
            began = time.process_time()
            found.append(set(_told(coder, reports)))
            seconds[number] += time.process_time() - began
        without, with_it = found
        sets[name] = {
            "texts": len(reports),
            "events": len(without),
            "lost": len(without - with_it),
            "gained": len(with_it - without),
        }
    total = sum(of["events"] for of in sets.values())
    return {
        "sets": sets,
        "lost": round(sum(of["lost"] for of in sets.values()) / total, 4),
        "gained": round(sum(of["gained"] for of in sets.values()) / total, 4),
        "cpu_with_to_without": round(seconds[1] / seconds[0], 3),
    }


def _told(coder: Coder, reports: list[Report]) -> Iterator[Told]:
    for report, events in coder.code_many(reports):
        for event in events:
            yield _key(report, event)


def _key(report: Report, event: CodedEvent) -> Told:
    trigger = event.trigger
    return report.id, event.event_type, event.status, trigger.start, trigger.end


def _sets() -> Iterator[tuple[str, list[str]]]:
    """Each set's texts; sets that are not here are passed over."""
    yield "articles", articles()
    own = sorted(ROOT.glob("evaluation/gold/events/*.txt"))
    yield "hand-coded documents", [path.read_text(encoding="utf-8") for path in own]
    classes, pairs = SHARED / "relations/cameo_class_dev.tsv", SHARED / "relations/plv_dev.tsv"
    if classes.exists():
        lines = classes.read_text(encoding="utf-8").splitlines()
        yield "classes", [line.rsplit("\t", 1)[0] for line in lines if line]
    if pairs.exists():
        with pairs.open(encoding="utf-8", newline="") as file:
            yield "relations", [row["sentence"] for row in csv.DictReader(file, delimiter="\t")]
    validation = SHARED / "petrarch/PETR2_GSR_validation.xml"
    if validation.exists():
        yield "validation", [item.report.text for item in items(validation)]

"""A dossier of reports with hand-grouped mentions: ``incidents.csv`` beside the reports.

Its columns: report (file), trigger (words), occurrence (which of equal words in the file, from 1),
incident. A gold mention is looked for among our coded events by the overlap of triggers.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.errors import TableError
from detente.ontology.table import rows
from detente.records import Event, Report

COLUMNS = ("report", "trigger", "occurrence", "incident")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMention:
    """A hand-grouped mention and where its trigger stands in the report."""

    report: str
    start: int
    end: int
    trigger: str
    incident: str

    @property
    def id(self) -> str:
        """File and characters."""
        return f"{self.report}:{self.start}-{self.end}"


def read_gold(folder: Path, reports: Mapping[str, Report]) -> list[GoldMention]:
    """The mentions of ``incidents.csv``, each found in its report.

    Args:
        folder: the dossier.
        reports: by file name.

    Raises:
        TableError: if a trigger does not stand in its report.
    """
    table = folder / "incidents.csv"
    found = []
    for line, row in rows(table, COLUMNS):
        report = reports.get(row["report"])
        if report is None:
            raise TableError(str(table), line, f"no report {row['report']!r}")
        span = _span(report.text, row["trigger"], int(row["occurrence"]))
        if span is None:
            raise TableError(str(table), line, f"{row['trigger']!r} is not there so often")
        found.append(
            GoldMention(
                report=row["report"],
                start=span[0],
                end=span[1],
                trigger=row["trigger"],
                incident=row["incident"],
            )
        )
    return found


def _span(text: str, trigger: str, occurrence: int) -> tuple[int, int] | None:
    pattern = r"\b" + r"\s+".join(map(re.escape, html.unescape(trigger).split())) + r"\b"
    hits = list(re.finditer(pattern, text))
    return hits[occurrence - 1].span() if len(hits) >= occurrence else None


def matched(
    gold: Sequence[GoldMention], events: Sequence[Event], reports: Mapping[str, Report]
) -> dict[str, Event]:
    """Gold mention → the coded event whose trigger overlaps it most; each event serves once."""
    ranked = []
    for mention in gold:
        report = reports[mention.report].id
        for event in events:
            trigger = event.coded.trigger
            shared = min(trigger.end, mention.end) - max(trigger.start, mention.start)
            if trigger.report == report and shared > 0:
                length = trigger.end - trigger.start
                ranked.append((-shared, length, mention.id, event.id, event))
    found: dict[str, Event] = {}
    taken: set[str] = set()
    for *_, mention_id, event_id, event in sorted(ranked, key=lambda r: r[:4]):
        if mention_id not in found and event_id not in taken:
            found[mention_id] = event
            taken.add(event_id)
    return found

"""Lists of reports and events on standard output, as table, JSON Lines or CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.publish.jsonform import event_as_json, report_as_json
from detente.publish.terminal import print_events as print_event_table
from detente.records import Event, Report


def print_json_lines(objects: Iterable[Mapping[str, Any]]) -> None:
    """One JSON object a line."""
    for found in objects:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")


def print_reports(reports: Iterable[Report], form: str) -> None:
    """Prints reports as they are read."""
    if form == "jsonl":
        print_json_lines(report_as_json(report) for report in reports)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("published", "outlet", "title", "sections", "characters", "path"):
        table.add_column(column, overflow="fold")
    for report in reports:
        day = f"{report.published:%Y-%m-%d} ({report.published_basis})" if report.published else ""
        kinds = ", ".join(dict.fromkeys(section.kind for section in report.sections))
        cells = (day, report.outlet, report.title, kinds, str(len(report.text)), report.path or "")
        table.add_row(*(Text(cell) for cell in cells))
    Console().print(table)


def print_events(events: Iterable[Event], form: str) -> None:
    """Prints coded events."""
    if form == "jsonl":
        print_json_lines(event_as_json(event) for event in events)
    elif form == "csv":
        _print_csv(event_as_json(event) for event in events)
    else:
        print_event_table(events, Console())


def _print_csv(events: Iterable[Mapping[str, Any]]) -> None:
    columns = (
        "id", "date", "actor", "actor_country", "event_type", "act", "mode", "contexts",
        "auxiliary", "status", "recipient", "recipient_country", "speaker", "place",
        "agreement", "incident", "confidence", "coder", "trigger_start", "trigger_end",
        "trigger", "sentence",
    )  # fmt: skip
    writer = csv.DictWriter(sys.stdout, columns, extrasaction="ignore")
    writer.writeheader()
    for event in events:
        writer.writerow({**event, **_flat(event)})


def _flat(event: Mapping[str, Any]) -> dict[str, str]:
    def joined(members: Iterable[Mapping[str, Any]], key: str) -> str:
        return ";".join(str(member[key]) for member in members)

    return {
        "actor": joined(event["actor"], "text"),
        "actor_country": joined(event["actor"], "country"),
        "recipient": joined(event["recipient"], "text"),
        "recipient_country": joined(event["recipient"], "country"),
        "contexts": ";".join(event["contexts"]),
        "auxiliary": ";".join(event["auxiliary"]),
        "place": event["place"]["name"] if event["place"] else "",
        "trigger_start": str(event["trigger"]["start"]),
        "trigger_end": str(event["trigger"]["end"]),
        "trigger": event["trigger"]["text"],
        "sentence": event["sentence"]["text"],
    }

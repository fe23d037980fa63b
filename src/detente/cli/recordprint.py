"""What commands on the record print."""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path

from detente.cli.progress import shown
from detente.cli.recordoptions import say
from detente.errors import InputError
from detente.exchange import RepairLog
from detente.recording import Added, Import, import_file
from detente.store import Recoded, Record


def print_added(added: Iterable[Added], refused: Sequence[object], form: str) -> None:
    """Each report as it is kept (JSON Lines), or the counts at the end."""
    new = known = events = 0
    for each in added:
        new, known, events = new + each.new, known + (not each.new), events + each.events
        if form == "jsonl":
            _line(
                report=each.report.id,
                path=each.report.path or each.report.url or "",
                new=each.new,
                events=each.events,
            )
    told = f"{new} reports added with {events} events, {known} known, {len(refused)} refused"
    _or_say(told, form)


def print_recoded(recoded: Iterable[Recoded], form: str) -> None:
    """Each change of each report."""
    reports = changes = 0
    for each in recoded:
        reports, changes = reports + 1, changes + len(each.changes)
        for change in each.changes:
            if form == "jsonl":
                event = change.after or change.before
                told = event.id if event else ""
                _line(report=each.report, kind=change.kind, event=told, change=change.told)
            else:
                sys.stdout.write(f"{each.report}  {change.told}\n")
    _or_say(f"{changes} changes in {reports} reports", form)


def imported(
    record: Record, paths: Sequence[Path], name: str, repair_log: Path | None, form: str
) -> bool:
    """Imports files, prints what became of each; says whether nothing was refused."""
    logs: list[RepairLog] = []
    clean = True
    for path in paths:
        last: Import | None = None
        try:
            last = deque(shown(import_file(record, path, name), "chunks"), maxlen=1).pop()
        except InputError as error:
            say(f"detente: {error}")
            clean = False
        if last is not None:
            logs.append(last.log)
            _print_import(path, last, form)
    if repair_log is not None:
        lines = (line for log in logs for line in log.lines())
        repair_log.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return clean and not any(log.refused for log in logs)


def _print_import(path: Path, last: Import, form: str) -> None:
    log = last.log
    for refused in log.malformed[:20]:
        say(f"detente: {refused}")
    if log.refused > 20:
        say(f"detente: {path}: {log.refused - 20} more rows refused; see --repair-log")
    if form == "jsonl":
        _line(path=str(path), rows=log.rows, kept=last.kept, known=last.known, refused=log.refused)
    else:
        told = f"{last.kept} kept, {last.known} known, {log.refused} refused"
        sys.stdout.write(f"{path}: {log.rows} rows: {told}\n")


def _line(**told: object) -> None:
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


def _or_say(told: str, form: str) -> None:
    if form == "jsonl":
        say(told)
    else:
        sys.stdout.write(told + "\n")

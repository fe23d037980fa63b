"""What commands on the record print."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from detente.cli.progress import shown
from detente.cli.recordoptions import counted, say
from detente.errors import InputError
from detente.exchange import RepairLog
from detente.recording import Added, Import, import_file
from detente.store import Recoded, Record


def print_added(added: Iterable[Added], refused: Sequence[object], form: str) -> None:
    """Each report as it is kept (JSON Lines), or the counts at the end.

    Raises:
        KeyboardInterrupt: if it is stopped, after saying what is kept.
    """
    found: Counter[str] = Counter()
    try:
        for each in added:
            found.update(new=int(each.new), known=int(not each.new), events=each.events)
            if form == "jsonl":
                _line(
                    report=each.report.id,
                    path=each.report.path or each.report.url or "",
                    new=each.new,
                    events=each.events,
                )
    except KeyboardInterrupt:
        say(f"stopped: {_added(found)} are kept for good; the same command goes on from there")
        raise
    _or_say(f"{_added(found)}, {found['known']} known, {len(refused)} refused", form)


def _added(found: Counter[str]) -> str:
    reports, events = counted(found["new"], "report"), counted(found["events"], "event")
    return f"{reports} added with {events}"


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
    _or_say(f"{counted(changes, 'change')} in {counted(reports, 'report')}", form)


def imported(
    record: Record, paths: Sequence[Path], name: str, repair_log: Path | None, form: str
) -> bool:
    """Imports files, prints what became of each; says whether nothing was refused.

    Raises:
        KeyboardInterrupt: if it is stopped, after saying what is kept of the file at hand.
    """
    logs: list[RepairLog] = []
    clean = True
    for path in paths:
        last: Import | None = None
        try:
            for state in shown(import_file(record, path, name), "chunks"):
                last = state
        except InputError as error:
            say(f"detente: {error}")
            clean = False
        except KeyboardInterrupt:
            kept = last.kept if last else 0
            say(f"stopped: {path}: {kept} kept for good; the same command goes on from there")
            raise
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

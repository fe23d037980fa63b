"""A process of its own that writes to a record and says what is kept: to be killed by tests.

python -m tests.store.child add|import|rule URL COUNT START
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from detente.errors import DetenteError
from detente.records import Event, Report, Ruling, fingerprint
from detente.store import Record, imports, open_record
from tests.store.reports import expulsion, held, plan

KINDS = (plan, expulsion, held)
FIRST = datetime(2018, 1, 1, tzinfo=UTC)


def say(told: object) -> None:
    """A line to whoever started this process, at once."""
    sys.stdout.write(f"{told}\n")
    sys.stdout.flush()


def numbered(number: int) -> tuple[Report, tuple[Event, ...]]:
    """Report number ``number``: always the same, of a page's length."""
    day = (FIRST + timedelta(days=number % 2000)).date().isoformat()
    report, events = KINDS[number % 3](told=day, outlet=f"Outlet {number % 7}-{number // 2000}")
    filling = random.Random(number).choices("abcdefghij   ", k=4000)
    return replace(report, text=report.text + " " + "".join(filling)), events


def imported(count: int) -> Iterator[Event]:
    """Imported events, always the same."""
    from detente.exchange.gdelt import COLUMNS_2, GDELT_2
    from detente.exchange.lines import Line
    from detente.exchange.rows import event_of
    from tests.exchange.made import gdelt_rows

    for number, row in enumerate(gdelt_rows(count)):
        yield event_of(GDELT_2, COLUMNS_2, Line(number, 0, row), "made", Counter())


def _add(record: Record, count: int, start: int) -> None:
    for number in range(start, start + count):
        report, events = numbered(number)
        record.add(report, events)
        say(report.id)


def _import(record: Record, count: int, _start: int) -> None:
    total = 0
    for some in record.add_imported(imported(count), source="made.CSV"):
        total += some.kept + some.known
        say(total)


def _rule(record: Record, count: int, start: int) -> None:
    for number in range(start, start + count):
        for event in record.view().events(limit=1):
            at = datetime.now(UTC)
            ruling = Ruling(
                id=fingerprint("child", str(number)), target=event.id, kind="confirm",
                by="Ada", at=at, reason=str(number),
            )  # fmt: skip
            record.rule(ruling)
            say(ruling.id)


def main() -> int:
    """Writes until it is done, or killed."""
    what, url, count, start = sys.argv[1:5]
    imports.CHUNK = 200
    say("ready")
    try:
        with open_record(url) as record:
            {"add": _add, "import": _import, "rule": _rule}[what](record, int(count), int(start))
    except DetenteError as error:
        say(f"refused: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Many reports in one table: Parquet, a row a report, its columns named as in JSON of the same.

A stretch of rows is in memory at a time. A table without a column of text is refused in one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from detente.errors import UnreadableReport
from detente.read.archive import Found, json_fields, object_report
from detente.read.folder import opening
from detente.read.limits import ReadLimits

#: Rows that are in memory at a time.
ROWS = 1_000
_TEXTS = ("text", "html")


def read_table(path: Path, given: datetime | None, limits: ReadLimits) -> Iterator[Found]:
    """The reports of a ``.parquet`` file.

    Columns are told by the names in ``tables/json_fields.csv``: one of text (or HTML) is needed;
    title, url, outlet and published (text, dates or moments) are taken where they are.

    Args:
        path: the file.
        given: the publication date as the user says it.
        limits: ``max_bytes`` bounds each row's text.
    """
    try:
        for number, row in _rows(path):
            yield _row_report(row, f"{path}, row {number}", path, given, limits)
    except UnreadableReport as error:
        yield error


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Rows with their numbers from 1, only the columns that a report has.

    Raises:
        UnreadableReport: if the file cannot be read or has no column of text.
    """
    import polars as pl  # noqa: PLC0415 - only where there is a table

    with opening(path):
        pass  # says what is missing, empty or no file in the words of other readers
    start = 0
    try:
        table = pl.scan_parquet(path)
        wanted = table.select(_columns(path, table.collect_schema().names()))
        while rows := wanted.slice(start, ROWS).collect().to_dicts():
            yield from enumerate(rows, start + 1)
            start += len(rows)
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        told = str(error).strip().splitlines() or [type(error).__name__]
        raise UnreadableReport(str(path), f"damaged after row {start}: {told[0]}") from None


def _columns(path: Path, names: list[str]) -> list[str]:
    fields = json_fields()
    texts = [name for field in _TEXTS for name in fields[field]]
    if not set(texts) & set(names):
        reason = f"no column of text: has {', '.join(names)}; needs one of {', '.join(texts)}"
        raise UnreadableReport(str(path), reason)
    known = {"sections", *(name for of in fields.values() for name in of)}
    return [name for name in names if name in known]


def _row_report(
    row: Mapping[str, object], name: str, path: Path, given: datetime | None, limits: ReadLimits
) -> Found:
    told = {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()}
    longest = max((len(v) for v in told.values() if isinstance(v, str)), default=0)
    if longest > limits.max_bytes:
        return UnreadableReport(name, f"more than {limits.max_bytes} characters (max_bytes)")
    try:
        return object_report(told, name, str(path), given, limits)
    except UnreadableReport as error:
        return error

"""Readings on their way out: a table, CSV, JSON Lines or Parquet, or a picture in a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.cli.asked import Asked, FrameFormat
from detente.errors import InputError

#: Files whose names end so are pictures; the rest are tables.
PICTURES = (".svg", ".png", ".html")


def put(
    frame: pl.DataFrame,
    asked: Asked,
    draw: Callable[[], dict[str, Any]],
    columns: Sequence[str] = (),
) -> None:
    """Prints a reading, or writes it in the form that a file's name asks for.

    Args:
        frame: the reading.
        asked: its form, and perhaps a file: a picture for .svg, .png, .html; a table for .csv,
            .jsonl, .parquet.
        draw: makes the picture, if one is asked for.
        columns: those that the terminal's table shows; the other forms hold all.

    Raises:
        InputError: for a file name of another form.
    """
    output = asked.output
    if output is None:
        print_frame(frame, asked.form, columns)
    elif output.suffix.lower() in PICTURES:
        from detente.publish.charts_frame import save

        save(draw(), output)
    else:
        _write(frame, output)


def print_frame(frame: pl.DataFrame, form: FrameFormat, columns: Sequence[str] = ()) -> None:
    """Prints a frame in a form; ``columns`` are those of the terminal's table, all without."""
    if form == FrameFormat.parquet:
        frame.write_parquet(sys.stdout.buffer)
    elif form == FrameFormat.table:
        _print_table(frame.select(columns) if columns else frame)
    else:
        sys.stdout.write(_text(frame, form))


def _write(frame: pl.DataFrame, output: Path) -> None:
    kind = output.suffix.lower().lstrip(".")
    if kind not in ("csv", "jsonl", "parquet"):
        raise InputError(str(output), "write .svg, .png, .html, .csv, .jsonl or .parquet")
    try:
        if kind == "parquet":
            frame.write_parquet(output)
        else:
            output.write_text(_text(frame, FrameFormat(kind)), encoding="utf-8")
    except OSError as error:
        raise InputError(str(output), error.strerror or "cannot be written") from None


def _text(frame: pl.DataFrame, form: FrameFormat) -> str:
    if form == FrameFormat.csv:
        lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
        return frame.with_columns(pl.col(name).list.join(";") for name in lists).write_csv()
    rows = (json.dumps(row, ensure_ascii=False, default=str) for row in frame.to_dicts())
    return "".join(row + "\n" for row in rows)


#: Short headings of the terminal's table; other columns go by their name.
HEADINGS = {
    "verbal cooperation": "verbal +",
    "material cooperation": "material +",
    "verbal conflict": "verbal −",
    "material conflict": "material −",
    "scale_sum": "sum",
    "scale_mean": "mean",
    "change": "new level",
    "reported_as_fact_by": "as fact by",
}


def _print_table(frame: pl.DataFrame) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name, kind in frame.schema.items():
        short = kind.is_numeric() or kind == pl.Date
        widest = max((len(_cell(value)) for value in frame[name].to_list()), default=0)
        table.add_column(
            HEADINGS.get(name, name.replace("_", " ")),
            justify="right" if kind.is_numeric() else "left",
            min_width=widest if short else min(widest, 9),
            overflow="fold",
        )
    for row in frame.rows():
        table.add_row(*(Text(_cell(value)) for value in row))
    Console().print(table)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(str(member) for member in value)
    if isinstance(value, bool):
        return "yes" if value else ""
    return f"{value:.2f}" if isinstance(value, float) else str(value)

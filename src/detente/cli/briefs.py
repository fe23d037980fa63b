"""Where a brief goes: the terminal, or a file by its ending."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import typer
from rich.console import Console

from detente.records import Brief, Event

ENDINGS = (".html", ".md", ".json", ".pdf")


def check_ending(output: Path | None) -> None:
    """Refuses a file whose ending names no form of brief, before any work is done.

    Raises:
        typer.BadParameter: exit code 2.
    """
    if output and output.suffix.lower() not in ENDINGS:
        raise typer.BadParameter(f"{output}: a brief is written as {', '.join(ENDINGS)}")
    if output and not output.parent.is_dir():
        raise typer.BadParameter(f"{output}: there is no folder {output.parent}")


def deliver(brief: Brief, events: Mapping[str, Event], output: Path | None) -> None:
    """Prints the brief; with ``output`` writes the file, prints a short form and the path."""
    from detente.publish.terminal import print_brief
    from detente.publish.whole import write_whole

    console = Console(soft_wrap=False, width=None if sys.stdout.isatty() else 100)
    if output is None:
        print_brief(brief, console)
        return
    write_whole(output, _as(output.suffix.lower(), brief, events))
    print_brief(brief, console, footnotes=False)
    print(output)


def _as(ending: str, brief: Brief, events: Mapping[str, Event]) -> str | bytes:
    if ending == ".html":
        from detente.publish.html import brief_as_html

        return brief_as_html(brief, events)
    if ending == ".md":
        from detente.publish.markdown import brief_as_markdown

        return brief_as_markdown(brief)
    if ending == ".pdf":
        from detente.publish.pdf import brief_as_pdf

        return brief_as_pdf(brief)
    from detente.publish.jsonform import brief_as_json

    return json.dumps(brief_as_json(brief, events), ensure_ascii=False, indent=2) + "\n"

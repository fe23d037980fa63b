"""Commands that read the record: chronology, series, network, map, agreements, claims, plans."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Adds this family's commands to ``app``."""

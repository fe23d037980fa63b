"""Commands that judge: forecast, backtest."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Adds this family's commands to ``app``."""

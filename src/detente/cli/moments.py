"""Days and moments as people type them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import typer


def moment(text: str | None, *, end: bool = False) -> datetime | None:
    """An ISO day or moment as an aware UTC moment.

    Args:
        text: ``2018-10-24`` or ``2018-10-24T09:30+02:00``; none stays none.
        end: take a bare day's last moment, not its first.

    Raises:
        typer.BadParameter: if it is neither; exit code 2.
    """
    if text is None:
        return None
    try:
        if len(text) == len("2018-10-24"):
            at = time.max if end else time.min
            return datetime.combine(date.fromisoformat(text), at, tzinfo=UTC)
        parsed = datetime.fromisoformat(text)
        return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise typer.BadParameter(f"{text!r} is no date; write it as 2018-10-24") from None

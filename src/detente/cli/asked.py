"""The options that readings and judgements share, and the record they open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from detente.cli.moments import moment

if TYPE_CHECKING:
    from detente.analyse.choice import Choice
    from detente.analyse.reading import Reading
    from detente.publish.charts_frame import Caption


class FrameFormat(StrEnum):
    """Forms of a reading."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"


Record = Annotated[
    str | None, typer.Option("--record", metavar="FILE|URL", help="The record; default the usual.")
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Only what could be known by then.")
]
Origin = Annotated[
    str, typer.Option(help="detente for our own coding, a format's name for imported, or all.")
]
Actor = Annotated[str, typer.Option(help="Who acts: country code, id or name.")]
Recipient = Annotated[str, typer.Option(help="On whom: country code, id or name.")]
First = Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day.")]
Last = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day.")]
Form = Annotated[FrameFormat, typer.Option("--format", help="Form of what is printed.")]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="Write .svg, .png, .html, .csv, .jsonl or .parquet."),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a reading is asked for: the shared options, by name."""

    record: Record = None
    as_of: AsOf = None
    origin: Origin = "detente"
    actor: Actor = ""
    recipient: Recipient = ""
    first: First = None
    last: Last = None
    form: Form = FrameFormat.table
    output: Output = None

    def opened(self) -> Reading:
        """The readings of the record as of the day."""
        from detente.analyse.reading import readings

        origin = None if self.origin == "all" else self.origin
        return readings(self.record, as_of=moment(self.as_of, end=True), origin=origin)

    def choice(self) -> Choice:
        """The choice of actor, recipient and days."""
        from detente.analyse.choice import Choice

        return Choice(
            actor=self.actor,
            recipient=self.recipient,
            first=_day(self.first),
            last=_day(self.last),
        )


def asking(*without: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Makes a command of a function whose first parameter is an :class:`Asked`.

    Args:
        without: fields that the command does not offer.

    Returns:
        a decorator; the command has the function's own parameters first, then the shared ones.
    """
    shared = [field for field in fields(Asked) if field.name not in without]

    def spread(command: Callable[..., None]) -> Callable[..., None]:
        def run(**given: Any) -> None:
            asked = Asked(**{field.name: given.pop(field.name) for field in shared})
            command(asked, **given)

        types = get_type_hints(Asked, include_extras=True)
        own = list(signature(command, eval_str=True).parameters.values())[1:]
        parameters = [one.replace(kind=Parameter.KEYWORD_ONLY) for one in own]
        parameters += [
            Parameter(
                field.name,
                Parameter.KEYWORD_ONLY,
                default=field.default,
                annotation=types[field.name],
            )
            for field in shared
        ]
        run.__name__, run.__doc__ = command.__name__, command.__doc__
        run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {one.name: one.annotation for one in parameters}
        return run

    return spread


def _day(text: str | None) -> date | None:
    at = moment(text)
    return at.date() if at else None


def _days(first: date | None, last: date | None) -> str:
    """``2018-01-01 to 2018-12-31``, ``from 2018-01-01``, ``up to 2018-12-31``."""
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"up to {last}" if last else ""


def caption_of(reading: Reading, title: str, choice: Choice, explains: str) -> Caption:
    """What stands around a picture: the choice in the title, the record in the source."""
    from detente.ontology.calendar import day_in_words
    from detente.publish.charts_frame import Caption

    names = reading.names
    told = reading.understood(choice)
    who = [names.get(name, name) for name in (told.actor, told.recipient) if name]
    days = _days(choice.first, choice.last)
    parts = [title, " on ".join(who), days]
    reports = {event.coded.trigger.report for event in reading.events}
    outlets = sorted({event.outlet for event in reading.events if event.outlet})
    listed = ", ".join(outlets[:6]) + (f" and {len(outlets) - 6} more" if len(outlets) > 6 else "")
    source = f"Source: {len(reading.events)} mentions in {len(reports)} reports"
    source += f" of {listed}" if listed else ""
    return Caption(
        title=": ".join(part for part in parts if part),
        explains=explains,
        source=f"{source}; coded by Détente, as of {day_in_words(reading.today)}.",
    )

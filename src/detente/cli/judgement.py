"""Commands that judge: forecast, backtest, next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.asked import Asked, asking, caption_of
from detente.cli.frames import put
from detente.cli.moments import moment
from detente.errors import InputError

if TYPE_CHECKING:
    from detente.analyse.reading import Reading
    from detente.publish.charts_frame import Caption
    from detente.records import Backtest, Question

Types = Annotated[
    str, typer.Option(help="Event types or quad classes, comma between; default all types.")
]
Opens = Annotated[
    str | None, typer.Option(metavar="DATE", help="First day of the window; default tomorrow.")
]
Days = Annotated[int, typer.Option(min=1, help="Days of the window.")]


def register(app: typer.Typer) -> None:
    """Adds this family's commands to ``app``."""
    app.command("forecast")(forecast)
    app.command("backtest")(backtest)
    app.command("next")(next_command)


@asking("first", "last")
def forecast(asked: Asked, types: Types = "", opens: Opens = None, days: Days = 30) -> None:
    """How likely at least one such act is in a window ahead, with the backtest behind it."""
    from detente.assess.occurrences import occurrences_of
    from detente.assess.questions import forecast as answer
    from detente.assess.told import forecast_frame, issued_by
    from detente.publish.charts_judgement import forecasts_chart

    reading = asked.opened()
    question = _question(reading, asked, types, opens, days)
    told = answer(occurrences_of(reading.chosen()), question, issued=issued_by(reading.as_of))
    frame = forecast_frame(told)
    columns = ("opens", "closes", "probability", "likelihood", "forecaster", "because", "brier",
               "questions")  # fmt: skip
    put(frame, asked, lambda: forecasts_chart([told], _caption(reading, told.backtest)), columns)


@asking("recipient", "first", "last")
def next_command(asked: Asked, types: Types = "", days: Days = 30) -> None:
    """On whom an actor will act so next: recipients in order, and how good such orders were."""
    from detente.assess.next_recipients import next_recipients
    from detente.assess.occurrences import occurrences_of
    from detente.assess.told import issued_by, recipients_frame

    reading = asked.opened()
    if not asked.actor:
        raise typer.BadParameter("name the actor with --actor")
    actor = reading.understood(asked.choice()).actor
    found = next_recipients(
        occurrences_of(reading.chosen()), actor, _types(types), days=days,
        issued=issued_by(reading.as_of),
    )  # fmt: skip
    columns = ("place", "recipient", "forecaster", "links mrr", "recurrency mrr", "queries")
    put(recipients_frame(found), asked, _no_picture, columns)


@asking("first", "last")
def backtest(asked: Asked, types: Types = "", days: Days = 30) -> None:
    """How good forecasts of such questions were on the record's past, against each baseline."""
    from detente.assess.occurrences import occurrences_of
    from detente.assess.questions import backtest as tried
    from detente.assess.told import backtest_frame, issued_by
    from detente.publish.charts_judgement import calibration_chart

    reading = asked.opened()
    question = _question(reading, asked, types, None, days)
    found = tried(occurrences_of(reading.chosen()), question, issued=issued_by(reading.as_of))
    frame = backtest_frame(found)
    put(frame, asked, lambda: calibration_chart(found, _caption(reading, found)))


def _question(reading: Reading, given: Asked, types: str, opens: str | None, days: int) -> Question:
    from detente.analyse.choice import Choice
    from detente.records import Dyad, Question

    if not (given.actor and given.recipient):
        raise typer.BadParameter("name both parties with --actor and --recipient")
    opening = moment(opens)
    first = opening.date() if opening else reading.today + timedelta(days=1)
    asked = reading.understood(Choice(actor=given.actor, recipient=given.recipient))
    reading.chosen(Choice(actor=asked.actor))
    return Question(
        dyad=Dyad(actor=asked.actor, recipient=asked.recipient),
        event_types=_types(types),
        opens=first,
        closes=first + timedelta(days=days - 1),
    )


def _types(wanted: str) -> tuple[str, ...]:
    from detente.assess.questions import types_of

    try:
        return types_of([word for word in wanted.split(",") if word.strip()])
    except KeyError as error:
        raise typer.BadParameter(f"{error.args[0]!r} is no event type or quad class") from None


def _no_picture() -> dict[str, Any]:
    raise InputError("next", "is a list; write .csv, .jsonl or .parquet")


def _caption(reading: Reading, found: Backtest) -> Caption:
    from detente.analyse.choice import Choice
    from detente.assess.told import track_record

    return caption_of(reading, "Forecasts", Choice(), track_record(found))

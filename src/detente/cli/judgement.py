"""Commands that judge: forecast, backtest."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.asked import Asked, asking, caption_of
from detente.cli.frames import put
from detente.cli.moments import moment

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
    put(frame, asked, lambda: forecasts_chart([told], _caption(reading, told.backtest)))


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
    from detente.assess.questions import types_of
    from detente.records import Dyad, Question

    if not (given.actor and given.recipient):
        raise typer.BadParameter("name both parties with --actor and --recipient")
    opening = moment(opens)
    first = opening.date() if opening else reading.today + timedelta(days=1)
    try:
        wanted = types_of([word for word in types.split(",") if word.strip()])
    except KeyError as error:
        raise typer.BadParameter(f"{error.args[0]!r} is no event type or quad class") from None
    asked = reading.understood(Choice(actor=given.actor, recipient=given.recipient))
    reading.chosen(Choice(actor=asked.actor))
    return Question(
        dyad=Dyad(actor=asked.actor, recipient=asked.recipient),
        event_types=wanted,
        opens=first,
        closes=first + timedelta(days=days - 1),
    )


def _caption(reading: Reading, found: Backtest) -> Caption:
    from detente.analyse.choice import Choice
    from detente.assess.told import track_record

    return caption_of(reading, "Forecasts", Choice(), track_record(found))

"""Commands that read the record: chronology, series, network, map, agreements, claims, plans."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from detente.cli.asked import Asked, asking, caption_of
from detente.cli.frames import put


class StepName(StrEnum):
    """Widths of a series' steps."""

    day = "day"
    week = "week"
    month = "month"


Step = Annotated[StepName, typer.Option(help="Width of a step.")]
Rates = Annotated[bool, typer.Option("--rates", help="Follow-through by actor.")]


def register(app: typer.Typer) -> None:
    """Adds this family's commands to ``app``."""
    app.command("chronology")(chronology)
    app.command("series")(series)
    app.command("network")(network)
    app.command("map")(draw_map)
    app.command("agreements")(agreements)
    app.command("claims")(claims)
    app.command("plans")(plans)


@asking()
def chronology(asked: Asked) -> None:
    """Incidents in order of time, with status, sources and agreement; planned ones ahead."""
    from detente.publish.charts import chronology_chart
    from detente.publish.charts_frame import labelled

    reading, choice = asked.opened(), asked.choice()
    frame = reading.chronology(choice)
    caption = caption_of(reading, "Chronology", choice, _CHRONOLOGY)
    columns = ("date", "ahead", "status", "actor", "act", "recipient", "agreement", "outlets")
    named = labelled(frame, reading.names)
    put(frame, asked, lambda: chronology_chart(named, caption, today=reading.today), columns)


@asking()
def series(asked: Asked, step: Step = StepName.month) -> None:
    """A dyad over time: counts by quad class, the scale, coverage, uncertainty, new levels."""
    from detente.analyse.series import QUADS
    from detente.publish.charts import series_chart

    reading, choice = asked.opened(), asked.choice()
    frame = reading.series(choice, step=step.value)
    caption = caption_of(reading, f"Acts by {step.value}", choice, _SERIES)
    columns = ("start", *QUADS, "total", "scale_sum", "scale_mean", "reports", "change")
    put(frame, asked, lambda: series_chart(frame, caption), columns)


@asking()
def network(asked: Asked) -> None:
    """Who acts on whom: acts done by dyad, their mean score, first and last day."""
    from detente.publish.charts import network_chart
    from detente.publish.charts_frame import labelled

    reading, choice = asked.opened(), asked.choice()
    frame = reading.network(choice)
    caption = caption_of(reading, "Who acts on whom", choice, _AREA)
    columns = ("actor", "recipient", "total", "scale_mean", "outlets", "first", "last")
    put(frame, asked, lambda: network_chart(labelled(frame, reading.names), caption), columns)


@asking()
def draw_map(asked: Asked) -> None:
    """Where acts were done: places with coordinates; a picture with -o."""
    from detente.publish.maps import map_chart

    reading, choice = asked.opened(), asked.choice()
    frame = reading.places(choice)
    missing = int(frame["lat"].is_null().sum())
    told = f"{_AREA} {missing} places without coordinates are not drawn." if missing else _AREA
    caption = caption_of(reading, "Where", choice, told + _SHAPES)
    columns = ("place", "country", "lat", "lon", "total", "scale_mean", "last")
    put(frame, asked, lambda: map_chart(frame, caption), columns)


@asking("origin", "first", "last")
def agreements(asked: Asked) -> None:
    """How each agreement stands on the day of reading, with its computed dates."""
    from detente.publish.charts_judgement import agreements_chart

    reading, choice = asked.opened(), asked.choice()
    frame = reading.agreements(choice)
    caption = caption_of(reading, "Agreements", choice, _AGREEMENTS)
    columns = ("agreement", "standing", "signed", "in_force", "notice", "ends", "computed", "apart")
    put(frame, asked, lambda: agreements_chart(frame, caption, today=reading.today), columns)


@asking("origin")
def claims(asked: Asked) -> None:
    """Who alleges what, who denies it, and which outlets report it as fact."""
    from detente.publish.charts import claims_chart
    from detente.publish.charts_frame import labelled

    reading, choice = asked.opened(), asked.choice()
    frame = reading.claims(choice)
    caption = caption_of(reading, "Claims and denials", choice, _CLAIMS)
    columns = ("date", "actor", "act", "recipient", "standing", "alleged_by", "denied_by",
               "reported_as_fact_by")  # fmt: skip
    put(frame, asked, lambda: claims_chart(labelled(frame, reading.names), caption), columns)


@asking("origin")
def plans(asked: Asked, rates: Rates = False) -> None:
    """What was announced or threatened and what came of it; --rates: how often, by actor."""
    from detente.publish.charts import plans_chart
    from detente.publish.charts_frame import labelled

    reading, choice = asked.opened(), asked.choice()
    by_actor = reading.follow_through(choice)
    frame = by_actor if rates else reading.plans(choice)
    caption = caption_of(reading, "Plans and threats", choice, _PLANS)
    shown = () if rates else ("date", "kind", "actor", "act", "recipient", "outcome", "announced")
    put(frame, asked, lambda: plans_chart(labelled(by_actor, reading.names), caption), shown)


_CHRONOLOGY = (
    "Each mark is an incident: filled where it was done; hollow where planned, threatened, "
    "alleged, denied, hypothetical or negated."
)
_SERIES = (
    "Acts done by quad class, and the mean PLOVER score with its 95 % interval; dashed lines mark "
    "where the level changes."
)
_AREA = "Area counts acts done; colour is their mean PLOVER score, from −10 to +10."
_SHAPES = " Shapes: Natural Earth."
_AGREEMENTS = (
    "From signature on; circle: entry into force, triangle: notice, cross: end, reported or "
    "computed from the period of notice."
)
_CLAIMS = "Who alleges and who denies; squares are outlets that report it as fact themselves."
_PLANS = (
    "What came of what was announced. Lapsed: its day passed and nothing was reported. Lines are "
    "95 % intervals (Wilson); open plans do not count."
)

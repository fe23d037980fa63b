"""Pictures of judgement: agreements' standing, calibration and skill of forecasts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt
import polars as pl

from detente.ontology.calendar import day_in_words
from detente.ontology.plover import types_in_words
from detente.publish.charts_frame import (
    CONFLICT,
    COOPERATION,
    GREEN,
    INK,
    NEUTRAL,
    PURPLE,
    Caption,
    Spec,
    framed,
    inline,
    records,
)
from detente.records import Backtest, Forecast

_STANDINGS = {
    "in force": GREEN,
    "notice given": "#E69F00",
    "signed": "#56B4E9",
    "suspended": PURPLE,
    "ended": NEUTRAL,
    "left": CONFLICT,
    "not yet signed": "#F0E442",
}


def agreements_chart(table: pl.DataFrame, caption: Caption, *, today: date) -> Spec:
    """The life of each agreement as a bar from signature to end, by standing on a day.

    Args:
        table: from ``agreements``: columns agreement, standing, signed, in_force, notice, ends.
        caption: around it.
        today: the day the standings are of.
    """
    rows = records(table.filter(pl.col("signed").is_not_null()))
    for row in rows:
        row["until"] = min(row["ends"] or today.isoformat(), today.isoformat())
    y = alt.Y(
        "agreement:N",
        title=None,
        sort=[row["agreement"] for row in rows],
        axis=alt.Axis(grid=True, labelLimit=380),
    )
    base = alt.Chart(inline(rows))
    bars = base.mark_bar(height=9).encode(
        x=alt.X("signed:T", title="From signature"),
        x2="until:T",
        y=y,
        color=alt.Color(
            "standing:N",
            title=f"Standing on {day_in_words(today)}",
            scale=alt.Scale(domain=list(_STANDINGS), range=list(_STANDINGS.values())),
        ),
        tooltip=["agreement:N", "standing:N", "signed:T", "in_force:T", "notice:T", "ends:T"],
    )
    drawn = (bars + _turns(base, y)).properties(width=520, height=alt.Step(24))
    return framed(drawn, caption)


def _turns(base: Any, y: Any) -> Any:
    """Marks at an agreement's entry into force, notice and end."""
    return alt.layer(
        *(
            base.transform_filter(f"datum.{column} != null")
            .mark_point(shape=shape, size=60, color=INK, filled=filled, opacity=1)
            .encode(x=f"{column}:T", y=y)
            for column, shape, filled in (
                ("in_force", "circle", False),
                ("notice", "triangle-down", True),
                ("ends", "cross", True),
            )
        )
    )


def calibration_chart(backtest: Backtest, caption: Caption) -> Spec:
    """What was forecast against what came about, in tenths; and skill against each baseline.

    Args:
        backtest: of one forecaster.
        caption: around it.
    """
    rows = [
        {"forecast": said, "observed": seen, "questions": n, **_spread(seen, n)}
        for said, seen, n in backtest.calibration
    ]
    plot = (_diagonal() + _bins(rows)).properties(width=270, height=270)
    return framed(alt.hconcat(plot, _skills(backtest)), caption)


def _diagonal() -> Any:
    """Where what was forecast came about as often as forecast."""
    return (
        alt.Chart(inline([{"x": 0, "y": 0}, {"x": 1, "y": 1}]))
        .mark_line(color=NEUTRAL, strokeDash=[4, 3], strokeWidth=1)
        .encode(x="x:Q", y="y:Q")
    )


def _bins(rows: list[dict[str, Any]]) -> Any:
    shared: dict[str, Any] = {
        "scale": alt.Scale(domain=[0, 1]),
        "axis": alt.Axis(format="%", tickCount=6),
    }
    base = alt.Chart(inline(rows))
    x = alt.X("forecast:Q", title="Forecast probability (mean of bin)", **shared)
    spread = base.mark_rule(color=COOPERATION).encode(
        x=x, y=alt.Y("low:Q", title="Share that came about", **shared), y2="high:Q"
    )
    points = base.mark_circle(color=COOPERATION, opacity=1).encode(
        x=x,
        y=alt.Y("observed:Q", title="Share that came about", **shared),
        size=alt.Size("questions:Q", title="Questions", scale=alt.Scale(range=[25, 300])),
        tooltip=["forecast:Q", "observed:Q", "questions:Q"],
    )
    return spread + points


def _spread(share: float, n: int) -> dict[str, float]:
    half = 1.96 * (max(share * (1 - share), 1 / (4 * n)) / n) ** 0.5
    return {"low": max(0.0, share - half), "high": min(1.0, share + half)}


def _skills(backtest: Backtest) -> Any:
    rows = [
        {"baseline": name, "skill": skill, "low": low, "high": high}
        for name, (skill, low, high) in backtest.skill.items()
    ]
    base = alt.Chart(inline(rows))
    y = alt.Y("baseline:N", title=None, sort="x", axis=alt.Axis(grid=True))
    spread = base.mark_rule(color=INK).encode(
        x=alt.X("low:Q", title="Brier skill against each baseline"), x2="high:Q", y=y
    )
    points = base.mark_point(filled=True, size=60, opacity=1).encode(
        x=alt.X("skill:Q", title="Brier skill against each baseline"),
        y=y,
        color=alt.condition("datum.low > 0", alt.value(COOPERATION), alt.value(CONFLICT)),
        tooltip=["baseline:N", "skill:Q", "low:Q", "high:Q"],
    )
    none = alt.Chart(inline([{}])).mark_rule(color=NEUTRAL).encode(x=alt.datum(0))
    return (none + spread + points).properties(width=230, height=alt.Step(34))


def forecasts_chart(forecasts: Sequence[Forecast], caption: Caption) -> Spec:
    """Probabilities of several questions, a bar each, in the order given.

    Args:
        forecasts: each with its backtest.
        caption: around it.
    """
    rows = [_asked(forecast) for forecast in forecasts]
    y = alt.Y("question:N", title=None, sort=None, axis=alt.Axis(labelLimit=380))
    x = alt.X(
        "probability:Q",
        title="Probability of at least one",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%"),
    )
    base = alt.Chart(inline(rows))
    bars = base.mark_bar(color=COOPERATION, height=12).encode(
        x=x, y=y, tooltip=["question:N", "probability:Q", "because:N"]
    )
    text = base.mark_text(align="left", dx=4, color=INK).encode(
        x=x, y=y, text=alt.Text("probability:Q", format=".0%")
    )
    return framed((bars + text).properties(width=320, height=alt.Step(24)), caption)


def _asked(forecast: Forecast) -> dict[str, Any]:
    question = forecast.question
    return {
        "question": f"{question.dyad.actor} → {question.dyad.recipient}: "
        f"{types_in_words(question.event_types)}, {question.opens} to {question.closes}",
        "probability": forecast.probability,
        "because": "; ".join(f"{name} {change:+.3f}" for name, change in forecast.because),
    }

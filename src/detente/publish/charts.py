"""Pictures of the readings: chronology, series, network, agreements, claims, plans.

Each takes the table of the reading of the same name (:mod:`detente.analyse`) and a caption, and
returns a Vega-Lite specification for :func:`~detente.publish.charts_frame.save`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt
import polars as pl

from detente.ontology.calendar import in_words
from detente.ontology.plover import event_types, quad_class
from detente.publish.charts_frame import (
    CONFLICT,
    COOPERATION,
    GREEN,
    INK,
    NEUTRAL,
    QUAD_COLOURS,
    Caption,
    Spec,
    framed,
    inline,
    records,
)
from detente.publish.charts_time import focus, timed, with_today, without_earlier

_STATUSES = ("done", "planned", "threatened", "alleged", "denied", "hypothetical", "negated")
_SHAPES = ("circle", "triangle-up", "triangle-down", "square", "cross", "diamond", "stroke")
#: Most rows of a picture: more cannot be read in print.
MOST_ROWS = 25


def _quads(title: str = "Kind of act") -> Any:
    return alt.Color(
        "quad:N",
        title=title,
        scale=alt.Scale(domain=list(QUAD_COLOURS), range=list(QUAD_COLOURS.values())),
    )


def _values(frame: pl.DataFrame) -> Any:
    return inline(records(frame))


def chronology_chart(table: pl.DataFrame, caption: Caption, *, today: date | None = None) -> Spec:
    """Acts on a line of time, a row a dyad; filled where done, hollow where not.

    Args:
        table: from ``chronology``; undated rows are left out, and all but the busiest dyads.
        caption: around it.
        today: where the line of the day of reading is drawn.
    """
    dated = table.filter(pl.col("day").is_not_null())
    since, before = focus(dated["day"].to_list())
    rows = _busiest(_with_dyad(dated.filter(pl.col("day") >= since) if since else dated), "dyad")
    days = rows["day"].to_list()
    marks = _chronology_marks(rows, days)
    hollow = marks.transform_filter("datum.status != 'done'").mark_point(size=75, strokeWidth=1.8)
    filled = marks.transform_filter("datum.status == 'done'").mark_point(
        size=75, filled=True, opacity=0.85
    )
    drawn = with_today(filled + hollow, days, today).properties(width=560)
    return framed(drawn, without_earlier(caption, before, since))


def _chronology_marks(rows: pl.DataFrame, days: Sequence[date]) -> Any:
    order = rows["dyad"].unique(maintain_order=True).to_list()
    legend = alt.Legend(symbolStrokeColor=INK, symbolFillColor="white", symbolStrokeWidth=1.5)
    return alt.Chart(_values(rows)).encode(
        x=alt.X("day:T", title="Day (first possible)", axis=timed(days)),
        y=alt.Y("dyad:N", title=None, sort=order, axis=alt.Axis(grid=True)),
        color=_quads(),
        shape=alt.Shape(
            "status:N",
            title="Status (filled: done)",
            scale=alt.Scale(domain=_STATUSES, range=_SHAPES),
            legend=legend,
        ),
        tooltip=[alt.Tooltip(f"{c}:N") for c in ("date", "dyad", "act", "status", "words")],
    )


def _with_dyad(table: pl.DataFrame) -> pl.DataFrame:
    acts = {name: quad_class(name) for name in event_types()}
    actor, recipient = (pl.col(c).list.sort().list.join(" & ") for c in ("actor", "recipient"))
    named = pl.when(actor == "").then(pl.lit("unnamed")).otherwise(actor)
    dyad = pl.when(recipient == "").then(named).otherwise(named + " → " + recipient)
    quad = pl.col("act").replace_strict(acts, default=None, return_dtype=pl.String)
    return table.with_columns(dyad=dyad, quad=quad)


def _busiest(table: pl.DataFrame, column: str, most: int = MOST_ROWS) -> pl.DataFrame:
    """The rows of the most frequent values of a column, most frequent first."""
    sizes = table.group_by(column).len().sort(["len", column], descending=[True, False])
    kept = sizes.head(most)
    return table.join(kept, on=column).sort(["len", column], descending=[True, False])


def series_chart(table: pl.DataFrame, caption: Caption) -> Spec:
    """Counts by quad class, cooperation upwards and conflict downwards, above the mean score.

    Args:
        table: from ``series``.
        caption: around it.
    """
    told = table.filter(pl.sum_horizontal(*QUAD_COLOURS) > 0)
    since, before = focus(told["start"].to_list())
    table = table.filter(pl.col("start") >= since) if since else table
    zero = alt.Chart(inline([{}])).mark_rule(color=INK).encode(y=alt.datum(0))
    above = (_bars(table) + zero + _changes(table)).properties(width=560, height=210)
    both = alt.vconcat(above, _scale_panel(table)).resolve_scale(x="shared")
    return framed(both, without_earlier(caption, before, since))


def _bars(table: pl.DataFrame) -> Any:
    """Counts by quad class, cooperation above and conflict below 0."""
    most = max(1, table.select(pl.sum_horizontal(*QUAD_COLOURS).max()).item() or 1)
    axis = alt.Axis(labelExpr="abs(datum.value)", tickMinStep=1, tickCount=min(most, 8))
    return (
        alt.Chart(_values(_signed(table)))
        .mark_bar(size=max(1.5, min(24.0, 520 / max(1, table.height) * 0.8)))
        .encode(
            x=alt.X("start:T", title=None, axis=timed(table["start"].to_list())),
            y=alt.Y("signed:Q", title="Acts (conflict below 0)", axis=axis),
            color=_quads(),
            order="order:Q",
            tooltip=["start:T", "quad:N", "count:Q"],
        )
    )


def _signed(table: pl.DataFrame) -> pl.DataFrame:
    counts = table.unpivot(
        on=list(QUAD_COLOURS), index=["start"], variable_name="quad", value_name="count"
    )
    conflict = pl.col("quad").str.ends_with("conflict")
    return counts.with_columns(
        signed=pl.when(conflict).then(-pl.col("count")).otherwise(pl.col("count")),
        order=pl.col("quad").replace_strict({q: i for i, q in enumerate(QUAD_COLOURS)}),
    )


def _changes(table: pl.DataFrame) -> Any:
    marked = _values(table.filter(pl.col("change")).select("start"))
    return (
        alt.Chart(marked)
        .mark_rule(strokeDash=[5, 4], color=INK, strokeWidth=1.2)
        .encode(x="start:T", tooltip=[alt.Tooltip("start:T", title="the level changes")])
    )


def _scale_panel(table: pl.DataFrame) -> Any:
    banded = table.filter(pl.col("scale_mean").is_not_null()).with_columns(
        low=(pl.col("scale_mean") - 1.96 * pl.col("scale_error")).clip(-10, 10),
        high=(pl.col("scale_mean") + 1.96 * pl.col("scale_error")).clip(-10, 10),
    )
    base = alt.Chart(_values(banded))
    y = alt.Y(
        "scale_mean:Q", title="Mean score (−10…+10)", scale=alt.Scale(domain=[-10, 10], clamp=True)
    )
    error = base.mark_rule(color=NEUTRAL, strokeWidth=1.5).encode(
        x=alt.X("start:T", title="First day of step", axis=timed(table["start"].to_list())),
        y=alt.Y("low:Q"),
        y2="high:Q",
    )
    points = base.mark_point(size=32, filled=True, opacity=1).encode(
        x="start:T",
        y=y,
        color=alt.condition("datum.scale_mean < 0", alt.value(CONFLICT), alt.value(COOPERATION)),
        tooltip=["start:T", "scale_mean:Q", "scale_sum:Q", "total:Q", "reports:Q"],
    )
    zero = alt.Chart(inline([{}])).mark_rule(color=INK).encode(y=alt.datum(0))
    return (error + zero + points).properties(width=560, height=130)


def network_chart(table: pl.DataFrame, caption: Caption) -> Spec:
    """Who (rows) acts on whom (columns): area counts acts, colour is the mean score.

    Args:
        table: from ``network``; only the busiest actors and recipients are drawn.
        caption: around it.
    """
    sides = [table.select(pl.col(side).alias("name"), "total") for side in ("actor", "recipient")]
    busiest = pl.concat(sides).group_by("name").sum()
    busiest = busiest.sort(["total", "name"], descending=[True, False])
    order = busiest["name"].head(MOST_ROWS).to_list()
    drawn = table.filter(pl.col("actor").is_in(order) & pl.col("recipient").is_in(order))
    above = alt.Axis(orient="top", labelAngle=-60, grid=True)
    shared: dict[str, Any] = {"sort": order, "scale": alt.Scale(domain=order)}
    chart = (
        alt.Chart(_values(drawn))
        .mark_circle(opacity=1, stroke=INK, strokeWidth=0.5)
        .encode(
            x=alt.X("recipient:N", title="Recipient", axis=above, **shared),
            y=alt.Y("actor:N", title="Actor", axis=alt.Axis(grid=True), **shared),
            size=counted("Acts", drawn.select(pl.col("total").max()).item() or 1),
            color=scored(),
            tooltip=["actor:N", "recipient:N", "total:Q", "scale_mean:Q", "first:T", "last:T"],
        )
    )
    side = max(160, 26 * len(order))
    return framed(chart.properties(width=side, height=side), caption)


def counted(title: str, most: int) -> Any:
    """Area for the column ``total``, from 0 to ``most``."""
    values = sorted({1, max(1, round(most / 2)), most})
    return alt.Size(
        "total:Q",
        title=title,
        scale=alt.Scale(domain=[0, most], range=[0, 420]),
        legend=alt.Legend(values=values, symbolFillColor="#bbbbbb", format="d"),
    )


def scored() -> Any:
    """Colour for the column ``scale_mean``: vermilion conflict, blue cooperation."""
    scale = alt.Scale(domain=[-10, 0, 10], range=[CONFLICT, "#f4f4f4", COOPERATION])
    legend = alt.Legend(values=[-10, -5, 0, 5, 10])
    return alt.Color("scale_mean:Q", title="Mean score (−10…+10)", scale=scale, legend=legend)


_OUTCOMES = {"came about": GREEN, "called off": CONFLICT, "lapsed": NEUTRAL, "open": "#56B4E9"}


def plans_chart(table: pl.DataFrame, caption: Caption) -> Spec:
    """What became of announcements and threats, a bar an actor, with the rate of follow-through.

    Args:
        table: from ``follow_through``.
        caption: around it.
    """
    busiest = table.head(MOST_ROWS)
    order = busiest["actor"].to_list()
    return framed(alt.hconcat(_outcomes(busiest, order), _rates(busiest, order)), caption)


def _outcomes(busiest: pl.DataFrame, order: Sequence[str]) -> Any:
    """A bar an actor: what became of what it announced."""
    long = busiest.unpivot(
        on=list(_OUTCOMES), index=["actor"], variable_name="outcome", value_name="count"
    ).with_columns(order=pl.col("outcome").replace_strict({o: i for i, o in enumerate(_OUTCOMES)}))
    scale = alt.Scale(domain=list(_OUTCOMES), range=list(_OUTCOMES.values()))
    return (
        alt.Chart(_values(long))
        .mark_bar(stroke="white", strokeWidth=0.5)
        .encode(
            y=alt.Y("actor:N", title=None, sort=order),
            x=alt.X("count:Q", title="Announced or threatened", axis=alt.Axis(tickMinStep=1)),
            color=alt.Color("outcome:N", title="Outcome", sort=list(_OUTCOMES), scale=scale),
            order="order:Q",
            tooltip=["actor:N", "outcome:N", "count:Q"],
        )
        .properties(width=300, height=alt.Step(22))
    )


def _rates(busiest: pl.DataFrame, order: Sequence[str]) -> Any:
    """A point an actor: the share that came about, with its interval."""
    base = alt.Chart(_values(busiest))
    share: dict[str, Any] = {"title": "Share that came about", "scale": alt.Scale(domain=[0, 1])}
    blank = alt.Axis(labels=False, ticks=False, grid=True)
    y = alt.Y("actor:N", title=None, sort=order, axis=blank)
    spread = base.mark_rule(color=INK).encode(y=y, x=alt.X("rate_low:Q", **share), x2="rate_high:Q")
    points = base.mark_point(filled=True, size=50, color=INK, opacity=1).encode(
        y=y, x=alt.X("rate:Q", **share)
    )
    return (spread + points).properties(width=190, height=alt.Step(22))


_SIDES = {
    "alleged by": ("alleged_by", CONFLICT, "circle"),
    "reported as fact by": ("reported_as_fact_by", INK, "square"),
    "denied by": ("denied_by", COOPERATION, "cross"),
}


def claims_chart(table: pl.DataFrame, caption: Caption) -> Spec:
    """Who stands where on each claim: a row a claim, a column a teller.

    Args:
        table: from ``claims``; the latest are drawn.
        caption: around it.
    """
    rows = _sides(table.sort("day", nulls_last=True).tail(MOST_ROWS))
    order = list(dict.fromkeys(str(row["claim"]) for row in rows))
    sides = list(_SIDES)
    colours, shapes = ([paint[part] for paint in _SIDES.values()] for part in (1, 2))
    sizes = alt.Scale(domain=sides, range=[45, 230, 110])
    chart = (
        alt.Chart(inline(rows))
        .mark_point(strokeWidth=2, opacity=1)
        .encode(
            x=alt.X("teller:N", title="Who says so", axis=alt.Axis(labelAngle=-45, grid=True)),
            y=alt.Y("claim:N", title=None, sort=order, axis=alt.Axis(grid=True, labelLimit=420)),
            color=alt.Color("side:N", title=None, scale=alt.Scale(domain=sides, range=colours)),
            shape=alt.Shape("side:N", title=None, scale=alt.Scale(domain=sides, range=shapes)),
            size=alt.Size("side:N", title=None, scale=sizes),
            tooltip=["claim:N", "teller:N", "side:N", "words:N"],
        )
    )
    return framed(chart.properties(height=alt.Step(24), width=alt.Step(34)), caption)


def _sides(table: pl.DataFrame) -> list[dict[str, Any]]:
    """A row for each who says something of a claim."""
    return [
        {"claim": _claim(row), "teller": teller, "side": side, "words": " / ".join(row["words"])}
        for row in table.to_dicts()
        for side, (column, _, _) in _SIDES.items()
        for teller in row[column]
    ]


def _claim(row: dict[str, Any]) -> str:
    """``16 July 2018: Russia, coerce → United States``."""
    day = _day(row["date"] or "")
    actor, recipient = (", ".join(row[side]) for side in ("actor", "recipient"))
    towards = f" → {recipient}" if recipient else ""
    about = f" ({row['agreement']})" if row["agreement"] else ""
    return f"{day or 'undated'}: {actor or 'unnamed'}, {row['act'].lower()}{towards}{about}"


def _day(edtf: str) -> str:
    """``16 July 2018``, ``around May 2018``, ``by 4 December 2018``; else the date as it is."""
    before = edtf.removeprefix("../")
    words = in_words(before)
    plain = words if words.startswith("around") else words.partition(" ")[2]
    return (f"by {plain}" if before != edtf else plain) or edtf

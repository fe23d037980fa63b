"""What pictures with an axis of time share: what is drawn of it, how it is lettered, today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import altair as alt

from detente.ontology.calendar import day_in_words
from detente.publish.charts_frame import INK, Caption, inline

#: So large a share of the marks may be left out where they lie far before all others.
FAR_OFF = 0.05
#: The day of reading is drawn if it lies no further off than this share of the time drawn.
NEAR = 0.4


def focus(days: Sequence[date]) -> tuple[date | None, int]:
    """From which day on to draw, so that a few far-off days do not squeeze all others.

    Args:
        days: of all marks, in any order.

    Returns:
        the first day drawn and how many lie before it; None and 0 where all are drawn.
    """
    ordered = sorted(days)
    few = int(len(ordered) * FAR_OFF)
    for left in range(1, few + 1):
        whole, rest = ordered[-1] - ordered[0], ordered[-1] - ordered[left]
        if rest < whole / 2:
            return ordered[left], left
    return None, 0


def without_earlier(caption: Caption, before: int, since: date | None) -> Caption:
    """The caption, with how many marks are left out before the first day drawn."""
    if since is None:
        return caption
    told = f"Not drawn: {before} before {day_in_words(since)}."
    return replace(caption, explains=f"{caption.explains} {told}")


def timed(days: Sequence[date]) -> Any:
    """The axis of time: years, months or days by how long it is."""
    span = (max(days) - min(days)).days if days else 0
    form = "%Y" if span > 5 * 365 else "%b %Y" if span > 120 else "%-d %b %Y"
    return alt.Axis(format=form, labelOverlap=True, tickCount=8)


def with_today(chart: Any, days: Sequence[date], today: date | None) -> Any:
    """The chart with a line on the day of reading, where that lies near the days drawn.

    Far from them it would squeeze all marks into a corner: the source line tells the day.
    """
    if today is None or not days or today - max(days) > NEAR * (max(days) - min(days)):
        return chart
    data = inline([{"day": today.isoformat(), "label": "day of reading"}])
    rule = alt.Chart(data).mark_rule(strokeDash=[4, 3], color=INK).encode(x="day:T")
    label = (
        alt.Chart(data)
        .mark_text(align="center", baseline="bottom", fontSize=10, color=INK, y=-3)
        .encode(x="day:T", text="label:N")
    )
    return chart + rule + label

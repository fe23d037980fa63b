"""What was announced or threatened, and whether it came about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from math import sqrt

import polars as pl

from detente.analyse.occurrences import Occurrence
from detente.records import Event
from detente.resolve.lives import PlanLife, is_planned, life_of

SCHEMA = pl.Schema(
    {
        "day": pl.Date(),
        "date": pl.String(),
        "kind": pl.String(),
        "actor": pl.List(pl.String()),
        "act": pl.String(),
        "recipient": pl.List(pl.String()),
        "outcome": pl.String(),
        "announced": pl.Date(),
        "settled": pl.Date(),
        "steps": pl.List(pl.String()),
        "agreement": pl.String(),
        "words": pl.String(),
        "incident": pl.String(),
    }
)
RATES = pl.Schema(
    {
        "actor": pl.String(),
        "announced": pl.Int64(),
        "came about": pl.Int64(),
        "called off": pl.Int64(),
        "lapsed": pl.Int64(),
        "open": pl.Int64(),
        "rate": pl.Float64(),
        "rate_low": pl.Float64(),
        "rate_high": pl.Float64(),
    }
)
#: A plan without a day is taken to have lapsed when nothing was heard of it for so long.
SILENCE = 365


def plans(found: Sequence[Occurrence], *, today: date) -> pl.DataFrame:
    """One row a plan or threat, by the day it is for.

    Args:
        found: occurrences; those that were never planned or threatened are left out.
        today: the day of reading.

    Returns:
        columns as :data:`SCHEMA`. ``outcome`` is ``came about`` (the same occurrence was reported
        done after it was announced), ``called off``, ``lapsed`` (its day passed and nothing was
        reported: not that nothing happened) or ``open``; ``settled`` when that was told.
    """
    others = [event for one in found for event in one.mentions]
    rows = [row for one in found if (row := _row(one, others, today))]
    return pl.DataFrame(rows, schema=SCHEMA)


def _row(one: Occurrence, others: Sequence[Event], today: date) -> dict[str, object] | None:
    life = life_of(one.mentions, others)
    if life is None:
        return None
    plan = next(e for e in one.mentions if is_planned(e))
    told = [step.told.date() for step in life.steps if step.told]
    outcome = _outcome(one, life, today)
    settled = told[-1] if told and outcome in ("came about", "called off") else None
    return {
        "day": one.day,
        "date": one.told.when.edtf,
        "kind": plan.coded.status,
        "actor": list(one.actors),
        "act": plan.coded.act,
        "recipient": list(one.recipients),
        "outcome": outcome,
        "announced": told[0] if told else None,
        "settled": settled,
        "steps": [step.step for step in life.steps],
        "agreement": plan.agreement.name if plan.agreement else None,
        "words": re.sub(r"\s+", " ", plan.coded.sentence.text).strip(),
        "incident": one.incident.id,
    }


def _outcome(one: Occurrence, life: PlanLife, today: date) -> str:
    if one.status == "done" or life.stands == "held":
        return "came about"
    if life.stands in ("cancelled", "denied"):
        return "called off"
    day = one.last_day
    if day is None or one.told.when.basis == "publication":
        heard = max((e.reported.date() for e in one.mentions if e.reported), default=today)
        return "lapsed" if (today - heard).days > SILENCE else "open"
    return "lapsed" if day < today else "open"


def follow_through(table: pl.DataFrame) -> pl.DataFrame:
    """How often what an actor announced came about, the busiest first.

    Args:
        table: from :func:`plans`.

    Returns:
        columns as :data:`RATES`. ``rate`` is came about / (came about + called off + lapsed), with
        its 95 % interval (Wilson 1927); open plans are not counted in it.
    """
    rows = []
    for actor in sorted({name for names in table["actor"].to_list() for name in names}):
        own = table.filter(pl.col("actor").list.contains(actor))["outcome"].to_list()
        counts = {name: own.count(name) for name in ("came about", "called off", "lapsed", "open")}
        settled = len(own) - counts["open"]
        low, high = wilson(counts["came about"], settled)
        rate = counts["came about"] / settled if settled else None
        rows.append(
            {"actor": actor, "announced": len(own), **counts, "rate": rate}
            | {"rate_low": low, "rate_high": high}
        )
    return pl.DataFrame(rows, schema=RATES).sort(["announced", "actor"], descending=[True, False])


def wilson(hits: int, trials: int) -> tuple[float | None, float | None]:
    """The 95 % score interval of a share (Wilson 1927); none without trials."""
    if not trials:
        return None, None
    z = 1.959964
    share, spread = hits / trials, z * z / trials
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(share * (1 - share) / trials + spread / (4 * trials))
    return max(0.0, middle - half), min(1.0, middle + half)

"""Who acts on whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import polars as pl

from detente.analyse.occurrences import Occurrence, done
from detente.analyse.series import QUAD_COUNTS, QUADS

SCHEMA = pl.Schema(
    {
        "actor": pl.String(),
        "recipient": pl.String(),
        **QUAD_COUNTS,
        "total": pl.Int64(),
        "scale_sum": pl.Float64(),
        "scale_mean": pl.Float64(),
        "outlets": pl.Int64(),
        "first": pl.Date(),
        "last": pl.Date(),
    }
)


def network(found: Sequence[Occurrence]) -> pl.DataFrame:
    """One row a dyad with what was done, the busiest first.

    Args:
        found: occurrences; only those done count. Parties of a reciprocal act act on each other.

    Returns:
        columns as :data:`SCHEMA`; ``outlets`` counts independent ones.
    """
    by_dyad: dict[tuple[str, str], list[Occurrence]] = defaultdict(list)
    for one in done(found):
        for dyad in one.dyads:
            by_dyad[dyad].append(one)
    rows = [_row(actor, recipient, ones) for (actor, recipient), ones in by_dyad.items()]
    frame = pl.DataFrame(rows, schema=SCHEMA)
    return frame.sort(["total", "actor", "recipient"], descending=[True, False, False])


def _row(actor: str, recipient: str, ones: Sequence[Occurrence]) -> dict[str, object]:
    scores = [one.score for one in ones if one.score is not None]
    days = [one.day for one in ones if one.day]
    return {
        "actor": actor,
        "recipient": recipient,
        **{quad: sum(one.quad == quad for one in ones) for quad in QUADS},
        "total": len(ones),
        "scale_sum": sum(scores),
        "scale_mean": sum(scores) / len(scores) if scores else None,
        "outlets": len({outlet for one in ones for outlet in one.incident.outlets}),
        "first": min(days, default=None),
        "last": max(days, default=None),
    }

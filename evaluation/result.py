"""What an evaluation returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Figures of one evaluation, and a row a test item from which they can be recomputed.

    ``metrics`` maps a figure's name to its value (shares 0–1, counts as integers).
    ``predictions`` hold at least ``id``, ``gold`` and ``predicted``.
    """

    metrics: Mapping[str, float | int]
    predictions: Sequence[Mapping[str, object]] = field(default_factory=tuple)

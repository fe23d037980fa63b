"""Rolling-origin backtests: every forecast is made from the as-of view of its day, then scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from detente.assess import scores
from detente.assess.forecasters import Forecaster
from detente.assess.occurrences import Occurrences
from detente.assess.panel import panel_of
from detente.records import Backtest, Dyad


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What was asked of the past: dyads, groups of event types, and the windows.

    Attributes:
        starts: first days of the steps from the beginning of the past, and last the day after.
        first: the first step that is forecast; those before it are only learnt from.
        refit: forecasters learn anew after so many steps.
        lead: days between the last that is known and the window's opening.
    """

    dyads: tuple[Dyad, ...]
    groups: tuple[tuple[str, ...], ...]
    starts: tuple[date, ...]
    first: int
    refit: int
    lead: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """All forecasts of a trial beside what happened; n questions.

    Attributes:
        probabilities: by forecaster's name, shape (n,).
        outcomes: 0 or 1; ``dyad``, ``group``, ``step``: places in the trial; shape (n,).
    """

    probabilities: Mapping[str, NDArray[np.float64]]
    outcomes: NDArray[np.float64]
    dyad: NDArray[np.int64]
    group: NDArray[np.int64]
    step: NDArray[np.int64]


def run(happened: Occurrences, trial: Trial, forecasters: Sequence[Forecaster]) -> Outcomes:
    """Forecasts every window of the trial from what was known the day it opened.

    Args:
        happened: everything; forecasters only ever get ``happened.known_by(opens)``.
        trial: what is asked.
        forecasters: ours and the baselines, by distinct names.
    """
    given: dict[str, list[NDArray[np.float64]]] = {f.name: [] for f in forecasters}
    steps = range(trial.first, len(trial.starts) - 1)
    for step in steps:
        seen = happened.known_by(trial.starts[step] - timedelta(days=trial.lead))
        past = panel_of(seen, trial.dyads, trial.groups, trial.starts[: step + 1])
        for forecaster in forecasters:
            if (step - trial.first) % trial.refit == 0:
                forecaster.learn(past)
            given[forecaster.name].append(forecaster.probabilities(past).ravel())
    truth = panel_of(happened, trial.dyads, trial.groups, trial.starts).counts[:, :, trial.first :]
    shape = (len(steps), len(trial.dyads), len(trial.groups))
    step_of, dyad_of, group_of = (axis.ravel() for axis in np.indices(shape))
    return Outcomes(
        probabilities={name: np.concatenate(parts) for name, parts in given.items()},
        outcomes=(truth > 0).transpose(2, 0, 1).ravel().astype(np.float64),
        dyad=dyad_of,
        group=group_of,
        step=step_of + trial.first,
    )


def score(found: Outcomes, name: str) -> Backtest:
    """The track record of one forecaster against the others.

    Intervals resample whole dyads, whose questions stand or fall together; with a single dyad,
    whole steps.

    Args:
        found: from :func:`run`.
        name: the forecaster; all others are its baselines.
    """
    own = found.probabilities[name]
    clusters = found.dyad if found.dyad.max() > 0 else found.step
    skills = {
        other: scores.skill(own, theirs, found.outcomes, clusters)
        for other, theirs in found.probabilities.items()
        if other != name
    }
    error = scores.calibration_interval(own, found.outcomes, clusters)
    return Backtest(
        forecaster=name,
        questions=len(own),
        brier=scores.brier(own, found.outcomes),
        log_score=scores.log_score(own, found.outcomes),
        skill={other: (s.value, s.low, s.high) for other, s in skills.items()},
        calibration=scores.calibration(own, found.outcomes),
        calibration_error=error.value,
        calibration_interval=(error.low, error.high),
    )

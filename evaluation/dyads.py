"""Forecasts for dyads: at least one act of a quad class by A on B in the next step?

``python -m evaluation dyads PATH``: PATH is a folder of link quadruples with names (as for
``forecast``; weekly) or a CSV of date, source, target, code (CAMEO; monthly, actors by the first
three letters of their code). The 200 most active dyads of the time before the cut-off, the last
quarter held out, every forecast from what was known the day its window opened. ``leak`` is the
number of forecasts that changed when all events from the cut-off on were changed at random.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import get_args

import numpy as np

from detente.assess.backtest import Outcomes, Trial, run, score
from detente.assess.boosting import Boosting
from detente.assess.forecasters import BaseRate, Forecaster, LastValue, Recurrency, YearResample
from detente.assess.occurrences import Occurrences, Row, occurrences_of_rows
from detente.assess.panel import Step, step_starts
from detente.errors import MalformedRow
from detente.ontology.table import rows
from detente.records import Backtest, Dyad, QuadClass
from evaluation.link_sets import part_of, quadruples, table
from evaluation.result import Result

OPENINGS = Path(__file__).parent / "tables" / "cameo_openings.csv"
DYADS = 200
HELD_OUT = 0.25
#: Hour 0 of the link data is taken for this day; only differences count.
FIRST_DAY = date(2014, 1, 1)
SEED = 20260101


def evaluate(path: Path) -> Result:
    """Brier score, skill against each baseline and calibration error, with 95 % intervals.

    Raises:
        InputError: if the files are not of the expected form.
    """
    step: Step = "week" if path.is_dir() else "month"
    happened = occurrences_of_rows(_link_rows(path) if path.is_dir() else _cameo_rows(path))
    trial = _trial(happened, step)
    found = run(happened, trial, _forecasters(step))
    record = score(found, Boosting.name)
    return Result(
        metrics={**_figures(record), "leak": _leak(happened, trial, step)},
        predictions=_predictions(found, trial),
    )


def _forecasters(step: Step) -> list[Forecaster]:
    year = YearResample({"day": 365, "week": 52, "month": 12}[step])
    return [Boosting(), BaseRate(), LastValue(), year, Recurrency()]


def _trial(happened: Occurrences, step: Step) -> Trial:
    first, last = (date.fromordinal(int(day)) for day in (happened.day.min(), happened.day.max()))
    starts = step_starts(first, _first_after(last, step), step)
    held = int(np.ceil((len(starts) - 1) * (1 - HELD_OUT)))
    return Trial(
        dyads=_most_active(happened.known_by(starts[held])),
        groups=tuple((quad,) for quad in get_args(QuadClass)),
        starts=starts,
        first=held,
        refit=4 if step == "week" else 12,
    )


def _first_after(last: date, step: Step) -> date:
    """The day after the last whole step of the data."""
    if step != "month":
        return last + timedelta(days=1)
    following = (last.replace(day=1) + timedelta(days=32)).replace(day=1)
    return following if (last + timedelta(days=1)) == following else last.replace(day=1)


def _most_active(seen: Occurrences) -> tuple[Dyad, ...]:
    pairs = Counter(zip(seen.actor.tolist(), seen.recipient.tolist(), strict=True))
    return tuple(
        Dyad(actor=seen.names[a], recipient=seen.names[r]) for (a, r), _ in pairs.most_common(DYADS)
    )


def _figures(record: Backtest) -> dict[str, float | int]:
    low, high = record.calibration_interval or (0.0, 1.0)
    figures: dict[str, float | int] = {
        "questions": record.questions,
        "brier": round(record.brier, 4),
        "log score": round(record.log_score, 4),
        "calibration error": round(record.calibration_error, 4),
        "calibration error low": round(low, 4),
        "calibration error high": round(high, 4),
    }
    for name, (value, least, most) in record.skill.items():
        figures[f"skill on {name}"] = round(value, 4)
        figures[f"skill on {name} low"] = round(least, 4)
        figures[f"skill on {name} high"] = round(most, 4)
    return figures


def _leak(happened: Occurrences, trial: Trial, step: Step) -> int:
    """How many first forecasts after the cut-off change when what comes after it is changed."""
    one = replace(trial, starts=trial.starts[: trial.first + 2])
    forecasters = _forecasters(step)
    before = run(happened, one, forecasters)
    after = run(_changed_from(happened, trial.starts[trial.first]), one, _forecasters(step))
    return sum(
        int(np.count_nonzero(before.probabilities[f.name] != after.probabilities[f.name]))
        for f in forecasters
    )


def _changed_from(happened: Occurrences, day: date) -> Occurrences:
    """The same past; actors, recipients and kinds of everything from ``day`` on drawn at random."""
    random = np.random.default_rng(SEED)
    later = happened.day >= day.toordinal()
    size = len(happened)
    actor, recipient = (random.integers(0, len(happened.names), size) for _ in range(2))
    return replace(
        happened,
        actor=np.where(later, actor, happened.actor),
        recipient=np.where(later, recipient, happened.recipient),
        kind=np.where(later, random.integers(0, len(happened.kinds), size), happened.kind),
    )


def _predictions(found: Outcomes, trial: Trial) -> list[dict[str, object]]:
    return [
        {
            "id": number,
            "actor": trial.dyads[dyad].actor,
            "recipient": trial.dyads[dyad].recipient,
            "types": list(trial.groups[group]),
            "opens": trial.starts[step].isoformat(),
            "gold": int(outcome),
            "predicted": {n: round(float(p[number]), 4) for n, p in found.probabilities.items()},
        }
        for number, (dyad, group, step, outcome) in enumerate(
            zip(found.dyad, found.group, found.step, found.outcomes, strict=True)
        )
    ]


def _link_rows(folder: Path) -> Iterator[Row]:
    entities = _names(table(folder, "entity2id"))
    kinds = {
        number: _quad_of_name(name) for number, name in _names(table(folder, "relation2id")).items()
    }
    for name in ("train", "valid", "test"):
        for actor, relation, recipient, hours in quadruples(part_of(folder, name)).tolist():
            day = FIRST_DAY + timedelta(hours=hours)
            if actor != recipient:
                yield entities[actor], entities[recipient], kinds[relation], day, day


def _names(table: Path) -> dict[int, str]:
    lines = table.read_text(encoding="utf-8").splitlines()
    return {int(number): name for name, number in (line.rsplit("\t", 1) for line in lines)}


def _cameo_rows(path: Path) -> Iterator[Row]:
    columns = ("date", "source", "target", "code")
    for line, row in rows(path, columns):
        try:
            day = date.fromisoformat(row["date"])
        except ValueError as error:
            raise MalformedRow(str(path), line, str(error)) from error
        quad = quad_of_root(row["code"][:2])
        actor, recipient = row["source"][:3], row["target"][:3]
        if quad and actor != recipient:
            yield actor, recipient, quad, day, day


def quad_of_root(root: str) -> str:
    """The quad class of a CAMEO root code, 01–20; empty for other codes.

    Statements and consultations (01–05) are verbal cooperation, 06–08 material cooperation,
    09–13 verbal conflict, 14–20 material conflict (GDELT codebook, QuadClass).
    """
    quads = get_args(QuadClass)
    if not root.isdigit() or not 1 <= int(root) <= 20:
        return ""
    return str(quads[int(np.searchsorted([6, 9, 14], int(root), side="right"))])


@cache
def _openings() -> dict[str, str]:
    return {row["opening"]: row["root"] for _, row in rows(OPENINGS, ("opening", "root"))}


def _quad_of_name(name: str) -> str:
    """The quad class of a code's name, such as ``Make_a_visit``; empty if it is not known."""
    plain = name.replace("_", " ").lower()
    fitting = [opening for opening in _openings() if plain.startswith(opening)]
    return quad_of_root(_openings()[max(fitting, key=len)]) if fitting else ""

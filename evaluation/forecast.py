"""Link forecasting in the field's standard setting: who is the object, who the subject, next?

``python -m evaluation forecast DIR``: DIR holds training, validation and test facts (see
:mod:`evaluation.link_sets`). Single-step, time-aware filtered, both directions, as Gastinger et al.
(IJCAI 2024) define it.

It takes at most about as many seconds as ``DETENTE_FORECAST_SECONDS`` says (1,020 without): what
is done without to keep to it stands on standard error (see
:class:`~detente.assess.links.budget.Budget`).
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from detente.assess.links import recurrency
from detente.assess.links.budget import Budget
from detente.assess.links.model import LinkModel, Ranked
from detente.assess.links.ranking import summary
from detente.assess.links.stream import FactStream, Floats, Ints, snapshots
from detente.errors import InputError
from evaluation.link_sets import LinkSet, read_set
from evaluation.result import Result

SECONDS = 1020.0
#: A test of so few facts is not worth a second process.
SMALL = 2000


def evaluate(path: Path) -> Result:
    """MRR and Hits@1, 3, 10 of our model, and the recurrency baseline's beside them.

    Args:
        path: the folder.

    Returns:
        figures over all test queries, and the rank of each.

    Raises:
        InputError: if a part is missing, a line is no fact, or nothing precedes the test.
    """
    started, limit = time.monotonic(), _seconds()
    found = read_set(path)
    test = found.test
    print(_described(found), file=sys.stderr)
    budget = Budget(
        seconds=max(1.0, 0.93 * limit - (time.monotonic() - started)),
        processes=min(2, len(os.sched_getaffinity(0))) if len(test.facts) > SMALL else 1,
    )
    if budget.processes == 1:
        ranked, baseline = _ranked(found, budget), _baseline(found)
    else:
        apart = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=apart) as pool:  # beside the model
            awaited = pool.submit(_baseline, found)
            ranked, baseline = _ranked(found, budget), awaited.result()
    print(f"ranked in {time.monotonic() - started:.0f} s", file=sys.stderr)
    late = np.isnan(ranked.ranks)
    if late.any():
        print(f"{late.sum()} queries are ranked by the recurrency baseline", file=sys.stderr)
    ranks = np.where(late, baseline, ranked.ranks)
    asked = _queries(test)
    lines = _lines(asked, found.lines, test)
    figures = {name: round(value, 4) for name, value in summary(ranks[lines]).items()}
    of_baseline = summary(baseline[lines])
    figures |= {f"recurrency {name}": round(of_baseline[name], 4) for name in ("mrr", "hits@10")}
    return Result(
        metrics={**figures, "queries": len(lines)},
        predictions=[
            _row(place, line, asked, ranks, ranked.best, baseline, found)
            for place, line in enumerate(lines)
        ],
    )


def _seconds() -> float:
    told = os.environ.get("DETENTE_FORECAST_SECONDS", str(SECONDS))
    try:
        seconds = float(told)
    except ValueError as error:
        raise InputError("DETENTE_FORECAST_SECONDS", f"not a number: {told}") from error
    if not seconds > 0:
        raise InputError("DETENTE_FORECAST_SECONDS", f"not above 0: {told}")
    return seconds


def _ranked(found: LinkSet, budget: Budget) -> Ranked:
    """Our model's ranks of the test."""
    model = LinkModel(found.whole, budget, lambda line: print(line, file=sys.stderr))
    return model.fit(found.past).rank(found.test)


def _baseline(found: LinkSet) -> Floats:
    """Ranks of the recurrency baseline, its weights chosen on validation."""
    train = found.whole.between(0, found.validation_from - 1)
    validation = found.whole.between(found.validation_from, found.test_from - 1)
    return recurrency.ranks(found.past, found.test, recurrency.fit(train, validation))


def _described(found: LinkSet) -> str:
    whole = found.whole
    return (
        f"{len(whole.facts)} facts of {whole.entities} entities and {whole.relations} relations "
        f"in {whole.facts[-1, 3] + 1} steps; {len(found.lines)} test lines"
    )


def _queries(test: FactStream) -> Ints:
    """Subject, relation, object, step of every query, in the order in which they are ranked."""
    rows = [
        np.column_stack(
            [now.subjects, now.relations, now.objects, np.full_like(now.subjects, now.step)]
        )
        for now in snapshots(test)
    ]
    return np.concatenate(rows)


def _lines(asked: Ints, lines: Ints, test: FactStream) -> Ints:
    """Which query each line of the test file asks, first as told, then all inverted."""
    subject, relation, obj, step = lines.T
    told = np.column_stack([subject, relation, obj, step])
    inverted = np.column_stack([obj, relation + test.relations, subject, step])
    keys = _keys(asked, test)
    order = np.argsort(keys)
    wanted = _keys(np.concatenate([told, inverted]), test)
    return np.asarray(order[np.searchsorted(keys, wanted, sorter=order)])


def _keys(queries: Ints, test: FactStream) -> Ints:
    """One number a query."""
    subject, relation, obj, step = queries.T
    size = test.entities
    return np.asarray(((step * 2 * test.relations + relation) * size + subject) * size + obj)


def _row(
    place: int, query: int, asked: Ints, ranks: Floats, best: Ints, baseline: Floats, found: LinkSet
) -> dict[str, object]:
    subject, relation, obj, step = asked[query].tolist()
    first = int(best[query])
    return {
        "id": place,
        "subject": found.named(subject),
        "relation": relation,
        "step": step,
        "gold": found.named(obj),
        "predicted": found.named(first) if first >= 0 else None,
        "rank": float(ranks[query]),
        "rank of recurrency": float(baseline[query]),
    }

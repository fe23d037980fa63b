"""Link forecasting in the field's standard setting: who is the object, who the subject, next?

``python -m evaluation forecast DIR``: DIR holds one ``*train.txt``, ``*valid.txt`` and
``*test.txt`` of subject, relation, object, time (further columns are left out), and perhaps
``*entity2id.txt`` and ``*relation2id.txt``. Single-step, time-aware filtered, both directions, as
Gastinger et al. (IJCAI 2024) define it.

It takes at most about as many seconds as ``DETENTE_FORECAST_SECONDS`` says (1,080 without): what
is done without to keep to it stands on standard error (see
:class:`~detente.assess.links.budget.Budget`).
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from detente.assess.links import recurrency
from detente.assess.links.budget import Budget
from detente.assess.links.model import LinkModel, Ranked
from detente.assess.links.ranking import summary
from detente.assess.links.stream import FactStream, Floats, Ints, snapshots, step_width, stream_of
from detente.errors import InputError
from evaluation.result import Result

SECONDS = 1080.0
#: Training and validation before the test, and the test, as steps of one stream.
_PARTS = ("train", "valid", "test")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Set:
    """A set as one stream, with the first steps of validation and test and the test's lines."""

    whole: FactStream
    validation_from: int
    test_from: int
    lines: Ints

    @property
    def past(self) -> FactStream:
        return self.whole.between(0, self.test_from - 1)

    @property
    def test(self) -> FactStream:
        return self.whole.between(self.test_from, int(self.whole.facts[-1, 3]))


def evaluate(path: Path) -> Result:
    """MRR and Hits@1, 3, 10 of our model, and the recurrency baseline's beside them.

    Args:
        path: the folder.

    Returns:
        figures over all test queries, and the rank of each.

    Raises:
        InputError: if a part is missing, a line is not four integers, or the parts do not follow
            each other in time.
    """
    started, limit = time.monotonic(), _seconds()
    found = _read(path)
    test = found.test
    print(_described(found), file=sys.stderr)
    apart = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=apart) as pool:  # beside the model, on another core
        awaited = pool.submit(_baseline, found)
        budget = Budget(seconds=max(1.0, 0.93 * limit - (time.monotonic() - started)))
        model = LinkModel(found.whole, budget, lambda line: print(line, file=sys.stderr))
        ranked = model.fit(found.past).rank(test)
        print(f"ranked in {time.monotonic() - started:.0f} s", file=sys.stderr)
        baseline = awaited.result()
    asked = _queries(test)
    lines = _lines(asked, found.lines, test)
    figures = {name: round(value, 4) for name, value in summary(ranked.ranks[lines]).items()}
    of_baseline = summary(baseline[lines])
    figures |= {f"recurrency {name}": round(of_baseline[name], 4) for name in ("mrr", "hits@10")}
    return Result(
        metrics={**figures, "queries": len(lines)},
        predictions=[
            _row(place, line, asked, ranked, baseline) for place, line in enumerate(lines)
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


def _baseline(found: _Set) -> Floats:
    """Ranks of the recurrency baseline, its weights chosen on validation."""
    train = found.whole.between(0, found.validation_from - 1)
    validation = found.whole.between(found.validation_from, found.test_from - 1)
    return recurrency.ranks(found.past, found.test, recurrency.fit(train, validation))


def _read(path: Path) -> _Set:
    parts = [quadruples(part(path, name)) for name in _PARTS]
    for name, earlier, later in zip(_PARTS[1:], parts, parts[1:], strict=False):
        if later[:, 3].min() < earlier[:, 3].max():
            raise InputError(str(path), f"{name} begins before the part before it ends")
    told = np.concatenate(parts)
    width, first = step_width(told[:, 3]), told[:, 3].min()
    lines = parts[2].copy()
    lines[:, 3] = (lines[:, 3] - first) // width
    return _Set(
        whole=stream_of(told, entities=_named(path, "entity"), relations=_named(path, "relation")),
        validation_from=int((parts[1][:, 3].min() - first) // width),
        test_from=int(lines[:, 3].min()),
        lines=lines,
    )


def _described(found: _Set) -> str:
    whole = found.whole
    return (
        f"{len(whole.facts)} facts of {whole.entities} entities and {whole.relations} relations "
        f"in {whole.facts[-1, 3] + 1} steps; {len(found.lines)} test lines"
    )


def part(folder: Path, name: str) -> Path:
    """The one file of a folder whose name ends in ``name`` and ``.txt``."""
    found = sorted(folder.glob(f"*{name}.txt"))
    exact = [file for file in found if file.name == f"{name}.txt"]
    if len(exact or found) != 1:
        what = "no" if not found else f"{len(found)} files"
        raise InputError(str(folder), f"{what} *{name}.txt where one is needed")
    return (exact or found)[0]


def quadruples(path: Path) -> Ints:
    """Subject, relation, object and time of every line: shape (n, 4)."""
    if not path.read_bytes().strip():
        raise InputError(str(path), "empty")
    try:
        found = np.loadtxt(path, dtype=np.int64, usecols=(0, 1, 2, 3), ndmin=2)
    except ValueError as error:
        raise InputError(str(path), f"not lines of four integers ({error})") from error
    if found[:, :3].min() < 0:
        raise InputError(str(path), "an id below 0")
    return found


def _named(folder: Path, what: str) -> int:
    """How many entities or relations the id table names; 0 without a table."""
    return sum(
        len(table.read_bytes().splitlines()) for table in sorted(folder.glob(f"*{what}2id.txt"))[:1]
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
    place: int, query: int, asked: Ints, ranked: Ranked, baseline: Floats
) -> dict[str, object]:
    subject, relation, obj, step = asked[query].tolist()
    return {
        "id": place,
        "subject": subject,
        "relation": relation,
        "step": step,
        "gold": obj,
        "predicted": int(ranked.best[query]),
        "rank": float(ranked.ranks[query]),
        "rank of recurrency": float(baseline[query]),
    }

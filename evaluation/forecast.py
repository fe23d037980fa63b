"""Link forecasting in the field's standard setting: who is the object, who the subject, next?

``python -m evaluation forecast DIR``: DIR holds one ``*train.txt``, ``*valid.txt`` and
``*test.txt`` of tab-separated subject, relation, object, time (further columns are left out), and
perhaps ``*entity2id.txt`` and ``*relation2id.txt``. Single-step, time-aware filtered, both
directions, as Gastinger et al. (IJCAI 2024) define it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

from detente.assess.links import recurrency
from detente.assess.links.model import LinkModel, Ranked
from detente.assess.links.ranking import summary
from detente.assess.links.stream import FactStream, Floats, Ints, snapshots, stream_of
from detente.errors import InputError
from evaluation.result import Result


def evaluate(path: Path) -> Result:
    """MRR and Hits@1, 3, 10 of our model, and the recurrency baseline's beside them.

    Args:
        path: the folder.

    Returns:
        figures over all test queries, and the rank of each.

    Raises:
        InputError: if a part is missing or a line is not four integers.
    """
    parts = [quadruples(part(path, name)) for name in ("train", "valid", "test")]
    whole = stream_of(
        np.concatenate(parts), entities=_named(path, "entity"), relations=_named(path, "relation")
    )
    validation_from, test_from = (_step(parts, part) for part in (1, 2))
    train = whole.between(0, validation_from - 1)
    past = whole.between(0, test_from - 1)
    test = whole.between(test_from, int(whole.facts[-1, 3]))
    weights = recurrency.fit(train, whole.between(validation_from, test_from - 1))
    baseline = recurrency.ranks(past, test, weights)
    started = time.monotonic()
    ranked = LinkModel(whole).fit(past).rank(test)
    print(f"ranked in {time.monotonic() - started:.0f} s", file=sys.stderr)
    asked = _queries(test)
    lines = _lines(asked, parts[2], test)
    figures = {name: round(value, 4) for name, value in summary(ranked.ranks[lines]).items()}
    of_baseline = summary(baseline[lines])
    figures |= {f"recurrency {name}": round(of_baseline[name], 4) for name in ("mrr", "hits@10")}
    return Result(
        metrics={**figures, "queries": len(lines)},
        predictions=[
            _row(place, line, asked, ranked, baseline) for place, line in enumerate(lines)
        ],
    )


def part(folder: Path, name: str) -> Path:
    """The one file of a folder whose name ends in ``name`` and ``.txt``."""
    found = sorted(folder.glob(f"*{name}.txt"))
    if len(found) != 1:
        what = "no" if not found else f"{len(found)} files"
        raise InputError(str(folder), f"{what} *{name}.txt where one is needed")
    return found[0]


def quadruples(path: Path) -> Ints:
    """Subject, relation, object and time of every line: shape (n, 4)."""
    try:
        return np.loadtxt(path, dtype=np.int64, usecols=(0, 1, 2, 3), ndmin=2)
    except ValueError as error:
        raise InputError(str(path), f"not lines of four integers ({error})") from error


def _named(folder: Path, what: str) -> int:
    """How many entities or relations the id table names; 0 without a table."""
    return sum(
        len(table.read_text(encoding="utf-8").splitlines())
        for table in sorted(folder.glob(f"*{what}2id.txt"))[:1]
    )


def _step(parts: list[Ints], part: int) -> int:
    """The first step of a part."""
    times = np.unique(np.concatenate(parts)[:, 3])
    width = int(np.gcd.reduce(np.diff(times)))
    return int((parts[part][:, 3].min() - times[0]) // width)


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
    where = {tuple(query): place for place, query in enumerate(asked.tolist())}
    times = np.unique(lines[:, 3])
    steps = dict(zip(times.tolist(), np.unique(test.facts[:, 3]).tolist(), strict=True))
    told = [(s, r, o, steps[t]) for s, r, o, t in lines.tolist()]
    inverted = [(o, r + test.relations, s, t) for s, r, o, t in told]
    return np.array([where[query] for query in (*told, *inverted)])


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

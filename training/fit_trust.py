"""How far codings by the lexicon are to be trusted (``tables/trust.csv``).

A logistic regression of "a hand coder gives this type here too" on the traits of a mention, on the
hand-coded documents of ``evaluation/gold``::

    PYTHONPATH=src:. .venv/bin/python -m training.fit_trust

The lexicon was worked on with these documents, and is right on them more often than on any others.
So the offset is then moved (prior correction: King and Zeng, Logistic regression in rare events
data, 2001) to the share that was right on documents when they were first seen. Prints, document by
document left out, the calibration error, and writes the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from detente.coding.attribution import attributions
from detente.coding.coder import Coder
from detente.coding.events import mentions
from detente.coding.language import language
from detente.coding.participants import Participants
from detente.coding.trust import TRAITS, log_odds, traits
from evaluation.confidence import auc, calibration_error
from evaluation.events import coded_rows, documents, report_of, rightly_typed

ROOT = Path(__file__).parent.parent
GOLD = ("evaluation/gold/events/events.jsonl", "evaluation/gold/dyads/events.jsonl")
OUT = ROOT / "src/detente/coding/tables/trust.csv"
#: The share right at first sight of documents (docs/errors-sense-and-sources.md).
AT_FIRST_SIGHT = 0.87
#: Strength of the ridge on the slopes.
RIDGE = 1.0
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A coded event: its document, the traits it has, whether it is right."""

    doc: str
    traits: frozenset[str]
    right: bool


def cases(path: Path) -> Iterator[Case]:
    """The events that the lexicon codes in the documents of a gold file."""
    coder = Coder()
    for doc, gold in documents(path).items():
        report = report_of(path, doc)
        coded = coded_rows(coder, report)
        same = rightly_typed(gold, coded)
        right = {id(c) for _, c in same}
        parsed = language()(report.text)
        told = {
            (parsed[m.first].idx, m.event_type): frozenset(traits(m))
            for m in mentions(parsed, Participants(parsed, attributions(parsed)))
        }
        for row in coded:
            held = told.get((row["start"], row["event_type"]))
            if held is not None and row["kind"] == "rule":
                yield Case(doc=doc, traits=held, right=id(row) in right)


def fitted(found: Sequence[Case]) -> Numbers:
    """What each trait adds to the log odds, in the order of ``TRAITS``."""
    held, right = _held(found), np.array([case.right for case in found], dtype=float)

    def lost(values: Numbers) -> float:
        odds = held @ values
        loss = float((np.logaddexp(0, odds) - right * odds).sum())
        return loss + RIDGE / 2 * float((values[1:] ** 2).sum())

    values: Numbers = minimize(lost, np.zeros(len(TRAITS))).x
    return values


def said(values: Numbers, found: Sequence[Case]) -> Numbers:
    """The confidence in each case, 0–1."""
    shares: Numbers = 1 / (1 + np.exp(-(_held(found) @ values)))
    return shares


def moved(values: Numbers, found: Sequence[Case], share: float) -> Numbers:
    """The same with the offset at which the mean confidence is ``share``."""
    low, high = -5.0, 5.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if _mean(values, found, middle) > share else (middle, high)
    return np.array([values[0] + low, *values[1:]])


def _mean(values: Numbers, found: Sequence[Case], step: float) -> float:
    return float(said(np.array([values[0] + step, *values[1:]]), found).mean())


def _held(found: Sequence[Case]) -> Numbers:
    return np.array([[name in case.traits for name in TRAITS] for case in found], dtype=float)


def left_out(found: Sequence[Case]) -> list[tuple[float, bool]]:
    """Confidence in the events of each document as fitted on the others, and whether right."""
    outcomes: list[tuple[float, bool]] = []
    for doc in sorted({case.doc for case in found}):
        values = fitted([case for case in found if case.doc != doc])
        theirs = [case for case in found if case.doc == doc]
        outcomes += zip(said(values, theirs).tolist(), (case.right for case in theirs), strict=True)
    return outcomes


def written(values: Numbers) -> str:
    """The table with new figures; its comments, traits and meanings as they were."""
    lines = OUT.read_text(encoding="utf-8").splitlines()
    by_trait = dict(zip(TRAITS, values, strict=True))
    for n, line in enumerate(lines):
        trait, _, rest = line.partition(",")
        if trait in log_odds():
            lines[n] = f"{trait},{by_trait[trait]:.2f},{rest.partition(',')[2]}"
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fits, checks, writes."""
    found = [case for name in GOLD for case in cases(ROOT / name)]
    outcomes = left_out(found)
    share = sum(case.right for case in found) / len(found)
    print(f"{len(found)} events, {share:.3f} right; each document as fitted on the others:")
    print(f"calibration error {calibration_error(outcomes):.3f}, auc {auc(outcomes):.3f}")
    values = moved(fitted(found), found, AT_FIRST_SIGHT)
    OUT.write_text(written(values), encoding="utf-8")
    print(", ".join(f"{name} {value:.2f}" for name, value in zip(TRAITS, values, strict=True)))


if __name__ == "__main__":
    main()

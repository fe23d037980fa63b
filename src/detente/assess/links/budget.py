"""How much a forecast may cost: sizes that shrink with the set, and a clock for the worst case.

The sizes depend on the set alone, so that a set is ranked the same every time. Only where the
clock shows that the seconds would not suffice is less done, and it is said.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

Report = Callable[[str], None]


def silent(_: str) -> None:
    """Says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The limits of fitting and ranking.

    Attributes:
        seconds: wall-clock time for both together; gathering lessons may use up to 0.4 of it,
            boosting goes on up to 0.55.
        processes: that rank the test together, each its share of the steps.
        learn: queries of the last steps before the test that boosting learns from.
        mix: queries before those that the mixture learns from.
        rules: queries of the last steps that rules are counted on.
        candidates: answers a query that boosting orders.
        fewest: candidates a query where the test is so large that rows would pass ``rows``.
        rows: queries times candidates of a test.
    """

    seconds: float = 1000.0
    processes: int = 1
    learn: int = 30_000
    mix: int = 8_000
    rules: int = 400_000
    candidates: int = 100
    fewest: int = 20
    rows: int = 12_000_000

    def candidates_of(self, queries: int) -> int:
        """Candidates a query of a test with so many queries."""
        affordable = self.rows // max(1, queries)
        return min(self.candidates, max(self.fewest, affordable))


#: What the quick predictors alone cost of the whole, at a cautious guess.
QUICK_SHARE = 0.3
#: From these candidates a query on, halving is given up and only the quick predictors are used.
LAST_CANDIDATES = 10


@dataclass(slots=True)
class Pace:
    """Whether there is time left, and what is done without where there is not.

    Attributes:
        budget: the limits.
        report: told about progress and about what is done without.
        candidates: answers a query that are ordered at present.
        quick: whether only the quick predictors are left.
    """

    budget: Budget
    report: Report = silent
    candidates: int = 0
    quick: bool = False
    _started: float = field(default_factory=time.monotonic)
    _ranking: float = 0.0
    _told: float = 0.0
    _ended: bool = False

    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    def may_learn(self) -> bool:
        """Whether there is time to gather more to learn from."""
        return self.elapsed() < 0.4 * self.budget.seconds

    def may_boost(self) -> bool:
        """Whether there is time for more trees."""
        return self.elapsed() < 0.55 * self.budget.seconds

    def is_over(self) -> bool:
        """Whether no time is left at all; said once."""
        over = self.elapsed() > self.budget.seconds
        if over and not self._ended:
            self._ended = True
            self.report(f"{self.budget.seconds:.0f} s are over: the rest is not ranked")
        return over

    def begin(self, queries: int) -> None:
        """Ranking of so many queries begins."""
        self._ranking = self.elapsed()
        self.candidates = self.budget.candidates_of(queries)
        self.report(f"ranking {queries} queries, {self.candidates} candidates each")

    def after(self, share: float) -> None:
        """This share of the test is ranked; does without something if the rest would not fit."""
        now = self.elapsed()
        if now - self._told > 30:
            self._told = now
            self.report(f"{share:.0%} of the test ranked after {now:.0f} s")
        ahead = (now - self._ranking) / share * (1 - share)
        if self.quick or now + ahead <= self.budget.seconds or now - self._ranking < 5:
            return
        late = QUICK_SHARE * ahead > self.budget.seconds - now
        self.quick = late or self.candidates <= LAST_CANDIDATES
        self.candidates = max(LAST_CANDIDATES, self.candidates // 2)
        left = "quick predictors only" if self.quick else f"{self.candidates} candidates a query"
        self.report(f"{ahead:.0f} s more would pass {self.budget.seconds:.0f} s: {left} from here")

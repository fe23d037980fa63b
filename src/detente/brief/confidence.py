"""Confidence in a judgement, argued from its sources in a sentence of its own (ICD 203, D.6.e.2).

Confidence falls a level for each weak ground: few cases behind a number, one outlet alone, no
outlet graded better than D or 4, accounts that differ. Who is not judged counts neither way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from detente.brief.naming import joined
from detente.ontology.admiralty import OWN, graded
from detente.records import Event, Report, SourceGrade

#: Outlets named in a sentence at the most.
MOST_NAMED = 4
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_LEVELS = ("high", "moderate", "low")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The outlets behind a judgement, in the order they told, each with its grade or none."""

    outlets: tuple[tuple[str, str], ...]
    differ: bool = False

    @property
    def trusted(self) -> bool:
        """Whether one of them is graded A or B, and what it says no worse than 3."""
        return any(code[:1] in "AB" and code[1:] in "123" for _, code in self._judged)

    @property
    def doubted(self) -> bool:
        """Whether all that are graded are D or E, or what they say 4 or 5."""
        judged = self._judged
        return bool(judged) and all(code[0] in "DE" or code[1] in "45" for _, code in judged)

    @property
    def _judged(self) -> list[tuple[str, str]]:
        return [(o, code) for o, code in self.outlets if len(code) == 2 and code not in ("F6",)]


def sources_of(
    events: Iterable[Event],
    reports: Mapping[str, Report],
    grades: Sequence[SourceGrade],
    *,
    outlets: Sequence[str] = (),
    differ: bool = False,
) -> Sources:
    """The outlets that tell these events.

    Args:
        events: mentions, the earliest told first.
        reports: by id.
        grades: of the record.
        outlets: the independent ones among them, where that is known; copies are then left out.
        differ: whether their accounts differ.
    """
    told = [reports[e.coded.sentence.report] for e in events if e.coded.sentence.report in reports]
    found = {report.outlet: graded(report, grades) for report in told if report.outlet != OWN}
    kept = {o: code for o, code in found.items() if not outlets or o in outlets} or found
    return Sources(outlets=tuple(kept.items()), differ=differ)


def counted(number: int, noun: str) -> str:
    """``two outlets``, ``one outlet``, ``12 outlets``."""
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{word} {noun}{'' if number == 1 else 's'}"


def listed(sources: Sources) -> str:
    """``Northern Wire (B2), Baltic Observer (not judged)``; empty where no outlet has a name."""
    named = [f"{outlet} ({code})" for outlet, code in sources.outlets if outlet]
    more = len(named) - MOST_NAMED
    kept = named[:MOST_NAMED] + ([f"{more} more"] if more > 0 else [])
    return joined(kept)


def source_ground(sources: Sources, what: str) -> str:
    """Who tells ``what``, with grades: ``two outlets tell of it, A (B2) and B (not judged)``."""
    number = len(sources.outlets)
    verb = "tells" if number == 1 else "tell"
    alone = " alone" if number == 1 else ""
    told = f"{counted(number, 'outlet')}{alone} {verb} of {what}"
    names = listed(sources)
    if names:
        return f"{told}, {names}"
    judged = sources.outlets[0][1] if sources.outlets else ""
    return f"{told} ({judged})" if judged else told


def confidence(
    sources: Sources, what: str, *, weak: Sequence[str] = (), strong: Sequence[str] = (),
    least: str = "high",
) -> str:  # fmt: skip
    """The sentence that says how sure a judgement is, and why.

    Args:
        sources: that it rests on.
        what: what they tell of, as a noun phrase.
        weak: grounds against, beside those of the sources.
        strong: grounds for.
        least: the highest level that the case allows.
    """
    against = len(weak) + sources.differ + sources.doubted
    against += len(sources.outlets) < 2 and not sources.trusted
    level = max(min(against, 2), _LEVELS.index(least))
    told = [source_ground(sources, what)]
    told += ["their accounts of it differ"] if sources.differ else []
    grounds = [*weak, *told, *strong] if level else [*strong, *told]
    return f"Confidence in this is {_LEVELS[level]}: {'; '.join(grounds)}."

"""What was reckoned from the record, written out as a source of its own.

A judgement of ours then cites its reckoning like any other passage, and a reader can check it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from detente.ontology.calendar import day_in_words
from detente.records import CitedSentence, Event, Forecast, Report, fingerprint, passage_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """A plan that fell due: the mention that planned it, its day, and what came of it."""

    plan: Event
    due: date
    outcome: Literal["held", "called off", "not told of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """What was forecast for a brief: of plans (by incident id), of the dyad, and what was not.

    ``precedents`` are the plans that the forecasts of plans rest on, in the order they fell due.

    ``unjudged`` says what could not be forecast and what would be needed; it is told in the notes.
    """

    plans: Mapping[str, Forecast] = field(default_factory=dict)
    precedents: tuple[Precedent, ...] = ()
    expected: tuple[Forecast, ...] = ()
    unjudged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A line of reckoning and the sentences that rest on it, which do not cite it yet."""

    line: str
    drafts: tuple[CitedSentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Judgements with the reckoning that they cite; without any there is none."""

    sentences: tuple[CitedSentence, ...]
    reckoning: Report | None


def outlook(judged: Sequence[Judged], as_of: datetime) -> Outlook:
    """Writes the reckoning out and lets each judgement cite its line.

    Args:
        judged: in the order they shall be read.
        as_of: when the judgement is made.
    """
    if not judged:
        return Outlook(sentences=(), reckoning=None)
    head = f"Reckoned from this record as of {day_in_words(as_of.date())}."
    text = "\n".join((head, *(each.line for each in judged)))
    report = Report(
        id=fingerprint("reckoning", text),
        outlet="Détente",
        title="How the judgements were reckoned",
        text=text,
        published=as_of,
    )
    sentences: list[CitedSentence] = []
    for each in judged:
        start = text.index(each.line)
        reckoned = passage_of(report, start, start + len(each.line))
        sentences += [replace(draft, evidence=(*draft.evidence, reckoned)) for draft in each.drafts]
    return Outlook(sentences=tuple(sentences), reckoning=report)

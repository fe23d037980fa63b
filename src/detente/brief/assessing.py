"""What a brief rests on, and what is judged from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from detente.brief.changes import MOST_CHANGES, EarlierBrief, changes
from detente.brief.clocks import agreement_clocks
from detente.brief.confidence import sources_of
from detente.brief.conflicts import conflicts, misplaced
from detente.brief.contested import claims_judged
from detente.brief.expectations import expectations
from detente.brief.judgements import authors_judgements
from detente.brief.outlook import plans_ahead
from detente.brief.reckoning import Foresight, outlook
from detente.brief.verify import verify_sentence
from detente.errors import UncitedStatement
from detente.records import CitedSentence, Event, Incident, Report, SourceGrade

#: An author's judgement older than this has been overtaken.
JUDGED_DAYS = 90
MOST_CONFLICTS = 4
MOST_JUDGEMENTS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a brief is composed from."""

    reports: Mapping[str, Report]
    events: Mapping[str, Event]
    incidents: Mapping[str, Incident]
    about: tuple[str, ...]
    as_of: datetime
    foresight: Foresight
    earlier: EarlierBrief | None
    grades: tuple[SourceGrade, ...] = ()

    def carry(self, sentence: CitedSentence, reckoning: Report | None = None) -> bool:
        """Whether a sentence verifies by them (and by what was reckoned)."""
        told = [self.events[e] for e in sentence.events if e in self.events]
        more = {reckoning.id: reckoning} if reckoning else {}
        try:
            verify_sentence(sentence, {**self.reports, **more}, told)
        except UncitedStatement:
            return False
        return True


def assessment(
    grounds: Grounds, told: Collection[str]
) -> tuple[tuple[CitedSentence, ...], Report | None]:
    """What is judged, without what would not verify, and the reckoning that it cites.

    Args:
        grounds: what the brief is composed from.
        told: ids of the incidents that the brief tells.
    """
    ours, reckoning = _outlook(grounds, told)
    authors = authors_judgements(
        grounds.reports.values(),
        since=grounds.as_of - timedelta(days=JUDGED_DAYS),
        most=MOST_JUDGEMENTS,
    )
    return (*authors, *ours, *_changed(grounds)), reckoning


def _outlook(
    grounds: Grounds, told: Collection[str]
) -> tuple[tuple[CitedSentence, ...], Report | None]:
    """What is judged from the record itself."""
    reports, grades = grounds.reports, grounds.grades
    events = [e for e in grounds.events.values() if _concerns(e, grounds.about)]
    record = sources_of(events, reports, grades)
    judged = (
        *agreement_clocks(events, grounds.as_of.date(), reports, grades),
        *plans_ahead(grounds.foresight, grounds.incidents, grounds.events, reports, grades),
        *expectations(grounds.foresight.expected, events, reports=len(reports), sources=record),
        *claims_judged(grounds.incidents.values(), grounds.events, reports, told, grades),
    )
    found = outlook(judged, grounds.as_of)
    kept = tuple(s for s in found.sentences if grounds.carry(s, found.reckoning))
    return kept, found.reckoning if kept else None


def _changed(grounds: Grounds) -> tuple[CitedSentence, ...]:
    """What stands otherwise than the last brief told."""
    if grounds.earlier is None:
        return ()
    found = changes(grounds.earlier, grounds.incidents, grounds.events)
    return tuple([s for s in found if grounds.carry(s)][:MOST_CHANGES])


def _concerns(event: Event, about: Collection[str]) -> bool:
    return not about or bool(event.countries & set(about))


def conflicts_told(grounds: Grounds, told: Collection[str]) -> tuple[CitedSentence, ...]:
    """Where accounts of what the brief tells conflict."""
    found = conflicts(
        grounds.incidents.values(), grounds.events, grounds.reports, told, most=MOST_CONFLICTS
    )
    placed = list(misplaced(grounds.events.values(), grounds.reports))[:1]
    return tuple(sentence for sentence in (*placed, *found) if grounds.carry(sentence))

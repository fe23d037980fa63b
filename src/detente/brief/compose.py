"""From events to a brief: what led here, what is new, what is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from detente.brief.changes import MOST_CHANGES, EarlierBrief, changes
from detente.brief.clocks import agreement_clocks
from detente.brief.conflicts import conflicts, misplaced
from detente.brief.expectations import expectations
from detente.brief.judgements import authors_judgements, latest_first
from detente.brief.outlook import plans_ahead
from detente.brief.reckoning import Foresight, Outlook, outlook
from detente.brief.statements import Statement, statements_of, told_by
from detente.brief.telling import Choice, choose
from detente.brief.verify import verify, verify_sentence
from detente.brief.wording import put, tidied
from detente.errors import InputError, UncitedStatement
from detente.records import Brief, CitedSentence, Event, Incident, Passage, Report

#: What happened, or was said, in the last so many days is new.
NEW_DAYS = 45
#: An author's judgement older than this has been overtaken.
JUDGED_DAYS = 90
#: Sentences of each part at the most, for one report and for many.
MOST_BACKGROUND = 20
MOST_ANALYSIS = 16
MOST_CONFLICTS = 4
MOST_JUDGEMENTS = 6
#: Passages that a sentence cites beside its own, at the most.
MOST_CORROBORATION = 3
#: A paragraph of the Background holds at least so many sentences before the next year begins.
LEAST_IN_PARAGRAPH = 3
_CLAIMS = frozenset({"alleged", "denied"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """What a brief is composed from."""

    reports: Mapping[str, Report]
    events: Mapping[str, Event]
    incidents: Mapping[str, Incident]
    about: tuple[str, ...]
    as_of: datetime
    foresight: Foresight
    earlier: EarlierBrief | None


def compose(
    reports: Sequence[Report],
    events: Sequence[Event],
    incidents: Sequence[Incident],
    *,
    about: Sequence[str] = (),
    as_of: datetime | None = None,
    foresight: Foresight | None = None,
    earlier: EarlierBrief | None = None,
) -> Brief:
    """Composes and verifies the brief of these reports.

    Args:
        reports: all that was read.
        events: coded, resolved and grouped.
        incidents: their groups.
        about: country codes it is about; by default the two that act most.
        as_of: the moment it speaks from; by default when the last report was published.
        foresight: forecasts of plans ahead and of what the two will do to each other.
        earlier: the last brief on the subject; what has changed since is then told.

    Returns:
        A verified brief; every sentence carries its passages.

    Raises:
        InputError: if no report tells an event.
        UncitedStatement: if a sentence fails its verification (a defect of ours).
    """
    if not events:
        raise InputError(
            "brief", f"{len(reports)} report(s) read, and none tells an event to write of"
        )
    record = _Record(
        reports={report.id: report for report in reports},
        events={event.id: event for event in events},
        incidents={incident.id: incident for incident in incidents},
        about=tuple(about) or most_active(events),
        as_of=as_of or last_published(reports),
        foresight=foresight or Foresight(),
        earlier=earlier,
    )
    brief = _composed(record)
    verify(brief, record.events)
    return brief


def most_active(events: Iterable[Event]) -> tuple[str, ...]:
    """The two countries that most events concern."""
    counts = Counter(
        code
        for event in events
        for code in {p.entity.country for p in (*event.actor, *event.recipient)}
        if len(code) == 3
    )
    return tuple(code for code, _ in counts.most_common(2))


def last_published(reports: Iterable[Report]) -> datetime:
    """When the last of the reports was published; now, if none says."""
    moments = [report.published for report in reports if report.published]
    return max(moments, default=datetime.now(UTC))


def _composed(record: _Record) -> Brief:
    statements = statements_of(record.reports.values(), record.events.values())
    facts = [s for s in statements if s.section != "assessment"]
    new = [s for s in facts if is_new(s, record.as_of.date())]
    old = [s for s in facts if not is_new(s, record.as_of.date())]
    latest = choose(new, record.incidents, about=record.about, most=MOST_ANALYSIS + 1)
    told = {told_by(e, record.incidents) for c in latest for e in c.statement.events}
    earlier = choose(
        old,
        record.incidents,
        about=record.about,
        most=MOST_BACKGROUND,
        told=told,
        beside=[choice.statement for choice in latest],
    )
    standfirst, analysis = _opening(latest, facts, record)
    analysis = (*analysis, *_conflicts((*latest, *earlier), record))
    background = _by_year(_in_order(earlier), facts, record)
    ahead = _outlook(record)
    judged = (
        *authors_judgements(
            record.reports.values(),
            since=record.as_of - timedelta(days=JUDGED_DAYS),
            most=MOST_JUDGEMENTS,
        ),
        *ahead.sentences,
        *_changed(record),
    )
    cited = [s for s in (standfirst, *background, *analysis, *judged) if s]
    return Brief(
        title=_title([_chief(latest), *latest] if latest else earlier, record),
        standfirst=standfirst,
        as_of=record.as_of,
        background=background,
        analysis=analysis,
        assessment=judged,
        sources=_sources(cited, record, ahead.reckoning),
        image=next((r.image for r in latest_first(record.reports.values()) if r.image), ""),
        notes=record.foresight.unjudged,
    )


def _outlook(record: _Record) -> Outlook:
    """What is judged from the record itself, without what would not verify."""
    events = [e for e in record.events.values() if _concerns(e, record.about)]
    judged = (
        *agreement_clocks(events, record.as_of.date()),
        *plans_ahead(record.foresight.plans, record.incidents, record.events),
        *expectations(record.foresight.expected, events, reports=len(record.reports)),
    )
    found = outlook(judged, record.as_of)
    reckoning = {found.reckoning.id: found.reckoning} if found.reckoning else {}
    reports = {**record.reports, **reckoning}
    stand = tuple(s for s in found.sentences if _stands(s, record, reports))
    return Outlook(sentences=stand, reckoning=found.reckoning)


def _changed(record: _Record) -> tuple[CitedSentence, ...]:
    """What stands otherwise than the last brief told."""
    if record.earlier is None:
        return ()
    found = changes(record.earlier, record.incidents, record.events)
    return tuple([s for s in found if _stands(s, record)][:MOST_CHANGES])


def _concerns(event: Event, about: Collection[str]) -> bool:
    countries = {p.entity.country for p in (*event.actor, *event.recipient)}
    return not about or bool(countries & set(about))


def is_new(statement: Statement, today: date) -> bool:
    """Whether a statement tells of the last NEW_DAYS, or of what is planned or ahead."""
    since = today - timedelta(days=NEW_DAYS)
    published = statement.report.published
    if published and published.date() < since:
        return False
    if all("historical" in event.coded.auxiliary for event in statement.events):
        return False
    return statement.latest_day >= since


def _opening(
    latest: Sequence[Choice], facts: Sequence[Statement], record: _Record
) -> tuple[CitedSentence | None, tuple[CitedSentence, ...]]:
    """The weightiest new statement as standfirst, the others in order, claims after acts."""
    if not latest:
        return None, ()
    chief = _chief(latest)
    first = _sentences([chief], facts, record, "standfirst")
    rest = _in_order(c for c in latest if c is not chief)
    acts = [c for c in rest if not _is_claim(c)]
    claims = [c for c in rest if _is_claim(c)]
    return (first[0] if first else None), (
        *_sentences(acts, facts, record, "new"),
        *_sentences(claims, facts, record, "claims"),
    )


def _conflicts(choices: Iterable[Choice], record: _Record) -> tuple[CitedSentence, ...]:
    """Where accounts of what the brief tells conflict."""
    told = {key[0] for choice in choices for key in choice.new}
    found = conflicts(
        record.incidents.values(), record.events, record.reports, told, most=MOST_CONFLICTS
    )
    placed = list(misplaced(record.events.values(), record.reports))[:1]
    return tuple(sentence for sentence in (*placed, *found) if _stands(sentence, record))


def _chief(latest: Sequence[Choice]) -> Choice:
    """What opens the brief: of the weightiest statements the newest, or a report's own lead.

    A lead says the news in the fewest words.
    """
    weightiest = latest[:6]
    newest = max(weightiest, key=lambda c: c.statement.latest_day)
    return next((c for c in weightiest if c.statement.section == "lead"), newest)


def _is_claim(choice: Choice) -> bool:
    return all(stage in _CLAIMS for _, stage in choice.new)


def _in_order(choices: Iterable[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda c: (c.statement.day, c.statement.sentence.start))


def _by_year(
    choices: Sequence[Choice], facts: Sequence[Statement], record: _Record
) -> tuple[CitedSentence, ...]:
    """The choices in order, in paragraphs that begin with a year."""
    told: list[CitedSentence] = []
    paragraph, held = "", 0
    for choice in choices:
        year = str(choice.statement.day.year)
        if not paragraph or (year != paragraph and held >= LEAST_IN_PARAGRAPH):
            paragraph, held = year, 0
        made = _sentences([choice], facts, record, paragraph)
        held += len(made)
        told += made
    return tuple(told)


def _sentences(
    choices: Iterable[Choice], facts: Sequence[Statement], record: _Record, paragraph: str
) -> tuple[CitedSentence, ...]:
    made = [_sentence(choice, facts, record, paragraph) for choice in choices]
    return tuple(sentence for sentence in made if sentence)


def _sentence(
    choice: Choice, facts: Sequence[Statement], record: _Record, paragraph: str
) -> CitedSentence | None:
    """The choice in words, or in the report's bare words where ours would not verify."""
    told = sorted(
        choice.statement.events,
        key=lambda e: (told_by(e, record.incidents) not in choice.new, e.coded.status != "done"),
    )
    text, evidence = put(choice.statement, told)
    support = _corroboration(choice, facts, record.incidents)
    for words in (text, tidied(choice.statement.sentence.text)):
        sentence = CitedSentence(
            text=words,
            evidence=tuple(dict.fromkeys((*evidence, *support))),
            events=tuple(event.id for event in choice.statement.events),
            paragraph=paragraph,
        )
        if _stands(sentence, record):
            return sentence
    return None


def _stands(
    sentence: CitedSentence, record: _Record, reports: Mapping[str, Report] | None = None
) -> bool:
    told = [record.events[e] for e in sentence.events if e in record.events]
    try:
        verify_sentence(sentence, reports or record.reports, told)
    except UncitedStatement:
        return False
    return True


def _corroboration(
    choice: Choice, facts: Iterable[Statement], incidents: Mapping[str, Incident]
) -> tuple[Passage, ...]:
    """Other sentences that tell the same, those of other outlets first."""
    own = choice.statement
    others = [
        s
        for s in facts
        if s is not own and any(told_by(e, incidents) in choice.new for e in s.events)
    ]
    others.sort(key=lambda s: (s.report.id == own.report.id, s.report.outlet == own.report.outlet))
    return tuple(s.sentence for s in others[:MOST_CORROBORATION])


def _title(choices: Sequence[Choice], record: _Record) -> str:
    """The headline of the report that tells the weightiest news; else the brief's subject."""
    for choice in choices:
        if choice.statement.report.title:
            return tidied(choice.statement.report.title).rstrip(".")
    return " and ".join(record.about) or "Brief"


def _sources(
    cited: Collection[CitedSentence], record: _Record, reckoning: Report | None
) -> tuple[Report, ...]:
    known = {**record.reports, **({reckoning.id: reckoning} if reckoning else {})}
    ids = dict.fromkeys(passage.report for sentence in cited for passage in sentence.evidence)
    return tuple(known[report] for report in ids)

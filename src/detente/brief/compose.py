"""From events to a brief: what led here, what is new, what is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from detente.brief.antecedents import shorter
from detente.brief.assessing import Grounds, assessment, conflicts_told
from detente.brief.changes import EarlierBrief
from detente.brief.condense import aggregated, cuts_of
from detente.brief.confidence import counted
from detente.brief.conflicts import among, told_together
from detente.brief.dating import as_reported_on, without_day
from detente.brief.judgements import latest_first
from detente.brief.leaning import leaning
from detente.brief.opening import chief_of, condensed, corroboration, title_of
from detente.brief.ordering import anchored, as_reported, by_day, in_paragraphs
from detente.brief.reckoning import Foresight
from detente.brief.statements import Statement, statements_of, told_by
from detente.brief.telling import Choice, choose
from detente.brief.verify import verify
from detente.brief.wording import put, tidied
from detente.errors import InputError, UnknownName
from detente.ontology.admiralty import grade_of
from detente.records import (
    Brief,
    CitedSentence,
    Event,
    Incident,
    Passage,
    Report,
    Section,
    SourceGrade,
)

#: What happened, or was said, in the last so many days is new.
NEW_DAYS = 45
#: Sentences of each part at the most, for one report and for many.
MOST_BACKGROUND = 20
MOST_ANALYSIS = 16
#: A paragraph of the Background holds at least so many sentences before the next year begins.
LEAST_IN_PARAGRAPH = 3
_CLAIMS = frozenset({"alleged", "denied"})
_AHEAD = frozenset({"planned", "threatened"})


def compose(
    reports: Sequence[Report],
    events: Sequence[Event],
    incidents: Sequence[Incident],
    *,
    about: Sequence[str] = (),
    as_of: datetime | None = None,
    foresight: Foresight | None = None,
    earlier: EarlierBrief | None = None,
    grades: Sequence[SourceGrade] = (),
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
        grades: of sources, on the Admiralty scale; of two of one outlet the later counts.

    Returns:
        A verified brief; every sentence carries its passages.

    Raises:
        InputError: if no report tells an event.
        UnknownName: if a country asked for takes part in none.
        UncitedStatement: if a sentence fails its verification (a defect of ours).
    """
    _check(reports, about, events)
    record = Grounds(
        reports={report.id: report for report in reports},
        events={event.id: event for event in events},
        incidents={incident.id: incident for incident in incidents},
        about=tuple(about) or most_active(events),
        as_of=as_of or last_published(reports),
        foresight=foresight or Foresight(),
        earlier=earlier,
        grades=tuple({grade.outlet: grade for grade in grades}.values()),
    )
    brief = _composed(record)
    verify(brief, record.events)
    return brief


def _check(reports: Sequence[Report], about: Sequence[str], events: Sequence[Event]) -> None:
    if not events:
        raise InputError(
            "brief",
            f"{counted(len(reports), 'report')} read, and none tells an event to write of",
        )
    parties = Counter(code for event in events for code in event.countries)
    for code in about:
        if code not in parties:
            ranked = sorted(parties, key=lambda party: (-parties[party], party))
            most = ", ".join(f"{party} ({parties[party]})" for party in ranked[:5])
            raise UnknownName(code, f"takes part in no event of these reports; there are {most}")


def most_active(events: Iterable[Event]) -> tuple[str, ...]:
    """The two countries that most events concern."""
    counts = Counter(code for event in events for code in event.countries if len(code) == 3)
    return tuple(sorted(counts, key=lambda code: (-counts[code], code))[:2])


def last_published(reports: Iterable[Report]) -> datetime:
    """When the last of the reports was published; now, if none says."""
    moments = [report.published for report in reports if report.published]
    return max(moments, default=datetime.now(UTC))


def _composed(record: Grounds) -> Brief:
    statements = statements_of(record.reports.values(), record.events.values())
    facts = [s for s in statements if s.section != "assessment"]
    latest = _latest(facts, record)
    earlier = _earlier(facts, latest, record)
    chief = chief_of(latest, facts) if latest else None
    latest, earlier = condensed(latest, earlier, chief, _length(record))
    tells = {key[0] for choice in (*latest, *earlier) for key in choice.new}
    analysis = _analysis(latest, chief, facts, record) if chief else ()
    judged, reckoning = assessment(record, tells)
    differing = conflicts_told(record, tells)
    fresh = [c for c in differing if _is_fresh(c, record)]
    earlier = tuple(c for c in earlier if not any(c.words in s.text for s in analysis))
    background = _by_year(anchored(by_day(earlier), facts), facts, record)
    brief = Brief(
        title=title_of([chief, *latest] if chief else earlier, record.about),
        standfirst=_cited(chief, "standfirst", corroboration(chief, facts)) if chief else None,
        as_of=record.as_of,
        background=tuple(
            among(background, [c for c in differing if c not in fresh], record.events)
        ),
        analysis=(*analysis, *told_together(fresh)),
        assessment=judged,
        sources=(),
        image=next((r.image for r in latest_first(record.reports.values()) if r.image), ""),
        notes=record.foresight.unjudged,
    )
    sources = _sources(brief, record, reckoning)
    return replace(brief, sources=sources, grades=_grades(sources, record))


def _length(record: Grounds) -> int:
    """Words of the reports, without furniture and their authors' judgements."""
    return sum(
        len(report.text[section.start : section.end].split())
        for report in record.reports.values()
        for section in report.sections or (Section(kind="body", start=0, end=len(report.text)),)
        if section.kind not in ("furniture", "assessment")
    )


def _is_fresh(sentence: CitedSentence, record: Grounds) -> bool:
    """Whether one of the accounts is of the last NEW_DAYS, or of no known day."""
    days = [record.reports[p.report].published for p in sentence.evidence]
    return not all(_is_old(day, record) for day in days)


def _is_old(moment: datetime | None, record: Grounds) -> bool:
    return moment is not None and (record.as_of - moment).days > NEW_DAYS


def _latest(facts: Sequence[Statement], record: Grounds) -> tuple[Choice, ...]:
    """What is new, in words, the weightiest first."""
    new = [s for s in facts if is_new(s, record.as_of.date())]
    found = choose(new, record.incidents, about=record.about, most=MOST_ANALYSIS + 1)
    return _in_words(found, record)


def _earlier(
    facts: Sequence[Statement], latest: Sequence[Choice], record: Grounds
) -> tuple[Choice, ...]:
    """What led here, in words, without what the news tells.

    That a plan or threat is in the news does not tell when it was first made.
    """
    told = {told_by(e, record.incidents) for c in latest for e in c.statement.events}
    old = [s for s in facts if not is_new(s, record.as_of.date())]
    if any(_is_old(s.report.published, record) for s in old):
        told = {key for key in told if key[1] not in _AHEAD}
    found = choose(
        old,
        record.incidents,
        about=record.about,
        most=MOST_BACKGROUND,
        told=told,
        beside=[choice.statement for choice in latest],
    )
    return _in_words(found, record)


def is_new(statement: Statement, today: date) -> bool:
    """Whether a statement tells of the last NEW_DAYS, or of what is planned or ahead."""
    since = today - timedelta(days=NEW_DAYS)
    published = statement.report.published
    if published and published.date() < since:
        return False
    if all("historical" in event.coded.auxiliary for event in statement.events):
        return False
    return statement.latest_day >= since


def _analysis(
    latest: Sequence[Choice], chief: Choice, facts: Sequence[Statement], record: Grounds
) -> tuple[CitedSentence, ...]:
    """The news beside what opens the brief, as it was reported; claims after acts."""
    rest = anchored(as_reported(c for c in latest if c is not chief), facts, [chief])
    claims = [c for c in rest if _is_claim(c) and not leaning(c.words)]
    acts = [c for c in rest if c not in claims]
    told: list[CitedSentence] = []
    before = chief
    for name, choice in in_paragraphs(acts, "new"):
        before = _reworded(choice, shorter(choice.words, before.words), record)
        told += _sentences([before], facts, name)
    return (
        *aggregated(told, record.carry),
        *aggregated(_sentences(claims, facts, "claims"), record.carry),
    )


def _is_claim(choice: Choice) -> bool:
    return all(stage in _CLAIMS for _, stage in choice.new)


def _by_year(
    choices: Sequence[Choice], facts: Sequence[Statement], record: Grounds
) -> tuple[CitedSentence, ...]:
    """The choices in order, in paragraphs that begin with a year, each with its day told once."""
    told: list[CitedSentence] = []
    paragraph, held = "", 0
    before: Choice | None = None
    for choice in choices:
        year = str(choice.statement.day.year)
        if not paragraph or (year != paragraph and held >= LEAST_IN_PARAGRAPH):
            paragraph, held = year, 0
        placed = _placed(choice, before if held else None, record)
        told += _sentences([placed], facts, paragraph)
        before, held = placed, held + 1
    return tuple(told)


def _placed(choice: Choice, before: Choice | None, record: Grounds) -> Choice:
    """The choice after another: its day is not told again; one of old news tells whose it is."""
    old = _is_old(choice.statement.report.published, record)
    same = before and before.statement.report.id == choice.statement.report.id
    words = choice.words
    if before:
        words = shorter(without_day(words, before.words), before.words)
    if old and not same:
        words = as_reported_on(words, choice.statement)
    return _reworded(choice, words, record)


def _reworded(choice: Choice, words: str, record: Grounds) -> Choice:
    """The choice in other words, if they verify."""
    made = replace(choice, words=words)
    return made if record.carry(_cited(made, "")) else choice


def _sentences(
    choices: Iterable[Choice], facts: Sequence[Statement], paragraph: str
) -> tuple[CitedSentence, ...]:
    return tuple(_cited(c, paragraph, corroboration(c, facts)) for c in choices)


def _in_words(choices: Iterable[Choice], record: Grounds) -> tuple[Choice, ...]:
    """The choices as they are put, or in the report's bare words where ours would not verify."""
    return tuple(filter(None, (_put(choice, record) for choice in choices)))


def _put(choice: Choice, record: Grounds) -> Choice | None:
    statement = choice.statement
    told = sorted(
        statement.events,
        key=lambda e: (told_by(e, record.incidents) not in choice.new, e.coded.status != "done"),
    )
    ours = put(statement, told, cuts_of(statement))
    for words, evidence in (ours, (tidied(statement.sentence.text), ours[1])):
        made = replace(choice, words=words, evidence=evidence)
        if record.carry(_cited(made, "")):
            return made
    return None


def _cited(choice: Choice, paragraph: str, support: Sequence[Passage] = ()) -> CitedSentence:
    return CitedSentence(
        text=choice.words,
        evidence=tuple(dict.fromkeys((*choice.evidence, *support))),
        events=tuple(event.id for event in choice.statement.events),
        paragraph=paragraph,
    )


def _grades(sources: Iterable[Report], record: Grounds) -> tuple[SourceGrade, ...]:
    """The grades of the sources cited, each once."""
    found = (grade_of(report, record.grades) for report in sources)
    return tuple({grade.outlet: grade for grade in found if grade}.values())


def _sources(brief: Brief, record: Grounds, reckoning: Report | None) -> tuple[Report, ...]:
    """The reports cited, in reading order."""
    known = {**record.reports, **({reckoning.id: reckoning} if reckoning else {})}
    opening = (brief.standfirst,) if brief.standfirst else ()
    cited = (*opening, *brief.background, *brief.analysis, *brief.assessment)
    ids = dict.fromkeys(passage.report for sentence in cited for passage in sentence.evidence)
    return tuple(known[report] for report in ids)

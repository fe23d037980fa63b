"""From events to a brief: what led here, what is new, what is judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from detente.brief.assessing import Grounds, assessment, conflicts_told
from detente.brief.changes import EarlierBrief
from detente.brief.condense import aggregated, cuts_of
from detente.brief.confidence import counted
from detente.brief.judgements import latest_first
from detente.brief.reckoning import Foresight
from detente.brief.statements import Statement, statements_of, theme, told_by
from detente.brief.telling import Choice, choose, leans
from detente.brief.verify import verify
from detente.brief.wording import put, tidied
from detente.errors import InputError, UnknownName
from detente.ontology.admiralty import grade_of
from detente.records import Brief, CitedSentence, Event, Incident, Passage, Report, SourceGrade

#: What happened, or was said, in the last so many days is new.
NEW_DAYS = 45
#: What opens the brief is at most so many days older than the newest of the weightiest.
CHIEF_DAYS = 10
#: Sentences of each part at the most, for one report and for many.
MOST_BACKGROUND = 20
MOST_ANALYSIS = 16
#: Passages that a sentence cites beside its own, at the most.
MOST_CORROBORATION = 3
#: So few sentences stand in one paragraph; a theme of its own has at least so many.
FEW, LEAST_OF_THEME = 5, 2
#: A paragraph of the Background holds at least so many sentences before the next year begins.
LEAST_IN_PARAGRAPH = 3
_CLAIMS = frozenset({"alleged", "denied"})


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
    if not events:
        raise InputError(
            "brief",
            f"{counted(len(reports), 'report')} read, and none tells an event to write of",
        )
    _check_parties(about, events)
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


def _check_parties(about: Sequence[str], events: Iterable[Event]) -> None:
    parties = Counter(
        code
        for e in events
        for code in {p.entity.country for p in (*e.actor, *e.recipient)}
        if code
    )
    for code in about:
        if code not in parties:
            most = ", ".join(f"{party} ({n})" for party, n in parties.most_common(5))
            raise UnknownName(code, f"takes part in no event of these reports; there are {most}")


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


def _composed(record: Grounds) -> Brief:
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
    tells = {key[0] for choice in (*latest, *earlier) for key in choice.new}
    analysis = (*analysis, *conflicts_told(record, tells))
    background = _by_year(_in_order(earlier), facts, record)
    judged, reckoning = assessment(record, tells)
    cited = [s for s in (standfirst, *background, *analysis, *judged) if s]
    sources = _sources(cited, record, reckoning)
    return Brief(
        title=_title([_chief(latest, record.as_of.date()), *latest] if latest else earlier, record),
        standfirst=standfirst,
        as_of=record.as_of,
        background=background,
        analysis=analysis,
        assessment=judged,
        sources=sources,
        image=next((r.image for r in latest_first(record.reports.values()) if r.image), ""),
        notes=record.foresight.unjudged,
        grades=_grades(sources, record),
    )


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
    latest: Sequence[Choice], facts: Sequence[Statement], record: Grounds
) -> tuple[CitedSentence | None, tuple[CitedSentence, ...]]:
    """The weightiest new statement as standfirst, the others in order, claims after acts."""
    if not latest:
        return None, ()
    chief = _chief(latest, record.as_of.date())
    first = _sentences([chief], facts, record, "standfirst")
    rest = _in_order(c for c in latest if c is not chief)
    acts = [c for c in rest if not _is_claim(c)]
    claims = [c for c in rest if _is_claim(c)]
    return (first[0] if first else None), (
        *_by_theme(acts, facts, record),
        *aggregated(_sentences(claims, facts, record, "claims"), record.carry),
    )


def _chief(latest: Sequence[Choice], as_of: date) -> Choice:
    """What opens the brief: of the weightiest statements a report's own lead, or the newest.

    A lead says the news in the fewest words; one older than the newest by more than
    CHIEF_DAYS is news no more.
    """
    weightiest = [c for c in latest[:6] if not leans(c.statement)] or latest[:6]
    newest = max(weightiest, key=lambda c: c.statement.latest_day)
    since = min(newest.statement.latest_day, as_of) - timedelta(days=CHIEF_DAYS)
    leads = (c for c in weightiest if c.statement.section == "lead")
    return next((c for c in leads if c.statement.latest_day >= since), newest)


def _is_claim(choice: Choice) -> bool:
    return all(stage in _CLAIMS for _, stage in choice.new)


def _in_order(choices: Iterable[Choice]) -> list[Choice]:
    return sorted(choices, key=lambda c: (c.statement.day, c.statement.sentence.start))


def _by_theme(
    choices: Sequence[Choice], facts: Sequence[Statement], record: Grounds
) -> tuple[CitedSentence, ...]:
    """The choices in paragraphs of one theme each; what stands alone closes them.

    Themes come in the order in which they begin, so that the paragraphs still run with time.
    """
    themes: dict[str, list[Choice]] = {}
    for choice in choices:
        themes.setdefault(theme(choice.statement), []).append(choice)
    if len(choices) <= FEW:
        themes = {"new": list(choices)}
    alone = [c for group in themes.values() if len(group) < LEAST_OF_THEME for c in group]
    kept = {name: group for name, group in themes.items() if len(group) >= LEAST_OF_THEME}
    if len(alone) == 1 and kept:
        last = list(kept)[-1]
        kept[last] = _in_order([*kept[last], *alone])
    else:
        kept["more"] = _in_order(alone)
    told: list[CitedSentence] = []
    for name, group in kept.items():
        told += aggregated(_sentences(group, facts, record, name), record.carry)
    return tuple(told)


def _by_year(
    choices: Sequence[Choice], facts: Sequence[Statement], record: Grounds
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
    choices: Iterable[Choice], facts: Sequence[Statement], record: Grounds, paragraph: str
) -> tuple[CitedSentence, ...]:
    made = [_sentence(choice, facts, record, paragraph) for choice in choices]
    return tuple(sentence for sentence in made if sentence)


def _sentence(
    choice: Choice, facts: Sequence[Statement], record: Grounds, paragraph: str
) -> CitedSentence | None:
    """The choice in words, or in the report's bare words where ours would not verify."""
    told = sorted(
        choice.statement.events,
        key=lambda e: (told_by(e, record.incidents) not in choice.new, e.coded.status != "done"),
    )
    text, evidence = put(choice.statement, told, cuts_of(choice.statement))
    support = _corroboration(choice, facts)
    for words in (text, tidied(choice.statement.sentence.text)):
        sentence = CitedSentence(
            text=words,
            evidence=tuple(dict.fromkeys((*evidence, *support))),
            events=tuple(event.id for event in choice.statement.events),
            paragraph=paragraph,
        )
        if record.carry(sentence):
            return sentence
    return None


def _corroboration(choice: Choice, facts: Iterable[Statement]) -> tuple[Passage, ...]:
    """Other sentences that tell the same as it stands, those of other outlets first.

    Who told of a plan does not corroborate that it came about.
    """
    own = choice.statement
    told = {(e.incident or e.id, e.coded.status) for e in own.events}
    told = {key for key in told if key[0] in {name for name, _ in choice.new}}
    others = [
        s
        for s in facts
        if s is not own and any((e.incident or e.id, e.coded.status) in told for e in s.events)
    ]
    others.sort(key=lambda s: (s.report.id == own.report.id, s.report.outlet == own.report.outlet))
    return tuple(s.sentence for s in others[:MOST_CORROBORATION])


def _title(choices: Sequence[Choice], record: Grounds) -> str:
    """The headline of the report that tells the weightiest news; else the brief's subject."""
    for choice in choices:
        if choice.statement.report.title:
            return tidied(choice.statement.report.title).rstrip(".")
    return " and ".join(record.about) or "Brief"


def _grades(sources: Iterable[Report], record: Grounds) -> tuple[SourceGrade, ...]:
    """The grades of the sources cited, each once."""
    found = (grade_of(report, record.grades) for report in sources)
    return tuple({grade.outlet: grade for grade in found if grade}.values())


def _sources(
    cited: Collection[CitedSentence], record: Grounds, reckoning: Report | None
) -> tuple[Report, ...]:
    known = {**record.reports, **({reckoning.id: reckoning} if reckoning else {})}
    ids = dict.fromkeys(passage.report for sentence in cited for passage in sentence.evidence)
    return tuple(known[report] for report in ids)

"""Judgements on agreements: how each stands, and the day its period of notice runs out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from detente.brief.confidence import Sources, confidence, listed, sources_of
from detente.brief.naming import country_named, joined
from detente.brief.reckoning import Judged
from detente.ontology.calendar import day_in_words
from detente.records import Agreement, CitedSentence, Event, Report, SourceGrade
from detente.resolve.agreements import standing
from detente.resolve.standing import Standing, touch_of

#: Agreements judged at the most, and the incidents that must touch one.
MOST_AGREEMENTS = 2
LEAST_TOUCHED = 2
_LEAVING = frozenset({"notice", "withdrew", "suspended", "ended"})
_NOT_LEAVING = frozenset({"negated", "denied", "hypothetical"})
#: How a withdrawal that is meant is told of, the furthest gone first.
_SAID = {"planned": "announced", "threatened": "threatened"}
#: An end older than this is history, not a judgement.
ENDED_DAYS = 120


def agreement_clocks(
    events: Iterable[Event],
    today: date,
    reports: Mapping[str, Report],
    grades: Sequence[SourceGrade] = (),
) -> Iterator[Judged]:
    """Judges the agreements that somebody leaves, means to leave or has left.

    Args:
        events: of the record, known by ``today``.
        today: the day judged from.
        reports: by id.
        grades: of the sources.
    """
    touching = [e for e in events if e.agreement]
    counts = Counter(e.agreement.id for e in touching if e.agreement)
    for agreement, count in counts.most_common(MOST_AGREEMENTS):
        of = [e for e in touching if e.agreement and e.agreement.id == agreement]
        if count < LEAST_TOUCHED or not any(_leaves(e) for e in of):
            continue
        found = of[0].agreement
        assert found is not None
        leaving = [e for e in of if _leaves(e)]
        yield from _judged(found, of, today, sources_of(leaving, reports, grades))


def _left(events: Iterable[Event], stands: Standing) -> str:
    """Who has left, as these events tell: ``the United States``."""
    done = (e for e in events if e.coded.status == "done" and _leaves(e))
    told = {p.entity.country for e in done for p in e.actor}
    gone = [party for party, state in stands.parties.items() if state == "left" and party in told]
    return joined([country_named(party) for party in gone])


def _leaves(event: Event) -> bool:
    """Whether it tells of leaving as done, planned, threatened or alleged, not that none does."""
    if event.coded.status in _NOT_LEAVING:
        return False
    return event.coded.act == "SANCTION" or touch_of(event.coded) in _LEAVING


def _judged(
    agreement: Agreement, events: Sequence[Event], today: date, sources: Sources
) -> Iterator[Judged]:
    stands = standing(agreement, today, events)
    telling = _telling(events, stands)
    if telling is None:
        return
    case = _Case(
        agreement=agreement,
        stands=stands,
        today=today,
        sources=sources,
        leaving=_leavers(events),
        left=_left(events, stands),
    )
    texts = tuple(_in_words(case))
    if texts:
        drafts = tuple(
            CitedSentence(
                text=text,
                evidence=(telling.coded.sentence,),
                events=(telling.id,),
                paragraph=f"agreement {agreement.id}",
            )
            for text in texts
        )
        yield Judged(line=_line(agreement, stands, sources), drafts=drafts)


def _leavers(events: Iterable[Event]) -> str:
    """Who means to leave, and how far that has gone: ``by Russia has been announced``."""
    for status, said in _SAID.items():
        of = [e for e in events if e.coded.status == status and _leaves(e)]
        states = dict.fromkeys(country_named(p.entity.country) for e in of for p in e.actor)
        if any(states):
            return f"by {joined([state for state in states if state])} has been {said}"
    return "has been spoken of"


def _telling(events: Sequence[Event], stands: Standing) -> Event | None:
    """The event that the standing rests on; else the latest that means to leave."""
    because = [e for e in events if e.id in stands.because]
    leaving = because or [e for e in events if _leaves(e)]
    return max(leaving, key=lambda e: e.reported.timestamp() if e.reported else 0.0, default=None)


def _line(agreement: Agreement, stands: Standing, sources: Sources) -> str:
    """The agreement's dates as the table has them, what they come to, and who tells of leaving."""
    facts = [agreement.name, f"parties {', '.join(_parties(agreement)) or agreement.parties[0]}"]
    if agreement.in_force:
        facts.append(f"in force since {_day(agreement.in_force)}")
    if agreement.notice_days:
        facts.append(f"period of notice {_period(agreement.notice_days)}")
    facts += [f"{party}: {state}" for party, state in stands.parties.items()]
    facts.append(f"as a whole: {stands.state}")
    if stands.ends:
        facts.append(f"ends on {day_in_words(stands.ends)}")
    facts.append(f"told of by {listed(sources) or len(sources.outlets)}")
    return f"{'; '.join(facts)}. Dates of the agreement: {agreement.source}."


def _parties(agreement: Agreement) -> list[str]:
    """The parties that are states, as a sentence names them."""
    return [name for code in agreement.parties if (name := country_named(code))]


def _day(edtf: str) -> str:
    return day_in_words(date.fromisoformat(edtf)) if len(edtf) == len("1988-06-01") else edtf


def _period(days: int) -> str:
    months = {91: "three months", 183: "six months", 365: "twelve months", 730: "24 months"}
    return months.get(days, f"{days} days")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """An agreement judged on a day: how it stands, who tells of leaving, and who means to."""

    agreement: Agreement
    stands: Standing
    today: date
    sources: Sources
    leaving: str
    left: str

    @property
    def name(self) -> str:
        return f"the {self.agreement.name}"

    @property
    def period(self) -> str:
        return _period(self.agreement.notice_days) if self.agreement.notice_days else ""


def _in_words(case: _Case) -> Iterator[str]:
    """How it stands, how sure that is, and what would change it; nothing for old history."""
    ends = case.stands.ends
    if case.stands.state == "ended" and ends:
        if (case.today - ends).days <= ENDED_DAYS:
            yield from _ended(case, day_in_words(ends))
    elif case.stands.state == "notice given" and ends:
        yield from _under_notice(case, day_in_words(ends))
    elif case.stands.state in ("in force", "suspended") and case.left:
        yield from _without_one(case)
    elif case.stands.state in ("in force", "suspended") and case.period:
        yield from _in_force(case)


def _ended(case: _Case, day: str) -> Iterator[str]:
    yield f"As of {day_in_words(case.today)}, {case.name} is no longer in force: it ended on {day}."
    yield _sure(case.stands, case.sources)


def _under_notice(case: _Case, day: str) -> Iterator[str]:
    yield (
        f"Notice of withdrawal from {case.name} has been given; with its period of notice of "
        f"{case.period} it ends on {day}, unless the notice is taken back."
    )
    yield _sure(case.stands, case.sources)
    yield (
        f"The alternative is that it outlives {day}: a statement that the notice is withdrawn, or "
        "an agreement to keep it, would change this."
    )


def _without_one(case: _Case) -> Iterator[str]:
    have = "have" if " and " in case.left else "has"
    yield (
        f"As of {day_in_words(case.today)}, {case.left} {have} left {case.name}; for the other "
        "parties it stays in force."
    )
    yield confidence(case.sources, "the withdrawal")
    yield (
        f"A return of {case.left}, or the withdrawal of another party, would change this: the "
        "alternatives are that it is mended, or that it falls apart."
    )


def _in_force(case: _Case) -> Iterator[str]:
    yield (
        f"As of {day_in_words(case.today)}, {case.name} is in force: withdrawal {case.leaving}, "
        f"and this record tells of no formal notice; once given, it takes effect after "
        f"{case.period}."
    )
    yield _sure(case.stands, case.sources)
    parties = _parties(case.agreement)
    by = f" by {' or '.join(parties)}" if 0 < len(parties) < 4 else ""
    yield (
        f"Formal notice{by} would change this, and so would word that the withdrawal is not meant."
    )


def _sure(stands: Standing, sources: Sources) -> str:
    """A date reckoned from the agreement's own terms is surer than that no notice was told of."""
    if stands.ends:
        strong = ["the day follows from the dates and terms of the agreement itself"]
        return confidence(sources, "the withdrawal", strong=strong)
    weak = ["a notice that no report here tells of may have been given"]
    return confidence(sources, "the withdrawal", weak=weak)

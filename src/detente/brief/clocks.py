"""Judgements on agreements: how each stands, and the day its period of notice runs out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from detente.brief.confidence import Sources, confidence, listed, sources_of
from detente.brief.naming import country_named
from detente.brief.reckoning import Judged
from detente.ontology.calendar import day_in_words
from detente.records import Agreement, CitedSentence, Event, Report, SourceGrade
from detente.resolve.agreements import standing
from detente.resolve.standing import Standing, touch_of

#: Agreements judged at the most, and the incidents that must touch one.
MOST_AGREEMENTS = 2
LEAST_TOUCHED = 2
_LEAVING = frozenset({"notice", "withdrew", "suspended", "ended"})
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


def _leaves(event: Event) -> bool:
    return event.coded.act == "SANCTION" or touch_of(event.coded) in _LEAVING


def _judged(
    agreement: Agreement, events: Sequence[Event], today: date, sources: Sources
) -> Iterator[Judged]:
    stands = standing(agreement, today, events)
    telling = _telling(events, stands)
    if telling is None:
        return
    texts = tuple(_in_words(agreement, stands, today, sources))
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


def _in_words(
    agreement: Agreement, stands: Standing, today: date, sources: Sources
) -> Iterator[str]:
    """How it stands, how sure that is, and what would change it; nothing for old history."""
    name = f"the {agreement.name}"
    period = _period(agreement.notice_days) if agreement.notice_days else ""
    if stands.state == "ended" and stands.ends:
        if (today - stands.ends).days <= ENDED_DAYS:
            yield (
                f"As of {day_in_words(today)}, {name} is no longer in force: it ended on "
                f"{day_in_words(stands.ends)}."
            )
            yield _sure(stands, sources)
    elif stands.state == "notice given" and stands.ends:
        yield (
            f"Notice of withdrawal from {name} has been given; with its period of notice of "
            f"{period} it ends on {day_in_words(stands.ends)}, unless the notice is taken back."
        )
        yield _sure(stands, sources)
        yield (
            f"The alternative is that it outlives {day_in_words(stands.ends)}: a statement that "
            "the notice is withdrawn, or an agreement to keep it, would change this."
        )
    elif stands.state in ("in force", "suspended") and period:
        yield (
            f"As of {day_in_words(today)}, {name} is in force: withdrawal has been spoken of, and "
            f"this record tells of no formal notice; once given, it takes effect after {period}."
        )
        yield _sure(stands, sources)
        by = f" by {' or '.join(_parties(agreement))}" if 0 < len(_parties(agreement)) < 4 else ""
        yield (
            f"Formal notice{by} would change this, and so would word that the withdrawal is not "
            "meant."
        )


def _sure(stands: Standing, sources: Sources) -> str:
    """A date reckoned from the agreement's own terms is surer than that no notice was told of."""
    if stands.ends:
        strong = ["the day follows from the dates and terms of the agreement itself"]
        return confidence(sources, "the withdrawal", strong=strong)
    weak = ["a notice that no report here tells of may have been given"]
    return confidence(sources, "the withdrawal", weak=weak)

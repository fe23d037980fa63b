"""Judgements on plans ahead: a number, what it rests on, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from detente.brief.confidence import Sources, confidence, counted, listed, sources_of
from detente.brief.naming import joined, parties_called
from detente.brief.reckoning import Foresight, Judged, Precedent
from detente.ontology.calendar import day_in_words, in_words
from detente.ontology.likelihood import likelihood_word, on_the_scale
from detente.ontology.table import packaged, rows
from detente.records import (
    CitedSentence,
    Event,
    Forecast,
    Incident,
    Participant,
    Report,
    SourceGrade,
)

#: Fewer meetings fallen due leave confidence low; from so many on they are a ground no more.
FEW_DUE, MANY_DUE = 10, 20
#: Plans judged at the most.
MOST_PLANS = 3
#: Two plans of the same parties whose days lie no further apart than this are one plan.
SAME_PLAN = timedelta(days=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A plan judged: the mention that tells it best, and what stands behind it."""

    told: Event
    forecast: Forecast
    incident: str
    sources: Sources
    precedents: tuple[Precedent, ...]

    def past(self, outcome: str) -> list[Precedent]:
        return [one for one in self.precedents if one.outcome == outcome]


@cache
def _nouns() -> Mapping[tuple[str, str], str]:
    table = packaged("detente.brief", "act_nouns.csv")
    return {(r["act"], r["mode"]): r["noun"] for _, r in rows(table, ("act", "mode", "noun"))}


def plans_ahead(
    foresight: Foresight,
    incidents: Mapping[str, Incident],
    events: Mapping[str, Event],
    reports: Mapping[str, Report],
    grades: Sequence[SourceGrade] = (),
) -> Iterator[Judged]:
    """Judges the plans that forecasts were made for, each once however often it was grouped.

    Args:
        foresight: forecasts by incident id, the plan that falls due first first, and precedents.
        incidents: by id.
        events: by id.
        reports: by id.
        grades: of the sources.
    """
    for group in _groups(foresight.plans, incidents, events)[:MOST_PLANS]:
        mentions = [e for name in group for e in _mentions(name, incidents, events)]
        told = _told_by(mentions, [incidents[name] for name in group], reports, grades)
        plan = _Plan(
            told=_best_mention(mentions),
            forecast=foresight.plans[group[0]],
            incident=group[0],
            sources=told,
            precedents=foresight.precedents,
        )
        yield Judged(line=_reckoned(plan), drafts=tuple(_judgement(plan)))


def _groups(
    plans: Iterable[str], incidents: Mapping[str, Incident], events: Mapping[str, Event]
) -> list[list[str]]:
    """Plans of one act together, in the order of their first."""
    judged: list[list[str]] = []
    for name in plans:
        mention = _best_mention(_mentions(name, incidents, events))
        same = next((g for g in judged if _same_plan(mention, _best(g, incidents, events))), None)
        if same is None:
            judged.append([name])
        else:
            same.append(name)
    return judged


def _told_by(
    mentions: Sequence[Event],
    known: Sequence[Incident],
    reports: Mapping[str, Report],
    grades: Sequence[SourceGrade],
) -> Sources:
    """Who tells of a plan, and whether they differ: within an incident, or in the day they give."""
    days = {e.when.edtf for e in mentions if e.when.basis == "stated" and _is_plan(e)}
    return sources_of(
        [e for e in mentions if _is_plan(e)] or mentions,
        reports,
        grades,
        outlets=[outlet for incident in known for outlet in incident.outlets],
        differ=any(i.contradictions for i in known) or (len(known) > 1 and len(days) > 1),
    )


def _mentions(
    name: str, incidents: Mapping[str, Incident], events: Mapping[str, Event]
) -> list[Event]:
    return [events[e] for e in incidents[name].events if e in events]


def _best(
    group: Sequence[str], incidents: Mapping[str, Incident], events: Mapping[str, Event]
) -> Event:
    return _best_mention(_mentions(group[0], incidents, events))


def _same_plan(one: Event, other: Event) -> bool:
    """Whether two mentions plan one act: the same parties, near days, no two places."""
    if one.coded.act != other.coded.act:
        return False
    places = {e.where.name for e in (one, other) if e.where}
    first, second = ({_side(p) for p in (*e.actor, *e.recipient)} for e in (one, other))
    if len(places) > 1 or not (first <= second or second <= first):
        return False
    a, b = one.when, other.when
    if not (a.earliest and a.latest and b.earliest and b.latest):
        return True
    return a.earliest - SAME_PLAN <= b.latest and b.earliest - SAME_PLAN <= a.latest


def _side(party: Participant) -> str:
    return party.entity.country or party.entity.id


def _is_plan(event: Event) -> bool:
    return event.coded.status in ("planned", "threatened")


def _best_mention(mentions: Sequence[Event]) -> Event:
    """The planned mention with the most said: a full date, a place, parties by name."""

    def said(event: Event) -> tuple[int, int, int]:
        named = sum(p.passage.text[:1].isupper() for p in (*event.actor, *event.recipient))
        return (len(event.when.edtf), event.where is not None, min(named, 2))

    return max([e for e in mentions if _is_plan(e)] or mentions, key=said)


def _reckoned(plan: _Plan) -> str:
    held, due = len(plan.past("held")), len(plan.precedents)
    past = "; ".join(f"{_precedent(one)}: {one.outcome}" for one in plan.precedents)
    return (
        f"On {plan_in_words(plan.told)}: meetings planned for a stated day that fell due before: "
        f"{due}; held: {held}; called off: {len(plan.past('called off'))}; not told of: "
        f"{len(plan.past('not told of'))} ({past}). "
        f"Rule of succession, ({held} + 1) / ({due} + 2): "
        f"{on_the_scale(plan.forecast.probability):.0%}. "
        f"Brier score of this rule on those {due}: {plan.forecast.backtest.brier:.2f} (0.25 is a "
        f"coin's). Outlets that tell of the plan: {len(plan.sources.outlets)}"
        f"{', ' + listed(plan.sources) if listed(plan.sources) else ''}."
    )


def _precedent(one: Precedent) -> str:
    """``Trump and Putin, planned for 16 July 2018``: the day planned, not that it was known by."""
    parties = joined(parties_called((*one.plan.actor, *one.plan.recipient)))
    _, _, day = in_words(one.plan.when.edtf).partition(" ")
    return f"{parties or 'a meeting'}, planned for {day or day_in_words(one.due)}"


def _judgement(plan: _Plan) -> Iterator[CitedSentence]:
    for number, text in enumerate(_in_words(plan)):
        yield CitedSentence(
            text=text,
            evidence=(plan.told.coded.sentence,),
            events=(plan.told.id,),
            paragraph=f"outlook {plan.incident}",
            forecast=None if number else plan.forecast,
        )


def _in_words(plan: _Plan) -> Iterator[str]:
    """The likelihood, its grounds with the alternative, the confidence, what would change it."""
    probability = plan.forecast.probability
    word, number = likelihood_word(probability), f"{on_the_scale(probability):.0%}"
    lead = "There is " if word.endswith("chance") else "It is "
    article = "a " if word.startswith("roughly") else ""
    noun = plan_in_words(plan.told)
    yield f"{lead}{article}{word} ({number}) that {noun} is held, and told of as held."
    yield _grounds(plan)
    yield _confidence(plan)
    parties = " or ".join(parties_called((*plan.told.actor, *plan.told.recipient))) or "either side"
    yield (
        f"Word from {parties} that it is off, or another day for it, would change this, as would "
        "reports of the talks that prepare it."
    )


def _grounds(plan: _Plan) -> str:
    held, off, silent = (plan.past(o) for o in ("held", "called off", "not told of"))
    due = len(plan.precedents)
    told = (
        f"Of the {due} meetings planned for a stated day that fell due before, {len(held)} "
        f"{'was' if len(held) == 1 else 'were'} held"
    )
    told += f" (the last: {_precedent(held[-1])})" if held else ""
    told += f", {len(off)} called off" if off else ""
    told += f", and of {len(silent)} no report says that it was held" if silent else ""
    instead = (
        f"that it goes the way of the last called off ({_precedent(off[-1])})"
        if off
        else "that it is called off, or passes without a report"
    )
    return f"{told}; the alternative is {instead}."


def _confidence(plan: _Plan) -> str:
    due = len(plan.precedents)
    weak = [f"only {counted(due, 'meeting')} stand behind the number"] if due < MANY_DUE else []
    strong = [] if weak else [f"{due} meetings stand behind the number"]
    least = "low" if due < FEW_DUE else "high"
    return confidence(plan.sources, "the plan", weak=weak, strong=strong, least=least)


def plan_in_words(plan: Event) -> str:
    """A plan as a noun phrase: ``the meeting of Trump and Putin planned for 11 November 2018``."""
    coded = plan.coded
    noun = _nouns().get((coded.act, coded.mode)) or _nouns().get((coded.act, ""), "act")
    parties = (*plan.actor, *plan.recipient) if coded.act == "CONSULT" else plan.actor
    names = joined(parties_called(parties))
    of = f" of {names}" if names else ""
    _, _, day = in_words(plan.when.edtf).partition(" ")
    return f"the {noun}{of} planned" + (f" for {day}" if day else "")

"""Judgements on plans ahead: a number, what it rests on, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from detente.brief.datewords import in_words
from detente.brief.reckoning import Judged
from detente.brief.wording import openers
from detente.ontology.likelihood import likelihood_word, on_the_scale
from detente.ontology.table import packaged, rows
from detente.records import CitedSentence, Event, Forecast, Incident

#: Fewer meetings fallen due leave confidence low; from so many on they are a ground no more.
FEW_DUE, MANY_DUE = 10, 20
#: Plans judged at the most.
MOST_PLANS = 3


@cache
def _nouns() -> Mapping[tuple[str, str], str]:
    table = packaged("detente.brief", "act_nouns.csv")
    return {(r["act"], r["mode"]): r["noun"] for _, r in rows(table, ("act", "mode", "noun"))}


def plans_ahead(
    forecasts: Mapping[str, Forecast],
    incidents: Mapping[str, Incident],
    events: Mapping[str, Event],
) -> Iterator[Judged]:
    """Judges the plans that forecasts were made for.

    Args:
        forecasts: by incident id, the plan that falls due first first.
        incidents: by id.
        events: by id.
    """
    judged: set[str] = set()
    for incident, forecast in forecasts.items():
        plan = _best_mention([events[e] for e in incidents[incident].events if e in events])
        if plan.when.edtf in judged or len(judged) == MOST_PLANS:
            continue
        judged.add(plan.when.edtf)
        yield Judged(
            line=_reckoned(plan, forecast, incidents[incident]),
            drafts=tuple(_judgement(plan, forecast, incidents[incident])),
        )


def _reckoned(plan: Event, forecast: Forecast, incident: Incident) -> str:
    counts = dict(forecast.because)
    due, held = int(counts["meetings due"]), int(counts["meetings held"])
    outlets = max(1, len(incident.outlets))
    return (
        f"On {plan_in_words(plan)}: meetings planned for a stated day that fell due before: {due}; "
        f"held: {held}; not: {due - held}. "
        f"Rule of succession, ({held} + 1) / ({due} + 2): "
        f"{on_the_scale(forecast.probability):.0%}. "
        f"Brier score of this rule on those {due}: {forecast.backtest.brier:.2f} (0.25 is a "
        f"coin's). Outlets that tell of the plan: {outlets}."
    )


def _best_mention(mentions: Sequence[Event]) -> Event:
    """The planned mention with the most said: a full date, a place, parties by name."""

    def said(event: Event) -> tuple[int, int, int]:
        named = sum(p.passage.text[:1].isupper() for p in (*event.actor, *event.recipient))
        return (len(event.when.edtf), event.where is not None, min(named, 2))

    planned = [e for e in mentions if e.coded.status in ("planned", "threatened")]
    return max(planned or mentions, key=said)


def _judgement(plan: Event, forecast: Forecast, incident: Incident) -> Iterator[CitedSentence]:
    noun = plan_in_words(plan)
    word = likelihood_word(forecast.probability)
    evidence = (plan.coded.sentence,)
    paragraph = f"outlook {plan.incident}"

    def told(text: str, behind: Forecast | None = None) -> CitedSentence:
        return CitedSentence(
            text=text, evidence=evidence, events=(plan.id,), paragraph=paragraph, forecast=behind
        )

    lead = "There is " if word.endswith("chance") else "It is "
    article = "a " if word.startswith("roughly") else ""
    number = f"{on_the_scale(forecast.probability):.0%}"
    yield told(f"{lead}{article}{word} ({number}) that {noun} is held.", forecast)
    counts = dict(forecast.because)
    due, held = int(counts["meetings due"]), int(counts["meetings held"])
    yield told(
        f"This rests on the {due} meetings planned for a stated day that fell due before; held: "
        f"{held}. The alternative is that it is not held, as with the other {due - held}."
    )
    yield told(_confidence(due, incident))
    yield told(
        "A cancellation, another date, or word from either side that it is off would change this."
    )


def _confidence(due: int, incident: Incident) -> str:
    grounds = []
    if due < MANY_DUE:
        grounds.append("few meetings stand behind the number")
    if len(incident.outlets) < 2:
        grounds.append("one outlet alone tells of it")
    if incident.contradictions:
        grounds.append("accounts of it differ")
    level = "low" if due < FEW_DUE else ("high", "moderate", "low")[min(len(grounds), 2)]
    because = " and ".join(grounds) or "many meetings and several outlets stand behind it"
    return f"Confidence in this is {level}: {because}."


def _within(words: str) -> str:
    """A name as it stands within a sentence: ``The presidents`` takes a small letter."""
    first = words.split(maxsplit=1)[0]
    return words[:1].lower() + words[1:] if first.lower() in openers() else words


def plan_in_words(plan: Event) -> str:
    """A plan as a noun phrase: ``the meeting of Trump and Putin planned for 11 November 2018``."""
    coded = plan.coded
    noun = _nouns().get((coded.act, coded.mode)) or _nouns().get((coded.act, ""), "act")
    parties = (*plan.actor, *plan.recipient) if coded.act == "CONSULT" else plan.actor
    names = list(dict.fromkeys(_within(p.passage.text) for p in parties))
    joined = " and ".join(", ".join(names).rsplit(", ", 1)) if names else ""
    of = f" of {joined}" if joined else ""
    _, _, day = in_words(plan.when.edtf).partition(" ")
    return f"the {noun}{of} planned" + (f" for {day}" if day else "")

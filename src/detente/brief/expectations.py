"""Judgements on what comes next between two states, each with its number and its track record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente.brief.confidence import Sources, confidence, listed
from detente.brief.naming import country_named, joined
from detente.brief.reckoning import Judged
from detente.ontology.calendar import day_in_words, in_words
from detente.ontology.likelihood import likelihood_word, on_the_scale
from detente.ontology.plover import quad_class
from detente.records import CitedSentence, Event, Forecast, QuadClass

#: Forecasts told at the most.
MOST_FORECASTS = 2
#: With fewer reports than this behind it, a forecast's confidence is low.
FEW_REPORTS = 200


def expectations(
    forecasts: Sequence[Forecast], events: Iterable[Event], *, reports: int, sources: Sources
) -> Iterator[Judged]:
    """Judges what two states will do to each other in the window ahead.

    Args:
        forecasts: of the dyad, each of one quad class.
        events: of the record; the latest of the forecast's kind is cited beside the reckoning.
        reports: how many the record holds.
        sources: the outlets of the record.
    """
    known = sorted(events, key=lambda e: e.reported.timestamp() if e.reported else 0.0)
    for forecast in forecasts[:MOST_FORECASTS]:
        cited = _latest_like(forecast, known)
        if cited is not None:
            drafts = tuple(
                CitedSentence(
                    text=text,
                    evidence=(cited.coded.sentence,),
                    events=(cited.id,),
                    paragraph="expectations",
                    forecast=forecast if number == 0 else None,
                )
                for number, text in enumerate(_in_words(forecast, cited, reports, sources))
            )
            yield Judged(line=_line(forecast, reports, sources), drafts=drafts)


def _latest_like(forecast: Forecast, events: Sequence[Event]) -> Event | None:
    """The latest event by the dyad, of the types asked for if there is one."""
    dyad = forecast.question.dyad
    by = [e for e in events if dyad.actor in {p.entity.country for p in e.actor}]
    like = [e for e in by if e.coded.event_type in forecast.question.event_types]
    return (like or by)[-1] if like or by else None


def _kind(forecast: Forecast) -> QuadClass:
    return quad_class(forecast.question.event_types[0])


def _named(forecast: Forecast) -> str:
    dyad = forecast.question.dyad
    actor, recipient = (country_named(code) or code for code in (dyad.actor, dyad.recipient))
    return f"{_kind(forecast)} by {actor} towards {recipient}"


def _window(forecast: Forecast) -> str:
    question = forecast.question
    days = (question.closes - question.opens).days + 1
    return f"the {days} days after {day_in_words(forecast.issued.date())}"


def _in_words(forecast: Forecast, cited: Event, reports: int, sources: Sources) -> Iterator[str]:
    word, number = (
        likelihood_word(forecast.probability),
        f"{on_the_scale(forecast.probability):.0%}",
    )
    lead = "There is " if word.endswith("chance") else "It is "
    article = "a " if word.startswith("roughly") else ""
    yield (
        f"{lead}{article}{word} ({number}) that reports like these tell of at least one act of "
        f"{_named(forecast)} in {_window(forecast)}."
    )
    tried = forecast.backtest
    better = any(low > 0 for _, low, _ in tried.skill.values())
    did = (
        f"on {tried.questions} past windows such forecasts did "
        f"{'' if better else 'not '}clearly better than a rule of thumb"
    )
    size = f"{'only ' if reports < FEW_REPORTS else ''}{reports} reports stand behind it"
    yield _alternative(forecast, cited)
    yield confidence(
        sources,
        "the record",
        weak=[g for g, bad in ((size, reports < FEW_REPORTS), (did, not better)) if bad],
        strong=[g for g, good in ((size, reports >= FEW_REPORTS), (did, better)) if good],
        least="low" if reports < FEW_REPORTS else "high",
    )
    yield _change(forecast)


def _alternative(forecast: Forecast, cited: Event) -> str:
    """That no such act is told of, beside when the last one was."""
    like = cited.coded.event_type in forecast.question.event_types
    day = in_words(cited.when.edtf) if like else ""
    last = f"the last one told of here was {day}" if day else "the last one lies further back"
    return f"The alternative is that they tell of none; {last if like else 'none is told so far'}."


def _change(forecast: Forecast) -> str:
    """What moved the number most, and so would move it again."""
    moved = [name for name, _ in forecast.because[:2]]
    if not moved:
        return "Reports of such an act, or of none for long, would change this."
    return f"What moved it most would change it: {joined(moved)}."


def _line(forecast: Forecast, reports: int, sources: Sources) -> str:
    tried = forecast.backtest
    skill = "; ".join(
        f"skill against {name} {value:.2f} ({low:.2f} to {high:.2f})"
        for name, (value, low, high) in tried.skill.items()
    )
    moved = "; ".join(f"{name} {by:+.2f}" for name, by in forecast.because[:3])
    return (
        f"On {_named(forecast)} in {_window(forecast)}: {on_the_scale(forecast.probability):.0%} "
        f"by the forecaster “{forecast.forecaster}”, from {reports} reports of {listed(sources)}. "
        f"On {tried.questions} past windows, each forecast from what was known then: "
        f"Brier score {tried.brier:.3f}, calibration error {tried.calibration_error:.3f}; {skill}."
        + (f" What moved it most: {moved}." if moved else "")
    )

"""Questions put to a record: what can be asked, and a forecast with its track record.

A forecast never comes without the backtest behind it: where the record is too short for one, there
is none, and :class:`~detente.errors.NoForecast` says what is there instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import get_args

import numpy as np

from detente.assess.backtest import Outcomes, Trial, run, score
from detente.assess.boosting import Boosting
from detente.assess.forecasters import BaseRate, Forecaster, LastValue, Recurrency, YearResample
from detente.assess.occurrences import Occurrences
from detente.assess.panel import panel_of, step_starts
from detente.errors import NoForecast
from detente.ontology.plover import event_types, quad_class, types_in_words
from detente.records import Backtest, Dyad, Forecast, QuadClass, Question

#: Windows of the past that a backtest needs and takes; dyads learnt from beside the asked one.
FEWEST_STEPS, MOST_STEPS = 12, 104
MOST_DYADS = 40
#: A record that ended longer ago says nothing of what comes next.
STALE = timedelta(days=90)
#: The share of windows held out, and how often forecasters learn anew over them.
HELD_OUT = 0.25
REFITS = 2


def types_of(wanted: Sequence[str]) -> tuple[str, ...]:
    """Event types from types and quad classes as people give them.

    Args:
        wanted: ``SANCTION`` or ``material conflict``, in any case; empty means all.

    Raises:
        KeyError: for neither, with the word.
    """
    found: list[str] = []
    for word in wanted or get_args(QuadClass):
        plain = word.strip().lower().replace("-", " ")
        if plain.upper() in event_types():
            found.append(plain.upper())
        elif plain in get_args(QuadClass):
            found += [name for name in event_types() if quad_class(name) == plain]
        else:
            raise KeyError(word)
    return tuple(dict.fromkeys(found))


def told(question: Question) -> str:
    """A question in words."""
    dyad, types = question.dyad, types_in_words(question.event_types)
    return f"{dyad.actor} on {dyad.recipient}, {types}, {question.opens} to {question.closes}"


def forecast(happened: Occurrences, question: Question, *, issued: datetime) -> Forecast:
    """The probability of a question, by the forecaster that did best on its like before.

    Args:
        happened: the record; only what was known when it was issued is used.
        question: what is asked.
        issued: now, or the moment of the as-of view.

    Returns:
        the forecast with what moved it and its backtest.

    Raises:
        NoForecast: if the window opened before ``issued``, the dyad has no events, the record ended
            long before or its past is too short for a backtest.
    """
    return forecasts(happened, [question], issued=issued)[0]


def forecasts(
    happened: Occurrences, questions: Sequence[Question], *, issued: datetime
) -> tuple[Forecast, ...]:
    """Forecasts of several questions about one window, on one backtest.

    The forecaster is chosen by the windows that its record is of, so that the record flatters it a
    little: by no more than what sets it apart from the next best.

    Args: see :func:`forecast`; all questions have the same first and last day.
    """
    seen = happened.known_by(issued.date() + timedelta(days=1))
    _check_age(seen, questions[0], issued.date())
    trial = trial_for(seen, questions, issued.date())
    found = run(seen, trial, _forecasters(questions[0]))
    best = _best(found)
    fresh = next(f for f in _forecasters(questions[0]) if f.name == best)
    past = panel_of(seen, trial.dyads, trial.groups, trial.starts)
    fresh.learn(past)
    given, record = fresh.probabilities(past), score(found, best)
    answers = []
    for question in questions:
        dyad, group = trial.dyads.index(question.dyad), trial.groups.index(question.event_types)
        because = fresh.because(past, dyad, group) if isinstance(fresh, Boosting) else ()
        answers.append(
            Forecast(
                question=question,
                probability=float(given[dyad, group]),
                issued=issued,
                forecaster=best,
                because=because,
                backtest=record,
            )
        )
    return tuple(answers)


def backtest(happened: Occurrences, question: Question, *, issued: datetime) -> Backtest:
    """How our model did on past windows of a question's kind, against every baseline.

    Args: see :func:`forecast`, but for the window, of which only the length counts. Windows are
    laid back from ``issued``, or from the end of a record that ended long before.
    """
    seen = happened.known_by(issued.date() + timedelta(days=1))
    today = issued.date()
    if len(seen) and _told_last(seen) + STALE < today:
        today = _told_last(seen)
        opens = today + timedelta(days=1)
        closes = opens + (question.closes - question.opens)
        question = replace(question, opens=opens, closes=closes)
    trial = trial_for(seen, [question], today)
    return score(run(seen, trial, _forecasters(question)), Boosting.name)


def trial_for(seen: Occurrences, questions: Sequence[Question], today: date) -> Trial:
    """The past windows of questions: of their own length, laid back from the day they open.

    The asked dyads come first, then the busiest others; the asked types first, then the quad
    classes. Every past window is forecast from as long before it as the asked one.

    Raises:
        NoForecast: see :func:`forecast`.
    """
    for asked in questions:
        _check(seen, asked, today)
    question = questions[0]
    width = (question.closes - question.opens).days + 1
    starts = step_starts(date.fromordinal(int(seen.day.min())), question.opens, width)
    starts = starts[-MOST_STEPS - 1 :]
    steps = len(starts) - 1
    held = max(3, int(steps * HELD_OUT))
    if steps < FEWEST_STEPS:
        raise NoForecast(
            told(question),
            f"a backtest needs {FEWEST_STEPS} windows of {width} days; the record holds {steps}, "
            f"from {date.fromordinal(int(seen.day.min()))}; ask for a shorter window",
        )
    quads = [tuple(t for t in event_types() if quad_class(t) == q) for q in get_args(QuadClass)]
    return Trial(
        dyads=_dyads(seen, [asked.dyad for asked in questions]),
        groups=tuple(dict.fromkeys([*(asked.event_types for asked in questions), *quads])),
        starts=starts,
        first=steps - held,
        refit=-(-held // REFITS),
        lead=max(0, (question.opens - today).days - 1),
    )


def _told_last(seen: Occurrences) -> date:
    return date.fromordinal(int(seen.known.max()))


def _check_age(seen: Occurrences, question: Question, today: date) -> None:
    """Refuses to take what no report could tell of for what did not happen."""
    if len(seen) and question.opens > today and _told_last(seen) + STALE < today:
        last = _told_last(seen)
        raise NoForecast(
            told(question),
            f"the record ends on {last}, {(today - last).days} days before; what nobody reported "
            f"since is not known: add reports, or ask with --as-of {last}",
        )


def _check(seen: Occurrences, question: Question, today: date) -> None:
    if not len(seen):
        raise NoForecast(told(question), f"nothing was known by {today}")
    first, last = (date.fromordinal(int(d)) for d in (seen.day.min(), seen.day.max()))
    if question.closes < question.opens:
        raise NoForecast(told(question), "the window ends before it begins")
    if question.opens <= today:
        raise NoForecast(
            told(question),
            f"the window opens before {today + timedelta(days=1)}, so it is not ahead; "
            f"the record runs from {first} to {last}: ask as of an earlier day, or backtest",
        )
    pairs = _pairs(seen)
    dyad = (question.dyad.actor, question.dyad.recipient)
    if dyad not in pairs:
        most = ", ".join(f"{a} on {r} ({n})" for (a, r), n in pairs.most_common(5))
        raise NoForecast(told(question), f"the dyad has no events by {today}; there are {most}")


def _pairs(seen: Occurrences) -> Counter[tuple[str, str]]:
    pairs = Counter(zip(seen.actor.tolist(), seen.recipient.tolist(), strict=True))
    return Counter({(seen.names[a], seen.names[r]): n for (a, r), n in pairs.items()})


def _dyads(seen: Occurrences, asked: Sequence[Dyad]) -> tuple[Dyad, ...]:
    busiest = sorted(_pairs(seen).items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_DYADS]
    others = [Dyad(actor=a, recipient=r) for (a, r), _ in busiest]
    return tuple(dict.fromkeys([*asked, *others]))


def _forecasters(question: Question) -> list[Forecaster]:
    width = (question.closes - question.opens).days + 1
    year = YearResample(round(365 / width))
    return [Boosting(), BaseRate(), LastValue(), year, Recurrency()]


def _best(found: Outcomes) -> str:
    """The name of the forecaster with the least squared error on the trial."""
    errors = {
        name: float(np.mean((given - found.outcomes) ** 2))
        for name, given in found.probabilities.items()
    }
    return min(errors, key=lambda name: (errors[name], name))

"""Whether meetings planned come about: a forecast from those that fell due before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from detente.assess import scores
from detente.errors import NoForecast
from detente.records import Backtest, Dyad, Event, Forecast, Incident, Question
from detente.resolve.lives import PlanLife, life_of

FORECASTER = "follow-through of plans"
#: With fewer plans fallen due than this, nothing is forecast.
LEAST_DUE = 4
_PLANNING = frozenset({"announced", "confirmed", "postponed"})
#: A meeting may be held so much before its day; what lies further back was another.
EARLY = timedelta(days=3)
#: A plan whose last day has passed by so much without word of it did not come about.
GRACE = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePlan:
    """A plan that fell due: which incident, on which day, and whether it came about.

    ``plan`` is the id of the mention that planned it first; ``called_off`` tells a plan that was
    cancelled from one of which nothing more was told.
    """

    incident: str
    due: date
    held: bool
    called_off: bool = False
    plan: str = ""


def plan_lives(incidents: Iterable[Incident], events: Mapping[str, Event]) -> dict[str, PlanLife]:
    """The life of every meeting that was ever planned for a stated day, by incident id.

    Only meetings: whether one was held is told as such, while most other plans come about bit by
    bit or in silence.
    """
    refusals = [e for e in events.values() if e.coded.event_type == "REJECT"]
    lives: dict[str, PlanLife] = {}
    for incident in incidents:
        mentions = [events[e] for e in incident.events if e in events]
        planned = [e for e in mentions if _is_dated_meeting(e)]
        if not planned:
            continue
        life = life_of([e for e in mentions if _may_be_of(e, planned)], refusals)
        if life:
            lives[incident.id] = life
    return lives


def _may_be_of(event: Event, planned: Sequence[Event]) -> bool:
    """Whether a mention can belong to these plans' life: what was over before cannot be its end."""
    over = event.when.latest or (event.reported.date() if event.reported else None)
    if event.coded.status not in ("done", "alleged") or over is None:
        return True
    return any(over >= p.when.earliest - EARLY for p in planned if p.when.earliest)


def _is_dated_meeting(event: Event) -> bool:
    planned = event.coded.act == "CONSULT" and event.coded.status == "planned"
    return planned and event.when.basis == "stated" and event.when.latest is not None


def due_plans(lives: Mapping[str, PlanLife], as_of: datetime) -> tuple[DuePlan, ...]:
    """The plans whose outcome was known at ``as_of``, in the order they fell due."""
    found = []
    for incident, life in lives.items():
        due = _due(life)
        if due and (life.stands in ("held", "cancelled") or due + GRACE < as_of.date()):
            found.append(_fallen_due(incident, life, due))
    return tuple(sorted(found, key=lambda plan: (plan.due, plan.incident)))


def _fallen_due(incident: str, life: PlanLife, due: date) -> DuePlan:
    return DuePlan(
        incident=incident,
        due=due,
        held=life.stands == "held",
        called_off=life.stands == "cancelled",
        plan=life.steps[0].event,
    )


def _due(life: PlanLife) -> date | None:
    """The last day that it was planned for; where none was stated, the last that is told."""
    days = [step.when.latest for step in life.steps if step.when.latest]
    planned = [s.when.latest for s in life.steps if s.step in _PLANNING and s.when.latest]
    told = planned or days
    return told[-1] if told else None


def open_plans(lives: Mapping[str, PlanLife], as_of: datetime) -> tuple[str, ...]:
    """Incidents planned for a day that had not passed at ``as_of``, the next first."""
    ahead = [
        (due, incident)
        for incident, life in lives.items()
        if (due := _due(life)) and due >= as_of.date() and life.stands not in ("held", "cancelled")
    ]
    return tuple(incident for _, incident in sorted(ahead))


def succession(held: Sequence[bool]) -> float:
    """Laplace's rule of succession: (successes + 1) / (trials + 2)."""
    return (sum(held) + 1) / (len(held) + 2)


def follow_through(plan: Sequence[Event], past: Sequence[DuePlan], as_of: datetime) -> Forecast:
    """The probability that a plan comes about.

    Args:
        plan: its mentions, at least one.
        past: plans that fell due before ``as_of``.
        as_of: when the forecast is made.

    Raises:
        NoForecast: if fewer than LEAST_DUE plans fell due, or the plan has no last day.
    """
    last = ([e for e in plan if _is_dated_meeting(e)] or list(plan))[-1]
    parties = [p.entity.country or p.entity.name for p in (*last.actor, *last.recipient)]
    subject = f"{' and '.join(dict.fromkeys(parties))}: {last.coded.act}"
    if last.when.latest is None or not parties:
        raise NoForecast(subject, "the plan has no last day or no party")
    if len(past) < LEAST_DUE:
        raise NoForecast(
            "the meetings ahead",
            f"{len(past) or 'none'} planned for a stated day {'has' if len(past) < 2 else 'have'} "
            f"fallen due in this record, and {LEAST_DUE} are needed to reckon from",
        )
    question = Question(
        dyad=Dyad(actor=parties[0], recipient=parties[-1]),
        event_types=(last.coded.act,),
        opens=as_of.date(),
        closes=last.when.latest,
    )
    held = [due.held for due in past]
    return Forecast(
        question=question,
        probability=succession(held),
        issued=as_of,
        forecaster=FORECASTER,
        because=(("meetings held", float(sum(held))), ("meetings due", float(len(held)))),
        backtest=track_record(held),
    )


def track_record(held: Sequence[bool]) -> Backtest:
    """How the rule did on the past plans, each forecast from those that fell due before it."""
    given = np.array([succession(held[:n]) for n in range(len(held))])
    outcomes = np.array(held, dtype=np.float64)
    even = np.full(len(held), 0.5)
    interval = scores.skill(given, even, outcomes, np.arange(len(held)))
    return Backtest(
        forecaster=FORECASTER,
        questions=len(held),
        brier=scores.brier(given, outcomes),
        log_score=scores.log_score(given, outcomes),
        skill={"even chance": (interval.value, interval.low, interval.high)},
        calibration=scores.calibration(given, outcomes),
        calibration_error=scores.calibration_error(given, outcomes),
    )

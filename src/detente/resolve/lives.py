"""The life of a plan: announced, confirmed, postponed, cancelled, held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from detente.records import Event, When
from detente.resolve.incidents_stand import life_order, told_status
from detente.resolve.incidents_words import heads

Step = Literal["announced", "confirmed", "postponed", "cancelled", "denied", "held"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeStep:
    """One step in a plan's life: which mention tells it, when it was told, of which date."""

    step: Step
    event: str
    told: datetime | None
    when: When


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLife:
    """A plan from its first telling on, and how it stands."""

    steps: tuple[LifeStep, ...]

    @property
    def stands(self) -> Step:
        """The last step; ``held`` once it was held."""
        held = any(s.step == "held" for s in self.steps)
        return "held" if held else self.steps[-1].step


def is_planned(event: Event) -> bool:
    """Whether a mention tells of what is to come."""
    return told_status(event) in ("planned", "threatened")


def calls_off(event: Event, plan: Event) -> bool:
    """Whether ``event`` cancels what ``plan`` tells of: the same parties refuse to meet.

    PLOVER codes a cancelled meeting as REJECT, mode ``meet`` (manual, section REJECT).
    """
    coded = event.coded
    if coded.event_type != "REJECT" or coded.mode != "meet" or plan.coded.act != "CONSULT":
        return False
    parties = {p.entity.country or p.entity.id for p in (*event.actor, *event.recipient)}
    planned = {p.entity.country or p.entity.id for p in (*plan.actor, *plan.recipient)}
    return len(parties & planned) >= min(2, len(parties)) and _meets(event.when, plan.when)


def _meets(first: When, second: When) -> bool:
    if first.basis == "publication" or second.basis == "publication":
        return True
    starts = max(first.earliest or date.min, second.earliest or date.min)
    ends = min(first.latest or date.max, second.latest or date.max)
    return starts <= ends


def life_of(mentions: Sequence[Event], others: Iterable[Event] = ()) -> PlanLife | None:
    """The life of the plan that ``mentions`` tell of.

    Args:
        mentions: the events of one incident.
        others: further events, of which those that call the plan off are taken in.

    Returns:
        Its steps in the order told, with repetitions of the same step left out; None where
        nothing was ever planned.
    """
    plans = sorted((e for e in mentions if is_planned(e)), key=life_order)
    if not plans:
        return None
    called = [e for e in others if any(calls_off(e, p) for p in plans)]
    ordered = sorted({e.id: e for e in (*mentions, *called)}.values(), key=life_order)
    steps: list[LifeStep] = []
    for event in ordered:
        step = _step(event, steps)
        if step is not None:
            steps.append(LifeStep(step=step, event=event.id, told=event.reported, when=event.when))
    return PlanLife(steps=tuple(steps)) if steps else None


def _step(event: Event, before: Sequence[LifeStep]) -> Step | None:
    """What a mention adds to the steps before it, None if nothing."""
    status = told_status(event)
    if event.coded.event_type == "REJECT" or status == "negated":
        step = _off_step(event)
        return None if not before or before[-1].step in (step, "cancelled") else step
    if status in ("done", "alleged"):
        return None if any(s.step == "held" for s in before) else "held"
    if status == "denied":
        return "denied"
    return _planned_step(event, before) if is_planned(event) else None


def _off_step(event: Event) -> Step:
    """Put off is not called off."""
    return "postponed" if "postpone" in heads(event.coded.trigger.text) else "cancelled"


def _planned_step(event: Event, before: Sequence[LifeStep]) -> Step | None:
    if not before:
        return "announced"
    if _moved(event.when, before):
        return "postponed"
    last = before[-1].step
    return "confirmed" if last in ("announced", "cancelled", "denied", "postponed") else None


def _moved(when: When, before: Sequence[LifeStep]) -> bool:
    """Whether the date told now cannot be the one told last, and is later.

    The day on which a plan was told is not its date.
    """
    dated = [s.when for s in before if s.when.basis != "publication" and _ahead(s)]
    if not dated or when.basis == "publication" or when.earliest is None:
        return False
    last = dated[-1].latest
    return last is not None and when.earliest > last


def _ahead(step: LifeStep) -> bool:
    latest, told = step.when.latest, step.told
    return latest is not None and (told is None or latest > told.date())

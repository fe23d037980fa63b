"""How an incident stands: its status, its independent outlets, and where accounts conflict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import combinations

from detente.records import Contradiction, Event, Report, Status
from detente.resolve.incidents_kind import act_of, calls_off

#: What a later telling may turn a standing status into; the rest leaves it as it is.
_RANK: Mapping[Status, int] = {
    "hypothetical": 0,
    "threatened": 1,
    "planned": 2,
    "negated": 2,
    "alleged": 3,
    "denied": 3,
    "done": 4,
}
_CLAIMED = frozenset({"done", "alleged"})
_REFUSED = frozenset({"denied", "negated"})
#: "60 Russian diplomats", "1,200 troops": a number, at most one word between, a plural.
_COUNTED = re.compile(r"\b(\d{1,3}(?:,\d{3})+|\d+)\s+(?:\w+\s+)?([a-z]{3,}s)\b")
_YET = re.compile(r"\byet\b", re.IGNORECASE)
_UNITS = frozenset({"years", "months", "weeks", "days", "hours", "minutes", "times", "miles"})


def told_order(event: Event) -> tuple[str, str, int, str]:
    """Sorts mentions by when they were told, then by where they stand."""
    told = event.reported.isoformat() if event.reported else ""
    trigger = event.coded.trigger
    return told, trigger.report, trigger.start, event.id


def life_order(event: Event) -> tuple[str, tuple[str, str, int, str]]:
    """Sorts mentions by the day they speak of in the life of a plan.

    A report that recalls how a meeting was agreed on in May, after it was called off in June, does
    not put it on again.
    """
    when, reported = event.when, event.reported
    recalled = (
        (act_of(event) != event.coded.event_type or event.coded.status == "planned")
        and when.basis != "publication"
        and when.latest is not None
        and reported is not None
        and when.latest <= reported.date()
    )
    day = when.latest if recalled else reported.date() if reported else None
    return day.isoformat() if day else "", told_order(event)


def standing_status(events: Sequence[Event]) -> Status:
    """The status of an occurrence as its tellings leave it.

    What was done stays done whatever plans were told of it before; a claim that others deny stays
    a claim (the contradiction is listed beside it); otherwise the last telling of the highest
    standing counts, so that a plan that was called off is no longer a plan.

    Args:
        events: the mentions of one occurrence, in any order.
    """
    ordered = sorted(events, key=life_order)
    if any(told_status(e) == "done" and e.coded.vouched for e in ordered):
        return "done"
    standing = ordered[0]
    highest = told_status(standing)
    for event in ordered[1:]:
        status = told_status(event)
        if status in _REFUSED and (highest in ("alleged", "done") or _not_yet(event, standing)):
            continue
        if _RANK[status] >= _RANK[highest]:
            highest, standing = status, event
    return highest


def _not_yet(event: Event, standing: Event) -> bool:
    """Whether a negation leaves a plan standing: told no later than it, or "not yet"."""
    if event.coded.status != "negated" or standing.coded.status not in ("planned", "threatened"):
        return False
    return event.reported == standing.reported or bool(_YET.search(event.coded.sentence.text))


def told_status(event: Event) -> Status:
    """What a mention says of the occurrence itself: a meeting agreed on is planned, one called
    off is not to be."""
    status = event.coded.status
    if act_of(event) == event.coded.event_type or status not in ("done", "alleged"):
        return status
    return "negated" if calls_off(event) else "planned"


def independent_outlets(
    events: Sequence[Event], reports: Mapping[str, Report], copies: Mapping[str, str]
) -> tuple[str, ...]:
    """Outlets that tell of it on their own, in the order they first did.

    Args:
        events: the mentions of one occurrence.
        reports: by id; gives the outlet where the event does not.
        copies: report id → id of the report it is a copy of.
    """
    found: dict[str, None] = {}
    origins: set[str] = set()
    told = sorted(events, key=told_order)
    told.sort(key=lambda e: (told_order(e)[0], e.coded.trigger.report in copies))
    for event in told:
        report = event.coded.trigger.report
        origin = copies.get(report, report)
        known = reports.get(report)
        outlet = event.outlet or (known.outlet if known else "")
        if outlet and origin not in origins:
            found.setdefault(outlet)
        origins.add(origin)
    return tuple(found)


def contradictions(events: Sequence[Event]) -> tuple[Contradiction, ...]:
    """Pairs of mentions that cannot both be right: one for each thing they differ in.

    Denied against claimed, different days of what happened, different places, different numbers
    of the same things.
    """
    found: dict[str, Contradiction] = {}
    ordered = sorted(events, key=told_order)
    for first, second in combinations(ordered, 2):
        for about in _differences(first, second):
            found.setdefault(about, Contradiction(first=first.id, second=second.id, about=about))
    return tuple(found.values())


def _differences(first: Event, second: Event) -> Iterator[str]:
    statuses = {first.coded.status, second.coded.status}
    if statuses & _CLAIMED and statuses & _REFUSED:
        claimed, refused = sorted((first, second), key=lambda e: e.coded.status in _REFUSED)
        yield f"{refused.coded.status} against {claimed.coded.status}"
    if _dated_apart(first, second):
        yield f"date: {first.when.edtf} against {second.when.edtf}"
    counted = _counted(second)
    for what, number in _counted(first).items():
        if counted.get(what, number) != number:
            yield f"number of {what}: {number} against {counted[what]}"


def _dated_apart(first: Event, second: Event) -> bool:
    a, b = first.when, second.when
    if _tells_no_day(first) or _tells_no_day(second):
        return False
    if "publication" in (a.basis, b.basis) or first.coded.event_type != second.coded.event_type:
        return False
    if None in (a.earliest, a.latest, b.earliest, b.latest):
        return False
    assert a.earliest and a.latest and b.earliest and b.latest
    return max(a.earliest, b.earliest) - min(a.latest, b.latest) > timedelta(0)


def _tells_no_day(event: Event) -> bool:
    """Whether its date is the day on which a plan was told or agreed on, not the plan's own."""
    latest, reported = event.when.latest, event.reported
    ahead = event.coded.status in ("planned", "threatened") or told_status(event) == "planned"
    return ahead and latest is not None and reported is not None and latest <= reported.date()


def _counted(event: Event) -> dict[str, str]:
    """Numbers of people or things among the participants, and before plurals of the sentence."""
    found: dict[str, str] = {}
    for p in (*event.actor, *event.recipient):
        if p.entity.count is not None:
            noun = p.passage.text.split()[-1].lower()
            found[noun] = str(p.entity.count)
    for number, noun in _COUNTED.findall(event.coded.sentence.text):
        if noun not in _UNITS:
            found.setdefault(noun, number.replace(",", ""))
    return found

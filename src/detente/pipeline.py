"""The stages in order, on one screen.

read_paths → code_many → resolve_report → group → compose → publish
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import InputError, NoForecast, UnknownName, UnreadableReport
from detente.records import (
    Brief,
    CodedEvent,
    Dyad,
    Event,
    Forecast,
    Incident,
    Question,
    Report,
    SourceGrade,
)

if TYPE_CHECKING:
    from detente.brief.reckoning import Foresight

Refusals = list[UnreadableReport]
#: Fewer reports than this say more of who chose them than of what comes next.
LEAST_REPORTS = 100


def read(
    paths: Sequence[str | Path], refused: Refusals, *, published: datetime | None = None
) -> Iterator[Report]:
    """Reports found at ``paths``; what yields none is appended to ``refused``."""
    from detente.read import read_paths

    for found in read_paths(paths, published=published):
        if isinstance(found, UnreadableReport):
            refused.append(found)
        else:
            yield found


def code(
    reports: Iterable[Report], *, processes: int = 1
) -> Iterator[tuple[Report, tuple[Event, ...]]]:
    """Each report with its events coded and resolved, in the order given."""
    from detente.coding.coder import Coder
    from detente.resolve.events import resolve_report

    yield from Coder().code_then(resolve_report, reports, processes=processes)


def read_code_resolve(
    paths: Sequence[str | Path],
    refused: Refusals,
    *,
    published: datetime | None = None,
    processes: int = 1,
) -> Iterator[tuple[Report, tuple[Event, ...]]]:
    """From paths to events, a report at a time."""
    return code(read(paths, refused, published=published), processes=processes)


def group(
    coded: Iterable[tuple[Report, tuple[Event, ...]]],
) -> tuple[tuple[Report, ...], tuple[Event, ...], tuple[Incident, ...]]:
    """All reports, events (each with its incident's id) and incidents."""
    from detente.resolve.copies import copies_among
    from detente.resolve.incidents import group as group_events

    pairs = list(coded)
    reports = tuple(report for report, _ in pairs)
    events = tuple(event for _, found in pairs for event in found)
    of_id = {report.id: report for report in reports}
    incidents = group_events(events, of_id, copies=copies_among(reports))
    incident_of = {event: incident.id for incident in incidents for event in incident.events}
    placed = tuple(replace(event, incident=incident_of.get(event.id, "")) for event in events)
    return reports, placed, incidents


def brief(
    coded: Iterable[tuple[Report, tuple[Event, ...]]],
    *,
    about: Sequence[str] = (),
    as_of: datetime | None = None,
    since: Path | None = None,
    grades: Sequence[SourceGrade] = (),
) -> tuple[Brief, dict[str, Event]]:
    """The brief of these reports as it stood at ``as_of`` (default: when the last was published).

    Returns:
        The brief, and the events by id.

    Raises:
        InputError: if the reports hold nothing to tell of, or ``since`` is no brief.
    """
    grouped = group(known_at(coded, as_of))
    return brief_of(*grouped, about=about, as_of=as_of, since=since, grades=grades)


def recorded_brief(
    record: str | None,
    *,
    about: Sequence[str] = (),
    as_of: datetime | None = None,
    since: Path | None = None,
    grades: Sequence[SourceGrade] = (),
) -> tuple[Brief, dict[str, Event]]:
    """The brief of a record, its rulings obeyed and its grades told; else as :func:`brief`.

    ``grades`` count before those that the record keeps.
    """
    from detente.store import open_record

    with open_record(record, read_only=True) as opened:
        view = opened.view(as_of)
        grouped = tuple(view.reports()), tuple(view.events()), view.incidents()
        kept = tuple(opened.access.grades().values())
        if not grouped[0]:
            raise InputError("the record", _none_known(opened.view().reports(), as_of))
    graded = (*kept, *grades)
    return brief_of(*grouped, about=about, as_of=as_of, since=since, grades=graded)


def _none_known(reports: Iterable[Report], as_of: datetime | None) -> str:
    """What a record holds of which nothing was known at a moment."""
    days = sorted(report.published for report in reports if report.published)
    if as_of is None or not days:
        return "holds no reports; add some with `detente add`"
    return (
        f"holds no report known by {as_of.date()}; its reports run from {days[0].date()} to "
        f"{days[-1].date()}"
    )


def brief_of(
    reports: Sequence[Report],
    events: Sequence[Event],
    incidents: Sequence[Incident],
    *,
    about: Sequence[str] = (),
    as_of: datetime | None = None,
    since: Path | None = None,
    grades: Sequence[SourceGrade] = (),
) -> tuple[Brief, dict[str, Event]]:
    """Assesses and composes; see :func:`brief`. Of two grades of an outlet the later counts."""
    from detente.brief.changes import earlier_brief
    from detente.brief.compose import compose, last_published, most_active

    by_id = {event.id: event for event in events}
    moment = as_of or last_published(reports)
    ahead = forecast_plans(incidents, by_id, moment)
    parties = tuple(about) or most_active(events)
    expected, untested = forecast_dyad(events, incidents, parties, moment)
    told = compose(
        reports,
        events,
        incidents,
        about=parties,
        as_of=moment,
        foresight=replace(ahead, expected=expected, unjudged=ahead.unjudged + untested),
        earlier=earlier_brief(since) if since else None,
        grades=grades,
    )
    return told, by_id


def forecast_plans(
    incidents: Sequence[Incident], events: dict[str, Event], as_of: datetime
) -> Foresight:
    """A forecast for each plan ahead; where there is none, what would be needed for it."""
    from detente.assess.follow_through import due_plans, follow_through, open_plans, plan_lives
    from detente.brief.reckoning import Foresight, Precedent

    lives = plan_lives(incidents, events)
    past = due_plans(lives, as_of)
    mentions = {i.id: [events[e] for e in i.events if e in events] for i in incidents}
    forecasts: dict[str, Forecast] = {}
    unjudged: list[str] = []
    for plan in open_plans(lives, as_of):
        try:
            forecasts[plan] = follow_through(mentions[plan], past, as_of)
        except NoForecast as reason:
            unjudged.append(f"No likelihood is given for {reason}.")
    precedents = tuple(
        Precedent(
            plan=events[one.plan],
            due=one.due,
            outcome="held" if one.held else "called off" if one.called_off else "not told of",
        )
        for one in past
    )
    return Foresight(
        plans=forecasts, precedents=precedents, unjudged=tuple(dict.fromkeys(unjudged))
    )


def known_at(
    coded: Iterable[tuple[Report, tuple[Event, ...]]], as_of: datetime | None
) -> Iterator[tuple[Report, tuple[Event, ...]]]:
    """Only what could be known at ``as_of``: reports published by then."""
    for report, events in coded:
        if as_of is None or report.published is None or report.published <= as_of:
            yield report, events


def forecast_dyad(
    events: Sequence[Event], incidents: Sequence[Incident], about: Sequence[str], as_of: datetime
) -> tuple[tuple[Forecast, ...], tuple[str, ...]]:
    """Material conflict between two in the 30 days ahead, each way; or what would be needed."""
    from detente.analyse.occurrences import occurrences
    from detente.assess.occurrences import occurrences_of
    from detente.assess.questions import forecasts, types_of

    told_in = len({event.coded.sentence.report for event in events})
    if len(about) != 2:
        return (), ()
    if told_in < LEAST_REPORTS:
        return (), (
            f"No likelihood is given for what comes next: "
            f"{'one report tells' if told_in == 1 else f'{told_in} reports tell'} of events, and "
            f"{LEAST_REPORTS} are needed to test a forecast on.",
        )
    happened = occurrences_of(occurrences(events, incidents))
    opens = as_of.date() + timedelta(days=1)
    questions = [
        Question(
            dyad=Dyad(actor=actor, recipient=recipient),
            event_types=types_of(["material conflict"]),
            opens=opens,
            closes=opens + timedelta(days=29),
        )
        for actor, recipient in (tuple(about), tuple(reversed(about)))
    ]
    try:
        return tuple(forecasts(happened, questions, issued=as_of)), ()
    except NoForecast as missing:
        return (), (f"No likelihood is given for what comes next: {missing.reason}.",)


def find_event(
    name: str, paths: Sequence[str | Path], *, published: datetime | None = None
) -> tuple[Report, CodedEvent]:
    """The coded event whose id begins with ``name``, among the reports at ``paths``.

    Raises:
        UnknownName: if there is none, or more than one.
    """
    coded = read_code_resolve(paths, [], published=published)
    found = [(r, e.coded) for r, events in coded for e in events if e.id.startswith(name)]
    if len(found) != 1:
        reason = "no event with this id is coded there" if not found else "more than one begins so"
        raise UnknownName(name, reason, [event.id for _, event in found[:5]])
    return found[0]


def find_recorded(name: str, record: str | None) -> tuple[Report, CodedEvent]:
    """The event of the record with this id, and its report.

    Raises:
        UnknownName: if the record holds no such event of our own coding.
        RecordError: if the record cannot be opened.
    """
    from detente.store import open_record

    with open_record(record, read_only=True) as opened:
        view = opened.view(grouped=False)
        event = view.event(name).coded
        return view.report(event.trigger.report), event

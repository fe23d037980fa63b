"""Where accounts conflict: both put side by side, in their own words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import product

from detente.brief.rejoinders import stems
from detente.brief.statements import in_passing
from detente.brief.wording import tidied
from detente.ontology.calendar import day_in_words
from detente.records import (
    CitedSentence,
    Contradiction,
    Event,
    Incident,
    Passage,
    Report,
    When,
)

#: Reports this near in time speak of one state of affairs.
TOGETHER = timedelta(days=3)
#: Longer apart than this, two dates are two steps rather than two accounts of one.
LATELY = timedelta(days=120)
#: An account given in the morning may tell of the night by either day.
NIGHT = timedelta(days=1)
#: Kinds of agreement that are enacted once.
_ENACTED = frozenset({"law", "sanctions law"})
#: How a sentence begins that puts two accounts side by side, by what they differ in.
_CLAIM_AND_DENIAL = "A claim and its denial stand against each other"
_LEADS = (
    ("date", "Accounts differ on when this happened"),
    ("number of ", "Accounts differ on the number of {what}"),
    ("place", "Accounts differ on where this happened"),
    ("denied against", _CLAIM_AND_DENIAL),
    ("negated against", "Accounts differ on whether this happened"),
)


def conflicts(
    incidents: Iterable[Incident],
    events: Mapping[str, Event],
    reports: Mapping[str, Report],
    told: Collection[str],
    *,
    most: int,
) -> tuple[CitedSentence, ...]:
    """A sentence for each contradiction within an incident that the brief tells.

    Args:
        incidents: with their contradictions.
        events: by id.
        reports: by id.
        told: ids of the incidents that the brief tells.
        most: how many at the most.
    """
    used: set[Passage] = set()
    found: list[CitedSentence] = []
    for contradiction, first, second in _pairs(incidents, events, told):
        pair = {first.coded.sentence, second.coded.sentence}
        if used & pair or len(found) == most:
            continue
        used |= pair
        found.append(_sentence(contradiction, first, second, reports))
    return tuple(found)


def told_together(conflicts: Iterable[CitedSentence]) -> Iterator[CitedSentence]:
    """The conflicts, those of one kind in a row told as such: ``So do these: …``."""
    before = ""
    for conflict in conflicts:
        lead, _, accounts = conflict.text.partition(": ")
        yield replace(conflict, text=f"So do these: {accounts}") if lead == before else conflict
        before = lead


def _pairs(
    incidents: Iterable[Incident], events: Mapping[str, Event], told: Collection[str]
) -> list[tuple[Contradiction, Event, Event]]:
    """What conflicts in the incidents told, by kind; of each kind the pairs told closest first."""
    found = []
    for incident in incidents:
        for contradiction in incident.contradictions if incident.id in told else ():
            first, second = events.get(contradiction.first), events.get(contradiction.second)
            if first and second and _conflict(contradiction, first, second):
                found.append((contradiction, first, second))
    return sorted(found, key=lambda each: (_lead(each[0].about), _told_apart(each[1], each[2])))


def _told_apart(first: Event, second: Event) -> timedelta:
    if first.reported is None or second.reported is None:
        return timedelta(0)
    return abs(first.reported - second.reported)


def misplaced(events: Iterable[Event], reports: Mapping[str, Report]) -> Iterator[CitedSentence]:
    """Laws that one report places after another event, where a dated report says otherwise.

    A law is enacted once. An account that only says "after the summit" and one that gives another
    day cannot both be right, however long they lie apart.
    """
    enacted = [e for e in events if e.agreement and e.agreement.kind in _ENACTED]
    done = [e for e in enacted if e.coded.status == "done"]
    for placed, dated in product(
        (e for e in done if e.when.basis == "inferred"),
        (e for e in done if e.when.basis == "stated"),
    ):
        if _same_law(placed, dated) and _apart(placed.when, dated.when):
            about = Contradiction(first=placed.id, second=dated.id, about="date")
            yield _sentence(about, placed, dated, reports)


def _same_law(one: Event, other: Event) -> bool:
    first, second = one.coded, other.coded
    told_twice = first.sentence.report != second.sentence.report
    kind = (first.act, first.mode) == (second.act, second.mode)
    return told_twice and kind and one.agreement == other.agreement


def _apart(one: When, other: When) -> bool:
    if not (one.earliest and one.latest and other.earliest and other.latest):
        return False
    return one.latest < other.earliest or other.latest < one.earliest


def _conflict(contradiction: Contradiction, first: Event, second: Event) -> bool:
    """Whether two tellings contradict each other rather than follow each other.

    One report, or one wording, contradicts nobody; nor does a sentence that only mentions the
    occurrence, whose day and number may be those of something else it tells. That something had
    not happened, and later that it did, is a development; so is a plan's new date.
    """
    one, other = first.coded.sentence, second.coded.sentence
    if one.report == other.report or one.text == other.text:
        return False
    if contradiction.about.startswith("negated against"):
        return _told_within(TOGETHER, first, second) and bool(stems(first) & stems(second))
    if contradiction.about.startswith("denied against"):
        return _told_within(LATELY, first, second)
    if _is_mentioned(first) or _is_mentioned(second):
        return False
    if contradiction.about.startswith("date"):
        happened = {first.coded.status, second.coded.status} <= {"done", "alleged"}
        dated = _one_is_stated(first, second) or _days_differ(first.when, second.when)
        return happened and dated
    return True


def _is_mentioned(event: Event) -> bool:
    return event.coded.coder.name.startswith("noun") or in_passing(event)


def _one_is_stated(first: Event, second: Event) -> bool:
    """Whether one account places the event by another ("after the summit"), and one dates it."""
    stated = {first.when.basis, second.when.basis} == {"stated", "inferred"}
    return stated and not any(e.when.edtf.endswith("~") for e in (first, second))


def _days_differ(one: When, other: When) -> bool:
    """Whether two stated days lie further apart than a night does."""
    stated = {one.basis, other.basis} == {"stated"}
    if not (stated and one.earliest and one.latest and other.earliest and other.latest):
        return False
    gap = max(one.earliest - other.latest, other.earliest - one.latest)
    return NIGHT < gap <= LATELY


def _told_within(span: timedelta, first: Event, second: Event) -> bool:
    return _told_apart(first, second) <= span


def _sentence(
    contradiction: Contradiction,
    first: Event,
    second: Event,
    reports: Mapping[str, Report],
) -> CitedSentence:
    accounts = _numbers(contradiction.about, first, second, reports) or (
        f"{_account(first, reports)}, but {_account(second, reports)}"
    )
    return CitedSentence(
        text=f"{_lead(contradiction.about)}: {accounts}.",
        evidence=(first.coded.sentence, second.coded.sentence),
        events=(first.id, second.id),
        paragraph="conflicts",
    )


def _numbers(about: str, first: Event, second: Event, reports: Mapping[str, Report]) -> str:
    """``A (1 May) tells of 60, B (2 May) of 48``, if the figures stand in the sentences."""
    _, _, figures = about.partition(": ") if about.startswith("number of ") else ("", "", "")
    one, _, other = figures.partition(" against ")
    stand = [
        bool(number) and re.search(rf"\b{re.escape(number)}\b", event.coded.sentence.text)
        for number, event in ((one, first), (other, second))
    ]
    if not all(stand):
        return ""
    return f"{_teller(first, reports)} tells of {one}, {_teller(second, reports)} of {other}"


def _lead(about: str) -> str:
    for beginning, lead in _LEADS:
        if about.startswith(beginning):
            what = about.removeprefix(beginning).partition(":")[0]
            return lead.format(what=what)
    return "Accounts differ"


def _account(event: Event, reports: Mapping[str, Report]) -> str:
    words = tidied(event.coded.sentence.text).rstrip(".").replace("“", "‘").replace("”", "’")
    return f"{_teller(event, reports)} writes “{words}”"


def _teller(event: Event, reports: Mapping[str, Report]) -> str:
    report = reports[event.coded.sentence.report]
    day = f" ({day_in_words(report.published.date())})" if report.published else ""
    return f"{report.outlet or 'one report'}{day}"


def among(
    background: Iterable[CitedSentence],
    conflicts: Iterable[CitedSentence],
    events: Mapping[str, Event],
) -> Iterator[CitedSentence]:
    """The Background, each conflict of old accounts right after what the accounts are of.

    That a charge of old was denied is no more told here: the Background tells both sides.
    """
    left = [c for c in conflicts if not c.text.startswith(_CLAIM_AND_DENIAL)]
    for sentence in background:
        yield sentence
        of = {events[e].incident for e in sentence.events if e in events}
        here = [c for c in left if of & {events[e].incident for e in c.events if e in events}]
        yield from (replace(conflict, paragraph=sentence.paragraph) for conflict in here)
        left = [c for c in left if c not in here]

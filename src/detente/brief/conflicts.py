"""Where accounts conflict: both put side by side, in their own words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import product

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
#: Kinds of agreement that are enacted once.
_ENACTED = frozenset({"law", "sanctions law"})
#: How a sentence begins that puts two accounts side by side, by what they differ in.
_LEADS = (
    ("date", "Accounts differ on when this happened"),
    ("number of ", "Accounts differ on the number of {what}"),
    ("place", "Accounts differ on where this happened"),
    ("denied against", "A claim and its denial stand against each other"),
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
    before = ""
    for contradiction, first, second in _pairs(incidents, events, told):
        pair = {first.coded.sentence, second.coded.sentence}
        if used & pair or len(found) == most:
            continue
        used |= pair
        lead = _lead(contradiction.about)
        found.append(_sentence(contradiction, first, second, reports, again=lead == before))
        before = lead
    return tuple(found)


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

    One report, or one wording, contradicts nobody. That something had not happened, and later that
    it did, is a development; so is a plan's new date.
    """
    one, other = first.coded.sentence, second.coded.sentence
    if one.report == other.report or one.text == other.text:
        return False
    if contradiction.about.startswith("negated against"):
        return _told_within(TOGETHER, first, second)
    if contradiction.about.startswith("denied against"):
        return _told_within(LATELY, first, second)
    if contradiction.about.startswith("date"):
        happened = {first.coded.status, second.coded.status} <= {"done", "alleged"}
        return happened and (_one_is_stated(first, second) or _told_within(LATELY, first, second))
    return True


def _one_is_stated(first: Event, second: Event) -> bool:
    """Whether one account places the event by another ("after the summit"), and one dates it."""
    return {first.when.basis, second.when.basis} == {"stated", "inferred"}


def _told_within(span: timedelta, first: Event, second: Event) -> bool:
    return _told_apart(first, second) <= span


def _sentence(
    contradiction: Contradiction,
    first: Event,
    second: Event,
    reports: Mapping[str, Report],
    *,
    again: bool = False,
) -> CitedSentence:
    """``again``: the sentence before puts two accounts of the same kind side by side."""
    accounts = f"{_account(first, reports)}, but {_account(second, reports)}"
    lead = f"So do these: {accounts}" if again else f"{_lead(contradiction.about)}: {accounts}"
    return CitedSentence(
        text=f"{lead}.",
        evidence=(first.coded.sentence, second.coded.sentence),
        events=(first.id, second.id),
        paragraph="conflicts",
    )


def _lead(about: str) -> str:
    for beginning, lead in _LEADS:
        if about.startswith(beginning):
            what = about.removeprefix(beginning).partition(":")[0]
            return lead.format(what=what)
    return "Accounts differ"


def _account(event: Event, reports: Mapping[str, Report]) -> str:
    report = reports[event.coded.sentence.report]
    teller = report.outlet or "one report"
    day = f" ({day_in_words(report.published.date())})" if report.published else ""
    words = tidied(event.coded.sentence.text).rstrip(".").replace("“", "‘").replace("”", "’")
    return f"{teller}{day} writes “{words}”"

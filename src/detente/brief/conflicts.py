"""Where accounts conflict: both put side by side, in their own words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from detente.brief.datewords import day_in_words
from detente.brief.wording import tidied
from detente.records import CitedSentence, Contradiction, Event, Incident, Report

#: What a contradiction is about, in the reader's words.
_SUBJECTS = {
    "date": "when this happened",
    "number": "the numbers",
    "status": "whether this happened",
    "place": "where this happened",
    "order": "the order of events",
}


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
    found: dict[tuple[str, str], CitedSentence] = {}
    for incident in incidents:
        if incident.id not in told:
            continue
        for contradiction in incident.contradictions:
            pair = [events.get(contradiction.first), events.get(contradiction.second)]
            first, second = pair
            if first is None or second is None or _same_words(first, second):
                continue
            key = (incident.id, contradiction.about)
            found.setdefault(key, _sentence(contradiction, first, second, reports))
    return tuple(found.values())[:most]


def _same_words(first: Event, second: Event) -> bool:
    return first.coded.sentence.text == second.coded.sentence.text


def _sentence(
    contradiction: Contradiction, first: Event, second: Event, reports: Mapping[str, Report]
) -> CitedSentence:
    subject = _SUBJECTS.get(contradiction.about, f"the {contradiction.about}")
    accounts = f"{_account(first, reports)}, but {_account(second, reports)}"
    return CitedSentence(
        text=f"Accounts differ on {subject}: {accounts}.",
        evidence=(first.coded.sentence, second.coded.sentence),
        events=(first.id, second.id),
        paragraph="conflicts",
    )


def _account(event: Event, reports: Mapping[str, Report]) -> str:
    report = reports[event.coded.sentence.report]
    teller = report.outlet or "one report"
    day = f" ({day_in_words(report.published.date())})" if report.published else ""
    words = tidied(event.coded.sentence.text).rstrip(".").replace("“", "‘").replace("”", "’")
    return f"{teller}{day} writes “{words}”"

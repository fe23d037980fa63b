"""What changed since an earlier brief on the subject."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from detente.brief.wording import tidied
from detente.errors import InputError
from detente.records import CitedSentence, Event, Incident, Status

#: Changes told at the most.
MOST_CHANGES = 4
#: What an earlier brief left open, and how news of it is introduced.
_OPEN: Mapping[str, str] = {
    "planned": "of what was then planned",
    "threatened": "of what was then threatened",
    "hypothetical": "of what was then only possible",
}
_SETTLED = frozenset({"done", "negated", "denied"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierBrief:
    """What an earlier brief told: the status of each incident, by id."""

    told: Mapping[str, str]


def earlier_brief(path: Path) -> EarlierBrief:
    """An earlier brief from its JSON form (``detente brief -o FILE.json``).

    Raises:
        InputError: if the file is missing or is no such brief.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        sentences = [s for part in ("background", "analysis", "assessment") for s in found[part]]
        if found["standfirst"]:
            sentences.append(found["standfirst"])
        told = {e["incident"]: e["status"] for s in sentences for e in s["events"] if "status" in e}
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(
            str(path), "is no brief; write one with: detente brief -o FILE.json"
        ) from None
    return EarlierBrief(told=told)


def changes(
    earlier: EarlierBrief, incidents: Mapping[str, Incident], events: Mapping[str, Event]
) -> Iterator[CitedSentence]:
    """A sentence for each incident that the earlier brief left open and that is open no more.

    Args:
        earlier: what was told.
        incidents: as they stand, by id.
        events: by id.
    """
    for incident, status in earlier.told.items():
        now = incidents.get(incident)
        if now is None or status not in _OPEN or now.status not in _SETTLED:
            continue
        telling = _latest(now, events)
        if telling:
            words = tidied(telling.coded.sentence.text).rstrip(".")
            words = words.replace("“", "‘").replace("”", "’").replace('"', "’")
            yield CitedSentence(
                text=f"Since the last brief there is news {_OPEN[status]}: “{words}.”",
                evidence=(telling.coded.sentence,),
                events=(telling.id,),
                paragraph="changes",
            )


def _latest(incident: Incident, events: Mapping[str, Event]) -> Event | None:
    """The last told mention that gives the incident the status it has."""
    standing: Status = incident.status
    of = [events[e] for e in incident.events if e in events]
    return next((e for e in reversed(of) if e.coded.status == standing), None)

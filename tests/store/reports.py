"""Reports with their events, for the tests of the record."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from detente.records import Event, Report, fingerprint
from tests.resolve.incident_mentions import mention


def told(text: str, trigger: str, actor: list[str], recipient: list[str], **rest: Any) -> (
    tuple[Report, tuple[Event, ...]]
):  # fmt: skip
    """A report of one sentence, and the event in it; rest as for ``mention``."""
    outlet, day = rest.pop("outlet", "The Courier"), rest.get("told", "2018-10-24")
    name = fingerprint(outlet, text, day)
    event = mention(text, trigger, actor, recipient, report=name, outlet=outlet, **rest)
    report = Report(
        id=name,
        outlet=outlet,
        title=text.rstrip("."),
        text=text,
        published=datetime.fromisoformat(day).replace(tzinfo=UTC),
        published_basis="given",
    )
    return report, (event,)


def plan(**rest: Any) -> tuple[Report, tuple[Event, ...]]:
    """A meeting in Paris, planned."""
    kind = {"type": "AGREE", "act": "CONSULT", "status": "planned", "on": "2018-11-11"}
    text = "Putin is scheduled to meet Trump in Paris on November 11."
    return told(text, "scheduled to meet", ["Putin", "Trump"], [], at="Paris", **{**kind, **rest})


def held(**rest: Any) -> tuple[Report, tuple[Event, ...]]:
    """The same meeting, held."""
    given = {"on": "2018-11-11", "at": "Paris", "told": "2018-11-12", "outlet": "The Herald"}
    text = "Trump and Putin held talks in Paris on Sunday."
    return told(text, "held talks", ["Trump", "Putin"], [], **{**given, **rest})


def expulsion(**rest: Any) -> tuple[Report, tuple[Event, ...]]:
    """Washington expels diplomats."""
    text = "Washington expelled 60 Russian diplomats whom Moscow had sent."
    given = {"type": "SANCTION", "mode": "expel", "on": "2018-03-26", "told": "2018-03-27"}
    return told(text, "expelled", ["Washington"], ["Moscow"], **{**given, **rest})

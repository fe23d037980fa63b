"""Who will A do this to next: an order of recipients, with how good such orders were before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import get_args

import numpy as np

from detente.assess.links import recurrency
from detente.assess.links.model import LinkModel
from detente.assess.links.ranking import summary
from detente.assess.links.stream import FactStream
from detente.assess.occurrences import Occurrences
from detente.errors import NoForecast
from detente.ontology.plover import event_types, quad_class, types_in_words
from detente.records import QuadClass

#: Steps and queries that are held out to judge by, at least.
FEWEST_STEPS, FEWEST_QUERIES = 12, 20
HELD_OUT = 0.25
#: Recipients named at most.
MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRecipients:
    """Recipients in order of likelihood, best first, and the record of such orders.

    Attributes:
        actor, event_types: what was asked; ``opens``, ``closes``: of which days.
        recipients: names, likeliest first.
        forecaster: which gave the order: the one that did better in the record.
        records: of either forecaster, mean reciprocal rank and Hits@1, 3, 10 on the held-out steps
            of the past, every step ranked from what came before it.
        queries: how many queries the record rests on.
    """

    actor: str
    event_types: tuple[str, ...]
    opens: date
    closes: date
    recipients: tuple[str, ...]
    forecaster: str
    records: Mapping[str, Mapping[str, float]]
    queries: int


def next_recipients(
    happened: Occurrences, actor: str, wanted: tuple[str, ...], *, issued: datetime, days: int
) -> NextRecipients:
    """The order in which recipients are likely to be acted on in the days after ``issued``.

    Args:
        happened: the record; only what was known when it was issued is used.
        actor: who acts; ``wanted``: by which event types.
        issued: now, or the moment of the as-of view.
        days: width of a step, and of the window asked about.

    Raises:
        NoForecast: if the actor never acted so, or the past is too short to judge by.
    """
    today = issued.date()
    seen = happened.known_by(today + timedelta(days=1))
    question = f"{actor} on whom, {types_in_words(wanted)}, {days} days from {today}"
    if actor not in seen.names or not np.any(seen.actor == seen.names.index(actor)):
        raise NoForecast(question, f"{actor} did nothing to anyone that was known by {today}")
    stream = _stream(seen, wanted, today, days)
    cut = _cut(stream, question)
    past = stream.between(0, cut - 1)
    test = stream.between(cut, int(stream.facts[-1, 3]))
    model = LinkModel(stream).fit(past)
    weights = _weights(past)
    ranks = {
        "links": model.rank(test).ranks,
        "recurrency": recurrency.ranks(past, test, weights),
    }
    records = {name: summary(own) for name, own in ranks.items()}
    best = max(records, key=lambda name: records[name]["mrr"])
    query = (seen.names.index(actor), 0, int(stream.facts[-1, 3]) + 1)
    order = model.likely(*query) if best == "links" else recurrency.likely(stream, *query, weights)
    return NextRecipients(
        actor=actor,
        event_types=wanted,
        opens=today + timedelta(days=1),
        closes=today + timedelta(days=days),
        recipients=tuple(seen.names[place] for place in order[:MOST]),
        forecaster=best,
        records=records,
        queries=len(ranks[best]),
    )


def _stream(seen: Occurrences, wanted: tuple[str, ...], today: date, days: int) -> FactStream:
    """Facts in steps laid back from today; relation 0 is what is asked, then the quad classes."""
    quads = get_args(QuadClass)
    known = event_types()
    relation = [
        0 if kind in wanted else 1 + quads.index(quad_class(kind)) if kind in known else 5
        for kind in seen.kinds
    ]
    back = (today.toordinal() - seen.day) // days
    step = back.max() - back
    facts = np.column_stack([seen.actor, np.array(relation)[seen.kind], seen.recipient, step])
    facts = np.unique(facts[:, [3, 0, 1, 2]], axis=0)[:, [1, 2, 3, 0]]
    return FactStream(facts=facts, entities=len(seen.names), relations=6)


def _cut(stream: FactStream, question: str) -> int:
    """The first held-out step.

    Raises:
        NoForecast: if steps or queries are too few.
    """
    steps = np.unique(stream.facts[:, 3])
    cut = int(steps[int(len(steps) * (1 - HELD_OUT))])
    queries = 2 * int(np.count_nonzero(stream.facts[:, 3] >= cut))
    if len(steps) < FEWEST_STEPS or queries < FEWEST_QUERIES:
        raise NoForecast(
            question,
            f"to judge it by takes {FEWEST_STEPS} steps with events and {FEWEST_QUERIES} queries "
            f"in the last quarter; the record holds {len(steps)} and {queries}",
        )
    return cut


def _weights(past: FactStream) -> recurrency.RecurrencyWeights:
    last = int(past.facts[-1, 3])
    half = int(last * (1 - HELD_OUT))
    return recurrency.fit(past.between(0, half), past.between(half + 1, last))

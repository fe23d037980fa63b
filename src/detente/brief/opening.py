"""What opens a brief, what it is called, and who else tells what it tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from detente.brief.leaning import leaning, reacting, speaks_of_somebody
from detente.brief.naming import country_named, joined
from detente.brief.statements import Statement
from detente.brief.telling import Choice
from detente.brief.wording import tidied
from detente.ontology.plover import quad_class
from detente.records import Passage

#: What opens a brief loses this share of its weight with every day that it is older than the news.
AGEING = 0.18
#: A report's first sentence says the news in the fewest words: it counts for so much more.
LEAD = 3.0
#: News stands in a report by its weight: each sentence further down costs so much more.
PYRAMID = 0.08
#: What is told as having been before ("had accused") counts for so much less.
EARLIER = 0.3
#: A brief tells in at most this share of the words of its reports, but may always have so many.
MOST_SHARE, LEAST_WORDS = 0.75, 120
#: When it must be short, deeds, plans and answers count for so much more than other words.
DEED = 1.4
#: Passages that a sentence cites beside its own, at the most.
MOST_CORROBORATION = 3


def chief_of(latest: Sequence[Choice], facts: Iterable[Statement]) -> Choice:
    """The choice that opens the brief: weighty, a report's first sentence, and new.

    Args:
        latest: what is new, in words; at least one.
        facts: all statements there are, in the order of reports and text.
    """
    newest = max(_told_on(c) for c in latest)
    places = _places(facts)

    def worth(choice: Choice) -> float:
        told = choice.statement
        place = places.get(told.sentence, 0)
        factor = LEAD if place == 0 else 1 / (1 + PYRAMID * place)
        chief = [e for e in told.events if not told.mentions(e)]
        factor *= EARLIER if any("historical" in e.coded.auxiliary for e in chief) else 1.0
        return choice.weight * factor * (1 - AGEING) ** (newest - _told_on(choice)).days

    alone = [c for c in latest if not leaning(c.words) and not speaks_of_somebody(c.statement)]
    return max(alone or latest, key=worth)


def _places(facts: Iterable[Statement]) -> dict[Passage, int]:
    """Where each sentence stands among those that its report tells, from 0."""
    told: Counter[str] = Counter()
    places = {}
    for statement in facts:
        places[statement.sentence] = told[statement.report.id]
        told[statement.report.id] += 1
    return places


def _told_on(choice: Choice) -> date:
    published = choice.statement.report.published
    return published.date() if published else choice.statement.latest_day


def condensed(
    latest: Sequence[Choice], earlier: Sequence[Choice], chief: Choice | None, words: int
) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """The choices of both parts that make a brief shorter than what it is of.

    Those go that add least, until MOST_SHARE of the words of the reports is left (or LEAST_WORDS).

    Args:
        latest: what is new, in words.
        earlier: what led here, in words.
        chief: what opens the brief; it stays.
        words: how many words the reports have.
    """
    kept = [*latest, *earlier]
    room = max(MOST_SHARE * words, LEAST_WORDS)
    lightest = sorted((c for c in kept if c is not chief), key=_worth_keeping, reverse=True)
    while lightest and sum(len(c.words.split()) for c in kept) > room:
        kept.remove(lightest.pop())
    return tuple(c for c in latest if c in kept), tuple(c for c in earlier if c in kept)


def _worth_keeping(choice: Choice) -> float:
    """What a choice adds; deeds, plans and answers more than what is only said."""
    told = [e for e in choice.statement.events if not choice.statement.mentions(e)]
    deed = any(quad_class(e.coded.act).startswith("material") for e in told)
    matters = any(e.coded.status in ("planned", "threatened", "denied") for e in told)
    return choice.adds * (DEED if deed or matters or reacting(choice.words) else 1.0)


def title_of(choices: Iterable[Choice], about: Sequence[str]) -> str:
    """The headline of the first report that has one; else the brief's subject."""
    titles = (tidied(c.statement.report.title).rstrip(".") for c in choices)
    states = [country_named(code).removeprefix("the ") or code for code in about]
    return next(filter(None, titles), joined(states) or "Brief")


def corroboration(choice: Choice, facts: Iterable[Statement]) -> tuple[Passage, ...]:
    """Other sentences that tell the same as it stands, those of other outlets first.

    Who told of a plan does not corroborate that it came about.
    """
    own = choice.statement
    new = {name for name, _ in choice.new}
    told = {(e.incident or e.id, e.coded.status) for e in own.events}
    told = {key for key in told if key[0] in new}
    others = [
        s
        for s in facts
        if s is not own and any((e.incident or e.id, e.coded.status) in told for e in s.events)
    ]
    others.sort(key=lambda s: (s.report.id == own.report.id, s.report.outlet == own.report.outlet))
    return tuple(s.sentence for s in others[:MOST_CORROBORATION])

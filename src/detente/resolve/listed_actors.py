"""Lists of those who act together, whole: what a parse cuts off at their head or end.

"In March Malaysia, Vietnam and China sent ships", "the two premiers, Ana Brnabić and Edi Rama,".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.records import Event, Participant, Report
from detente.resolve.actor_groups import without_nationalities
from detente.resolve.actor_mentions import Mention, Mentions
from detente.resolve.clause_objects import participant_of
from detente.resolve.exchanges import countries

_LEAST = 3
_PAIR = 2
#: What stands between two members of a list: at most a title.
_COMMA = re.compile(r"(?:['’]s)?(?:,| and|, and| &) (?:the )?(?:[A-Z][\w-]+ ){0,4}")
_LAST = re.compile(r" and\b| &")
#: "The two premiers, ": whose names follow.
_TWO = re.compile(r"\b(?:the|both|its|their) (?:two )?[a-z -]+s, (?=[A-Z])", re.I)


def with_whole_list(report: Report, event: Event, mentions: Mentions) -> Event:
    """An event with all actors of the list of which it has some.

    Args:
        report: where it stands.
        event: resolved, as its clause says.
        mentions: of the same report.
    """
    begin, end = mentions.sentence_at(event.coded.trigger.start)
    here = [m for m in mentions.all if begin <= m.start and m.end <= end and not m.placed]
    for run in _lists(report, without_nationalities(report.text, here)):
        told = [m for m in run if _is_in(m, event.actor)]
        before = run[-1].end <= event.coded.trigger.start
        if before and (len(told) >= min(_PAIR, len(run) - 1) and len(told) < len(run)):
            if countries(event.recipient) & {m.entity.country for m in run}:
                continue
            added = [participant_of(report, m) for m in run if m not in told]
            return replace(event, actor=tuple(dict.fromkeys((*event.actor, *added))))
    return event


def _lists(report: Report, here: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Names in a row with "and" before the last: three or more, or the two of "the two …"."""
    run: list[Mention] = []
    for mention in here:
        between = report.text[run[-1].end : mention.start] if run else ""
        if run and _COMMA.fullmatch(between) and mention.kind == run[-1].kind:
            run.append(mention)
            if _LAST.search(between):
                if len(run) >= _LEAST or _opens_with_two(report, run):
                    yield run
                run = []
        else:
            run = [mention]


def _opens_with_two(report: Report, run: Sequence[Mention]) -> bool:
    before = report.text[max(0, run[0].start - 60) : run[0].start]
    told = list(_TWO.finditer(before + "A"))
    return bool(told) and told[-1].end() == len(before)


def _is_in(mention: Mention, actors: Sequence[Participant]) -> bool:
    return any(
        p.passage.start < mention.end
        and mention.start < p.passage.end
        and p.entity.country == mention.entity.country
        for p in actors
    )

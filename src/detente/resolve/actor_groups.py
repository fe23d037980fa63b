"""Groups that words refer back to: "both leaders", "the two sides", lists, and who is not meant.

The words of a group never mean the one who acts on it: in "Merkel spoke to both men" the chancellor
is none of the two (principle B of binding: Chomsky 1981).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from itertools import combinations, pairwise, zip_longest

from detente.gazetteer.phrases import role_of
from detente.resolve.actor_mentions import Mention, Mentions

#: Words and marks at which a clause begins.
_BOUND = re.compile(
    r"\b(?:that|who|whom|which|where|because|when|after|before|if|while|as|whether|and|but|than)\b"
    r"|[,;:]"
)
_RELATIVE = frozenset({"who", "which", "that"})
_RUNNING_ON = frozenset({",", "and", "but"})
#: At which another clause begins, with a subject of its own.
_OPENING = frozenset({"while", "because", "when", "after", "before", "if", "whether", ";", ":"})
_SAID = re.compile(
    r"\b(?:sa(?:id|ys?)|add(?:ed|s)|announced|hop(?:ed|es)|believes?)(?: on \w+)? ?$"
)
_JOINT = re.compile(r"(?:['’]s)?(?:,\s+(?:the )?|,?\s+(?:and|&)\s+(?:the )?)")
_TITLED_JOINT = re.compile(r"(?:,\s+(?:and )?|\s+(?:and|&)\s+)(?:the )?(?:[A-Z][\w-]+ ){0,4}")
_TITLE = re.compile(r" (?:[A-Za-z-]+ ){0,4}")
_FAR = 20

#: "At their (first) meeting in Rome on 3 May, …", at the head of a sentence.
_OCCASION = re.compile(
    r"their (?:\w+ )?(?:meeting|summit|talks|call|encounter|dinner|lunch)\b[^,;:]{0,60},", re.I
)
_AT = re.compile(r"(?:at|in|during|after|before|following|ahead of)", re.I)

Holds = Callable[[Mention, str, date | None], bool]


def is_country(code: str) -> bool:
    """Whether a code stands for one country."""
    return code not in {"", "IGO", "NGO"}


def acting_on(mentions: Mentions, start: int) -> tuple[Mention, ...]:
    """Who acts in the clause in which the words at ``start`` are acted on.

    Returns:
        Empty where the words are the subject themselves.
    """
    text, (begin, _) = mentions.text, mentions.sentence_at(start)
    before = next(mentions.before(start, 1), ())
    bounds = list(_BOUND.finditer(text, begin, start))
    at = bounds[-1].end() if bounds else begin
    clause = text[at:start].strip()
    if not clause or _SAID.search(clause):
        return ()
    inside = tuple(m for m in before if m.start >= at and not m.placed)
    if inside or not bounds:
        return tuple(m for m in inside if m.entity.country == inside[0].entity.country)
    mark, earlier = bounds[-1], [m for m in before if m.end <= bounds[-1].start()]
    if mark[0] in _RELATIVE:
        return tuple(earlier[-1:])
    if mark[0] in _RUNNING_ON:
        beside = [m for m in earlier if m.end == mark.start() and not m.placed]
        opened = max((b.end() for b in bounds[:-1] if b[0] in _OPENING), default=begin)
        within = [m for m in earlier if m.start >= opened and not m.placed] or earlier
        return (*within[:1], *beside)
    return ()


def two_persons(mentions: Mentions, start: int, words: str, holds: Holds) -> tuple[Mention, ...]:
    """ "Both presidents": of the two countries the report is about, else the last who hold that
    office, else the last two.

    Args:
        mentions: of the whole report.
        start: where the words begin.
        words: the words, in lower case.
        holds: whether a person holds an office of a key on a day.
    """
    subjects = acting_on(mentions, start)
    acting = {m.entity.country for m in subjects if is_country(m.entity.country)}
    ids = {m.entity.id for m in subjects}
    before = [
        m
        for m in _persons_before(mentions, start)
        if m.entity.id not in ids and m.entity.country not in acting
    ]
    role, on = role_of(words), mentions.date_at(start)
    main = _main_two(mentions, start, acting)
    of_main = [m for m in before if m.entity.country in main]
    holders = [m for m in before if role is not None and holds(m, role.key, on)]
    main_holders = [m for m in of_main if m in holders]
    here = [m for m in before if m.start >= mentions.sentence_at(start)[0]]
    pairs = (last_two(iter(those)) for those in (here, main_holders, of_main, holders))
    return next((pair for pair in pairs if len(pair) == 2), last_two(iter(before)))


def last_two_persons(mentions: Mentions, start: int) -> tuple[Mention, ...]:
    """The two persons last mentioned, of different countries."""
    return last_two(_persons_before(mentions, start))


def told_ahead(mentions: Mentions, start: int) -> tuple[Mention, ...]:
    """ "At their meeting in Rome, A and B agreed": "their" is the two who act behind the comma."""
    begin, end = mentions.sentence_at(start)
    occasion = _OCCASION.match(mentions.text, start, end)
    if occasion is None or not _AT.fullmatch(mentions.text[begin:start].strip()):
        return ()
    found = [m for m in mentions.all if occasion.end() <= m.start < end and not m.placed]
    pair = joined(mentions.text, found) or last_two(m for m in found if m.kind == "person")
    return pair if len(pair) > 1 else ()


def two_countries(mentions: Mentions, start: int) -> tuple[str, ...]:
    """The two countries spoken of, in their order, without the one that acts on them.

    The two that the report's sentences so far mostly tell of together; else the last two.
    """
    acting = {m.entity.country for m in acting_on(mentions, start)}
    told = [_told(group, acting) for group in mentions.before(start, 6)]
    recent = tuple(dict.fromkeys(c for those in told for c in reversed(those)))
    main = _main_two(mentions, start, acting)
    if len(main) == 2 and set(main) & set(recent):
        return main
    return tuple(reversed(recent[:2]))


def _told(group: Sequence[Mention], acting: Collection[str]) -> tuple[str, ...]:
    """The countries of a sentence's mentions, but for places and those that act."""
    countries = (m.entity.country for m in group if not m.placed)
    return tuple(dict.fromkeys(c for c in countries if is_country(c) and c not in acting))


def _main_two(mentions: Mentions, start: int, acting: Collection[str]) -> tuple[str, ...]:
    """The two countries that a report is about so far, if it is about two.

    They are told in one sentence more often than any other two, or more often than any third.
    """
    told: dict[int, dict[str, None]] = {}
    counts: Counter[str] = Counter()
    for mention in mentions.all:
        country = mention.entity.country
        if mention.end <= start and is_country(country) and country not in acting:
            told.setdefault(mentions.sentence_at(mention.start)[0], {})[country] = None
            counts[country] += 1
    pairs = Counter(frozenset(p) for those in told.values() for p in combinations(those, 2))
    ranked = pairs.most_common(2)
    if ranked and ranked[0][1] > 1 and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        return tuple(c for c in counts if c in ranked[0][0])
    most = counts.most_common(3)
    third = most[2][1] if len(most) > 2 else 0
    return tuple(c for c, n in most[:2] if n > third) if len(most) > 1 else ()


def joined(text: str, found: Sequence[Mention]) -> tuple[Mention, ...]:
    """The first names of one kind that a list with "and" joins ("Britain, France and Germany")."""
    run: list[Mention] = []
    closed = False
    for first, second in pairwise(without_nationalities(text, found)):
        between = text[first.end : second.start]
        titled = _TITLED_JOINT if second.kind == "person" else _JOINT
        if first.kind == second.kind and not closed and titled.fullmatch(between):
            run = [*run, second] if run else [first, second]
            closed = "and" in between or "&" in between
        elif closed:
            return tuple(run)
        else:
            run = []
    return tuple(run) if closed else ()


def without_nationalities(text: str, found: Sequence[Mention]) -> list[Mention]:
    """Without the nationality of a person named behind it ("Greek President Ana Pappas")."""
    kept = []
    for mention, following in zip_longest(found, found[1:]):
        title = text[mention.end : following.start] if following else ""
        same = following is not None and following.kind == "person"
        if not (same and mention.kind == "state" and _TITLE.fullmatch(title)):
            kept.append(mention)
    return kept


def last_two(found: Iterator[Mention]) -> tuple[Mention, ...]:
    """The two last mentioned, of different ids (and countries, if they have any)."""
    kept: list[Mention] = []
    for mention in found:
        if all(_apart(mention, other) for other in kept):
            kept.append(mention)
        if len(kept) == 2:
            break
    return tuple(reversed(kept))


def _persons_before(mentions: Mentions, start: int) -> Iterator[Mention]:
    for found in mentions.before(start, _FAR):
        yield from (m for m in reversed(found) if m.kind == "person")


def _apart(one: Mention, other: Mention) -> bool:
    same_country = one.entity.country == other.entity.country != ""
    return one.entity.id != other.entity.id and not same_country

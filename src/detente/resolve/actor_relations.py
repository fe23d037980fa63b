"""Who is meant by what they are to another: "its neighbour", "his predecessor", "its ally"."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

from detente.gazetteer.actors import entity, office_holder, term_of
from detente.records import Entity
from detente.resolve.actor_groups import is_country, two_countries
from detente.resolve.actor_mentions import Mentions
from detente.resolve.actor_reference import owner_of

#: What one state is to another; in the plural, several others are meant.
_NOUN = (
    r"(?:[\w-]+\s+){0,2}?(?P<noun>neighbou?rs?|ally|allies|(?:arch-)?rivals?|foes?|partners?"
    r"|adversary|adversaries|opponents?|enemy|enemies|patrons?)"
)
_RELATION = re.compile(rf"(?P<owner>its|their|his|her|the country['’]s)\s+{_NOUN}", re.I)
_OF_NAMED = re.compile(rf"['’]s?\s+{_NOUN}$", re.I)
_HOMELAND = re.compile(r"(?:his|her|its) (?:own |home )?(?:country|nation|homeland)", re.I)
_COUNTERPARTS = re.compile(r"(?:both (?:of )?|two )?(?:his|her|its) (?:two )?counterparts", re.I)
_BOTH = re.compile(r"\b(?:both|two)\b(?: of)? *$", re.I)
_FRIEND = re.compile(r"all|partner|patron", re.I)
_BEFORE_IN_OFFICE = re.compile(r"(?:his|her|their)\s+(?:[\w-]+\s+)?predecessor", re.I)


def other_country(mentions: Mentions, start: int, owner: str, *, friend: bool = False) -> str:
    """The country that the owner's ally or neighbour is: of those told so far the one told most.

    Args:
        mentions: of the whole report.
        start: where the words begin.
        owner: the country whose ally it is.
        friend: whether it is a friend: then no country that the sentence names already
            ("criticised Pristina and backed its ally").
    """
    told = Counter(
        m.entity.country
        for m in mentions.all
        if m.end <= start and is_country(m.entity.country) and m.entity.country != owner
    )
    begin, _ = mentions.sentence_at(start)
    here = {m.entity.country for m in mentions.all if begin <= m.start < start}
    others = [c for c, _ in told.most_common() if not (friend and c in here)]
    return next(iter(others or told), "")


def related(mentions: Mentions, start: int, words: str) -> tuple[Entity, ...] | None:
    """Whom words of relation mean.

    Args:
        mentions: of the whole report.
        start: where the words begin.
        words: a noun phrase.

    Returns:
        The other country of the report for "its ally", nobody for "its neighbours" (the owner is
        not among them), who held the office before for "his predecessor"; None for other words.
    """
    if _HOMELAND.fullmatch(words):
        return _homeland(mentions, start, words)
    relation, before = _RELATION.fullmatch(words), _BEFORE_IN_OFFICE.match(words)
    if relation is None and before is None:
        both = _both_counterparts(mentions, start, words)
        return both or _of_named(mentions, start, words)
    named = _named_beside(mentions, start + len(words))
    if named is not None:
        return (named,)
    owner = owner_of(mentions, start, words)
    if before is not None:
        found = _predecessor(mentions, start, owner) if owner else None
        return (found,) if found else None
    if relation is None or owner is None or _many(relation):
        return () if relation else None
    friend = _FRIEND.match(relation["noun"]) is not None
    country = other_country(mentions, start, owner.country, friend=friend)
    return (entity(country, mentions.on),) if country else ()


def _homeland(mentions: Mentions, start: int, words: str) -> tuple[Entity, ...] | None:
    """ "His country": of whom "his" stands for."""
    owner = owner_of(mentions, start, words)
    if owner is None or not is_country(owner.country):
        return None
    return (entity(owner.country, mentions.on),)


def _both_counterparts(mentions: Mentions, start: int, words: str) -> tuple[Entity, ...] | None:
    """ "Spoke to both of his counterparts": of the two countries told of, none of them his own."""
    if _COUNTERPARTS.fullmatch(words) is None:
        return None
    two = _BOTH.search(mentions.text, max(0, start - 9), start) or re.search(r"both|two", words)
    owner = owner_of(mentions, start, words)
    told = two_countries(mentions, start) if two else ()
    own = owner.country if owner else ""
    return tuple(entity(c, mentions.on) for c in told if c != own) or None


def _of_named(mentions: Mentions, start: int, words: str) -> tuple[Entity, ...] | None:
    """ "Thailand's neighbours" are not Thailand; its one neighbour is the other country told of."""
    relation = _OF_NAMED.search(words)
    owner = next((m for m in mentions.all if m.start == start), None) if relation else None
    if relation is None or owner is None or owner.end != start + relation.start():
        return None
    country = "" if _many(relation) else other_country(mentions, start, owner.entity.country)
    return (entity(country, mentions.on),) if country else ()


def _many(relation: re.Match[str]) -> bool:
    return relation["noun"].endswith("s")


def _named_beside(mentions: Mentions, end: int) -> Entity | None:
    """ "His predecessor, Barack Obama": the name set beside the words."""
    if mentions.text[end : end + 2] != ", ":
        return None
    return next((m.entity for m in mentions.all if m.start == end + 2), None)


def _predecessor(mentions: Mentions, start: int, owner: Entity) -> Entity | None:
    term = term_of(owner.id, mentions.date_at(start))
    if term is None or term.first is None:
        return None
    return office_holder(term.office, term.country, term.first - timedelta(days=1))

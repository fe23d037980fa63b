"""Who is meant by what they are to another: "its neighbour", "his predecessor", "its ally"."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

from detente.gazetteer.actors import entity, office_holder, term_of
from detente.records import Entity
from detente.resolve.actor_groups import is_country
from detente.resolve.actor_mentions import Mentions
from detente.resolve.actor_reference import owner_of

#: What one state is to another.
_RELATION = re.compile(
    r"(?P<owner>its|their|his|her|the country['’]s)\s+(?:[\w-]+\s+){0,2}?"
    r"(?P<noun>neighbou?r|ally|rival|foe|partner|adversary|opponent|enemy|arch-rival|patron)"
    r"(?P<many>s|ies)?",
    re.I,
)
_FRIEND = re.compile(r"ally|partner|patron", re.I)
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
    relation, before = _RELATION.fullmatch(words), _BEFORE_IN_OFFICE.match(words)
    if relation is None and before is None:
        return None
    named = _named_beside(mentions, start + len(words))
    if named is not None:
        return (named,)
    owner = owner_of(mentions, start, words)
    if before is not None:
        found = _predecessor(mentions, start, owner) if owner else None
        return (found,) if found else None
    if relation is None or owner is None or relation["many"]:
        return () if relation else None
    friend = _FRIEND.match(relation["noun"]) is not None
    country = other_country(mentions, start, owner.country, friend=friend)
    return (entity(country, mentions.on),) if country else ()


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

"""What words refer back: pronouns, "the latter", "both presidents", "officials on both sides".

Rules after Lappin & Leass (1994) in small: agreement in number and sex, nearness by sentence, and
within a sentence the first mentioned, which in English news is mostly the subject.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from types import MappingProxyType

from detente.gazetteer.actor_catalogue import catalogue
from detente.gazetteer.actors import entity, leader_of, office_holder
from detente.gazetteer.phrases import entities_of, role_of
from detente.ontology.table import listed, packaged, rows
from detente.records import Entity
from detente.resolve.actor_groups import (
    acting_on,
    is_country,
    joined,
    last_two,
    last_two_persons,
    told_ahead,
    two_countries,
    two_persons,
)
from detente.resolve.actor_mentions import Mention, Mentions
from detente.resolve.actor_numbers import (
    Group,
    countries_of,
    group_in,
    is_of_one_country,
    plurals,
)

NOUN_COLUMNS = ("noun", "kinds", "countries")
_SINGULAR = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_OBJECTS = frozenset({"him", "her", "them"})
_THING = frozenset({"it", "its", "itself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
_PRONOUNS = frozenset(_SINGULAR) | _THING | _PLURAL | _RELATIVE
_THE_SIDES = frozenset(
    {"the sides", "the parties", "the neighbours", "the neighbors", "the rivals", "the foes"}
    | {"the delegations", "the negotiators"}
)
_BOTH_PERSONS = re.compile(
    r"^(?:both|the two|the pair|the duo)\b\s*(?:of the\s+)?"
    rf"(?:men|women|heads of state|statesmen|(?:[a-z-]+\s+){{0,2}}?(?:{plurals('persons')}))?$",
    re.I,
)
_BOTH_SIDES = re.compile(
    r"\b(?:both|the two|two|either|neither|the)(?: [A-Z]\w+| nuclear| old)?\s+"
    rf"(?:{plurals('countries')}|side)\b",
    re.I,
)
_TAKEN_UP = re.compile(r"(?:the|that|this) ([a-z-]+)", re.I)
_THE_PEOPLE = re.compile(r"(?:the|those|these) (?:[a-z-]+ )?([a-z]+s|troops|crew|police)", re.I)
_GROUP = re.compile(
    r"\b(?:both|the two) (?:presidents|leaders|men|women|ministers|sides|countries|nations|states"
    r"|governments|powers|delegations|premiers|diplomats|foreign ministers|prime ministers)\b",
    re.I,
)
_INNER = re.compile(r"\b(?:that|which|who|because|after|when|while|but|(?:of|for|from) \w+ing)\b")
_SPEAKS = re.compile(r"\w+ (?:say|said|told|claim|claimed|call|called|describe|described)\b", re.I)
#: "The later" is a common slip for "the latter".
_LATTER = re.compile(r"^(?:the )?(?:latter|former)$|^the later$", re.I)
_BLAMES = re.compile(
    r"\b(?:accus|blam|suspect|fault|criticis|criticiz|condemn|denounc)\w* (?:the )?$"
)
_QUOTE = re.compile(r'["“”]')
_DEED = re.compile(r" (?:of|for) ")
_CLAUSE = re.compile(r"\b(?:that|who|which|because|when|after|before|if|while|but|and)\b|[,;:]")


def referred(mentions: Mentions, start: int, end: int) -> tuple[Entity, ...] | None:
    """The entities that the words at ``start`` … ``end`` refer back to.

    Returns:
        None if the words are not of a kind that refers; empty if nothing fits.
    """
    words = " ".join(mentions.text[start:end].replace("’", "'").split())
    low = words.lower()
    if low in _PRONOUNS:
        return _pronoun(mentions, start, low)
    if _LATTER.match(low):
        return _latter(mentions, start, low.removeprefix("the "))
    around = mentions.text[max(0, start - 30) : end]
    return None if is_of_one_country(around) else _group(mentions, start, words)


def _group(mentions: Mentions, start: int, words: str) -> tuple[Entity, ...] | None:
    """ "Both presidents", "the three countries", "officials on both sides"."""
    low = words.lower()
    if _BOTH_PERSONS.match(low):
        pair = two_persons(mentions, start, low, _holds)
        return tuple(m.entity for m in pair) if len(pair) == 2 else _heads(mentions, start, low)
    group = group_in(low)
    if group is not None:
        return _sized(mentions, start, words, group)
    sides = [m[0] for m in _BOTH_SIDES.finditer(low)]
    told = any(not s.startswith("the ") or s.startswith("the two") for s in sides)
    return _sides(mentions, start, words) if told or low in _THE_SIDES else None


def _sized(mentions: Mentions, start: int, words: str, group: Group) -> tuple[Entity, ...]:
    """ "The three countries", "the foreign ministers of the three states"."""
    people = words if group.kind == "persons" else words[: group.start]
    told = entities_of(re.sub(r"^(?:all|the|these|those)\b(?: the)? ?", "", people.strip()))
    countries = countries_of(mentions, start, group.size)
    return tuple(_on_side(country, told if people else ()) for country in countries)


def _heads(mentions: Mentions, start: int, low: str) -> tuple[Entity, ...]:
    """ "Both leaders" where only their countries were named: who held the office there."""
    role, on = role_of(low), mentions.date_at(start)
    if role is None:
        return ()
    leading = role.key in {"leader", "head-of-state"}
    return tuple(
        (leader_of(c, on) if leading else office_holder(role.key, c, on)) or entity(c)
        for c in two_countries(mentions, start)
    )


def _pronoun(mentions: Mentions, start: int, low: str) -> tuple[Entity, ...]:
    if low in _SINGULAR:
        beside = _own_subject(mentions, start, low) if low in {"his", "her"} else None
        return _one(beside or _person(mentions, start, _SINGULAR[low], low in _OBJECTS))
    if low in _THING:
        beside = _own_state(mentions, start) if low == "its" else None
        return _one(beside or _thing(mentions, start))
    if low in _PLURAL:
        ahead = tuple(m.entity for m in told_ahead(mentions, start))
        return ahead or _many(mentions, start, low == "them")
    same = _same(mentions, start)
    beside = next((m for m in same if mentions.text[m.end : start] in {", ", " "}), None)
    return _one(beside or next((m for m in reversed(same) if not m.placed), None))


def owner_of(mentions: Mentions, start: int, words: str) -> Entity | None:
    """Whom "his", "her", "its", "their" or "whose" at the head or inside of a phrase mean."""
    match = re.search(r"\b(his|her|its|their|whose)\b", words, re.I)
    if match is None:
        return None
    found = referred(mentions, start + match.start(), start + match.end())
    return found[0] if found else None


def owners_of(mentions: Mentions, start: int, words: str) -> tuple[Entity, ...]:
    """All whom "their" at the head of a phrase stands for ("their foreign ministers")."""
    match = re.match(r"their\b", words, re.I)
    return () if match is None else referred(mentions, start, start + match.end()) or ()


def country_around(mentions: Mentions, position: int) -> str:
    """The country that a phrase without one belongs to.

    Within its clause the nearest before it ("accused Russia of sending troops"), else the subject
    of the sentence or of the one before, else what its sentence names after it.
    """
    for near, found in enumerate(mentions.before(position, 2)):
        told = [
            m
            for m in found
            if is_country(m.entity.country) and not (near == 0 and _quoted(mentions, m, position))
        ]
        acting = [m for m in told if not m.placed]
        if near == 0 and acting and _INNER.search(mentions.text[acting[0].end : position]):
            return acting[-1].entity.country
        if acting or told:
            return (acting or told)[0].entity.country
    start, end = mentions.sentence_at(position)
    later = (
        m.entity.country for m in mentions.all if position < m.start < end and start <= m.start
    )
    return next((c for c in later if is_country(c)), "")


def _quoted(mentions: Mentions, mention: Mention, position: int) -> bool:
    """Whether a name stands in a quotation that ends before the words: it says nothing of them."""
    begin, _ = mentions.sentence_at(position)
    opened = _QUOTE.search(mentions.text, begin, mention.start) is not None
    return opened and _QUOTE.search(mentions.text, mention.end, position) is not None


def people_before(mentions: Mentions, start: int, words: str) -> str:
    """The country of "the soldiers" who were "two Israeli soldiers" before, else ""."""
    match = _THE_PEOPLE.fullmatch(words.strip())
    if match is None:
        return ""
    for name in reversed([n for n in mentions.names if n.end < start and n.kind == "demonym"]):
        after = mentions.text[name.end : name.end + 40]
        if re.match(rf" (?:[a-z-]+ ){{0,2}}{re.escape(match[1])}\b", after):
            return catalogue().states[name.ids[0]].country
    return ""


def taken_up_by(mentions: Mentions, start: int, words: str) -> Entity | None:
    """The actor that "the alliance", "the kingdom" or "the group" takes up: the last that fits."""
    match = _TAKEN_UP.fullmatch(words.strip())
    noun = match[1].lower() if match else ""
    kinds, countries = actor_nouns().get(noun), countries_called().get(noun)
    if kinds is None:
        return None
    for found in mentions.before(start, 6):
        for mention in reversed(found):
            body = catalogue().bodies.get(mention.entity.id)
            kind = body.kind if body else mention.kind
            fits = not countries or mention.entity.country in countries
            fits = fits and ("named" not in kinds or noun in mention.entity.name.lower())
            if kind in kinds and fits and not mention.placed:
                return mention.entity
    return None


@cache
def countries_called() -> Mapping[str, frozenset[str]]:
    """The countries that a noun can mean, where not all ("the emirate")."""
    table = packaged("detente.resolve", "actor_nouns.csv")
    return MappingProxyType(
        {
            row["noun"]: frozenset(listed(row["countries"]))
            for _, row in rows(table, NOUN_COLUMNS)
            if row["countries"]
        }
    )


@cache
def actor_nouns() -> Mapping[str, frozenset[str]]:
    """The kinds of actors that each noun may take up."""
    table = packaged("detente.resolve", "actor_nouns.csv")
    return MappingProxyType(
        {row["noun"]: frozenset(listed(row["kinds"])) for _, row in rows(table, NOUN_COLUMNS)}
    )


def same_office(mentions: Mentions, start: int, office: str) -> Entity | None:
    """The person last mentioned who holds an office of this key ("the president")."""
    for found in mentions.before(start, 6):
        for mention in reversed(found):
            if mention.kind == "person" and _holds(mention, office, mentions.date_at(start)):
                return mention.entity
    return None


def _holds(mention: Mention, office: str, on: date | None) -> bool:
    terms = catalogue().terms.get(mention.entity.id, ())
    held = {t.office for t in terms if on is None or t.covers(on)}
    if office == "leader":
        return bool(held & {"president", "prime-minister", "chancellor", "supreme-leader"})
    return office in held


def _one(mention: Mention | None) -> tuple[Entity, ...]:
    return (mention.entity,) if mention is not None else ()


def _same(mentions: Mentions, position: int) -> tuple[Mention, ...]:
    return next(mentions.before(position, 1), ())


def _person(mentions: Mentions, start: int, sex: str, object_: bool) -> Mention | None:
    for near, found in enumerate(mentions.before(start, 4)):
        fitting = [m for m in found if m.kind == "person" and m.sex in {sex, ""}]
        if near == 0 and object_:
            fitting = [m for m in fitting if _other_clause(mentions.text, m, start)]
        sure = [m for m in fitting if m.sex == sex]
        if fitting:
            return (sure or fitting)[0]
    return None


def _own_subject(mentions: Mentions, start: int, low: str) -> Mention | None:
    """Whose "his" is: the person it is joined to, else the one who acts in its clause."""
    acting = [m for m in acting_on(mentions, start) if m.kind == "person"]
    fitting = [m for m in acting if m.sex in {_SINGULAR[low], ""}]
    return _joined_owner(mentions, start) or (fitting[-1] if len(fitting) == 1 else None)


def _own_state(mentions: Mentions, start: int) -> Mention | None:
    """Whose "its" is: "Bahrain followed, while Qatar withdrew its diplomats" speaks of Qatar's."""
    acting = [m for m in acting_on(mentions, start) if m.kind in {"state", "body"}]
    return acting[-1] if len(acting) == 1 else None


def _joined_owner(mentions: Mentions, start: int) -> Mention | None:
    """ "Skripal and his daughter": the possessive is the person's that it is joined to."""
    found = [m for m in _same(mentions, start) if m.kind == "person"]
    if found and re.fullmatch(r"\s+(?:and|with)\s+", mentions.text[found[-1].end : start]):
        return found[-1]
    return None


def _other_clause(text: str, mention: Mention, start: int) -> bool:
    """An object pronoun is not its own clause's subject ("Putin told him")."""
    owner = text[mention.end : mention.end + 2] in {"'s", "’s"}
    return owner or _CLAUSE.search(text[mention.end : start]) is not None


def _thing(mentions: Mentions, start: int) -> Mention | None:
    for found in mentions.before(start, 3):
        fitting = [m for m in found if m.kind in {"state", "body"} and not m.placed]
        blamed = [m for m in fitting if _blamed(mentions.text, m, start)]
        if fitting:
            return (blamed or fitting)[0]
    return None


def _blamed(text: str, mention: Mention, start: int) -> bool:
    """ "Accused Athens of breaking a promise when it signed": it is the one accused."""
    before = _BLAMES.search(text[max(0, mention.start - 24) : mention.start])
    return before is not None and _DEED.match(text[mention.end : start]) is not None


def _many(mentions: Mentions, start: int, object_: bool = False) -> tuple[Entity, ...]:
    """A coordinated pair, else the two countries of the sentence, else its first group."""
    speaks = _SPEAKS.match(mentions.text, start) is not None
    for found in mentions.before(start, 2):
        group = _group_before(mentions, start)
        if group:
            return group
        pair = joined(mentions.text, found)
        if pair:
            return tuple(m.entity for m in pair)
        acting = {m.entity.id for m in acting_on(mentions, start)} if object_ else set()
        two = _by_country([m for m in found if m.kind == "person" and m.entity.id not in acting])
        if len(two) == 2 and not speaks:
            return tuple(m.entity for m in two)
        by_country = _by_country([m for m in found if m.entity.id not in acting])
        if len(by_country) == 2 and not speaks:
            return tuple(m.entity for m in by_country)
        bodies = [m for m in found if m.kind != "person" and not m.placed]
        if bodies:
            return (bodies[0].entity,)
    return ()


def _group_before(mentions: Mentions, start: int) -> tuple[Entity, ...]:
    """What "both presidents" or "the two sides" of the same sentence stands for."""
    begin, _ = mentions.sentence_at(start)
    groups = list(_GROUP.finditer(mentions.text, begin, start))
    if not groups:
        return ()
    return referred(mentions, groups[-1].start(), groups[-1].end()) or ()


def _by_country(found: Sequence[Mention]) -> tuple[Mention, ...]:
    first: dict[str, Mention] = {}
    for mention in found:
        if is_country(mention.entity.country) and not mention.placed:
            first.setdefault(mention.entity.country, mention)
    return tuple(first.values())


def _latter(mentions: Mentions, start: int, which: str) -> tuple[Entity, ...]:
    pair = last_two_persons(mentions, start)
    same = [m for m in _same(mentions, start) if not m.placed]
    if len(pair) < 2 or (same and not any(m in same for m in pair)):
        pair = last_two(reversed([m for m in same if m.kind != "person"])) or pair
    if len(pair) < 2:
        told = next((f for f in mentions.before(start, 3) if f), ())
        pair = last_two(reversed(_by_country(told))) or pair
    if not pair:
        return ()
    return (pair[0].entity if which == "former" else pair[-1].entity,)


def _sides(mentions: Mentions, start: int, words: str) -> tuple[Entity, ...]:
    """The last two countries spoken of, each with the sector of the people on that side."""
    head = words[: [m.start() for m in _BOTH_SIDES.finditer(words)][-1]]
    people = entities_of(head.strip(), mentions.on)
    return tuple(_on_side(country, people) for country in two_countries(mentions, start))


def _on_side(country: str, people: Sequence[Entity]) -> Entity:
    state = entity(country)
    if not people:
        return state
    one = people[0]
    return replace(one, id=f"{country}-{one.id}", country=country, name=f"{state.name}: {one.name}")

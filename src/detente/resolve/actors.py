"""Linking a report's actors, recipients and speakers to entities, by all names in its text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from detente.gazetteer.actors import leader_of, office_holder, term_of
from detente.gazetteer.phrases import entities_of, is_plural, role_of
from detente.gazetteer.spelling import slug
from detente.records import Entity, Passage, Report
from detente.resolve.actor_mentions import Mention, Mentions, is_given
from detente.resolve.actor_reference import (
    country_around,
    owner_of,
    owners_of,
    people_before,
    referred,
    same_office,
    taken_up_by,
)
from detente.resolve.actor_relations import related
from detente.resolve.actor_states import state_adjectives, state_called
from detente.resolve.report_home import DOMESTIC, is_statement

#: Offices that many hold at once.
_MANY = frozenset({"official", "legislator", "ambassador", "adviser", "minister", "member"})
_OWNERS = frozenset({"person", "surname", "state", "demonym", "capital", "seat"})
_OWNED = re.compile(r"(?:['’]s?)? (?:(?:own|former|new|then|senior|top) )?")
_HIS = re.compile(r"(?:his|her)\b", re.I)
#: "Of the United States, Russia and Kuwait": what stands between the first and a later state.
_LISTED = re.compile(r"(?:, (?:the )?[A-Z][\w ]+?)*,? and (?:the )?")
_NAME = re.compile(r"[A-Z][\w'’.-]+(?: [a-z]{2,3})?(?: [A-Z][\w'’.-]+)+")
_OWNED_ROLE = re.compile(r"\b(its|his|her|their) [a-z][a-z ]{2,40},? ?$", re.I)
_HONORIFIC = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Mme|M)\.? (?=[A-Z])")
_BOTH_SIDES = re.compile(r" (?:on|from|of) (?:both|the two) (?:sides|countries|nations|states)\b")
#: Countries are not read into phrases about these.
_NOWHERE = frozenset({"IGO", "NGO"})
_REGIONAL = frozenset(
    {"western", "european", "asian", "eastern", "southern", "northern", "islamist", "jihadist"}
)
#: In a report from a capital, the office in capital letters is the own country's.
_OWN_OFFICE = re.compile(r"[Tt]he (?:Foreign |Prime |Defen[cs]e )?[A-Z][a-z]+$")
_MEMBERS = re.compile(r"(?:(?:all|some|other|several|its|the) )?member (?:states|countries)", re.I)
#: Criminals are of no state unless their words say of which.
_STATELESS = frozenset({"CRM"})


def link(
    report: Report, passages: Sequence[Passage], on: date | None
) -> Mapping[Passage, tuple[Entity, ...]]:
    """The entities each passage means.

    Args:
        report: the whole report; its text is scanned once.
        passages: actors, recipients and speakers of its events.
        on: the report's day. A sentence that names an earlier year is read as of that time, so
            that Obama is President in "In December 2016, Obama ordered".

    Returns:
        Entities a passage: several for "both presidents", none where nothing is known. A name that
        date and context leave open carries ``alternatives``.
    """
    return link_in(Mentions(report.text, on), passages)


def link_in(
    mentions: Mentions, passages: Sequence[Passage]
) -> Mapping[Passage, tuple[Entity, ...]]:
    """As :func:`link`, for a report whose mentions are known."""
    return {passage: _linked(mentions, passage) for passage in dict.fromkeys(passages)}


def _linked(mentions: Mentions, named: Passage) -> tuple[Entity, ...]:
    passage = _widened(mentions, named)
    back = referred(mentions, passage.start, passage.end)
    if back is not None:
        return back
    unknown = mentions.unknown.get(
        _HONORIFIC.sub("", passage.text).removesuffix("'s").removesuffix("’s")
    )
    if unknown is not None:
        return (_of_a_country(mentions, unknown),)
    short = next((m for m in mentions.all if _same_words(m, passage)), None)
    if short is not None:
        return (short.entity,)
    back = _by_relation(mentions, passage)
    if back is not None:
        return back
    if _MEMBERS.fullmatch(passage.text):
        return ()
    named_so = _HONORIFIC.sub("", _without_longer(mentions, passage))
    found = entities_of(named_so, mentions.date_at(passage.start), mentions.in_full)
    return (
        _of_each(mentions, passage, found)
        or tuple(_placed(mentions, passage, e) for e in found if _is_told_of(mentions, e))
        or _of_the_office(mentions, passage)
    )


def _of_the_office(mentions: Mentions, passage: Passage) -> tuple[Entity, ...]:
    """Who is told by name alone in a statement is of the state that makes it."""
    if not mentions.home or not is_statement(mentions.text) or not _NAME.fullmatch(passage.text):
        return ()
    name = passage.text
    return (Entity(id=slug(name), name=name, country=mentions.home),)


def _is_told_of(mentions: Mentions, found: Entity) -> bool:
    """A name known as a far town only ("Amal") means none where nobody speaks of its country."""
    town = found.id == slug(found.name) and found.sectors == ("CIV",) and not found.office
    return not town or any(m.entity.country == found.country for m in mentions.all)


def _without_longer(mentions: Mentions, passage: Passage) -> str:
    """A phrase up to a known surname that is but part of another's name ("Ali Rabiei")."""
    for name in mentions.names:
        inside = passage.start < name.start and name.end < passage.end
        if inside and is_given(mentions.text, name):
            return mentions.text[passage.start : name.start].rstrip()
    return passage.text


def _by_relation(mentions: Mentions, passage: Passage) -> tuple[Entity, ...] | None:
    """ "The alliance", "its ally", "his counterpart": who is taken up or stands in a relation."""
    state = state_called(mentions, passage.start, passage.text)
    if state is not None:
        return (state,)
    taken_up = taken_up_by(mentions, passage.start, passage.text)
    if taken_up is not None:
        return (taken_up,)
    relation = related(mentions, passage.start, passage.text)
    if relation is not None:
        return relation
    counterpart = _counterpart(mentions, passage)
    return (counterpart,) if counterpart is not None else None


def _same_words(mention: Mention, passage: Passage) -> bool:
    return (mention.start, mention.end) == (passage.start, passage.end) and mention.kind == "state"


def _of_a_country(mentions: Mentions, person: Entity) -> Entity:
    """A person whose role is told without a country is of the one spoken of there.

    "Its envoy, Roy Chaderton": of whom "its" stands for; "the assistant secretary of state": of
    the country around.
    """
    at = mentions.text.find(person.name)
    if person.country or not person.office or at < 0 or not _NAME.fullmatch(person.name):
        return person
    owned = _OWNED_ROLE.search(mentions.text, max(0, at - 60), at)
    owner = owner_of(mentions, owned.start(), owned[1]) if owned else None
    country = owner.country if owner else mentions.home or country_around(mentions, at)
    return person if country in _NOWHERE else replace(person, country=country)


def _of_each(
    mentions: Mentions, passage: Passage, found: Sequence[Entity]
) -> tuple[Entity, ...] | None:
    """ "Their foreign ministers": one of each country that "their" stands for."""
    if len(found) != 1 or found[0].country or not is_plural(passage.text):
        return None
    owners = [o.country for o in owners_of(mentions, passage.start, passage.text)]
    countries = [c for c in dict.fromkeys(owners) if c not in _NOWHERE | {""}]
    if len(countries) < 2:
        return None
    one = found[0]
    return tuple(replace(one, id=f"{c}-{one.id}", country=c) for c in countries)


def _widened(mentions: Mentions, passage: Passage) -> Passage:
    """With an owner or nationality right before it, and "on both sides" right after it.

    A coder may hand on the bare noun of "Trump's national security adviser".
    """
    start, end, text = passage.start, passage.end, mentions.text
    if role_of(passage.text) is None:
        return passage
    beside = _BOTH_SIDES.match(text, end)
    end = beside.end() if beside else _with_second_state(mentions, passage)
    for name in mentions.names:
        if name.end < start and name.kind in _OWNERS and _OWNED.fullmatch(text, name.end, start):
            start = name.start
            break
    return Passage(report=passage.report, start=start, end=end, text=text[start:end])


def _with_second_state(mentions: Mentions, passage: Passage) -> int:
    """Where "the presidents of the United States and Russia" ends, if cut after the first."""
    if is_plural(passage.text) and " of " in passage.text:
        for name in mentions.names:
            between = mentions.text[passage.end : name.start]
            if name.kind == "state" and _LISTED.fullmatch(between):
                return name.end
    return passage.end


def _placed(mentions: Mentions, passage: Passage, entity: Entity) -> Entity:
    """A state acts as its government; a phrase without country takes it from around it."""
    pronoun = _HIS.match(passage.text)
    if pronoun is not None and entity.id.startswith(f"{entity.country}-"):
        return _owned(mentions, passage, entity)
    if entity.country:
        return entity if entity.sectors or "-" in entity.id else replace(entity, sectors=("GOV",))
    if not entity.sectors or entity.sectors[0] in _NOWHERE or not entity.id:
        return entity
    role = role_of(passage.text)
    if role is None or entity.id not in {role.key, "people"}:
        return _of_a_country(mentions, entity)
    return _in_context(mentions, passage, entity, role.key)


def _owned(mentions: Mentions, passage: Passage, entity: Entity) -> Entity:
    """ "His daughter in England" is of his country, wherever she is."""
    owner = owner_of(mentions, passage.start, passage.text)
    if owner is None or owner.country in _NOWHERE | {""}:
        return entity
    kind = entity.id.removeprefix(f"{entity.country}-")
    return replace(entity, id=f"{owner.country}-{kind}", country=owner.country)


def _in_context(mentions: Mentions, passage: Passage, entity: Entity, office: str) -> Entity:
    """ "The president", "its foreign minister", "the intelligence agencies" after a country."""
    owner = owner_of(mentions, passage.start, passage.text) or _inside(mentions, passage)
    single = bool(entity.office) and entity.count is None and not is_plural(passage.text)
    single = single and not entity.office.startswith("former") and office not in _MANY
    own = mentions.home if owner is None and _OWN_OFFICE.match(passage.text) else ""
    if owner is None and single and not own:
        known = same_office(mentions, passage.start, office)
        if known is not None:
            return known
    country = owner.country if owner else own
    country = country or people_before(mentions, passage.start, passage.text)
    if not country and not _STATELESS.isdisjoint(entity.sectors):
        return entity
    if not country and _is_regional(passage.text):
        return entity
    if not country and DOMESTIC.fullmatch(passage.text):
        country = mentions.home
    country = country or country_around(mentions, passage.start)
    if not country or country in _NOWHERE:
        return entity
    holder = office_holder(office, country, mentions.date_at(passage.start)) if single else None
    return holder or replace(entity, id=f"{country}-{entity.id}", country=country)


def _is_regional(words: str) -> bool:
    """ "Gulf officials", "Western diplomats" are of several states, and of none."""
    return any(
        word in _REGIONAL or word in state_adjectives()
        for word in re.findall(r"\b[A-Z][a-z]+\b", words)
        for word in (word.lower(),)
    )


def _inside(mentions: Mentions, passage: Passage) -> Entity | None:
    """Who opens a phrase: a state's short name ("the North's forces"), "Mr Moon's government"."""
    title = _HONORIFIC.match(passage.text)
    start = passage.start + (title.end() if title else 0)
    for mention in mentions.all:
        if mention.start == start and mention.end < passage.end:
            owns = mentions.text[mention.end : mention.end + 2] in ("'s", "’s")
            return mention.entity if mention.kind == "state" or owns else None
    return None


def _counterpart(mentions: Mentions, passage: Passage) -> Entity | None:
    """ "His US counterpart": who holds there the office of the person last mentioned."""
    if "counterpart" not in passage.text:
        return None
    found = entities_of(passage.text, mentions.date_at(passage.start), mentions.in_full)
    if not found or ("leader" not in found[0].id and "counterpart" not in found[0].office):
        theirs = found[0] if found else None
        if theirs is None or theirs != leader_of(theirs.country, mentions.on):
            return None
    country = found[0].country
    on = mentions.date_at(passage.start)
    for group in mentions.before(passage.start, 3):
        for mention in reversed(group):
            term = term_of(mention.entity.id, on) if mention.kind == "person" else None
            if term is not None and term.country != country:
                return office_holder(term.office, country, on) or found[0]
    return found[0]

"""Who a bare noun phrase means: nationality, body and role words read together.

"Russian defence ministry officials" is Russia's government and military; "five Iraqis" five
civilians of Iraq; "the Russian President" whoever held that office on the day. The phrase is cut
into its head and the tails behind prepositions; the head's last role word tells the sector, unless
it is a weak one ("official", "member"), which takes that of the body or word beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from detente.gazetteer.actor_catalogue import catalogue
from detente.gazetteer.actor_records import Agent
from detente.gazetteer.actors import (
    candidates,
    entity,
    head_of,
    is_leading,
    leader_of,
    office_holder,
)
from detente.gazetteer.counts import count_in
from detente.gazetteer.names import Named, find_names, lookup
from detente.gazetteer.phrase_country import countries_of
from detente.gazetteer.phrase_reading import (
    AGENTS,
    BODIES,
    PLACED,
    Phrase,
    agent_in,
    body_in,
    read_phrase,
)
from detente.gazetteer.spelling import slug
from detente.records import Entity

_PERSONS = frozenset({"person", "surname"})
_ARTICLE = re.compile(r"^(?:the|a|an|this|that|these|those|his|her|its|their|our)\s+", re.I)
_LAST_NAME = re.compile(r"((?:[A-Z][\w'.-]*\s+){1,6}(?:[a-z]{2,3}\s+){0,2}[A-Z][\w'-]+)$")
_FULL_NAME = re.compile(r"(?:[A-Z][\w'.-]*\s+){1,3}(?:[a-z]{2,3}\s+){0,2}[A-Z][\w'-]+")
#: Words for whoever stands at the head of a body.
_HEADS = frozenset(
    {"head", "chief", "director", "chairman", "chair", "chairwoman", "boss", "leader", "president"}
    | {"secretary-general", "secretary general", "commander", "director general"}
)


def entity_of(phrase: str, on: date | None = None) -> Entity | None:
    """The one actor a bare noun phrase means, or None where nothing in it is known."""
    return next(iter(entities_of(phrase, on)), None)


def entities_of(
    phrase: str, on: date | None = None, prefer: frozenset[str] = frozenset()
) -> tuple[Entity, ...]:
    """The actors a bare noun phrase means: several where nationalities are joined.

    Args:
        phrase: a noun phrase as written, without context ("US and Russian officials").
        on: the day it speaks of; decides who held an office.
        prefer: ids that a name means before any other that it fits.

    Returns:
        Entities with country, sectors and, in counted groups, count. A person whose name fits
        several is the likeliest, with the others as ``alternatives``. The sectors of a bare
        state are empty: a country is no one sector.
    """
    read = read_phrase(phrase)
    if not read.parts:
        return ()
    alone = _surname_alone(phrase, read, on, prefer)
    if alone is not None:
        return (alone,)
    persons = _persons(read, on, prefer)
    if persons:
        return persons
    countries = countries_of(read, on)
    found = tuple(_composed(read, country, on) for country in countries or ("",))
    return tuple(e for e in dict.fromkeys(found) if e is not None)


def is_plural(phrase: str) -> bool:
    """Whether the role word of a phrase stands in the plural."""
    return read_phrase(phrase).plural


def role_of(phrase: str) -> Agent | None:
    """The role word by which a phrase is read, or None."""
    read = read_phrase(phrase)
    return agent_in(read) if read.parts else None


def _persons(read: Phrase, on: date | None, prefer: frozenset[str]) -> tuple[Entity, ...]:
    """The persons named as the phrase's head.

    Not owners ("Trump's adviser", "the Obama administration"), nor persons in a tail.
    """
    for part in read.parts:
        first = part is read.parts[0]
        others = part.of(AGENTS | BODIES)
        named = [n for n in part.of(_PERSONS) if not _owns(read.text, n, others)]
        if named and (first or read.text[part.start - 1 : part.start] == ","):
            roles = {i for n in part.of(AGENTS) for i in n.ids}
            heads = _joined_heads(read.text, named)
            chosen = (_choose(candidates(n, on, prefer), roles, on, prefer) for n in heads)
            return tuple(_in_role(read, e) for e in dict.fromkeys(chosen) if e is not None)
        if first and part.of(AGENTS | BODIES | PLACED) and "," not in read.text:
            return ()
    return ()


def _in_role(read: Phrase, person: Entity) -> Entity:
    """A person of whom no office is known on the day has the part that the phrase tells."""
    agent = agent_in(read)
    if person.sectors or agent is None:
        return person
    sectors = ("ELI", *agent.sectors) if read.past else agent.sectors
    return replace(person, sectors=sectors, office=_office_words(read, agent))


def _surname_alone(
    phrase: str, read: Phrase, on: date | None, prefer: frozenset[str]
) -> Entity | None:
    """A phrase that is nothing but a surname means the person, even where it is a word as well."""
    # Two letters are more likely a pronoun at the head of a sentence ("He", "It") than a surname.
    if any(part.names for part in read.parts) or not phrase[:1].isupper() or len(phrase) < 3:
        return None
    named = lookup(phrase.removesuffix("'s").removesuffix("’s"))
    if named is None or named.kind != "surname":
        return None
    return _choose(candidates(named, on, prefer), set(), on, prefer)


def _joined_heads(text: str, named: Sequence[Named]) -> list[Named]:
    """All persons where "and" joins them, else the last alone."""
    heads = [named[-1]]
    for name in reversed(named[:-1]):
        if re.search(r"\band\b|&", text[name.end : heads[0].start]) is None:
            break
        heads.insert(0, name)
    return heads


def _owns(text: str, name: Named, others: Sequence[Named]) -> bool:
    """Whether a person's name only says whose: "Trump's adviser", "the Obama administration"."""
    if text[name.end : name.end + 1] == "'":
        return True
    after = (text[name.end : other.start] for other in others if other.start > name.end)
    return any(re.fullmatch(r"(?: (?!and\b)[a-z-]+){0,2} ", between) for between in after)


def _choose(
    found: Sequence[Entity], roles: set[str], on: date | None, prefer: frozenset[str]
) -> Entity | None:
    """The candidate whose office the title names, else the first.

    Others stay as alternatives where neither title, text nor day decides: nobody of the name was
    in office, or several in offices of like weight.
    """
    if not found:
        return None
    held = [e for e in found if roles & _offices(e.id, on)]
    best = held[0] if held else found[0]
    if held or len(found) == 1 or best.id in prefer:
        return best
    serving = [e for e in found if e.office and not e.office.startswith("former ")]
    rivals = [e for e in serving if is_leading(e.id, on) == is_leading(best.id, on)]
    others = rivals if serving else found
    return replace(best, alternatives=tuple(e.id for e in others if e.id != best.id))


def _offices(identifier: str, on: date | None) -> set[str]:
    terms = catalogue().terms.get(identifier, ())
    return {t.office for t in terms if on is None or t.covers(on)}


def _composed(read: Phrase, country: str, on: date | None) -> Entity | None:
    holder = _holder(read, country, on)
    if holder is not None:
        return holder
    body = body_in(read)
    agent = agent_in(read)
    named = _just_a_name(read, country, body, agent, on)
    if named is not None:
        return named
    sectors = _sectors(read, body, agent, on)
    if country and agent is None and body is None and not any(p.names for p in read.parts):
        return Entity(id=slug(read.text), name=read.text, country=country, sectors=("CIV",))
    if not (country or sectors or agent):
        return None
    if read.past and agent is not None:
        sectors = ("ELI", *(s for s in sectors if s != "ELI"))
    if not sectors and agent is not None and agent.key == "man" and country:
        sectors = ("CIV",)
    if body is None and agent is None and sectors == ("GOV",):
        return entity(read.parts[0].of(PLACED)[0].ids[0])
    return _generic(read, country, sectors, body, agent)


def _generic(
    read: Phrase,
    country: str,
    sectors: tuple[str, ...],
    body: Named | None,
    agent: Agent | None,
) -> Entity:
    unknown = _unknown_head(read) if agent is not None and agent.kind != "body" else ""
    key = body.ids[0] if body else f"{country}-{agent.key if agent else 'people'}".strip("-")
    return Entity(
        id=slug(unknown) if unknown else key,
        name=unknown or _ARTICLE.sub("", read.text),
        country=country,
        sectors=sectors,
        office=_office_words(read, agent),
        count=count_in(read.text),
    )


def _unknown_head(read: Phrase) -> str:
    """An unknown person's name at the phrase's head, or set off from it by a comma."""
    head = unknown_name(read.text[: read.parts[0].end])
    if head or len(read.parts) < 2 or read.text[read.parts[1].start - 1] != ",":
        return head
    first = read.text[: read.parts[0].end]
    after = read.text[read.parts[1].start : read.parts[1].end].strip()
    if not read.parts[0].names and _FULL_NAME.fullmatch(first):
        return first
    return after if not read.parts[1].names and _FULL_NAME.fullmatch(after) else ""


def unknown_name(text: str) -> str:
    """The capitalised name of a person not in the tables that ends a phrase, or ""."""
    match = _LAST_NAME.search(text)
    if match is None:
        return ""
    start, end = match.span(1)
    # Titles and nationalities before the name are no part of it.
    inside = [n.end for n in find_names(text) if n.start < end and start < n.end]
    start = max([start, *(bound + 1 for bound in inside)])
    return text[start:end] if len(text[start:end].split()) >= 2 else ""


def _office_words(read: Phrase, agent: Agent | None) -> str:
    if agent is None or agent.kind != "office":
        return ""
    return f"former {agent.form}" if read.past else agent.form


def _holder(read: Phrase, country: str, on: date | None) -> Entity | None:
    """The person in the one office that a singular role and a country name."""
    agent = agent_in(read, weak_too=True)
    body = body_in(read)
    if agent is not None and body is not None and agent.form in _HEADS and not read.other:
        head = None if read.past or read.plural else head_of(body.ids[0], on)
        if head is not None:
            return head
    if agent is None or agent.kind != "office" or read.past or read.other or read.plural:
        return None
    if agent.key in {"official", "legislator", "ambassador", "adviser", "minister"} or not country:
        return None
    if agent.key == "leader":
        return leader_of(country, on) if body is None else None
    bodies = tuple(catalogue().bodies[n.ids[0]].name for n in read.parts[0].of(BODIES))
    return office_holder(agent.key, country, on, hints=bodies)


def _sectors(
    read: Phrase, body: Named | None, agent: Agent | None, on: date | None
) -> tuple[str, ...]:
    own = agent.sectors if agent else ()
    if body is None:
        if not own and agent is not None and agent.weak:
            return ("GOV",) if read.parts[0].of(PLACED) and agent.key != "man" else ()
        return own or _people_sectors(read)
    of_body = entity(body.ids[0], on).sectors
    strong = agent is not None and not agent.weak and agent.kind == "office"
    if body.kind in {"organisation", "party"} and agent is not None and not agent.weak:
        return own
    if body.kind == "seat" and agent is not None and not agent.weak:
        return own or of_body
    return own if strong and "GOV" not in own else of_body


def _people_sectors(read: Phrase) -> tuple[str, ...]:
    """Nationals in the plural or counted are civilians; a bare nationality its government."""
    head = read.parts[0]
    demonyms = head.of(frozenset({"demonym", "region"}))
    if not demonyms or demonyms[-1].end != head.end:
        return ()
    word = read.text[demonyms[-1].start : demonyms[-1].end]
    counted = count_in(read.text) is not None
    noun = word.endswith("s") and word[:-1] in _singulars()
    the = read.text.lower().startswith("the ")
    if counted or (noun and not the):
        return ("CIV",)
    return ("GOV",) if demonyms[-1].kind == "demonym" else ()


@cache
def _singulars() -> frozenset[str]:
    """All nationalities and names of peoples: such a word with an -s is its plural."""
    known = catalogue()
    states = (demonym for state in known.states.values() for demonym in state.demonyms)
    return frozenset(states) | {name for region in known.regions for name in region.names}


def _just_a_name(
    read: Phrase, country: str, body: Named | None, agent: Agent | None, on: date | None
) -> Entity | None:
    """A phrase that is no more than the name of a body, state, capital or seat, or several."""
    if agent is not None or read.past:
        return None
    if body is not None:
        found = entity(body.ids[0], on)
        # "Islamic State in Syria": a body of no one country acts here in the one that is named.
        return found if found.country else replace(found, country=country)
    names = read.parts[0].of(PLACED)
    if len(read.parts) > 1 or not names:
        return None
    rest = read.text
    for name in reversed(names):
        rest = rest[: name.start] + rest[name.end :]
    if _ARTICLE.sub("", rest + " ").strip(" ,-–&/") not in {"", "and", "or"}:
        return None
    own = next((n for n in names if catalogue().states[n.ids[0]].country == country), names[-1])
    place = _place_entity(own)
    return entity(own.ids[0]) if place is None and len(names) > 1 else place


def _place_entity(name: Named) -> Entity | None:
    found = entity(name.ids[0])
    if name.kind == "state":
        return replace(found, sectors=())
    return found if name.kind == "capital" else None

"""Who a bare noun phrase means: nationality, body and role words read together.

"Russian defence ministry officials" is Russia's government and military; "five Iraqis" five civilians
of Iraq; "the Russian President" whoever held that office on the day. The phrase is cut into its head
and the tails behind prepositions; the head's last role word tells the sector, unless it is a weak one
("official", "member"), which takes that of the body or word beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from types import MappingProxyType

from detente.gazetteer.actor_catalogue import catalogue
from detente.gazetteer.actor_records import Agent
from detente.gazetteer.actors import candidates, entity, head_of, leader_of, office_holder
from detente.gazetteer.counts import count_in
from detente.gazetteer.names import Named, find_names
from detente.gazetteer.spelling import fold
from detente.ontology.table import packaged, rows
from detente.records import Entity

PLACED = frozenset({"state", "demonym", "capital", "region"})
BODIES = frozenset({"organisation", "group", "party", "agency", "breakaway", "seat"})
AGENTS = frozenset({"role", "institution", "people"})
_PERSONS = frozenset({"person", "surname"})
_CUT = re.compile(
    r",|\(|\b(?:of|in|at|for|from|to|on|with|across|near|who|which|that|between|among|against|over"
    r"|inside|outside|under|by|about|into|within|than)\b"
)
_ALLIED = re.compile(r"-(?:backed|led|trained|funded|supported|allied|linked|brokered|made|aligned)\b")
_OPPOSED = re.compile(r"\b(?:pro|anti|ex-pro)-$", re.I)
_ARTICLE = re.compile(r"^(?:the|a|an|this|that|these|those|his|her|its|their|our)\s+", re.I)
_LAST_NAME = re.compile(r"((?:[A-Z][\w'.-]*\s+){1,6}(?:[a-z]{2,3}\s+){0,2}[A-Z][\w'-]+)$")
_FIRST_NAME = re.compile(r"((?:[A-Z][\w'.-]*\s+){1,3}(?:[a-z]{2,3}\s+){0,2}[A-Z][\w'-]+),\s")
#: Words for whoever stands at the head of a body.
_HEADS = frozenset(
    {"head", "chief", "director", "chairman", "chair", "chairwoman", "boss", "leader", "president"}
    | {"secretary-general", "secretary general", "commander", "director general"}
)
_JOINED = re.compile(r"^\s*(?:,|and|&|-|–|/|or|,\s*and)\s*$")


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a phrase, head or tail, with the names in it."""

    start: int
    end: int
    names: tuple[Named, ...]

    def of(self, kinds: frozenset[str]) -> tuple[Named, ...]:
        return tuple(name for name in self.names if name.kind in kinds)


@dataclass(frozen=True, slots=True)
class _Phrase:
    text: str
    parts: tuple[_Part, ...]
    past: bool
    other: bool
    plural: bool


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
    read = _read(phrase)
    if not read.parts:
        return ()
    persons = _persons(read, on, prefer)
    if persons:
        return persons
    countries = _countries(read, on)
    found = tuple(_composed(read, country, on) for country in countries or ("",))
    return tuple(e for e in dict.fromkeys(found) if e is not None)


def role_of(phrase: str) -> Agent | None:
    """The role word by which a phrase is read, or None."""
    read = _read(phrase)
    return _agent(read) if read.parts else None


# ── reading the phrase ────────────────────────────────────────────────────────────────────────


def _read(phrase: str) -> _Phrase:
    text = " ".join(phrase.replace("’", "'").split())
    names = find_names(text)
    parts = tuple(part for part in _parts(text, names) if part.end > part.start)
    head = fold(text[: parts[0].end]).lower() if parts else ""
    effects = {effect for word, effect in _past_words().items() if _has(head, word)}
    return _Phrase(
        text=text,
        parts=parts,
        past="past" in effects,
        other="other" in effects or bool(count_in(head)),
        plural=_plural_head(text, parts),
    )


def _parts(text: str, names: Sequence[Named]) -> Iterator[_Part]:
    cuts = [
        cut.span()
        for cut in _CUT.finditer(text)
        if cut.start() and not any(n.start < cut.end() and cut.start() < n.end for n in names)
    ]
    start = 0
    for begin, end in [*cuts, (len(text), len(text))]:
        inside = tuple(n for n in names if start <= n.start and n.end <= begin)
        yield _Part(start, begin, inside)
        start = end


def _plural_head(text: str, parts: Sequence[_Part]) -> bool:
    if not parts or not parts[0].of(AGENTS):
        return False
    last = parts[0].of(AGENTS)[-1]
    word = fold(text[last.start : last.end]).lower()
    return catalogue().agents[word].form != word


@cache
def _past_words() -> Mapping[str, str]:
    table = packaged("detente.gazetteer", "past_words.csv")
    return MappingProxyType({r["word"]: r["effect"] for _, r in rows(table, ("word", "effect"))})


def _has(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text) is not None


# ── persons ───────────────────────────────────────────────────────────────────────────────────


def _persons(read: _Phrase, on: date | None, prefer: frozenset[str]) -> tuple[Entity, ...]:
    """The persons named as the phrase's head, not as owners ("Trump's adviser") or in a tail."""
    for part in read.parts:
        first = part is read.parts[0]
        named = [n for n in part.of(_PERSONS) if not _owns(read.text, n)]
        if named and (first or read.text[part.start - 1 : part.start] == ","):
            roles = {i for n in part.of(AGENTS) for i in n.ids}
            heads = _joined_heads(read.text, named)
            chosen = (_choose(candidates(n, on, prefer), roles, on) for n in heads)
            return tuple(e for e in dict.fromkeys(chosen) if e is not None)
        if first and part.of(AGENTS | BODIES | PLACED) and "," not in read.text:
            return ()
    return ()


def _joined_heads(text: str, named: Sequence[Named]) -> list[Named]:
    """All persons where "and" joins them, else the last alone."""
    heads = [named[-1]]
    for name in reversed(named[:-1]):
        if re.search(r"\band\b|&", text[name.end : heads[0].start]) is None:
            break
        heads.insert(0, name)
    return heads


def _owns(text: str, name: Named) -> bool:
    return text[name.end : name.end + 2] == "'s" or text[name.end : name.end + 1] == "'"


def _choose(found: Sequence[Entity], roles: set[str], on: date | None) -> Entity | None:
    """The candidate whose office the title names, else the first; the others as alternatives."""
    if not found:
        return None
    held = [e for e in found if roles & _offices(e.id, on)]
    best = held[0] if held else found[0]
    if held or len(found) == 1 or (best.office and not best.office.startswith("former")):
        return best
    return replace(best, alternatives=tuple(e.id for e in found if e.id != best.id))


def _offices(identifier: str, on: date | None) -> set[str]:
    terms = catalogue().terms.get(identifier, ())
    return {t.office for t in terms if on is None or t.covers(on)}


# ── country ───────────────────────────────────────────────────────────────────────────────────


def _countries(read: _Phrase, on: date | None) -> tuple[str, ...]:
    """Country codes from the head, else from the first tail that has any."""
    for part in read.parts:
        found = _countries_in(read, part, on)
        if found:
            return found
    return ()


def _countries_in(read: _Phrase, part: _Part, on: date | None) -> tuple[str, ...]:
    kept: list[str] = []
    last_end = -1
    for name in part.names:
        country = _country(name, on)
        if not country or _only_allied(read.text, name):
            continue
        joined = bool(kept) and _JOINED.match(read.text[last_end : name.start]) is not None
        if not kept or (joined and name.kind in PLACED and country not in kept):
            kept.append(country)
        last_end = name.end
    return tuple(kept)


def _country(name: Named, on: date | None) -> str:
    known = catalogue()
    if name.kind in PLACED:
        return known.states[name.ids[0]].country
    if name.kind in BODIES:
        return known.bodies[name.ids[0]].country
    if name.kind in {"person", "surname"}:
        found = candidates(name, on)
        return found[0].country if found else ""
    return ""


def _only_allied(text: str, name: Named) -> bool:
    """ "Iranian-backed" and "pro-Russian" do not tell whose the group is."""
    after = text[name.end : name.end + 12]
    return bool(_ALLIED.match(after)) or bool(_OPPOSED.search(text[: name.start]))


# ── sector, office, body ──────────────────────────────────────────────────────────────────────


def _composed(read: _Phrase, country: str, on: date | None) -> Entity | None:
    holder = _holder(read, country, on)
    if holder is not None:
        return holder
    body = _body(read)
    agent = _agent(read)
    named = _just_a_name(read, country, body, agent, on)
    if named is not None:
        return named
    sectors = _sectors(read, body, agent, on)
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
    read: _Phrase,
    country: str,
    sectors: tuple[str, ...],
    body: Named | None,
    agent: Agent | None,
) -> Entity:
    unknown = unknown_name(read.text) if agent is not None else ""
    key = body.ids[0] if body else f"{country}-{agent.key if agent else 'people'}".strip("-")
    return Entity(
        id=slug(unknown) if unknown else key,
        name=unknown or _ARTICLE.sub("", read.text),
        country=country,
        sectors=sectors,
        office=_office_words(read, agent),
        count=count_in(read.text),
    )


def unknown_name(text: str) -> str:
    """The capitalised name of a person not in the tables that heads or ends a phrase, or ""."""
    names = find_names(text)
    for match in (_FIRST_NAME.match(text), _LAST_NAME.search(text)):
        if match is None:
            continue
        start, end = match.span(1)
        while True:  # titles and nationalities before the name are no part of it
            covering = [n for n in names if n.start < end and start < n.end]
            if not covering:
                break
            start = max(n.end for n in covering) + 1
        words = text[start:end].split()
        if len(words) >= 2:
            return text[start:end]
    return ""


def slug(name: str) -> str:
    """An id from a name: folded, lower case, words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name).lower().replace("'", "")).strip("-")


def _office_words(read: _Phrase, agent: Agent | None) -> str:
    if agent is None or agent.kind != "office":
        return ""
    return f"former {agent.form}" if read.past else agent.form


def _holder(read: _Phrase, country: str, on: date | None) -> Entity | None:
    """The person in the one office that a singular role and a country name."""
    agent = _agent(read, weak_too=True)
    body = _body(read)
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


def _body(read: _Phrase) -> Named | None:
    for part in read.parts:
        bodies = [n for n in part.of(BODIES) if not _only_allied(read.text, n)]
        if bodies:
            return bodies[-1]
        if any(not _weak(read, n) for n in part.of(AGENTS)):
            return None
    return None


def _agent(read: _Phrase, *, weak_too: bool = False) -> Agent | None:
    """The role word that tells the sector: the head's last, or what a weak one leans on."""
    fallback: Agent | None = None
    for part in read.parts:
        for name in reversed(part.of(AGENTS)):
            agent = _agent_of(read, name)
            if weak_too or not agent.weak:
                return agent
            fallback = fallback or agent
        if part.of(BODIES):
            break
    return fallback


def _agent_of(read: _Phrase, name: Named) -> Agent:
    return catalogue().agents[fold(read.text[name.start : name.end]).lower()]


def _weak(read: _Phrase, name: Named) -> bool:
    return _agent_of(read, name).weak


def _sectors(
    read: _Phrase, body: Named | None, agent: Agent | None, on: date | None
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


def _people_sectors(read: _Phrase) -> tuple[str, ...]:
    """Nationals in the plural or counted are civilians; a bare nationality its government."""
    head = read.parts[0]
    demonyms = head.of(frozenset({"demonym"}))
    if not demonyms or demonyms[-1].end != head.end:
        return ()
    word = read.text[demonyms[-1].start : demonyms[-1].end]
    counted = count_in(read.text) is not None
    noun = word.endswith("s") and word[:-1] in catalogue().states[demonyms[-1].ids[0]].demonyms
    the = read.text.lower().startswith("the ")
    return ("CIV",) if counted or (noun and not the) else ("GOV",)


def _just_a_name(
    read: _Phrase, country: str, body: Named | None, agent: Agent | None, on: date | None
) -> Entity | None:
    """A phrase that is no more than the name of a body, state, capital or seat."""
    if agent is not None or read.past:
        return None
    if body is not None:
        return entity(body.ids[0], on)
    names = read.parts[0].of(PLACED)
    rest = _ARTICLE.sub("", read.text[: read.parts[0].end]).strip()
    if len(read.parts) == 1 and names and len(rest) == names[-1].end - names[-1].start:
        return _place_entity(names[-1], country)
    return None


def _place_entity(name: Named, country: str) -> Entity | None:
    found = entity(name.ids[0])
    if name.kind == "state":
        return replace(found, sectors=())
    return found if name.kind == "capital" else None

"""States called by what they are: "the Baltic state", "the junta", "the government in Oslo".

The words of a state never mean the one that acts on it ("Paris called the junta illegitimate":
principle B of binding, Chomsky 1981); else the last told that fits is meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from detente.gazetteer.actors import entity
from detente.ontology.table import listed, packaged, rows
from detente.records import Entity
from detente.resolve.actor_groups import acting_on, is_country
from detente.resolve.actor_mentions import Mention, Mentions
from detente.resolve.actor_reference import actor_nouns, countries_called

COLUMNS = ("adjective", "countries")
_FAR = 8
#: Those who rule by force are of one country in a report; every country has a government.
_SEIZED = r"junta|regime|rulers|generals|putschists|coup leaders"
_RULE = r"government|authorities|leadership|administration"
_RULING = re.compile(rf"(?:the|an?) (?:[a-z-]+ ){{0,2}}(?P<noun>{_SEIZED}|{_RULE})", re.I)
_KIND = r"military|ruling|new|interim|transitional|caretaker|elected|own|de facto|communist|current"
_OF_STATE = re.compile(
    rf"(?:['’]s?)? (?:(?:{_KIND}) ){{0,2}}(?:{_SEIZED}|{_RULE}|army|military|soldiers|coup)\b"
)
_SEAT = re.compile(r" (?:in|of) (?:the )?")
_CALLED = re.compile(r"(?:the|that|this) (?P<told>(?:[\w-]+ ){0,3})(?P<noun>[a-z-]+)", re.I)
#: Behind these, or at the very start, words open a clause.
_OPENERS = (*'.;:!?"“”)', "")
_BLOC = re.compile(
    r"(?:the|a) (?P<region>[\w-]+(?: [A-Z]\w+)?) (?:regional )?(?:bloc|grouping|union|community)"
    r"(?: of (?:states|nations|countries))?",
    re.I,
)
#: Who turns on the government of their own country.
_AT_HOME = re.compile(
    r"(?:['’]s?)? (?:[\w-]+ ){0,2}(?:opposition|protest\w*|dissident\w*|rebels?|critics|activists"
    r"|courts?|judges?|students|workers|lawmakers|parliament|citizens|people)\b"
)


def state_called(mentions: Mentions, start: int, words: str) -> Entity | None:
    """The state that ``words`` describe without naming it.

    Args:
        mentions: of the whole report.
        start: where the words begin.
        words: a noun phrase.

    Returns:
        None where the words are of another kind, or no state told of fits.
    """
    body = _regional_body(words)
    if body:
        return entity(body, mentions.on)
    country = _ruled(mentions, start, words) or _described(mentions, start, words)
    return entity(country, mentions.on) if country else None


# ── governments ───────────────────────────────────────────────────────────────────────────────


def _ruled(mentions: Mentions, start: int, words: str) -> str:
    """Whose "the junta" or "the government" is."""
    match = _RULING.fullmatch(words.strip())
    if match is None:
        return ""
    seat = _seat(mentions, start + len(words))
    if seat:
        return seat
    acting = _acting(mentions, start)
    seized = re.fullmatch(_SEIZED, match["noun"], re.I) is not None
    told = _told_so(mentions, start, acting)
    if told and (seized or acting):
        return told
    return _most_told(mentions, start, acting) if seized or acting else ""


def _seat(mentions: Mentions, end: int) -> str:
    """ "The government in Oslo": the country of the capital set behind it."""
    behind = _SEAT.match(mentions.text, end)
    if behind is None:
        return ""
    beside = (m for m in mentions.all if m.start == behind.end() and m.kind == "state")
    return next((m.entity.country for m in beside), "")


def _acting(mentions: Mentions, start: int) -> set[str]:
    """The countries that act on the words there, unless by people at odds with their own."""
    found = [m for m in acting_on(mentions, start) if is_country(m.entity.country)]
    home = any(_AT_HOME.match(mentions.text, m.end) for m in found)
    governing = any(m.kind == "state" or "GOV" in m.entity.sectors for m in found)
    return {m.entity.country for m in found} if governing and not home else set()


def _told_so(mentions: Mentions, start: int, acting: Collection[str]) -> str:
    """The country last told of with such words ("Niger's military government")."""
    for mention in reversed([m for m in mentions.all if m.end <= start and m.kind == "state"]):
        if mention.entity.country not in acting and _OF_STATE.match(mentions.text, mention.end):
            return mention.entity.country
    return ""


def _most_told(mentions: Mentions, start: int, acting: Collection[str]) -> str:
    before = (m.entity.country for m in mentions.all if m.end <= start)
    told = Counter(c for c in before if is_country(c) and c not in acting)
    return told.most_common(1)[0][0] if told else ""


# ── kinds and regions ─────────────────────────────────────────────────────────────────────────


def _described(mentions: Mentions, start: int, words: str) -> str:
    """The last state told of that is of this kind and region."""
    match = _CALLED.fullmatch(words.strip())
    noun = match["noun"].lower() if match else ""
    if match is None or actor_nouns().get(noun, frozenset()) != {"state"}:
        return ""
    regions = [state_adjectives()[a] for a in _adjectives(match["told"])]
    if match["told"] and not regions:
        return ""
    narrow = [*regions, countries_called().get(noun, frozenset())]
    acting = _acting(mentions, start)
    opens = mentions.text[:start].rstrip()[-1:] in _OPENERS
    if not opens and not any(narrow):
        return _most_told(mentions, start, acting)
    for mention in _last_first(mentions, start):
        country = mention.entity.country
        if country not in acting and all(country in those for those in narrow if those):
            return country
    return ""


def _regional_body(words: str) -> str:
    """The id of "the West African bloc", or ""."""
    match = _BLOC.fullmatch(words.strip())
    return regional_bodies().get(match["region"].lower(), "") if match else ""


def _adjectives(told: str) -> Iterator[str]:
    """The regions and kinds among the words before a noun."""
    words = told.lower().split()
    for length in (2, 1):
        pairs = [" ".join(words[i : i + length]) for i in range(len(words) - length + 1)]
        found = [pair for pair in pairs if pair in state_adjectives()]
        if found:
            yield from found
            return


def _last_first(mentions: Mentions, start: int) -> Iterator[Mention]:
    """States told of before, the nearest first; those that are but places come after the others."""
    near = [m for found in mentions.before(start, _FAR) for m in reversed(found)]
    states = [m for m in near if m.kind == "state"]
    yield from (m for m in states if not m.placed)
    yield from (m for m in states if m.placed)


@cache
def regional_bodies() -> Mapping[str, str]:
    """The id of each region's body of states.

    Raises:
        TableError: if the shipped table is damaged.
    """
    table = packaged("detente.resolve", "regional_bodies.csv")
    found = rows(table, ("region", "body"))
    return MappingProxyType({row["region"]: row["body"] for _, row in found})


@cache
def state_adjectives() -> Mapping[str, frozenset[str]]:
    """The states of which each adjective is said.

    Raises:
        TableError: if the shipped table is damaged.
    """
    table = packaged("detente.resolve", "state_adjectives.csv")
    return MappingProxyType(
        {row["adjective"]: frozenset(listed(row["countries"])) for _, row in rows(table, COLUMNS)}
    )

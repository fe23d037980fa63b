"""Who an actor is on a day: entities by id, by name, and by the office they held."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from detente.errors import UnknownName
from detente.gazetteer.actor_catalogue import catalogue
from detente.gazetteer.actor_records import Catalogue, Person, Term
from detente.gazetteer.names import Named, find_names, lookup
from detente.gazetteer.spelling import fold
from detente.records import Entity

#: Of several offices held at once the more telling one comes first.
_RANK = (
    "president", "prime-minister", "chancellor", "supreme-leader", "monarch", "crown-prince",
    "secretary-general", "eu-commissioner", "foreign-minister", "defence-minister",
    "national-security-adviser", "vice-president", "pope", "president-elect",
)  # fmt: skip
#: Titles of those at the head of a body.
_HEADING = frozenset(
    {"Director", "Head", "Chief", "Leader", "President", "Chairman", "Chair", "Secretary General"}
    | {"Director General", "Secretary-General", "Commander", "General Secretary"}
    | {"Director-General"}
)


def entity(id: str, on: date | None = None) -> Entity:
    """The actor ``id`` with the office held on the day ``on``.

    Args:
        id: an entity id: ISO code of a state, or the id of a body or person.
        on: the day; without it the last office known.

    Raises:
        UnknownName: if nothing here has this id.
    """
    known = catalogue()
    if id in known.states:
        return _state_entity(known, id)
    if id in known.bodies:
        return _body_entity(known, id, on)
    if id in known.persons:
        return _person_entity(known, known.persons[id], on)
    near = difflib.get_close_matches(id, [*known.persons, *known.bodies, *known.states], n=3)
    raise UnknownName(id, "no actor with this id", near)


def who(name: str, on: date | None = None) -> tuple[Entity, ...]:
    """The actors that ``name`` may mean on the day ``on``, best first.

    Args:
        name: as written: full name, surname, organisation, state, demonym, capital or seat; a title
            before it ("President Bush") counts.
        on: the day; offices held on it come before those of other days.
    """
    whole = lookup(name)
    if whole is not None:
        return candidates(whole, on)
    found = [n for n in find_names(name) if n.kind not in {"role", "institution", "people"}]
    if not found:
        return ()
    main = max(found, key=lambda n: (n.kind in {"person", "surname"}, n.end - n.start))
    return candidates(main, on)


def near_names(name: str) -> tuple[str, ...]:
    """Up to three known names that are spelt nearly like ``name``, best first."""
    known = catalogue()
    names = {fold(s).lower(): p.name for p in known.persons.values() for s in p.surnames}
    names |= {fold(p.name).lower(): p.name for p in known.persons.values()}
    names |= {fold(b.name).lower(): b.name for b in known.bodies.values()}
    names |= {fold(s.name).lower(): s.name for s in known.states.values()}
    close = difflib.get_close_matches(fold(name).lower(), names, n=3, cutoff=0.7)
    return tuple(names[found] for found in close)


def candidates(
    named: Named, on: date | None, prefer: frozenset[str] = frozenset()
) -> tuple[Entity, ...]:
    """The entities of a found name, best first.

    Args:
        named: what the name was found to be.
        on: the day: who was in office then comes first, then who was nearest to it.
        prefer: ids that come before all others, such as those named in full in the same text.
    """
    known = catalogue()
    ids = [i for i in named.ids if i in known.persons or i in known.bodies or i in known.states]
    ranked = sorted(
        ids, key=lambda i: (i not in prefer, i not in known.own, *_distance(known, i, on))
    )
    if named.kind in {"capital", "seat"} and on is not None:
        ranked = [i for i in ranked if _existed(known, i, on)] or ranked
    return tuple(entity(i, on) for i in ranked)


def office_holder(
    office: str, country: str, on: date | None, hints: tuple[str, ...] = ()
) -> Entity | None:
    """Who held an office on a day.

    Args:
        office: a key of the agents table (``president``, ``foreign-minister``).
        country: ISO code, or IGO.
        on: the day; without it nobody is named.
        hints: words that choose between like offices ("Central Intelligence Agency").

    Returns:
        The holder; on the day of a handover, the incoming one; None where the table knows none or
        several like offices were held and no hint tells which.
    """
    if on is None:
        return None
    held = [t for t in _by_office(_key()).get((country, office), ()) if t.single and t.covers(on)]
    hinted = [t for t in held if any(hint in t.title for hint in hints)]
    fitting = hinted or held
    if not fitting or len({t.title for t in fitting}) > 1:
        return None
    return _with_term(catalogue(), max(fitting, key=lambda t: t.first or date.min))


def leader_of(country: str, on: date | None) -> Entity | None:
    """Who leads a country on a day, by the office that its row of the states table names."""
    state = catalogue().states.get(country)
    return office_holder(state.leader, country, on) if state else None


def head_of(body: str, on: date | None) -> Entity | None:
    """Who headed an organisation or agency on a day ("CIA director", "NATO chief")."""
    found = catalogue().bodies[body]
    names = {found.name, *found.aliases}
    for term in (t for held in catalogue().terms.values() for t in held) if on else ():
        first, _, rest = term.title.partition(" of ")
        heads = first in _HEADING and rest.removeprefix("the ") in names
        if heads and term.single and term.covers(on or date.max):
            return _with_term(catalogue(), term)
    return None


def members(organisation: str, on: date | None) -> tuple[str, ...]:
    """ISO codes of the states that were members of an organisation on a day (None: ever)."""
    found = (
        m.state
        for m in catalogue().memberships
        if m.organisation == organisation
        and (on is None or ((m.first or date.min) <= on <= (m.last or date.max)))
    )
    return tuple(dict.fromkeys(found))


def term_of(id: str, on: date | None) -> Term | None:
    """The most telling office of a person or role of a body on the day, or None."""
    held = catalogue().terms.get(id, ())
    if on is None:
        return max(held, key=_prominence, default=None)
    return min((t for t in held if t.covers(on)), key=_rank, default=None)


def is_leading(id: str, on: date | None) -> bool:
    """Whether the person held one of the leading offices of a state or organisation on the day."""
    term = term_of(id, on)
    return term is not None and term.office in _RANK


def _prominence(term: Term) -> tuple[date, int]:
    return (term.last or date.max, -_rank(term)[0])


def _rank(term: Term) -> tuple[int, int]:
    place = _RANK.index(term.office) if term.office in _RANK else len(_RANK)
    return place, -(term.first or date.min).toordinal()


def _state_entity(known: Catalogue, identifier: str) -> Entity:
    state = known.states[identifier]
    return Entity(
        id=state.id,
        name=state.name,
        country=state.country,
        sectors=("GOV",),
        valid_from=state.first,
        valid_to=state.last,
    )


def _body_entity(known: Catalogue, identifier: str, on: date | None) -> Entity:
    body = known.bodies[identifier]
    term = term_of(identifier, on) if on is not None else None
    return Entity(
        id=body.id,
        name=body.name,
        country=body.country,
        sectors=term.sectors if term else body.sectors,
        office=term.title if term else "",
        valid_from=term.first if term else None,
        valid_to=term.last if term else None,
    )


def _person_entity(known: Catalogue, person: Person, on: date | None) -> Entity:
    term = term_of(person.id, on)
    if term is not None:
        return _with_term(known, term)
    past = [t for t in known.terms.get(person.id, ()) if on and t.last and t.last < on]
    return Entity(
        id=person.id,
        name=person.name,
        country=person.country,
        sectors=("ELI",) if past else (),
        office=f"former {_short(max(past, key=lambda t: t.last or date.min))}" if past else "",
        wikidata=person.wikidata,
    )


def _short(term: Term) -> str:
    return term.title


def _with_term(known: Catalogue, term: Term) -> Entity:
    person = known.persons.get(term.holder)
    if person is None:
        return entity(term.holder)
    return Entity(
        id=person.id,
        name=person.name,
        country=term.country or person.country,
        sectors=term.sectors,
        office=term.title,
        valid_from=term.first,
        valid_to=term.last,
        wikidata=person.wikidata,
    )


def _existed(known: Catalogue, identifier: str, on: date) -> bool:
    state = known.states.get(identifier)
    if state is None:
        return True
    return (state.first or date.min) <= on <= (state.last or date.max)


def _distance(known: Catalogue, identifier: str, on: date | None) -> tuple[int, int, int]:
    """How badly a candidate fits a day: 0 in office, else days to the nearest term; then rank."""
    held = known.terms.get(identifier, ())
    if on is None or not held:
        last = max((t.last or date.max for t in held), default=date.min)
        return (0 if identifier in known.states else 1, 0, -last.toordinal())
    gaps = [_gap(t, on) for t in held]
    near = min(gaps)
    rank = min(_rank(t)[0] for t, gap in zip(held, gaps, strict=True) if gap == near)
    return (0 if near == 0 else 1, near, rank)


def _gap(term: Term, on: date) -> int:
    if term.first and on < term.first:
        # Not yet known to the public: a coming office tells less than a past one.
        return 3 * (term.first - on).days
    if term.last and on > term.last:
        return (on - term.last).days
    return 0


def _key() -> str:
    return catalogue().key


@cache
def _by_office(key: str) -> Mapping[tuple[str, str], tuple[Term, ...]]:
    del key  # remembered by it
    found: dict[tuple[str, str], list[Term]] = {}
    for term in _all_terms():
        found.setdefault((term.country, term.office), []).append(term)
    return {key: tuple(held) for key, held in found.items()}


def _all_terms() -> Iterator[Term]:
    for held in catalogue().terms.values():
        yield from held

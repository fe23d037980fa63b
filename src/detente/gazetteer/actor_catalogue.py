"""All actors that are known here: the shipped tables, and the user's own where one is set.

``DETENTE_ACTORS`` names a CSV table (columns of :data:`OWN_COLUMNS`) or a PETRARCH/Phoenix actor
dictionary; its actors stand beside the shipped ones and win where a name fits both.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from detente.gazetteer import actor_tables as tables
from detente.gazetteer.actor_own import extended
from detente.gazetteer.actor_records import Agent, Catalogue, by_holder

#: The setting that names the user's own table.
SETTING = "DETENTE_ACTORS"


def catalogue() -> Catalogue:
    """The catalogue under the present setting; read once for each setting.

    Raises:
        TableError: if a table, ours or the user's, has a bad row.
    """
    return _catalogue(os.environ.get(SETTING, ""))


@cache
def _catalogue(own: str) -> Catalogue:
    shipped = _shipped()
    if not own:
        return shipped
    return extended(shipped, Path(own))


@cache
def _shipped() -> Catalogue:
    states = tables.load_states(tables.shipped("states.csv"))
    bodies = tables.load_bodies(tables.shipped("bodies.csv"), states)
    persons = tables.load_persons(tables.shipped("persons.csv"), states)
    agents = tables.load_agents(tables.shipped("agents.csv"))
    holders, offices = set(persons) | set(bodies), {a.key for a in agents.values()}
    terms = tables.load_terms(tables.shipped("offices.csv"), states, holders, offices)
    return Catalogue(
        states=states,
        regions=tuple(tables.load_regions(tables.shipped("peoples.csv"), states)),
        bodies=bodies,
        persons=persons,
        agents=_with_plurals(agents),
        terms=by_holder(terms),
        memberships=tuple(tables.load_members(tables.shipped("memberships.csv"), states, bodies)),
        given_names=_given_names(),
        surname_words=frozenset(
            group[0] for group in tables.word_groups(tables.shipped("surname_words.csv"), "words")
        ),
    )


def _given_names() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in tables.word_groups(tables.shipped("given_names.csv"), "names"):
        for name in group:
            found.setdefault(name, set()).update(group)
    return {name: frozenset(others) for name, others in found.items()}


def _with_plurals(agents: dict[str, Agent]) -> dict[str, Agent]:
    found = dict(agents)
    for form, agent in agents.items():
        if agent.plural:
            for plural in plurals_of(form):
                found.setdefault(plural, agent)
    return found


def plurals_of(form: str) -> tuple[str, ...]:
    """Regular plurals of a compound: its last word's, or its first's before of/to/for/in."""
    words = form.split(" ")
    links = [n for n, word in enumerate(words) if word in {"of", "to", "for", "in", "at"} and n]
    at = links[0] - 1 if links else len(words) - 1
    return (" ".join([*words[:at], _plural(words[at]), *words[at + 1 :]]),)


def _plural(word: str) -> str:
    for ending, plural in (("man", "men"), ("person", "people"), ("child", "children")):
        if word.endswith(ending) and word not in {"german", "roman", "human"}:
            return word[: -len(ending)] + plural
    if word.endswith("y") and word[-2:-1] not in "aeou":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    return word + "s"

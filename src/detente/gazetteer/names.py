"""Finding every known name in a text, in one pass.

One Aho–Corasick automaton (Aho & Corasick 1975) over the folded, lower-cased names; of the
hits that stand at word bounds in a fitting case, the longest from the left is kept.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import ahocorasick

from detente.gazetteer.actor_catalogue import catalogue
from detente.gazetteer.actor_records import Catalogue
from detente.gazetteer.agreements import agreements
from detente.gazetteer.spelling import fold, lowered, spellings

Kind = Literal[
    "person", "state", "seat", "capital", "organisation", "group", "party", "agency", "breakaway",
    "agreement", "demonym", "region", "surname", "role", "institution", "people",
]  # fmt: skip
#: Where one form is several things, the first of these wins.
PRIORITY: tuple[Kind, ...] = (
    "person", "state", "seat", "capital", "organisation", "group", "party", "agency", "breakaway",
    "agreement", "demonym", "region", "surname", "role", "institution", "people",
)  # fmt: skip
_AGENT_KINDS: dict[str, Kind] = {"office": "role", "body": "institution", "person": "people"}
_CALENDAR = frozenset([*calendar.month_name, *calendar.day_name]) - {""}
_INITIAL = re.compile(r"\b([A-Z][\w'-]+) (?:[A-Z]\.? )+$")
_WORD_BEFORE = re.compile(r"([\w'.-]+) $")
_ENDS_SENTENCE = re.compile(r"(?:^|[.!?:;\"(\n]\s*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A known name in a text: ``text[start:end]``.

    ``ids`` are entity ids (ISO codes for state, demonym, capital and region); for role, institution
    and people the key of the agents table; for agreement the agreement's id. Several ids mean that
    the form fits several: persons of one surname, organisations of one abbreviation.
    """

    start: int
    end: int
    kind: Kind
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    """A way of writing a name: folded, in its own case."""

    text: str
    kind: Kind
    id: str


@dataclass(frozen=True, slots=True)
class _Index:
    """The automaton; all given names, and those that are not family names set first ("Xi")."""

    automaton: Any
    given: frozenset[str]
    only_given: frozenset[str]


def find_names(text: str) -> tuple[Named, ...]:
    """Every known name in ``text``, longest match, word-bounded, without overlaps, in order.

    Case counts: "us" is not the US nor "turkey" Turkey, while role words ("foreign minister") match
    in any case. A surname that is also a word ("May") counts only after the full name or a title.
    """
    known = catalogue()
    index = _index(known)
    folded = fold(text)
    kept = list(_longest(_with_initials(index, folded)))
    return tuple(_trusted(kept, folded, known))


def lookup(name: str) -> Named | None:
    """The actor whose whole written form is ``name``, in any case; role words do not count."""
    bare = lowered(_bare(" ".join(name.split())))
    known = catalogue()
    forms = [
        form
        for form in _index(known).automaton.get(bare, ())
        if form.kind not in {"role", "institution", "people"}
    ]
    if not forms:
        return None
    ids = dict.fromkeys(form.id for form in forms)
    kind = min((form.kind for form in forms), key=PRIORITY.index)
    return Named(start=0, end=len(name), kind=kind, ids=tuple(ids))


def names_of(kind: Kind) -> tuple[str, ...]:
    """All written forms of one kind, folded, in the order of the tables."""
    return tuple(form.text for form in _forms(catalogue()) if form.kind == kind)


def _hits(index: _Index, folded: str) -> Iterator[Named]:
    low = lowered(folded)
    for last, forms in index.automaton.iter(low):
        start, end = last + 1 - len(forms[0].text), last + 1
        if not _bounded(folded, start, end):
            continue
        fitting = [form for form in forms if _case_fits(form, folded[start:end])]
        if fitting and not _inside_compound(fitting[0], folded, start, end):
            best = min(PRIORITY.index(form.kind) for form in fitting)
            ids = dict.fromkeys(f.id for f in fitting if f.kind == PRIORITY[best])
            yield Named(start=start, end=end, kind=PRIORITY[best], ids=tuple(ids))


def _with_initials(index: _Index, folded: str) -> Iterator[Named]:
    """All hits; a surname after a given name and an initial ("John F. Kerry") is the person."""
    for hit in _hits(index, folded):
        yield hit
        if hit.kind != "surname":
            continue
        before = _INITIAL.search(folded[max(0, hit.start - 30) : hit.start])
        if before is None:
            continue
        key = lowered(f"{before[1]} {folded[hit.start : hit.end]}")
        ids = tuple(form.id for form in index.automaton.get(key, ()) if form.kind == "person")
        if ids:
            yield Named(start=hit.start - len(before[0]), end=hit.end, kind="person", ids=ids)


def _bounded(folded: str, start: int, end: int) -> bool:
    before = folded[start - 1 : start]
    after = folded[end : end + 1]
    return not (before.isalnum() or after.isalnum() or after == "$" or before in {"@", "#", "/"})


def _case_fits(form: _Form, found: str) -> bool:
    if form.kind in {"role", "institution", "people"} or found == form.text:
        return True
    if form.text.isupper():
        return False
    if found.isupper() and len(found) > 3:
        return True
    return " " in form.text and (found[0].isupper() or form.text[0].islower())


def _inside_compound(form: _Form, folded: str, start: int, end: int) -> bool:
    """Plain words do not count in compounds with a hyphen ("co-chairman", "spy-thriller")."""
    if form.kind not in {"role", "institution", "people"}:
        return False
    before = folded[start - 1 : start] == "-" and folded[max(0, start - 3) : start].lower() != "ex-"
    return before or folded[end : end + 1] == "-"


def _longest(hits: Iterator[Named]) -> Iterator[Named]:
    covered = -1
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if hit.start >= covered:
            covered = hit.end
            yield hit


def strangers(text: str) -> Mapping[str, str]:
    """Surnames of known persons that another bears in this text, with that other's name.

    "Sheriff David Clarke" makes a later "Clarke" him, not the minister of that name, unless the
    minister is named in full or with a title.
    """
    folded = fold(text)
    return _strangers(list(_longest(_with_initials(_index(catalogue()), folded))), folded)


def _strangers(found: Sequence[Named], folded: str) -> dict[str, str]:
    taken = {name.end for name in found if name.kind != "surname"}
    known = {i for n in found if n.kind == "person" for i in n.ids}
    others: dict[str, str] = {}
    own: set[str] = set()
    for name in found:
        if name.kind != "surname":
            continue
        surname = folded[name.start : name.end]
        given = _unknown_given(folded, name, taken)
        if known & set(name.ids) or name.start - 1 in taken:
            own.add(surname)
        elif given:
            others.setdefault(surname, f"{given} {surname}")
    return {surname: full for surname, full in others.items() if surname not in own}


def _unknown_given(folded: str, name: Named, taken: set[int]) -> str:
    """The capitalised word before a surname that is no title and opens no sentence, or ""."""
    before = _WORD_BEFORE.search(folded[max(0, name.start - 30) : name.start])
    if name.start - 1 in taken or before is None or not before[1][0].isupper():
        return ""
    if before[1].endswith("'s") or (before[1].endswith(".") and len(before[1]) > 2):
        return ""
    if before[1] in _CALENDAR:
        return ""
    starts = _ENDS_SENTENCE.search(folded[max(0, name.start - 34) : name.start - len(before[0])])
    given = _index(catalogue()).given
    return "" if starts and before[1] not in given else before[1]


def _trusted(found: Sequence[Named], folded: str, known: Catalogue) -> Iterator[Named]:
    """Leaves out surnames that are more likely words, or parts of unknown persons' names."""
    full = {identifier for name in found if name.kind == "person" for identifier in name.ids}
    taken = {name.end for name in found if name.kind != "surname"}
    others = _strangers(found, folded)
    for name in found:
        surname = folded[name.start : name.end]
        sure = name.kind != "surname" or bool(full & set(name.ids)) or name.start - 1 in taken
        if sure or (surname not in others and not _is_word(surname, known)):
            yield name


def _is_word(surname: str, known: Catalogue) -> bool:
    return surname in known.surname_words or surname in _index(known).only_given


@cache
def _index_of(key: str) -> _Index:
    del key  # remembered by it
    known = catalogue()
    by_key: dict[str, list[_Form]] = {}
    for form in _forms(known):
        by_key.setdefault(lowered(form.text), []).append(form)
    automaton = ahocorasick.Automaton()
    for key, forms in by_key.items():
        automaton.add_word(key, tuple(forms))
    automaton.make_automaton()
    first = {p.id: fold(p.name.split(" ")[0]) for p in known.persons.values() if " " in p.name}
    family = {i for i, name in first.items() if name in map(fold, known.persons[i].surnames)}
    given = {name for i, name in first.items() if i not in family} | set(
        map(fold, known.given_names)
    )
    return _Index(automaton, frozenset(given | set(first.values())), frozenset(given))


def _index(known: Catalogue) -> _Index:
    return _index_of(known.key)


def _forms(known: Catalogue) -> Iterator[_Form]:
    yield from _state_forms(known)
    for body in known.bodies.values():
        for written in (body.name, *body.aliases):
            yield _Form(_bare(written), body.kind, body.id)
    for person in known.persons.values():
        for written in (person.name, *person.aliases):
            for spelt in spellings(written, known.given_names):
                yield _Form(_bare(spelt), "person", person.id)
        for surname in person.surnames:
            yield _Form(fold(surname), "surname", person.id)
    for agreement in agreements().values():
        for written in (agreement.name, *agreement.aliases):
            yield _Form(_bare(written), "agreement", agreement.id)
    for form, agent in known.agents.items():
        yield _Form(fold(form), _AGENT_KINDS[agent.kind], agent.key)


def _state_forms(known: Catalogue) -> Iterator[_Form]:
    for state in known.states.values():
        for written in (state.name, *state.aliases):
            yield _Form(_bare(written), "state", state.id)
        for demonym in state.demonyms:
            yield _Form(fold(demonym), "demonym", state.id)
        for capital in state.capitals:
            yield _Form(fold(capital), "capital", state.id)
    for region in known.regions:
        for written in region.names:
            yield _Form(fold(written), "region", region.country)


def _bare(written: str) -> str:
    """Folded, without the article and what only tells namesakes of a table apart."""
    name = re.sub(r" \([^)]*\)$", "", fold(written))
    return name.removeprefix("the ").removeprefix("The ") or name

"""Who is mentioned where in a report: persons, states and bodies in the order of the text."""

from __future__ import annotations

import bisect
import calendar
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from detente.gazetteer.actor_catalogue import catalogue
from detente.gazetteer.actors import candidates, entity, leader_of, office_holder
from detente.gazetteer.names import Named, find_names, strangers
from detente.gazetteer.phrases import entity_of, unknown_name
from detente.gazetteer.spelling import slug
from detente.records import Entity
from detente.resolve.actor_short_names import short_names_in
from detente.resolve.report_home import dateline_of, home_of_report

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?:[\"'”’]\s+)?(?=[\"'“‘(]?[A-Z0-9])|\n\s*\n|\n")
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Sen|Rep|Gov|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov"
    r"|Dec|No|[A-Z])\.$"
)
_PLACING = re.compile(
    r"\b(?:in|at|to|from|near|outside|inside|around|through|via|into|across|over)\s+(?:the\s+)?$",
    re.I,
)
_APPOSITION = re.compile(
    r"((?:[A-Z][\w'’.-]*\s+){1,3}[A-Z][\w'’-]+), (?:an? |the |his |her )?"
    r"((?:[^,.;]|(?<=[A-Z])\.(?=[A-Z ])){4,90})(?=[,.;])"
)
#: "Karim Wadi stepped down as transport minister"
_IN_OFFICE = re.compile(
    r"((?:[A-Z][\w'’.-]*\s+){1,3}[A-Z][\w'’-]+) (?:stepped down|resigned|quit|served"
    r"|was (?:named|appointed|dismissed|sacked|sworn in)) as (?:the |an? )?([a-z][a-z ]{4,40}?)"
    r"(?= (?:after|in|on|over|by|when|last|and)\b|[,.;])"
)
_LONGER = re.compile(r" [A-Z][a-z]+(?:-[a-z]+)?\b")
_TITLED = re.compile(r"\s((?:[A-Z][\w'’.-]*\s+){1,3}[A-Z][\w'’-]+)")
#: "Colombia's ambassador to the OAS, Luis Hoyos, …"
_CALLED = re.compile(r"[^,.;:()\n]{0,60}, ((?:[A-Z][\w'’.-]*\s+){1,3}[A-Z][\w'’-]+)(?=,)")
#: A body by whose seat it is called, before the state it sits in.
SEATED = {"BEL": "european-union"}
#: "Her Greek colleague" in news of ministers is her counterpart.
_COLLEAGUE = re.compile(r"\b(?:colleague|opposite number|homologue)$", re.I)
_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_DATED = re.compile(
    r"\b(?:in|on|since|by|until|during|from|after|before|early|late|mid|of)[\s-]+"
    r"(?:(?:early|late|mid)[\s-]+)?(?:\d{1,2}\s+)?(?:(" + "|".join(_MONTHS) + r")\s+)?"
    r"(?:\d{1,2},\s+)?(19[89]\d|20\d\d)\b(?!\s+(?:[A-Z]|presidential|treaty|election|deal|accord))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor named at ``start`` … ``end`` of the report.

    ``kind`` is person, state or body; ``placed`` marks a capital or state named as a place only
    ("in Moscow"); ``sex`` is m, f or "" where unknown.
    """

    start: int
    end: int
    entity: Entity
    kind: str
    sex: str = ""
    placed: bool = False


class Mentions:
    """All mentions of a text, with its sentences and the dates that these name."""

    def __init__(self, text: str, on: date | None) -> None:
        self.text = text
        self.on = on
        self._starts = _sentence_starts(text)
        self.names = find_names(text)
        self._dateline = dateline_of(text)
        self.in_full = frozenset(
            i for n in self.names if n.kind == "person" and len(n.ids) == 1 for i in n.ids
        )
        self.unknown = _bare_strangers(text) | dict(
            _unknown_persons(text, self.names, self.date_at)
        )
        found = tuple(self._found())
        self.all = tuple(sorted((*found, *self._short(found)), key=lambda m: m.start))
        told = Counter(m.entity.country for m in self.all if not self._on_dateline(m.start))
        self.home = home_of_report(text, told)

    def sentence_at(self, position: int) -> tuple[int, int]:
        """Start and end of the sentence that ``position`` lies in."""
        at = bisect.bisect_right(self._starts, position) - 1
        start = self._starts[max(at, 0)]
        end = self._starts[at + 1] if at + 1 < len(self._starts) else len(self.text)
        return start, end

    def date_at(self, position: int) -> date | None:
        """The day the sentence speaks of where it names a past year, else the report's."""
        start, end = self.sentence_at(position)
        dated = list(_DATED.finditer(self.text, start, end))
        before = [m for m in dated if m.start() <= position] or dated
        if not before:
            return self.on
        month = _MONTHS.get((before[-1][1] or "").title(), 0)
        told = date(int(before[-1][2]), month or 7, 15)
        return told if self.on is None or told < self.on else self.on

    def before(self, position: int, sentences: int = 3) -> Iterator[tuple[Mention, ...]]:
        """Mentions before a position, a sentence at a time, the nearest sentence first."""
        start, _ = self.sentence_at(position)
        end = position
        for _ in range(sentences):
            yield tuple(m for m in self.all if start <= m.start and m.end <= end)
            if start == 0:
                return
            end = start
            start, _ = self.sentence_at(start - 1)

    def _found(self) -> Iterator[Mention]:
        for name in self.names:
            mention = self._mention(name)
            if mention is not None:
                yield mention
        for match in re.finditer(r"\b[A-Z][\w'’-]+\b", self.text):
            person = self.unknown.get(match[0])
            known = any(n.start <= match.start() < n.end for n in self.names if n.kind == "person")
            if person is not None and not known:
                yield Mention(match.start(), match.end(), person, "person")

    def _short(self, found: Iterable[Mention]) -> Iterator[Mention]:
        """ "The North" in a report on the Koreas."""
        named = {m.entity.country for m in found}
        for start, end, country in short_names_in(self.text, named):
            yield Mention(start, end, entity(country), "state", placed=self._placing(start))

    def _mention(self, name: Named) -> Mention | None:
        on = self.date_at(name.start)
        if name.kind == "role":
            return self._office(name, on)
        if name.kind in {"institution", "people", "agreement", "region"}:
            return None
        unknown = name.kind == "surname" and self.text[name.start : name.end] in self.unknown
        members = self.text[max(0, name.start - 7) : name.start].lower() == "member "
        if unknown or members or is_given(self.text, name):
            return None
        found = candidates(name, on, self.in_full)
        if not found:
            return None
        if name.kind in {"person", "surname"}:
            sex = catalogue().persons[found[0].id].sex if found[0].id in catalogue().persons else ""
            return Mention(name.start, name.end, found[0], "person", sex)
        kind = "state" if name.kind in {"state", "demonym", "capital", "seat"} else "body"
        placed = name.kind in {"capital", "state"} and self._is_place(name)
        placed = placed or self._on_dateline(name.start)
        meant = found[0]
        if name.kind == "capital" and not placed:
            meant = self._seated(meant)
        return Mention(name.start, name.end, meant, kind, placed=placed)

    def _seated(self, state: Entity) -> Entity:
        """ "Brussels" acts as the European Union where nobody speaks of Belgium."""
        union = SEATED.get(state.country)
        own = any(n.kind in {"state", "demonym"} and n.ids[0] == state.id for n in self.names)
        return entity(union, self.on) if union and not own else state

    def _office(self, name: Named, on: date | None) -> Mention | None:
        """ "The Russian President": a nationality right before an office."""
        before = next((n for n in self.names if n.end + 1 == name.start), None)
        if before is None or before.kind not in {"demonym", "state"}:
            return None
        follows = self.text[name.end : name.end + 2].strip()
        if follows[:1].isupper():
            return None
        country = catalogue().states[before.ids[0]].country
        leading = name.ids[0] == "leader"
        found = leader_of(country, on) if leading else office_holder(name.ids[0], country, on)
        if found is None or self.text[name.start : name.end].endswith("s"):
            return None
        person = catalogue().persons.get(found.id)
        return Mention(before.start, name.end, found, "person", person.sex if person else "")

    def _is_place(self, name: Named) -> bool:
        return self._placing(name.start)

    def _on_dateline(self, position: int) -> bool:
        return self._dateline[0] <= position < self._dateline[1]

    def _placing(self, start: int) -> bool:
        before = self.text[max(0, start - 16) : start]
        return _PLACING.search(before) is not None


def is_given(text: str, name: Named) -> bool:
    """Whether a known surname is but a part of a longer name of another ("Ali Rabiei")."""
    return name.kind == "surname" and _LONGER.match(text, name.end) is not None


def _bare_strangers(text: str) -> dict[str, Entity]:
    """Persons who share a known surname, of whom the report tells no role."""
    return {
        words: Entity(id=slug(full), name=full)
        for surname, full in strangers(text).items()
        for words in (surname, full)
    }


def _sentence_starts(text: str) -> list[int]:
    starts = [0]
    for match in _SENTENCE_END.finditer(text):
        if not _ABBREVIATED.search(text[max(0, match.start() - 6) : match.start()]):
            starts.append(match.end())
    return starts


def _unknown_persons(
    text: str, names: tuple[Named, ...], dated: Callable[[int], date | None]
) -> Iterator[tuple[str, Entity]]:
    """Persons not in the tables whose role the report tells, by full name and surname."""
    persons = [(n.start, n.end) for n in names if n.kind == "person"]
    for match in _APPOSITION.finditer(text):
        if _free(match.span(1), persons):
            yield from _introduced(match[1], match[2], dated(match.start()))
    for match in _IN_OFFICE.finditer(text):
        if _free(match.span(1), persons):
            yield from _introduced(match[1], match[2], dated(match.start()))
    for name in names:
        if name.kind not in {"role", "people"}:
            continue
        called = _TITLED.match(text, name.end) or _CALLED.match(text, name.end)
        if called is not None and _free(called.span(1), persons):
            phrase = text[_phrase_start(text, names, name.start) : name.end]
            yield from _introduced(called[1], phrase, dated(called.start()))


def _free(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return not any(start < span[1] and span[0] < end for start, end in taken)


def _phrase_start(text: str, names: tuple[Named, ...], start: int) -> int:
    """Where the title before a name begins: known names that touch each other."""
    for name in reversed([n for n in names if n.end < start]):
        between = text[name.end : start]
        if not re.fullmatch(r"(?:['’]s)? (?:[a-z]+ ){0,2}|-", between):
            break
        start = name.start
    return start


def _introduced(written: str, role: str, on: date | None) -> Iterator[tuple[str, Entity]]:
    """An unknown person by full name and surname; titles in what was written are no name."""
    told = entity_of(_COLLEAGUE.sub("counterpart", role), on)
    name = unknown_name(written)
    known = {n.kind for n in find_names(name)} - {"role", "people", "surname"}
    if told is None or not told.sectors or known or not name:
        return
    person = Entity(
        id=slug(name),
        name=name,
        country=told.country,
        sectors=told.sectors,
        office=told.office or role,
    )
    yield name, person
    yield name.split()[-1], person

"""Which agreement an event touches: by name, by a spelling near it, or as "the treaty" before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path

from detente.errors import TableError
from detente.gazetteer.agreements import KINDS, agreements, bare, by_name, loose, names_in
from detente.gazetteer.spelling import fold
from detente.ontology.table import listed, packaged, rows
from detente.records import Agreement, CodedEvent, Passage, Report
from detente.resolve.cues import any_of
from detente.resolve.standing import Standing, standing

__all__ = ["Standing", "agreement_at", "agreement_of", "linked", "standing"]

#: Letters in common from which a misspelt name is still the name.
_ALIKE = 0.88
#: An agreement stands within this many characters of the words that touch it.
_NEAR = 70
_NAMED = re.compile(
    r"\b(?:[A-Z][\w’'-]*\s+(?:(?:of|on|the|and|for)\s+)*){1,6}"
    r"(?:[Tt]reaty|[Pp]act|[Aa]ccords?|[Aa]greement|[Cc]onvention|[Pp]rotocol|Act)\b"
)
_APART = re.compile(
    r"[;:“”()]|,\s|\b(?:that|which|who|because|although|while|but|whether|when|after|before|amid|"
    r"despite|around|about|over|as)\b",
    re.IGNORECASE,
)
#: Words between an agreement and the words after it that make it another clause's.
_JOINED = re.compile(r"\b(?:and|or|with|by|in|to)\b", re.IGNORECASE)
_LAWS = frozenset({"law", "sanctions law"})


def read_nouns(table: Traversable | Path) -> Mapping[str, frozenset[str]]:
    """Words that refer back to an agreement, each with the kinds it is said of.

    Raises:
        TableError: for a noun given twice or an unknown kind.
    """
    found: dict[str, frozenset[str]] = {}
    for line, row in rows(table, ("noun", "kinds")):
        if row["noun"] in found:
            raise TableError(str(table), line, f"{row['noun']!r} given twice")
        kinds = frozenset(listed(row["kinds"]))
        if kinds - KINDS:
            raise TableError(str(table), line, f"unknown kind {sorted(kinds - KINDS)[0]!r}")
        found[row["noun"]] = kinds or KINDS - _LAWS
    return found


@cache
def _nouns() -> Mapping[str, frozenset[str]]:
    return read_nouns(packaged("detente.resolve", "agreement_nouns.csv"))


@cache
def _definite() -> re.Pattern[str]:
    """Finds "the treaty", "that 1987 pact", "the nuclear deal"."""
    return re.compile(
        r"\b(?:the|that|this|its|their)\s+"
        rf"(?:(?:\d{{4}}|\d+-year-old|{any_of('agreement_adjective')})\s+)*({'|'.join(_nouns())})\b",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An agreement named at characters ``start`` to ``end`` of a text."""

    start: int
    end: int
    agreement: Agreement


def agreement_of(report: Report, coded: CodedEvent) -> Agreement | None:
    """The agreement that a coded event touches: signs, leaves, violates, suspends.

    Args:
        report: the report it stands in.
        coded: the event; its ``agreement`` passage is one of those weighed.

    Returns:
        The agreement; ``None`` where the event touches none that the tables know.
    """
    near = [n for n in _told(report, coded) if _touched(report.text, coded.trigger, n)]
    best = min(near, key=lambda n: _gap(coded.trigger, n), default=None)
    return best.agreement if best else None


def agreement_at(report: Report, passage: Passage) -> Agreement | None:
    """The agreement that a passage names or refers back to."""
    on = report.published.date() if report.published else None
    return linked(passage.text, on) or _referred(report, passage.start, passage.text)


def linked(phrase: str, on: date | None = None) -> Agreement | None:
    """The agreement that ``phrase`` names.

    Args:
        phrase: as written: full or short name, abbreviation, with or without year and hyphens,
            misspelt by a letter or two.
        on: the day it was said; of namesakes the last signed by then is meant.
    """
    folded = fold(phrase).replace("’", "'")
    inside = [loose(folded[start:end]) for start, end in names_in(folded)][:1]
    forms = [loose(phrase), *inside, bare(phrase)]
    for form in forms:
        if form in by_name():
            return _meant(by_name()[form], phrase, on)
    near = _nearest_form(loose(phrase))
    return _meant(by_name()[near], phrase, on) if near else None


def _meant(those: Sequence[Agreement], phrase: str, on: date | None) -> Agreement:
    """Of namesakes that of the year told, else the last signed by ``on``."""
    year = re.search(r"\b(1[89]\d\d|20\d\d)\b", phrase)
    if year:
        of_year = [a for a in those if a.signed.startswith(year[1])]
        if of_year:
            return of_year[0]
    by_then = [a for a in those if on is None or a.signed <= f"{on}"]
    return max(by_then or those, key=lambda a: a.signed)


def _nearest_form(form: str) -> str | None:
    """The known form that a longer name is a letter or two away from."""
    if len(form) < 10:
        return None
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(form)
    best, most = None, _ALIKE
    for known in by_name():
        if abs(len(known) - len(form)) > 6 or re.findall(r"\d+", known) != re.findall(r"\d+", form):
            continue
        matcher.set_seq1(known)
        if matcher.quick_ratio() > most and matcher.ratio() > most:
            best, most = known, matcher.ratio()
    return best


# ── in running text ───────────────────────────────────────────────────────────────────────────


@lru_cache(maxsize=32)
def named_in(report: Report) -> tuple[Named, ...]:
    """Agreements named in a report, in order, none overlapping."""
    on = report.published.date() if report.published else None
    found = sorted(_named(report.text, on), key=lambda n: (n.start, -n.end))
    kept: list[Named] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _named(text: str, on: date | None) -> Iterator[Named]:
    for start, end in names_in(fold(text).replace("’", "'")):
        agreement = linked(text[start:end], on)
        if agreement:
            yield Named(start=start, end=end, agreement=agreement)
    for match in _NAMED.finditer(text):
        agreement = linked(match[0], on)
        if agreement:
            yield Named(start=match.start(), end=match.end(), agreement=agreement)


def _told(report: Report, coded: CodedEvent) -> Iterator[Named]:
    """Agreements named in the event's sentence, and those it refers back to."""
    sentence = coded.sentence
    here = [n for n in named_in(report) if sentence.start <= n.start < sentence.end]
    yield from here
    given = coded.agreement
    if given and not any(n.start < given.end and given.start < n.end for n in here):
        agreement = agreement_at(report, given)
        if agreement:
            yield Named(start=given.start, end=given.end, agreement=agreement)
    for match in _definite().finditer(report.text, sentence.start, sentence.end):
        if any(n.start < match.end() and match.start() < n.end for n in here):
            continue
        agreement = _referred(report, match.start(), match[0])
        if agreement:
            yield Named(start=match.start(), end=match.end(), agreement=agreement)


def _referred(report: Report, at: int, phrase: str) -> Agreement | None:
    """What "the treaty" or "that pact" refers to: the last of its kind named before."""
    definite = _definite().search(phrase)
    if definite is None:
        return None
    year = re.search(r"\b(?:1[89]\d\d|20\d\d)\b", phrase)
    kinds = _nouns()[definite[1].lower()]
    for named in reversed([n for n in named_in(report) if n.end <= at]):
        fits = named.agreement.kind in kinds
        if fits and (year is None or named.agreement.signed.startswith(year[0])):
            return named.agreement
    return _of_year(phrase, year[0]) if year else None


def _of_year(phrase: str, year: str) -> Agreement | None:
    """The one agreement of that year whose kind the phrase tells ("the 2015 nuclear deal")."""
    words = phrase.lower()
    those = [a for a in agreements().values() if a.signed.startswith(year)]
    telling = [a for a in those if a.kind.split()[0] in words or loose(phrase) in loose(a.name)]
    return telling[0] if len(telling) == 1 else None


def _touched(text: str, trigger: Passage, named: Named) -> bool:
    if trigger.start < named.end and named.start < trigger.end:
        return True
    low, high = sorted((trigger.end, named.start)) if named.start >= trigger.end else (
        named.end, trigger.start)  # fmt: skip
    between = text[low:high]
    if named.end <= trigger.start and _JOINED.search(between):
        return False
    return len(between) <= _NEAR and not _APART.search(between)


def _gap(trigger: Passage, named: Named) -> int:
    if trigger.start < named.end and named.start < trigger.end:
        return 0
    after = named.start >= trigger.end
    return named.start - trigger.end if after else trigger.start - named.end + 20

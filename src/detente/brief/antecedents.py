"""Whom a pronoun, an office or a group stands for: named, with the passage that names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from detente.brief.naming import country_named, openers, owner
from detente.brief.statements import Statement
from detente.gazetteer.phrases import role_of
from detente.ontology.calendar import MONTHS
from detente.ontology.table import packaged, rows
from detente.records import Event, Participant, Passage, Report

#: A pronoun that opens the sentence, or follows the time that opens it.
OPENING_PRONOUN = re.compile(
    r"^(?P<time>(?:In|On|At|By|During|Since) (?:[\w.-]+,? ){1,3}?(?:\d{4},? )?)?"
    r"\b(?P<word>[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\b(?! (?:is|was) (?:the|a|an)\b)"
)
#: What only "they" may be followed by: one name takes another form of the verb.
_PLURAL = re.compile(r"^(?: (?:have|are|were|do)\b|[’'](?:re|ve)\b)")
_FORMER_LATTER = re.compile(r"^(?:the (?:former|latter)|him)$", re.I)
#: Words before a name that introduce it: ``Prime Minister``, ``Iran's foreign minister,``.
_TITLE = re.compile(r"(?:(?<!\S)[A-Z][\w.’'-]* (?:(?:of|for|and) (?:the )?)?)+$")
_POST = re.compile(r"\b(?:[Tt]he|[A-Z][\w-]+[’']s) (?:[\w’'-]+ ){0,7}[a-z][\w-]*, $")
#: What tells after a name who that is: ``, the spokesman of the ministry,``.
_APPOSED = re.compile(r", (?:the|an?|[A-Z][\w-]+[’']s) [^,.;\n]{3,60}(?=, )")
_ARTICLE = re.compile(r"\b(?:[Tt]he|[Aa]n?) (?:[A-Za-z][\w-]* )?$")
_KIND = re.compile(r"\b([Ff]oreign|[Dd]efence|[Dd]efense|[Ii]nterior|[Tt]rade|[Ff]inance)\s+$")
_FULL_NAME = re.compile(
    r"^((?:[A-Z][\w’'.-]* (?:(?:of|for) (?:the )?)?){2,}[A-Z][\w’'-]*) (?=[a-z])"
)
_SAYS_NO_NAME = re.compile(
    r"^(?:he|she|it|they|him|them|who|both|each|the (?:former|latter|two|pair|\w+)|"
    r"(?:his|her|its|their|this|that|these|those|our|my)\b.*)$",
    re.I,
)
_LOWER = re.compile(r"\b[a-z]")
#: An introduction lies within so many characters before the name.
FAR = 70

Named = tuple[str, tuple[Passage, ...]]


def named(text: str, statement: Statement, told: Sequence[Event]) -> Named:
    """The sentence with the pronoun or office that opens it named, if it is known whom it means.

    Args:
        text: of the sentence, tidied.
        statement: it was taken from.
        told: its events, the chief one first.

    Returns:
        The text, and the passages that name.
    """
    for naming in (_pronoun, _owner, _office, _former):
        text, passages = naming(text, statement, told)
        if passages:
            return text, passages
    return text, ()


def _parties(told: Sequence[Event]) -> Iterator[Participant]:
    for event in told:
        yield from (*event.actor, *((event.speaker,) if event.speaker else ()))


def _pronoun(text: str, statement: Statement, told: Sequence[Event]) -> Named:
    match = OPENING_PRONOUN.match(text)
    if not match or (match["word"].lower() == "they" and _PLURAL.match(text[match.end() :])):
        return text, ()
    start = statement.sentence.start
    for party in _parties(told):
        opens = party.passage.start <= start + match.start("word") + 2
        found = named_before(statement.report, party, start) if opens else None
        if found:
            time = match["time"] or ""
            name = within(found.text) if time else found.text
            return f"{time}{_closed(name, text[match.end() :])}", (found,)
    return text, ()


def _closed(name: str, rest: str) -> str:
    """A name before the rest of its clause; one with its post before it takes a comma after it."""
    return f"{name},{rest}" if ", " in name else name + rest


def _owner(text: str, statement: Statement, told: Sequence[Event]) -> Named:
    """``Its envoy`` as ``Russia's envoy``, where the sentence opens with a state's own man."""
    start = statement.sentence.start
    if not text.startswith("Its "):
        return text, ()
    for party in _parties(told):
        near = start <= party.passage.start < start + len("Its first deputy minister, ")
        whose, found = _state_before(party, statement) if near else ("", None)
        if found:
            return f"{whose} {text.removeprefix('Its ')}", (found,)
    return text, ()


def _office(text: str, statement: Statement, told: Sequence[Event]) -> Named:
    """``The ministry`` as ``Russia's foreign ministry``, ``The president`` by his name."""
    match = _bare_office().match(text)
    if not match:
        return text, ()
    start = statement.sentence.start
    for party in _parties(told):
        if party.passage.start != start or party.passage.text != match.group():
            continue
        person = party.entity.name[:1].isupper() and bool(party.entity.office)
        name = named_before(statement.report, party, start) if person else None
        if name:
            return _closed(name.text, text[match.end() :]), (name,)
        whose, found = _state_before(party, statement)
        if found:
            kind = _kind_before(statement.report, match["noun"], start)
            return f"{whose} {kind}{match['noun']}{text[match.end() :]}", (found,)
    return text, ()


@cache
def _bare_office() -> re.Pattern[str]:
    """``The ministry``, ``The president``: an office told before."""
    table = packaged("detente.brief", "bare_offices.csv")
    nouns = sorted((row["noun"] for _, row in rows(table, ("noun",))), key=len, reverse=True)
    return re.compile(rf"^The (?P<noun>{'|'.join(nouns)})\b(?! of\b)")


def _kind_before(report: Report, noun: str, before: int) -> str:
    """``foreign `` where the report told last of a foreign ministry."""
    place = max(report.text.rfind(form, 0, before) for form in (noun, noun.capitalize()))
    kind = _KIND.search(report.text[max(place - FAR, 0) : place]) if place > 0 else None
    return f"{kind.group(1).lower()} " if kind else ""


def _state_before(party: Participant, statement: Statement) -> tuple[str, Passage | None]:
    """A party's state as an owner, and where the report names it before the sentence."""
    state = country_named(party.entity.country)
    found = _last(statement.report, state.removeprefix("the "), statement.sentence.start)
    return owner(state), found


def _former(text: str, statement: Statement, told: Sequence[Event]) -> Named:
    """``the former``, ``him`` by the name, where the sentence does not tell it."""
    for event in told:
        for party in event.recipient:
            words, name = party.passage.text, party.entity.name
            alone = text.count(f" {words} ") == 1 and name.split()[-1:] != []
            if not (_FORMER_LATTER.match(words) and alone) or name.split()[-1] in text:
                continue
            found = named_before(statement.report, party, statement.sentence.start)
            if found and ", " not in found.text:
                return text.replace(f" {words} ", f" {within(found.text)} "), (found,)
    return text, ()


def named_before(report: Report, party: Participant, before: int) -> Passage | None:
    """Where the report names the party before the character ``before``.

    That is where it is introduced with its office, if it is; else the words it was read from, or
    where its last name stood last.
    """
    name, own = party.entity.name, party.passage
    body = len(report.title) if report.title and report.text.startswith(report.title) else 0
    first = report.text.find(name, body, before) if " " in name else -1
    if first >= 0:
        return _introduced(report, first, first + len(name))
    if own.end <= before and not _SAYS_NO_NAME.match(own.text):
        return _introduced(report, own.start, own.end)
    forms = (name, "" if _LOWER.search(name) else name.rpartition(" ")[2])
    return next(filter(None, (_last(report, form, before) for form in forms)), None)


def _introduced(report: Report, start: int, end: int) -> Passage:
    """The name at ``start`` with the words that introduce it."""
    begins = _introduction(report.text, start, end)
    after = _APPOSED.match(report.text, end) if begins == start else None
    end = after.end() if after else end
    return Passage(report=report.id, start=begins, end=end, text=report.text[begins:end])


def _introduction(text: str, start: int, end: int) -> int:
    """Where the words begin that introduce the name at ``start``: its title, post or article."""
    near = text[max(start - FAR, 0) : start].rpartition("\n")[2]
    if text[start : start + 1].islower():
        article = _ARTICLE.search(near)
        return start - len(near) + article.start() if article else start
    post = _POST.search(near)
    if post and text[end : end + 1] == ",":
        return start - len(near) + post.start()
    if re.search(r"\b[Tt]he $", near):
        return start - len("the ")
    title = _TITLE.search(near)
    begins = start - len(near) + _after_openers(near, title.start()) if title else start
    return begins if begins < start and role_of(text[begins:start].strip()) else start


def _after_openers(near: str, start: int) -> int:
    """``start`` moved past words that only open a sentence or tell the time."""
    for word in re.finditer(r"\S+\s+", near[start:]):
        plain = word.group().strip(" ,.\n")
        if plain.lower() in openers() or plain in MONTHS or plain.endswith("day"):
            continue  # "On Monday President …"
        return start + word.start()
    return len(near)


def _last(report: Report, form: str, before: int) -> Passage | None:
    """Where a name stands last before ``before``, alone."""
    start = report.text.rfind(form, 0, before) if form else -1
    if start < 0:
        return None
    return Passage(report=report.id, start=start, end=start + len(form), text=form)


def shorter(text: str, before: str) -> str:
    """A sentence that opens with a name in full, by the last name if the one before told it so."""
    match = _FULL_NAME.match(text)
    if match is None or f"{match.group(1)} " not in before:
        return text
    title, _, last = match.group(1).rpartition(" ")
    title = title.rpartition(" ")[0]
    known = bool(title) and role_of(title) is not None and role_of(last) is None
    return f"{last} {text[match.end() :]}" if known else text


def within(words: str) -> str:
    """Words as they stand within a sentence: their article takes a small letter."""
    return words[:1].lower() + words[1:] if words.startswith(("The ", "A ", "An ")) else words

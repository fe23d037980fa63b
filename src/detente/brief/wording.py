"""How a chosen statement is put: its own words, its dates made plain, its pronouns named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from detente.brief.datewords import has_date, is_relative, lacks_year
from detente.brief.naming import country_named, openers
from detente.brief.statements import Statement
from detente.ontology.calendar import in_words
from detente.records import Event, Participant, Passage, Report
from detente.resolve.dates import TimeExpression, expressions_of

_LINKING = re.compile(
    r"^(But|And|However|Meanwhile|Nevertheless|Still|Yet|Also|Moreover|Instead|Then|"
    r"In addition|At the same time|For (?:his|her|its|their) part),?\s+"
)
_PRONOUN = re.compile(r"^(He|She|They|It)\b")
#: ``MOSCOW (Northern Wire) —``, ``WASHINGTON, Nov. 29, 2018 (Northern Wire) —``, and what a cut
#: through one leaves.
_DATELINE = re.compile(
    r"^(?:[A-Z][\w .,’'/]{1,60}?\s*(?:\([^)]{1,30}\)\s*)?[—–]\s+(?=[A-Z“\"])|[—–]\s*)"
)
_DATELINE_HEAD = re.compile(r"^(?:[A-Z]{2}|[^—–]*\()")
#: A time told by the sentence before: it gives way to the date itself, or is left out.
_SAME_TIME = re.compile(
    r"^(?:On |In |At )?(?:the same|that) "
    r"(?:day|week|month|year|time|morning|afternoon|evening|night),?\s+",
    re.I,
)
#: A time told from another: it goes where the date itself is put.
_LATER = re.compile(
    r",?\s+(?:the (?:following|next|same) (?:day|week|month|year)|that (?:day|week|month|year)|"
    r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|several|\d+) "
    r"(?:hours?|days?|weeks?|months?|years?) later)\b(?!\s+\w+ing)"
)
_SPEECH = re.compile(
    r"\b(?:said|says|told|announced|warned|wrote|added|accused|claimed|denied|insisted|declared|"
    r"confirmed|argued|rejected|demanded|urged|according to)\b"
)
#: A guess this close to the report's own day says no more than that day does.
NEAR_DAYS = 7
_LEADING = re.compile(r"\b(?:on|in|by|from|since|until|before|after|for)\s+$", re.I)


def put(
    statement: Statement, told: Sequence[Event], cuts: Sequence[tuple[int, int]] = ()
) -> tuple[str, tuple[Passage, ...]]:
    """The sentence of a brief that tells ``told``, and the passages it rests on.

    Args:
        statement: whose words are used.
        told: those of its events that the sentence is there for, the chief one first.
        cuts: stretches of the sentence that are left out (bounds within it, apart).

    Returns:
        Text ending in a full stop, and the passages: the sentence itself, and where a pronoun was
        replaced the passage that names whom it stands for.
    """
    evidence = [statement.sentence]
    text = tidied(_dates_made_plain(statement, cuts))
    text = _LINKING.sub("", text)
    text = _capitalised(_SAME_TIME.sub("", text))
    for naming in (_named, _owner_named):
        text, antecedent = naming(text, statement, told)
        evidence += [antecedent] if antecedent else []
    text = _dated(text, told)
    text, teller = _attributed(text, statement, told)
    if teller:
        evidence.append(teller)
    return _stopped(_capitalised(text)), tuple(evidence)


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _dates_made_plain(statement: Statement, cuts: Sequence[tuple[int, int]]) -> str:
    """The sentence with relative dates, and months without their year, made plain, and cut."""
    text = statement.sentence.text
    found = _expressions_in(statement)
    edits: list[tuple[int, int, TimeExpression | None]] = [(s, e, None) for s, e in cuts]
    edits += [(f.start, f.end, f) for f in found if not any(s <= f.start < e for s, e in cuts)]
    for start, end, expression in sorted(edits, key=lambda edit: -edit[0]):
        if expression is None:
            text = text[:start] + text[end:]
            continue
        stated = _dated_by(expression, statement)
        words = in_words(stated or expression.edtf)
        plain = is_relative(expression.text) or (bool(stated) and lacks_year(expression.text))
        if expression.kind == "DATE" and words and plain and not _is_bound(text, expression):
            text = _replaced(text, expression, words)
    return text


def _expressions_in(statement: Statement) -> list[TimeExpression]:
    """The time expressions of the sentence, as its report has them: told from its own now."""
    sentence = statement.sentence
    return [
        replace(e, start=e.start - sentence.start, end=e.end - sentence.start)
        for e in expressions_of(statement.report)
        if sentence.start <= e.start and e.end <= sentence.end
    ]


def _dated_by(found: TimeExpression, statement: Statement) -> str:
    """The date of the event that a phrase dates: that was read with the verb's tense."""
    start = statement.sentence.start
    for event in statement.events:
        time = event.coded.time
        if time and time.start < start + found.end and start + found.start < time.end:
            return event.when.edtf if event.when.basis == "stated" else ""
    return ""


def _is_bound(text: str, found: TimeExpression) -> bool:
    """Whether a date in words would not stand there: *Monday's talks*, *by Saturday*."""
    after, before = text[found.end :], text[: found.start]
    if after[:2] in ("'s", "’s") or found.text.endswith(("'s", "’s")):
        return True
    if re.search(r"\b(?:by|until|before)\s+$", before, re.I):
        return True
    return lacks_year(found.text) and not re.search(r"\b(?:on|in|since)\s+$", before, re.I)


def _replaced(text: str, found: TimeExpression, words: str) -> str:
    preposition, _, date = words.partition(" ")
    leads = _LEADING.search(text[: found.start])
    own = re.match(r"(?:on|in)\s", found.text, re.I)
    put_as = date if leads and not own else f"{preposition} {date}"
    stop = "." if found.text.endswith(".") and found.end == len(text) else ""
    told = text[: found.start] + put_as + stop + text[found.end :]
    return (
        told if text.count(date) == 0 else text[: found.start].rstrip() + stop + text[found.end :]
    )


def tidied(text: str) -> str:
    """A sentence without dateline, stray quotation marks and doubled spaces or stops."""
    text = re.sub(r"\s+", " ", text).strip()
    if _DATELINE_HEAD.match(text) or text[:1] in "—–":
        text = _DATELINE.sub("", text)
    text = re.sub(r"^[”’\"]\s+(?=\w)", "", text)
    for opening, closing in (("“", "”"), ('"', '"')):
        marks = text.count(opening) + (text.count(closing) if opening != closing else 0)
        if marks == 1:
            text = text.replace(opening, "").replace(closing, "")
    text = re.sub(r"\.{2,}$", ".", text)
    return re.sub(r"\s+([,.;:])", r"\1", text).strip()


def _named(text: str, statement: Statement, told: Sequence[Event]) -> tuple[str, Passage | None]:
    """A pronoun that opens the sentence replaced by the name it stands for, if one is known."""
    match = _PRONOUN.match(text)
    if not match:
        return text, None
    for event in told:
        speaker = (event.speaker,) if event.speaker else ()
        for participant in (*event.actor, *speaker):
            opens = participant.passage.start <= statement.sentence.start + 2
            antecedent = named_before(statement.report, participant, statement.sentence.start)
            if opens and antecedent:
                return antecedent.text + text[match.end() :], antecedent
    return text, None


def _owner_named(
    text: str, statement: Statement, told: Sequence[Event]
) -> tuple[str, Passage | None]:
    """``Its envoy`` as ``Russia's envoy``, where the sentence opens with a state's own man."""
    start = statement.sentence.start
    if not text.startswith("Its "):
        return text, None
    for event in told:
        speaker = (event.speaker,) if event.speaker else ()
        for party in (*event.actor, *speaker):
            state = country_named(party.entity.country)
            near = start <= party.passage.start < start + len("Its first deputy minister, ")
            found = _passage_before(statement.report, state.removeprefix("the "), start)
            if near and found:
                owner = f"{state}'" if state.endswith("s") else f"{state}'s"
                return f"{owner} {text.removeprefix('Its ')}", found
    return text, None


def _attributed(
    text: str, statement: Statement, told: Sequence[Event]
) -> tuple[str, Passage | None]:
    """The sentence with who says so, where a neighbouring sentence names the speaker."""
    speakers = {event.speaker for event in told}
    speaker = speakers.pop() if len(speakers) == 1 else None
    if speaker is None:
        return text, None
    start, end = statement.sentence.start, statement.sentence.end
    if start <= speaker.passage.start < end:
        return text, None
    by_name = speaker.passage.text[:1].isupper() and not _PRONOUN.match(speaker.passage.text)
    teller = speaker.passage if by_name else named_before(statement.report, speaker, start)
    if teller is None:
        return text, None
    if _PRONOUN.match(text) and _SPEECH.search(text):
        return _PRONOUN.sub(teller.text, text, count=1), teller
    if _says_already(text, teller.text):
        return text, None
    return f"{text.rstrip('.')}, {teller.text} said.", teller


def _says_already(text: str, teller: str) -> bool:
    """Whether a sentence says itself that this speaker says so."""
    name = teller.rsplit(maxsplit=1)[-1]
    return bool(re.search(rf"\b{re.escape(name)}\b", text) and _SPEECH.search(text))


def named_before(report: Report, participant: Participant, before: int) -> Passage | None:
    """Where the report last names the participant before the character ``before``."""
    name = participant.entity.name
    forms = (name, name.split()[-1] if name else "")
    return next(filter(None, (_passage_before(report, form, before) for form in forms)), None)


def _passage_before(report: Report, form: str, before: int) -> Passage | None:
    start = report.text.rfind(form, 0, before) if form else -1
    if start < 0:
        return None
    return Passage(report=report.id, start=start, end=start + len(form), text=form)


def _dated(text: str, told: Sequence[Event]) -> str:
    """The sentence with its date put first, where it tells none itself and only one is known.

    A sentence whose events fall on several days gets none: it could be read of the wrong one.
    """
    dates = {event.when.edtf for event in told}
    words = in_words(dates.pop()) if len(dates) == 1 else ""
    later = _LATER.sub("", text)
    if later != text and words and not has_date(later):
        text = later
    if not words or has_date(text) or any(_is_of_its_report(e) for e in told):
        return text
    lead = f"{words[0].upper()}{words[1:]}"
    if text.split(maxsplit=1)[0].lower().strip(",") in openers():
        return f"{lead}, {text[0].lower()}{text[1:]}"
    return f"{lead}, {text}"


def _is_of_its_report(event: Event) -> bool:
    """Whether an event is dated by nothing but its report, or by a guess close to it."""
    day, reported = event.when.earliest, event.reported
    if event.when.basis == "publication":
        return True
    if not event.when.edtf.endswith("~") or day is None or reported is None:
        return False
    return abs((reported.date() - day).days) <= NEAR_DAYS


def _stopped(text: str) -> str:
    return text if re.search(r"[.!?][”\"’')\]]*$", text) else f"{text}."

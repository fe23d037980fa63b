"""How a chosen statement is put: its own words, its dates made plain, its pronouns named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.brief.antecedents import named, named_before, within
from detente.brief.dating import dated, dates_made_plain
from detente.brief.statements import Statement
from detente.records import Event, Passage

_LINKING = re.compile(
    r"^(But|And|However|Meanwhile|Nevertheless|Still|Yet|Also|Moreover|Instead|Then|"
    r"In addition|At the same time|For (?:his|her|its|their) part),?\s+"
)
_PRONOUN = re.compile(r"^(He|She|They|It)\b")
#: ``MOSCOW (Northern Wire) —``, ``WASHINGTON, Nov. 29, 2018 (Northern Wire) —``, and what a cut
#: through one leaves.
_DATELINE = re.compile(
    r"^(?:[A-Z][\w .,’'/]{1,60}?\s*(?:\([^)]{1,30}\)\s*)?(?:[—–]|\s-)\s+(?=[A-Z“\"])|[—–]\s*)"
)
_DATELINE_HEAD = re.compile(r"^(?:[A-Z]{2}|[^—–]*\()")
#: A time told by the sentence before: it gives way to the date itself, or is left out.
_SAME_TIME = re.compile(
    r"^(?:On |In |At )?(?:the same|that) "
    r"(?:day|week|month|year|time|morning|afternoon|evening|night),?\s+",
    re.I,
)
_SPEECH = re.compile(
    r"\b(?:said|says|told|announced|warned|wrote|added|accused|claimed|denied|insisted|declared|"
    r"confirmed|argued|rejected|demanded|urged|according to)\b"
)
#: ``“…,” he said``: who speaks, told by a pronoun at the end.
_SAID_BY_PRONOUN = re.compile(
    r"(?<=[,”\"] )(?:he|she|they|it)(?= (?:said|added|told|wrote|warned|argued|insisted)\b)"
)


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
    text = tidied(dates_made_plain(statement, cuts))
    text = _LINKING.sub("", text)
    text = _capitalised(_SAME_TIME.sub("", text))
    text, passages = named(text, statement, told)
    text = dated(_capitalised(text), statement, told)
    text, teller = _attributed(text, statement, told)
    evidence += [*passages, *((teller,) if teller else ())]
    return _stopped(_capitalised(text)), tuple(dict.fromkeys(evidence))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


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
    return _with_teller(text, teller)


def _with_teller(text: str, teller: Passage) -> tuple[str, Passage | None]:
    """The sentence with its speaker for the pronoun that speaks, or after it."""
    if _PRONOUN.match(text) and _SPEECH.search(text):
        return _PRONOUN.sub(teller.text, text, count=1), teller
    if _SAID_BY_PRONOUN.search(text):
        return _SAID_BY_PRONOUN.sub(teller.text, text, count=1), teller
    if _says_already(text, teller.text):
        return text, None
    comma = "," if ", " in teller.text else ""
    return f"{text.rstrip('.')}, {within(teller.text)}{comma} said.", teller


def _says_already(text: str, teller: str) -> bool:
    """Whether a sentence says itself that this speaker says so."""
    name = teller.rsplit(maxsplit=1)[-1]
    return bool(re.search(rf"\b{re.escape(name)}\b", text) and _SPEECH.search(text))


def _stopped(text: str) -> str:
    return text if re.search(r"[.!?][”\"’')\]]*$", text) else f"{text}."

"""Fewer words for the same facts: what tells nothing coded is cut, one subject is told once.

Sentences are shortened by rule at their punctuation and never reworded (extractive compression;
Jing, ANLP 2000): every word that is left stands in the passage cited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from detente.brief.statements import Statement
from detente.records import CitedSentence

#: Shorter sentences are left as they are; joined ones get no longer than this.
LEAST_WORDS, MOST_WORDS = 20, 45
#: What is left keeps at least so many words.
LEAST_LEFT = 7
_CUTS = (
    re.compile(
        r",\s(?:despite|amid|even as|although|though|in what|a (?:step|move|sign) that)\b[^;“”\"]*"
        r"(?=\.?$)"
    ),
    re.compile(r",\s(?:which|who|whose|whom|where)\b[^,;“”\"]*(?=,|\.?$)"),
    re.compile(r",\sbut (?:that )?[^,;“”\"]*(?=\.?$)"),
    re.compile(
        r",\sand (?:that|they|he|she|it|has|had|is|was|were|will|would)\b[^,;“”\"]*(?=\.?$)"
    ),
    re.compile(r"^[^,]*(?P<cut>,\sand [^,;“”\"]*)(?=\.?$)"),
    re.compile(r"\s\([^()]{1,60}\)"),
)
#: What may follow an aside without the comma that closed it.
_GOES_ON = re.compile(r",(?=\s(?!and |or |but )[a-z])")
#: ``…, Paz said.``: what is joined on would be said by somebody else.
_SAID_AT_END = re.compile(r", [^,]* (?:said|told|wrote|announced|added)\b[^,]*\.$")
_HONORIFICS = frozenset({"Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "The"})
_SUBJECT = re.compile(
    r"^((?:[A-Z][\w’'.-]*(?<![’']s)(?<![’'])\s(?:(?:of|for)\s(?:the\s)?(?=[A-Z]))?)+)(?=[a-z])"
)


def cuts_of(statement: Statement) -> list[tuple[int, int]]:
    """Stretches of a sentence that may go: asides and adjuncts in which nothing coded stands.

    Returns:
        bounds within the sentence, apart from each other, in order.
    """
    text = statement.sentence.text
    words = len(text.split())
    kept = _coded_spans(statement)
    found: list[tuple[int, int]] = []
    for pattern in _CUTS if words > LEAST_WORDS else ():
        for match in pattern.finditer(text):
            start, end = match.span("cut" if match.re.groups else 0)
            taken = [*kept, *found]
            if all(end <= first or last <= start for first, last in taken):
                found.append((start, end))
    starts = {start for start, _ in found}
    found = [
        (start, end + (end not in starts and bool(_GOES_ON.match(text, end))))
        for start, end in found
    ]
    left = words - sum(len(text[start:end].split()) for start, end in found)
    return sorted(found) if left >= LEAST_LEFT else []


def _coded_spans(statement: Statement) -> list[tuple[int, int]]:
    """Where the sentence tells what was coded from it: acts, parties, times, places, speakers."""
    origin = statement.sentence.start
    passages = []
    for event in statement.events:
        coded = event.coded
        told = (coded.trigger, coded.time, coded.place, coded.agreement, coded.speaker)
        passages += [p for p in (*told, *coded.actor, *coded.recipient) if p]
    return [(p.start - origin, p.end - origin) for p in passages]


def aggregated(
    sentences: Sequence[CitedSentence], stands: Callable[[CitedSentence], bool]
) -> tuple[CitedSentence, ...]:
    """Neighbouring sentences of a paragraph that begin with one subject, joined in one.

    Args:
        sentences: in order.
        stands: whether a joined sentence verifies; those that do not are left apart.
    """
    return tuple(_joined(sentences, stands))


def _joined(
    sentences: Sequence[CitedSentence], stands: Callable[[CitedSentence], bool]
) -> Iterator[CitedSentence]:
    held: CitedSentence | None = None
    for sentence in sentences:
        both = _both(held, sentence) if held else None
        if both and stands(both):
            yield both
            held = None
            continue
        if held:
            yield held
        held = sentence
    if held:
        yield held


def _both(first: CitedSentence, second: CitedSentence) -> CitedSentence | None:
    """Two sentences as one, if the second's subject is the first's (or its last name)."""
    one, other = _SUBJECT.match(first.text), _SUBJECT.match(second.text)
    if not one or not other or first.paragraph != second.paragraph:
        return None
    words = len(first.text.split()) + len(second.text.split())
    plain = not re.search(r"[“”\"?!;:]|\b(?:and|but)\b", first.text + second.text)
    plain = plain and not _SAID_AT_END.search(first.text)
    if not (_same_subject(one.group(1), other.group(1)) and plain) or words > MOST_WORDS:
        return None
    return replace(
        first,
        text=f"{first.text.rstrip('.')}, and {second.text[other.end() :]}",
        evidence=tuple(dict.fromkeys((*first.evidence, *second.evidence))),
        events=tuple(dict.fromkeys((*first.events, *second.events))),
    )


def _same_subject(one: str, other: str) -> bool:
    """Whether a second name is the first again: no fuller, or ``President Assad`` for ``Mr Assad``.

    ``Mr`` and the like tell who was named before, so that a fuller name after them is no other's.
    """
    first, second = one.split(), other.split()
    if first[-1] != second[-1]:
        return False
    bare = set(first) - _HONORIFICS
    again = set(second) - _HONORIFICS <= set(first)
    return again or (len(bare) < len(first) and bare <= set(second))

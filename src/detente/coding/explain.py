"""Why an event was coded as it was, in words: passage, parse, rule or examples, runner-up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.glossary import GLOSSARY
from spacy.tokens import Doc, Span, Token

from detente.coding.attribution import Speaker, attributions, speaker_of
from detente.coding.auxiliary import Sense, sense_of
from detente.coding.classifier import NONE, MarkedSentence, Neighbour, TypeClassifier
from detente.coding.clauses import lemmas
from detente.coding.governing import governors
from detente.coding.language import language
from detente.coding.lexicon import Entry, GovernorKind, Requirement, lexicon
from detente.coding.participants import Participants
from detente.coding.trust import ALWAYS, meanings, traits_of
from detente.coding.undecided import open_at
from detente.errors import InputError
from detente.records import CodedEvent, Passage, Report

#: Between a lexicon entry and the pattern it matched in, in ``CoderMark.name``.
_BETWEEN = " / "
#: A share below this is not printed as a number.
_LEAST = 0.01
_MERGED = _BETWEEN + "merged"
#: What each kind of governing word makes of the act below it.
_KINDS: dict[GovernorKind, str] = {
    "plan": "makes it a plan",
    "wish": "makes it a wish",
    "commit": "makes it a promise or an offer",
    "threat": "makes it a threat",
    "refuse": "refuses it",
    "cancel": "calls it off",
    "request": "asks for it",
    "order": "orders it",
    "accuse": "charges someone with it",
    "deny": "denies it",
    "attempt": "tries it",
    "fail": "fails at it",
    "consider": "only considers it",
    "permit": "permits it",
    "through": "carries it out",
    "light": "carries it out",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """The type that came second, how near it came (0–1), and on what ground."""

    event_type: str
    share: float
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that ``detente explain`` prints of one event, part by part."""

    event: CodedEvent
    parse: tuple[str, ...]
    decided: tuple[str, ...]
    sense: tuple[str, ...]
    speaker: tuple[str, ...]
    examples: tuple[Neighbour, ...] = ()
    rival: Rival | None = None


def explain(doc: Doc, event: CodedEvent) -> Explanation:
    """Why ``event`` was coded.

    Args:
        doc: the parse of its report's text, with the same characters.
        event: coded from that report.

    Returns:
        The explanation; examples and runner-up come from the classifier, where it is installed.

    Raises:
        InputError: if the trigger's characters are not in ``doc``.
    """
    span = doc.char_span(event.trigger.start, event.trigger.end, alignment_mode="expand")
    if span is None or doc.text[event.trigger.start : event.trigger.end] != event.trigger.text:
        raise InputError(event.trigger.text, "this event was not coded from this text")
    said = attributions(doc)
    head, left_open = _predicate(span, event), open_at(span.root, Participants(doc, said))
    by_model = event.coder.kind == "model"
    marked = left_open.clause if by_model and left_open is not None else _marked(event)
    return Explanation(
        event=event,
        parse=tuple(_parse(span)),
        decided=(*_decided(event, left_open is not None), *_trusted(event, head)),
        sense=_sense(event, sense_of(head, published=None), _governed(head, event)),
        speaker=_speaker(speaker_of(head, said)),
        examples=_nearest(marked) if by_model else (),
        rival=_rival(event, marked),
    )


def explain_in(report: Report, event: CodedEvent) -> Explanation:
    """As :func:`explain`, from the report itself: parses it anew.

    Raises:
        InputError: if the event was not coded from this report.
    """
    return explain(language()(report.text), event)


def in_words(explanation: Explanation) -> str:
    """The explanation as lines of text, headed part by part."""
    event = explanation.event
    parts: list[tuple[str, tuple[str, ...]]] = [
        ("Passage", (event.sentence.text.strip(),)),
        ("Coded as", (_coded(event),)),
        ("Parse", explanation.parse),
        ("Decided by", explanation.decided),
        ("Nearest training examples", tuple(_example(n) for n in explanation.examples)),
        ("Sense", explanation.sense),
        ("Who says so", explanation.speaker),
        ("Runner-up", _rival_words(explanation.rival)),
    ]
    lines = []
    for title, words in parts:
        if words:
            lines.append(title)
            lines.extend(f"  {line}" for line in words)
    return "\n".join(lines)


def _coded(event: CodedEvent) -> str:
    mode = f" ({event.mode})" if event.mode else ""
    act = f", act {event.act}" if event.act != event.event_type else ""
    return f"{event.event_type}{mode}{act}, {event.status}, confidence {event.confidence:.2f}"


# ── parse ─────────────────────────────────────────────────────────────────────────────────────


def _parse(span: Span) -> Iterator[str]:
    """The trigger's place in its sentence, then what hangs on it."""
    token = span.root
    while token.head != token:
        yield f"“{token.text}” is {_role(token)} of “{token.head.text}”"
        token = token.head
    yield f"“{token.text}” heads the sentence"
    for child in span.root.children:
        if not child.is_punct and not child.is_space:
            yield f"“{_words(child)}” is {_role(child)} of “{span.root.text}”"


def _role(token: Token) -> str:
    return str(GLOSSARY.get(token.dep_, token.dep_))


def _words(token: Token, longest: int = 12) -> str:
    words = list(token.subtree)
    text = token.doc[words[0].i : words[-1].i + 1].text if words else token.text
    pieces = text.split()
    return " ".join(pieces[:longest]) + (" …" if len(pieces) > longest else "")


# ── rule, examples, rival ─────────────────────────────────────────────────────────────────────


def _predicate(span: Span, event: CodedEvent) -> Token:
    """The word of the trigger that the lexicon entry names ("mediate" in "offered to mediate")."""
    entry = entry_of(event)
    named = (t for t in span if entry is not None and entry.lemma in lemmas(t))
    return next(named, span.root)


def _decided(event: CodedEvent, left_open: bool) -> Iterator[str]:
    mark = event.coder
    yield f"{mark.kind} {mark.name}, version {mark.version}"
    if mark.kind == "model":
        why = "has no entry that fits this clause" if left_open else "gives this verb several types"
        yield f"the lexicon {why}; the trained classifier chose"
    if mark.kind == "rule" and (entry := entry_of(event)) is not None:
        needs = "; ".join(_need(need) for need in entry.requirements) or "nothing else"
        yield f"lexicon entry “{entry.lemma}” ({entry.frame}), which needs {needs}"
        if entry.example:
            yield f"its example: {entry.example}"


def _trusted(event: CodedEvent, head: Token) -> Iterator[str]:
    """How many such codings are right, and what about it makes that more or fewer."""
    entry = entry_of(event)
    if event.coder.kind != "rule" or entry is None:
        return
    pattern = event.coder.name.split(_BETWEEN)[-1]
    held = (name for name in traits_of(entry, pattern, event.status, head) if name != ALWAYS)
    grounds = "; ".join(meanings()[name] for name in held) or "nothing about it tells"
    yield f"some {100 * event.confidence:.0f} in 100 such codings are right: {grounds}"


def _need(need: Requirement, longest: int = 5) -> str:
    """A requirement in a few words: "obj: accord, deal, pact …"."""
    words = sorted(need.words)
    what = ", ".join(words[:longest]) + (" …" if len(words) > longest else "")
    return f"{need.role}: {what or ('a political actor' if need.wants_party else 'any')}"


def entry_of(event: CodedEvent) -> Entry | None:
    """The lexicon entry that a rule-coded event names, if the lexicon still has it."""
    name = event.coder.name.split(_BETWEEN)[0]
    return next((entry for entry in lexicon().entries() if entry.id == name), None)


def _marked(event: CodedEvent) -> MarkedSentence:
    """The sentence with its first actor and recipient as the classifier wants them."""

    def within(passages: tuple[Passage, ...]) -> tuple[int, int] | None:
        for passage in passages:
            start, end = passage.start - event.sentence.start, passage.end - event.sentence.start
            if 0 <= start < end <= len(event.sentence.text):
                return start, end
        return None

    return MarkedSentence(
        text=event.sentence.text, actor=within(event.actor), recipient=within(event.recipient)
    )


def _nearest(marked: MarkedSentence) -> tuple[Neighbour, ...]:
    try:
        return tuple(TypeClassifier.load().nearest(marked))
    except InputError:
        return ()


def _rival(event: CodedEvent, marked: MarkedSentence) -> Rival | None:
    """The classifier's likeliest other type, its share among the types; that of no event beside it.

    Without the classifier, another reading of the same word.
    """
    try:
        shares = TypeClassifier.load().types([marked])[0]
    except InputError:
        return _other_reading(event)
    others = {n: share for n, share in shares.items() if n not in (event.event_type, NONE)}
    name = max(sorted(others), key=others.__getitem__)
    because = f"the classifier's other choice; that nothing happens it gives {shares[NONE]:.2f}"
    share = others[name] / max(1.0 - shares[NONE], 1e-6)
    return Rival(event_type=name, share=share, because=because)


def _other_reading(event: CodedEvent) -> Rival | None:
    entry = entry_of(event)
    if entry is None:
        return None
    for other in lexicon().entries():
        if other.lemma == entry.lemma and other.event_type != event.event_type:
            return Rival(event_type=other.event_type, share=0.0, because=f"entry {other.id}")
    return None


def _rival_words(rival: Rival | None) -> tuple[str, ...]:
    if rival is None:
        return ()
    share = f" ({rival.share:.2f})" if rival.share >= _LEAST else " (under 0.01)"
    return (f"{rival.event_type}{share}: {rival.because}",)


def _example(near: Neighbour) -> str:
    return f"{near.similarity:.2f} {near.sense}: {near.text} [{near.origin}]"


# ── sense and speaker ─────────────────────────────────────────────────────────────────────────


def _governed(head: Token, event: CodedEvent) -> tuple[str, ...]:
    """What the word above makes of an act that is told with it as one event."""
    if not event.coder.name.endswith(_MERGED):
        return ()
    governor = next(iter(governors(head, frozenset())), None)
    return () if governor is None else (f"“{governor.token.text}”: {_KINDS[governor.kind]}",)


def _sense(event: CodedEvent, sense: Sense, above: tuple[str, ...]) -> tuple[str, ...]:
    modes = f" ({', '.join(event.auxiliary)})" if event.auxiliary else ""
    reasons = (*above, *sense.because) or ("nothing in the sentence qualifies it",)
    return (f"{event.status}{modes}", *reasons)


def _speaker(speaker: Speaker) -> tuple[str, ...]:
    if speaker.vouched:
        return ("the outlet itself",)
    if speaker.source is None:
        return ("hearsay, without a source",)
    named = " (not named)" if speaker.anonymous else ""
    through = tuple(f"as passed on by “{outer.text}”" for outer in speaker.outer)
    return (f"“{speaker.source.text}”{named}", *through)

"""Where the lexicon gives a bare verb several types, the trained classifier chooses between them.

Elsewhere the lexicon decides. On sentences of wire news that neither was made from, the classifier
is right where the two differ on such verbs, and the lexicon hardly ever; on verbs of one type, and
in frames, they are right about as often as each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from detente.coding.classifier import NONE, MarkedSentence, TypeClassifier, senses
from detente.coding.events import Mention
from detente.coding.lexicon import NOTHING, lexicon
from detente.records import CodedEvent, CoderMark, Passage

#: The classifier's probability from which it overrules a bare verb.
SURE = 0.7
#: A requirement that hardly narrows (any party there, no object) leaves a verb as good as bare.
_BARE = 1

Told = tuple[Mention, CodedEvent]


def ambiguous(mention: Mention) -> bool:
    """Whether the lexicon lists a verb under several types and nothing around it decides."""
    entry = mention.entry
    if entry.nominal or entry.weight > _BARE or mention.pattern != "own":
        return False
    if mention.event_type != entry.event_type or mention.status not in ("done", "alleged"):
        return False
    types = {other.event_type for other in lexicon().verbs.get(entry.lemma, ())} - {NOTHING}
    return len(types) > 1


def decided(told: Sequence[Told]) -> Iterator[CodedEvent]:
    """The events of a report in order, the ambiguous ones as the classifier reads them.

    Args:
        told: mentions with their events; the classifier is loaded when one is ambiguous.
    """
    asked = {n: of for n, (m, e) in enumerate(told) if ambiguous(m) and (of := _marked(e))}
    shares = TypeClassifier.load().senses(list(asked.values())) if asked else []
    by_event = dict(zip(asked, shares, strict=True))
    for n, (_, event) in enumerate(told):
        yield _by_model(event, by_event[n]) if n in by_event else event


def _marked(event: CodedEvent) -> MarkedSentence | None:
    """The sentence with one who acts and one who is acted on (or acts with)."""
    parties = (*event.actor[:1], *event.recipient[:1])
    if not event.recipient:
        parties = event.actor[:2]
    if len(parties) != 2:
        return None
    start = event.sentence.start
    actor, recipient = ((p.start - start, p.end - start) for p in parties)
    within = all(_within(p, event.sentence) for p in parties)
    text = event.sentence.text
    return MarkedSentence(text=text, actor=actor, recipient=recipient) if within else None


def _within(party: Passage, sentence: Passage) -> bool:
    return sentence.start <= party.start and party.end <= sentence.end


def _by_model(event: CodedEvent, shares: Mapping[str, float]) -> CodedEvent:
    """The event as the classifier types it, where it is sure of another type."""
    totals: dict[str, float] = {}
    for name, share in shares.items():
        of = senses()[name].event_type
        totals[of] = totals.get(of, 0.0) + share
    first = max(totals, key=lambda name: totals[name])
    if first in (NONE, event.event_type) or totals[first] < SURE:
        return event
    best = max((n for n in shares if senses()[n].event_type == first), key=lambda n: shares[n])
    sense = senses()[best]
    return replace(
        event,
        event_type=first,
        act=sense.act,
        mode=sense.mode,
        cameo="",
        coder=CoderMark(kind="model", name=best, version=TypeClassifier.load().version),
        confidence=round(totals[first], 2),
    )

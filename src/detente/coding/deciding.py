"""What the trained classifier decides: what the lexicon leaves open, or cannot tell apart.

Where the lexicon gives a bare verb several types, the classifier chooses between them: on sentences
of wire news that neither was made from it is right where the two differ, and the lexicon hardly
ever. Where the lexicon has nothing for a clause between two political parties, the classifier types
it, or drops it: from which probability, and what that probability is worth, was measured on clauses
of our own writing (``weights/open.json``, ``training/fit_open.py``). Elsewhere the lexicon decides.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from detente.coding.classifier import NONE, MarkedSentence, TypeClassifier, senses
from detente.coding.events import Mention
from detente.coding.governing import planned_type
from detente.coding.lexicon import NOTHING, lexicon
from detente.coding.undecided import Open
from detente.records import CodedEvent, CoderMark, Passage

#: The classifier's probability from which it overrules a bare verb.
SURE = 0.7
#: A requirement that hardly narrows (any party there, no object) leaves a verb as good as bare.
_BARE = 1

Told = tuple[Mention, CodedEvent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """From which probability an open clause is typed, and how often the type is then right.

    The share that is right at probability p is ``1 / (1 + exp(-(slope * logit(p) + offset)))``
    (Platt, Probabilistic outputs for support vector machines, 1999).
    """

    threshold: float
    slope: float
    offset: float

    def right(self, probability: float) -> float:
        """How often a type of this probability (0–1) is right, 0–1."""
        p = min(max(probability, 1e-4), 1 - 1e-4)
        return 1 / (1 + math.exp(-(self.slope * math.log(p / (1 - p)) + self.offset)))


@cache
def calibration() -> Calibration:
    """The shipped calibration of open clauses."""
    text = (files("detente.coding") / "weights" / "open.json").read_text(encoding="utf-8")
    return Calibration(**{str(name): float(value) for name, value in json.loads(text).items()})


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
    """The events of a report in order, the open and ambiguous ones as the classifier reads them.

    Args:
        told: mentions with their events; the classifier is loaded when one needs it.
    """
    asked = {n: of for n, (m, e) in enumerate(told) if (of := _asked(m, e)) is not None}
    shares = TypeClassifier.load().senses(list(asked.values())) if asked else []
    by_event = dict(zip(asked, shares, strict=True))
    for n, (mention, event) in enumerate(told):
        if isinstance(mention, Open):
            typed = _typed(event, by_event[n])
            if typed is not None:
                yield typed
        else:
            yield _by_model(event, by_event[n]) if n in by_event else event


def _asked(mention: Mention, event: CodedEvent) -> MarkedSentence | None:
    """What the classifier is to read for a mention, where it is asked at all."""
    if isinstance(mention, Open):
        return mention.clause
    return _marked(event) if ambiguous(mention) else None


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


def _likeliest(shares: Mapping[str, float]) -> tuple[str, float]:
    """The type whose senses have the greatest share together, and that share."""
    totals: dict[str, float] = {}
    for name, share in shares.items():
        of = senses()[name].event_type
        totals[of] = totals.get(of, 0.0) + share
    return max(totals.items(), key=lambda one: one[1])


def _by_model(event: CodedEvent, shares: Mapping[str, float]) -> CodedEvent:
    """The event as the classifier types it, where it is sure of another type."""
    first, share = _likeliest(shares)
    if first in (NONE, event.event_type) or share < SURE:
        return event
    return _as(event, first, shares, share)


def _typed(event: CodedEvent, shares: Mapping[str, float]) -> CodedEvent | None:
    """An open clause with its type and the share in which such types are right; or nothing."""
    first, share = _likeliest(shares)
    if first == NONE or share < calibration().threshold:
        return None
    typed = _as(event, first, shares, calibration().right(share))
    if event.status != "planned":
        return typed
    kind = planned_type(first)
    return replace(typed, event_type=kind, mode=typed.mode if kind == first else "")


def _as(
    event: CodedEvent, event_type: str, shares: Mapping[str, float], confidence: float
) -> CodedEvent:
    """The event under a type, by the likeliest of its senses."""
    of_type = (name for name in shares if senses()[name].event_type == event_type)
    best = max(of_type, key=lambda name: shares[name])
    sense = senses()[best]
    return replace(
        event,
        event_type=event_type,
        act=sense.act,
        mode=sense.mode,
        cameo="",
        coder=CoderMark(kind="model", name=best, version=TypeClassifier.load().version),
        confidence=round(confidence, 2),
    )

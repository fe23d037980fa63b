"""The type of what relates two given phrases of a sentence: lexicon and classifier together.

The classifier gives a probability to every type; each event that the lexicon reads in the sentence
speaks for its own type, the more loudly the better its parties fit the two phrases. Evidence adds
up in log space (a product of experts): the score of a type is ``a·log p + w(fit)``, and the softmax
of the scores is its share. The constants in ``weights/pair.json`` were fitted on sentences of our
own writing that were held out from training (``training/fit_pair.py``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, get_args

from spacy.tokens import Doc

from detente.coding.classifier import NONE, Codebook, MarkedSentence, Span, TypeClassifier
from detente.coding.events import Mention, mentions
from detente.coding.language import language
from detente.coding.participants import Participants, Party

#: How a lexicon event's parties fit the pair, best first.
Fit = Literal["both", "reversed", "actor", "recipient", "elsewhere"]
FITS: tuple[Fit, ...] = get_args(Fit)
#: CAMEO categories that data renamed from CAMEO has under another type than the manual
#: (see the column ``cameo`` of ``tables/senses.csv``).
_CAMEO_ROOTS = {
    "163": "COERCE",
    "116": "ACCUSE",
    "055": "SUPPORT",
    "191": "ASSAULT",
    "192": "ASSAULT",
}
_YIELDING = frozenset({"RETREAT", "CONCEDE"})
_LEAST = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class PairTyping:
    """What relates a pair: the best type with its share 0–1, the runner-up, and who decided.

    ``decided`` is ``lexicon`` or ``model`` where only that one spoke for the type, else ``both``.
    ``entry`` names the lexicon entry that spoke for it, if one did.
    """

    event_type: str
    confidence: float
    runner_up: str
    decided: Literal["lexicon", "model", "both"]
    entry: str
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A type that the lexicon reads in the sentence, how its parties fit, and its entry.

    ``framed`` tells whether the entry asks for more than the bare word.
    """

    event_type: str
    fit: Fit
    entry: str
    framed: bool = True

    @property
    def weight(self) -> str:
        """The name of its weight in ``pair.json``."""
        return f"{self.fit} {'framed' if self.framed else 'bare'}"


def type_between(text: str, actor: Span, recipient: Span) -> PairTyping:
    """What type of event relates the actor to the recipient in a sentence.

    Args:
        text: the sentence.
        actor: characters of the one who acts (end exclusive).
        recipient: characters of the other.

    Raises:
        InputError: if a span is empty or lies outside the text.
    """
    return types_between([MarkedSentence(text=text, actor=actor, recipient=recipient)])[0]


def types_between(
    marked: Sequence[MarkedSentence], codebook: Codebook = "plover"
) -> list[PairTyping]:
    """The same for many sentences at once, in the order given.

    Args:
        marked: sentences with their marked phrases.
        codebook: ``plover`` (the 2021 manual) or ``cameo`` (CAMEO's categories, renamed).
    """
    shares = TypeClassifier.load().types(marked, codebook)
    parsed = language().pipe([m.text for m in marked], batch_size=32)
    return [
        _combined(of, evidence(doc, m, codebook))
        for of, doc, m in zip(shares, parsed, marked, strict=True)
    ]


def evidence(doc: Doc, marked: MarkedSentence, codebook: Codebook = "plover") -> list[Evidence]:
    """What the lexicon reads in a parsed sentence, best fit first, one a type."""
    best: dict[str, Evidence] = {}
    for mention in mentions(doc, Participants(doc)):
        of = Evidence(
            event_type=_type_in(codebook, mention),
            fit=_fit(doc, mention, marked),
            entry=mention.entry.id,
            framed=mention.entry.weight > 0,
        )
        known = best.get(of.event_type)
        if known is None or FITS.index(of.fit) < FITS.index(known.fit):
            best[of.event_type] = of
    return sorted(best.values(), key=lambda e: FITS.index(e.fit))


def combined_shares(
    shares: Mapping[str, float], found: Sequence[Evidence], weights: Mapping[str, float]
) -> Mapping[str, float]:
    """Share of each type when the lexicon's evidence is added to the classifier's shares."""
    scores = {
        name: weights["model"] * math.log(max(share, _LEAST)) for name, share in shares.items()
    }
    for of in found:
        scores[of.event_type] += weights[of.weight]
    top = max(scores.values())
    powers = {name: math.exp(score - top) for name, score in scores.items()}
    total = sum(powers.values())
    return MappingProxyType({name: power / total for name, power in powers.items()})


def _combined(shares: Mapping[str, float], found: Sequence[Evidence]) -> PairTyping:
    # A given pair is a pair between which something happens: NONE takes no share.
    both = combined_shares({n: s for n, s in shares.items() if n != NONE}, found, _weights())
    first, second = sorted(both, key=lambda name: -both[name])[:2]
    named = next((of for of in found if of.event_type == first), None)
    models = max((n for n in shares if n != NONE), key=lambda name: shares[name]) == first
    return PairTyping(
        event_type=first,
        confidence=both[first],
        runner_up=second,
        decided="both" if models and named else "model" if models else "lexicon",
        entry=named.entry if named else "",
        shares=both,
    )


@cache
def _weights() -> Mapping[str, float]:
    text = (files("detente.coding") / "weights" / "pair.json").read_text(encoding="utf-8")
    return MappingProxyType({str(name): float(value) for name, value in json.loads(text).items()})


def _type_in(codebook: Codebook, mention: Mention) -> str:
    if codebook == "plover":
        return mention.event_type
    planned = mention.act != mention.event_type or mention.status == "planned"
    if mention.event_type in _YIELDING and (planned or mention.pattern == "merged"):
        return "AGREE"
    if mention.act == mention.event_type:
        return _CAMEO_ROOTS.get(mention.entry.cameo[:3], mention.event_type)
    return mention.event_type


def _fit(doc: Doc, mention: Mention, marked: MarkedSentence) -> Fit:
    acts = _meets(doc, mention.actors, marked.actor)
    suffers = _meets(doc, mention.recipients, marked.recipient)
    if acts and (suffers or _meets(doc, mention.actors, marked.recipient)):
        return "both"
    if _meets(doc, mention.recipients, marked.actor) and (
        _meets(doc, mention.actors, marked.recipient)
    ):
        return "reversed"
    if acts:
        return "actor"
    return "recipient" if suffers else "elsewhere"


def _meets(doc: Doc, parties: Sequence[Party], span: Span | None) -> bool:
    if span is None:
        return False
    return any(
        doc[p.start].idx < span[1] and span[0] < doc[p.end - 1].idx + len(doc[p.end - 1])
        for p in parties
    )

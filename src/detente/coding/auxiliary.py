"""In which sense a text speaks of an act: done, planned, threatened, alleged, denied, negated.

The walk goes from the root of the sentence down to the trigger. At each word its own modals,
negation and hedges apply; at each step down, the signature of the predicate that embeds the rest.
This is the polarity projection of Nairn, Condoravdi and Karttunen (2006), as in TruthTeller
(Lotan, Stern and Dagan 2013) and in the rules that Stanovsky et al. (Integrating deep linguistic
features in factuality prediction, 2017) build on, carried out on graded certainties.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from spacy.tokens import Token

from detente.coding.attribution_sources import may_be, source_of
from detente.coding.attribution_speakers import label_after
from detente.coding.auxiliary_marks import (
    NEGATIONS,
    Mark,
    has_condition,
    is_pluperfect,
    marks_of,
)
from detente.coding.auxiliary_path import Edge, edge_above, signature_of
from detente.coding.auxiliary_tables import Signature, kinds
from detente.records import Auxiliary, Status

#: Told from further back than this, an act is background (PLOVER manual, auxiliary modes).
HISTORICAL_DAYS = 92
#: Kinds that make a speaker's world the ground on which definite nouns and relatives stand.
_SPEECH = frozenset({"report", "claim", "proof", "belief"})
#: Kinds of predicate whose utterance is the act.
_PERFORMED = frozenset(
    {"commitment", "desire", "request", "threat", "claim", "accusation", "denial", "blame", "fear"}
    | {"order", "opposition", "proposal"}
)
_OPEN = frozenset({"condition", "question", "interrogative"})
_COMING = frozenset({"future", "future_in_past", "would"})
_AHEAD = _COMING | {"conditional_future"}
_FIRM = frozenset({"hypothetical", "threatened"})
_MODES: dict[str, tuple[Auxiliary, ...]] = {
    "planned": ("future",),
    "threatened": ("future", "hypothetical"),
    "hypothetical": ("hypothetical",),
    "negated": ("negation",),
    "denied": ("negation",),
}
_DEPTH = 40
#: Below this certainty what is doubted is denied.
_DOUBTED = -0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """How an act stands.

    ``certainty`` runs from −3 (did not happen) to +3 (happened), as far as the text commits to it;
    ``cues`` are the words that decided, outermost first, and ``because`` says what each did.
    """

    status: Status
    auxiliary: tuple[Auxiliary, ...] = ()
    certainty: float
    cues: tuple[Token, ...] = ()
    because: tuple[str, ...] = ()

    @property
    def happened(self) -> float:
        """Certainty as a probability, 0 to 1."""
        return (self.certainty + 3.0) / 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """What holds at one point of the walk; ``ground`` is what speaker or outlet vouch for."""

    certainty: float = 3.0
    status: str = "done"
    attributed: bool = False
    ground: tuple[float, str, bool] = (3.0, "done", False)
    marks: tuple[Mark, ...] = ()


def sense_of(
    trigger: Token,
    *,
    published: date | None,
    told_on: date | None = None,
    background: bool = False,
    attributed: bool = False,
) -> Sense:
    """The status, auxiliary modes and certainty of the act that ``trigger`` names.

    Args:
        trigger: the verb or noun of the act ("meet" in "plan to meet", not "plan").
        published: when the report appeared, if known.
        told_on: when the act is told to have happened, if a date stands with it.
        background: the trigger stands in a section of background and no date is told.
        attributed: the whole sentence is a speaker's (within a quote that began before it).

    Returns:
        A speech act that occurred is done; what it claims has a sense of its own.
    """
    start = _Standing()
    if attributed or label_after(trigger) is not None:
        start = _Standing(status="alleged", attributed=True, ground=(2.8, "alleged", True))
    _, own = _standing(trigger, start, _DEPTH)
    if _is_performed(trigger, own):
        own = replace(own, status="done", certainty=max(own.certainty, start.certainty))
    status = cast(Status, own.status)
    past = _is_historical(trigger, own, published, told_on, background)
    return Sense(
        status=status,
        auxiliary=(*(("historical",) if past else ()), *_MODES.get(status, ())),
        certainty=round(own.certainty, 2),
        cues=tuple(cue for _, cue in own.marks),
        because=tuple(f"“{cue.text}”: {signature.meaning}" for signature, cue in own.marks),
    )


def _is_performed(trigger: Token, own: _Standing) -> bool:
    """ "He said he wants talks", "because of his claims": saying so is the act itself.

    Holds for verbs and nouns of saying and wanting whose own subject is a pronoun, right below one
    plain report: the speaker speaks of himself.
    """
    if own.status != "alleged" or [mark[0].kind for mark in own.marks] not in ([], ["report"]):
        return False
    holder = next((c for c in trigger.children if c.dep_ in {"nsubj", "poss"}), None)
    if holder is None or holder.pos_ != "PRON":
        return False
    source = source_of(own.marks[0][1]) if own.marks else None
    if source is not None and not may_be(holder, source.root):
        return False
    frames = ("to", "that", "of", "for")
    return any(
        found.kind in _PERFORMED
        for frame in frames
        if (found := signature_of(trigger, (frame,))) is not None
    )


def _is_historical(
    trigger: Token, own: _Standing, published: date | None, told_on: date | None, background: bool
) -> bool:
    if published is not None and told_on is not None:
        return (published - told_on).days > HISTORICAL_DAYS
    if own.status in {"planned", "threatened", "hypothetical"}:
        return False
    return background or (is_pluperfect(trigger) and not own.attributed)


# ── the walk ──────────────────────────────────────────────────────────────────────────────────


def _standing(token: Token, start: _Standing, depth: int) -> tuple[_Standing, _Standing]:
    """Standing of a word before and after its own marks."""
    edge = edge_above(token) if depth else None
    entry = start if edge is None else _descend(edge, start, depth)
    own = entry
    for mark in (*_parentheses(token), *_called_off(token), *marks_of(token)):
        known = next((signature for signature, cue in own.marks if cue == mark[1]), None)
        if known is None:
            own = _apply(own, mark)
        elif known.kind == "empty":  # "no" stands on noun and verb at once, and denies the noun
            own = replace(own, certainty=mark[0].positive)
    return entry, own


def _descend(edge: Edge, start: _Standing, depth: int) -> _Standing:
    entry, own = _standing(edge.governor, start, depth - 1)
    known = _grounded(own, start)
    standing = {
        "inherit": own,
        "beside": entry,
        "ground": _grounded(own),
        "known": known,
        "along": own if own.status == "planned" else known,
    }[edge.relation]
    for mark in edge.operators:
        standing = _apply(standing, mark)
    return standing


def _grounded(standing: _Standing, known: _Standing | None = None) -> _Standing:
    """What the speaker vouches for, or (``known``) what the outlet takes as known to all."""
    certainty, status, attributed = known.ground if known is not None else standing.ground
    return replace(standing, certainty=certainty, status=status, attributed=attributed, marks=())


def _apply(standing: _Standing, mark: Mark) -> _Standing:
    signature = mark[0]
    if signature.kind == "would" and _is_told(standing):
        signature = kinds()["future_in_past"]
    if signature.kind in _COMING and has_condition(mark[1].head):
        signature = kinds()["conditional_future"]
    below = standing.certainty < 0
    certainty = signature.project(standing.certainty)
    status = _status(standing, signature.status_negative if below else signature.status)
    if signature.kind == "blame":
        status = "done"  # whoever speaks of it, what is answered is known
    if below and signature.kind == "negative_implicative" and _lies_ahead(standing):
        status = "planned"  # "will not fail to meet"
    if _DOUBTED < standing.certainty < 0 and status == "negated":
        status = standing.status  # "doubts that it will agree" denies nothing
    if signature.kind in NEGATIONS and any(m[0].kind in _OPEN for m in standing.marks):
        status = standing.status  # "if Iran does not comply" leaves it open
    attributed = standing.attributed or signature.kind in _SPEECH or status == "alleged"
    ground = standing.ground
    if signature.kind in _SPEECH:
        ground = (max(certainty, 0.0), "alleged", True)
    return _Standing(
        certainty=certainty,
        status=status,
        attributed=attributed,
        ground=ground,
        marks=(*standing.marks, mark),
    )


def _lies_ahead(standing: _Standing) -> bool:
    return any(signature.kind in _AHEAD for signature, _ in standing.marks)


def _is_told(standing: _Standing) -> bool:
    """ "Said he would come": the future as a speaker saw it then."""
    return bool(standing.marks) and standing.marks[-1][0].kind in _SPEECH | {"factive"}


def _status(standing: _Standing, told: str) -> str:
    """The new status: what is hypothetical or threatened stays so under a plan; denials last."""
    asserted = "alleged" if standing.attributed else "done"
    if told == "keep":
        return standing.status
    if told == "asserted":
        return asserted
    if standing.status in _FIRM and told in {"planned", "hypothetical", "attempted", "alleged"}:
        return standing.status
    if standing.status == "denied" and told in {"negated", "hypothetical"}:
        return "denied"
    if told == "attempted":
        return standing.status if standing.status in {"alleged", "planned"} else "hypothetical"
    return told


def _called_off(noun: Token) -> Iterator[Mark]:
    """ "Talks called off", "a visit postponed": what befell it hangs below it."""
    for child in noun.children if noun.pos_ == "NOUN" else ():
        if child.dep_ == "acl" and child.tag_ == "VBN":
            signature = signature_of(child, ("np",))
            if signature is not None and signature.kind in {"cancel", "postpone"}:
                yield signature, child


def _parentheses(token: Token) -> tuple[Mark, ...]:
    """ "…, officials said, …" and "according to …" hung below the clause they report."""
    found = []
    for child in token.children:
        if child.lower_ == "according" and child.dep_ in {"prep", "advmod", "acl", "advcl"}:
            found.append((kinds()["report"], child))
        if child.dep_ in {"parataxis", "intj"} and child.pos_ == "VERB":
            signature: Signature | None = signature_of(child, ("that",))
            if signature is not None and signature.status in {"alleged", "denied"}:
                found.append((signature, child))
    return tuple(found)

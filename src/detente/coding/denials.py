"""Denials: which of them are events, and what of a charge that is denied is none.

The manual leaves open what CAMEO's denials (016) are, and asks that the decision be documented: a
denial is a REJECT, unless it is of a person's own conduct and concerns nobody else (docs/codebook).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from detente.coding.clauses import lemmas
from detente.coding.lexicon import NOTHING, lexicon, word_class
from detente.coding.mention import OPEN, Mention
from detente.coding.participants import STATE, Participants
from detente.ontology.cameo import DENIAL

_REJECTING = frozenset({"deny", "reject", "dismiss", "refute", "rebut", "dispute"})
#: Kinds of parties that are one person, whose affairs may be merely their own.
_PERSONS = frozenset({"person", "surname", "leader", "civil", "role", "name"})
_WHERE = frozenset({"in", "at", "near", "inside"})
#: How far under what is denied the charge itself is told, in steps of the parse.
_NEAREST = 4
_STEPS = 8


def is_personal(denial: Mention, participants: Participants) -> bool:
    """Whether a charge that is denied is nobody else's affair: no other party, no political act.

    A denial counts where an accuser or another party is told there or before, or where a state or
    group denies what would be an event.

    Args:
        denial: a mention of denying, or any other: that is never personal.
        participants: of its document.
    """
    if denial.entry.cameo != DENIAL or denial.recipients or _is_known(denial.head):
        return False
    own = {i for p in denial.actors for i in range(p.start, p.end)}
    sentence = denial.head.sent
    beside = (t for t in (*sentence, *sentence.doc[: sentence.start]) if t.i not in own)
    if any(_is_other(t, participants, denial) for t in beside):
        return False
    person = all(p.kind in _PERSONS for p in denial.actors)
    return person or not any(map(_may_tell, _charged(denial.head)))


def _charged(verb: Token) -> Iterator[Token]:
    """The words that tell what is charged: the nearest under what is denied."""
    level = [c for c in verb.children if c.dep_ in ("dobj", "ccomp", "xcomp", "pcomp")]
    for _ in range(_NEAREST):
        yield from level
        level = [c for word in level for c in word.children if _goes_on(c)]


def _goes_on(word: Token) -> bool:
    """Whether a word is part of the charge, not of a subject, a setting or what is told of it."""
    charging = word.head.lemma_.lower() in word_class("accusation")
    return word.dep_ not in ("nsubj", "advcl") and (word.dep_ != "relcl" or charging)


def _is_known(verb: Token) -> bool:
    """ "Denied the charge": one told elsewhere, not here."""
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubj") and c.i > verb.i]
    objects += [s for c in verb.children if c.dep_ == "ccomp" for s in c.lefts if s.dep_ == "nsubj"]
    return any(o.pos_ == "PRON" or {c.dep_ for c in o.children} == {"det"} for o in objects[:1])


def _is_other(token: Token, participants: Participants, denial: Mention) -> bool:
    if token.pos_ in ("PRON", "ADJ") or token.dep_ in ("compound", "amod", "nmod"):
        return token.ent_type_ == "PERSON" and token.pos_ == "PROPN"
    if token.dep_ == "poss":
        return token.ent_type_ in ("GPE", "NORP", "PERSON") and token.pos_ == "PROPN"
    party = participants.at(token)
    if party is None or party in denial.actors or token.head.lower_ in _WHERE:
        return False
    return party.weight == STATE or (party.weight > 0 and token.pos_ == "PROPN")


def _may_tell(token: Token) -> bool:
    """Whether a word is one by which the lexicon tells a political act, no saying or accusing."""
    words = {"NOUN": lexicon().nouns, "VERB": lexicon().verbs}.get(token.pos_, {})
    types = {e.event_type for word in lemmas(token) for e in words.get(word, ())}
    if token.lemma_.lower() in word_class("crime"):
        return True
    return bool(types - {NOTHING, "ACCUSE", "REJECT"})


def is_aside_of_denial(mention: Mention, by_head: Mapping[int, Mention]) -> bool:
    """Whether an act is told in a charge that is denied, without being what is charged.

    "He ran a squad that killed officials", "is involved in the beating": denied with the rest.

    Args:
        mention: any mention.
        by_head: every mention of the document, by the token of its predicate.
    """
    if mention.entry.cameo == DENIAL or mention.pattern == "recalled":
        return False
    if mention.status == "denied":
        return not mention.actors or not _is_told(mention, by_head)
    at, aside = mention.head, not mention.actors or mention.status == "done"
    for _ in range(_STEPS):
        beside = at.dep_ in ("conj", "advcl")
        if at.head == at or (beside and _denies(at.head)):
            return False
        if _denies(at.head):
            return at.i > at.head.i and aside and not _is_between_states(mention)
        aside = aside or at.dep_ in ("relcl", "acl")
        at = at.head
    return False


def _denies(verb: Token) -> bool:
    """Whether a verb denies a charge: "denied that", "rejected accusations"."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in _REJECTING:
        return False
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    charged = any(o.lemma_.lower() in word_class("accusation") for o in objects)
    return charged or (verb.lemma_.lower() == "deny" and not objects)


def _is_between_states(mention: Mention) -> bool:
    weights = [p.weight for p in (*mention.actors[:1], *mention.recipients[:1])]
    return len(weights) > 1 and min(weights) == STATE and mention.status not in OPEN


def _is_told(mention: Mention, by_head: Mapping[int, Mention]) -> bool:
    """Whether a denied act is told by an event, the denial, or is of a state whatever tells it."""
    if any(p.weight == STATE for p in (*mention.actors, *mention.recipients)):
        return True
    denying = next((t for t in mention.head.ancestors if _denies(t)), None)
    return denying is None or denying.i in by_head

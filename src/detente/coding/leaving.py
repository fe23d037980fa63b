"""What a bare "pull out" leaves: an agreement or a territory, by what was spoken of before."""

from __future__ import annotations

from spacy.tokens import Token

from detente.coding.lexicon import Entry, word_class
from detente.coding.participants import Participants

#: How far back, in tokens, what is left is sought.
_BACK = 200
_AGREEMENTS = frozenset({"treaty", "pact", "accord", "agreement", "deal", "convention", "protocol"})
#: Where what is left stands, if it is told.
_TOLD = frozenset({"from", "of", "to", "into", "out"})


def leaves_agreement(head: Token, entry: Entry, participants: Participants) -> bool:
    """Whether a withdrawal told without what is left is one from an agreement.

    What was spoken of last before it decides: an agreement, or troops.

    Args:
        head: the predicate.
        entry: of it in the lexicon.
        participants: of the same document.
    """
    bare = entry.event_type == "RETREAT" and entry.mode == "withdraw"
    if (
        not bare
        or (entry.nominal and entry.requirements)
        or any(need.words & word_class("troops") for need in entry.requirements)
    ):
        return False
    if any(_tells_what(child) for child in head.children):
        return False
    for token in reversed(head.doc[max(0, head.i - _BACK) : head.i]):
        named = participants.named(token)
        if named is not None and named.kind == "agreement":
            return True
        if token.pos_ == "NOUN" and token.lemma_.lower() in _AGREEMENTS:
            return True
        if token.pos_ == "NOUN" and token.lower_ in word_class("troops"):
            return False
    return False


def _tells_what(child: Token) -> bool:
    if child.dep_ in ("dobj", "nsubjpass"):
        return True
    if child.dep_ in ("nsubj", "agent") and child.lower_ in word_class("troops"):
        return True
    inner = (c.lower_ for c in child.children if c.dep_ == "prep")
    preposition = child.dep_ == "prep" and child.lower_ in _TOLD
    return preposition or any(word in _TOLD for word in inner)

"""What a verb is coordinated with, where small parsers hang it too low."""

from __future__ import annotations

from spacy.tokens import Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def raised(verb: Token) -> Token:
    """What a conjunct is coordinated with: a finite verb never with an infinitive.

    "Ordered them to leave and imposed sanctions": small parsers hang "imposed" on "leave".
    """
    head = verb.head
    if verb.tag_ in _FINITE or _bare_past(verb):
        while head.tag_ in ("VB", "VBG") and head.head.i != head.i and head.dep_ != "conj":
            head = head.head
    if verb.tag_ == "VBD" and _is_told_perfect(head):
        return head.head
    return head


def _is_told_perfect(verb: Token) -> bool:
    """ "Said that it had fallen and rejected …": a past tense is coordinated with "said"."""
    perfect = verb.tag_ == "VBN" and any(c.dep_ == "aux" for c in verb.children)
    return perfect and verb.dep_ == "ccomp" and verb.head.tag_ in _FINITE


def _bare_past(verb: Token) -> bool:
    """A past tense tagged as a participle, below an infinitive: it has an object of its own."""
    if verb.tag_ != "VBN" or verb.head.tag_ != "VB":
        return False
    labels = {child.dep_ for child in verb.children}
    return "dobj" in labels and not labels & {"aux", "auxpass", "agent"}


def run_on(verb: Token) -> list[Token]:
    """The subject of a finite verb, parsed as the end of what stands before it.

    "At the invitation of the king, the leaders met": the leaders, not invited by but with him.
    """
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or any(c.tag_ in ("VB", "TO") for c in verb.lefts):
        return []
    opening = next((c for c in verb.lefts if c.dep_ == "prep"), None)
    if opening is None or opening.right_edge.i != verb.i - 1:
        return []
    return [t for t in opening.subtree if t.dep_ in ("conj", "appos") and _closes(t, verb)][:1]


def _closes(noun: Token, verb: Token) -> bool:
    """Whether a noun phrase behind a comma, and joined by no "and", reaches to the verb."""
    before = noun.doc[max(0, noun.left_edge.i - 1)]
    joined = noun.pos_ not in ("NOUN", "PROPN") or any(c.dep_ == "cc" for c in noun.head.children)
    return before.text == "," and noun.right_edge.i == verb.i - 1 and not joined

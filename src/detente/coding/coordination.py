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

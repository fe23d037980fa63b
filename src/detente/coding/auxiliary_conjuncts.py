"""Coordinated clauses under a reporting verb that small parsers hang one step too low or too high.

"Said that talks had failed, and that the envoys had left": the second clause is said as well.
"Said that Iran was responsible and demanded an answer": whoever says so demands.
"""

from __future__ import annotations

from spacy.tokens import Token

from detente.coding.attribution_tables import reporting
from detente.coding.auxiliary_tables import predicates

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_OWN = frozenset({*_SUBJECTS, "aux", "auxpass", "mark"})
_TOLD = frozenset({"VBD", "VBZ", "VBP"})
_BARE = frozenset({"VB", "VBG", "JJ"})
#: What is done by saying it, whatever the frame.
_SPOKEN = frozenset({"request", "accusation", "denial", "threat", "opposition", "blame"})
_FRAMES = ("np", "to", "that", "of", "for")


def also_said(clause: Token) -> Token | None:
    """The reporting verb of a "that" clause coordinated to it, not to its first clause."""
    verb = clause.head
    if clause.dep_ != "conj" or verb.pos_ != "VERB":
        return None
    marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)
    first = any(c.dep_ == "ccomp" and c.i < clause.i for c in verb.children)
    return verb if marked and first else None


def told_beside(verb: Token) -> Token | None:
    """The reporting verb that a conjunct of its content clause really stands beside.

    Holds for finite verbs of demand, accusation, denial and threat without a subject of their own,
    where the clause they hang on does not speak itself: its subject is no speaker, or its verb is a
    state or a passive.
    """
    if verb.dep_ != "conj" or verb.tag_ not in _TOLD | {"VBN"} or not _speaks(verb):
        return None
    if any(c.dep_ in _OWN for c in verb.children):
        return None
    first = verb.head
    while first.dep_ == "conj":
        first = first.head
    above = first.head
    reports = first.dep_ == "ccomp" and above.lemma_ in reporting()["speech"] and above.i < first.i
    if not reports or above.tag_ not in _TOLD or _speaks(first):
        return None
    perfect = any(c.dep_ == "aux" and c.lower_ in ("had", "has", "have") for c in first.children)
    return above if not perfect or _is_mute(first) or _is_suffered(verb, first) else None


def _is_suffered(verb: Token, first: Token) -> bool:
    """ "Said Iran had left and accused it of lies": whom "it" is told of does not accuse itself."""
    objects = (c for c in verb.children if c.dep_ == "dobj" and c.pos_ == "PRON")
    subjects = (c for c in first.children if c.dep_ == "nsubj" and c.pos_ != "PRON")
    return any(objects) and any(subjects)


def stands_beside(verb: Token) -> Token | None:
    """The finite verb above that a conjunct really stands beside, not the one it hangs on."""
    return told_beside(verb) or hung_low(verb)


def hung_low(verb: Token) -> Token | None:
    """The finite verb that a finite conjunct of an infinitive or adjective really stands beside.

    "Vowed to hold Iran to account and imposed sanctions": whoever vowed imposed them.
    """
    if verb.dep_ != "conj" or verb.tag_ not in _TOLD:
        return None
    above = verb.head
    while above.tag_ in _BARE and above.head.i != above.i:
        above = above.head
    return above if above.i != verb.head.i else None


def _speaks(verb: Token) -> bool:
    lemma, after = verb.lemma_.lower(), verb.doc[verb.i + 1 : verb.i + 2].text.lower()
    names = (lemma, f"{lemma} {after}")
    known = (predicates().get((name, "V", frame)) for name in names for frame in _FRAMES)
    return any(found is not None and found.kind in _SPOKEN for found in known)


def _is_mute(clause: Token) -> bool:
    """Whether the subject of a clause suffers it, or is a thing."""
    for child in clause.children:
        if child.dep_ == "nsubjpass":
            return True
        if child.dep_ == "nsubj":
            named = child.ent_type_ or child.pos_ in {"PROPN", "PRON"}
            return not named and child.lemma_.lower() not in reporting()["anonymous"]
    return False


def spliced(clause: Token) -> bool:
    """ "Kenya says it won, Somalia denies it": a second clause set beside the saying by a comma.

    The parser hangs the first either on the saying as well, or on the second.
    """
    verb = clause.head
    if clause.dep_ != "ccomp" or clause.i < verb.i or clause.tag_ not in _TOLD:
        return False
    told = any(
        c.dep_ == "ccomp" and verb.i < c.i < clause.i for w in (verb, clause) for c in w.children
    )
    subject = next((c for c in clause.children if c.dep_ == "nsubj"), None)
    if not told or subject is None or any(c.dep_ == "mark" for c in clause.children):
        return False
    return subject.left_edge.nbor(-1).text == ","


def told_above(clause: Token) -> Token:
    """What a clause hangs on; the saying, where its own head is only set beside that."""
    head = clause.head
    if clause.dep_ != "ccomp" or clause.i > head.i or head.dep_ != "ccomp":
        return head
    parted = any(t.text == ";" for t in clause.doc[clause.i : head.i])
    return head.head if head.head.i < clause.i and (parted or spliced(head)) else head

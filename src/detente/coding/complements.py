"""What a predicate's clausal complement is, and who stands around it."""

from __future__ import annotations

from spacy.tokens import Token

from detente.coding.clauses import conjuncts, surface_subjects

#: What one is given to do something in.
_TERMS = frozenset({"minute", "hour", "day", "week", "fortnight", "month"})


def conditional(clause: Token) -> list[Token]:
    """Whom a warning concerns: "warned that it would strike if Iran …" concerns Iran."""
    for child in clause.children:
        if child.dep_ == "advcl" and any(c.lower_ in ("if", "unless") for c in child.children):
            return [c for c in child.children if c.dep_ == "nsubj" and c.pos_ != "PRON"]
    return []


def infinitive(clause: Token) -> bool:
    """Whether a clause is an infinitive with "to"."""
    return any(c.tag_ == "TO" and c.i < clause.i for c in clause.children)


def allowed(head: Token) -> list[Token]:
    """Infinitives under a term: "gave the envoys a week to leave".

    Args:
        head: the predicate.
    """
    terms = (c for c in head.children if c.dep_ in ("npadvmod", "dobj") and c.i > head.i)
    below = (c for t in terms for c in t.children if t.lemma_.lower() in _TERMS)
    return [c for c in below if c.dep_ in ("relcl", "acl") and infinitive(c)]


def obliged(clause: Token) -> bool:
    """Whether a clause tells a duty: "must stop", "have to stop", "needed to stop"."""
    if any(c.dep_ == "aux" and c.lower_ == "must" for c in clause.children):
        return True
    duty = clause.lemma_ in ("have", "need") and all(c.dep_ != "dobj" for c in clause.children)
    return duty and any(c.dep_ in ("xcomp", "advcl") and infinitive(c) for c in clause.children)


def advised(clause: Token) -> bool:
    """Whether a clause tells what somebody ought to do ("Peru should release the boats")."""
    labels = {c.dep_ for c in clause.children}
    advice = any(c.dep_ == "aux" and c.lower_ in ("should", "ought") for c in clause.children)
    return advice and clause.pos_ == "VERB" and not labels & {"auxpass", "nsubjpass"}


def gerund(clause: Token) -> bool:
    """Whether a clause is a gerund ("denied holding him")."""
    return clause.dep_ in ("xcomp", "ccomp", "pcomp") and clause.tag_ == "VBG"


def content_subjects(head: Token) -> list[Token]:
    """The subject of the clause a predicate governs: "urged that Iran leave", "for Iran to leave".

    Args:
        head: the predicate.
    """
    for child in head.children:
        asked = child.dep_ == "advcl" and any(
            c.dep_ == "mark" and c.lower_ == "for" for c in child.children
        )
        if asked or child.dep_ in ("ccomp", "xcomp") or content_clause(child):
            own = [c for c in child.children if c.dep_ in ("nsubj", "nsubjpass")]
            found = conditional(child) or [t for c in own for t in conjuncts(c)]
            if found:
                return found
    return []


def content_clause(clause: Token) -> bool:
    """ "Claims that Russia violated" is parsed as a relative: there "that" is a mark."""
    return clause.dep_ in ("acl", "relcl") and any(
        c.dep_ == "mark" and c.lower_ == "that" for c in clause.children
    )


def tellers(head: Token) -> list[Token]:
    """The subject of the reporting verb whose content a predicate is."""
    at = head if head.dep_ == "ccomp" else head.head
    return surface_subjects(at.head) if at.dep_ == "ccomp" and at.head != at else []

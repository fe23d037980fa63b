"""What a predicate's clausal complement is, and who stands around it."""

from __future__ import annotations

from spacy.tokens import Token

from detente.coding.clauses import surface_subjects


def conditional(clause: Token) -> list[Token]:
    """Whom a warning concerns: "warned that it would strike if Iran …" concerns Iran."""
    for child in clause.children:
        if child.dep_ == "advcl" and any(c.lower_ in ("if", "unless") for c in child.children):
            return [c for c in child.children if c.dep_ == "nsubj" and c.pos_ != "PRON"]
    return []


def infinitive(clause: Token) -> bool:
    """Whether a clause is an infinitive with "to"."""
    return any(c.tag_ == "TO" and c.i < clause.i for c in clause.children)


def obliged(clause: Token) -> bool:
    """Whether a clause tells a duty by "must"."""
    return any(c.dep_ == "aux" and c.lower_ == "must" for c in clause.children)


def content_clause(clause: Token) -> bool:
    """ "Claims that Russia violated" is parsed as a relative: there "that" is a mark."""
    return clause.dep_ in ("acl", "relcl") and any(
        c.dep_ == "mark" and c.lower_ == "that" for c in clause.children
    )


def tellers(head: Token) -> list[Token]:
    """The subject of the reporting verb whose content a predicate is."""
    at = head if head.dep_ == "ccomp" else head.head
    return surface_subjects(at.head) if at.dep_ == "ccomp" and at.head != at else []

"""Who does what a clause tells without a subject of its own: told by the clause around it."""

from __future__ import annotations

from spacy.tokens import Token

from detente.coding.clauses import doers, passive, surface_subjects
from detente.coding.lexicon import Entry
from detente.coding.participants import Participants, Party
from detente.coding.phrases import named_in


def unsaid_doers(verb: Token, entry: Entry, participants: Participants) -> tuple[Party, ...]:
    """The parties of the clause around that do what ``verb`` tells.

    Args:
        verb: a predicate without a party as subject.
        entry: of it in the lexicon.
        participants: of the same document.
    """
    subjects = _teller(verb, entry) or _above(verb) or _wielder(verb, entry)
    return named_in(subjects, participants)


def _teller(verb: Token, entry: Entry) -> list[Token]:
    """Who tells of an agreement that "has been reached", by nobody named, is a party to it."""
    if entry.event_type != "AGREE" or verb.dep_ != "ccomp" or not passive(verb):
        return []
    return surface_subjects(verb.head)


def _above(verb: Token) -> list[Token]:
    """ "Confirmed that it ended and blamed Iran": the second may hang in the first's clause."""
    if verb.dep_ != "conj" or verb.tag_ not in ("VBD", "VBZ") or passive(verb):
        return []
    if any(c.dep_ == "nsubj" for c in verb.children):
        return []
    above = next((a for a in verb.ancestors if a.dep_ == "ccomp"), None)
    return surface_subjects(above.head) if above is not None else []


def _wielder(verb: Token, entry: Entry) -> list[Token]:
    """ "Russia deployed a missile that violates the treaty": who has what violates, does."""
    if verb.dep_ != "relcl" or not any(need.wants_agreement for need in entry.requirements):
        return []
    above = verb.head.head
    return doers(above) if above.pos_ == "VERB" else []

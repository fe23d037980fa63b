"""Who does what a clause tells without a subject of its own: told by the clause around it."""

from __future__ import annotations

from spacy.tokens import Token

from detente.coding.clauses import doers, passive, surface_subjects
from detente.coding.lexicon import Entry
from detente.coding.participants import Participants, Party
from detente.coding.phrases import named_in

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_TIMES = frozenset({"earlier", "later", "before", "after", "ago"})


def unsaid_doers(verb: Token, entry: Entry, participants: Participants) -> tuple[Party, ...]:
    """The parties of the clause around that do what ``verb`` tells.

    Args:
        verb: a predicate without a party as subject.
        entry: of it in the lexicon.
        participants: of the same document.
    """
    subjects = _teller(verb, entry) or _above(verb) or _wielder(verb, entry)
    subjects = subjects or _listed(verb) or _behind_time(verb)
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


def _listed(verb: Token) -> list[Token]:
    """ "Oman denies that …, recalls its envoy and complains": the first has the subject of all.

    Small parsers take the first verb of such a list for the content of the next.
    """
    if verb.tag_ not in _FINITE or passive(verb):
        return []
    first = verb.head if verb.dep_ == "conj" else verb
    if any(c.dep_ in _SUBJECTS for word in (verb, first) for c in word.children):
        return []
    before = (c for c in first.children if c.dep_ == "ccomp" and c.tag_ in _FINITE)
    listed = next((c for c in before if _runs_up_to(c, first)), None)
    return surface_subjects(listed) if listed is not None else []


def _runs_up_to(content: Token, verb: Token) -> bool:
    """Whether a clause ends in a comma right before a verb."""
    mark = verb.doc[verb.i - 1] if verb.i else None
    return mark is not None and mark.lower_ == "," and content.right_edge.i == verb.i - 2


def _behind_time(verb: Token) -> list[Token]:
    """ "Hours earlier its premier had met …": small parsers hang the subject on "earlier"."""
    if verb.dep_ != "ROOT" or passive(verb) or any(c.dep_ in _SUBJECTS for c in verb.children):
        return []
    times = (c for c in verb.lefts if c.dep_ == "advmod" and c.lower_ in _TIMES)
    return [c for time in times for c in time.rights if c.dep_ in ("pobj", "dobj", "npadvmod")]

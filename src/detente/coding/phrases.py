"""What stands in the phrases around a word, and the parties named in them."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from detente.coding.clauses import conjuncts, noun_doers, portioned
from detente.coding.participants import Participants, Party

MODIFIERS = frozenset({"amod", "compound", "poss", "nmod", "nummod"})
_CHAINED = frozenset({"by", "against", "with", "to", "from", "on"})
#: Where the party stands in a noun phrase that names none itself.
_INSIDE = ("of", "by", "between", "among", "from", "against", "on", "in", "with", "to", "for")

#: The same of a noun phrase that acts: whose it is or whom it comes from, not where or at whom.
_OF_DOERS = ("of", "by", "between", "among", "from", "for")


def gather(head: Token, found: dict[str, list[Token]]) -> None:
    """Adds to ``found`` what stands after each preposition under ``head``."""
    for child in head.children:
        if child.dep_ in ("prep", "agent", "dative") and child.pos_ in (
            "ADP",
            "SCONJ",
            "ADV",
            "PART",
        ):
            objects = _objects(child)
            if objects:
                found.setdefault(child.lower_, []).extend(objects)
            _gather_inner(child, found)
        elif child.dep_ in ("prt", "advmod"):
            _gather_inner(child, found)


def gather_chained(noun: Token, found: dict[str, list[Token]]) -> None:
    """ "A rally by students against the king": the second phrase hangs on the first."""
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in _CHAINED:
            found.setdefault(child.lower_, []).extend(_objects(child))


def _objects(preposition: Token) -> list[Token]:
    labels = {"pobj", "pcomp"} | ({"amod"} if preposition.lower_ == "as" else set())  # "as unjust"
    inner = [c for c in preposition.children if c.dep_ in labels]
    return [portioned(t) for c in inner for t in conjuncts(c)]


def _gather_inner(particle: Token, found: dict[str, list[Token]]) -> None:
    for inner in particle.children:
        if inner.dep_ == "prep":
            objects = _objects(inner)
            found.setdefault(inner.lower_, []).extend(objects)
            found.setdefault(particle.lower_, []).extend(objects)


def named_in(
    tokens: Iterable[Token], participants: Participants, *, acting: bool = False
) -> tuple[Party, ...]:
    """The parties that ``tokens`` are, else those that modify or possess them.

    Args:
        tokens: heads of noun phrases.
        participants: of the document.
        acting: whether the phrases act: "the reserve in Oman saves" is no act of Oman.
    """
    tokens = list(tokens)
    direct = _parties(tokens, participants) or _parties(_apposed(tokens), participants)
    if direct:
        return direct
    tokens = [t for token in tokens for t in _of_clause(token)]
    found: list[Party] = list(_parties(tokens, participants))
    for token in tokens:
        inner = [c for c in token.lefts if c.dep_ in MODIFIERS]
        owners = [t for c in inner for t in conjuncts(c)]
        found.extend(_parties((t for t in owners if _can_own(t)), participants))
    if found:
        return tuple(found)
    for token in tokens:
        gathered: dict[str, list[Token]] = {}
        gather(token, gathered)
        for preposition in _OF_DOERS if acting else _INSIDE:
            inner_parties = _parties(gathered.get(preposition, ()), participants)
            if inner_parties:
                return inner_parties
    return ()


def _apposed(tokens: Iterable[Token]) -> list[Token]:
    """ "By his predecessor Donald Trump": who a noun is, told right after it by name."""
    beside = ((t, c) for t in tokens for c in t.rights if c.dep_ == "appos")
    return [c for t, c in beside if c.ent_type_ == "PERSON" and c.left_edge.i == t.i + 1]


def _of_clause(token: Token) -> list[Token]:
    """A clause after a preposition ("into whether he lied") concerns its subject."""
    if token.pos_ not in ("VERB", "AUX"):
        return [token]
    own = [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")]
    return own or [c for c in token.children if c.dep_ == "dobj"] or [token]


def _can_own(token: Token) -> bool:
    """Names and plain role nouns own what they modify; capitals in a title ("Forces") do not."""
    return token.pos_ in ("NOUN", "PRON") or token.ent_type_ in ("GPE", "NORP", "PERSON", "ORG")


def behind(tokens: Iterable[Token], participants: Participants) -> tuple[Party, ...]:
    """Who stands behind a report, letter or law that acts: "put out a report accusing …"."""
    for token in tokens:
        if token.pos_ in ("NOUN", "PROPN"):
            found = _parties(noun_doers(token), participants)
            if found:
                return found
    return ()


def _parties(tokens: Iterable[Token], participants: Participants) -> tuple[Party, ...]:
    found: dict[int, Party] = {}
    for token in tokens:
        party = participants.at(token)
        if party is not None:
            found.setdefault(party.head, party)
    return tuple(found.values())

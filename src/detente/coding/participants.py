"""Which noun phrases are political actors: by their names, or by the part their head noun plays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from spacy.tokens import Doc, Token

from detente.coding.attribution import Attribution, speaker_of
from detente.coding.clauses import LATTERS, doers, paired_before
from detente.coding.lexicon import word_class
from detente.coding.named import names_in
from detente.gazetteer.names import Named
from detente.ontology.table import packaged, rows

_SPEAKING = frozenset({"i", "we", "our", "my", "us", "they"})
_NAME_LENGTH = 5
_PAIR = 2
#: How far back, in tokens, those are sought who are plain from the sentence.
_BACK = 60
#: Kinds of role nouns that one person fills.
_PERSONS = frozenset({"leader", "civil", "rebel", "media"})
_COLLECTIVE = frozenset({"armed", "police", "group", "legislature", "court", "party", "rebel"})
#: The kind of "they": more than one party.
MANY = "many"
#: The weight of a state or its organs.
STATE = 2
_BOTH = frozenset({"two", "both"})
_PLACES = frozenset({"GPE", "NORP"})
_NAMED = {"GPE": "state", "NORP": "people", "PERSON": "person", "ORG": "group", "LOC": "region"}
#: Kinds of known names that act as states or their organs do.
_ACTING = frozenset(
    {"person", "surname", "state", "seat", "capital", "demonym", "organisation", "group", "party"}
    | {"agency", "breakaway"}
)
_LEFT = frozenset({"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet"})
#: Verbs of blame and telling, and the word before what they charge or tell somebody with.
_CHARGES = MappingProxyType(
    {"accuse": "of", "suspect": "of", "convict": "of", "acquit": "of", "warn": "of"}
    | {"inform": "of", "remind": "of", "assure": "of", "deprive": "of", "strip": "of"}
    | {"blame": "for", "criticise": "for", "criticize": "for", "condemn": "for", "thank": "for"}
    | {"praise": "for", "ask": "for", "press": "for", "rebuke": "for", "fault": "for"}
)
_CHARGED = frozenset({"dobj", "nsubjpass", "dative"})
_STRENGTHS = {"strong": 2, "medium": 1, "weak": 0}


@dataclass(frozen=True, slots=True)
class Party:
    """A noun phrase that names a political actor.

    ``start`` and ``end`` are token indices (end exclusive), ``head`` that of its head noun.
    ``weight`` is 2 for a state or its organs, 1 for other named or organised actors, 0 for people
    who matter only beside one of those.
    """

    start: int
    end: int
    head: int
    kind: str
    weight: int


@dataclass(frozen=True, slots=True)
class Role:
    """What a head noun tells: which kind of actor, how surely."""

    kind: str
    weight: int


@cache
def roles() -> Mapping[str, Role]:
    """Role nouns by lemma.

    Raises:
        TableError: if the shipped table is damaged.
    """
    table = packaged("detente.coding", "roles.csv")
    return MappingProxyType(
        {
            row["noun"]: Role(row["kind"], _STRENGTHS[row["strength"]])
            for _, row in rows(table, ("noun", "kind", "strength"))
        }
    )


class Participants:
    """The political actors of a document, found on demand and remembered by head token.

    Args:
        doc: parsed, with named entities.
        said: its attributions; with them "we" in a quote is whoever is quoted.
    """

    def __init__(self, doc: Doc, said: Sequence[Attribution] = ()) -> None:
        self._doc = doc
        self._said = said
        self._found: dict[int, Party | None] = {}
        self._named = _by_token(doc)

    def at(self, token: Token) -> Party | None:
        """The actor whose head is ``token``; a pronoun stands for its nearest antecedent."""
        if token.i not in self._found:
            self._found[token.i] = self._judge(token)
        return self._found[token.i]

    def named(self, token: Token) -> Named | None:
        """The known name that ``token`` is part of."""
        return self._named.get(token.i)

    def leaders(self, token: Token) -> tuple[Party, ...]:
        """The first two persons known by name in the sentence of ``token``, else before it."""
        sentence = token.sent
        here = self._persons(sentence.start, sentence.end)
        if len(here) < _PAIR:
            here = {**here, **self._persons(max(0, sentence.start - _BACK), sentence.start)}
        found = tuple(here.values())[:_PAIR]
        return found if len(found) == _PAIR else ()

    def _persons(self, start: int, end: int) -> dict[tuple[str, ...], Party]:
        found: dict[tuple[str, ...], Party] = {}
        for token in self._doc[start:end]:
            named = self._named.get(token.i)
            if named is None or named.kind not in ("person", "surname") or named.ids in found:
                continue
            party = self.at(token) if token.dep_ not in ("compound", "amod") else None
            if party is not None:
                found[named.ids] = party
        return found

    def _judge(self, token: Token) -> Party | None:
        if token.pos_ == "PRON":
            return self._pronoun(token)
        if token.lower_ in LATTERS and any(c.dep_ == "det" for c in token.children):
            return Party(token.i - 1, token.i + 1, token.i, "pronoun", 1)
        if (number := _pair(token)) is not None:
            return Party(number.i - 1, number.i + 1, number.i, MANY, 1)
        named = self._named.get(token.i)
        thing = named is not None and (named.kind == "agreement" or not _nominal(token, named))
        if thing or _is_means(token):
            return None
        role = _role(token)
        weight, kind = self._weigh(token, named, role)
        if weight < 0:
            return None
        start, end = self._extended(token, *phrase(token))
        return Party(start, end, token.i, kind, weight)

    def _extended(self, token: Token, start: int, end: int) -> tuple[int, int]:
        """The phrase with the whole of the name it is part of."""
        while end < len(self._doc) and self._continues(self._doc[end - 1], self._doc[end]):
            end += 1
        while end - 1 > start and self._doc[end - 1].tag_ == "POS":
            end -= 1
        while start > 0 and self._continues(self._doc[start - 1], self._doc[start]):
            start -= 1
        return start, end

    def _continues(self, token: Token, following: Token) -> bool:
        named = self._named.get(token.i)
        if named is not None and named is self._named.get(following.i):
            return True
        return following.ent_iob_ == "I" and following.ent_type_ == "PERSON"

    def _weigh(self, token: Token, named: Named | None, role: Role | None) -> tuple[int, str]:
        """Weight and kind; below zero for what is no actor."""
        if named is not None and named.kind in _ACTING:
            return 2, named.kind
        if role is not None:
            national = any(self._national(c) for c in token.lefts if c.dep_ in _LEFT)
            if role.weight == 0 and any(c.lower_ in _BOTH for c in token.lefts):
                return 1, MANY  # "the two men": of whom there was talk
            return min(role.weight + national, 2), role.kind
        if named is not None:
            thing = token.lemma_.lower() in word_class("arms") | word_class("vessel")
            return (-1, "") if thing else (1, named.kind)
        if token.ent_type_ in _NAMED and token.pos_ not in ("VERB", "DET", "PUNCT"):
            return (2 if token.ent_type_ in _PLACES else 1), _NAMED[token.ent_type_]
        return _titled(token)

    def _national(self, token: Token) -> bool:
        named = self._named.get(token.i)
        return token.ent_type_ in _PLACES or (named is not None and named.kind in _ACTING)

    def _pronoun(self, token: Token) -> Party | None:
        """A pronoun stands for its antecedent; "they" for several is left to the resolver."""
        if token.lower_.endswith(("self", "selves")):
            return None
        found = self.antecedent(token) or self._reporter(token)
        several = found is not None and _several(self._doc[found.head])
        if found is not None and _number(token) == "many" and (several or token.dep_ == "poss"):
            return Party(token.i, token.i + 1, token.i, MANY, found.weight)
        return found

    def _reporter(self, token: Token) -> Party | None:
        """ "We will leave, she said": who speaks is "we", and "they" before any name."""
        if token.lower_ not in _SPEAKING:
            return None
        source = speaker_of(token, self._said).source if token.lower_ != "they" else None
        if source is not None and source.root.i != token.i:
            return self.at(source.root)
        for ancestor in token.ancestors:
            for child in ancestor.children:
                if child.dep_ == "nsubj" and child.i != token.i and child.pos_ != "PRON":
                    return self.at(child)
        return None

    def antecedent(self, token: Token) -> Party | None:
        """The nearest earlier subject that a third-person pronoun can stand for."""
        number = _number(token)
        if number is None:
            return None
        for word in _told_of(token):
            if _agrees(word, number) and (party := self.at(word)) is not None:
                return party
        sentence = token.sent
        barred = _own_subjects(token)
        before = self._doc[max(0, sentence.start - 60) : token.i]
        candidates = [t for t in before if t.dep_ in ("nsubj", "nsubjpass", "poss", "pobj", "dobj")]
        best: Party | None = None
        for word in reversed(candidates):
            if word.pos_ == "PRON" or word.i in barred or not _agrees(word, number):
                continue
            party = self.at(word)
            if party is None or party.weight < 1:
                continue
            if best is not None and self._doc[best.head].i >= sentence.start > word.i:
                return best  # "accused Oman of …, and demanded that it stop"
            if word.dep_ in ("nsubj", "nsubjpass"):
                return party
            best = best or party
        return best


class _Anyone(Participants):
    """Takes every token for an actor."""

    def __init__(self) -> None:
        pass

    def at(self, token: Token) -> Party | None:
        """The token itself."""
        return Party(token.i, token.i + 1, token.i, MANY, 2)


#: Stands in for the parties of a document before its names are known.
ANYONE: Participants = _Anyone()


def _pair(token: Token) -> Token | None:
    """ "The two will meet", "the two last met": the number alone, of those spoken of before."""
    if token.dep_ not in ("nsubj", "nsubjpass", "pobj", "dobj"):
        return None
    number = token if token.lower_ == "two" else None
    if token.tag_ == "JJ":
        number = next((c for c in token.lefts if c.lower_ == "two"), None)
    before = token.doc[number.i - 1] if number is not None and number.i else None
    return number if before is not None and before.lower_ == "the" else None


def _is_means(token: Token) -> bool:
    """ "The use of force": no forces of anybody."""
    return token.lower_ == "force" and not any(c.dep_ in _LEFT for c in token.lefts)


def _nominal(token: Token, named: Named) -> bool:
    """Plain words for people and institutions count as nouns only ("military drills" has none)."""
    return named.kind in _ACTING or token.pos_ in ("NOUN", "PROPN")


def _titled(token: Token) -> tuple[int, str]:
    """An unknown proper name counts by the title before it, else hardly."""
    if token.pos_ != "PROPN" or token.ent_type_:
        return -1, ""
    for child in token.lefts:
        role = _role(child) if child.dep_ == "compound" else None
        if role is not None:
            return role.weight, role.kind
    return 0, "name"


def _role(token: Token) -> Role | None:
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    return roles().get(token.lemma_.lower()) or roles().get(token.lower_)


def _by_token(doc: Doc) -> dict[int, Named]:
    found: dict[int, Named] = {}
    for name in names_in(doc):
        span = doc.char_span(name.start, name.end, alignment_mode="expand")
        if span is not None:
            for token in span:
                found.setdefault(token.i, name)
    return found


def _told_of(pronoun: Token) -> list[Token]:
    """ "Praised Syria for its help", "accused Iran of hiding its arms": the object is meant."""
    if pronoun.dep_ != "poss":
        return []
    for at in pronoun.ancestors:
        if at.pos_ == "ADP" and at.lower_ in ("for", "of") and at.head.pos_ == "VERB":
            return [c for c in at.head.children if c.dep_ == "dobj" and c.i < at.i]
        if at.tag_ in ("VBD", "VBZ", "VBP"):
            return []
    return []


def _own_subjects(pronoun: Token) -> set[int]:
    """The subjects of the verb a pronoun is an object of: it cannot stand for them."""
    at = pronoun
    while at.dep_ in ("dobj", "pobj", "dative", "prep"):
        at = at.head
    return {t.i for t in doers(at)} if at is not pronoun else set()


def _several(antecedent: Token) -> bool:
    """Whether "they" after this word means it and another: it is no plural, no collective."""
    plural = antecedent.tag_ in ("NNS", "NNPS")
    role = _role(antecedent)
    return not plural and not (role is not None and role.kind in _COLLECTIVE)


def _number(token: Token) -> str | None:
    word = token.lower_
    if word in ("he", "him", "his", "she", "her", "himself", "herself"):
        return "person"
    if word in ("they", "them", "their", "themselves"):
        return "many"
    if word in ("it", "its", "itself"):
        return "thing"
    return None


def _agrees(word: Token, number: str) -> bool:
    plural = word.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in word.children)
    role = _role(word)
    if number == "many":
        collective = role is not None and role.kind in _COLLECTIVE
        return plural or collective or word.ent_type_ in ("ORG", "GPE")
    if plural:
        return False
    person = word.ent_type_ == "PERSON" or (role is not None and role.kind in _PERSONS)
    return person if number == "person" else not person


def phrase(token: Token) -> tuple[int, int]:
    """Token span of a noun phrase: determiner and modifiers to the head, and "of …"."""
    start = token.i
    apart = max((c.right_edge.i for c in paired_before(token)), default=-1)
    for child in token.lefts:
        if child.dep_ in _LEFT and child.left_edge.i > apart:
            start = min(start, child.left_edge.i)
    end = token.i + 1
    for child in token.rights:
        if child.dep_ == "prep" and child.i == end and _belongs(token, child):
            end = _inner_end(child, end)
        elif child.dep_ in ("compound", "nummod") and child.i == end:
            end += 1
        elif child.dep_ == "appos" and child.ent_type_ == "PERSON" and child.i - end < _NAME_LENGTH:
            end = child.i + 1  # "the foreign minister, Sergei Lavrov"
    return start, end


def _belongs(head: Token, preposition: Token) -> bool:
    """Whether the phrase after a noun is part of who is meant: "a court in Guyana".

    Of "accused its neighbour of hysteria" and "blamed the army for the raid" it is the charge.
    """
    if preposition.lower_ in ("of", "for"):
        charge = _CHARGES.get(head.head.lemma_.lower()) if head.dep_ in _CHARGED else None
        return charge != preposition.lower_ or _is_whose(preposition)
    if preposition.lower_ == "on":  # "officials on both sides"
        return any(c.dep_ == "pobj" and c.lemma_ == "side" for c in preposition.children)
    if preposition.lower_ not in ("in", "from", "at") or head.ent_type_ in ("PERSON", "GPE"):
        return False
    return _is_whose(preposition)


def _is_whose(preposition: Token) -> bool:
    """ "Accused the government of Oman": no charge, but whose it is."""
    return any(c.dep_ == "pobj" and c.ent_type_ in _PLACES for c in preposition.children)


def _inner_end(preposition: Token, end: int) -> int:
    for inner in preposition.children:
        if inner.dep_ == "pobj":
            return max(end, phrase(inner)[1])
    return end

"""Who and whom: the words around a predicate, the requirements they meet, the parties in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from spacy.tokens import Token

from detente.coding.clauses import (
    conjuncts,
    doers,
    lends_subject,
    noun_doers,
    passive,
    undergoers,
)
from detente.coding.complements import (
    advised,
    allowed,
    content_clause,
    content_subjects,
    gerund,
    infinitive,
    obliged,
    tellers,
)
from detente.coding.lexicon import Entry, Requirement
from detente.coding.participants import ANYONE, MANY, Participants, Party
from detente.coding.phrases import MODIFIERS, behind, gather, gather_chained, named_in
from detente.coding.unsaid_doers import unsaid_doers
from detente.gazetteer.agreements import agreements
from detente.ontology.cameo import DENIAL

_CLAUSES = frozenset({"xcomp", "acl", "ccomp", "advcl"})
_WORDS = frozenset({"prt", "prep", "advmod", "acomp", "oprd", "attr"})
#: What something is called may be a long word, a particle never is.
_NAMING = frozenset({"acomp", "oprd", "attr"})
_LONGEST_PARTICLE = 12
#: What belongs to a particle ("out of") or to what something is called ("an unfriendly step").
_WITH_IT = frozenset({"prep", "amod", "compound"})
#: Where a verb's other party stands when it is not the object, most telling first.
_TOWARDS = (
    "against",
    "with",
    "to",
    "at",
    "on",
    "from",
    "over",
    "toward",
    "towards",
    "for",
    "of",
    "into",
)
#: Where an event noun's other party stands.
_NOUN_TOWARDS = (
    "against",
    "on",
    "with",
    "to",
    "of",
    "from",
    "at",
    "for",
    "into",
    "towards",
    "over",
)
#: Roles in a clause around the predicate, or under it.
_OF_CLAUSES = {"teller": tellers, "content": content_subjects}
#: Roles that ask whether something holds, not which word fills them.
_TESTED = frozenset({"mod", "comp", "next", "inf", "no"})
_WITH_MEANS = frozenset({"MOBILIZE", "AID"})
#: At whose request or session one speaks, is no party: "met at the request of Chad".
_ASKED = frozenset(
    {"request", "invitation", "behest", "urging", "session", "briefing", "hearing", "debate"}
)
#: What several do with each other is not towards what it is about.
_TOGETHER = frozenset({"AGREE", "CONSULT", "COOPERATE"})
#: What is said has no recipient by the place where it is said.
_UTTERED = frozenset({"ACCUSE", "REJECT"})
#: CAMEO's criticism: who is condemned did not suffer "incursions into Oman".
_CRITICISM = "111"
_LAWS = frozenset({"law", "act", "bill", "legislation"})
_WITHIN = ("in", "inside", "near", "into", "across")


class Surroundings:
    """The words around one predicate, by role, each looked up once."""

    def __init__(self, head: Token, participants: Participants, *, nominal: bool) -> None:
        self.head = head
        self.nominal = nominal
        self._participants = participants

    @cached_property
    def doers(self) -> list[Token]:
        """Logical subjects."""
        return noun_doers(self.head) if self.nominal else doers(self.head)

    @cached_property
    def undergoers(self) -> list[Token]:
        """Logical objects (of a noun: what stands after "of")."""
        return self.prepositions.get("of", []) if self.nominal else undergoers(self.head)

    @cached_property
    def prepositions(self) -> dict[str, list[Token]]:
        """What stands after each preposition, under the predicate, its object or its verb."""
        found: dict[str, list[Token]] = {}
        gather(self.head, found)
        if all(t.lemma_ in _ASKED for t in found.get("at", ())):
            found.pop("at", None)
        if self.nominal:
            for nouns in list(found.values()):
                for noun in nouns:
                    gather_chained(noun, found)
            self._gather_of_verb(found)
        else:
            for noun in undergoers(self.head)[:1]:
                gather(noun, found)
        return found

    def _gather_of_verb(self, found: dict[str, list[Token]]) -> None:
        """What stands after the verb beside a noun ("held talks on Monday with Iran").

        By whom an attack "was condemned" is not who attacked: only who holds, stages or sees it.
        """
        verb = self.head.head
        if self.head.dep_ not in ("dobj", "nsubjpass", "nsubj") or verb.pos_ != "VERB":
            return
        beside: dict[str, list[Token]] = {}
        gather(verb, beside)
        if passive(verb) and not lends_subject(verb):
            beside.pop("by", None)
        for preposition, tokens in beside.items():
            found.setdefault(preposition, []).extend(tokens)

    @cached_property
    def modifiers(self) -> set[str]:
        """Lemmas of what stands before a noun as its modifier."""
        return {c.lemma_.lower() for c in self.head.lefts if c.dep_ in MODIFIERS}

    @cached_property
    def words(self) -> set[str]:
        """Particles and adverbs of the predicate, lower case."""
        found = set()
        for child in self.head.children:
            adjective = child.dep_ == "ccomp" and child.pos_ == "ADJ"
            short = len(child) < _LONGEST_PARTICLE or child.dep_ in _NAMING
            if (adjective or child.dep_ in _WORDS) and short:
                found.add(child.lower_)
                found.update(c.lower_ for c in child.children if c.dep_ in _WITH_IT)
            if child.dep_ == "dobj":  # "called the move unjustified"
                found.update(c.lower_ for c in child.rights if c.dep_ == "amod")
        return found

    @cached_property
    def _infinitives(self) -> set[str]:
        """Lemmas of the infinitives that the predicate governs ("vowed to respond")."""
        below = [c for c in self.head.children if c.dep_ in _CLAUSES and infinitive(c)]
        return {c.lemma_.lower() for c in (*below, *allowed(self.head))}

    def meets(self, entry: Entry) -> list[Token] | None:
        """The tokens by which the requirements are met, or nothing if one is not."""
        met: list[Token] = []
        for requirement in entry.requirements:
            tokens = self._met(requirement)
            if tokens is None:
                return None
            met.extend(tokens)
        return met

    def _met(self, need: Requirement) -> list[Token] | None:
        if need.role == "prt":
            return self._particle(need.words)
        if need.role in _TESTED:
            return [] if self._passes(need) else None
        return self._fits(self.filling(need.role), need)

    def _passes(self, need: Requirement) -> bool:
        """Whether a condition holds that no word of its own fulfils."""
        if need.role == "mod":
            return bool(self.modifiers & need.words)
        if need.role == "comp":
            return self._complement(need.words)
        if need.role == "next":
            after = self.head.doc[self.head.i + 1 : self.head.i + 2]
            return any(t.lower_ in need.words for t in after)
        if need.role == "inf":
            return bool(self._infinitives & need.words)
        return not any(self._has(word) for word in need.words)

    def _particle(self, wanted: frozenset[str]) -> list[Token] | None:
        if not self.words & wanted:
            return None
        return [c for c in self.head.subtree if c.lower_ in wanted and c.i > self.head.i][:1]

    def _complement(self, wanted: frozenset[str]) -> bool:
        for child in self.head.children:
            if "inf" in wanted and child.dep_ in _CLAUSES and infinitive(child):
                return True
            if "must" in wanted and child.dep_ == "ccomp" and obliged(child):
                return True
            if ("ing" in wanted and gerund(child)) or ("should" in wanted and advised(child)):
                return True
            if "that" in wanted and (child.dep_ == "ccomp" or content_clause(child)):
                return True
        return False

    def _has(self, word: str) -> bool:
        if word == "obj":
            return bool(self.undergoers)
        if word == "oprd":
            return any(c.dep_ in ("oprd", "ccomp", "attr") for c in self.head.children)
        if word == "comp":
            return self._complement(frozenset({"inf", "that"}))
        return word in self.prepositions or word in self.words

    def _fits(self, tokens: list[Token], need: Requirement) -> list[Token] | None:
        if "any" in need.words:
            return tokens or None
        if "many" in need.words:
            return [] if len(tokens) > 1 or self._of_several(tokens) else None
        for token in tokens:
            if token.lemma_.lower() in need.words or token.lower_ in need.words:
                return [token]
            if self._is_wanted(token, need):
                return [token]
        return None

    def _of_several(self, tokens: list[Token]) -> bool:
        """Whether one word stands for several ("the two", "both leaders")."""
        parties = (self._participants.at(token) for token in tokens)
        return any(party is not None and party.kind == MANY for party in parties)

    def _is_wanted(self, token: Token, need: Requirement) -> bool:
        """Whether a token is the party, the person or the place by name that is asked for."""
        if need.wants_party and self._participants.at(token) is not None:
            return True
        if self._participants is ANYONE and (need.wants_person or need.wants_place):
            return True
        kinds = {need.wants_agreement: "", need.wants_sanctions: "sanctions law"}
        if True in kinds and self._is_agreement(token, kinds[True]):
            return True
        person = need.wants_person and token.ent_type_ == "PERSON"
        return person or (need.wants_place and token.ent_type_ == "GPE")

    def _is_agreement(self, token: Token, kind: str) -> bool:
        """Whether a token is in a known agreement's name ("Joint … Plan"), of this kind if any."""
        by_name = kind and token.lemma_ in _LAWS  # "the CAATSA law"
        if self._participants is ANYONE:
            return token.pos_ == "PROPN" or bool(by_name)
        named = self._participants.named(token)
        if named is None and by_name:
            names = (self._participants.named(c) for c in token.lefts)
            named = next((name for name in names if name is not None), None)
        if named is None or named.kind != "agreement":
            return False
        return not kind or any(agreements()[of].kind == kind for of in named.ids)

    def filling(self, role: str) -> list[Token]:
        """The tokens that stand in a role: subj, obj, poss, mod or a preposition."""
        if role == "subj":
            return self.doers
        if role == "obj":
            return self.undergoers
        if role in _OF_CLAUSES:
            return _OF_CLAUSES[role](self.head)
        if role == "objmod":
            return [c for t in self.undergoers for c in t.lefts if c.dep_ in MODIFIERS]
        if role in ("poss", "mod"):
            labels = ("poss",) if role == "poss" else ("compound", "amod", "nmod")
            return [t for c in self.head.lefts if c.dep_ in labels for t in conjuncts(c)]
        return self.prepositions.get(role, [])

    def parties(self, role: str, *, acting: bool = False) -> tuple[Party, ...]:
        """The political actors in a role, direct ones before those told by a modifier."""
        return named_in(self.filling(role), self._participants, acting=acting and role == "subj")

    def actors(self, entry: Entry) -> tuple[Party, ...]:
        """Who acts, by the entry's roles or by default."""
        if entry.actor == "none":
            return ()
        if entry.actor and entry.actor != "any":
            return self._first(entry.actor.split("|"))
        if self.nominal:
            of = ("of",) if entry.recipient and "of" not in entry.recipient.split("|") else ()
            source = () if "from" in entry.recipient.split("|") else ("from",)
            return self._first(("poss", "by", "between", "among", "subj", "mod", *source, *of))
        if entry.frame == "adj" and self.head.dep_ in ("amod", "acl"):
            return behind([self.head.head], self._participants)
        found = self.parties("subj", acting=True) or behind(self.doers, self._participants)
        return found or unsaid_doers(self.head, entry, self._participants)

    def recipients(self, entry: Entry, actors: tuple[Party, ...]) -> tuple[Party, ...]:
        """Who is acted on, by the entry's roles or by default; never an actor again.

        Troops that are moved, and what is given or taken out, are means and no recipients.
        """
        taken = {p.head for p in actors}
        means = entry.event_type in _WITH_MEANS or entry.mode == "withdraw"
        if means and "obj" not in entry.recipient.split("|"):
            taken |= {t.i for t in self._means(entry)}
            if entry.event_type == "MOBILIZE":
                taken |= {t.i for t in self.undergoers}
        if entry.recipient == "none":
            return ()
        if entry.cameo == DENIAL:
            return self._accusers(taken)
        wanted = entry.recipient.split("|") if entry.recipient not in ("", "any", "both") else None
        spatial = entry.event_type not in _UTTERED
        default = self._defaults(both=entry.recipient == "both", spatial=spatial)
        aside = {"into"} if entry.cameo == _CRITICISM else set()
        if len(actors) > 1 and entry.event_type in _TOGETHER:
            aside = {"on", "over"}
        default = ([role for role in roles if role not in aside] for roles in default)
        for roles in (wanted, *default) if wanted else default:
            found = tuple(
                p
                for p in self._first(roles, taken)
                if p.head not in taken and not (p.kind == MANY and self._owns(p))
            )
            if found:
                return found
        return ()

    def _accusers(self, taken: set[int]) -> tuple[Party, ...]:
        """Whose charge is denied ("the allegations of Paris"); what it speaks of is no party."""
        for role in ("by", "from", "of"):
            told = [t for t in self.prepositions.get(role, ()) if t.pos_ in ("PROPN", "NOUN")]
            if found := tuple(p for p in self._at(told) if p.head not in taken):
                return found
        owners = [c for t in self.undergoers for c in t.lefts if c.dep_ in MODIFIERS]
        return tuple(p for p in self._at(owners) if p.head not in taken and p.kind != MANY)

    def _at(self, tokens: Iterable[Token]) -> Iterator[Party]:
        for token in tokens:
            party = self._participants.at(token)
            if party is not None:
                yield party

    def _owns(self, party: Party) -> bool:
        """ "Suspended their participation": a possessive "their" is mostly the actors' own."""
        return self.head.doc[party.head].dep_ == "poss"

    def _means(self, entry: Entry) -> Iterator[Token]:
        """What is given, moved or taken out: the objects that the entry asks for by word."""
        for need in entry.requirements:
            if need.role in ("obj", "of") and not need.wants_party:
                yield from self._met(need) or ()

    def _defaults(self, *, both: bool, spatial: bool) -> Iterator[Iterable[str]]:
        if self.nominal:
            yield _NOUN_TOWARDS
            yield ("between", "mod")
        else:
            direct = self._direct("obj")
            yield ("obj",) if direct else ()
            yield _TOWARDS
            yield ("obj",)
        yield ("content",)
        yield ("inner",)
        if not both and spatial:
            yield _WITHIN

    def _direct(self, role: str) -> bool:
        return any(self._participants.at(t) is not None for t in self.filling(role))

    def _first(self, roles: Iterable[str], taken: set[int] | None = None) -> tuple[Party, ...]:
        for role in roles:
            found = self._told(role) or self.parties(role, acting=taken is None)
            if found and not (taken and {p.head for p in found} <= taken):
                return found
        return ()

    def _told(self, role: str) -> tuple[Party, ...]:
        told = {"content": self.content, "inner": self.inner}.get(role)
        return told() if told else ()

    def inner(self) -> tuple[Party, ...]:
        """Whom the infinitive that a predicate governs concerns: "agreed to receive Syrians"."""
        for child in self.head.children:
            if child.dep_ in ("xcomp", "acl", "advcl") and infinitive(child):
                if child.lemma_ == "use":
                    continue  # "threatened to use force": a means
                within = Surroundings(child, self._participants, nominal=False)
                found = within.parties("obj") or within._first(_TOWARDS)
                if found:
                    return found
        return ()

    def content(self) -> tuple[Party, ...]:
        """Whom the clause a predicate governs is about: "urged that Iran leave"."""
        return named_in(content_subjects(self.head), self._participants)

"""Reading a dependency parse as clauses: who does it, to whom, under which governing word.

Dependency labels are those of the CLEAR style (Choi 2012) that spaCy's English models use.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from detente.coding.coordination import raised, run_on
from detente.coding.lexicon import lexicon

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ACTING = frozenset({"GPE", "NORP", "PERSON", "ORG"})
_SUBORDINATE = frozenset({"xcomp", "ccomp", "advcl", "dep", "parataxis", "prep", "acomp", "attr"})
_OBJECTS = frozenset({"dobj", "dative", "oprd"})
#: What is told about or beside something is not done by who tells it.
_APART = frozenset(
    {"about", "over", "amid", "despite", "since", "until", "following", "after", "before"}
    | {"during", "regarding", "concerning", "because"}
)
#: Before a noun of meeting: who does what the clause tells, took part.
_BESIDE = frozenset({"after", "before", "during", "following"})
_NAMING = frozenset({"call", "describe", "term", "claim"})
#: Verbs that let what they speak of go on being another's: who condemns an attack made none.
_OF_OTHERS = frozenset({"condemn", "criticize", "criticise"})
_CHARGING = frozenset({"accuse", "suspect", "convict"})
_RELATIVES = frozenset({"that", "which", "who", "whom"})
#: Verbs whose infinitive is done by their subject although they have an object.
_SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "use", "take", "offer", "give"})
_DEPTH = 6
#: Words for the one of two just named; "later" is a common slip for "latter".
LATTERS = frozenset({"latter", "former", "later"})
#: Heads that only count or portion what stands after "of".
_PORTIONS = frozenset(
    {"some", "many", "most", "all", "several", "dozens", "hundreds", "thousands", "scores", "tens"}
    | {"number", "group", "part", "majority", "couple", "handful", "score", "dozen", "hundred"}
    | {"thousand", "series", "lot", "rest", "wave", "half", "one", "two", "three", "four", "five"}
    | {"level", "round", "package", "batch", "member", "team", "pair", "million", "millions"}
    | {"percent", "%", "any", "each", "both", "hour", "day", "week", "minute", "month"}
)


def portioned(token: Token) -> Token:
    """What a counting head counts: "hundreds of prisoners" are prisoners; else the token itself."""
    if token.lower_ in _PORTIONS or token.lemma_ in _PORTIONS or token.like_num:
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        return portioned(inner)
    return token


def lemmas(token: Token) -> Iterator[str]:
    """The lemma, and the one with an "e" that rule lemmatisers drop ("staged": "stag")."""
    lemma = token.lemma_.lower()
    before = token.doc[token.i - 1] if token.i > 1 else None
    if before is not None and before.text == "-" and not before.whitespace_:
        yield f"{token.doc[token.i - 2].lower_}-{lemma}"  # "test-fired" comes in three tokens
    yield lemma
    if lemma.startswith("re-"):
        yield lemma[3:]
    if token.lower_ in (lemma + "ed", lemma + "ing", lemma + "es"):
        yield lemma + "e"  # not of "rapped", whose consonant is doubled


def conjuncts(token: Token) -> Iterator[Token]:
    """The token and what is coordinated with it, in order, not reaching into appositions."""
    yield from paired_before(token)
    yield token
    for child in token.children:
        if child.dep_ == "conj" or (child.dep_ == "appos" and _listed(token, child)):
            yield from conjuncts(child)
        elif child.ent_iob_ == "I" and child.i == token.i + 1:
            yield from (c for c in conjuncts(child) if c != child)  # a name parsed in pieces


def paired_before(token: Token) -> Iterator[Token]:
    """Persons parsed as modifiers of what they stand beside: "Putin and Trump's adviser"."""
    for child in token.lefts:
        person = child.dep_ in ("nmod", "compound") and child.ent_type_ == "PERSON"
        if person and any(c.dep_ == "cc" for c in child.children):
            yield child


def _listed(token: Token, apposed: Token) -> bool:
    """ "The US, Russia, and Turkey" is parsed as an apposition: such names in a row are a list."""
    same = token.ent_type_ == apposed.ent_type_ == "GPE"
    return same and any(c.dep_ == "conj" for c in apposed.children)


def passive(verb: Token) -> bool:
    """Whether the verb form is passive: by its auxiliary, or as a reduced relative."""
    for child in verb.children:
        by = child.dep_ == "agent" and verb.tag_ == "VBN"
        if by or child.dep_ in ("auxpass", "nsubjpass"):
            return True
        if child.dep_ == "nsubj":
            return False
    return verb.tag_ == "VBN" and not _has_perfect(verb) and _reduced(verb)


def _reduced(verb: Token) -> bool:
    """A participle without its auxiliary: shared by coordination, or on a noun."""
    if verb.dep_ == "conj":
        return verb.head.tag_ == "VBN" and passive(verb.head)
    if verb.dep_ == "acl":
        return verb.head.dep_ != "ROOT"  # else the main verb, parsed as its subject's participle
    return verb.dep_ in ("advcl", "amod") and not _latter(verb)


def _has_perfect(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)


def _direct(verb: Token, labels: frozenset[str]) -> list[Token]:
    found: list[Token] = []
    for child in verb.children:
        if child.dep_ in labels:
            if child.lower_ in _RELATIVES and verb.dep_ in ("relcl", "acl", "ccomp"):
                antecedent = _antecedent(verb)
                if antecedent is not None:
                    found.extend(conjuncts(antecedent))
                    continue
            found.extend(portioned(t) for t in conjuncts(child))
    return found


def _antecedent(verb: Token) -> Token | None:
    """The noun a relative clause hangs on, also through "that they said violated"."""
    at = verb
    for _ in range(3):
        if at.dep_ in ("relcl", "acl"):
            return _harming(verb, at.head)
        if at.dep_ not in ("ccomp", "conj"):
            return None
        at = at.head
    return None


def _harming(verb: Token, noun: Token) -> Token:
    """ "The attack on a mosque in Quetta that killed twelve": the attack killed, not the place."""
    if not any(e.event_type == "ASSAULT" for w in lemmas(verb) for e in lexicon().verbs.get(w, ())):
        return noun
    at = noun
    while at.dep_ in ("pobj", "prep"):
        at = at.head
        if at.pos_ == "NOUN" and _hostile(at):
            return at
    return noun


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The grammatical subjects of a verb, own or understood.

    Own subjects come first; else those shared by coordination, control, participles and relatives.
    """
    own = _direct(verb, _SUBJECTS) or _latter(verb) or run_on(verb)
    if own and _expletive(verb, own):
        own = _reporting_subjects(verb)
    if own or depth > _DEPTH:
        return own
    return _understood(verb, depth)


def _understood(verb: Token, depth: int) -> list[Token]:
    """The subject of a verb that has none of its own."""
    head, dep = verb.head, verb.dep_
    if dep == "acl":
        participle = verb.tag_ in ("VBG", "VBN", "VBD")  # or the main verb, parsed as one
        return list(conjuncts(head)) if participle else noun_doers(head, depth + 1)
    if dep == "relcl" and head.dep_ == "ROOT":
        return list(conjuncts(head))  # a headline: "Putin and Trump to meet"
    if dep == "conj":
        return _shared(verb, raised(verb), depth)
    if dep == "pcomp":
        return _of_gerund(head, depth)
    return _controlled(head, dep, depth) if dep in _SUBORDINATE else []


def _latter(verb: Token) -> list[Token]:
    """ "After the latter threatened" may be parsed as an adverb with an article."""
    return [
        c
        for c in verb.children
        if c.dep_ == "advmod" and c.lower_ in LATTERS and any(d.dep_ == "det" for d in c.children)
    ]


def _expletive(verb: Token, subjects: list[Token]) -> bool:
    """ "It is important to …": the one who says so acts."""
    if len(subjects) != 1 or subjects[0].lower_ != "it" or verb.lemma_ not in ("be", "’", "'s"):
        return False
    return any(c.dep_ in ("acomp", "xcomp", "attr") for c in verb.children)


def _reporting_subjects(verb: Token) -> list[Token]:
    above = verb.head
    if verb.dep_ in ("ccomp", "parataxis") and above != verb:
        return _direct(above, _SUBJECTS)
    return [t for c in verb.children if c.dep_ == "parataxis" for t in _direct(c, _SUBJECTS)]


def _shared(verb: Token, head: Token, depth: int) -> list[Token]:
    if head.pos_ in ("VERB", "AUX"):
        return surface_subjects(head, depth + 1)
    return [] if verb.pos_ != "VERB" else noun_doers(head, depth + 1)


def _controlled(head: Token, dep: str, depth: int) -> list[Token]:
    if head.pos_ in ("NOUN", "PROPN"):  # with a subject, it is a verb that was not seen as one
        return _direct(head, _SUBJECTS) or noun_doers(head, depth + 1)
    if dep == "xcomp" and head.lemma_ not in _SUBJECT_CONTROL:
        objects = _direct(head, frozenset({"dobj", "dative"}))
        if objects:
            return objects
        if passive(head):
            return _direct(head, _SUBJECTS)
    return surface_subjects(head, depth + 1)


def _of_gerund(preposition: Token, depth: int) -> list[Token]:
    """The doer of a gerund: "accused Russia of deploying" Russia, else the subject."""
    head = preposition.head
    if head.dep_ == "dobj" and head.head.lemma_.lower() in _CHARGING and preposition.lower_ == "of":
        return list(conjuncts(head))  # "accused its neighbour of backing the rebels"
    if head.pos_ in ("NOUN", "PROPN"):
        return noun_doers(head, depth + 1)
    if preposition.lower_ in ("of", "for", "from", "against", "into"):
        objects = _direct(head, frozenset({"dobj"}))
        if objects:
            return objects
        if passive(head):
            return _direct(head, _SUBJECTS)
    return surface_subjects(head, depth + 1)


def noun_doers(noun: Token, depth: int = 0) -> list[Token]:
    """Who does what an event noun names: possessor, "by", else the subject of its verb."""
    owners = [t for c in noun.children if c.dep_ == "poss" for t in conjuncts(c)]
    if owners:
        return owners
    decides = any(c.dep_ == "acl" and c.tag_ == "VB" for c in noun.children)
    agents = pobjects(noun, ("by", "of") if decides else ("by",))
    if agents:
        return agents
    names = [
        c
        for c in noun.children
        if c.dep_ in ("compound", "amod", "nmod") and c.ent_type_ in _ACTING
    ]
    if names:
        return [t for c in names for t in conjuncts(c)]
    verb = noun.head
    if noun.dep_ == "conj" and depth <= _DEPTH:
        return noun_doers(verb, depth + 1) if verb.pos_ in ("NOUN", "PROPN") else []
    return _lent(noun, depth) if depth <= _DEPTH else []


def _lent(noun: Token, depth: int) -> list[Token]:
    """The subject of the verb that an event noun completes: "held talks", "agreed to talks"."""
    if noun.dep_ not in ("dobj", "attr", "pobj", "oprd", "dative"):
        return []
    far = noun.dep_ == "pobj"
    verb = noun.head.head if far else noun.head
    if far and noun.head.lower_ == "on" and (verb.ent_type_ in _ACTING or verb.lemma_ == "be"):
        # "Lavrov, on a visit to Oslo, said", "the emir is on a visit to Oslo"
        return [verb] if verb.lemma_ != "be" else doers(verb, depth + 1)
    if far and _hostile(noun) and noun.head.lower_ in _APART:
        return []  # "sent condolences after the attack"
    if far and (taking := _beside(noun, verb, depth)):
        return taking
    lends = verb.pos_ in ("VERB", "AUX") and lends_subject(verb, far=far)
    return doers(verb, depth + 1) if lends else []


def _beside(noun: Token, verb: Token, depth: int) -> list[Token]:
    """Who takes part in what is told beside a verb: "said after talks with Xi", "after talks"."""
    around = _around(noun)
    named = any(c.dep_ == "prep" and c.lower_ == "with" for c in noun.children)
    if named and (around or verb).pos_ == "VERB":
        return doers(around or verb, depth + 1)
    taking = doers(around, depth + 1) if around is not None else []
    return taking if taking[1:] and _tells(noun, "CONSULT") else []


def _tells(noun: Token, *types: str) -> bool:
    """Whether a noun may tell an event of one of these types."""
    entries = lexicon().nouns.get(noun.lemma_.lower(), ())
    return any(entry.event_type in types for entry in entries)


def _hostile(noun: Token) -> bool:
    """Whether a noun tells an act of force."""
    return _tells(noun, "ASSAULT", "COERCE")


def _around(noun: Token) -> Token | None:
    """The verb beside which a meeting is told: "said after three hours of talks with Xi"."""
    at, temporal = noun, False
    for _ in range(_DEPTH):
        if at.pos_ == "VERB":
            return at if temporal else None
        if at.dep_ == "prep":
            temporal = temporal or at.lower_ in _BESIDE
            if not temporal and at.lower_ != "of":
                return None
        at = at.head
    return None


def lends_subject(verb: Token, *, far: bool = False) -> bool:
    """Whether the subject of a verb does what its object names: "held talks", not "condemned …".

    ``far`` is for what stands after a preposition ("agreed to talks").
    """
    known = lexicon().governors
    if verb.lemma_.lower() in _OF_OTHERS:
        return False
    found = next((k for w in lemmas(verb) if (k := known.get((w, "verb")))), None)
    return found is not None and not (far and found.kind == "light")


def doers(verb: Token, depth: int = 0) -> list[Token]:
    """The logical subjects: of an active verb its subjects, of a passive one its agents."""
    if passive(verb):
        return [t for n in (verb, *_direct(verb, _OBJECTS)) for t in pobjects(n, ("by",))]
    return surface_subjects(verb, depth)


def undergoers(verb: Token) -> list[Token]:
    """The logical objects: of an active verb its objects, of a passive one its subjects."""
    found = _direct(verb, _OBJECTS)
    if passive(verb):
        if verb.dep_ in ("acl", "amod") and not any(c.dep_ in _SUBJECTS for c in verb.children):
            return [verb.head, *found]
        return surface_subjects(verb) + found
    if not found and verb.dep_ == "relcl" and _gapped(verb):
        return list(conjuncts(verb.head))
    return found or _shared_objects(verb) or _free_relative(verb)


def _gapped(verb: Token) -> bool:
    return any(c.dep_ in _SUBJECTS and c.lower_ not in _RELATIVES for c in verb.children)


def _shared_objects(verb: Token) -> list[Token]:
    """The object of a later coordinated verb: "condemned and sanctioned Iran".

    "Called for a truce and will send an envoy" shares none: the first has its own complement.
    """
    own = any(c.dep_ in ("prep", "agent", "dative", "xcomp", "ccomp") for c in verb.children)
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ == "VERB" and not passive(child):
            return [] if own else _direct(child, frozenset({"dobj"}))
    return []


def _free_relative(verb: Token) -> list[Token]:
    """ "Tested what it called a bomb": what it is called is the object."""
    for clause in verb.children:
        if clause.dep_ != "ccomp" or clause.lemma_ not in _NAMING:
            continue
        if any(c.dep_ == "dobj" and c.lower_ == "what" for c in clause.children):
            return _direct(clause, frozenset({"oprd", "attr"}))
    return []


def pobjects(head: Token, prepositions: tuple[str, ...]) -> list[Token]:
    """What stands after one of these prepositions under ``head``, also in chains like "out of"."""
    found: list[Token] = []
    for child in head.children:
        if child.dep_ in ("prep", "agent", "dative") and child.lower_ in prepositions:
            found.extend(_after(child))
    return found


def _after(preposition: Token) -> list[Token]:
    found: list[Token] = []
    for inner in preposition.children:
        if inner.dep_ in ("pobj", "pcomp"):
            found.extend(conjuncts(inner))
        elif inner.dep_ == "prep":
            found.extend(_after(inner))
    return found


def particles(verb: Token) -> Iterator[str]:
    """Lower-case particles and adverbs that can belong to a phrasal verb."""
    for child in verb.children:
        if child.dep_ in ("prt", "prep", "advmod") and len(child.lower_) < 8:
            yield child.lower_
            if child.dep_ in ("prep", "advmod"):
                for inner in child.children:
                    if inner.dep_ == "prep":
                        yield inner.lower_

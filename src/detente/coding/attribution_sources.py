"""Who does a reporting verb: the source as a noun phrase."""

from __future__ import annotations

from spacy.tokens import Span, Token

from detente.coding.attribution_tables import reporting
from detente.coding.auxiliary_conjuncts import told_beside

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_HYPHENS = frozenset({"-", "–"})
_BODIES = frozenset({"GPE", "ORG", "NORP", "LOC", "FAC"})
_PEOPLE = frozenset({"PERSON", "NORP"})
_INHERITING = frozenset({"xcomp", "advcl", "conj", "ccomp", "pcomp"})
_NAME_PARTS = frozenset(
    {
        "compound",
        "flat",
        "det",
        "amod",
        "nummod",
        "poss",
        "case",
        "nmod",
        "prep",
        "pobj",
        "conj",
        "cc",
        "quantmod",
        "advmod",
    }
)


def source_of(verb: Token) -> Span | None:
    """Who does a reporting verb: its subject or agent, or that of the clause it hangs on.

    Args:
        verb: a verb of saying; "saying" in "he left, saying …" takes the subject of "left".

    Returns:
        The noun phrase without its relative clauses and appositions (but with the name that one
        gives: "its envoy, Roy Chaderton"), or None.
    """
    verb = told_beside(verb) or verb
    for step in range(6):
        subject = _subject(verb)
        if (agent := _agent(verb)) is not None:
            return phrase(agent)
        if subject is not None:
            impersonal = not step and _impersonal(subject, verb)  # "was heard saying": who was
            return None if impersonal else _with_name(phrase(_antecedent(subject, verb)))
        if (near := _just_before(verb) or _modified(verb)) is not None:
            return near
        if verb.dep_ not in _INHERITING or verb.head == verb:
            return None
        if (quoted := _quoted_as(verb)) is not None:
            return _with_name(phrase(quoted))
        verb = verb.head.head if verb.dep_ == "pcomp" else verb.head
    return None


def _quoted_as(verb: Token) -> Token | None:
    """ "Tass quoted the envoy as saying": the envoy says so, whoever passes it on."""
    above = verb.head.head
    if verb.dep_ != "pcomp" or above.lemma_ not in {"quote", "cite"}:
        return None
    return next((c for c in above.children if c.dep_ in {"dobj", "nsubjpass"}), None)


def _modified(verb: Token) -> Span | None:
    """ "A report saying that": the report; not whoever is "suspected of" something."""
    noun = verb.head
    clause = verb.dep_ in {"acl", "relcl"} and noun.pos_ in {"NOUN", "PROPN"}
    suffered = verb.dep_ == "acl" and verb.tag_ == "VBN"
    return phrase(noun) if clause and not suffered else None


def _subject(verb: Token) -> Token | None:
    """The nearest subject, in the verb's own paragraph: a heading before it is none."""
    for child in sorted(verb.children, key=lambda c: abs(c.i - verb.i)):
        if child.dep_ in _SUBJECTS:
            low, high = sorted((child.i, verb.i))
            if not any("\n" in token.text for token in verb.doc[low:high]):
                return child
    return None


def _just_before(verb: Token) -> Span | None:
    """ "On Friday officials said": a finite verb's neighbour that the parser hung elsewhere."""
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or verb.dep_ == "conj" or verb.i == 0:
        return None
    noun = verb.nbor(-1)
    if noun.pos_ not in {"NOUN", "PROPN", "PRON"} or noun.ent_type_ in {"DATE", "TIME"}:
        return None
    if (holder := _holder(noun)) is not None:
        return phrase(holder)
    start = noun.i
    while start > 0 and verb.doc[start - 1].dep_ in {"compound", "amod", "det", "nummod"}:
        if verb.doc[start - 1].ent_type_ in {"DATE", "TIME"} or verb.doc[start - 1].head != noun:
            break
        start -= 1
    return verb.doc[start : noun.i + 1]


def _holder(noun: Token) -> Token | None:
    """ "Protesters marching through the streets chanted": the noun that all of it hangs on."""
    at, top = noun, None
    while at.dep_ in {"pobj", "prep", "dobj", "acl"} and at.head.i < at.i:
        at = at.head
        if at.pos_ in {"NOUN", "PROPN", "PRON"} and at.ent_type_ not in {"DATE", "TIME"}:
            top = at
    return top


def _agent(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _impersonal(subject: Token, verb: Token) -> bool:
    """ "It was reported", "he is believed to": a passive without agent has no source."""
    if subject.dep_ == "nsubjpass":
        return verb.lemma_ not in {"quote", "cite", "convince", "concern"}
    if verb.lemma_ == "accuse" and not any(c.dep_ == "dobj" for c in verb.children):
        return True  # a headline: "Russia accused of lying"
    return subject.lower_ in {"it", "there"} and verb.lemma_ in {"seem", "appear", "mean", "turn"}


def _antecedent(subject: Token, verb: Token) -> Token:
    """ "Officials who said": officials."""
    if subject.lower_ in {"who", "which", "that"} and verb.dep_ in {"relcl", "acl", "ccomp"}:
        noun = verb.head
        if subject.lower_ == "who" and noun.dep_ == "pobj" and noun.ent_type_ not in _PEOPLE:
            above = noun.head.head  # "Democrats on the Hill, who said": the Hill says nothing
            noun = above if above.pos_ in {"NOUN", "PROPN"} and not _is_person(noun) else noun
        return noun if noun.pos_ in {"NOUN", "PROPN", "PRON"} else subject
    return subject


def _is_person(noun: Token) -> bool:
    return noun.lemma_.lower() in reporting()["anonymous"] or noun.tag_ == "NNS"


def phrase(head: Token) -> Span:
    """The noun phrase of ``head``: what stands before it and its prepositions, no clauses."""
    kept = {head.i}
    stack = [head]
    while stack:
        for child in stack.pop().children:
            belongs = child.dep_ in _NAME_PARTS and (child.dep_ != "prep" or _belongs(child))
            if belongs or _is_list(child):
                kept.add(child.i)
                stack.append(child)
    start = end = head.i
    while start - 1 in kept or (start - 2 in kept and _hyphenated(head.doc[start - 1])):
        start -= 1
    while end + 1 in kept or (end + 2 in kept and _joins(head.doc[end + 1])):
        end += 1
    if head.doc[end].tag_ == "POS" and end > head.i:
        end -= 1  # "Chad's (claims)"
    return head.doc[start : end + 1]


def _joins(mark: Token) -> bool:
    """A hyphen within a name, or the comma of a list ("Chad, Mali and Niger")."""
    after = mark.nbor(1)
    if _hyphenated(mark):
        return True
    listed = any(t.dep_ == "conj" or _is_list(t) for t in (after, after.head))
    return mark.text == "," and (listed or after.dep_ == "cc")


def _hyphenated(mark: Token) -> bool:
    return mark.text in _HYPHENS and not mark.whitespace_


def _is_list(noun: Token) -> bool:
    """ "Chad, Mali and Niger", where the second looks like an apposition to the first."""
    if noun.pos_ != "PROPN" or noun.dep_ not in {"appos", "npadvmod"}:
        return False
    beside = (c for of in (noun, noun.head) for c in of.children if c.dep_ == "conj")
    return any(c.pos_ == "PROPN" and c.i > noun.i for c in beside)


def _with_name(span: Span) -> Span:
    """A role with the name that follows it between commas."""
    doc, end = span.doc, span.end
    if span.root.pos_ != "NOUN" or end + 2 > len(doc) or doc[end].text != ",":
        return span
    last = end + 1
    while last < len(doc) and doc[last].pos_ == "PROPN":
        last += 1
    named = last - end - 1
    closed = last < len(doc) and (doc[last].text == "," or doc[last].pos_ in {"VERB", "AUX"})
    return doc[span.start : last] if 2 <= named <= 5 and closed else span


def _belongs(preposition: Token) -> bool:
    """Right behind its noun, and no time ("Somalia on Thursday (said)")."""
    near = preposition.i == preposition.head.i + 1 or preposition.lower_ in {"of", "at", "for"}
    return near and not any(
        c.dep_ == "pobj" and c.ent_type_ in {"DATE", "TIME"} for c in preposition.children
    )


def standing_for(pronoun: Token) -> Span | None:
    """Who "he" or "she" is, where a sentence before it is about one person.

    Args:
        pronoun: a source that is a pronoun.

    Returns:
        The subject of the last sentence of the paragraph whose subject is one person, or None.
    """
    if pronoun.lower_ not in {"he", "she"}:
        return None
    for token in reversed(list(pronoun.doc[: pronoun.sent.start])):
        if "\n" in token.text:
            return None
        if token.dep_ == "ROOT":
            subject = next((c for c in token.children if c.dep_ in _SUBJECTS), None)
            if subject is not None and _is_one(subject):
                return _with_name(phrase(subject))
    return None


def _is_one(subject: Token) -> bool:
    """One person, by name, by the name apposed or by the part played."""
    if subject.tag_ not in {"NN", "NNP"} or any(c.dep_ == "conj" for c in subject.children):
        return False
    apposed = (c for c in subject.children if c.dep_ == "appos")
    named = any(t.ent_type_ == "PERSON" for t in (subject, *apposed))
    speaks = subject.head.lemma_ in reporting()["speech"] and subject.tag_ == "NNP"
    if speaks and subject.ent_type_ not in _BODIES:
        return True  # a surname by itself
    return named or subject.lemma_.lower() in reporting()["anonymous"]


def may_be(pronoun: Token, noun: Token) -> bool:
    """Whether a pronoun can stand for a noun: "they" for no single state, "he" for no state."""
    many = noun.tag_ in {"NNS", "NNPS"} or any(c.dep_ == "conj" for c in noun.children)
    if noun.pos_ == "PRON" or pronoun.lower_ in {"we", "i"}:
        return noun.lower_ == pronoun.lower_ or noun.pos_ != "PRON"
    if pronoun.lower_ in {"they", "their"}:
        return many or noun.ent_type_ not in {"GPE", "PERSON"}
    if pronoun.lower_ in {"it", "its"}:
        return not many and noun.ent_type_ != "PERSON"
    return not many and noun.ent_type_ != "GPE"

"""What stands beside a predicate or noun and changes how far it holds: modals, negation, hedges.

Nothing here looks up the tree; ``auxiliary_path`` does.
"""

from __future__ import annotations

from spacy.tokens import Token

from detente.coding.attribution_tables import reporting
from detente.coding.auxiliary_tables import Signature, hedges, kinds, modals

Mark = tuple[Signature, Token]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
#: Kinds of "not" and "no", by how firmly they deny.
NEGATIONS = frozenset({"negation", "not_yet", "empty"})
_AUXILIARIES = frozenset({"aux", "auxpass"})
_NOT = ("n't", "n’t")
_FUTURE_UNITS = frozenset({"week", "month", "year", "day", "spring", "summer", "autumn", "fall"})
_DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})


def marks_of(token: Token) -> tuple[Mark, ...]:
    """Operators on ``token`` itself, innermost last: the order in which they apply from outside.

    Args:
        token: a verb, or the head of a noun phrase that names an event.

    Returns:
        (signature, cue) pairs: sentence adverbs, then negation, then modals or tense, so that
        "may not come" is possibly not, and "will not come" is not planned.
    """
    if token.pos_ in {"NOUN", "PROPN"} and not _has_verb_form(token):
        return _noun_marks(token)
    return (
        *_clause_mood(token),
        *_adverbs(token),
        *_negations(token),
        *_modals(token),
        *_futurate(token),
    )


def _has_verb_form(token: Token) -> bool:
    return any(child.dep_ in _AUXILIARIES for child in token.children)


def subject_of(token: Token) -> Token | None:
    """The subject of a clause's head, if it has its own."""
    return next((child for child in token.children if child.dep_ in _SUBJECTS), None)


def is_infinitive(token: Token) -> bool:
    """True for a verb with "to" before it."""
    return any(c.tag_ == "TO" and c.dep_ in {"aux", "mark"} for c in token.children)


def has_condition(verb: Token) -> bool:
    """True for a verb with an if-clause of its own."""
    return any(
        mark.dep_ == "mark" and hedges().get(("mark", mark.lower_)) == kinds()["condition"]
        for clause in verb.children
        if clause.dep_ == "advcl"
        for mark in clause.children
    )


def is_pluperfect(token: Token) -> bool:
    """True for "had" + participle without a modal."""
    auxiliaries = [c for c in token.children if c.dep_ == "aux"]
    return any(
        c.lower_ in {"had", "'d", "’d"} and c.tag_ == "VBD" for c in auxiliaries
    ) and not any(c.tag_ == "MD" for c in auxiliaries)


def _clause_mood(token: Token) -> tuple[Mark, ...]:
    """Questions and commands: only the head of the sentence carries them."""
    if token.dep_ != "ROOT":
        return ()
    last = next((t for t in reversed(list(token.sent)) if not t.is_space and not t.is_quote), token)
    if last.text == "?" and not _asks_wherefore(token):
        return ((kinds()["interrogative"], last),)
    if _is_command(token):
        return ((kinds()["command"], token),)
    if is_infinitive(token):
        return ((kinds()["commitment"], next(c for c in token.children if c.tag_ == "TO")),)
    return ()


def _asks_wherefore(token: Token) -> bool:
    """Why and how questions, and those after the subject, take the act for granted."""
    for child in token.children:
        if child.tag_ in {"WRB", "WP"} and (
            child.lower_ in {"why", "how", "when", "where"} or child.dep_ in _SUBJECTS
        ):
            return not any(c.tag_ == "MD" for c in token.children)
    return False


def _is_command(token: Token) -> bool:
    if token.tag_ != "VB" or subject_of(token) is not None:
        return False
    return not any(c.dep_ in _AUXILIARIES for c in token.children)


def _adverbs(token: Token) -> tuple[Mark, ...]:
    found = []
    for child in token.children:
        if child.dep_ in {"advmod", "npadvmod", "intj"}:
            words = [child.lower_, *(c.lower_ for c in child.children if c.dep_ == "advmod")]
            known = (hedges().get(("adverb", word)) for word in words)
            signature = next((found for found in known if found is not None), None)
            if signature and (signature.kind != "near_negation" or _touches(child, token)):
                found.append((signature, child))
    return tuple(found)


def _touches(adverb: Token, token: Token) -> bool:
    """ "Almost collapsed" speaks of the collapse, "almost 100 were killed" of the number."""
    between = token.doc[adverb.i + 1 : token.i] if adverb.i < token.i else ()
    return adverb.i < token.i and all(t.dep_ in {*_AUXILIARIES, "advmod"} for t in between)


def _negations(token: Token) -> tuple[Mark, ...]:
    """Negation words on the verb, or "no" on its subject or object ("reached no deal").

    Two of them are one negation ("nobody never" aside): English of the newsroom.
    """
    for child in token.children:
        if _denies(child) and not _until(token):
            return ((kinds()["not_yet" if _awaited(token) else "negation"], child),)
        if child.dep_ in _SUBJECTS and (cue := _neither(child)) is not None:
            return ((kinds()["negation"], cue),)
        if child.dep_ in {*_SUBJECTS, "dobj", "attr"} and (cue := _no_of(child)) is not None:
            return ((kinds()["empty" if child.dep_ == "dobj" else "negation"], cue),)
    nor = _nor(token)
    return () if nor is None else ((kinds()["negation"], nor),)


def _until(verb: Token) -> bool:
    """ "Did not leave until May": it left in May. "Will not leave until …" is not to say so."""
    auxiliaries = [c for c in verb.children if c.dep_ in _AUXILIARIES]
    past = verb.tag_ == "VBD" or any(c.tag_ == "VBD" for c in auxiliaries)
    marked = (c for c in verb.children if c.i > verb.i and c.dep_ in {"prep", "advcl"})
    until = any(t.lower_ in {"until", "till"} for c in marked for t in (c, *c.children))
    return past and until and not any(c.tag_ == "MD" or c.lower_ == "had" for c in auxiliaries)


def _nor(verb: Token) -> Token | None:
    """ "Nor did it leave", "…, nor has it left", "neither came nor called"."""
    first = verb.head if verb.dep_ == "conj" else verb
    low = first.i if verb.dep_ == "conj" else verb.sent.start - 1
    subjects = [c.i for c in verb.children if c.dep_ in _SUBJECTS]
    high = min(subjects, default=verb.i if verb.dep_ == "conj" else 0)
    for child in first.children:
        if child.lower_ == "nor" and low < child.i < high:
            return child
    return None


def _neither(subject: Token) -> Token | None:
    """ "Neither Iran nor Iraq left"."""
    return next((c for c in subject.children if c.lower_ == "neither"), None)


def _awaited(verb: Token) -> bool:
    """ "Has not yet been confirmed" leaves open that it will be."""
    return any(c.dep_ == "advmod" and c.lower_ == "yet" for c in verb.children)


def _denies(child: Token) -> bool:
    if child.dep_ == "neg" or (child.dep_ in _AUXILIARIES and child.lower_.endswith(_NOT)):
        return not _only(child)
    if ("negation", child.lower_) in hedges() and child.dep_ in {"advmod", "preconj", "cc"}:
        return not _only(child) and child.dep_ != "cc"
    return child.lower_ == "longer" and any(c.lower_ == "no" for c in child.children)


def _only(negation: Token) -> bool:
    """ "Not only" and "not just" affirm."""
    doc, after = negation.doc, negation.i + 1
    return after < len(doc) and doc[after].lower_ in {"only", "just", "merely", "simply", "least"}


def _no_of(noun: Token) -> Token | None:
    signature = hedges().get(("subject", noun.lower_))
    if signature and signature.kind == "negation" and noun.dep_ in _SUBJECTS:
        return noun
    for child in noun.children:
        kind = hedges().get(("determiner", child.lower_))
        if child.dep_ in {"det", "neg"} and kind is not None and kind.kind == "negation":
            return child
    return None


def _modals(token: Token) -> tuple[Mark, ...]:
    if _is_mannered(token):
        return ()
    for child in token.children:
        if child.dep_ == "aux" and (pair := modals().get(child.lower_)) and child.tag_ == "MD":
            return ((pair[1] if _perfect_below(token) else pair[0], child),)
    return ()


def _is_mannered(verb: Token) -> bool:
    """ "I would say that", "we must add that": a manner of saying it."""
    subject = subject_of(verb)
    own = subject is not None and subject.lower_ in {"i", "we"}
    told = any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children)
    return own and told and verb.lemma_ in reporting()["speech"]


def _perfect_below(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in {"have", "'ve", "’ve"} for c in token.children)


def _futurate(token: Token) -> tuple[Mark, ...]:
    """ "Is meeting him next week", "meets him tomorrow": a present tense with a coming time."""
    present = token.tag_ in {"VBZ", "VBP"} or (
        token.tag_ == "VBG" and any(c.tag_ in {"VBZ", "VBP"} for c in token.children)
    )
    if not present or any(c.tag_ == "MD" for c in token.children):
        return ()
    cue = next((t for c in token.children for t in c.subtree if _is_coming_time(t, token)), None)
    return ((kinds()["future"], cue),) if cue is not None else ()


def _is_coming_time(word: Token, verb: Token) -> bool:
    if word.dep_ == "npadvmod" and word.head == verb and word.lower_ == "tomorrow":
        return True
    return (
        word.lower_ in {"next", "coming"}
        and word.head.lemma_.lower() in _FUTURE_UNITS | _DAYS
        and word.head.head in {verb, *verb.children}
        and word.head.dep_ in {"npadvmod", "pobj"}
    )


def _noun_marks(noun: Token) -> tuple[Mark, ...]:
    """Determiners, adjectives and participles on a noun: no, alleged, planned, would-be."""
    found = []
    for child in noun.children:
        for part, deps in (
            ("determiner", {"det", "neg", "amod"}),
            ("adjective", {"amod", "compound", "nmod", "acl"}),
        ):
            signature = hedges().get((part, child.lower_))
            if signature is None or (child.dep_ == "acl" and _is_owned(child)):
                continue
            if child.dep_ in deps and not _article_before(child, part):
                found.append((signature, child))
    return tuple(found)


def _is_owned(participle: Token) -> bool:
    """ "Attacks claimed by the rebels": claimed as their own."""
    return participle.lower_ == "claimed" and any(c.dep_ == "agent" for c in participle.children)


def _article_before(child: Token, part: str) -> bool:
    """ "A few attacks" happened; "few attacks" hardly did."""
    return part == "determiner" and child.i > 0 and child.nbor(-1).lower_ in {"a", "the", "these"}

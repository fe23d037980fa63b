"""Acts that are only the content of another: asked for, hoped for, denied, or the aim of a deed.

What is asked for is told by the request, whose mode says what is asked; what one only hopes that
another will do, CAMEO counts as a comment (01), which the manual leaves out (summary of changes).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from detente.coding.clauses import passive
from detente.coding.complements import content_clause, infinitive
from detente.coding.denials import is_aside_of_denial
from detente.coding.governing import HOSTILE, kind_of, of_another
from detente.coding.lexicon import word_class
from detente.coding.mention import OPEN, Mention

_ASKING = frozenset({"REQUEST", "THREATEN"})
_NAMING = frozenset({"call", "describe", "term", "brand", "label"})
_OPPOSING = frozenset({"ACCUSE", "REJECT"})
_CLAUSAL = frozenset({"xcomp", "ccomp", "pcomp"})
_NOMINAL = frozenset({"dobj", "pobj", "prep", "conj", "attr"})
_HINDERING = frozenset({"REJECT", "COERCE"})
_ABOUT = frozenset({"about", "over", "on", "of"})
_STEPS = 8


def is_only_content(mention: Mention, by_head: Mapping[int, Mention]) -> bool:
    """Whether an act is only what is asked for, hoped for or considered, an aim or a means.

    Args:
        mention: the act.
        by_head: every mention of the document, by the token of its predicate.
    """
    if _only_adds(mention, by_head) or _is_aim(mention, by_head) or _is_means(mention, by_head):
        return True
    if mention.status not in ("negated", "denied") and _is_considered(mention):
        return True
    if mention.pattern == "wish" and mention.status == "hypothetical":
        return True
    if _is_mused_on(mention.head) or (not mention.actors and _is_mourned(mention.head)):
        return True
    if _is_barred(mention, by_head) or _is_hope_of(mention):
        return True
    return _is_asked_for(mention, by_head) or is_aside_of_denial(mention, by_head)


def _only_adds(mention: Mention, by_head: Mapping[int, Mention]) -> bool:
    """ "Rejected the decision, calling it dangerous": a name given in passing."""
    head = mention.head
    beside = by_head.get(head.head.i) if head.dep_ == "advcl" and head.tag_ == "VBG" else None
    named = mention.entry.lemma in _NAMING and mention.act in _OPPOSING
    return named and beside is not None and beside.act in _OPPOSING


def _is_mused_on(head: Token) -> bool:
    """ "Voiced optimism over holding talks": what an attitude is about."""
    over = head.head if head.dep_ == "pcomp" else None
    if over is None or over.lower_ not in _ABOUT:
        return False
    attitudes = (over.head, *(c for c in over.head.children if c.dep_ == "dobj"))
    return any(kind_of(word) == "consider" for word in attitudes)


def _is_mourned(head: Token) -> bool:
    """ "Sent condolences over an attack that killed ten": the occasion, told of nobody."""
    above = [head, *head.ancestors]
    beside = (c for word in above for c in word.children if c.dep_ == "dobj" and c.i < head.i)
    return any(word.lemma_.lower() in word_class("sympathy") for word in (*above, *beside))


def _is_considered(mention: Mention) -> bool:
    """ "Is considering giving money if they cut the funds": what is weighed, and its condition."""
    if mention.pattern == "consider":
        return True
    head = mention.head
    condition = head.dep_ == "advcl" and any(c.lower_ in ("if", "unless") for c in head.children)
    weighed = condition and head.head.dep_ in ("xcomp", "pcomp")
    return weighed and any(kind_of(word) == "consider" for word in head.head.ancestors)


def _is_barred(mention: Mention, by_head: Mapping[int, Mention]) -> bool:
    """ "Barred its citizens from travelling", "would veto sanctions": what is hindered."""
    if mention.status not in ("negated", "hypothetical"):
        return False
    at = mention.head
    while at.dep_ in ("pcomp", "prep", "xcomp", "dobj"):
        at = at.head
        told = by_head.get(at.i)
        if told is not None and told is not mention:
            return told.act in _HINDERING
    return False


def _is_hope_of(mention: Mention) -> bool:
    """ "Held talks in the hope of forming a coalition": an aim."""
    governor = mention.governor
    if governor is None or governor.kind != "wish" or governor.token.pos_ != "NOUN":
        return False
    return governor.token.dep_ == "pobj" and governor.token.head.lower_ == "in"


def _is_asked_for(mention: Mention, by_head: Mapping[int, Mention]) -> bool:
    """Whether an act still to come stands in what a request, or another's hope, is about."""
    if mention.status not in OPEN or mention.pattern == "order":
        return False
    governed = mention.pattern == "request" and mention.status == "hypothetical"
    for word in _around(mention.head):
        told = _mention_at(word, by_head)
        if told is not None and told is not mention and told.act == "REQUEST":
            return True
        if told is not None and told is not mention and told.status not in OPEN:
            return told.act in _ASKING and governed
        if kind_of(word) == "wish" and of_another(word):
            return True
    return False


def _mention_at(word: Token, by_head: Mapping[int, Mention]) -> Mention | None:
    """The mention that a word heads, or whose light verb it completes ("made an appeal to")."""
    found = by_head.get(word.i)
    if found is None and word.dep_ == "dobj":
        outer = by_head.get(word.head.i)
        found = outer if outer is not None and outer.first <= word.i <= outer.last else None
    return found


def _around(head: Token) -> Iterator[Token]:
    """The words in whose content a predicate stands, nearest first; no facts told in passing."""
    at = head
    for _ in range(_STEPS):
        if not _is_inside(at) or at.head == at:
            return
        at = at.head
        yield at


def _is_inside(at: Token) -> bool:
    """Whether a word is content of what it hangs on, or of a relative clause on what will be."""
    if at.dep_ in _CLAUSAL or at.dep_ in _NOMINAL or content_clause(at):
        return True
    if at.dep_ in ("advcl", "acl", "relcl") and infinitive(at):
        return True
    return at.dep_ == "relcl" and any(c.tag_ == "MD" for c in at.children)


def _is_aim(mention: Mention, by_head: Mapping[int, Mention]) -> bool:
    """ "Attacked the camp to avenge him", "met to discuss": the aim of a deed of the same kind."""
    head = mention.head
    outer = by_head.get(head.head.i) if infinitive(head) else None
    if outer is not None and outer.act == mention.act == "THREATEN":
        return True  # "vowed to avenge them"
    if outer is None or mention.status == "denied" or mention.pattern != "own":
        return False
    met = outer.act == "CONSULT" or passive(head.head)
    if head.dep_ != "advcl" and not (head.dep_ == "xcomp" and met):
        return False
    hostile = HOSTILE | _OPPOSING
    if mention.act in ("REQUEST", "PROTEST"):
        return False
    alike = (mention.act in hostile) == (outer.act in hostile) or mention.event_type == "AGREE"
    return alike and _shares_party(mention, outer)


def _is_means(mention: Mention, by_head: Mapping[int, Mention]) -> bool:
    """ "Attacked them by blowing up the cars": how it was done, and no second deed."""
    head = mention.head
    outer = by_head.get(head.head.head.i) if head.dep_ == "pcomp" else None
    by = head.head.lower_ == "by" and mention.act == "ASSAULT"
    return by and outer is not None and outer.act == mention.act and _shares_party(mention, outer)


def _shares_party(mention: Mention, outer: Mention) -> bool:
    theirs = {p.head for p in (*outer.actors, *outer.recipients)}
    return any(p.head in theirs for p in mention.actors)

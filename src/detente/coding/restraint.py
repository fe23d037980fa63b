"""Mentions that are no events of their own, though a predicate and its parties are there.

The manual leaves out CAMEO's comments (01: concern, optimism, a policy that is only considered, an
accord with what another says): "have been eliminated" (summary of changes). What is only asked for
is told by the request, whose mode says what is asked.
"""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from detente.coding.clauses import passive
from detente.coding.mention import Mention
from detente.coding.participants import MANY, Party

_PAIR = 2
_NEED_TWO = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT", "AID"})
_ACTORLESS = frozenset(
    {"ASSAULT", "COERCE", "ACCUSE", "SANCTION", "PROTEST", "RETREAT", "MOBILIZE"}
)
_OF_OWN_WILL = frozenset({"SANCTION", "RETREAT", "MOBILIZE"})
#: Acts that a noun tells by itself as soon as it says whose they are.
_OWNED = frozenset({"SANCTION", "RETREAT", "REJECT", "MOBILIZE"})
_CONCERN = "012"
#: Concern that is uttered may have a hearer; that which is raised or conveyed has an addressee.
_UTTERING = frozenset({"express", "voice"})
_ASKING = frozenset({"REQUEST", "THREATEN"})
_NAMING = frozenset({"call", "describe", "term", "brand", "label"})
_OPPOSING = frozenset({"ACCUSE", "REJECT"})
_PRESENT = frozenset({"VBP", "VBZ"})


def admissible(mention: Mention) -> bool:
    """Whether the parties suffice for the type: someone political acts, or is acted on."""
    parties = (*mention.actors, *mention.recipients)
    if not parties:
        return False
    if max(p.weight for p in parties) < 1 and mention.act != "PROTEST":
        return False
    if mention.entry.lemma == "claim" and not _accuses(mention):
        return False  # to claim an act as one's own is no accusation (CAMEO 015)
    if _is_comment(mention) or (mention.entry.nominal and not _anchored(mention)):
        return False
    if mention.entry.frame == "adj" and mention.status in ("hypothetical", "negated"):
        return False  # "must be ready to mediate" shows no readiness
    return bool(mention.actors) or _speaks_without_actor(mention)


def _speaks_without_actor(mention: Mention) -> bool:
    """Harm told without its doer; of moves and measures only where the form leaves the doer out."""
    if mention.event_type == "REQUEST":
        return bool(mention.recipients) and passive(mention.head)  # "has been asked to"
    if mention.event_type not in _ACTORLESS and mention.act not in _ACTORLESS:
        return False
    if mention.act in _OF_OWN_WILL:
        return mention.entry.nominal or passive(mention.head)
    return True


def _accuses(mention: Mention) -> bool:
    """Whether what is claimed is another's act: "they claimed that they …" is not."""
    doc = mention.head.doc
    of_own = any(
        child.dep_ == "nsubj" and child.pos_ == "PRON"
        for clause in mention.head.children
        if clause.dep_ == "ccomp"
        for child in clause.children
    )
    return not of_own and any(doc[p.head].pos_ != "PRON" for p in mention.recipients)


def _anchored(mention: Mention) -> bool:
    """Whether a noun tells an event of its own: with both parties, or as what takes place."""
    reciprocal = mention.entry.recipient == "both" and len(mention.actors) >= _PAIR
    if reciprocal or (mention.actors and mention.recipients):
        return True
    if any(p.kind == MANY for p in mention.actors):
        return True
    if mention.act in _NEED_TWO:
        return False
    if mention.act in _OWNED and any(_owns(mention, p) for p in mention.actors):
        return True
    if mention.recipients and any(r.wants_party for r in mention.entry.requirements):
        return True  # "the poisoning of Skripal"
    return mention.head.dep_ in ("ROOT", "nsubj", "nsubjpass") and bool(mention.actors)


def _owns(mention: Mention, party: Party) -> bool:
    """ "The American withdrawal", "Russia's violation": whose it is stands right before it."""
    return mention.head.doc[party.head].head == mention.head and party.head < mention.head.i


def _is_comment(mention: Mention) -> bool:
    """Whether a mention is a comment: concern put to nobody, or an opinion that is shared."""
    if mention.entry.cameo == _CONCERN:
        return not mention.recipients or mention.entry.lemma in _UTTERING
    return mention.entry.lemma == "agree" and _shares_opinion(mention.head)


def _shares_opinion(agree: Token) -> bool:
    """ "They agree with the senator that …": in the present, and on no act to come."""
    if agree.tag_ not in _PRESENT:
        return False
    below = [c for c in agree.children if c.dep_ in ("xcomp", "ccomp", "prep")]
    if any(c.dep_ == "xcomp" for c in below):
        return False
    clause = next((c for c in below if c.dep_ == "ccomp"), None)
    if clause is not None:
        return not any(c.tag_ == "MD" and c.lower_ != "should" for c in clause.children)
    return any(c.lower_ == "with" for c in below)


def is_only_content(mention: Mention, by_head: Mapping[int, Mention]) -> bool:
    """Whether an act is only what is asked for by another mention, or only considered."""
    if _only_adds(mention, by_head):
        return True
    governor = mention.governor
    if governor is None or mention.status != "hypothetical":
        return False
    if mention.pattern == "consider":
        return True
    asking = by_head.get(governor.token.i)
    return mention.pattern == "request" and asking is not None and asking.act in _ASKING


def _only_adds(mention: Mention, by_head: Mapping[int, Mention]) -> bool:
    """ "Rejected the decision, calling it dangerous": a name given in passing."""
    head = mention.head
    beside = by_head.get(head.head.i) if head.dep_ == "advcl" and head.tag_ == "VBG" else None
    named = mention.entry.lemma in _NAMING and mention.act in _OPPOSING
    return named and beside is not None and beside.act in _OPPOSING

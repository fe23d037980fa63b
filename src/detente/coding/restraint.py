"""Mentions that are no events of their own, though a predicate and its parties are there.

The manual leaves out CAMEO's comments (01: concern, optimism, a policy that is only considered, an
accord with what another says): "have been eliminated" (summary of changes). What is only asked for
is told by the request, whose mode says what is asked.
"""

from __future__ import annotations

from spacy.tokens import Doc

from detente.coding.clauses import passive
from detente.coding.comments import is_comment
from detente.coding.denials import is_personal
from detente.coding.mention import Mention
from detente.coding.participants import MANY, STATE, Participants, Party

_PAIR = 2
_NEED_TWO = frozenset({"CONSULT", "AGREE", "COOPERATE", "SUPPORT", "AID"})
_ACTORLESS = frozenset(
    {"ASSAULT", "COERCE", "ACCUSE", "SANCTION", "PROTEST", "RETREAT", "MOBILIZE"}
)
_OF_OWN_WILL = frozenset({"SANCTION", "RETREAT", "MOBILIZE"})
#: Acts that a noun tells by itself as soon as it says whose they are.
_OWNED = frozenset({"SANCTION", "RETREAT", "REJECT", "MOBILIZE"})
_MEDIA = frozenset({"news", "press", "reporter", "reporters", "media", "newspaper", "journalist"})
_OWN = frozenset({"its", "his", "her", "their"})


def admissible(mention: Mention, participants: Participants) -> bool:
    """Whether the parties suffice for the type: someone political acts, or is acted on.

    Args:
        mention: as its words tell it.
        participants: of its document.
    """
    parties = (*mention.actors, *mention.recipients)
    if not any(p.weight >= 1 or mention.act == "PROTEST" for p in parties):
        return False
    if mention.entry.lemma == "claim" and not _accuses(mention):
        return False  # to claim an act as one's own is no accusation (CAMEO 015)
    if is_comment(mention) or _lacks_the_other(mention) or is_personal(mention, participants):
        return False
    if mention.entry.nominal and not _anchored(mention):
        return False
    if mention.entry.frame == "adj" and mention.status in ("hypothetical", "negated"):
        return False  # "must be ready to mediate" shows no readiness
    return bool(mention.actors) or _speaks_without_actor(mention)


def _speaks_without_actor(mention: Mention) -> bool:
    """Harm told without its doer; of moves and measures only where the form leaves the doer out."""
    if mention.event_type == "REQUEST":
        return bool(mention.recipients) and passive(mention.head)  # "has been asked to"
    if mention.event_type == "REJECT" and passive(mention.head):  # "was refused a meeting"
        given = any(c.dep_ in ("dobj", "oprd") for c in mention.head.children)
        return given and bool(mention.recipients)
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


def _lacks_the_other(mention: Mention) -> bool:
    """Whether an act between two has but one: talks with the press, praise of one's own, a hope.

    AID and its like require a recipient (manual, section AID).
    """
    parties = (*mention.actors, *mention.recipients)
    hoped = mention.event_type == "AGREE" and _is_wished(mention)
    if hoped and len(parties) < _PAIR:
        doc = mention.head.doc  # "hoped to resume flights": with whom?
        return all(p.kind != MANY or doc[p.head].pos_ == "PRON" for p in parties)
    if mention.act == "CONSULT":
        doc = mention.head.doc
        if mention.actors and not any(p.weight or p.kind == MANY for p in mention.actors):
            return True  # "116 people arrived in Oman"
        return bool(parties) and sum(not _is_press(doc, p) for p in parties) < min(
            _PAIR, len(parties)
        )
    if mention.act == "AID":
        return not mention.recipients and max(p.weight for p in parties) < STATE
    own = not mention.recipients and _is_of_own(mention)
    return mention.act == "SUPPORT" and (own or _describes(mention))


def _is_wished(mention: Mention) -> bool:
    governor = mention.governor
    return mention.pattern == "merged" and governor is not None and governor.kind == "wish"


def _is_press(doc: Doc, party: Party) -> bool:
    words = {t.lemma_.lower() for t in doc[party.start : party.end]}
    return party.kind == "media" or not words.isdisjoint(_MEDIA)


def _describes(support: Mention) -> bool:
    """ "Rebels backed by Turkey": who somebody is, and no act of support."""
    return support.head.tag_ == "VBN" and support.head.dep_ in ("acl", "amod")


def _is_of_own(mention: Mention) -> bool:
    """ "Defended its policies": what belongs to the one who praises or defends it."""
    objects = [c for c in mention.head.children if c.dep_ == "dobj"]
    return any(c.lower_ in _OWN for o in objects for c in o.children if c.dep_ == "poss")

"""Mentions that only comment: CAMEO's statements (01), which the manual leaves out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from detente.coding.clauses import passive
from detente.coding.complements import content_subjects
from detente.coding.lexicon import word_class
from detente.coding.mention import Mention
from detente.coding.participants import MANY

_CONCERN = "012"
#: Concern that is uttered may have a hearer; that which is raised or conveyed has an addressee.
_UTTERING = frozenset({"express", "voice"})
#: Verbs by which a teller judges; in the outlet's own voice they tell nothing.
_JUDGING = frozenset({"be", "constitute", "amount"})
#: Of what a warning speaks when it threatens without "we will".
_THREATENING = frozenset({"option", "patience", "time", "consequence", "response", "retaliation"})
_UNREAL = frozenset({"negated", "denied"})
_PRESENT = frozenset({"VBP", "VBZ"})
_FINITE = _PRESENT | {"VBD"}


def is_comment(mention: Mention) -> bool:
    """Whether a mention comments: concern put to nobody, an opinion shared, a duty of one's own.

    Args:
        mention: as its words tell it.
    """
    if mention.entry.cameo == _CONCERN:
        return not mention.recipients or mention.entry.lemma in _UTTERING
    head = mention.head
    if mention.status in _UNREAL and any(c.lower_ == "should" for c in head.children):
        return True
    judged = mention.entry.actor == "teller" and not _is_judgement(mention)
    by_word = _BY_WORD.get(mention.entry.lemma)
    return judged or _is_own_duty(mention) or (by_word is not None and by_word(mention))


def _is_judgement(mention: Mention) -> bool:
    """ "Sofia said the remarks were unjust": who judges whom is told, and they are two."""
    if mention.head.dep_ in ("amod", "acl"):
        return False  # "those responsible for security"
    theirs = {p.head for p in mention.recipients}
    own = bool(mention.actors) and all(p.head in theirs for p in mention.actors)
    told = bool(mention.actors) or mention.entry.lemma not in _JUDGING
    return bool(theirs) and told and not own and mention.status in ("done", "alleged")


def _is_own_duty(mention: Mention) -> bool:
    """ "He said they must try": of nobody who could be asked."""
    must = any(need.role == "comp" and "must" in need.words for need in mention.entry.requirements)
    others = [p for p in mention.recipients if p.kind != MANY]
    subjects = content_subjects(mention.head) if must and not others else []
    return any(t.pos_ == "PRON" for t in subjects)


def _condoles(mention: Mention) -> bool:
    """ "Condolences and regret" over what befell somebody, and no apology."""
    regret = mention.head
    beside = {regret.head, *regret.head.children} if regret.dep_ == "conj" else set(regret.rights)
    return any(t.lemma_.lower() in word_class("sympathy") for t in beside)


def _is_forecast(warning: Mention) -> bool:
    """ "Warned that growth would slow", "of floods": of what none of the parties does."""
    verb = warning.head
    addressed = any(c.dep_ in ("dobj", "dative", "nsubjpass") for c in verb.children)
    subjects = content_subjects(verb)
    acting = {p.head for p in (*warning.actors, *warning.recipients)}
    ours = any(t.pos_ == "PRON" or t.i in acting for t in subjects)
    ours = ours or any(t.lemma_.lower() in _THREATENING for t in subjects)
    conditional = any(c.lower_ in ("if", "unless") for c in verb.subtree)
    return bool(subjects) and not (addressed or ours or conditional)


def _tells_facts(mention: Mention) -> bool:
    """ "Assured him that the king believes": of how things are, and no promise."""
    assure = mention.head
    clauses = [c for c in assure.children if c.dep_ == "ccomp"]
    promised = any(g.tag_ in ("MD", "TO") for c in clauses for g in c.children)
    return bool(clauses) and not promised and all(c.tag_ in _FINITE for c in clauses)


def _shares_opinion(mention: Mention) -> bool:
    """ "They agree with the senator that …": on how things are or should be, not on what to do."""
    agree = mention.head
    below = [c for c in agree.children if c.dep_ in ("xcomp", "ccomp", "prep")]
    if any(c.dep_ == "xcomp" for c in below):
        return False
    beside = any(c.lower_ == "with" for c in below)
    clause = next((c for c in below if c.dep_ == "ccomp"), None)
    if clause is not None:
        modals = {c.lower_ for c in clause.children if c.tag_ == "MD"}
        return (beside or agree.tag_ in _PRESENT) and not modals - {"should"}
    return agree.tag_ in _PRESENT and beside


def _is_bound(oblige: Mention) -> bool:
    """ "Is now obliged to consult": by a rule, and nobody's demand."""
    return not oblige.actors and passive(oblige.head)


_BY_WORD: Mapping[str, Callable[[Mention], bool]] = MappingProxyType(
    {
        "oblige": _is_bound,
        "regret": _condoles,
        "assure": _tells_facts,
        "reassure": _tells_facts,
        "warn": _is_forecast,
        "agree": _shares_opinion,
    }
)

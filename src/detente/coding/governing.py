"""What a governing word makes of the act in its complement: planned, threatened, refused, alleged …

"Plan to meet" is a planned meeting, "agreed to cooperate" one agreement, "threatened to leave" a
threat and, apart from it, the threatened departure. Types follow the PLOVER manual: planned
CONSULT, SUPPORT, COOPERATE and AID are AGREE (section AGREE), announced retreats CONCEDE.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from detente.coding.clauses import lemmas, passive
from detente.coding.coordination import raised
from detente.coding.lexicon import GovernorKind, lexicon
from detente.ontology.plover import PLANNED_AS_AGREE
from detente.records import Status

_UP_VERB = frozenset({"xcomp", "ccomp", "acl", "pcomp", "advcl"})
_UP_NOUN = frozenset({"dobj", "nsubjpass", "appos"})
_LINKS = frozenset(
    {"for", "to", "of", "on", "in", "from", "with", "against", "at", "into", "about", "by"}
)
#: After other verbs, "at" tells where: "accepted a plan at a meeting".
_AIMING = frozenset({"aim", "balk", "hint", "point", "stop", "effort", "attempt"})
HOSTILE = frozenset({"SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST", "THREATEN", "REJECT"})
_FRIENDLY = PLANNED_AS_AGREE | {"AGREE"}
#: Promises that are threats when what is promised is hostile.
_VOWS = frozenset({"vow", "pledge", "promise", "swear", "warn", "threaten", "threat"})
_NEWS = frozenset({"COERCE", "ASSAULT", "ACCUSE", "PROTEST"})
_DUTIES = frozenset({"must", "should"})
_WISHES = frozenset({"want", "hope", "wish", "desire"})
#: What is material or lasting is reduced when it is suspended (section SANCTION), not rejected.
_SUSPENDED = frozenset({"COOPERATE", "AID"})
#: An offer is made, whenever what it is of may come.
_OFFERS = frozenset({"offer", "propose", "volunteer"})
#: Talks at large: to agree to them is an agreement that stands.
_AT_LARGE = frozenset(
    {"talk", "talks", "negotiate", "negotiation", "mediate", "mediation", "dialogue", "host"}
    | {"discuss", "discussion", "consult", "consultation"}
)
_STEPS = 4
_HEARSAY = frozenset(
    {"say", "report", "believe", "allege", "think", "understand", "know", "rumor", "rumour"}
    | {"claim", "suspect", "suppose", "presume"}
)
#: Kinds whose act is told beside them, as a second event, and in which status.
_BESIDE: Mapping[GovernorKind, Status] = {
    "threat": "threatened",
    "request": "hypothetical",
    "order": "planned",
    "accuse": "alleged",
    "deny": "denied",
    "fail": "negated",
    "consider": "hypothetical",
}


@dataclass(frozen=True, slots=True)
class Governor:
    """A governing word and its kind."""

    token: Token
    kind: GovernorKind


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a governed act.

    ``absorbs`` tells that governor and act are told as one event.
    """

    event_type: str
    act: str
    mode: str
    status: Status | None
    absorbs: bool = False


def kind_of(token: Token) -> GovernorKind | None:
    """The kind of governing word that a token is, if any."""
    pos = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
    known, part = lexicon().governors, pos.get(token.pos_, "")
    found = next((k for w in lemmas(token) if (k := known.get((w, part)))), None)
    if found is None or (found.needs and not any(c.lower_ in found.needs for c in token.children)):
        return None
    return found.kind


def governors(head: Token, consumed: frozenset[int]) -> Iterator[Governor]:
    """The governing words above a predicate, nearest first, through transparent ones."""
    at = head
    for _ in range(_STEPS):
        up = _above(at)
        if up is None or up.i in consumed:
            return
        up = _predicative(up)
        kind = kind_of(up)
        if kind in ("plan", "request", "threat") and _asserted(at):
            return  # "told the press that he had met", "warned that Iran had left"
        if kind is not None and kind not in ("through", "light"):
            yield Governor(up, kind)
        elif kind is None:
            return
        at = up


def _predicative(up: Token) -> Token:
    """ "It is important to …", "he is willing to …": the adjective governs, not the copula."""
    if up.pos_ == "AUX" and kind_of(up) is None:
        for child in up.children:
            if child.dep_ in ("acomp", "attr") and kind_of(child) is not None:
                return child
    return up


def _asserted(at: Token) -> bool:
    """Whether a clause tells a fact ("announced that it had paid"), not an intention."""
    if at.dep_ != "ccomp" or any(c.tag_ == "MD" for c in at.children):
        return False
    finite = ("VBD", "VBZ", "VBP")
    return at.tag_ in finite or any(c.dep_ == "aux" and c.tag_ in finite for c in at.children)


def _above(at: Token) -> Token | None:
    head = at.head
    if head.i == at.i or any(t.text == ";" for t in at.doc[min(at.i, head.i) : max(at.i, head.i)]):
        return None
    if at.dep_ == "conj":
        if raised(at) != head:
            return None
        shares = head.pos_ == at.pos_ and not any(c.dep_ == "nsubj" for c in at.children)
        return _above(head) if shares else None
    if at.pos_ in ("VERB", "AUX") and at.dep_ in _UP_VERB:
        return _above_clause(at, head)
    if at.dep_ == "pobj":
        setting = head.lower_ == "at" and head.head.lemma_.lower() not in _AIMING
        return head.head if head.lower_ in _LINKS and not setting else None
    return head if at.dep_ in _UP_NOUN else None


def _above_clause(at: Token, head: Token) -> Token | None:
    if at.dep_ == "advcl" and not _is_governed_adverbial(at):
        return None
    return head.head if at.dep_ == "pcomp" else head


def _is_governed_adverbial(at: Token) -> bool:
    """ "Are planning to hold" may be parsed as an adverbial clause: an infinitive right after."""
    to = [c for c in at.children if c.tag_ == "TO"]
    if not to or (kind := kind_of(at.head)) is None:
        return False
    awaited = any(c.dep_ == "mark" and c.lower_ == "for" for c in at.children)  # "waits for X to"
    return kind in ("request", "order") or awaited or to[0].i - at.head.i <= 2


def judge(
    act: str, mode: str, governor: Governor, *, nominal: bool, occasion: bool = True
) -> Verdict | None:
    """What the governor makes of an act.

    Args:
        act: PLOVER type of what is governed.
        mode: its mode.
        governor: the governing word.
        nominal: whether the act is told by a noun.
        occasion: whether a CONSULT is a meeting or visit, not talks or mediation at large.

    Returns:
        The verdict, or ``None`` where the governor changes nothing.
    """
    kind = governor.kind
    if kind in _BESIDE:
        return Verdict(act, act, mode, _BESIDE[kind])
    if kind in ("refuse", "cancel"):
        return _refused(act, kind)
    if kind == "wish":
        return _wished(act, mode, governor.token, occasion)
    if kind == "commit":
        lemma = governor.token.lemma_.lower()
        return _committed(act, mode, lemma, occasion and lemma not in _OFFERS)
    if kind == "plan":
        # "Announced the arrest of" tells news, and no plan.
        news = nominal and act in _NEWS and governor.token.lemma_ == "announce"
        planned = Verdict(planned_type(act), act, _kept(act, mode), "planned", absorbs=True)
        return None if news else planned
    return None


def _refused(act: str, kind: GovernorKind) -> Verdict:
    if kind == "cancel" and act in _SUSPENDED:
        return Verdict("SANCTION", "SANCTION", "discontinue", None, absorbs=True)
    return Verdict("REJECT", "REJECT", reject_mode(act), None, absorbs=True)


def _wished(act: str, mode: str, governor: Token, occasion: bool) -> Verdict:
    """Willingness to cooperate is AGREE itself (section AGREE); a hostile wish is a plan."""
    if of_another(governor) or _owed(governor):
        return Verdict(act, act, mode, "hypothetical")
    if act == "CONSULT" and occasion:
        return Verdict("AGREE", act, "", "planned", absorbs=True)
    if act in _FRIENDLY:
        return Verdict("AGREE", "AGREE", "", "done", absorbs=True)
    return Verdict(planned_type(act), act, _kept(act, mode), "planned", absorbs=True)


def _owed(governor: Token) -> bool:
    """ "Must be ready to mediate" asks for readiness, and shows none."""
    return any(c.dep_ == "aux" and c.lower_ in _DUTIES for c in governor.head.children)


def of_another(governor: Token) -> bool:
    """Whether someone wants another to act ("wants Putin to leave"): a wish, not a plan.

    Args:
        governor: the word of wishing; any other word wishes nothing.
    """
    if _WISHES.isdisjoint(lemmas(governor)):
        return False
    clausal = ("acl", "relcl", "ccomp") if governor.pos_ == "NOUN" else ("ccomp",)
    for child in governor.children:
        if child.dep_ in clausal and child.i > governor.i:
            return any(c.dep_ == "nsubj" and c.pos_ != "PRON" for c in child.children)
    return any(c.dep_ == "dobj" for c in governor.children)


def _committed(act: str, mode: str, lemma: str, occasion: bool) -> Verdict:
    if act == "CONSULT" and occasion:
        return Verdict("AGREE", act, "", "planned", absorbs=True)
    if act in _FRIENDLY:
        return Verdict("AGREE", "AGREE", "", "done", absorbs=True)
    if act == "RETREAT" and mode:
        return Verdict("AGREE", "AGREE", "", "done", absorbs=True)  # to free, to pull back: 035
    if act in ("RETREAT", "CONCEDE"):
        return Verdict("CONCEDE", "CONCEDE", "", "done", absorbs=True)
    if lemma in _VOWS and act in HOSTILE:
        return Verdict(act, act, mode, "threatened")
    return Verdict(act, act, mode, "planned", absorbs=True)


def is_occasion(head: Token) -> bool:
    """Whether a CONSULT is one meeting or visit, that a plan can name."""
    own = {head.lemma_.lower(), *(c.lemma_.lower() for c in head.children if c.dep_ == "dobj")}
    return not own & _AT_LARGE


def is_said_to_have(head: Token) -> bool:
    """ "Is said to have ordered": a perfect infinitive tells what is past, by hearsay."""
    perfect = any(c.dep_ == "aux" and c.lower_ == "have" for c in head.children)
    above = head.head
    return perfect and above.lemma_.lower() in _HEARSAY and passive(above)


def stands_beside(head: Token) -> bool:
    """ "Trump signed the law and 13 were indicted": a main clause, parsed as the next's adverbial.

    It has a subject of its own, no mark and no auxiliary, and "and" between it and the next.
    """
    if head.dep_ != "advcl" or head.head.i < head.i or head.tag_ not in ("VBD", "VBN"):
        return False
    labels = {child.dep_ for child in head.children}
    joined = any(t.lower_ == "and" for t in head.doc[head.i : head.head.i])
    return joined and "nsubj" in labels and not labels & {"mark", "aux", "neg", "advmod"}


def negated(head: Token) -> bool:
    """Whether a word carries its own "not"."""
    return any(c.dep_ == "neg" for c in head.children)


def vows(token: Token) -> bool:
    """Whether a word promises so that a hostile promise is a threat."""
    return token.lemma_.lower() in _VOWS


def planned_type(act: str) -> str:
    """The type the manual gives to a planned act."""
    if act in PLANNED_AS_AGREE:
        return "AGREE"
    return "CONCEDE" if act == "RETREAT" else act


def _kept(act: str, mode: str) -> str:
    return mode if planned_type(act) == act else ""


def reject_mode(act: str) -> str:
    """The mode shared by REJECT and REQUEST that fits what is refused or asked for."""
    if act in ("CONSULT", "AGREE"):
        return "meet" if act == "CONSULT" else ""
    if act in ("AID", "COOPERATE", "SUPPORT"):
        return "assist"
    return "yield" if act in ("RETREAT", "CONCEDE") else ""


def threat_mode(act: str, mode: str) -> str:
    """The mode of THREATEN that fits what is threatened."""
    if act == "SANCTION":
        return "expel" if mode == "expel" else "relations"
    if act == "COERCE":
        return "arrest" if mode == "arrest" else "restrict"
    if act == "PROTEST":
        return "restrict"
    if act == "REJECT":
        return "relations"
    return "violence" if act in ("ASSAULT", "MOBILIZE") else ""

"""What a subordinate clause is: the frame it fills, or an addition of what is known anyway."""

from __future__ import annotations

from spacy.tokens import Token

from detente.coding.attribution_tables import reporting
from detente.coding.auxiliary_marks import Mark, is_infinitive, marks_of
from detente.coding.auxiliary_tables import hedges, kinds
from detente.coding.lexicon import lexicon

_TOLD = frozenset({"VBD", "VBZ", "VBP"})
_PRESENT = frozenset({"VBZ", "VBP"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
#: Conjunctions whose clause in the past tense recalls an occasion; some but for "would".
_AFTER = frozenset({"after", "since"})
_RECALLING = _AFTER | {"when", "once", "until", "till"}
_BESIDE = frozenset({"as", "while", "whereas"})
_TIMELESS = frozenset({"when", "once", "after", "before", "until", "till", "as", "while"})
_WHEREFORE = frozenset({"why", "how", "when", "where"})
_WHICH = frozenset({"that", "which"})


def frames_of(clause: Token) -> tuple[str, ...]:
    """The frames a clause can fill: to, wh, whether, if, ing, bare, that."""
    marks = {c.lower_ for c in clause.children if c.dep_ == "mark"}
    if marks & {"whether", "if"}:
        return ("whether", "if") if "whether" in marks else ("if", "whether")
    if is_infinitive(clause):
        return ("to",)
    asked = (c for c in clause.children if c.tag_ in {"WP", "WRB", "WDT"} and c.i < clause.i)
    if any(c.lower_ != "that" for c in asked):
        return ("wh", "that")
    if is_subjunctive(clause):
        return ("bare", "that")
    finite_auxiliary = any(c.tag_ in {*_TOLD, "MD"} for c in clause.children)
    if finite_auxiliary or marks:
        return ("that",)
    return {"VBG": ("ing",), "VB": ("bare", "that"), "VBN": ("bare", "np")}.get(
        clause.tag_, ("that",)
    )


def is_subjunctive(clause: Token) -> bool:
    """ "(Insists) that Iran leave": the bare form beside a subject of the singular."""
    if any(c.dep_ in {"aux", "auxpass"} and c.tag_ != "VB" for c in clause.children):
        return False
    subjects = [c for c in clause.children if c.dep_ in _SUBJECTS and c.i < clause.i]
    passive = any(c.dep_ == "auxpass" and c.lower_ == "be" for c in clause.children)
    if not subjects or not (passive or clause.lower_ == clause.lemma_.lower()):
        return False
    if passive or clause.tag_ == "VB":
        return True
    alone = not any(c.dep_ == "conj" for c in subjects[0].children)
    return clause.tag_ == "VBP" and alone and subjects[0].tag_ in {"NN", "NNP"}


def presumes(clause: Token) -> bool:
    """ "(Asked) why Iran had left": who asks so takes it for granted that it did."""
    asked = any(c.lower_ in _WHEREFORE and c.i < clause.i for c in clause.children)
    auxiliaries = [c for c in clause.children if c.dep_ in {"aux", "auxpass"}]
    past = clause.tag_ == "VBD" or any(c.tag_ == "VBD" for c in auxiliaries)
    return asked and past and not any(c.tag_ == "MD" for c in auxiliaries)


def marked(clause: Token) -> tuple[Mark, ...]:
    """What its conjunction makes of a clause: a condition, a time still to come, a negation."""
    for child in clause.children:
        if child.dep_ not in {"mark", "advmod"}:
            continue
        before = child.nbor(-1).lower_ if child.i > 0 else ""
        for word in (f"{before} {child.lower_}", child.lower_):
            if (signature := hedges().get(("mark", word))) is not None:
                return ((signature, child),)
        if child.lower_ in _TIMELESS and _is_coming(clause):
            return ((kinds()["future"], child),)
    return ()


def _is_coming(clause: Token) -> bool:
    """ "Will sign when they meet", "would reopen once they left": a time still to come."""
    kind = {"VBZ": "future", "VBP": "future", "VBD": "would"}.get(clause.tag_)
    if kind == "would" and any(c.lower_ in {"after", "as", "since"} for c in clause.children):
        return False
    return any(signature.kind == kind for signature, _ in marks_of(clause.head))


def outlying(clause: Token) -> bool:
    """Whether a clause only adds what is known: a relative one after a comma, or an occasion.

    What a quote holds its speaker says throughout, and whoever is named last says all before it.
    """
    if clause.tag_ not in _TOLD | {"VBN"} or is_quoted(clause):
        return False
    return _is_aside(clause) or ((_is_occasion(clause) or _is_beside(clause)) and not _ends(clause))


def _is_aside(clause: Token) -> bool:
    first = clause.left_edge
    relative = first.nbor(1) if first.pos_ == "ADP" else first  # ", in which …"
    led = relative.lower_ in {"which", "who", "whom", "whose"} and first.i > 0
    return clause.dep_ == "relcl" and led and first.nbor(-1).text == ","


def _is_occasion(clause: Token) -> bool:
    """ "(Prices rose) when the border was closed"; "would (open) once …" tells of a coming one."""
    if clause.dep_ != "advcl" or not _is_past(clause):
        return False
    coming = any(c.tag_ == "MD" for c in clause.head.children)
    recalling = _AFTER if coming or _is_force(clause) else _RECALLING
    return any(c.lower_ in recalling and c.dep_ in {"mark", "advmod"} for c in clause.children)


def _is_force(verb: Token) -> bool:
    """ "(Two were killed) when troops fired": how it came about is part of what is said."""
    entries = lexicon().verbs.get(verb.lemma_.lower(), ())
    return bool(entries) and entries[-1].event_type == "ASSAULT" and not _has_object(verb, "from")


def _has_object(verb: Token, preposition: str) -> bool:
    """ "Struck it from a list": an object and where it is taken from."""
    labels = {c.lower_ if c.dep_ == "prep" else c.dep_ for c in verb.children}
    return {"dobj", preposition} <= labels


def stands_apart(clause: Token, frames: tuple[str, ...]) -> bool:
    """Adjuncts, relative clauses, and bare participles ("agents convicted of spying")."""
    if clause.dep_ == "acl" and clause.tag_ == "VBN" and not _finite(clause):
        return True
    return _is_adjunct(clause, frames) or (
        clause.dep_ == "relcl" and not _is_content_clause(clause)
    )


def _finite(clause: Token) -> bool:
    """A clause with its own subject, auxiliary or conjunction, not a bare participle."""
    return any(c.dep_ in {"aux", "auxpass", "nsubj", "nsubjpass", "mark"} for c in clause.children)


def _is_adjunct(clause: Token, frames: tuple[str, ...]) -> bool:
    """Clauses beside the predicate, not in it: "before …", and participles ("…, saying that")."""
    before = clause.i < clause.head.i and frames != ("to",)
    return clause.dep_ == "advcl" and (
        before
        or frames == ("ing",)
        or any(c.dep_ == "mark" and c.lower_ not in {"that", "for"} for c in clause.children)
    )


def _is_content_clause(relative: Token) -> bool:
    """ "The claim that Russia meddled" often parses as a relative: there "that" is a mark."""
    return any(c.lower_ == "that" and c.dep_ == "mark" for c in relative.children)


def _is_beside(clause: Token) -> bool:
    """ "(He said that …), as Iran seized a tanker": after a comma, another story."""
    if clause.dep_ != "advcl" or clause.i < clause.head.i or not _is_past(clause):
        return False
    marks = (c for c in clause.children if c.lower_ in _BESIDE and c.dep_ in {"mark", "advmod"})
    return any(m.i > 0 and m.nbor(-1).text == "," for m in marks)


def _is_past(clause: Token) -> bool:
    return clause.tag_ == "VBD" or any(c.tag_ == "VBD" for c in clause.children)


def _ends(clause: Token) -> bool:
    """Whether the one who says so is named only after a clause that ends the sentence."""
    if clause.i < clause.head.i:
        return False
    said = {t.i for t in clause.ancestors if t.lemma_ in reporting()["speech"]}
    after = clause.doc[clause.i + 1 : clause.sent.end]
    return any(t.i in said or t.dep_ == "parataxis" or t.lower_ == "according" for t in after)


def shares_standing(clause: Token) -> bool:
    """ "(Is to sign) a bill that bans imports": in the present tense, of a thing not yet known."""
    if clause.dep_ != "relcl" or clause.tag_ not in _PRESENT:
        return False
    first = clause.left_edge
    asks = first.head == clause and first.dep_ in _SUBJECTS  # else a clause told by "that"
    return asks and first.lower_ in _WHICH and first.i > 0 and first.nbor(-1).text != ","


def is_quoted(token: Token) -> bool:
    """Whether a quote is open at a token."""
    before = token.doc[token.sent.start : token.i].text
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1

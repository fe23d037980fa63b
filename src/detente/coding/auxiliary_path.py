"""From a word one step up the tree: what embeds it, in which frame, and what that does to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from detente.coding.attribution_speakers import label_after
from detente.coding.attribution_tables import reporting
from detente.coding.auxiliary_clauses import (
    frames_of,
    marked,
    outlying,
    presumes,
    shares_standing,
    stands_apart,
)
from detente.coding.auxiliary_conjuncts import also_said, spliced, stands_beside, told_above
from detente.coding.auxiliary_marks import Mark, subject_of
from detente.coding.auxiliary_tables import Signature, hedges, kinds, predicates

#: inherit: holds as far as the governor does, then the operators; beside: as the governor did
#: before its own marks (a second conjunct); ground: as the sentence or its speaker vouches;
#: known: a definite noun, which any speaker takes from common knowledge ("the July summit");
#: along: an occasion at which something is done ("will speak at the summit"): as planned as that.
Relation = Literal["inherit", "beside", "ground", "known", "along"]

_POS = {"VERB": "VA", "AUX": "VA", "NOUN": "N", "PROPN": "N", "ADJ": "AV", "ADP": "A"}
_CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl", "csubj", "csubjpass", "pcomp"})
_OBJECTS = frozenset({"dobj", "nsubjpass", "obj", "dative"})
_PREPOSITIONS = frozenset({"prep", "agent"})
_MEANS = frozenset({"by", "in", "through"})
_OCCASIONS = frozenset({"at", "for", "during"})
_PARTICLES = frozenset({"off", "back", "out", "ahead", "forward", "yet"})
_SPOKEN = frozenset({"report", "claim", "accusation", "blame", "denial", "request"})
_CLAIMS = frozenset({"claim", "report", "accusation", "belief"})
_ANSWERS = frozenset({"denial", "doubt", "opposition", "belief", "preventive", "cancel"})
_DETERMINED = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})
_NEEDED = frozenset({"necessity", "ability"})
_JUDGED = frozenset({"right", "wrong", "wise"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One step up: the governor, how its standing passes down, and the operators in between."""

    governor: Token
    relation: Relation
    operators: tuple[Mark, ...] = ()


def edge_above(token: Token) -> Edge | None:
    """What governs ``token``, or None at the root of the sentence.

    Args:
        token: any word of a parsed document.

    Returns:
        The edge, prepositions skipped: "agreement on a meeting" leads from meeting to agreement.
    """
    head = told_above(token)
    if head.i == token.i or _parted(token, head):
        return None
    through = {*_PREPOSITIONS, "pcomp", "mark", "advmod"}
    if token.dep_ == "conj":
        edge = _conjunct(token)
    elif token.dep_ in _CLAUSES:
        edge = _clause(token)
    elif token.dep_ == "pobj" and token.head.dep_ in through:
        edge = _prepositional(token)
    elif token.dep_ in _OBJECTS or token.dep_ == "nsubj":
        subject = token.dep_ == "nsubj" and not _is_undone(token.head)
        edge = _argument(token, "subj" if subject else "np")
    else:
        edge = Edge(governor=token.head, relation=_otherwise(token))
    return edge


def _otherwise(token: Token) -> Relation:
    """ "The talks, he said and swore, had failed": a parenthesis is told by the outlet."""
    if token.dep_ == "parataxis" and token.lemma_ in reporting()["speech"]:
        return "beside"
    return "inherit" if token.dep_ in {"attr", "acomp", "oprd", "compound"} else "ground"


def _parted(token: Token, head: Token) -> bool:
    """Whether a semicolon or the colon of a label stands between: nothing governs across one."""
    low, high = sorted((token.i, head.i))
    between = {t.text for t in token.doc[low:high]}
    return ";" in between or (":" in between and token.i == low and label_after(token) is not None)


def signature_of(predicate: Token, frames: Iterable[str]) -> Signature | None:
    """The signature of a predicate for the first of ``frames`` that the table knows."""
    table = predicates()
    for pos in _POS.get(predicate.pos_, ""):
        for frame in frames:
            for name in _names(predicate):
                if (found := table.get((name, pos, frame))) is not None:
                    return found
    return None


def _names(predicate: Token) -> Iterator[str]:
    """Lemma with particle or bare object ("call off", "take place"), the form, the lemma."""
    lemma = predicate.lemma_.lower()
    for child in predicate.children:
        bare = child.dep_ == "dobj" and not any(c.dep_ == "det" for c in child.children)
        if child.dep_ == "prt" or bare:
            yield f"{lemma} {child.lower_}"
        if child.dep_ == "advmod" and child.lower_ in _PARTICLES:
            yield f"{lemma} {child.lower_}"
        if child.dep_ == "prep" and child.i == predicate.i + 1:
            yield f"{lemma} {child.lower_}"
    after = predicate.nbor(1) if predicate.i + 1 < len(predicate.doc) else predicate
    if after.lower_ == "for" and after.dep_ == "mark" and not _is_planned_by(predicate):
        yield f"{lemma} for"  # "called for Iran to leave"
    if predicate.lower_ == "going":
        yield "going"
    yield lemma


def _is_planned_by(predicate: Token) -> bool:
    """ "The plan calls for troops to leave": a plan asks for nothing."""
    subject = subject_of(predicate)
    return subject is not None and signature_of(subject, ("to",)) is not None


def is_definite(noun: Token) -> bool:
    """True where a noun phrase takes its referent for granted (the, its, a name, a possessor)."""
    if noun.pos_ in {"PROPN", "PRON"}:
        return True
    if any(c.dep_ in {"compound", "nmod"} and c.pos_ == "PROPN" for c in noun.children):
        return True  # "a July summit", "a Helsinki meeting": dated or placed, so known
    return any(c.dep_ == "poss" or c.lower_ in _DETERMINED for c in noun.children)


# ── conjuncts ─────────────────────────────────────────────────────────────────────────────────


def _conjunct(token: Token) -> Edge:
    first = token.head
    said, above = also_said(token), stands_beside(token)
    if said is not None and (found := _governing(said, ("that",))) is not None:
        return _answered(*found)
    if above is not None:
        return Edge(governor=above, relation="beside")
    same_form = token.tag_ == first.tag_ and token.tag_ in {"VB", "VBN", "VBG"}
    own = any(c.dep_ in {"aux", "auxpass", "nsubj", "nsubjpass"} for c in token.children)
    relation: Relation = "inherit" if same_form and not own else "beside"
    return Edge(governor=first, relation=relation)


# ── clauses ───────────────────────────────────────────────────────────────────────────────────


def _clause(token: Token) -> Edge:
    governor = told_above(token)
    if token.dep_ == "pcomp" and governor.dep_ in {*_PREPOSITIONS, "mark", "advmod", "pcomp"}:
        return _gerund(token, governor)
    frames = frames_of(token)
    if token.dep_ in {"advcl", "relcl"} and (marks := marked(token)):
        return Edge(governor=governor, relation="ground", operators=marks)
    if (beside := _beside(token, frames)) is not None:
        return Edge(governor=governor, relation=beside)
    found = _governing(governor, frames)
    if found is None:
        return _unlisted(token, governor, frames)
    if found[1].kind == "question" and presumes(token):
        return _under(found[0], "factive")
    return _answered(*found)


def _beside(clause: Token, frames: tuple[str, ...]) -> Relation | None:
    """How a clause that no predicate embeds stands to what it hangs on."""
    if spliced(clause):
        return "beside"
    if outlying(clause):
        return "known"
    if shares_standing(clause) and not is_definite(clause.head):
        return "inherit"
    return "ground" if stands_apart(clause, frames) else None


def _answered(predicate: Token, signature: Signature) -> Edge:
    """ "Rejected claims that it hacked": the answer to a claim stands above the claim."""
    if predicate.pos_ == "NOUN" and predicate.dep_ in _OBJECTS:
        verb = predicate.head
        found = signature_of(verb, ("np", "that"))
        answer = found.kind if found is not None else ""
        if signature.kind in _CLAIMS and answer in {"denial", "opposition"}:
            return _under(verb, "denial")
        if signature.kind in {"request", "proposal"} and answer == "opposition":
            return _under(verb, answer)
    return Edge(governor=predicate, relation="inherit", operators=((signature, predicate),))


def _governing(governor: Token, frames: Iterable[str]) -> tuple[Token, Signature] | None:
    """The predicate that embeds the clause: the governor, its complement, or the verb it fills.

    A small parser hangs "ordered the agencies to review" on agencies: where the noun embeds
    nothing itself, the verb it is an argument of is asked.
    """
    frames = tuple(frames)
    if frames == ("to",) and (heard := _hearsay(governor)) is not None:
        return governor, heard
    if governor.lower_ == "order" and governor.i > 0 and governor.nbor(-1).lower_ == "in":
        return governor, kinds()["purpose"]
    if governor.lemma_ == "be":
        return _copula(governor, frames)
    if (found := signature_of(governor, frames)) is not None:
        verb = governor.head if governor.dep_ == "acomp" else governor
        return governor, _actual(verb, governor, found)
    if governor.pos_ in {"NOUN", "PROPN", "PRON"}:
        above = governor.head if governor.dep_ in {*_OBJECTS, "attr"} else None
        if governor.dep_ == "pobj":
            above = governor.head.head
        if above is not None and (found := signature_of(above, frames)) is not None:
            return above, found
    return None


def _hearsay(verb: Token) -> Signature | None:
    """ "Is said to have left": by a passive of saying or believing that asks for nothing."""
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    if not passive or signature_of(verb, ("to",)) is not None:
        return None
    said = signature_of(verb, ("that",))
    return said if said is not None and said.kind in _CLAIMS else None


def _copula(be: Token, frames: tuple[str, ...]) -> tuple[Token, Signature] | None:
    """ "The aim is to meet", "it is likely that", "he is to meet"."""
    for child in be.children:
        if child.dep_ in {"acomp", "attr", "oprd"} and (found := signature_of(child, frames)):
            return child, _actual(be, child, found)
    subject = subject_of(be)
    if subject is not None and (found := signature_of(subject, frames)) is not None:
        return subject, found
    located = any(c.dep_ in {"prep", "acomp", "attr"} for c in be.children)
    found = None if located else signature_of(be, frames)
    return (be, found) if found is not None else None


def _actual(verb: Token, predicate: Token, signature: Signature) -> Signature:
    """ "Had to leave", "was able to leave" in the past: it came about.

    The actuality entailment of Bhatt (1999) and Hacquard (Aspects of modality, 2006).
    """
    if any(c.tag_ == "MD" or c.lower_ == "it" for c in verb.children):
        return signature
    had_to = verb.tag_ == "VBD" and predicate.lemma_ in {"have", "able"}
    came = had_to or (predicate.pos_ == "ADJ" and predicate.lemma_ in _JUDGED)
    return kinds()["implicative"] if came and signature.kind in _NEEDED else signature


def _unlisted(token: Token, governor: Token, frames: tuple[str, ...]) -> Edge:
    """A governor the table does not know: manner-of-speaking verbs report, infinitives are aims."""
    if "whether" in frames:
        return _under(governor, "question")
    if frames == ("to",):
        if any(c.lower_ == "too" for c in governor.children):
            return _under(governor, "inability")
        if _is_ranked(governor):
            return Edge(governor=governor, relation="inherit")
        cue = next(c for c in token.children if c.tag_ == "TO")
        return Edge(governor=governor, relation="inherit", operators=((_aim(token, cue), cue),))
    if token.dep_ == "ccomp" and "that" in frames and _could_report(token, governor):
        return _under(governor, "report")
    follows = token.dep_ in {"xcomp", "ccomp"} and token.i > governor.i
    relation: Relation = "inherit" if follows else "ground"
    return Edge(governor=governor, relation=relation)


def _under(predicate: Token, kind: str) -> Edge:
    """Embedded by a predicate as if it were of this kind."""
    return Edge(governor=predicate, relation="inherit", operators=((kinds()[kind], predicate),))


def _is_ranked(governor: Token) -> bool:
    """ "The first leader to visit", "became the last to sign": they did."""
    nouns = [governor, *(c for c in governor.children if c.dep_ in {"attr", "acomp", "oprd"})]
    ranks = {"first", "second", "third", "fourth", "fifth", "last", "latest", "only"}
    return any(c.lower_ in ranks for noun in nouns for c in (noun, *noun.children))


def _aim(verb: Token, to: Token) -> Signature:
    """An aim; "only to fail" came about, and "marched to demand" is to have demanded."""
    if to.i > 0 and to.nbor(-1).lower_ == "only":
        return kinds()["implicative"]
    said = reporting()["speech"] | reporting()["remark"]
    signature = signature_of(verb, ("that", "np", "for", "on", "of", "to"))
    spoken = verb.lemma_ in said and signature is not None and signature.kind in _SPOKEN
    return kinds()["expression" if spoken else "purpose"]


def _could_report(clause: Token, governor: Token) -> bool:
    """An active verb; after the clause only with a comma or quote between ("…," he said)."""
    if governor.pos_ != "VERB" or any(c.dep_ == "nsubjpass" for c in governor.children):
        return False
    low, high = sorted((clause.i, governor.i))
    between = {t.text for t in governor.doc[low:high]}
    if ":" in between and governor.lemma_ not in reporting()["speech"]:
        return False
    return clause.i > governor.i or bool(between & {",", "”", '"', "''"})


# ── arguments and prepositions ────────────────────────────────────────────────────────────────


def _argument(noun: Token, frame: str) -> Edge:
    governor = noun.head
    if governor.lemma_ == "be":
        found = _copula(governor, (frame,))
    else:
        signature = signature_of(governor, (frame,))
        found = (governor, signature) if signature is not None else None
    if found is not None and not _about_the_past(noun, found[1]):
        return Edge(governor=governor, relation="inherit", operators=((found[1], found[0]),))
    direct = noun.dep_ == "dobj" and not is_definite(noun)
    relation: Relation = "inherit" if direct else "known" if is_definite(noun) else "ground"
    return Edge(governor=governor, relation=relation)


def _is_undone(verb: Token) -> bool:
    """ "Talks called off": a headline's passive."""
    found = signature_of(verb, ("np",))
    taken = any(c.dep_ in {"dobj", "ccomp", "xcomp"} for c in verb.children)
    return found is not None and found.kind in {"cancel", "postpone"} and not taken


def _about_the_past(noun: Token, signature: Signature) -> bool:
    """ "Rejected the accusation": what is said stays said, whatever is thought of it."""
    return signature.kind in {"denial", "doubt", "opposition", "belief"} and (
        signature_of(noun, ("that",)) is not None
    )


def _gerund(token: Token, preposition: Token) -> Edge:
    governor = _beyond_particle(preposition)
    if "whether" in frames_of(token):
        return _under(governor, "question")
    if (cue := _prepositional_mark(preposition)) is not None:
        return Edge(governor=governor, relation="ground", operators=(cue,))
    found = _by_preposition(governor, preposition, ("ing",))
    if found is not None:
        return _answered(*found)
    means = preposition.lower_ in _MEANS and governor.pos_ in {"VERB", "AUX"}
    return Edge(governor=governor, relation="inherit" if means else "ground")


def _by_preposition(
    governor: Token, preposition: Token, more: tuple[str, ...] = ()
) -> tuple[Token, Signature] | None:
    """As :func:`_governing`, but "to" as a preposition is asked of its own governor alone."""
    frames = (preposition.lower_, *more)
    if preposition.lower_ == "to":
        found = signature_of(governor, frames)
        return (governor, found) if found is not None else None
    return _governing(governor, frames)


def _prepositional(noun: Token) -> Edge:
    preposition = noun.head
    governor = _beyond_particle(preposition)
    if (cue := _prepositional_mark(preposition)) is not None:
        return Edge(governor=governor, relation="ground", operators=(cue,))
    found = _by_preposition(governor, preposition)
    if found is not None and not _about_the_past(noun, found[1]):
        return _answered(*found)
    relation: Relation = "known" if is_definite(noun) else "ground"
    if preposition.lower_ in _OCCASIONS and governor.pos_ in {"VERB", "AUX"}:
        relation = "along"
    return Edge(governor=governor, relation=relation)


def _beyond_particle(preposition: Token) -> Token:
    """ "Backed out of joining": the verb, past the particle."""
    above = preposition.head
    return above.head if above.dep_ == "prep" and above.pos_ == "ADP" else above


def _prepositional_mark(preposition: Token) -> Mark | None:
    """ "Without", "instead of", "in the event of"."""
    doc, end = preposition.doc, preposition.i + 1
    for length in (4, 3, 2, 1):
        words = doc[max(0, end - length) : end].text.lower()
        if (signature := hedges().get(("preposition", words))) is not None:
            return signature, preposition
    return None

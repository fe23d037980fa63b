"""Words that report and what hangs on them: whose words, by which cue, with which content.

The patterns are those of quotation extraction (Pareti, PARC 3.0, 2015; Newell et al., An
attribution relations corpus for political news, 2018): verbs with clause complements, accusation
and denial frames, nouns with content clauses, "according to", hearsay adverbs, parentheses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from detente.coding.attribution_sources import phrase, source_of
from detente.coding.attribution_tables import reporting
from detente.coding.auxiliary_clauses import frames_of, outlying
from detente.coding.auxiliary_conjuncts import (
    also_said,
    hung_low,
    spliced,
    told_above,
    told_beside,
)
from detente.coding.auxiliary_path import signature_of

#: Kinds of embedding predicate (kinds.csv) that pass on what someone says or holds.
SAID = frozenset(
    {
        "report",
        "claim",
        "proof",
        "accusation",
        "denial",
        "doubt",
        "belief",
        "forecast",
        "expectation",
        "fear",
        "factive",
    }
)
#: Kinds whose content is the subject's own plan or wish.
OWN = frozenset(
    {
        "commitment",
        "desire",
        "request",
        "threat",
        "willing",
        "unwilling",
        "attempt",
        "order",
        "blame",
        "opposition",
    }
)
_NOT_SAYING = frozenset(
    {"be", "make", "have", "get", "let", "do", "ensure", "help", "go", "come", "take", "watch"}
)
#: Tags of finite verbs.
_TOLD = frozenset({"VBD", "VBZ", "VBP"})
_CLAUSAL = _TOLD | {"MD"}
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A reporting word with its source (if any) and the tokens of what it reports."""

    word: Token
    source: Span | None
    content: frozenset[int]
    own: bool = False


def cues(sentence: Span) -> Iterator[Cue]:
    """All reporting words of a sentence that have content in it.

    Args:
        sentence: a parsed sentence.

    Yields:
        One cue each; verbs that bring in only a quote are left to the quotes.
    """
    for token in sentence:
        if token.lower_ in {"according", "per"}:
            yield from _according(token)
        elif token.pos_ in {"VERB", "AUX"}:
            yield from _verbal(token)
            yield from _mentioning(token)
        elif token.pos_ == "ADJ" and token.dep_ == "acomp":
            yield from _adjectival(token)
        elif token.pos_ == "NOUN":
            yield from _nominal(token)
        elif token.lower_ in {"in", "from", "by"} and token.dep_ == "prep":
            yield from _standpoint(token)
        elif token.lower_ in reporting()["adverb"]:
            yield from _hearsay(token)


# ── verbs ─────────────────────────────────────────────────────────────────────────────────────


def _verbal(verb: Token) -> Iterator[Cue]:
    source = source_of(verb)
    for child in _own_children(verb):
        if child.dep_ in {"ccomp", "xcomp", "prep", "dobj", "oprd"}:
            yield from _complement(verb, child, source)
        elif also_said(child) is not None and verb.lemma_ in reporting()["speech"]:
            yield _cue(verb, source, _said(child))
    if verb.dep_ == "parataxis" and verb.lemma_ in reporting()["speech"]:
        yield _cue(verb, source, _around(verb))
    elif verb.tag_ in _TOLD and verb.lemma_ in reporting()["speech"]:
        yield from _fronted(verb)


def _own_children(verb: Token) -> Iterator[Token]:
    """What hangs on a verb, but for a clause set beside it; what is told there first is its own."""
    for child in verb.children:
        if spliced(child):
            yield from (c for c in child.children if c.dep_ == "ccomp" and c.i < child.i)
        elif told_above(child) == verb:
            yield child
        if child.dep_ == "dobj":  # "accused the crew of lying", as if of the crew
            yield from (c for c in child.children if c.dep_ == "prep" and _holds_clause(c))


def _holds_clause(preposition: Token) -> bool:
    return any(c.dep_ == "pcomp" for c in preposition.children)


def _fronted(verb: Token) -> Iterator[Cue]:
    """ "The talks will resume, the minister announced on Monday": content first, by the commas.

    Only where the verb has no content of its own and its subject stands right after a comma.
    """
    sentence, doc = verb.sent, verb.doc
    if any(c.dep_ in {"ccomp", "xcomp", "dobj", "prt", "attr"} for c in verb.children):
        return
    comma = next((t.i for t in reversed(list(doc[sentence.start : verb.i])) if t.text == ","), -1)
    between, before = doc[comma + 1 : verb.i], doc[sentence.start : max(comma, sentence.start)]
    named = [t for t in between if t.pos_ in {"NOUN", "PROPN", "PRON"}]
    if comma < 0 or not named or any(t.pos_ in {"VERB", "ADP", "SCONJ"} for t in between[:1]):
        return
    finite = any(t.tag_ in _TOLD or t.tag_ == "MD" for t in before)
    told = all(t.tag_ not in {*_TOLD, "MD", "WDT", "WP", "WRB"} for t in between)
    if finite and told and _closed(verb) and not any(t.is_quote for t in before):
        start, end = between.start, between.end
        content = frozenset(t.i for t in before if not t.is_space)
        yield _cue(verb, doc[start:end], content)


def _closed(verb: Token) -> bool:
    """Whether the clause of a verb ends with it, or with a phrase of time or place."""
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.is_punct or token.is_space:
            return True
        if token.tag_ in _TOLD or token.tag_ == "MD" or token.lower_ in {"that", "to", "of"}:
            return False
    return True


def _complement(verb: Token, child: Token, source: Span | None) -> Iterator[Cue]:
    if child.dep_ == "prep":
        yield from _by_preposition(verb, child, source)
        return
    frames = ("np",) if child.dep_ == "dobj" else frames_of(child)
    signature = signature_of(verb, frames)
    kind = signature.kind if signature is not None else ""
    listed = verb.lemma_ in reporting()["speech"] and child.dep_ == "ccomp" and "to" not in frames
    if kind in SAID or listed:
        if child.dep_ != "dobj" or kind == "denial":
            yield _cue(verb, source, _said(child))
    elif kind in OWN and child.dep_ != "dobj":
        yield _cue(verb, source, _tokens(child), own=True)
    elif (
        child.dep_ == "ccomp"
        and "that" in frames
        and source is not None
        and not kind
        and verb.lemma_ not in _NOT_SAYING
        and ":" not in (t.text for t in verb.doc[verb.i : child.i])
    ):
        yield _cue(verb, source, _said(child))


def _by_preposition(verb: Token, preposition: Token, source: Span | None) -> Iterator[Cue]:
    signature = signature_of(verb, (preposition.lower_,))
    if signature is None or signature.kind not in SAID | OWN:
        return
    for child in preposition.children:
        if child.dep_ in {"pcomp", "pobj"}:
            yield _cue(verb, source, _said(child), own=signature.kind in OWN)


def _mentioning(verb: Token) -> Iterator[Cue]:
    """ "Cited the shots that guards had fired", "referred to …": a noun phrase as what is told.

    Only where it holds a clause or a quote: else it names no more than a subject of talk.
    """
    for child in verb.children:
        words = {verb.lemma_} if child.dep_ == "dobj" else {f"{verb.lemma_} {child.lower_}"}
        if child.dep_ not in {"dobj", "prep"} or not words & reporting()["mention"]:
            continue
        told = _tokens(child) - {child.i} if child.dep_ == "prep" else _tokens(child)
        if any(verb.doc[i].tag_ in _CLAUSAL or verb.doc[i].is_quote for i in told):
            yield _cue(verb, source_of(verb), told)


def _adjectival(adjective: Token) -> Iterator[Cue]:
    """ "Voters are afraid that …", "he was unsure whether …"."""
    for child in adjective.children:
        if child.dep_ != "ccomp":
            continue
        signature = signature_of(adjective, frames_of(child))
        source = source_of(adjective.head)
        if signature is not None and signature.kind in SAID | {"question"} and source is not None:
            yield _cue(adjective, source, _tokens(child))


def _around(verb: Token) -> frozenset[int]:
    """A parenthesis reports the clause it interrupts."""
    return _tokens(verb.head) - _tokens(verb)


def _tokens(head: Token) -> frozenset[int]:
    return frozenset(token.i for token in head.subtree)


def _said(clause: Token) -> frozenset[int]:
    """A clause without what stands beside the reporting verb, or is only added by the outlet."""
    beside = (t for t in clause.subtree if _stands_beside(t) or _is_added(t))
    return _tokens(clause).difference(*(_tokens(t) for t in beside))


def _stands_beside(verb: Token) -> bool:
    """Told beside the reporting verb, by the same subject."""
    alone = not any(c.dep_ in _SUBJECTS for c in verb.children)
    return told_beside(verb) is not None or (alone and hung_low(verb) is not None)


def _is_added(clause: Token) -> bool:
    """What is known anyway; but an occasion on which somebody speaks is the speaker's to tell."""
    if not outlying(clause):
        return False
    return clause.dep_ == "relcl" or clause.lemma_ not in reporting()["speech"]


def _cue(word: Token, source: Span | None, content: frozenset[int], own: bool = False) -> Cue:
    """The content without the cue and its source, should a parse have put them inside."""
    outside = {word.i} | (set(range(source.start, source.end)) if source is not None else set())
    if word.dep_ in {"parataxis"} or word.i in content:
        outside |= {token.i for token in word.children if token.dep_ in {"aux", "neg", "nsubj"}}
    return Cue(word=word, source=source, content=_within(word, content - outside), own=own)


def _within(word: Token, content: frozenset[int]) -> frozenset[int]:
    """What a semicolon parts from the reporting word is not its content."""
    marks = [t.i for t in word.sent if t.text == ";" and not _in_quote(t)]
    low = max((i for i in marks if i < word.i), default=-1)
    high = min((i for i in marks if i > word.i), default=len(word.doc))
    return frozenset(i for i in content if low < i < high)


def _in_quote(mark: Token) -> bool:
    before = mark.doc[mark.sent.start : mark.i].text
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


# ── nouns, prepositions, adverbs ──────────────────────────────────────────────────────────────


def _nominal(noun: Token) -> Iterator[Cue]:
    if noun.lemma_.lower() not in reporting()["noun"]:
        return
    beyond = list(_beyond(noun))
    yield from beyond
    for child in () if beyond else noun.children:
        frames: tuple[str, ...] = ()
        if child.dep_ in {"acl", "relcl", "ccomp"}:
            frames = frames_of(child)
            if child.dep_ == "relcl" and not any(c.dep_ == "mark" for c in child.children):
                continue
        elif child.dep_ == "prep":
            frames = (child.lower_,)
        signature = signature_of(noun, frames) if frames else None
        if signature is not None and signature.kind in SAID:
            yield _cue(noun, _holder(noun), _tokens(child))


def _beyond(noun: Token) -> Iterator[Cue]:
    """ "Findings of agencies that Russia tried": the clause hung on the holder by the parser."""
    for preposition in noun.children:
        holders = [c for c in preposition.children if c.dep_ == "pobj"]
        if preposition.dep_ != "prep" or preposition.lower_ not in {"of", "by", "from"}:
            continue
        for clause in (c for holder in holders for c in holder.children):
            that = next((c for c in clause.subtree if c.lower_ == "that"), None)
            own = any(c.dep_ in _SUBJECTS and c.lower_ != "that" for c in clause.children)
            if clause.dep_ in {"acl", "relcl"} and own and that is not None and that.i < clause.i:
                yield _cue(noun, phrase(clause.head), _tokens(clause))


def _holder(noun: Token) -> Span | None:
    """Whose claim: "his claims", "Russian claims", "claims by officials", "he made the claim"."""
    for child in noun.children:
        if child.dep_ == "poss" or (child.dep_ in {"amod", "compound"} and child.ent_type_):
            return phrase(child)
    for child in noun.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from", "of"}:
            person = next((c for c in child.children if c.dep_ == "pobj"), None)
            if person is not None:
                return phrase(person)
    if noun.dep_ == "dobj" and noun.head.lemma_ in {"make", "issue", "repeat", "release", "give"}:
        return source_of(noun.head)
    return None


def _according(word: Token) -> Iterator[Cue]:
    person = _after_according(word)
    if person is None or (word.lower_ == "per" and person.pos_ != "PROPN"):
        return
    head = word.head
    while head.dep_ in {"pobj", "prep", "dobj", "conj", "attr", "acomp", "npadvmod"}:
        head = head.head
    if word.i > head.i:  # at the end it speaks of all that is coordinated before it
        while head.dep_ == "conj":
            head = head.head
    stop = next((t.i for t in word.doc[person.i :] if t.text == "."), len(word.doc))
    said = frozenset(i for i in _tokens(head) if i < stop)
    yield _cue(word, phrase(person), said - _tokens(word))


def _standpoint(preposition: Token) -> Iterator[Cue]:
    """ "In the words of Lavrov", "in Merkel's view"."""
    for noun in preposition.children:
        if noun.dep_ == "pobj" and noun.lemma_.lower() in reporting()["standpoint"]:
            holder = _holder(noun)
            if holder is not None:
                clause = _tokens(preposition.head) - _tokens(preposition)
                yield _cue(noun, holder, clause)


def _after_according(word: Token) -> Token | None:
    """The object of "according to" or "per", by the parse or else as the next noun phrase."""
    following = word.nbor(1) if word.i + 1 < len(word.doc) else word
    prepositions = [word, *(c for c in word.children if c.dep_ == "prep"), following]
    for preposition in prepositions:
        for child in preposition.children:
            if child.dep_ == "pobj":
                return child
    if word.lower_ == "per" or following.lower_ != "to":
        return None
    for token in word.doc[following.i + 1 : following.i + 10]:
        if token.pos_ in {"NOUN", "PROPN", "PRON"} and token.dep_ not in {
            "compound",
            "poss",
            "nmod",
        }:
            return token
    return None


def _hearsay(adverb: Token) -> Iterator[Cue]:
    if adverb.head.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
        yield _cue(adverb, None, _tokens(adverb.head))

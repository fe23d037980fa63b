"""Clauses that the lexicon leaves open: two political parties, and a verb it has nothing for.

They become mentions without a type. The trained classifier gives them one, or drops them
(``deciding``); what the lexicon knows, even as no event, is never asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from detente.coding.arguments import Surroundings
from detente.coding.attribution_tables import reporting
from detente.coding.auxiliary import sense_of
from detente.coding.classifier import NONE, MarkedSentence
from detente.coding.clauses import lemmas
from detente.coding.events import Mention
from detente.coding.governing import kind_of
from detente.coding.lexicon import Entry, lexicon
from detente.coding.participants import STATE, Participants, Party
from detente.ontology.table import packaged, rows

#: Stands for the entry that the lexicon lacks: default roles, no requirements.
UNKNOWN = Entry(
    id="undecided",
    frame="verb",
    lemma="",
    requirements=(),
    event_type=NONE,
    mode="",
    cameo="",
    actor="",
    recipient="",
    example="",
)
#: Statuses that are worth a type: what is denied, or only thought of, is no event for a guess.
_TOLD = frozenset({"done", "alleged", "planned", "threatened"})
_WHERE = frozenset({"in", "inside", "near", "across", "within", "around", "throughout"})
#: What hangs on a clause without being part of it.
_APART = frozenset({"relcl", "advcl", "ccomp", "acl", "conj", "cc", "parataxis", "punct", "mark"})
_EMBEDS = frozenset({"ccomp", "xcomp"})
_DEPENDENT = frozenset({"amod", "aux", "auxpass", "acl", "pcomp", "csubj", "prep", "compound"})


@cache
def plain_verbs() -> frozenset[str]:
    """Verbs whose clauses are never asked about: they tell no event, whoever the parties are.

    Raises:
        TableError: if the shipped table is damaged.
    """
    table = packaged("detente.coding", "plain_verbs.csv")
    return frozenset(row["verb"] for _, row in rows(table, ("verb",)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Open(Mention):
    """A mention without a type: its clause, for the classifier to read."""

    clause: MarkedSentence


def with_undecided(doc: Doc, participants: Participants, found: Sequence[Mention]) -> list[Mention]:
    """What the lexicon told of a document, and what it leaves open, in the order of the text."""
    left = undecided(doc, participants, found)
    return sorted((*found, *left), key=lambda mention: mention.head.i)


def undecided(doc: Doc, participants: Participants, found: Sequence[Mention]) -> Iterator[Open]:
    """Mentions of the clauses that the lexicon leaves open, in the order of the text.

    Args:
        doc: parsed, with named entities.
        participants: of the same document.
        found: what the lexicon told of it.
    """
    told = {i for m in found for i in range(m.first, m.last + 1)}
    pairs = [{p.head for p in (*m.actors, *m.recipients)} for m in found]
    for token in doc:
        if not _may_tell(token) or any(t.i in told for t in clause_of(token)):
            continue
        mention = open_at(token, participants)
        if mention is None:
            continue
        own = {p.head for p in (*mention.actors[:1], *mention.recipients[:1])}
        if not any(own <= pair for pair in pairs):
            yield mention


def _may_tell(token: Token) -> bool:
    """Whether a word is a verb with a clause of its own, and none that brings in another."""
    if token.pos_ != "VERB" or token.dep_ in _DEPENDENT or token.lemma_ in plain_verbs():
        return False
    if token.lemma_ in reporting()["speech"] or kind_of(token) is not None:
        return False
    labels = {c.dep_ for c in token.children}
    if token.tag_ == "VB" and not labels & {"aux", "auxpass"}:
        return False  # "helped them join": whose act that is, small parsers get wrong
    return not labels & _EMBEDS


def _is_known(token: Token, around: Surroundings) -> bool:
    """Whether an entry of the lexicon fits, be it one that tells of no event."""
    words = lexicon().verbs
    entries = next((of for word in lemmas(token) if (of := words.get(word))), ())
    return any(around.meets(entry) is not None for entry in entries)


def open_at(token: Token, participants: Participants) -> Open | None:
    """The open mention that a verb heads, if the lexicon has nothing for it."""
    around = Surroundings(token, participants, nominal=False)
    actors = tuple(p for p in around.actors(UNKNOWN) if p.weight)
    if not actors or _is_known(token, around):
        return None
    recipients = tuple(
        p for p in around.recipients(UNKNOWN, actors) if p.weight and not _is_setting(token.doc, p)
    )
    status = sense_of(token, published=None).status
    if not recipients or status not in _TOLD:
        return None
    one, other = actors[0], recipients[0]
    nested = one.start < other.end and other.start < one.end
    if nested or min(one.weight, other.weight) < STATE:
        return None
    return Open(
        head=token,
        first=token.i,
        last=token.i,
        entry=UNKNOWN,
        event_type=NONE,
        act=NONE,
        mode="",
        status=status,
        actors=actors,
        recipients=recipients,
        clause=_marked(token, one, other, participants),
    )


def _is_setting(doc: Doc, party: Party) -> bool:
    """Whether a place is told as where, not as whom: "in Paris"."""
    above = doc[party.head].head
    return above.lower_ in _WHERE and above.dep_ == "prep"


def clause_of(head: Token) -> list[Token]:
    """The words of a verb's own clause, without what is told beside it or in it."""
    kept, stack = [head], [head]
    while stack:
        for child in stack.pop().children:
            if child.dep_ not in _APART:
                kept.append(child)
                stack.append(child)
    return sorted(kept, key=lambda token: token.i)


def _marked(
    head: Token, actor: Party, recipient: Party, participants: Participants
) -> MarkedSentence:
    """The clause alone, with actor and recipient marked.

    A party that stands outside ("…, which snubbed Turkey") is set among its words in their order,
    or in the place of the pronoun that stands for it.
    """
    text, spans = "", {}
    for word in _words(head, (actor, recipient), participants):
        start = len(text)
        text += word.text if isinstance(word, Token) else _named(head.doc, word)
        if isinstance(word, Party):
            spans[word.head] = (start, len(text))
        text += " "
    return MarkedSentence(
        text=text.strip(), actor=spans.get(actor.head), recipient=spans.get(recipient.head)
    )


def _words(
    head: Token, parties: Sequence[Party], participants: Participants
) -> Iterator[Token | Party]:
    """The words of a clause in their order, each party once and as one."""
    place = {p.head: p.start for p in parties}
    own = {t.i for t in clause_of(head)}
    clause = [t for t in clause_of(head) if t.tag_ not in ("WDT", "WP", "_SP")]
    for token in clause:
        found = participants.at(token) if token.pos_ == "PRON" else None
        if found is not None and found.head in place and found.head not in own:
            place[found.head] = token.i
    inside = {i for p in parties for i in range(p.start, p.end)}
    starts = {place[p.head]: p for p in parties}
    for i in sorted({*starts, *(t.i for t in clause if t.i not in inside)}):
        yield starts[i] if i in starts else head.doc[i]


def _named(doc: Doc, party: Party) -> str:
    return " ".join(doc[party.start : party.end].text.split())

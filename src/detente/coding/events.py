"""Finding event mentions in a parsed document: predicates of the lexicon, parties, types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from detente.coding.arguments import Surroundings
from detente.coding.auxiliary import sense_of
from detente.coding.clauses import lemmas, passive
from detente.coding.contents import is_only_content
from detente.coding.governing import (
    HOSTILE,
    Governor,
    Verdict,
    governors,
    is_occasion,
    is_said_to_have,
    judge,
    negated,
    planned_type,
    reject_mode,
    stands_beside,
    threat_mode,
    vows,
)
from detente.coding.leaving import leaves_agreement
from detente.coding.lexicon import NOTHING, Entry, lexicon
from detente.coding.mention import Mention
from detente.coding.participants import ANYONE, Participants
from detente.coding.recalled import recalled
from detente.coding.restraint import admissible
from detente.coding.venues import acting, struck, without_venue
from detente.ontology.plover import quad_class
from detente.records import Status

__all__ = ["Mention", "mentions", "possible"]

_STRONGER = frozenset({"negated", "denied", "threatened", "hypothetical"})
#: A trigger reaches at most this many tokens from its predicate.
_REACH = 14
_PAIR = 2
#: Where or when something else took place: what stands after these took place as well.
_BESIDE = frozenset({"at", "after", "during", "following"})
_SUMMITS = frozenset({"summit"})
_REFUSABLE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "AGREE", "RETREAT", "CONCEDE"})
#: What one does not do at all, one refuses.
_ACKNOWLEDGING = frozenset({"recognise", "recognize"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})


@dataclass(frozen=True, slots=True)
class _Match:
    """A predicate with the entry that fits it."""

    head: Token
    entry: Entry
    met: tuple[Token, ...]
    around: Surroundings


def mentions(doc: Doc, participants: Participants) -> list[Mention]:
    """Every event mention of a document, in the order of the text.

    Args:
        doc: parsed, with named entities.
        participants: of the same document.

    Returns:
        Mentions that have a political actor or a political recipient as their type demands.
    """
    matches = {m.head.i: m for m in _matches(doc, participants)}
    swallowed = _swallowed(matches)
    found = _admitted(matches, [i for i in matches if i not in swallowed], participants)
    told = {m.head.i for m in found} | {m.governor.token.i for m in found if m.governor}
    left = [i for i, of in swallowed.items() if i in matches and not of & told]
    by_nobody = [i for i in left if any(passive(doc[of]) for of in swallowed[i])]
    again = _admitted(matches, [i for i in by_nobody if matches[i].entry.nominal], participants)
    return _without_repeats(sorted((*found, *again), key=lambda m: m.head.i))


def _admitted(
    matches: Mapping[int, _Match], heads: Sequence[int], participants: Participants
) -> list[Mention]:
    """The mentions that these predicates head, in order, merged with what governs them."""
    consumed = _consumed(matches)
    governed = {
        i: next(iter(governors(matches[i].head, frozenset(consumed.get(i, ())))), None)
        for i in heads
    }
    complements = {g.token.i: matches[i] for i, g in governed.items() if g is not None}
    found: list[Mention] = []
    dropped: set[int] = set()
    for i, governor in governed.items():
        mention = _mention(matches[i], governor, complements.get(i), participants)
        if governor is not None and _is_told_by(mention, matches.get(governor.token.i)):
            continue
        if not admissible(mention, participants):
            again = recalled(mention, found)
            found += [] if again is None else [again]
            continue
        if governor is not None and mention.pattern == "merged":
            mention = _with_governor(mention, matches.get(governor.token.i))
            dropped.add(governor.token.i)
        found.append(mention)
    return [m for m in found if m.head.i not in dropped]


def _is_told_by(mention: Mention, governing: _Match | None) -> bool:
    """Leaving on order is the expulsion: "ordered the envoys to leave" is one event."""
    expelled = governing is not None and governing.entry.mode == "expel"
    return expelled and mention.act in ("RETREAT", "CONCEDE", "SANCTION")


def _without_repeats(found: list[Mention]) -> list[Mention]:
    """Leaves out what only repeats another mention ("met to discuss"), or is but its content."""
    by_head = {m.head.i: m for m in found}
    return [m for m in found if not (_repeats(m, by_head) or is_only_content(m, by_head))]


def _repeats(mention: Mention, by_head: Mapping[int, Mention]) -> bool:
    own = {p.head for p in (*mention.actors, *mention.recipients)}
    beside = mention.head.dep_ == "pobj" and mention.head.head.lower_ in _BESIDE
    for ancestor in mention.head.ancestors:
        outer = by_head.get(ancestor.i)
        if outer is None or outer is mention:
            continue
        theirs = {p.head for p in (*outer.actors, *outer.recipients)}
        alike = quad_class(outer.act) == quad_class(mention.act)
        if beside and outer.status == "done" and outer.act != mention.act:
            continue  # "accepted a plan at a meeting in Ohrid"
        if alike and own <= theirs and (mention.entry.nominal or mention.act == "CONSULT"):
            return True
    return False


def _matches(doc: Doc, participants: Participants) -> Iterator[_Match]:
    for token in doc:
        if entries := _entries(token):
            match = _best(token, entries, participants)
            if match is not None:
                yield match


def _entries(token: Token) -> tuple[Entry, ...] | None:
    """The entries of a word as the part of speech that it is here."""
    words, pos = lexicon(), token.pos_
    if pos in ("VERB", "AUX"):
        if token.dep_ == "amod":
            return None  # "the detained vessel" describes, and tells nothing
        return next((e for w in lemmas(token) if (e := words.verbs.get(w))), None)
    if pos in ("NOUN", "PROPN"):
        forms = (*lemmas(token), token.lower_)
        return next((e for w in forms if (e := words.nouns.get(w))), None)
    return words.adjectives.get(token.lower_) if pos == "ADJ" else None


def possible(doc: Doc) -> Iterator[Token]:
    """Predicates of a document whose entries fit, whoever the parties may turn out to be.

    Args:
        doc: parsed; no names or entities need be known.
    """
    for token in doc:
        if entries := _entries(token):
            around = Surroundings(token, ANYONE, nominal=entries[0].nominal)
            telling = (e for e in entries if e.event_type != NOTHING)
            if any(around.meets(entry) is not None for entry in telling):
                yield token


def _best(token: Token, entries: tuple[Entry, ...], participants: Participants) -> _Match | None:
    around = Surroundings(token, participants, nominal=entries[0].nominal)
    for entry in entries:
        met = around.meets(entry)
        if met is not None:
            return None if entry.event_type == NOTHING else _Match(token, entry, tuple(met), around)
    return None


def _consumed(matches: Mapping[int, _Match]) -> dict[int, set[int]]:
    """For each predicate, the heads whose own entries have used it up as their complement."""
    by_word: dict[int, set[int]] = {}
    for match in matches.values():
        for token in match.met:
            by_word.setdefault(token.i, set()).add(match.head.i)
    return by_word


def _swallowed(matches: Mapping[int, _Match]) -> dict[int, set[int]]:
    """Nouns that are part of others' frames ("hold talks", "launch an attack"), and of whose."""
    by_noun: dict[int, set[int]] = {}
    for match in matches.values():
        for token in match.met:
            if token.i != match.head.i:
                by_noun.setdefault(token.i, set()).add(match.head.i)
    return by_noun


def _mention(
    match: _Match,
    governor: Governor | None,
    complement: _Match | None,
    participants: Participants,
) -> Mention:
    entry = match.entry
    if leaves_agreement(match.head, entry, participants):
        entry = replace(entry, event_type="SANCTION", cameo="160")
    actors = acting(match.head, entry, match.around.actors(entry), participants)
    recipients = match.around.recipients(entry, actors)
    if not recipients and complement is not None and entry.recipient != "none":
        theirs = complement.around.recipients(complement.entry, actors)
        recipients = tuple(p for p in theirs if p not in actors)
    if not actors and match.entry.event_type == "ASSAULT":
        of_attack = struck(match.head, match.around.doers, recipients, participants)
        recipients = (*recipients, *of_attack)
    hostile = complement is not None and complement.entry.event_type in HOSTILE
    event_type = "THREATEN" if hostile and vows(match.head) else entry.event_type
    if entry.recipient == "both":
        actors, recipients = (*actors, *without_venue(match.head, recipients)), ()
    denied = any(c.dep_ in ("dobj", "oprd") for c in match.head.children)  # "was refused a visa"
    if entry.event_type == "REJECT" and entry.mode == "meet" and passive(match.head) and not denied:
        actors, recipients = (actors, recipients) if actors else (recipients, ())
    if _is_summit(match) and len(actors) < _PAIR:
        actors = participants.leaders(match.head)
    first, last = _extent(match)
    mention = Mention(
        head=match.head,
        first=first,
        last=last,
        entry=entry,
        event_type=event_type,
        act=event_type,
        mode=_mode(entry, complement, event_type),
        status="done" if entry.actor == "teller" else _sense(match.head),
        actors=actors,
        recipients=recipients,
        governor=governor,
    )
    return _governed(mention, governor)


def _is_summit(match: _Match) -> bool:
    """A meeting known by its place ("the summit in Helsinki"): its parties stand around it."""
    if match.entry.lemma not in _SUMMITS or not match.entry.nominal:
        return False
    inside = match.around.prepositions.get("in", [])
    before = [c for c in match.head.lefts if c.dep_ == "compound"]
    return any(t.ent_type_ == "GPE" for t in (*inside, *before))


def _sense(head: Token) -> Status:
    """Status by the words around; a headline's infinitive ("Xi to visit Rome") is a plan."""
    if stands_beside(head):
        return "done"
    to = any(c.tag_ == "TO" for c in head.children)
    if to and is_said_to_have(head):
        return "alleged"
    if to and head.dep_ in ("relcl", "ROOT") and (head.dep_ == "ROOT" or head.head.dep_ == "ROOT"):
        return "planned"
    return sense_of(head, published=None).status


def _mode(entry: Entry, complement: _Match | None, event_type: str) -> str:
    if entry.mode or complement is None:
        return entry.mode
    act, mode = complement.entry.event_type, complement.entry.mode
    if event_type in ("REQUEST", "REJECT"):
        return reject_mode(act)
    return threat_mode(act, mode) if event_type == "THREATEN" else ""


def _governed(mention: Mention, governor: Governor | None) -> Mention:
    act = mention.event_type
    if governor is not None and governor.kind == "commit" and negated(mention.head):
        mode = reject_mode(act)  # "vowed not to fund"
        said = sense_of(governor.token, published=None).status
        refused = replace(mention, event_type="REJECT", act="REJECT", mode=mode, status=said)
        return replace(refused, pattern="merged")
    if governor is not None:
        verdict = judge(
            act,
            mention.mode,
            governor,
            nominal=mention.entry.nominal,
            occasion=is_occasion(mention.head),
        )
        if verdict is not None:
            return replace(
                mention,
                event_type=verdict.event_type,
                act=verdict.act,
                mode=verdict.mode,
                status=_status(mention, governor, verdict),
                pattern="merged" if verdict.absorbs else governor.kind,
            )
    if mention.entry.lemma == "retaliate" and mention.status == "planned":
        return replace(mention, event_type="THREATEN", mode="relations", status="done")
    refuses = _will(mention.head) or mention.entry.lemma in _ACKNOWLEDGING
    if mention.status == "negated" and act in _REFUSABLE and refuses:
        return replace(
            mention, event_type="REJECT", act="REJECT", mode=reject_mode(act), status="done"
        )
    if mention.status == "planned":
        kind = planned_type(act)
        return replace(mention, event_type=kind, mode=mention.mode if kind == act else "")
    return mention


def _status(mention: Mention, governor: Governor, verdict: Verdict) -> Status:
    """The status of a governed act: told with its governor as one, or beside it."""
    if verdict.status == "threatened" and mention.status in ("done", "planned", "hypothetical"):
        return "threatened"
    if verdict.absorbs and verdict.status in (None, "done") and governor.kind != "wish":
        return sense_of(governor.token, published=None).status
    if governor.kind == "wish" and verdict.absorbs and mention.status not in ("negated", "denied"):
        return verdict.status or mention.status  # who says that it is important, wishes it
    if mention.status == "done" or (verdict.absorbs and mention.status not in _STRONGER):
        return verdict.status or mention.status
    return mention.status


def _with_governor(mention: Mention, own: _Match | None) -> Mention:
    """A merged mention reaches from the governor to the act and may take the governor's parties."""
    assert mention.governor is not None
    first = min(mention.first, mention.governor.token.i)
    if mention.last - first > 12:
        first = mention.first
    actors, recipients = mention.actors, mention.recipients
    swapped = mention.entry.nominal or mention.entry.actor == "obj"
    if own is not None and mention.event_type == "REJECT" and swapped:
        refusing = own.around.actors(own.entry)
        recipients = tuple(p for p in (*actors, *recipients) if p not in refusing) or recipients
        actors = refusing or actors
    if own is not None and (not actors or _promises_of_others(own, mention)):
        actors = own.around.actors(own.entry) or actors
    if own is not None and not recipients and len(actors) < 2:
        recipients = own.around.recipients(own.entry, actors)
        if mention.entry.mode == "withdraw":  # the troops that are pulled back are a means
            means = range(mention.first, mention.last + 1)
            recipients = tuple(p for p in recipients if p.head not in means)
    last = max(mention.last, mention.governor.token.i)
    last = last if last - first <= 12 else mention.last
    return replace(mention, first=first, last=last, actors=actors, recipients=recipients)


def _promises_of_others(own: _Match, mention: Mention) -> bool:
    """ "They agreed that guards would hold talks": who agrees is party to it."""
    clause = any(c.dep_ == "ccomp" for c in own.head.children)
    return clause and mention.governor is not None and mention.governor.kind == "commit"


def _will(head: Token) -> bool:
    """Whether a negated act is refused ("will not meet") rather than not done ("has not met")."""
    return any(c.dep_ == "aux" and c.lower_ in (*_FUTURE, "would") for c in head.children)


def _extent(match: _Match) -> tuple[int, int]:
    first = last = match.head.i
    for token in match.met:
        if abs(token.i - match.head.i) <= _REACH:
            first, last = min(first, token.i), max(last, token.i)
    return first, last

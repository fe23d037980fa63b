"""Places around an act of force or a meeting: where it was, and not who took part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from detente.coding.clauses import conjuncts, pobjects
from detente.coding.lexicon import Entry
from detente.coding.participants import Participants, Party
from detente.coding.phrases import named_in
from detente.gazetteer.places import candidates

_FORCE = frozenset({"ASSAULT", "COERCE", "PROTEST"})
_BEFORE = frozenset({"compound", "nmod"})
#: Kinds of known names that are places and hardly act.
_TOWNS = frozenset({"capital", "region"})


def acting(
    head: Token, entry: Entry, actors: tuple[Party, ...], participants: Participants
) -> tuple[Party, ...]:
    """The actors without the town before an act of force: "the Kunduz attacks".

    Args:
        head: the predicate.
        entry: what it means.
        actors: as its words name them.
        participants: of the document.
    """
    if not entry.nominal or entry.event_type not in _FORCE:
        return actors
    before = {t.i for c in head.lefts if c.dep_ in _BEFORE for t in conjuncts(c)}
    doc = head.doc
    return tuple(
        p for p in actors if p.head not in before or not _is_town(doc[p.head], participants)
    )


def _is_town(token: Token, participants: Participants) -> bool:
    named = participants.named(token)
    if named is not None:
        return named.kind in _TOWNS
    return token.pos_ == "PROPN" and bool(candidates(token.text))


def struck(
    head: Token, doers: Iterable[Token], known: tuple[Party, ...], participants: Participants
) -> Iterator[Party]:
    """Whom an attack that kills was on: "an attack on a NATO convoy killed two".

    Args:
        head: the predicate.
        doers: its logical subjects.
        known: who is told to have suffered already.
        participants: of the document.
    """
    for subject in doers:
        if subject.pos_ == "NOUN" and subject.i != head.i:
            targets = pobjects(subject, ("on", "against"))
            yield from (p for p in named_in(targets, participants) if p not in known)


def without_venue(head: Token, parties: Iterable[Party]) -> tuple[Party, ...]:
    """Those who meet, without the house where they do: "met at the White House".

    Args:
        head: the predicate.
        parties: as its words name them.
    """
    return tuple(p for p in parties if head.doc[p.head].head.lower_ != "at")

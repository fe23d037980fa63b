"""An event noun that recalls what was told before: "the meeting", "their talks", "the summit"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from detente.coding.mention import Mention

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_OWN = frozenset({"his", "her", "their", "its"})
#: How far back, in tokens, the occurrence was told at most.
_BACK = 150
_PAIR = 2
#: How many parties the earlier mention must tell, by act.
_PARTIES = {"CONSULT": _PAIR, "ASSAULT": 1, "SANCTION": 1, "RETREAT": 1, "MOBILIZE": 1}


def recalled(mention: Mention, earlier: Sequence[Mention]) -> Mention | None:
    """The mention with the parties of the last meeting told before it, if it recalls that.

    Args:
        mention: a noun of meeting, talks or a visit, whose own clause tells no two parties.
        earlier: what was found before it in the document, in order.
    """
    named = (*mention.actors, *mention.recipients)
    act, bare = mention.entry.event_type, mention.entry.nominal and not mention.entry.requirements
    least = _PARTIES.get(act, _PAIR)
    if not bare or len(named) >= least or not _is_definite(mention.head):
        return None
    for before in reversed(earlier):
        if mention.head.i - before.head.i > _BACK:
            return None
        if before.act == act and len((*before.actors, *before.recipients)) >= least:
            return _with_parties(mention, before)
    return None


def _with_parties(mention: Mention, before: Mention) -> Mention:
    """The same occurrence: its parties and type, and its status where no other is told here."""
    return replace(
        mention,
        event_type=before.event_type,
        act=before.act,
        mode=before.mode,
        status=before.status if mention.status == "done" else mention.status,
        actors=before.actors,
        recipients=before.recipients,
        pattern="recalled",
    )


def _is_definite(noun: Token) -> bool:
    return any(
        (child.dep_ == "det" and child.lower_ in _DEFINITE) or child.lower_ in _OWN
        for child in noun.lefts
    )

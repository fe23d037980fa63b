"""Mentions that are no events of their own, though a predicate and its parties are there.

The manual leaves out CAMEO's comments (01: concern, optimism, a policy that is only considered, an
accord with what another says): "have been eliminated" (summary of changes). What is only asked for
is told by the request, whose mode says what is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from spacy.tokens import Token

if TYPE_CHECKING:
    from detente.coding.events import Mention

_CONCERN = "012"
#: Concern that is uttered may have a hearer; that which is raised or conveyed has an addressee.
_UTTERING = frozenset({"express", "voice"})
_ASKING = frozenset({"REQUEST", "THREATEN"})
_PRESENT = frozenset({"VBP", "VBZ"})


def is_comment(mention: Mention) -> bool:
    """Whether a mention is a comment: concern put to nobody, or an opinion that is shared."""
    if mention.entry.cameo == _CONCERN:
        return not mention.recipients or mention.entry.lemma in _UTTERING
    return mention.entry.lemma == "agree" and _shares_opinion(mention.head)


def _shares_opinion(agree: Token) -> bool:
    """ "They agree with the senator that …": in the present, and on no act to come."""
    if agree.tag_ not in _PRESENT:
        return False
    below = [c for c in agree.children if c.dep_ in ("xcomp", "ccomp", "prep")]
    if any(c.dep_ == "xcomp" for c in below):
        return False
    clause = next((c for c in below if c.dep_ == "ccomp"), None)
    if clause is not None:
        return not any(c.tag_ == "MD" and c.lower_ != "should" for c in clause.children)
    return any(c.lower_ == "with" for c in below)


def is_only_content(mention: Mention, by_head: Mapping[int, Mention]) -> bool:
    """Whether an act is only what is asked for by another mention, or only considered."""
    governor = mention.governor
    if governor is None or mention.status != "hypothetical":
        return False
    if mention.pattern == "consider":
        return True
    asking = by_head.get(governor.token.i)
    return mention.pattern == "request" and asking is not None and asking.act in _ASKING

"""Tables of sense: predicates that embed, modals, hedges, and the signature of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from detente.errors import TableError
from detente.ontology.table import listed, packaged, rows

_PACKAGE = "detente.coding"
_PARTS_OF_SPEECH = frozenset("VNA")
_FRAMES = frozenset(
    {
        "to",
        "that",
        "ing",
        "bare",
        "np",
        "subj",
        "whether",
        "wh",
        "if",
        "of",
        "for",
        "on",
        "about",
        "from",
        "against",
        "in",
        "into",
        "with",
        "at",
        "as",
        "like",
    }
)
_STATUSES = frozenset(
    {
        "keep",
        "asserted",
        "attempted",
        "alleged",
        "planned",
        "threatened",
        "hypothetical",
        "negated",
        "denied",
    }
)
_HEDGE_PARTS = frozenset(
    {"negation", "determiner", "subject", "adverb", "adjective", "mark", "preposition", "time"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """How certain what is embedded is, given that the predicate holds or does not.

    The two-valued signatures of Nairn, Condoravdi and Karttunen (Computing relative polarity for
    textual inference, 2006), graded on the scale −3 (did not happen) … +3 (happened) of Saurí and
    Pustejovsky's FactBank and Lee et al. (2015).
    """

    kind: str
    positive: float
    negative: float
    status: str
    status_negative: str
    meaning: str

    @property
    def presupposes(self) -> bool:
        """True where the embedded holds either way (factives)."""
        return self.positive >= 2 and self.negative >= 2

    def project(self, certainty: float) -> float:
        """Certainty of the embedded clause where the predicate itself has ``certainty``."""
        if self.presupposes:
            return self.positive
        edge = self.positive if certainty >= 0 else self.negative
        return edge * min(abs(certainty), 3.0) / 3.0


@cache
def kinds() -> Mapping[str, Signature]:
    """The signature of each kind of predicate or operator.

    Raises:
        TableError: if the shipped table is damaged.
    """
    table = packaged(_PACKAGE, "kinds.csv")
    found: dict[str, Signature] = {}
    columns = ("kind", "positive", "negative", "status", "status_negative", "meaning")
    for line, row in rows(table, columns):
        if not {row["status"], row["status_negative"]} <= _STATUSES:
            raise TableError(str(table), line, f"unknown status of {row['kind']}")
        found[row["kind"]] = Signature(
            kind=row["kind"],
            positive=float(row["positive"]),
            negative=float(row["negative"]),
            status=row["status"],
            status_negative=row["status_negative"],
            meaning=row["meaning"],
        )
    return MappingProxyType(found)


def _kind(table: object, line: int, name: str) -> Signature:
    if name not in kinds():
        raise TableError(str(table), line, f"unknown kind {name!r}")
    return kinds()[name]


@cache
def predicates() -> Mapping[tuple[str, str, str], Signature]:
    """Signatures by lemma (with particle), part of speech (V, N, A) and frame.

    Raises:
        TableError: for an unknown part of speech, frame or kind, or a doubled entry.
    """
    table = packaged(_PACKAGE, "predicates.csv")
    found: dict[tuple[str, str, str], Signature] = {}
    for line, row in rows(table, ("predicate", "pos", "frames", "kind")):
        if row["pos"] not in _PARTS_OF_SPEECH:
            raise TableError(str(table), line, f"unknown part of speech {row['pos']!r}")
        for frame in listed(row["frames"]):
            key = (row["predicate"], row["pos"], frame)
            if frame not in _FRAMES:
                raise TableError(str(table), line, f"unknown frame {frame!r}")
            if key in found:
                raise TableError(str(table), line, f"{' '.join(key)} stands twice")
            found[key] = _kind(table, line, row["kind"])
    return MappingProxyType(found)


@cache
def modals() -> Mapping[str, tuple[Signature, Signature]]:
    """Each modal's operator, plain and before a perfect ("must have left").

    Raises:
        TableError: for an unknown kind.
    """
    table = packaged(_PACKAGE, "modals.csv")
    return MappingProxyType(
        {
            row["modal"]: (_kind(table, line, row["kind"]), _kind(table, line, row["perfect"]))
            for line, row in rows(table, ("modal", "kind", "perfect", "meaning"))
        }
    )


@cache
def hedges() -> Mapping[tuple[str, str], Signature]:
    """Operators by the part a word plays beside its head, and the word in lower case.

    Raises:
        TableError: for an unknown part or kind.
    """
    table = packaged(_PACKAGE, "hedges.csv")
    found: dict[tuple[str, str], Signature] = {}
    for line, row in rows(table, ("word", "part", "kind")):
        if row["part"] not in _HEDGE_PARTS:
            raise TableError(str(table), line, f"unknown part {row['part']!r}")
        found[row["part"], row["word"]] = _kind(table, line, row["kind"])
    return MappingProxyType(found)

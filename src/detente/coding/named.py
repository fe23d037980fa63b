"""Known names over the model's guesses: what the gazetteer finds becomes the entity there."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from detente.gazetteer.names import Named, find_names

#: How the component is called in the pipeline.
NAME = "detente_names"
_LABELS = {
    "person": "PERSON",
    "surname": "PERSON",
    "state": "GPE",
    "seat": "GPE",
    "capital": "GPE",
    "region": "GPE",
    "breakaway": "GPE",
    "demonym": "NORP",
    "organisation": "ORG",
    "group": "ORG",
    "party": "ORG",
    "agency": "ORG",
    "agreement": "LAW",
}


@Language.component(NAME)
def named(doc: Doc) -> Doc:
    """Labels every known name by its kind; the model's entities stay where they do not collide.

    The small model takes surnames for organisations half of the time; the tables know them. What
    was found is kept in ``doc.user_data`` for :func:`names_in`, in plain values that can cross to
    another process.
    """
    found = names_in(doc)
    known = [span for name in found if (span := _span(doc, name)) is not None]
    doc.ents = filter_spans([*filter_spans(known), *_apart(doc, known)])
    return doc


def names_in(doc: Doc) -> tuple[Named, ...]:
    """The known names of a document, found once."""
    if NAME not in doc.user_data:
        remember(doc, find_names(doc.text))
    found = doc.user_data[NAME]
    return tuple(Named(start=a, end=b, kind=kind, ids=tuple(ids)) for a, b, kind, ids in found)


def remember(doc: Doc, names: Sequence[Named]) -> None:
    """Keeps the known names of a document, in plain values, for :func:`names_in`."""
    doc.user_data[NAME] = [(n.start, n.end, n.kind, list(n.ids)) for n in names]


def agreements_in(doc: Doc) -> list[Span]:
    """The agreements a document names: they are no parties."""
    spans = (_span(doc, name) for name in names_in(doc) if name.kind == "agreement")
    return [span for span in spans if span is not None]


def _span(doc: Doc, name: Named) -> Span | None:
    label = _LABELS.get(name.kind)
    if label is None:
        return None
    return doc.char_span(name.start, name.end, label=label, alignment_mode="expand")


def _apart(doc: Doc, known: list[Span]) -> list[Span]:
    """The model's entities that share no token with a known name."""
    taken = {token.i for span in known for token in span}
    return [e for e in doc.ents if not any(i in taken for i in range(e.start, e.end))]

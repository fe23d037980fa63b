"""The model's named entities, asked for only where an event can be.

The small model spends two fifths of its time on entities, which count only beside a predicate of
the lexicon: for its parties, its time and its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from spacy.attrs import NORM
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from detente.coding.events import possible
from detente.coding.named import names_in
from detente.coding.screening import REFERRING

#: How the component is called in the pipeline.
NAME = "detente_entities"
#: A speaker's label is sought among this many tokens.
_LABEL = 6
#: Four layers of one neighbour either side, and the token at the edge.
_MARGIN = 5
#: How far back, in tokens, participants seek the antecedent of a pronoun.
_BACK = 60


def heads_in(doc: Doc) -> list[Token]:
    """The predicates of a document that can tell an event, sought once.

    Args:
        doc: parsed.
    """
    found = doc.user_data.get(NAME)
    if found is None:
        found = doc.user_data[NAME] = [token.i for token in possible(doc)]
    return [doc[i] for i in found]


class Entities:
    """The model's entity recogniser over runs of sentences that can hold an event.

    Args:
        recogniser: the model's own component; must not share its vectors with the parser.
    """

    def __init__(self, recogniser: Any) -> None:
        self._recogniser = recogniser

    def __call__(self, doc: Doc) -> Doc:
        """Sets ``doc.ents``."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 8) -> Iterator[Doc]:
        """Sets the entities of many documents, a batch at a time."""
        remaining = iter(stream)
        while docs := list(islice(remaining, batch_size)):
            runs = [
                [(start, _apart(doc, start, end)) for start, end in self._runs(doc)] for doc in docs
            ]
            flat = [part for of in runs for _, part in of]
            if flat:
                self._recogniser.set_annotations(flat, self._recogniser.predict(flat))
            for doc, of in zip(docs, runs, strict=True):
                spans = [
                    Span(doc, start + e.start, start + e.end, label=e.label)
                    for start, part in of
                    for e in part.ents
                ]
                doc.ents = filter_spans(spans)
                yield doc

    def _runs(self, doc: Doc) -> Iterator[tuple[int, int]]:
        """Token ranges of neighbouring sentences that matter."""
        first = last = -1
        for sentence in self._telling(doc):
            if sentence.start != last:
                if last > first:
                    yield _with_margins(doc, first, last)
                first = sentence.start
            last = sentence.end
        if last > first:
            yield _with_margins(doc, first, last)

    def _telling(self, doc: Doc) -> list[Span]:
        """Sentences with a predicate, those their pronouns reach, and labels of speakers."""
        sentences = list(doc.sents)
        heads = heads_in(doc)
        told = {token.sent.start for token in heads}
        known = _known(doc) if told else frozenset()
        wanted = set()
        for number, sentence in enumerate(sentences):
            if sentence.start in told:
                wanted.add(number)
                wanted.update(
                    n for n in _reached(sentences, number) if _has_stranger(sentences[n], known)
                )
            elif any(token.text == ":" for token in sentence[:_LABEL]):
                wanted.add(number)
        return [sentences[number] for number in sorted(wanted)]


def _reached(sentences: list[Span], number: int) -> Iterator[int]:
    """Sentences before this one where the antecedents of its pronouns can stand."""
    floor = sentences[number].start - _BACK
    if any(token.lower_ in REFERRING for token in sentences[number]):
        while number and sentences[number - 1].end > floor:
            number -= 1
            yield number


def _has_stranger(sentence: Span, known: frozenset[int]) -> bool:
    """Whether a proper name stands there that the tables do not know."""
    return any(token.pos_ == "PROPN" and token.i not in known for token in sentence)


def _known(doc: Doc) -> frozenset[int]:
    """Tokens that are part of a known name."""
    spans = (doc.char_span(n.start, n.end, alignment_mode="expand") for n in names_in(doc))
    return frozenset(token.i for span in spans if span is not None for token in span)


def _with_margins(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """With the neighbours that the recogniser's convolutions see: a cut changes nothing within."""
    return max(0, start - _MARGIN), min(len(doc), end + _MARGIN)


def _apart(doc: Doc, start: int, end: int) -> Doc:
    """A run of tokens as a document of its own, with all that the recogniser looks at."""
    tokens = doc[start:end]
    part = Doc(
        doc.vocab,
        words=[token.text for token in tokens],
        spaces=[bool(token.whitespace_) for token in tokens],
    )
    norms: Any = doc.to_array([NORM])[start:end]
    return part.from_array([NORM], norms.reshape(-1, 1))


def stands_alone(recogniser: Any) -> bool:
    """Whether a recogniser has word vectors of its own, not those of the parser."""
    return not any("listener" in layer.name for layer in recogniser.model.walk())


@Language.factory(NAME)
def entities(nlp: Language, name: str) -> Entities:
    """The component for a pipeline that has the model's recogniser; takes it out of there."""
    del name
    _, recogniser = nlp.remove_pipe("ner")
    return Entities(recogniser)

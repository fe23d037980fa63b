"""The manual's general contexts of a sentence and of a report (PLOVER 2021, Event, Mode, Context).

The manual expects contexts mostly at the level of the document and warns that they are easily read
as more than that; so each label says which level gave it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from spacy.tokens import Doc, Span

from detente.errors import TableError
from detente.ontology.plover import contexts as known_contexts
from detente.ontology.table import packaged, rows
from detente.records import Context

#: Weights of a sentence's cues must reach this for a label of its own.
SENTENCE_WEIGHT = 1.0
#: A report's label needs this share of its sentences, and at least two of them.
REPORT_SHARE = 0.15
_REPORT_SENTENCES = 2
_REPORT_LABELS = 4
_SENTENCE_LABELS = 3
_LONGEST = 4


@cache
def context_cues() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Labels and weights by cue (lemmas in lower case, parted by a blank).

    Raises:
        TableError: for a context the codebook does not have, a weight outside 0–1 or a doubled row.
    """
    table = packaged("detente.coding", "context_cues.csv")
    found: dict[str, dict[str, float]] = {}
    for line, row in rows(table, ("context", "cue", "weight")):
        if row["context"] not in known_contexts():
            raise TableError(str(table), line, f"no context {row['context']!r} in the codebook")
        weight = float(row["weight"])
        if not 0 < weight <= 1:
            raise TableError(str(table), line, f"weight {weight} is not within 0–1")
        labels = found.setdefault(row["cue"], {})
        if row["context"] in labels:
            raise TableError(str(table), line, f"{row['cue']} stands twice for {row['context']}")
        labels[row["context"]] = weight
    return MappingProxyType({cue: tuple(of.items()) for cue, of in found.items()})


def sentence_contexts(sentence: Span) -> tuple[Context, ...]:
    """Labels that the sentence's own words give, heaviest first, at most three."""
    weights = _weights(sentence)
    chosen = [name for name, weight in _ranked(weights) if weight >= SENTENCE_WEIGHT]
    return tuple(Context(name=name, level="sentence") for name in chosen[:_SENTENCE_LABELS])


def report_contexts(doc: Doc) -> tuple[Context, ...]:
    """Labels of the whole report, commonest first, at most four.

    Args:
        doc: the parsed report.

    Returns:
        Labels that at least two sentences and 15 % of those with any label carry by themselves.
    """
    told = [sentence_contexts(sentence) for sentence in doc.sents]
    carried = Counter(context.name for contexts in told for context in contexts)
    labelled = sum(map(bool, told))
    least = max(_REPORT_SENTENCES, REPORT_SHARE * labelled)
    chosen = [name for name, count in _ranked(carried) if count >= least]
    return tuple(Context(name=name, level="report") for name in chosen[:_REPORT_LABELS])


def contexts_of(sentence: Span, of_report: Iterable[Context]) -> tuple[Context, ...]:
    """A coded event's contexts: its sentence's, then the report's that the sentence lacks.

    Args:
        sentence: in which the event is told.
        of_report: of :func:`report_contexts`, made once a report.
    """
    own = sentence_contexts(sentence)
    names = {context.name for context in own}
    return (*own, *(context for context in of_report if context.name not in names))


def _ranked(weights: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))


def _weights(sentence: Span) -> Mapping[str, float]:
    weights: dict[str, float] = {}
    for cue in _cues(sentence):
        for name, weight in context_cues()[cue]:
            weights[name] = weights.get(name, 0.0) + weight
    return weights


def _cues(sentence: Span) -> Iterator[str]:
    """Known cues of a sentence, each once; a phrase takes the words it is made of with it."""
    table = context_cues()
    lemmas = [token.lemma_.lower() for token in sentence]
    forms = [token.lower_ for token in sentence]
    seen: set[str] = set()
    start = 0
    opening = _opening()
    while start < len(lemmas):
        step = 1
        if lemmas[start] not in opening and forms[start] not in opening:
            start += 1
            continue
        for length in range(min(_LONGEST, len(lemmas) - start), 0, -1):
            found = _known(table, lemmas, forms, start, length)
            if found is not None:
                step = length
                if found not in seen:
                    seen.add(found)
                    yield found
                break
        start += step


@cache
def _opening() -> frozenset[str]:
    """The first words of all cues."""
    return frozenset(cue.split(" ", 1)[0] for cue in context_cues())


def _known(
    table: Mapping[str, object], lemmas: list[str], forms: list[str], start: int, length: int
) -> str | None:
    for words in (lemmas, forms):
        cue = " ".join(words[start : start + length])
        if cue in table:
            return cue
    return None

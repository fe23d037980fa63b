"""Who says so: sources, cues and contents of direct, indirect and mixed speech in a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Doc, Span, Token

from detente.coding.attribution_cues import Cue, cues
from detente.coding.attribution_quotes import Quote, quotes
from detente.coding.attribution_speakers import Spoken, labelled, outside, speakers
from detente.coding.attribution_tables import reporting
from detente.coding.auxiliary_path import signature_of

Kind = Literal["direct", "indirect", "mixed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One attribution: who (``source``), by which word (``cue``), said what (``contents``).

    ``source`` is None for hearsay ("reportedly") and stays a pronoun where it is one; ``own`` marks
    a speaker's own plan or wish ("vowed to leave"). ``outer`` are the sources of the attributions
    it stands in, nearest first.
    """

    source: Span | None
    cue: Span | None
    contents: tuple[Span, ...]
    kind: Kind
    anonymous: bool = False
    own: bool = False
    outer: tuple[Span, ...] = ()

    def covers(self, index: int) -> bool:
        """True where the token with this index is part of what is said."""
        return any(span.start <= index < span.end for span in self.contents)

    @property
    def length(self) -> int:
        """Tokens of content."""
        return sum(len(span) for span in self.contents)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who says that something is so: nearest source, outer sources, and does the outlet vouch.

    ``quoted``: the words are within a quote, whose cue may stand in another sentence.
    """

    source: Span | None
    outer: tuple[Span, ...] = ()
    vouched: bool = True
    anonymous: bool = False
    quoted: bool = False


def attributions(doc: Doc, of: Iterable[Token] | None = None) -> tuple[Attribution, ...]:
    """All attributions of a report, in order of their content.

    Args:
        doc: the parsed report, paragraphs parted by line breaks.
        of: when given, only those are sought that can bear on these words.

    Returns:
        Quotes with their speakers and the content of reporting words; nested ones know their outer
        sources.
    """
    quoted = quotes(doc)
    said = (*speakers(doc, quoted), *labelled(doc))
    voiced = [*quoted, *(q for spoken in said for q in spoken.quotes)]
    heard = [cue for sentence in _telling(doc, of, said) for cue in cues(sentence)]
    found = [_of_cue(doc, cue, quoted) for cue in heard if _is_plausible(cue, voiced)]
    found.extend(_of_quote(doc, spoken) for spoken in said)
    kept = [a for a in found if a.contents]
    nested = [replace(a, outer=_outer(a, kept)) for a in kept]
    return tuple(sorted(nested, key=lambda a: (a.contents[0].start, -a.length)))


def _telling(doc: Doc, of: Iterable[Token] | None, said: Sequence[Spoken]) -> Iterator[Span]:
    """The sentences of these words, and of the words that bring in quotes; all for None.

    What a reporting word brings in never leaves its sentence, but a quote's word stands elsewhere.
    """
    words = None if of is None else [*of, *(s.cue[0] for s in said if s.cue is not None)]
    wanted = None if words is None else {word.sent.start for word in words}
    return (s for s in doc.sents if wanted is None or s.start in wanted)


def _is_plausible(cue: Cue, quoted: Sequence[Quote]) -> bool:
    """Within a quote "I think" adds no speaker; outside one, a source inside it is a misparse."""
    if cue.source is None:
        return True
    inside = any(quote.start <= cue.word.i < quote.end for quote in quoted)
    if inside:
        return cue.source.root.lower_ not in {"i", "we", "you", "it"}
    return outside(cue.source, quoted) is not None


def speaker_of(trigger: Token, found: Iterable[Attribution]) -> Speaker:
    """Who says what ``trigger`` names.

    Args:
        trigger: the word of the act.
        found: the attributions of its document.

    Returns:
        The source of the narrowest content around the trigger. A speaker's own plan or wish is an
        act of that speaker, not a claim, and needs nobody to vouch for it; what someone admits or
        reveals the outlet vouches for too.
    """
    around = sorted((a for a in found if not a.own and a.covers(trigger.i)), key=lambda a: a.length)
    if not around:
        return Speaker(source=None)
    named = [a for a in around if a.source is not None]
    if not named:
        return Speaker(source=None, vouched=False)
    nearest = named[0]
    outer = [a.source for a in named[1:] if a.source is not None and not _same(a, nearest)]
    return Speaker(
        source=nearest.source,
        outer=tuple(dict.fromkeys((*outer, *nearest.outer))),
        vouched=_is_factive(nearest),
        anonymous=nearest.anonymous,
        quoted=nearest.kind == "direct",
    )


def _is_factive(attribution: Attribution) -> bool:
    """ "Admitted", "revealed": who writes so takes what follows for true."""
    if attribution.cue is None or attribution.kind == "direct":
        return False
    signature = signature_of(attribution.cue.root, ("that",))
    return signature is not None and signature.kind == "factive"


def _same(one: Attribution, other: Attribution) -> bool:
    """The same words of the same speaker, found by quote and by clause."""
    return (
        one.source is not None and other.source is not None and one.source.text == other.source.text
    )


def _outer(inner: Attribution, found: Sequence[Attribution]) -> tuple[Span, ...]:
    if inner.cue is None:
        return ()
    around = [a for a in found if a is not inner and a.source is not None and not a.own]
    around = [a for a in around if a.covers(inner.cue.start) and not _same(a, inner)]
    return tuple(a.source for a in sorted(around, key=lambda a: a.length) if a.source is not None)


def _of_cue(doc: Doc, cue: Cue, quoted: Sequence[Quote]) -> Attribution:
    inside = [q for q in quoted if any(q.start <= i < q.end for i in cue.content)]
    wholly = inside and all(any(q.start <= i < q.end for q in inside) for i in cue.content)
    return Attribution(
        source=cue.source,
        cue=doc[cue.word.i : cue.word.i + 1],
        contents=spans_of(doc, cue.content),
        kind="direct" if wholly else "mixed" if inside else "indirect",
        anonymous=is_anonymous(cue.source),
        own=cue.own,
    )


def _of_quote(doc: Doc, spoken: Spoken) -> Attribution:
    return Attribution(
        source=spoken.source,
        cue=spoken.cue,
        contents=tuple(doc[q.start : q.end] for q in spoken.quotes),
        kind="mixed" if spoken.partial else "direct",
        anonymous=is_anonymous(spoken.source),
    )


def spans_of(doc: Doc, indices: frozenset[int]) -> tuple[Span, ...]:
    """Contiguous spans of token indices, without punctuation and space at their ends."""
    spans: list[Span] = []
    run: list[int] = []
    for index in [*sorted(indices), -1]:
        if run and index != run[-1] + 1:
            spans.extend(_trimmed(doc[run[0] : run[-1] + 1]))
            run = []
        run.append(index)
    return tuple(spans)


def _trimmed(span: Span) -> list[Span]:
    start, end, doc = span.start, span.end, span.doc
    while start < end and (doc[start].is_space or doc[start].text in {",", ";", ":", "."}):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in {",", ";", ":", "."}):
        end -= 1
    return [doc[start:end]] if end > start else []


def is_anonymous(source: Span | None) -> bool:
    """True for a source that is a kind of person, not a named one ("officials on both sides").

    A name within the phrase ("Kremlin officials") does not make the speaker known: what counts is
    that the head is a common noun of the table and no person's name stands beside it.
    """
    if source is None:
        return False
    if any(phrase in source.sent.text.lower() for phrase in reporting()["anonymity"]):
        return True
    named = any(token.ent_type_ == "PERSON" for token in source)
    head = source.root
    return not named and head.pos_ != "PROPN" and head.lemma_.lower() in reporting()["anonymous"]

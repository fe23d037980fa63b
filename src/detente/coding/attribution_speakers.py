"""Which reporting words go with which quotes: before, after, between, or a paragraph earlier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from detente.coding.attribution_quotes import Quote, paragraphs
from detente.coding.attribution_sources import phrase, source_of
from detente.coding.attribution_tables import reporting

#: The longest label of a headline, in tokens.
_LABEL = 5
_STOPS = frozenset({".", "!", "?"})
_NOBODY = frozenset({"that", "this", "what", "which", "these", "those", "there", "nothing"})
_NAMING = frozenset({"title", "entitle", "dub", "name", "call"})
_DASHES = frozenset({"―", "—", "–", "--", "-"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One or more pieces of one speaker's quote. ``partial``: words quoted within a clause."""

    source: Span | None
    cue: Span | None
    quotes: tuple[Quote, ...]
    partial: bool = False


def speakers(doc: Doc, quoted: Sequence[Quote]) -> Iterator[Spoken]:
    """Speaker and cue of every quote for which the text gives one.

    Args:
        doc: the parsed report.
        quoted: its quotes, in order.

    Yields:
        Quotes with their speakers. A quote with no reporting word of its own is the speaker's who
        was quoted before it in the paragraph, or whose quote was left open in the last.
    """
    last: Spoken | None = None
    for number, quote in enumerate(quoted):
        before, after = _beside(doc, quoted, number)
        if _is_title(doc, quote, before):
            continue
        spoken = _introduced(doc, quoted, quote, before, after)
        if spoken is None and not _is_partial(doc, quote, before):
            spoken = _continued(doc, quote, last)
        if spoken is not None:
            yield spoken
            last = spoken


def _is_title(doc: Doc, quote: Quote, before: Span) -> bool:
    """The name of a broadcast or book in quotes: capitals throughout, after a preposition."""
    words = [t for t in doc[quote.start + 1 : quote.end - 1] if t.is_alpha]
    led = [t for t in before if not t.is_space]
    capitals = all(t.is_title or t.is_upper or t.is_stop for t in words)
    if not led or not capitals or len(words) >= 8:
        return False
    return led[-1].pos_ in {"ADP", "PROPN", "DET", "PART"} or led[-1].lemma_ in _NAMING


def _beside(doc: Doc, quoted: Sequence[Quote], number: int) -> tuple[Span, Span]:
    """The words of the same sentence before and after a quote, up to the next quote."""
    quote = quoted[number]
    floor = quoted[number - 1].end if number else 0
    start = _skipping_colon(doc, quote.start)
    while start > floor and not _parts(doc[start - 1]):
        start -= 1
    ceiling = quoted[number + 1].start if number + 1 < len(quoted) else len(doc)
    end = quote.end
    closed = doc[quote.end - 2].text in _STOPS and quote.end < len(doc) and _fresh(doc, quote)
    while not closed and end < ceiling and not _parts(doc[end]):
        end += 1
    return doc[start : quote.start], doc[quote.end : end]


def _skipping_colon(doc: Doc, start: int) -> int:
    """ "The governor added:", then the quote in a paragraph of its own: as if it followed on."""
    before = start
    while before > 0 and doc[before - 1].is_space:
        before -= 1
    return before if before < start and before > 0 and doc[before - 1].text == ":" else start


def _parts(token: Token) -> bool:
    return token.text in _STOPS or "\n" in token.text


def _fresh(doc: Doc, quote: Quote) -> bool:
    """After a full stop within the quote a capital begins a new sentence, unless it is said."""
    rest = [t for t in doc[quote.end : quote.end + 12] if not t.is_space]
    begins = bool(rest) and (rest[0].is_title or rest[0].is_quote)
    return begins and doc[quote.end - 2].text == "."


def _introduced(
    doc: Doc, quoted: Sequence[Quote], quote: Quote, before: Span, after: Span
) -> Spoken | None:
    partial = _is_partial(doc, quote, before)
    cue_after, cue_before = _first_cue(after), _last_cue(before, partial)
    comma = doc[quote.end - 2].text in {",", "?", "!", "—", "–"} or (
        len(after) > 0 and after[0].text == ","
    )
    order = (cue_after, cue_before) if comma and not partial else (cue_before, cue_after)
    for cue in order:
        if cue is None:
            continue
        source = outside(source_of(cue), quoted) or _neighbour(cue, quote)
        if source is not None:
            return Spoken(
                source=source, cue=doc[cue.i : cue.i + 1], quotes=(quote,), partial=partial
            )
    return _labelled(doc, quote, before, after)


def _is_partial(doc: Doc, quote: Quote, before: Span) -> bool:
    """Words quoted within a clause of the reporter's: no comma or colon leads in, small letter."""
    first = doc[quote.start + 1] if quote.start + 1 < quote.end else doc[quote.start]
    led = [t for t in before if not t.is_space]
    return bool(led) and led[-1].text not in {",", ":"} and not (first.is_title and len(led) > 30)


def _first_cue(after: Span) -> Token | None:
    for token in after:
        if token.pos_ in {"VERB", "AUX"} and token.lemma_ in reporting()["speech"]:
            return token
        if token.pos_ in {"VERB"} and token.dep_ not in {"amod", "acl", "relcl"}:
            return token if _takes_quote(token) else None
    return None


def _last_cue(before: Span, partial: bool) -> Token | None:
    for token in reversed(list(before)):
        if token.pos_ not in {"VERB", "AUX"}:
            continue
        if token.lemma_ in reporting()["speech"] or _takes_quote(token):
            return token
        if partial and token.lemma_ in reporting()["attitude"]:
            return token
    return None


def _takes_quote(verb: Token) -> bool:
    return verb.lemma_ in reporting()["remark"]


def outside(source: Span | None, quoted: Sequence[Quote]) -> Span | None:
    """``source`` unless it stands within a quote, where no speaker of that quote can be."""
    if source is None or source.root.lower_ in _NOBODY:
        return None
    within = any(quote.start < source.root.i < quote.end for quote in quoted)
    return None if within else source


def _neighbour(cue: Token, quote: Quote) -> Span | None:
    """The noun phrase next to a verb whose subject the parser missed: before it, then after."""
    floor = quote.end if cue.i >= quote.end else max(cue.sent.start, cue.i - 8)
    for token in (*cue.doc[floor : cue.i], *cue.doc[cue.i + 1 : cue.i + 5]):
        if "\n" in token.text or quote.start <= token.i < quote.end:
            return None
        if token.pos_ in {"PROPN", "NOUN", "PRON"} and token.lower_ not in _NOBODY:
            head = token
            while head.dep_ in {"compound", "poss", "nmod"} and head.head.i > head.i:
                head = head.head
            return phrase(head if not quote.start <= head.i < quote.end else token)
    return None


def _labelled(doc: Doc, quote: Quote, before: Span, after: Span) -> Spoken | None:
    """ "… " — Name, and "according to Name"."""
    last = doc[quote.end - 1]
    glued = [last] if last.text[-1] in _DASHES else []
    words = [*glued, *(t for t in after if not t.is_space)]
    if len(words) > 1 and words[0].text[-1] in _DASHES | {"--"} and words[1].pos_ == "PROPN":
        cue = words[0]
        source: Span | None = doc[words[1].i : words[-1].i + 1]
        return Spoken(source=source, cue=doc[cue.i : cue.i + 1], quotes=(quote,))
    for token in (*after, *before):
        if token.lower_ == "according":
            end = next((t for t in token.subtree if t.dep_ == "pobj"), None)
            if end is not None:
                return Spoken(source=phrase(end), cue=doc[token.i : token.i + 1], quotes=(quote,))
    return None


def _continued(doc: Doc, quote: Quote, last: Spoken | None) -> Spoken | None:
    if last is None:
        return None
    previous = last.quotes[-1]
    same = previous.paragraph == quote.paragraph
    open_before = previous.goes_on and previous.paragraph + 1 == quote.paragraph
    if not same and not open_before:
        return None
    return replace(last, quotes=(quote,), partial=False)


def labelled(doc: Doc) -> Iterator[Spoken]:
    """Paragraphs that begin with their speaker ("WALLACE: …"), headlines that begin or end so.

    Args:
        doc: the parsed report.

    Yields:
        The rest of each such paragraph or headline as that speaker's words.
    """
    for number, (start, end) in enumerate(paragraphs(doc)):
        colon = next((t for t in doc[start : min(start + 6, end)] if t.text == ":"), None)
        if colon is None or colon.i == start or colon.i + 2 >= end:
            continue
        label = doc[start : colon.i]
        if all(t.is_upper or t.is_title or t.is_punct for t in label) and _speaks(label):
            said = Quote(start=colon.i + 1, end=end, paragraph=number)
            yield Spoken(source=label, cue=doc[colon.i : colon.i + 1], quotes=(said,))
    for sentence in doc.sents:
        last = label_after(sentence[0])
        if last is not None and last.start - 1 > sentence.start:
            said = Quote(start=sentence.start, end=last.start - 1, paragraph=-1)
            yield Spoken(source=last, cue=doc[last.start - 1 : last.start], quotes=(said,))


def _speaks(label: Span) -> bool:
    nouns = {t.lemma_.lower() for t in label}
    known = bool(nouns & (reporting()["noun"] | reporting()["anonymous"]))
    person = any(t.ent_type_ in {"PERSON", "ORG", "NORP"} for t in label)
    shouted = len(label) <= 3 and all(t.is_upper or not t.is_alpha for t in label)
    return known or person or shouted


def label_after(token: Token) -> Span | None:
    """Who says so in a headline that ends with him: "Iran struck base: officials"."""
    sentence, doc = token.sent, token.doc
    words = [t for t in sentence if not t.is_space]
    colon = next((t for t in reversed(words) if t.text == ":"), None)
    if colon is None or token.i > colon.i or words[-1].text in _STOPS:
        return None
    label = [t for t in words if t.i > colon.i]
    if not 1 <= len(label) <= _LABEL or any(t.is_quote for t in label):
        return None
    span = doc[label[0].i : label[-1].i + 1]
    return span if _speaks(span) or all(t.pos_ == "PROPN" for t in span) else None

"""The coder: a Report in, its CodedEvents out, each with the words it was read from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

import detente
from detente.coding.attribution import Speaker, attributions, speaker_of
from detente.coding.attribution_sources import source_of, standing_for
from detente.coding.auxiliary import sense_of
from detente.coding.contexts import contexts_of, report_contexts
from detente.coding.deciding import decided
from detente.coding.entities import heads_in
from detente.coding.events import Mention, mentions
from detente.coding.headlines import lowered
from detente.coding.language import language, screen_of
from detente.coding.named import agreements_in, names_in, remember
from detente.coding.participants import Participants, Party
from detente.coding.pieces import moved, pieces_of
from detente.coding.processes import batches_of, side_by_side, without_threads
from detente.coding.screening import blanked, relates
from detente.coding.settings import Settings, told_on
from detente.coding.trust import trust
from detente.coding.undecided import Open, with_undecided
from detente.gazetteer.names import find_names
from detente.ontology.plover import quad_class
from detente.records import (
    Auxiliary,
    CodedEvent,
    CoderMark,
    Passage,
    Report,
    Status,
    passage_of,
)

Made = TypeVar("Made")
#: Texts that are parsed at a time.
_PARSED = 8
#: Coded before any other: what is loaded then, processes that are forked share.
_FIRST = (
    "MOSCOW (Reuters) - Russia said on Monday that it would leave the INF Treaty. Its foreign "
    "minister met his American counterpart in Geneva on 4 May 2018, and he accused NATO of lies."
)
_WRITER = frozenset({"we", "i", "our", "my", "us"})
_DUTIES = frozenset({"must", "should"})
#: An assessment muses on what may come: no event, whoever it is said of.
_IDEA = "hypothetical"
_OF_STATUS: dict[str, tuple[Auxiliary, ...]] = {
    "planned": ("future",),
    "threatened": ("future", "hypothetical"),
    "hypothetical": ("hypothetical",),
    "negated": ("negation",),
    "denied": ("negation",),
}
#: "MOSCOW (Reuters) - ", "ADDIS ABABA, May 15 (Xinhua) -- ": where a report was filed.
_DATELINE = re.compile(
    r"^(?:"
    r"[A-Z][\w .']{2,30}, [A-Z][a-z]{2,8}\.? \d{1,2},? (?:\([A-Za-z ]+\)|[A-Z]{2,8})\s?(?:--|[-–—])"
    r"|[A-Z][A-Z.' ]{3,30}(?:, [A-Z][\w.]*\.?(?: [\w.]+){0,2}(?:, \d{4})?)?"
    r"(?: \([A-Za-z ]+\))?\s?(?:--|[-–—:])"
    r")\s",
    re.M,
)
_NOT_A_LINE_END = re.compile(r"[^\n]")


class Coder:
    """Codes reports by the lexicon and the parse.

    Args:
        model: an installed spaCy model; see :func:`detente.coding.language.language`.
    """

    def __init__(self, model: str | None = None) -> None:
        without_threads()
        self._nlp: Language = language(model)
        self._screen = screen_of(self._nlp)

    def code(self, report: Report) -> tuple[CodedEvent, ...]:
        """The event mentions of one report, in the order of its text."""
        return next(iter(self.code_many([report])))[1]

    def code_many(
        self, reports: Iterable[Report], processes: int = 1
    ) -> Iterator[tuple[Report, tuple[CodedEvent, ...]]]:
        """Codes many reports, in batches.

        Args:
            reports: read a few batches ahead at most.
            processes: how many processes parse and code; they share this one's model.

        Yields:
            Each report with its events, in the order given.

        Raises:
            InputError: if a report ends the process that codes it, each time.
        """
        return self.code_then(_events, reports, processes)

    def code_then(
        self,
        make: Callable[[Report, tuple[CodedEvent, ...]], Made],
        reports: Iterable[Report],
        processes: int = 1,
    ) -> Iterator[tuple[Report, Made]]:
        """Codes many reports and takes the next step with each, in the process that coded it.

        Args:
            make: the next step.
            reports: as for :meth:`code_many`, also what is raised.
            processes: how many code and take the next step.

        Yields:
            Each report with what was made of it, in the order given.
        """

        def work(batch: Sequence[Report]) -> list[Made]:
            return [make(*of) for of in zip(batch, self.code_batch(batch), strict=True)]

        batches = batches_of(reports)
        if processes > 1:
            self.warm(make)
            done = side_by_side(work, batches, processes)
        else:
            done = ((batch, work(batch)) for batch in batches)
        for batch, made in done:
            yield from zip(batch, made, strict=True)

    def warm(self, make: Callable[[Report, tuple[CodedEvent, ...]], object]) -> None:
        """Loads all that coding, and the next step, load when they are first asked."""
        first = Report(id="first", text=_FIRST)
        make(first, self.code(first))

    def code_batch(self, batch: Sequence[Report]) -> list[tuple[CodedEvent, ...]]:
        """The events of a few reports, in the order given."""
        pieces = [(n, *piece) for n, report in enumerate(batch) for piece in pieces_of(report)]
        docs = [self._document(_coded_text(piece)) for _, _, piece in pieces]
        parsed = self._nlp.pipe(docs, batch_size=_PARSED)
        coded: list[list[CodedEvent]] = [[] for _ in batch]
        for (n, offset, piece), doc in zip(pieces, parsed, strict=True):
            coded[n] += (moved(event, offset) for event in decided(list(_coded(piece, doc))))
        return [tuple(events) for events in coded]

    def _document(self, text: str) -> Doc:
        """The text's tokens, without paragraphs that can hold no event; its known names."""
        names = find_names(text)
        if self._screen is not None:
            text = blanked(text, self._screen.kept(text, names))
        doc = self._nlp.make_doc(text)
        remember(doc, names)
        return doc


def _events(_: Report, events: tuple[CodedEvent, ...]) -> tuple[CodedEvent, ...]:
    return events


def _coded_text(report: Report) -> str:
    """The text, datelines and furniture blanked, titles written as sentences; offsets stay.

    The line ends of furniture stay too: a byline between headline and lead still parts them.
    """
    text = _DATELINE.sub(lambda m: " " * len(m[0]), report.text)
    for section in report.sections:
        if section.kind == "furniture":
            gap = _NOT_A_LINE_END.sub(" ", text[section.start : section.end])
            text = text[: section.start] + gap + text[section.end :]
    return lowered(text)


def _coded(report: Report, doc: Doc) -> Iterator[tuple[Mention, CodedEvent]]:
    heads = heads_in(doc)
    if not heads and not relates(names_in(doc)):
        return
    said = attributions(doc, heads)
    participants = Participants(doc, said)
    known = mentions(doc, participants)
    found = with_undecided(doc, participants, known)
    if not found:
        return
    if len(found) > len(known):
        said = attributions(doc, (mention.head for mention in found))
    settings, laws = Settings(doc), agreements_in(doc)
    of_report = report_contexts(doc)
    for one in found:
        speaker = speaker_of(one.head, said)
        mention = replace(one, status=_status(one, speaker))
        section = _section(report, mention.head)
        if section == "assessment" and (_is_own(speaker.source) or mention.status == _IDEA):
            continue  # the writer's own judgement
        source = speaker.source if speaker.source is not None else _own_source(mention)
        who = _speaker(report, doc, source, participants)
        event = _event(report, doc, mention, settings, background=section == "background")
        via = tuple(p for s in speaker.outer if (p := _of_span(report, s)) is not None)
        law = _of_span(report, _nearest(mention.head, laws))
        told = replace(
            event,
            contexts=contexts_of(mention.head.sent, of_report),
            speaker=who,
            via=via,
            vouched=speaker.vouched,
            agreement=law,
        )
        yield mention, told


def _own_source(mention: Mention) -> Span | None:
    """ "They must pay," he said: what is demanded in a speaker's words is his to answer for."""
    told = mention.entry.recipient == "content" and mention.event_type == "REQUEST"
    needs = {word for need in mention.entry.requirements for word in need.words}
    return source_of(mention.head) if told and needs & _DUTIES else None


def _is_own(source: Span | None) -> bool:
    """Whether nobody but the writer speaks: no source, or "we judge", "our assessment is"."""
    if source is None:
        return True
    return any(t.lower_ in _WRITER for t in (source.root, *source.root.children))


def _status(mention: Mention, speaker: Speaker) -> Status:
    """Within a quote whose reporting word stands in another sentence, nothing is simply done."""
    if _is_own_word(mention):
        return "done"
    if mention.status != "done" or not speaker.quoted or mention.entry.actor == "teller":
        return mention.status  # who judges in his own words has judged
    quoted = sense_of(mention.head, published=None, attributed=True)
    return "alleged" if quoted.status == "alleged" else mention.status


def _is_own_word(mention: Mention) -> bool:
    """ "We support the plan," he said: to say so is to do so, where the lexicon knows the word."""
    head = mention.head
    subjects = {c.lower_ for c in head.children if c.dep_ == "nsubj"}
    told = mention.status in ("alleged", "done") and head.tag_ == "VBP" and subjects & {"we", "i"}
    if not told or isinstance(mention, Open):
        return False
    return quad_class(mention.event_type).startswith("verbal")


def _nearest(head: Token, laws: list[Span]) -> Span | None:
    """The agreement named within what the predicate governs, the first after it."""
    first, last = head.left_edge.i, head.right_edge.i
    within = [law for law in laws if first <= law.start <= last]
    return min(within, key=lambda law: abs(law.start - head.i), default=None)


def _section(report: Report, token: Token) -> str:
    return next((s.kind for s in report.sections if s.start <= token.idx < s.end), "body")


def _event(
    report: Report,
    doc: Doc,
    mention: Mention,
    settings: Settings,
    *,
    background: bool,
) -> CodedEvent:
    parties = (*mention.actors, *mention.recipients)
    taken = {i for p in parties for i in range(p.start, p.end)}
    time, place = settings.time(mention.head), settings.place(mention.head, taken)
    sentence = mention.head.sent
    return CodedEvent(
        event_type=mention.event_type,
        act=mention.act,
        mode=mention.mode,
        cameo=mention.entry.cameo,
        auxiliary=_auxiliary(report, mention, time, background=background),
        status=mention.status,
        actor=tuple(_of_party(report, doc, p) for p in mention.actors),
        recipient=tuple(_of_party(report, doc, p) for p in mention.recipients),
        trigger=_of_tokens(report, doc, mention.first, mention.last + 1),
        sentence=_of_tokens(report, doc, sentence.start, sentence.end),
        time=_of_span(report, time),
        place=_of_span(report, place),
        coder=CoderMark(
            kind="rule",
            name=f"{mention.entry.id} / {mention.pattern}",
            version=detente.__version__,
        ),
        confidence=trust(mention),
    )


def _auxiliary(
    report: Report, mention: Mention, time: Span | None, *, background: bool
) -> tuple[Auxiliary, ...]:
    """The manual's auxiliary modes: those of the status, and "historical" by the told date."""
    told = told_on(time) if time is not None else None
    sense = sense_of(
        mention.head,
        published=report.published.date() if report.published else None,
        told_on=told,
        background=background and told is None,
    )
    past: tuple[Auxiliary, ...] = ("historical",) if "historical" in sense.auxiliary else ()
    return (*past, *_OF_STATUS.get(mention.status, ()))


def _speaker(
    report: Report, doc: Doc, source: Span | None, participants: Participants
) -> Passage | None:
    """Who speaks; for a pronoun the words it stands for, where they are found."""
    if source is None or source.root.pos_ != "PRON":
        return _of_span(report, source)
    party = participants.antecedent(source.root)
    told = standing_for(source.root)
    if told is not None and (party is None or party.start < source.root.sent.start):
        return _of_span(report, told)
    return _of_span(report, source) if party is None else _of_party(report, doc, party)


def _of_span(report: Report, span: Span | None) -> Passage | None:
    return None if span is None else passage_of(report, span.start_char, span.end_char)


def _of_party(report: Report, doc: Doc, party: Party) -> Passage:
    return _of_tokens(report, doc, party.start, party.end)


def _of_tokens(report: Report, doc: Doc, start: int, end: int) -> Passage:
    """The passage of a token span, without white space at its ends."""
    while end - 1 > start and doc[end - 1].is_space:
        end -= 1
    while start < end - 1 and doc[start].is_space:
        start += 1
    return passage_of(report, doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))

"""A brief as one HTML file: each citation opens at its passage, marked in the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from detente.publish.numbering import Citation, as_of, credit, grade_in_words, numbered, paragraphs
from detente.records import Brief, CitedSentence, Event, Passage, Report

#: Acts of one status told beside a sentence, and the words of each, at the most.
MOST_ACTS, MOST_WORDS = 2, 5
#: Statuses a reader must not take for fact; shown beside the sentence.
_SHOWN = ("planned", "threatened", "alleged", "denied", "negated", "hypothetical")


def brief_as_html(brief: Brief, events: Mapping[str, Event] | None = None) -> str:
    """The brief, its sources in full with the cited passages marked, in one file without scripts.

    Args:
        brief: to put.
        events: by id; the status of those told is then shown beside each sentence.
    """
    citations = numbered(brief)
    known = events or {}

    def told(sentence: CitedSentence) -> Markup:
        judged = sentence in brief.assessment
        return _told(sentence, citations, {} if judged else known)

    def marked(report: Report) -> Markup:
        return marked_text(report, [c for c in citations.values() if c.passage.report == report.id])

    return _template().render(
        brief=brief,
        style=Markup(_style()),  # noqa: S704 - our own file
        image=brief.image if brief.image.startswith(("https://", "http://")) else "",
        parts=_parts(brief),
        told=told,
        marked=marked,
        paragraphs=paragraphs,
        credit=credit,
        graded=grade_in_words,
        as_of=as_of(brief),
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("detente.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("brief.html.j2")


@cache
def _style() -> str:
    return (files("detente.publish") / "templates" / "brief.css").read_text(encoding="utf-8")


def _parts(brief: Brief) -> tuple[tuple[str, Sequence[CitedSentence]], ...]:
    return (
        ("Background", brief.background),
        ("Analysis", brief.analysis),
        ("Assessment", brief.assessment),
    )


def _told(
    sentence: CitedSentence, citations: Mapping[Passage, Citation], known: Mapping[str, Event]
) -> Markup:
    links = Markup("").join(
        Markup(
            '<a class="cite" id="from-{n}" href="#passage-{n}" aria-label="Passage {n}">[{n}]</a>'
        ).format(n=citations[passage].number)
        for passage in sentence.evidence
    )
    cites = Markup('<span class="cites">{}</span>').format(links)
    tags = (Markup(' <span class="status">{}</span>').format(tag) for tag in _tags(sentence, known))
    return escape(sentence.text) + cites + Markup("").join(tags)


def _tags(sentence: CitedSentence, known: Mapping[str, Event]) -> Iterator[Markup]:
    """What a reader must not take for fact: all of the sentence, or which of its acts.

    ``alleged`` where nothing in it is done; ``planned: “to leave”`` where that is one act of many.
    """
    told = [known[e].coded for e in sentence.events if e in known]
    statuses = {coded.status for coded in told}
    for status in (s for s in _SHOWN if s in statuses):
        if len(statuses) == 1:
            yield escape(status)
            continue
        acts = dict.fromkeys(_shortened(c.trigger.text) for c in told if c.status == status)
        quoted = ", ".join(f"“{act}”" for act in list(acts)[:MOST_ACTS])
        yield Markup("{}: {}").format(status, quoted)


def _shortened(act: str) -> str:
    words = act.split()
    return " ".join(words[:MOST_WORDS]) + ("…" if len(words) > MOST_WORDS else "")


def marked_text(report: Report, citations: Sequence[Citation]) -> Markup:
    """A report's whole text with each cited passage marked; overlapping passages share marks.

    Args:
        report: whose text.
        citations: numbered passages of this report.
    """
    bounds = sorted({0, len(report.text)} | {b for c in citations for b in _span(c)})
    opened: set[int] = set()
    pieces: list[Markup] = []
    for start, end in pairwise(bounds):
        over = [c for c in citations if c.passage.start <= start and end <= c.passage.end]
        piece = escape(report.text[start:end])
        pieces.append(_marked(piece, over, opened) if over else piece)
    return Markup("").join(pieces)


def _span(citation: Citation) -> tuple[int, int]:
    return citation.passage.start, citation.passage.end


def _marked(piece: Markup, over: Sequence[Citation], opened: set[int]) -> Markup:
    """A stretch of text under these citations; where one begins stand its anchor and way back."""
    begins = [c.number for c in over if c.number not in opened]
    opened.update(begins)
    anchors = Markup("").join(
        Markup(
            '<a class="back" href="#from-{n}" aria-label="Back to citation {n}">[{n}] </a>'
        ).format(n=number)
        for number in begins
    )
    if not begins:
        return Markup("<mark>{}</mark>").format(piece)
    extra = Markup("").join(Markup('<span id="passage-{}"></span>').format(n) for n in begins[1:])
    return Markup('{}{}<mark id="passage-{}" tabindex="-1">{}</mark>').format(
        extra, anchors, begins[0], piece
    )

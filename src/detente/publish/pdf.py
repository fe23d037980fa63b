"""A brief as PDF, set by Typst."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import typst

from detente.publish.numbering import Citation, as_of, credit, numbered, paragraphs, sourced
from detente.records import Brief, CitedSentence, Passage

_HEAD = """#set page(paper: "a4", margin: (x: 2.6cm, y: 2.4cm), numbering: "1")
#set text(font: "Libertinus Serif", size: 10.5pt, lang: "en")
#set par(justify: true, leading: 0.7em)
#show heading.where(level: 1): set text(size: 18pt)
#show link: set text(fill: rgb("#0a5299"))
"""


def brief_as_pdf(brief: Brief) -> bytes:
    """The brief with its passages quoted as numbered notes at the end, each linked both ways."""
    return bytes(typst.compile(brief_as_typst(brief).encode("utf-8")))


def brief_as_typst(brief: Brief) -> str:
    """The Typst source of the PDF; everything that comes from reports is a string literal."""
    citations = numbered(brief)
    lines = [_HEAD, f"#set document(title: {_literal(brief.title)})", f"= #{_literal(brief.title)}"]
    if brief.standfirst:
        lines += [f"#text(size: 12pt)[{_told(brief.standfirst, citations)}]", ""]
    lines += [f"#text(fill: gray)[#{_literal(as_of(brief))}]", ""]
    parts = (
        ("Background", brief.background),
        ("Analysis", brief.analysis),
        ("Assessment", brief.assessment),
    )
    for heading, sentences in parts:
        lines += _part(heading, sentences, citations)
    lines += [f"#emph({_literal(note)})\n" for note in brief.notes]
    lines += ["== Sources", *(f"+ #{_literal(sourced(report, brief))}" for report in brief.sources)]
    lines += ["== Passages", *_notes(citations)]
    return "\n".join(lines)


def _literal(text: str) -> str:
    """A Typst string literal: nothing in it can be markup."""
    plain = re.sub(r"[\x00-\x1f]+", " ", text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _told(sentence: CitedSentence, citations: Mapping[Passage, Citation]) -> str:
    marks = "".join(
        f"#super(link(<passage-{citations[p].number}>)[{citations[p].number}])#h(1pt)"
        for p in sentence.evidence
    )
    return f"#{_literal(sentence.text)}{marks} "


def _part(
    heading: str, sentences: Sequence[CitedSentence], citations: Mapping[Passage, Citation]
) -> Iterator[str]:
    if not sentences and heading != "Assessment":
        return
    yield f"== {heading}"
    for paragraph in paragraphs(sentences):
        yield "".join(_told(sentence, citations) for sentence in paragraph)
        yield ""


def _notes(citations: Mapping[Passage, Citation]) -> Iterator[str]:
    for citation in citations.values():
        words = f"{citation.number}. “{citation.passage.text.strip()}” {credit(citation.report)}"
        yield f"#text(size: 8.5pt, {_literal(words)}) <passage-{citation.number}>\n"

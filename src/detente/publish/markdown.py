"""A brief as Markdown, with footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from detente.publish.numbering import Citation, as_of, credit, numbered, paragraphs, sourced
from detente.records import Brief, CitedSentence, Passage

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def brief_as_markdown(brief: Brief) -> str:
    """The whole brief; each sentence ends in footnote marks, each footnote quotes its passage."""
    citations = numbered(brief)
    lines = [f"# {_plain(brief.title)}", ""]
    if brief.standfirst:
        lines += [f"**{_plain(brief.standfirst.text)}**{_marks(brief.standfirst, citations)}", ""]
    lines += [as_of(brief), ""]
    parts = (
        ("Background", brief.background),
        ("Analysis", brief.analysis),
        ("Assessment", brief.assessment),
    )
    for heading, sentences in parts:
        lines += _part(heading, sentences, citations, brief.notes)
    lines += ["## Sources", ""]
    lines += [f"{n}. {_plain(sourced(report, brief))}" for n, report in enumerate(brief.sources, 1)]
    lines += ["", *_footnotes(citations)]
    return "\n".join(lines).rstrip() + "\n"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _marks(sentence: CitedSentence, citations: Mapping[Passage, Citation]) -> str:
    return "".join(f"[^{citations[p].number}]" for p in sentence.evidence)


def _part(
    heading: str,
    sentences: Sequence[CitedSentence],
    citations: Mapping[Passage, Citation],
    notes: Sequence[str],
) -> Iterator[str]:
    own_notes = notes if heading == "Assessment" else ()
    if not sentences and not own_notes:
        return
    yield from (f"## {heading}", "")
    for paragraph in paragraphs(sentences):
        yield " ".join(f"{_plain(s.text)}{_marks(s, citations)}" for s in paragraph)
        yield ""
    for note in own_notes:
        yield from (f"*{_plain(note)}*", "")


def _footnotes(citations: Mapping[Passage, Citation]) -> Iterator[str]:
    for citation in citations.values():
        words = re.sub(r"\s+", " ", citation.passage.text).strip()
        span = f"characters {citation.passage.start}–{citation.passage.end}"
        yield f"[^{citation.number}]: “{_plain(words)}” {_plain(credit(citation.report))}, {span}"

"""A brief and tables of events for the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.publish.numbering import Citation, as_of, credit, numbered, paragraphs, sourced
from detente.records import Brief, CitedSentence, Event, Passage


def print_brief(brief: Brief, console: Console, *, footnotes: bool = True) -> None:
    """Prints a brief with numbered citations; the passages follow as footnotes.

    Args:
        brief: to print.
        console: where.
        footnotes: whether to quote the passages (without, only the sources are listed).
    """
    citations = numbered(brief)
    console.print(Text(brief.title, style="bold"))
    if brief.standfirst:
        console.print(_sentence(brief.standfirst, citations))
    console.print(Text(as_of(brief), style="dim"))
    parts = (
        ("Background", brief.background),
        ("Analysis", brief.analysis),
        ("Assessment", brief.assessment),
    )
    for heading, sentences in parts:
        if sentences or (heading == "Assessment" and brief.notes):
            console.print(Text(f"\n{heading}", style="bold"))
        _print_part(sentences, citations, console)
    for note in brief.notes:
        console.print(Text(f"\n{note}", style="italic"))
    console.print(Text("\nSources", style="bold"))
    for number, report in enumerate(brief.sources, 1):
        console.print(Text(f"  {number}. {sourced(report, brief)}"))
    if footnotes:
        console.print(Text("\nPassages", style="bold"))
        for citation in citations.values():
            console.print(_footnote(citation))


def _print_part(
    sentences: Sequence[CitedSentence], citations: Mapping[Passage, Citation], console: Console
) -> None:
    for number, paragraph in enumerate(paragraphs(sentences)):
        text = Text(" ").join(_sentence(s, citations) for s in paragraph)
        console.print(Padding(text, (1 if number else 0, 0, 0, 0)))


def _sentence(sentence: CitedSentence, citations: Mapping[Passage, Citation]) -> Text:
    numbers = ",".join(str(citations[p].number) for p in sentence.evidence)
    return Text.assemble(sentence.text, (f" [{numbers}]", "dim"))


def _footnote(citation: Citation) -> Text:
    words = re.sub(r"\s+", " ", citation.passage.text).strip()
    span = f"{citation.passage.start}–{citation.passage.end}"
    return Text.assemble(
        (f"  [{citation.number}] ", "dim"),
        f"“{words}” ",
        (f"{credit(citation.report)}, {span}", "dim"),
    )


def print_events(events: Iterable[Event], console: Console) -> None:
    """Prints coded events as a table: date, who, what, whom, status, speaker, place, words."""
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("date", "actor", "event", "recipient", "status", "speaker", "place", "words"):
        table.add_column(column, overflow="fold")
    for event in events:
        table.add_row(*(Text(cell) for cell in _cells(event)))
    console.print(table)


def _cells(event: Event) -> tuple[str, ...]:
    coded = event.coded
    kind = f"{coded.event_type}{'-' + coded.mode if coded.mode else ''}"
    if coded.act != coded.event_type:
        kind += f" ({coded.act})"
    return (
        event.when.edtf,
        ", ".join(dict.fromkeys(p.entity.country or p.passage.text for p in event.actor)),
        kind,
        ", ".join(dict.fromkeys(p.entity.country or p.passage.text for p in event.recipient)),
        coded.status,
        coded.speaker.text if coded.speaker else "",
        event.where.name if event.where else "",
        re.sub(r"\s+", " ", coded.trigger.text),
    )

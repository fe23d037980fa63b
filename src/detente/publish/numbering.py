"""Citations numbered in the order they are met, and the sentences that use them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.ontology.admiralty import NOT_JUDGED, OWN, grade_of, graded, in_words
from detente.ontology.calendar import day_in_words
from detente.records import Brief, CitedSentence, Passage, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A numbered passage and the report it stands in."""

    number: int
    passage: Passage
    report: Report


def all_sentences(brief: Brief) -> Iterator[CitedSentence]:
    """Every sentence in reading order."""
    if brief.standfirst:
        yield brief.standfirst
    yield from (*brief.background, *brief.analysis, *brief.assessment)


def numbered(brief: Brief) -> Mapping[Passage, Citation]:
    """Each cited passage with its number, from 1, in reading order."""
    reports = {report.id: report for report in brief.sources}
    passages = dict.fromkeys(p for s in all_sentences(brief) for p in s.evidence)
    return {
        passage: Citation(number=number, passage=passage, report=reports[passage.report])
        for number, passage in enumerate(passages, 1)
    }


def paragraphs(sentences: Sequence[CitedSentence]) -> Iterator[tuple[CitedSentence, ...]]:
    """Sentences of one paragraph together, in order."""
    current: list[CitedSentence] = []
    for sentence in sentences:
        if current and sentence.paragraph != current[-1].paragraph:
            yield tuple(current)
            current = []
        current.append(sentence)
    if current:
        yield tuple(current)


def as_of(brief: Brief) -> str:
    """The day a brief speaks from and how many sources it cites, our own reckoning left aside."""
    cited = sum(report.outlet != OWN for report in brief.sources)
    return f"As of {day_in_words(brief.as_of)} · {cited} source{'' if cited == 1 else 's'}"


def credit(report: Report) -> str:
    """A source in one line: outlet, title, day, address or file."""
    day = ""
    if report.published:
        day = day_in_words(report.published)
        day += " (inferred)" if report.published_basis == "inferred" else ""
    parts = (report.outlet, report.title and f"“{report.title}”", day, report.url or report.path)
    return ", ".join(part for part in parts if part)


def sourced(report: Report, brief: Brief) -> str:
    """A source in one line with its grade on the Admiralty scale, or that it is not judged."""
    told = grade_in_words(report, brief)
    return f"{credit(report)}; {told}" if told else credit(report)


def grade_in_words(report: Report, brief: Brief) -> str:
    """``Admiralty grade B2 (usually reliable, probably true)``; nothing for our own reckoning."""
    grade = grade_of(report, brief.grades)
    if grade:
        return f"Admiralty grade {grade.code} ({in_words(grade)})"
    return f"Admiralty grade: {NOT_JUDGED}" if graded(report, brief.grades) else ""

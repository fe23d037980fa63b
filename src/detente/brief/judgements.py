"""The Assessment: what the reports' authors judge, kept as theirs, and what can be computed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from detente.brief.wording import tidied
from detente.ontology.calendar import day_in_words
from detente.records import CitedSentence, Passage, Report

_SENTENCE = re.compile(r"\S[^\n]*?(?:[.!?][”\"’')]*(?=\s|$)|(?=\n|$))")


def authors_judgements(
    reports: Iterable[Report], *, since: datetime, most: int
) -> tuple[CitedSentence, ...]:
    """The sentences of the reports' Assessment sections, each given to its author.

    Args:
        reports: the latest published are heard first.
        since: older judgements have been overtaken and are left out.
        most: how many sentences at the most.
    """
    recent = [r for r in latest_first(reports) if not r.published or r.published >= since]
    return tuple([s for report in recent for s in _judgements_of(report)][:most])


def latest_first(reports: Iterable[Report]) -> list[Report]:
    """Reports by date of publication, the newest first, the undated last."""
    undated = float("-inf")
    return sorted(reports, key=lambda r: -(r.published.timestamp() if r.published else undated))


def _judgements_of(report: Report) -> Iterator[CitedSentence]:
    for number, passage in enumerate(assessment_sentences(report)):
        words = tidied(passage.text).rstrip(".").replace("“", "‘").replace("”", "’")
        teller = report.outlet or "The report"
        day = f" of {day_in_words(report.published.date())}" if report.published else ""
        lead = f"{teller}{day} judges" if number == 0 else "It adds"
        yield CitedSentence(
            text=f"{lead}: “{words}.”", evidence=(passage,), paragraph=f"author {report.id}"
        )


def assessment_sentences(report: Report) -> Iterator[Passage]:
    """The sentences of a report's Assessment sections, without their headings."""
    for section in report.sections:
        if section.kind != "assessment":
            continue
        for match in _SENTENCE.finditer(report.text, section.start, section.end):
            text = match.group().strip()
            if text == section.heading or not text.endswith((".", "!", "?", "”", '"')):
                continue
            yield Passage(
                report=report.id, start=match.start(), end=match.start() + len(text), text=text
            )

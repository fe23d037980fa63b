"""Statements: the sentences of the reports, each with the events it tells."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from detente.ontology.plover import score
from detente.records import Event, Incident, Passage, Report, SectionKind

_ASIDE = re.compile(
    r"\b(?:after|since|following|over|because of|because|amid|that (?:had|has|have|was|were))\b"
    r"[^,;]{0,80}$",
    re.I,
)
#: A relative clause that nothing has closed yet.
_RELATIVE = re.compile(r"\b(?:who|whom|whose|which)\b[^,;]{0,60}$")
#: A sentence before is looked for within so many characters.
FAR = 400
_STOP = re.compile(r"[.!?][”\"’')]*$")
#: Where one sentence ends and the next begins; not after ``Mr.``, ``Gen.`` or an initial.
_BETWEEN = re.compile(
    r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\bMrs)(?<!\bGen)(?<!\bSen)(?<!\bNov)[.!?][”\"’')]*\s+"
    r"(?=[A-Z“\"])|\n\s*\n"
)
#: What a statement tells: an incident in one of its stages.
Told = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence of a report and the events coded from it, in text order."""

    sentence: Passage
    report: Report
    section: SectionKind
    events: tuple[Event, ...]

    @property
    def day(self) -> date:
        """The day that places it in a chronology: the first that its chief act can have been on.

        The chief act is the first that the sentence tells rather than mentions.
        """
        reported = self.report.published.date() if self.report.published else date.max
        dated = [
            e
            for e in self.events
            if e.when.earliest and e.when.basis != "publication" and e.coded.status != "denied"
        ]
        chief = next((e for e in dated if not self.mentions(e)), None)
        return (chief.when.earliest if chief else None) or reported

    def mentions(self, event: Event) -> bool:
        """Whether the sentence only mentions an event: as a noun, after *since*, *over*, *who* …"""
        return event.coded.coder.name.startswith("noun") or in_passing(event)

    @property
    def is_headline(self) -> bool:
        """Whether it is its report's title rather than a sentence."""
        return _plain(self.sentence.text) == _plain(self.report.title)

    @property
    def latest_day(self) -> date:
        """The first possible day of the latest thing it tells.

        An event dated by nothing but the day of the report says when only if nothing else that the
        sentence tells does; what it merely mentions does not count beside what it tells.
        """
        reported = self.report.published.date() if self.report.published else date.min
        told = [e for e in self.events if not self.mentions(e)] or self.events
        dated = [e for e in told if e.when.basis != "publication"]
        # What is denied lies any time before: it is the denial that is news.
        claimed = {"alleged", "denied"}
        long_ago = [reported if e.coded.status in claimed else date.min for e in dated]
        days = (e.when.earliest or ago for e, ago in zip(dated, long_ago, strict=True))
        return max(days, default=reported)


def in_passing(event: Event) -> bool:
    """Whether its sentence tells an event after *since*, *over*, *who* …, not for its own sake."""
    sentence, trigger = event.coded.sentence, event.coded.trigger
    before = sentence.text[: max(trigger.start - sentence.start, 0)]
    return bool(_ASIDE.search(before) or _RELATIVE.search(before))


def statements_of(
    reports: Iterable[Report], events: Iterable[Event], *, least_confidence: float = 0.3
) -> tuple[Statement, ...]:
    """Every sentence that tells an event, in the order of reports and text.

    A headline is left out where its report tells anything in sentences: they say the same in full.

    Args:
        reports: where the events stand.
        events: coded and resolved; those under ``least_confidence`` (0–1) are left out.
    """
    of_report = {report.id: report for report in reports}
    gathered: dict[tuple[str, int, int], list[Event]] = {}
    for event in events:
        sentence = event.coded.sentence
        if event.coded.confidence >= least_confidence and sentence.report in of_report:
            gathered.setdefault((sentence.report, sentence.start, sentence.end), []).append(event)
    found = [_statement(of_report[key[0]], told) for key, told in gathered.items()]
    in_full = {s.report.id for s in found if not s.is_headline}
    found = [s for s in found if not (s.is_headline and s.report.id in in_full)]
    order = {report: number for number, report in enumerate(of_report)}
    return tuple(sorted(found, key=lambda s: (order[s.report.id], s.sentence.start)))


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _statement(report: Report, told: Sequence[Event]) -> Statement:
    sentence = told[0].coded.sentence
    return Statement(
        sentence=sentence,
        report=report,
        section=section_at(report, sentence.start),
        events=tuple(sorted(told, key=lambda e: e.coded.trigger.start)),
    )


def section_at(report: Report, start: int) -> SectionKind:
    """The kind of the section that holds the character ``start``."""
    for section in report.sections:
        if section.start <= start < section.end:
            return section.kind
    return "body"


def sentence_before(report: Report, start: int) -> Passage | None:
    """The sentence that ends right before the character ``start``, if one does."""
    first = max(start - FAR, 0)
    near = report.text[first:start].rstrip()
    if not _STOP.search(near):
        return None
    begins = [m.end() for m in _BETWEEN.finditer(near)]
    if not begins and first:
        return None
    begin, end = first + (begins[-1] if begins else 0), first + len(near)
    return Passage(report=report.id, start=begin, end=end, text=report.text[begin:end])


def told_by(event: Event, incidents: Mapping[str, Incident]) -> Told:
    """The incident and the stage of it that this mention tells.

    A plan that has since come about tells no more than its fulfilment does; what is alleged,
    denied or negated is a stage of its own.
    """
    incident = incidents.get(event.incident)
    status = event.coded.status
    if incident and incident.status == "done" and status in {"planned", "hypothetical"}:
        status = "done"
    return (event.incident or event.id, status)


def importance(event: Event, incidents: Mapping[str, Incident], about: Collection[str]) -> float:
    """How much an event matters to a brief about ``about`` (country codes), above 0.

    Grows with the outlets that tell it, the size of its PLOVER score, an agreement touched and
    the parties asked about; halves for what is only hypothetical.
    """
    incident = incidents.get(event.incident)
    outlets = len(incident.outlets) if incident else 1
    shared = len(event.countries & set(about)) if about else 2
    weight = 1 + 0.7 * math.log1p(max(outlets - 1, 0))
    weight += abs(score(event.coded.act, event.coded.mode)) / 20
    weight += 0.8 if event.agreement else 0.0
    weight += {0: -0.6, 1: 0.2}.get(shared, 0.8)
    if event.coded.status == "hypothetical":
        weight /= 2
    return max(weight, 0.1) * (0.5 + event.coded.confidence / 2)

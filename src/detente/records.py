"""Every value that passes between the stages, in the order it is made.

    Report ─code→ CodedEvent ─resolve→ Event ─group→ Incident ─rule→ Ruling
    Event ─analyse→ DyadSeries ─assess→ Question, Forecast, Backtest ─compose→ CitedSentence, Brief

All are frozen. Spans are characters of ``Report.text``, end exclusive. Moments are aware, in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from detente.fingerprint import fingerprint as fingerprint  # noqa: PLC0414 - re-exported

SectionKind = Literal["lead", "body", "background", "analysis", "assessment", "furniture"]
Status = Literal["done", "planned", "threatened", "alleged", "denied", "hypothetical", "negated"]
Auxiliary = Literal["historical", "future", "hypothetical", "negation"]
PublishedBasis = Literal["given", "page", "inferred", "unknown"]
WhenBasis = Literal["stated", "inferred", "publication"]
RulingKind = Literal["confirm", "reject", "amend", "merge", "split"]
QuadClass = Literal[
    "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"
]


# ── read ──────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A stretch of a report: what kind of text it is, under which heading, from where to where.

    ``furniture`` is what the page carries beside the report (picture names, share bars, comment
    forms); it is never coded. ``assessment`` holds the author's judgements, which are not events.
    """

    kind: SectionKind
    heading: str = ""
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One piece of news, as read.

    ``id`` is the hash of the content, so the same content has the same id wherever it was found.
    ``published_basis`` tells whether ``published`` was given by the user, stood on the page or was
    inferred from the text. For a plain-text file ``text`` is the file decoded as UTF-8, unchanged.
    """

    id: str
    path: str | None = None
    url: str | None = None
    outlet: str = ""
    title: str = ""
    standfirst: str = ""
    sections: tuple[Section, ...] = ()
    text: str
    language: str = "en"
    published: datetime | None = None
    published_basis: PublishedBasis = "unknown"
    retrieved: datetime | None = None
    image: str = ""
    license: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Exact characters of a report: ``report.text[start:end] == text``."""

    report: str
    start: int
    end: int
    text: str


def passage_of(report: Report, start: int, end: int) -> Passage:
    """The passage of ``report`` from ``start`` to ``end`` (characters, end exclusive).

    Raises:
        ValueError: if the span is empty or outside the text.
    """
    if not 0 <= start < end <= len(report.text):
        raise ValueError(f"no passage {start}–{end} in a text of {len(report.text)} characters")
    return Passage(report=report.id, start=start, end=end, text=report.text[start:end])


# ── code ──────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A PLOVER context label, and whether the sentence or the whole report gave it."""

    name: str
    level: Literal["sentence", "report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderMark:
    """What decided a coding: the rule or model by name, and its version."""

    kind: Literal["rule", "model", "imported", "analyst"]
    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedEvent:
    """One mention of an event, in the report's own words.

    ``event_type`` follows the PLOVER manual to the letter (a planned meeting is AGREE, a threatened
    withdrawal THREATEN); ``act`` keeps the type of what is planned or threatened (CONSULT,
    SANCTION) and equals ``event_type`` otherwise. ``speaker`` is who says so; ``via`` are the outer
    speakers of nested attribution. ``vouched`` is false where the outlet only passes on.
    """

    event_type: str
    act: str
    mode: str = ""
    cameo: str = ""
    contexts: tuple[Context, ...] = ()
    auxiliary: tuple[Auxiliary, ...] = ()
    status: Status
    actor: tuple[Passage, ...] = ()
    recipient: tuple[Passage, ...] = ()
    trigger: Passage
    sentence: Passage
    time: Passage | None = None
    place: Passage | None = None
    agreement: Passage | None = None
    speaker: Passage | None = None
    via: tuple[Passage, ...] = ()
    vouched: bool = True
    coder: CoderMark
    confidence: float

    @property
    def id(self) -> str:
        """Stable name of this mention: its report, trigger and parties, not who coded it."""
        parties = [f"{p.start}-{p.end}" for p in (*self.actor, *self.recipient)]
        span = f"{self.trigger.start}-{self.trigger.end}"
        return fingerprint(self.trigger.report, span, self.act, self.status, *parties)


# ── resolve ───────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A political actor: a state, organisation, person in office, or group.

    ``country`` is ISO 3166-1 alpha-3, ``IGO``, ``NGO`` or ``""``; the office is valid from and to.
    ``alternatives`` are the ids of others that the name fits as well; ``count`` is of a group.
    """

    id: str
    name: str
    country: str = ""
    sectors: tuple[str, ...] = ()
    office: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    wikidata: str = ""
    count: int | None = None
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An entity together with the words that name it here."""

    passage: Passage
    entity: Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date as EDTF, its first and last possible day, and what it rests on."""

    edtf: str
    earliest: date | None = None
    latest: date | None = None
    basis: WhenBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place with coordinates (WGS 84, degrees); ``resolution`` says how exactly it is known."""

    name: str
    country: str = ""
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    resolution: Literal["country", "region", "city", "site", "unresolved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A treaty, accord, sanctions law or resolution. ``notice_days`` is the period of notice."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    parties: tuple[str, ...] = ()
    signed: str = ""
    in_force: str = ""
    notice_days: int | None = None
    ended: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A coded mention with its parties, time and place resolved."""

    id: str
    incident: str = ""
    coded: CodedEvent
    actor: tuple[Participant, ...] = ()
    recipient: tuple[Participant, ...] = ()
    speaker: Participant | None = None
    when: When
    where: Place | None = None
    agreement: Agreement | None = None
    reported: datetime | None = None
    outlet: str = ""
    origin: str = "detente"

    @property
    def countries(self) -> frozenset[str]:
        """The country codes of its parties, of those that have one."""
        return frozenset(p.entity.country for p in (*self.actor, *self.recipient)) - {""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two mentions of one occurrence that cannot both be right, and in what they differ."""

    first: str
    second: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Mentions of one occurrence, grouped reversibly.

    ``events`` are event ids, earliest told first; ``because`` says of each joined mention why.
    ``outlets`` are the independent ones: copies of one wire story count once.
    """

    id: str
    events: tuple[str, ...]
    status: Status
    outlets: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A person's decision on an event or incident: kept with name, time (UTC) and reason."""

    id: str
    target: str
    kind: RulingKind
    changes: Mapping[str, str] = field(default_factory=dict)
    by: str
    at: datetime
    reason: str


# ── analyse ───────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True, kw_only=True)
class Dyad:
    """Who acts on whom: entity ids or country codes."""

    actor: str
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadSeries:
    """A dyad over time.

    ``starts`` has one day per step; ``counts`` one list per quad class of the same length;
    ``scale`` the mean PLOVER score (−10…+10) of each step, ``None`` where nothing happened.
    """

    dyad: Dyad
    step: Literal["day", "week", "month"]
    starts: tuple[date, ...]
    counts: Mapping[QuadClass, tuple[int, ...]]
    scale: tuple[float | None, ...]
    as_of: datetime | None = None


# ── assess ────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """At least one event of these types by this dyad from ``opens`` to ``closes`` (inclusive)?"""

    dyad: Dyad
    event_types: tuple[str, ...]
    opens: date
    closes: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """How a forecaster did on past questions of the same kind.

    ``brier`` is the mean squared error of the probabilities; ``skill`` maps each baseline's name to
    1 − brier/brier(baseline) with its 95 % interval; ``calibration`` holds (mean forecast, observed
    share, questions) per bin; ``calibration_error`` is their mean gap, weighted, with its interval.
    """

    forecaster: str
    questions: int
    brier: float
    log_score: float
    skill: Mapping[str, tuple[float, float, float]]
    calibration: tuple[tuple[float, float, int], ...]
    calibration_error: float
    calibration_interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A probability for a question, who issued it when, what moved it, and its track record."""

    question: Question
    probability: float
    issued: datetime
    forecaster: str
    because: tuple[tuple[str, float], ...] = ()
    backtest: Backtest


# ── compose ───────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSentence:
    """A sentence of a brief and the passages it rests on. Without evidence it cannot exist.

    ``events`` are the ids of the events it tells; sentences of one ``paragraph`` stand together.

    Raises:
        ValueError: if ``text`` or ``evidence`` is empty.
    """

    text: str
    evidence: tuple[Passage, ...]
    events: tuple[str, ...] = ()
    paragraph: str = ""
    forecast: Forecast | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a cited sentence needs words")
        if not self.evidence:
            raise ValueError(f"no evidence for: {self.text}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceGrade:
    """A source's grade on the Admiralty scale (ontology.admiralty), by whom, when and why."""

    outlet: str  # or one report, by its address or file
    reliability: str
    credibility: str
    by: str = ""
    at: datetime | None = None
    reason: str = ""

    @property
    def code(self) -> str:
        """Such as ``B2``."""
        return self.reliability + self.credibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a reader is handed: every sentence of every part carries its evidence.

    ``notes`` are said by the program about the record and need no citation. ``sources`` are the
    reports cited, in order of number; ``grades`` are of those outlets that a person has graded.
    """

    title: str
    standfirst: CitedSentence | None
    as_of: datetime
    background: tuple[CitedSentence, ...]
    analysis: tuple[CitedSentence, ...]
    assessment: tuple[CitedSentence, ...]
    sources: tuple[Report, ...]
    image: str = ""
    notes: tuple[str, ...] = ()
    grades: tuple[SourceGrade, ...] = ()

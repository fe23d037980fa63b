"""The briefs: their list, a brief's page, its PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.errors import UnknownName
from detente.publish.jsonform import brief_as_json
from detente.publish.numbering import (
    Citation,
    all_sentences,
    grade_in_words,
    numbered,
    paragraphs,
)
from detente.publish.pdf import brief_as_pdf
from detente.records import Brief, CitedSentence, Forecast, Passage, Ruling
from detente.store import BriefVersion, Comment, Picture, Told
from detente.web.answer import Json, Raw, Shown
from detente.web.asking import Ask
from detente.web.related import Near, related
from detente.web.routes import Field

#: Statuses a reader must not take for fact; shown beside the sentence.
_SHOWN = ("planned", "threatened", "alleged", "denied", "negated", "hypothetical")
#: At most so many briefs in a list or feed.
MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence as the page shows it."""

    text: str
    citations: tuple[Citation, ...]
    statuses: tuple[str, ...]
    rulings: tuple[Ruling, ...]
    forecast: Forecast | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rests:
    """What a brief rests on, counted as ruled up to now."""

    events: int
    incidents: int
    outlets: int
    confirmed: int
    amended: int
    rejected: int


def published(ask: Ask, name: str) -> tuple[BriefVersion, ...]:
    """The versions of a brief that readers may see, the last first.

    Raises:
        UnknownName: if there are none.
    """
    versions = ask.site.record.desk.brief_versions(name)
    seen = tuple(v for v in versions if v.state in ("published", "corrected"))
    if not seen:
        raise UnknownName(name, "no such brief")
    return seen


def latest(ask: Ask, limit: int = MOST) -> list[BriefVersion]:
    """The briefs that readers may see, newest first."""
    desk = ask.site.record.desk
    found = [*desk.briefs("published", limit), *desk.briefs("corrected", limit)]
    return sorted(found, key=lambda v: v.at, reverse=True)[:limit]


def home(ask: Ask) -> Shown:
    """The front page: the briefs, newest first."""
    found = latest(ask)
    pictures = {v.id: picture_of(ask, v.brief) for v in found[:1]}
    return Shown(
        template="home.html.j2",
        title="Briefs",
        shows={"briefs": found, "pictures": pictures, "totals": ask.site.record.tallies.totals()},
        twin={"briefs": [listed_as_json(v) for v in found]},
        feeds=(
            ("application/atom+xml", "Briefs (Atom)", "/briefs.atom"),
            ("application/feed+json", "Briefs (JSON Feed)", "/briefs.feed"),
        ),
    )


def listed_as_json(version: BriefVersion) -> Json:
    """A brief in a list."""
    standfirst = version.brief.standfirst
    return {
        "id": version.id,
        "title": version.brief.title,
        "standfirst": standfirst.text if standfirst else "",
        "state": version.state,
        "version": version.version,
        "at": version.at.isoformat(),
        "as_of": version.brief.as_of.isoformat(),
    }


BRIEF_QUERIES = (Field(name="version", means="an earlier published version's number"),)


def brief_page(ask: Ask) -> Shown:
    """A brief as readers see it, with its comments."""
    versions = published(ask, ask.part("brief"))
    wanted = ask.query("version")
    chosen = next((v for v in versions if str(v.version) == wanted), None)
    if wanted and chosen is None:
        raise UnknownName(wanted, "no published version of this brief")
    return shown_brief(ask, chosen or versions[0], versions)


def shown_brief(ask: Ask, version: BriefVersion, versions: tuple[BriefVersion, ...]) -> Shown:
    """The page of one version."""
    brief = version.brief
    comments = ask.site.record.desk.comments(version.id, "approved")
    events = {event for sentence in all_sentences(brief) for event in sentence.events}
    told, rulings = ask.site.lookup.tellings(events), ask.site.lookup.rulings_on(events)
    rests = rests_on(brief, told, rulings)
    near = related(ask, version, told)
    picture = picture_of(ask, brief)
    return Shown(
        template="brief.html.j2",
        title=brief.title,
        shows={
            "version": version,
            "brief": brief,
            "graded": grade_in_words,
            "parts_shown": _parts(brief, told, rulings),
            "standfirst": _sentences((brief.standfirst,), brief, told, rulings)[0]
            if brief.standfirst
            else None,
            "rests": rests,
            "corrections": [v for v in versions if v.state == "corrected"],
            "first": versions[-1],
            "comments": comments,
            "related": near,
            "picture": picture,
            "settings": ask.site.settings,
        },
        twin=_twin(version, versions, rests, comments, picture) | _near_as_json(near),
        linked=_linked(ask, version, versions[-1], picture),
    )


def _parts(
    brief: Brief, told: Mapping[str, Told], rulings: Mapping[str, tuple[Ruling, ...]]
) -> list[tuple[str, list[list[Sentence]]]]:
    parts = (
        ("Background", brief.background),
        ("Analysis", brief.analysis),
        ("Assessment", brief.assessment),
    )
    return [
        (heading, [_sentences(group, brief, told, rulings) for group in paragraphs(sentences)])
        for heading, sentences in parts
        if sentences or (heading == "Assessment" and brief.notes)
    ]


def _sentences(
    group: tuple[CitedSentence | None, ...],
    brief: Brief,
    told: Mapping[str, Told],
    rulings: Mapping[str, tuple[Ruling, ...]],
) -> list[Sentence]:
    citations: Mapping[Passage, Citation] = numbered(brief)
    found = []
    for sentence in group:
        if sentence is None:
            continue
        events = {e.id: e for name in sentence.events if name in told for e in told[name].mentions}
        statuses = {events[e].coded.status for e in sentence.events if e in events}
        found.append(
            Sentence(
                text=sentence.text,
                citations=tuple(citations[p] for p in sentence.evidence),
                statuses=tuple(s for s in _SHOWN if s in statuses),
                rulings=tuple(r for e in sentence.events for r in rulings.get(e, ())),
                forecast=sentence.forecast,
            )
        )
    return found


def rests_on(
    brief: Brief, told: Mapping[str, Told], rulings: Mapping[str, tuple[Ruling, ...]]
) -> Rests:
    """What the brief rests on now: events that an analyst rejected count no more."""
    events = {e for s in all_sentences(brief) for e in s.events}
    last = {e: [r.kind for r in found] for e, found in rulings.items() if e in events}
    judged = {e: [k for k in kinds if k in ("confirm", "reject")] for e, kinds in last.items()}
    standing = [told[e] for e in events if e in told]
    return Rests(
        events=len(standing),
        incidents=len({one.incident.id for one in standing}),
        outlets=len({outlet for one in standing for outlet in one.incident.outlets}),
        confirmed=sum(kinds[-1:] == ["confirm"] for kinds in judged.values()),
        amended=sum("amend" in kinds for kinds in last.values()),
        rejected=sum(kinds[-1:] == ["reject"] for kinds in judged.values()),
    )


def picture_of(ask: Ask, brief: Brief) -> Picture | None:
    """The brief's picture if we keep it; pictures elsewhere are never loaded."""
    prefix = "/pictures/"
    if not brief.image.startswith(prefix):
        return None
    return ask.site.record.access.picture(brief.image.removeprefix(prefix))


def _twin(
    version: BriefVersion,
    versions: tuple[BriefVersion, ...],
    rests: Rests,
    comments: tuple[Comment, ...],
    picture: Picture | None,
) -> Json:
    return {
        "id": version.id,
        "version": version.version,
        "state": version.state,
        "at": version.at.isoformat(),
        "brief": brief_as_json(version.brief),
        "rests_on": {name: getattr(rests, name) for name in Rests.__slots__},
        "corrections": [
            {"version": v.version, "at": v.at.isoformat(), "note": v.note}
            for v in versions
            if v.state == "corrected"
        ],
        "picture": {"alt": picture.alt, "credit": picture.credit} if picture else None,
        "comments": [
            {"id": c.id, "name": c.name, "text": c.text, "at": c.at.isoformat()} for c in comments
        ],
    }


def _near_as_json(near: Near) -> Json:
    reports = [{"id": r.id, "title": r.title, "why": why} for r, why in near.reports]
    return {"related": {"briefs": [listed_as_json(v) for v, _ in near.briefs], "reports": reports}}


def _linked(ask: Ask, version: BriefVersion, first: BriefVersion, picture: Picture | None) -> Json:
    """The brief as schema.org's AnalysisNewsArticle."""
    brief, site = version.brief, ask.site.settings
    linked: Json = {
        "@context": "https://schema.org",
        "@type": "AnalysisNewsArticle",
        "headline": brief.title,
        "description": brief.standfirst.text if brief.standfirst else "",
        "datePublished": first.at.isoformat(),
        "dateModified": version.at.isoformat(),
        "url": f"{site.address}/briefs/{version.id}",
        "publisher": {"@type": "Organization", "name": site.name},
        "citation": [
            {"@type": "NewsArticle", "headline": r.title, "publisher": r.outlet}
            for r in brief.sources
        ],
    }
    if picture:
        linked["image"] = f"{site.address}/pictures/{picture.id}"
    return linked


def brief_pdf(ask: Ask) -> Raw:
    """A brief as PDF."""
    version = published(ask, ask.part("brief"))[0]
    return Raw(body=brief_as_pdf(version.brief), media="application/pdf", name=f"{version.id}.pdf")


def picture(ask: Ask) -> Raw:
    """A picture that we keep."""
    found = ask.site.record.access.picture(ask.part("picture"))
    if found is None:
        raise UnknownName(ask.part("picture"), "no picture of ours")
    return Raw(body=found.body, media=found.kind)

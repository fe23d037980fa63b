"""Drafting, reviewing, publishing and correcting a brief."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import cast

from detente import pipeline
from detente.brief.verify import verify_sentence
from detente.errors import InputError, UnknownName
from detente.publish.numbering import all_sentences
from detente.records import Brief, CitedSentence
from detente.store import EventFilter, Marked, Picture
from detente.store.desk import BriefState
from detente.web.answer import Gone, Shown
from detente.web.asking import Ask
from detente.web.briefs import listed_as_json, shown_brief
from detente.web.refusals import Refused
from detente.web.routes import Field

DRAFT_FIELDS = (
    Field(name="about", means="two countries, parted by a comma: USA,RUS", needed=True),
    Field(name="as_of", means="what was known by this day; empty: now", form="date"),
    Field(name="name", means="the brief's lasting name in its address"),
)
EDIT_FIELDS = (
    Field(name="title", means="the headline"),
    Field(name="drop", means="numbers of sentences to leave out, parted by ;"),
    Field(name="note", means="what was changed; a correction must say it"),
    Field(name="state", means="what it becomes", needed=True),
)
PICTURE_FIELDS = (
    Field(name="alt", means="what the picture shows, in words", needed=True),
    Field(name="credit", means="whom it is owed to", needed=True),
)
#: Reports that a draft is composed from, at the most: those that tell of the latest.
MOST_REPORTS = 150
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KINDS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


def drafts(ask: Ask) -> Shown:
    """All briefs by state, and the form of a new draft."""
    found = ask.site.record.desk.briefs(limit=100)
    return Shown(
        template="drafts.html.j2",
        title="Briefs at the desk",
        shows={"found": found},
        twin={"briefs": [listed_as_json(v) for v in found]},
    )


def draft(ask: Ask) -> Gone:
    """Composes a draft from what the record holds on two countries.

    Raises:
        InputError: if nothing can be told of them. Refused: if the name is taken.
    """
    about = tuple(p.strip().upper() for p in ask.needed("about").split(",") if p.strip())
    if not 1 <= len(about) <= 4:
        raise InputError("about", "name one to four countries, such as USA,RUS")
    as_of = _moment(ask.line("as_of"))
    brief = _composed(ask, about, as_of)
    name = ask.line("name", 60) or _name(brief, about)
    if not _NAME.fullmatch(name):
        raise InputError("name", "small letters, digits and hyphens only")
    if ask.site.record.desk.brief_versions(name):
        raise Refused(409, f"there is a brief called {name} already")
    ask.site.record.desk.save_brief(name, brief, state="draft", by=ask.visitor.name)
    return Gone(to=f"/desk/briefs/{name}", twin={"brief": name}, status=201)


def _moment(day: str) -> datetime | None:
    if not day:
        return None
    try:
        return datetime.combine(datetime.fromisoformat(day).date(), time.max, tzinfo=UTC)
    except ValueError:
        raise InputError("as_of", "no day; write it as 2018-10-24") from None


def _name(brief: Brief, about: tuple[str, ...]) -> str:
    words = re.findall(r"[a-z0-9]+", brief.title.lower())[:6]
    return "-".join([f"{brief.as_of:%Y-%m-%d}", *(words or [a.lower() for a in about])])[:60]


def _composed(ask: Ask, about: tuple[str, ...], as_of: datetime | None) -> Brief:
    """The brief of what the record tells of these countries, as known and ruled by a moment."""
    record, lookup = ask.site.record, ask.site.lookup
    names = lookup.reports_on(EventFilter(either=about[:2]), MOST_REPORTS, as_of)
    view = record.view(as_of, grouped=False)
    reports = [view.report(name) for name in names]
    events, incidents = lookup.retold(names, as_of)
    grades = tuple(record.access.grades().values())
    return pipeline.brief_of(reports, events, incidents, about=about, as_of=as_of, grades=grades)[0]


def draft_page(ask: Ask) -> Shown:
    """A brief at the desk: its last version whatever its state, and what may become of it."""
    versions = ask.site.record.desk.brief_versions(ask.part("brief"))
    if not versions:
        raise UnknownName(ask.part("brief"), "no such brief")
    page = shown_brief(ask, versions[0], versions)
    return replace(
        page,
        template="draft.html.j2",
        shows={
            **page.shows,
            "versions": versions,
            "sentences": list(enumerate(all_sentences(versions[0].brief), 1)),
            "ways": _WAYS[versions[0].state],
        },
        linked=None,
    )


#: From each state to the next: (state, what the button says, least role).
_WAYS = {
    "draft": (("draft", "Keep as draft", "analyst"), ("reviewed", "Mark as reviewed", "analyst")),
    "reviewed": (("draft", "Back to draft", "analyst"), ("published", "Publish", "editor")),
    "published": (("corrected", "Publish a correction", "editor"),),
    "corrected": (("corrected", "Publish a correction", "editor"),),
}


def advance(ask: Ask) -> Gone:
    """Keeps the next version of a brief: edited, reviewed, published or corrected.

    Raises:
        Refused: if the role does not allow it. RecordError: if the state cannot follow.
    """
    name, state = ask.part("brief"), ask.needed("state")
    last = ask.site.record.desk.brief(name)
    way = next((w for w in _WAYS[last.state] if w[0] == state), None)
    if way is None:
        raise Refused(409, f"a {last.state} brief cannot become {state}")
    if not ask.visitor.may(way[2]):
        raise Refused(403, f"only an {way[2]} may do that")
    note = ask.line("note", 1000)
    if state == "corrected" and not note:
        raise InputError("note", "is required: a correction must say what it corrects")
    brief = _edited(ask, last.brief)
    desk = ask.site.record.desk
    kept = desk.save_brief(
        name, brief, state=cast(BriefState, state), by=ask.visitor.name, note=note
    )
    return Gone(to=f"/desk/briefs/{name}", twin=listed_as_json(kept), status=201)


def _edited(ask: Ask, brief: Brief) -> Brief:
    """The brief with a person's changes; a sentence put in other words is verified like ours.

    Raises:
        UncitedStatement: if its passages do not carry the new words.
    """
    dropped = {n.strip() for n in ask.line("drop").split(";") if n.strip()}
    reports = {report.id: report for report in brief.sources}
    changed: dict[int, CitedSentence | None] = {}  # by identity: values may hold mappings
    for number, sentence in enumerate(all_sentences(brief), 1):
        words = ask.line(f"text_{number}", 2000)
        if str(number) in dropped:
            changed[id(sentence)] = None
        elif words and words != sentence.text:
            told = [m.event for e in sentence.events if (m := _event(ask, e))]
            changed[id(sentence)] = replace(sentence, text=words)
            verify_sentence(replace(sentence, text=words), reports, told)

    def part(sentences: tuple[CitedSentence, ...]) -> tuple[CitedSentence, ...]:
        return tuple(new for s in sentences if (new := changed.get(id(s), s)))

    made = replace(
        brief,
        title=ask.line("title") or brief.title,
        standfirst=changed.get(id(brief.standfirst), brief.standfirst),
        background=part(brief.background),
        analysis=part(brief.analysis),
        assessment=part(brief.assessment),
    )
    cited = {p.report for s in all_sentences(made) for p in s.evidence}
    return replace(made, sources=tuple(r for r in made.sources if r.id in cited))


def _event(ask: Ask, name: str) -> Marked | None:
    try:
        return ask.site.lookup.event(name)
    except UnknownName:
        return None


def add_picture(ask: Ask) -> Gone:
    """Keeps a picture for a brief that is not yet published, or for its correction.

    Raises:
        InputError: if it is no PNG or JPEG, or too large.
    """
    name = ask.part("brief")
    last = ask.site.record.desk.brief(name)
    if last.state not in ("draft", "reviewed"):
        raise Refused(409, "a picture is chosen before a brief is published")
    kind = next((kind for start, kind in _KINDS if ask.upload.startswith(start)), "")
    most = ask.site.settings.picture_bytes
    if not kind:
        raise InputError("picture", "must be a PNG or JPEG file")
    if len(ask.upload) > most:
        raise InputError("picture", f"larger than {most // 1024} kB: readers wait for it")
    picture = Picture(
        id=hashlib.sha256(ask.upload).hexdigest()[:40],
        kind=kind,
        body=ask.upload,
        alt=ask.needed("alt"),
        credit=ask.needed("credit"),
        by=ask.visitor.name,
    )
    ask.site.record.access.add_picture(picture)
    brief = replace(last.brief, image=f"/pictures/{picture.id}")
    desk = ask.site.record.desk
    desk.save_brief(name, brief, state="draft", by=ask.visitor.name, note="picture chosen")
    return Gone(to=f"/desk/briefs/{name}", twin={"picture": picture.id}, status=201)

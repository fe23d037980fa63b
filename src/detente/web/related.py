"""What else to read: briefs and reports that share occurrences, agreements and actors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from detente.errors import UnknownName
from detente.publish.numbering import all_sentences
from detente.records import Brief, Report
from detente.store import BriefVersion, EventFilter, Subjects, Told
from detente.web.asking import Ask
from detente.web.naming import agreement_name, called

#: Shown at the most, of briefs and of reports; briefs that are looked through.
MOST, LOOKED_THROUGH = 5, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Briefs and reports with what they share."""

    briefs: tuple[tuple[BriefVersion, str], ...]
    reports: tuple[tuple[Report, str], ...]


def related(ask: Ask, version: BriefVersion, told: Mapping[str, Told]) -> Near:
    """What shares most with a brief."""
    own = ask.site.lookup.subjects(_events(version.brief))
    return Near(
        briefs=tuple(_briefs(ask, version, own)),
        reports=tuple(_reports(ask, version.brief, own, told)),
    )


def _events(brief: Brief) -> set[str]:
    return {event for sentence in all_sentences(brief) for event in sentence.events}


def _briefs(ask: Ask, version: BriefVersion, own: Subjects) -> list[tuple[BriefVersion, str]]:
    desk = ask.site.record.desk
    others = [*desk.briefs("published", LOOKED_THROUGH), *desk.briefs("corrected", LOOKED_THROUGH)]
    ranked = []
    for other in others:
        if other.id == version.id:
            continue
        theirs = ask.site.lookup.subjects(_events(other.brief))
        shared = own.incidents & theirs.incidents
        agreements = own.agreements.keys() & theirs.agreements.keys()
        actors = {a for a, _ in own.actors.most_common(6)} & theirs.actors.keys()
        weight = 3 * len(shared) + 2 * len(agreements) + len(actors)
        if shared or agreements or len(actors) > 1:
            ranked.append((weight, other, _why(len(shared), agreements, actors)))
    ranked.sort(key=lambda one: (-one[0], one[1].id))
    return [(other, why) for _, other, why in ranked[:MOST]]


def _why(shared: int, agreements: Iterable[str], actors: Iterable[str]) -> str:
    parts = [f"{shared} occurrence{'s' if shared > 1 else ''} in common"] if shared else []
    parts += [agreement_name(name) for name in sorted(agreements)[:2]]
    parts += [" and ".join(sorted(called(a) for a in actors)[:3])] if not parts else []
    return "; ".join(parts)


def _reports(
    ask: Ask, brief: Brief, own: Subjects, told: Mapping[str, Told]
) -> list[tuple[Report, str]]:
    """Reports beside the sources: those that tell of the same first, then of the agreement."""
    cited = {report.id for report in brief.sources}
    found: dict[str, str] = {}
    for one in told.values():
        for event in one.mentions:
            if event.coded.trigger.report not in cited:
                found.setdefault(event.coded.trigger.report, "tells of the same")
    for agreement, _ in own.agreements.most_common(1):
        for one in ask.site.lookup.page(EventFilter(agreement=agreement), limit=10).told:
            for event in one.mentions:
                if event.coded.trigger.report not in cited:
                    found.setdefault(event.coded.trigger.report, agreement_name(agreement))
    view = ask.site.record.view(grouped=False)
    reports = []
    for name, why in list(found.items())[:MOST]:
        try:
            reports.append((view.report(name), why))
        except UnknownName:
            continue
    return reports

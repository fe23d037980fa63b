"""Reports, events and briefs as JSON objects: the forms that the command line promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from detente.ontology.admiralty import grade_of, graded
from detente.publish.numbering import numbered
from detente.records import (
    Brief,
    CitedSentence,
    Event,
    Forecast,
    Incident,
    Participant,
    Passage,
    Place,
    Report,
)

Json = dict[str, Any]


def report_as_json(report: Report, *, with_text: bool = True) -> Json:
    """One object a report, as ``detente read`` prints it."""
    text = {"text": report.text} if with_text else {}
    return {
        "id": report.id,
        "path": report.path,
        "url": report.url,
        "outlet": report.outlet,
        "title": report.title,
        "standfirst": report.standfirst,
        "published": report.published.isoformat() if report.published else None,
        "published_basis": report.published_basis,
        "language": report.language,
        "sections": [
            {"kind": s.kind, "heading": s.heading, "start": s.start, "end": s.end}
            for s in report.sections
        ],
        **text,
        "image": report.image,
        "license": report.license,
    }


def event_as_json(event: Event) -> Json:
    """One object an event mention, as ``detente code`` prints it."""
    coded = event.coded
    return {
        "id": event.id,
        "report": coded.trigger.report,
        "date": event.when.edtf,
        "date_basis": event.when.basis,
        "actor": [_participant(p) for p in event.actor],
        "recipient": [_participant(p) for p in event.recipient],
        "event_type": coded.event_type,
        "act": coded.act,
        "mode": coded.mode,
        "cameo": coded.cameo,
        "contexts": [context.name for context in coded.contexts],
        "context_levels": {context.name: context.level for context in coded.contexts},
        "auxiliary": list(coded.auxiliary),
        "status": coded.status,
        **_said(event),
        "trigger": _span(coded.trigger),
        "sentence": _span(coded.sentence),
        "time": _span(coded.time) if coded.time else None,
        "place": _place(event.where),
        "agreement": event.agreement.id if event.agreement else "",
        "incident": event.incident,
        "outlet": event.outlet,
        "reported": event.reported.isoformat() if event.reported else None,
        "origin": event.origin,
        "confidence": round(coded.confidence, 3),
        "coder": f"{coded.coder.kind}:{coded.coder.name}@{coded.coder.version}",
    }


def _said(event: Event) -> Json:
    """Who says so, and through whom."""
    coded = event.coded
    return {
        "speaker": coded.speaker.text if coded.speaker else "",
        "speaker_entity": _participant(event.speaker) if event.speaker else None,
        "via": [passage.text for passage in coded.via],
        "vouched": coded.vouched,
    }


def _span(passage: Passage) -> Json:
    return {"start": passage.start, "end": passage.end, "text": passage.text}


def _participant(participant: Participant) -> Json:
    entity = participant.entity
    found: Json = {
        "text": participant.passage.text,
        "name": entity.name,
        "country": entity.country,
        "sector": entity.sectors[0] if entity.sectors else "",
        "sectors": list(entity.sectors),
        "office": entity.office,
        "id": entity.id,
    }
    if entity.count is not None:
        found["count"] = entity.count
    if entity.alternatives:
        found["ambiguous"] = [entity.id, *entity.alternatives]
    return found


def _place(place: Place | None) -> Json | None:
    if place is None:
        return None
    return {
        "name": place.name,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "geonameid": place.geonameid,
        "resolution": place.resolution,
    }


def incident_as_json(incident: Incident) -> Json:
    """One object an incident."""
    return {
        "id": incident.id,
        "status": incident.status,
        "events": list(incident.events),
        "outlets": list(incident.outlets),
        "because": list(incident.because),
        "contradictions": [
            {"first": c.first, "second": c.second, "about": c.about}
            for c in incident.contradictions
        ],
    }


def brief_as_json(brief: Brief, events: Mapping[str, Event] | None = None) -> Json:
    """The whole brief; each sentence with its passages as spans and the events it tells.

    Args:
        brief: to put.
        events: by id; those told are then given with status, type and date.
    """
    known = events or {}
    numbers = {passage: citation.number for passage, citation in numbered(brief).items()}

    def part(sentences: Sequence[CitedSentence]) -> list[Json]:
        return [_cited(sentence, numbers, known) for sentence in sentences]

    return {
        "title": brief.title,
        "standfirst": part([brief.standfirst])[0] if brief.standfirst else None,
        "as_of": brief.as_of.isoformat(),
        "image": brief.image,
        "background": part(brief.background),
        "analysis": part(brief.analysis),
        "assessment": part(brief.assessment),
        "notes": list(brief.notes),
        "sources": [_source(report, brief) for report in brief.sources],
    }


def _cited(
    sentence: CitedSentence, numbers: Mapping[Passage, int], known: Mapping[str, Event]
) -> Json:
    return {
        "text": sentence.text,
        "paragraph": sentence.paragraph,
        "citations": [
            {"number": numbers[p], "report": p.report, **_span(p)} for p in sentence.evidence
        ],
        "events": [_told(known[e]) if e in known else {"id": e} for e in sentence.events],
        "forecast": forecast_as_json(sentence.forecast) if sentence.forecast else None,
    }


def _source(report: Report, brief: Brief) -> Json:
    """A report with its source's grade: the letter and number, or that it is not judged."""
    grade = grade_of(report, brief.grades)
    return {
        **report_as_json(report, with_text=False),
        "grade": graded(report, brief.grades) or None,
        "graded": {"by": grade.by, "reason": grade.reason} if grade else None,
    }


def _told(event: Event) -> Json:
    return {
        "id": event.id,
        "event_type": event.coded.event_type,
        "act": event.coded.act,
        "mode": event.coded.mode,
        "status": event.coded.status,
        "date": event.when.edtf,
        "actor": [p.entity.name for p in event.actor],
        "recipient": [p.entity.name for p in event.recipient],
        "incident": event.incident,
    }


def forecast_as_json(forecast: Forecast) -> Json:
    """A forecast with its question and track record."""
    question, backtest = forecast.question, forecast.backtest
    return {
        "actor": question.dyad.actor,
        "recipient": question.dyad.recipient,
        "event_types": list(question.event_types),
        "opens": question.opens.isoformat(),
        "closes": question.closes.isoformat(),
        "probability": round(forecast.probability, 4),
        "issued": forecast.issued.isoformat(),
        "forecaster": forecast.forecaster,
        "because": [{"feature": name, "moved": round(by, 4)} for name, by in forecast.because],
        "backtest": {
            "questions": backtest.questions,
            "brier": backtest.brier,
            "log_score": backtest.log_score,
            "skill": {name: list(interval) for name, interval in backtest.skill.items()},
            "calibration_error": backtest.calibration_error,
        },
    }

"""Reports and events made by hand for tests, from the words themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime

from detente.records import (
    CodedEvent,
    CoderMark,
    Entity,
    Event,
    Incident,
    Participant,
    Passage,
    Report,
    When,
    fingerprint,
    passage_of,
)

RULE = CoderMark(kind="rule", name="made", version="test")


def made_report(
    text: str, *, published: str = "2018-10-24", outlet: str = "Northern Wire", **fields
):
    day = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    return Report(id=fingerprint(text, outlet), text=text, published=day, outlet=outlet, **fields)


def passage(report: Report, words: str, nth: int = 0) -> Passage:
    start = -1
    for _ in range(nth + 1):
        start = report.text.index(words, start + 1)
    return passage_of(report, start, start + len(words))


def made_event(
    report: Report,
    sentence: str,
    trigger: str,
    *,
    event_type: str = "CONSULT",
    status: str = "done",
    edtf: str = "2018-10-23",
    basis: str = "stated",
    actor: tuple[tuple[str, str], ...] = (),
    recipient: tuple[tuple[str, str], ...] = (),
    incident: str = "",
    **coded,
) -> Event:
    """An event of ``report``; actor and recipient are (words, country) pairs."""

    def party(words: str, country: str) -> Participant:
        entity = Entity(id=f"{country}:{words}", name=words, country=country, sectors=("GOV",))
        return Participant(passage=passage(report, words), entity=entity)

    actors = tuple(party(*a) for a in actor)
    recipients = tuple(party(*r) for r in recipient)
    mention = CodedEvent(
        event_type=event_type,
        act=coded.pop("act", event_type),
        status=status,
        actor=tuple(p.passage for p in actors),
        recipient=tuple(p.passage for p in recipients),
        trigger=passage(report, trigger),
        sentence=passage(report, sentence),
        coder=RULE,
        confidence=coded.pop("confidence", 0.9),
        **coded,
    )
    return Event(
        id=mention.id,
        incident=incident or mention.id,
        coded=mention,
        actor=actors,
        recipient=recipients,
        when=made_when(edtf, basis),
        reported=report.published,
        outlet=report.outlet,
    )


def made_when(edtf: str, basis: str = "stated") -> When:
    if len(edtf) == 10:
        first = last = date.fromisoformat(edtf)
    elif len(edtf) == 7:
        year, month = int(edtf[:4]), int(edtf[5:7])
        first, last = date(year, month, 1), date(year, month, 28)
    elif len(edtf) == 4:
        first, last = date(int(edtf), 1, 1), date(int(edtf), 12, 31)
    else:
        first = last = None
    return When(edtf=edtf, earliest=first, latest=last, basis=basis)


def incidents_of(events: tuple[Event, ...], **fields) -> tuple[Incident, ...]:
    """One incident a distinct incident id, standing as its last mention does."""
    ids = dict.fromkeys(event.incident for event in events)
    found = []
    for name in ids:
        of = [event for event in events if event.incident == name]
        outlets = tuple(dict.fromkeys(event.outlet for event in of))
        found.append(
            Incident(
                id=name,
                events=tuple(e.id for e in of),
                status=of[-1].coded.status,
                outlets=outlets,
                **fields.get(name, {}),
            )
        )
    return tuple(found)

"""Where an event was: place names of a text resolved, and the one that belongs to an event.

A name that stands for its government ("Moscow said") is an actor, not a place. A place that the
gazetteer does not know stays unresolved; the nearest known one is never put in its stead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from detente.gazetteer.actor_records import State
from detente.gazetteer.actor_tables import load_states
from detente.gazetteer.actor_tables import shipped as shipped_actors
from detente.gazetteer.landmarks import Landmark
from detente.gazetteer.place_tables import PlaceEntry
from detente.gazetteer.places import candidates, place_by_id
from detente.records import CodedEvent, Passage, Place, Report
from detente.resolve.cues import any_of
from detente.resolve.dates.anchors import anchors_in, leaned_on
from detente.resolve.dates.elsewhere import clause_around, same_plan
from detente.resolve.introduced_towns import INTRODUCING
from detente.resolve.toponym_ranking import mention_at, ranked
from detente.resolve.toponyms import LOCATIVE, TOWARDS, Toponym, is_people, toponyms, toponyms_of

__all__ = ["Toponym", "place_at", "place_of", "toponyms"]

_GOING = re.compile(any_of("going"))
_REMOVING = re.compile(any_of("removing"))
_SENDING = re.compile(rf"\b(?:{any_of('sending')})")
_STRIKING = re.compile(rf"\b(?:{any_of('striking')})\w*\s+(?:(?:on|at|upon)\s+)?(?:the\s+)?$")
_JUDICIAL = re.compile(rf"\b(?:{any_of('judicial')})", re.IGNORECASE)
_OCCASION = re.compile(rf"\b(?:{any_of('occasion')})\b", re.IGNORECASE)
_ABOUT = re.compile(
    rf"\b(?:on|about|for|regarding|over)\s(?:\S+\s){{0,4}}(?:{any_of('occasion')})\b"
)
_BY_STATE = re.compile(
    r"(?:\s\w+){0,3}?\s+by\s+(?:the\s+|an?\s+)?([A-Z][\w.]*(?:\s[A-Z]\w+)?)\s+(?:grand\s+)?"
    rf"(?:{any_of('institution')})\b"
)
_ELECTION = re.compile(
    r"\b(?:in|during|at) (?:the )?(?:\d{4} )?([A-Z][\w.]+(?: [A-Z]\w+)?)(?: \w+)? "
    rf"(?:{any_of('poll')})\b"
)
_BOUNDARY = re.compile(
    r"[;:()“”]|,\s|\b(?:that|which|who|because|although|though|while|but|whether|when|after|before|"
    r"since|despite|following|over)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:their|the|that|this|his|her)\s+(?:\w+\s)?(?:meeting|talks|summit|visit|encounter)\b"
    r"|^\W*(?:this|it)\s+(?:is|was|will|would)\b",
    re.IGNORECASE,
)
#: A meeting told right before a place: "talks, which were to take place in".
_HELD = re.compile(
    rf"\b(?:{any_of('occasion')}|take place|took place|held)\b[^.;,]*$", re.IGNORECASE
)
_CAPITAL_OF = re.compile(r"\b(?:the\s+)?([A-Z]\w+(?:\s[A-Z]\w+)?)\s+capital\b")
_OTHER_TIME = re.compile(r"\b(?:after|before|since|until|following)\b", re.IGNORECASE)
#: "France, whose relations soured over Libya, …": a place told aside.
_OPEN_RELATIVE = re.compile(r", (?:who|whom|whose|which|where)\b[^,.;]*$")
_NEXT_CLAUSE = re.compile(r";|, (?:and|but|while) (?:it|he|she|they)\b")
_OPENING = re.compile(r"\W*(?:At|During|In|On|(?:After|Following) (?:an?|his|her|their|talks))\b")
_BOUNDARY_COST, _OCCASION_COST, _BEFORE_COST, _OPENING_COST, _TOO_FAR = 45, 90, 25, 60, 150
#: What the parse's own choice counts for.
_HINT = 20
#: How near to "their meeting" an event must stand to have been there.
_NEAR_BACK = 45
_NEAR_LANDMARK = 40


def place_of(report: Report, coded: CodedEvent) -> Place | None:
    """Where a coded event was, is or will be.

    Args:
        report: the report it stands in.
        coded: the event; its ``place`` passage counts in favour of what it names.

    Returns:
        The place; ``resolution`` is ``unresolved`` where it has a name that the gazetteer lacks;
        ``None`` where no place is told.
    """
    if coded.mode == "phone":
        return None
    return (
        _in_trigger(report, coded)
        or _in_sentence(report, coded, _OPENING_COST)
        or _of_landmark(report, coded)
        or _in_sentence(report, coded, _TOO_FAR)
        or _of_court(report, coded)
        or _of_same_plan(report, coded)
        or _told_before(report, coded)
        or _hinted(report, coded)
    )


def place_at(report: Report, passage: Passage) -> Place:
    """The place that a passage names."""
    capital = capital_phrase(passage.text)
    if capital:
        return as_place(capital, passage.text)
    for toponym in toponyms_of(report):
        if toponym.start < passage.end and passage.start < toponym.end:
            return _placed(toponym)
    mentions = [mention_at(report.text, t.start, t.end) for t in toponyms_of(report)]
    own = mention_at(report.text, passage.start, passage.end)
    found = ranked([*mentions, own])[-1]
    return as_place(found, passage.text) if found else _unresolved(passage.text)


@cache
def _states() -> Mapping[str, State]:
    return load_states(shipped_actors("states.csv"))


def capital_phrase(text: str) -> PlaceEntry | None:
    """The town that "the French capital" names."""
    match = _CAPITAL_OF.search(text)
    if not match:
        return None
    for candidate in candidates(match[1]):
        state = _states().get(candidate.place.country)
        if state and state.capitals and candidate.place.kind == "country":
            towns = candidates(state.capitals[0])
            return next((c.place for c in towns if c.place.country == state.id), None)
    return None


def as_place(entry: PlaceEntry, name: str) -> Place:
    """The record of a place of the gazetteer, under its own name."""
    return Place(
        name=entry.name or name,
        country=entry.country,
        geonameid=entry.geonameid,
        lat=entry.lat,
        lon=entry.lon,
        resolution=entry.kind,
    )


def _placed(toponym: Toponym) -> Place:
    if toponym.place:
        return as_place(toponym.place, toponym.text)
    return _unresolved(toponym.text, toponym.country)


def _unresolved(name: str, country: str = "") -> Place:
    return Place(name=name, country=country, resolution="unresolved")


# ── which place of the sentence ───────────────────────────────────────────────────────────────


def _in_trigger(report: Report, coded: CodedEvent) -> Place | None:
    """A place inside the trigger or right before it ("Helsinki summit", "summit in Helsinki")."""
    trigger, text = coded.trigger, report.text
    for toponym in toponyms_of(report):
        town = toponym.place is not None and toponym.place.kind in ("city", "site")
        noun = _OCCASION.match(trigger.text) is not None
        before = noun and town and 0 <= trigger.start - toponym.end <= 1
        inside = trigger.start <= toponym.start and toponym.end <= trigger.end
        located = _led_to(text, coded, toponym.start) or _is_struck(text, coded, toponym)
        own = inside and (town or located) and not _about(text[trigger.start : toponym.start])
        if (before or own) and not is_people(toponym.text):
            return _placed(toponym)
    capital = _CAPITAL_OF.search(trigger.text)
    if capital is None or _about(trigger.text[: capital.start()]):
        return None
    town_of = capital_phrase(capital[0])
    return as_place(town_of, capital[0]) if town_of else None


def _about(lead: str) -> bool:
    """Whether what leads to a place is about another occasion ("agreement on a meeting in …")."""
    return _ABOUT.search(lead) is not None


def _in_sentence(report: Report, coded: CodedEvent, most: int) -> Place | None:
    found = [(cost, place) for cost, place in _costs(report, coded) if cost < most]
    return min(found, key=lambda entry: entry[0])[1] if found else None


def _hinted(report: Report, coded: CodedEvent) -> Place | None:
    """The passage that the parse gave, where nothing in it or about it speaks against it."""
    place = coded.place
    if place is None or any(
        t.start < place.end and place.start < t.end for t in toponyms_of(report)
    ):
        return None
    cost = _cost(report.text, coded, place.start, place.end)
    return place_at(report, place) if cost < _TOO_FAR else None


def _costs(report: Report, coded: CodedEvent) -> list[tuple[float, Place]]:
    sentence, text = coded.sentence, report.text
    entries: list[tuple[float, Place]] = []
    for toponym in toponyms_of(report):
        here = sentence.start <= toponym.start < sentence.end
        if here and not _within(toponym.start, coded) and _locates(text, coded, toponym):
            cost = _cost(text, coded, toponym.start, toponym.end)
            entries.append((cost, _placed(toponym)))
    for match in _CAPITAL_OF.finditer(text, sentence.start, sentence.end):
        capital = None if _within(match.start(), coded) else capital_phrase(match[0])
        if capital and LOCATIVE.search(text[max(0, match.start() - 40) : match.start()]):
            entries.append((_cost(text, coded, match.start(), match.end()), as_place(capital, "")))
    for match in _ELECTION.finditer(text, sentence.start, sentence.end):
        held = _country(match[1]) or _country(match[1].split()[0])
        if held:
            entries.append((_cost(text, coded, match.start(1), match.end()), as_place(held, "")))
    return entries


def _within(at: int, coded: CodedEvent) -> bool:
    return coded.trigger.start <= at < coded.trigger.end


def _country(name: str) -> PlaceEntry | None:
    return next((c.place for c in candidates(name) if c.place.kind == "country"), None)


def _locates(text: str, coded: CodedEvent, toponym: Toponym) -> bool:
    if is_people(toponym.text):
        return False
    if re.match(r"['’]s?\s", text[toponym.end :]):
        return False
    return _led_to(text, coded, toponym.start) or _is_struck(text, coded, toponym)


def _is_struck(text: str, coded: CodedEvent, toponym: Toponym) -> bool:
    """Whether a town is the object of a blow ("shelled the town of Vardenis, killing …")."""
    if coded.act != "ASSAULT" or (toponym.place and toponym.place.kind == "country"):
        return False
    return _STRIKING.search(_led(text, toponym.start)) is not None


def _led(text: str, start: int) -> str:
    """What leads to a name, but for what introduces it ("the Armenian town of")."""
    return INTRODUCING.sub("", text[max(0, start - 60) : start])


def _led_to(text: str, coded: CodedEvent, start: int) -> bool:
    """Whether a locative word leads to a name; ``from`` and ``to`` need their verbs."""
    before = _led(text, start)[-45:]
    around = f"{before} {coded.trigger.text}".lower()
    locative = LOCATIVE.search(before)
    if locative:
        return locative[1].lower() != "from" or _REMOVING.search(around) is not None
    sent = coded.act in ("MOBILIZE", "AID") and _SENDING.search(coded.trigger.text)
    return bool(TOWARDS.search(before) and (sent or _GOING.search(around)))


def _cost(text: str, coded: CodedEvent, start: int, end: int) -> float:
    trigger = coded.trigger
    after = start >= trigger.end
    between = text[trigger.end : start] if after else text[end : trigger.start]
    cost = len(between) + _BOUNDARY_COST * len(_BOUNDARY.findall(between))
    lead = text[max(coded.sentence.start, start - 40) : start]
    occasion = list(_OCCASION.finditer(lead))
    if occasion and len(lead) - occasion[-1].end() < 12:
        own = trigger.start < start and trigger.end > start - len(lead) + occasion[-1].start()
        cost += 0 if own else _OCCASION_COST
    if coded.place and coded.place.start < end and start < coded.place.end:
        cost -= _HINT
    if after:
        return cost + (_OCCASION_COST if _NEXT_CLAUSE.search(between) else 0)
    opens = start - coded.sentence.start < 60 and _OPENING.match(text, coded.sentence.start)
    if opens:
        return min(cost, _OPENING_COST)
    aside = "," in between and _OPEN_RELATIVE.search(text[coded.sentence.start : start])
    apart = _OCCASION_COST if aside or _OTHER_TIME.search(between) else 0
    return cost + _BEFORE_COST + apart


# ── what was told elsewhere ───────────────────────────────────────────────────────────────────


def _of_landmark(report: Report, coded: CodedEvent) -> Place | None:
    """The place of a landmark that the trigger names or the event was held at."""
    on = report.published.date() if report.published else None
    anchors = anchors_in(report.text, coded.sentence.start, coded.sentence.end, on)
    trigger = coded.trigger
    inside = [a for a in anchors if a.start < trigger.end and trigger.start < a.end]
    anchor = inside[0] if inside else leaned_on(report.text, coded.sentence, trigger, anchors)
    if anchor is None or (anchor.relation != "at" and not inside):
        return None
    near = inside or anchor.end <= trigger.start or anchor.start - trigger.end <= _NEAR_LANDMARK
    return _held(anchor.landmark) if near else None


def _held(landmark: Landmark) -> Place | None:
    """Where a landmark was: the town among its cues, else its country if it has one only."""
    for candidate in candidates(landmark.cues[0]):
        place = candidate.place
        if place.kind in ("city", "site") and (
            place.country in landmark.countries or place.capital
        ):
            return as_place(place, "")
    if len(landmark.countries) != 1:
        return None
    country = place_by_id(landmark.countries[0])
    return as_place(country, "") if country else None


def _of_court(report: Report, coded: CodedEvent) -> Place | None:
    """Courts and police act at home ("indicted by the US Department of Justice")."""
    if not _JUDICIAL.search(coded.trigger.text):
        return None
    agent = _BY_STATE.match(report.text, coded.trigger.end, coded.sentence.end)
    country = _country(agent[1]) if agent else None
    return as_place(country, "") if country else None


def _of_same_plan(report: Report, coded: CodedEvent) -> Place | None:
    """For what lies ahead: where the report says, in the clause that dates it, it will be."""
    if coded.status != "planned":
        return None
    dated = same_plan(report, coded)
    if dated is None:
        return None
    start, end = clause_around(report.text, dated)
    capital = capital_phrase(report.text[start:end])
    if capital:
        return as_place(capital, "")
    for toponym in toponyms_of(report):
        if start <= toponym.start < end and _locates(report.text, coded, toponym):
            return _placed(toponym)
    return None


def _told_before(report: Report, coded: CodedEvent) -> Place | None:
    """For what refers back ("their meeting"): the place of the sentence before."""
    start, text = coded.sentence.start, report.text
    back = _BACK.search(text[start : coded.sentence.end])
    if not back or abs(coded.trigger.start - (start + back.start())) > _NEAR_BACK:
        return None
    before = [t for t in toponyms_of(report) if start - 300 <= t.start < start]
    located = [t for t in before if _locates(text, coded, t)]
    held = [t for t in located if _HELD.search(text[max(0, t.start - 60) : t.start])]
    return _placed((held or located)[-1]) if located else None

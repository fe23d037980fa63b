"""What speaks for and against two mentions telling of one occurrence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt

from detente.ontology.plover import event_types
from detente.records import Event, Participant, Place
from detente.resolve.incidents_words import Rarity, heads, stems

#: Acts whose parties act together, in either order.
RECIPROCAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
#: Acts that happen at a place; of the others, a place tells where it was said or felt.
LOCATED = frozenset({"CONSULT", "PROTEST", "MOBILIZE", "COERCE", "ASSAULT"})
#: Words, not deeds: one person's utterance is not another's, even of the same government.
SPOKEN = frozenset({"SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE", "AGREE"})
#: Statuses that speak of what is not (yet) so: the occurrence is then the act itself.
UNREALISED = frozenset({"planned", "threatened", "hypothetical", "negated", "denied"})
#: Modes of one act that a report may name alike.
_ALIKE_MODES = frozenset({"", "visit", "multilateral", "third-party"})
_NEAR_KM = 60.0
#: What is said of the same others is said often: more must speak for its being the same.
_OFTEN_SAID = 0.3
_SLACK = timedelta(days=1)
#: How long a plan may shift and stay the same plan.
_SHIFT = timedelta(days=100)
_LONG_SHIFT = timedelta(days=400)
#: The kin group of meetings.
_MEET = "meet"
#: News without a stated date tells of at most so many days before its publication.
_FRESH = timedelta(days=21)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A mention as merging looks at it: worked out once, compared often."""

    event: Event
    act: str
    heads: frozenset[str]
    words: Counter[str]
    doers: frozenset[str]
    others: frozenset[str]
    people: frozenset[str]
    earliest: date | None
    latest: date | None
    stated: bool

    @property
    def parties(self) -> frozenset[str]:
        """Countries (or ids of what has none) on either side."""
        return self.doers | self.others

    @property
    def realised(self) -> bool:
        """Whether it is told as having happened, or claimed to have."""
        coded = self.event.coded
        return coded.status not in UNREALISED and coded.event_type == self.act


@dataclass(frozen=True, slots=True)
class Weight:
    """How strongly two mentions belong together, why, and what forbids it (empty: nothing)."""

    value: float
    because: tuple[str, ...]
    against: str = ""


def act_of(event: Event) -> str:
    """The type of the occurrence: what is planned or threatened, else the event's own type.

    To agree on a meeting and to call one off are moments of that meeting's life.
    """
    coded = event.coded
    if calls_off(event) or (coded.event_type == "AGREE" and _MEET in heads(coded.trigger.text)):
        return "CONSULT"
    return coded.act if coded.status in UNREALISED else coded.event_type


def calls_off(event: Event) -> bool:
    """Whether it refuses or cancels a meeting (PLOVER: REJECT, mode ``meet``)."""
    return event.coded.event_type == "REJECT" and event.coded.mode == "meet"


def telling(event: Event) -> Telling:
    """A mention made ready for comparison."""
    coded, when = event.coded, event.when
    named = [*event.actor, *event.recipient]
    taken = {s for p in named for s in stems(p.passage.text)}
    earliest, latest = when.earliest, when.latest
    stated = when.basis != "publication" and earliest is not None
    if not stated and event.reported is not None:
        published = event.reported.date()
        earliest, latest = published - _FRESH, published + _SLACK
        if "historical" in coded.auxiliary or coded.status != "done":
            earliest = latest = None
    return Telling(
        event=event,
        act=act_of(event),
        heads=heads(coded.trigger.text),
        words=Counter(s for s in stems(coded.sentence.text) if s not in taken),
        doers=_sides(event.actor),
        others=_sides(event.recipient),
        people=frozenset(p.entity.id for p in named if _is_person(p)),
        earliest=earliest,
        latest=latest,
        stated=stated,
    )


def _sides(participants: Iterable[Participant]) -> frozenset[str]:
    found = set()
    for p in participants:
        entity = p.entity
        plain = entity.country and entity.country not in ("IGO", "NGO")
        found.add(entity.country if plain else entity.id)
    return frozenset(found - {""})


def _is_person(participant: Participant) -> bool:
    """A person by name: "the president" (``USA-president``) may be anyone of that country."""
    entity = participant.entity
    generic = entity.country and entity.id.startswith(entity.country)
    return bool(entity.office) and not generic and entity.count is None


def weigh(a: Telling, b: Telling, rarity: Rarity) -> Weight:
    """Evidence for and against ``a`` and ``b`` being one occurrence.

    Args:
        rarity: how telling each stem is among the reports at hand.

    Returns:
        The sum of the evidence (2 is a fair case, 3 a clear one), the reasons in words, and what
        forbids it.
    """
    against = _forbidden(a, b)
    if against:
        return Weight(0.0, (), against)
    parts = [_by_parties(a, b), _by_act(a, b), _by_time(a, b), _by_place(a, b)]
    parts += [_by_agreement(a, b), _by_words(a, b, rarity)]
    value = sum(v for v, _ in parts) - (_OFTEN_SAID if a.act in SPOKEN else 0.0)
    return Weight(value, tuple(why for v, why in parts if v > 0 and why))


def _forbidden(a: Telling, b: Telling) -> str:
    if a.act != b.act:
        return f"{a.act} is not {b.act}"
    for test in (_other_parties, _other_agreement, _other_mode, _other_time, _other_place):
        against = test(a, b)
        if against:
            return against
    return ""


def _other_parties(a: Telling, b: Telling) -> str:
    if _together(a, b):
        least = min(2, len(a.parties), len(b.parties))
        if len(a.parties & b.parties) < least:
            return "other parties"
    elif _apart(a.doers, b.doers) or _apart(a.others, b.others):
        return "other parties"
    spoken = a.act in SPOKEN or a.act == "CONSULT"
    return "other persons" if spoken and _other_persons(a, b) else ""


def _together(a: Telling, b: Telling) -> bool:
    """Whether the parties act together in both, in any order; an offer to someone is one-sided."""
    if a.act == "AGREE" and a.others and b.others:
        return False
    return a.act in RECIPROCAL


def _apart(first: frozenset[str], second: frozenset[str]) -> bool:
    return bool(first and second and not first & second)


def _other_persons(a: Telling, b: Telling) -> bool:
    """Whether some country is spoken for by different people in the two."""
    first, second = _people_by_country(a), _people_by_country(b)
    return any(_apart(first[c], second[c]) for c in first.keys() & second.keys())


def _people_by_country(a: Telling) -> dict[str, frozenset[str]]:
    side = a.event.actor if a.act in SPOKEN else (*a.event.actor, *a.event.recipient)
    found: dict[str, set[str]] = {}
    for p in side:
        if _is_person(p):
            found.setdefault(p.entity.country, set()).add(p.entity.id)
    return {country: frozenset(ids) for country, ids in found.items()}


def _other_agreement(a: Telling, b: Telling) -> str:
    first, second = a.event.agreement, b.event.agreement
    return "other agreement" if first and second and first.id != second.id else ""


def _other_mode(a: Telling, b: Telling) -> str:
    first, second = a.event.coded.mode, b.event.coded.mode
    if first == second or "" in (first, second) or a.act != a.event.coded.event_type:
        return ""
    if a.act == "CONSULT" and {first, second} <= _ALIKE_MODES:
        return ""
    return f"{first} is not {second}"


def _other_time(a: Telling, b: Telling) -> str:
    gap = _gap(a, b)
    if gap is None or gap <= _SLACK:
        return ""
    if a.realised and b.realised:
        return "another time"
    shift = _LONG_SHIFT if a.event.agreement and b.event.agreement else _SHIFT
    return "" if gap <= shift else "another time"


def _gap(a: Telling, b: Telling) -> timedelta | None:
    """Days between two intervals, 0 where they meet, None where either is unknown."""
    if None in (a.earliest or a.latest, b.earliest or b.latest):
        return None
    starts = max(a.earliest or date.min, b.earliest or date.min)
    ends = min(a.latest or date.max, b.latest or date.max)
    return max(starts - ends, timedelta(0))


def _other_place(a: Telling, b: Telling) -> str:
    first, second = a.event.where, b.event.where
    if a.act not in LOCATED or first is None or second is None:
        return ""
    if first.country and second.country and first.country != second.country:
        return f"{first.name} is not {second.name}"
    return f"{first.name} is not {second.name}" if _far(first, second) else ""


def _far(first: Place, second: Place) -> bool:
    exact = {"city", "site"}
    if first.name == second.name or not {first.resolution, second.resolution} <= exact:
        return False
    km = distance_km(first, second)
    return km is None or km > _NEAR_KM


def distance_km(first: Place, second: Place) -> float | None:
    """Great-circle distance in km (haversine, mean radius 6,371 km), None without coordinates."""
    if None in (first.lat, first.lon, second.lat, second.lon):
        return None
    assert first.lat is not None and first.lon is not None
    assert second.lat is not None and second.lon is not None
    lat, other = radians(first.lat), radians(second.lat)
    dlat, dlon = other - lat, radians(second.lon - first.lon)
    root = sin(dlat / 2) ** 2 + cos(lat) * cos(other) * sin(dlon / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(root)))


def _by_parties(a: Telling, b: Telling) -> tuple[float, str]:
    if _together(a, b):
        shared = len(a.parties & b.parties)
        value = 1.4 if shared >= 2 else 0.6 if shared else 0.0
    else:
        value = 0.7 * bool(a.doers & b.doers) + 0.7 * bool(a.others & b.others)
        value += 0.3 * (not a.others and not b.others)
    value += 0.4 * min(2, len(a.people & b.people))
    return value, "same parties" if value else ""


def _by_act(a: Telling, b: Telling) -> tuple[float, str]:
    same = bool(a.heads & b.heads)
    mode = a.event.coded.mode
    value = 0.7 * same + 0.4 * bool(mode and mode == b.event.coded.mode)
    kind = event_types().get(a.act)
    name = a.act if kind is None else kind.name
    return value, f"same act ({name})" if value else ""


def _by_time(a: Telling, b: Telling) -> tuple[float, str]:
    gap = _gap(a, b)
    if gap is None:
        return 0.0, ""
    if gap > _SLACK:
        return -0.5, ""
    width = max(_width(a), _width(b))
    if a.stated and b.stated:
        value = 1.8 if width <= 3 else 1.2 if width <= 31 else 0.5 if width <= 366 else 0.1
    else:
        value = 0.5 if _near(a, b) else 0.1
    return value, "same time" if value >= 0.5 else ""


def _near(a: Telling, b: Telling) -> bool:
    first, second = a.event.reported, b.event.reported
    return first is not None and second is not None and abs(first - second) <= timedelta(days=4)


def _width(a: Telling) -> int:
    if a.earliest is None or a.latest is None:
        return 10_000
    return (a.latest - a.earliest).days


def _by_place(a: Telling, b: Telling) -> tuple[float, str]:
    first, second = a.event.where, b.event.where
    if first is None or second is None:
        return 0.0, ""
    exact = first.resolution in ("city", "site") and not _far(first, second)
    if exact and second.resolution == first.resolution:
        return (1.5 if a.act in LOCATED else 0.7), f"same place ({first.name})"
    same = bool(first.country) and first.country == second.country
    return (0.3, "same country") if same else (0.0, "")


def _by_agreement(a: Telling, b: Telling) -> tuple[float, str]:
    first, second = a.event.agreement, b.event.agreement
    if first is None or second is None:
        return 0.0, ""
    return 1.5, f"same agreement ({first.name})"


def _by_words(a: Telling, b: Telling, rarity: Rarity) -> tuple[float, str]:
    likeness = rarity.cosine(a.words, b.words)
    return 2.0 * likeness, "same details" if likeness >= 0.25 else ""

"""What speaks for and against two mentions telling of one occurrence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt

from detente.ontology.plover import event_types
from detente.records import Place
from detente.resolve.incidents_kind import SPOKEN, WITHDRAWAL
from detente.resolve.incidents_telling import Telling, is_person
from detente.resolve.incidents_words import Rarity, kin_apart

#: Acts whose parties act together, in either order.
RECIPROCAL = frozenset({"CONSULT", "AGREE", "COOPERATE"})
#: Acts that happen at a place; of the others, a place tells where it was said or felt.
LOCATED = frozenset({"CONSULT", "PROTEST", "MOBILIZE", "COERCE", "ASSAULT"})
#: Modes of one act that a report may name alike.
_ALIKE_MODES = frozenset({"", "visit", "multilateral", "third-party"})
_NEAR_KM = 60.0
#: What is said of the same others is said often: more must speak for its being the same.
_OFTEN_SAID = 0.3
_SAID_ANEW = 0.8
_SLACK = timedelta(days=1)
_SAME_REPORT, _HEADLINE = 0.2, 1.5
#: Kin groups of what goes on: its tellings may lie years apart.
_LASTING = frozenset({"violate", "deploy", "meddle"})
#: Those that are one matter for as long as the same one does them.
_GOING_ON = frozenset({"violate", "meddle"})
#: How long a plan may shift and stay the same plan.
_SHIFT = timedelta(days=100)
_LONG_SHIFT = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Weight:
    """How strongly two mentions belong together, why, and what forbids it (empty: nothing)."""

    value: float
    because: tuple[str, ...]
    against: str = ""


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
    parts += [_by_agreement(a, b), _by_words(a, b, rarity), _by_report(a, b)]
    value = sum(v for v, _ in parts) - (_OFTEN_SAID if a.act in SPOKEN else 0.0)
    return Weight(value, tuple(why for v, why in parts if v > 0 and why))


def _forbidden(a: Telling, b: Telling) -> str:
    if a.act != b.act:
        return f"{a.act} is not {b.act}"
    for test in (
        _other_kin,
        _other_parties,
        _other_agreement,
        _other_mode,
        _other_time,
        _other_place,
    ):
        against = test(a, b)
        if against:
            return against
    return ""


def _other_kin(a: Telling, b: Telling) -> str:
    """Whether the words name acts that are never one another (a denial and a violation), or words
    about different things."""
    if a.act in SPOKEN and _apart(a.about, b.about):
        return "about something else"
    if a.heads & b.heads:
        return ""
    pairs = ((x, y) for x in a.heads for y in b.heads if frozenset((x, y)) in kin_apart())
    return next((f"{x} is not {y}" for x, y in pairs), "")


def _other_parties(a: Telling, b: Telling) -> str:
    if _twins(a, b):
        return "" if not a.parties or not b.parties or a.parties & b.parties else "other parties"
    if _together(a, b):
        least = min(2, len(a.parties), len(b.parties))
        if len(a.parties & b.parties) < least:
            return "other parties"
    elif _apart(a.doers, b.doers) or _apart(a.others, b.others):
        return "other parties"
    spoken = a.act in SPOKEN or a.act == "CONSULT"
    return "other persons" if spoken and _other_persons(a, b) else ""


def _twins(a: Telling, b: Telling) -> bool:
    """A headline and its report's news in full: headlines leave out who is acted on by whom."""
    same = a.event.coded.trigger.report == b.event.coded.trigger.report
    return same and a.headline != b.headline and bool(a.heads & b.heads)


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
        if is_person(p):
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
    if _held_before(a, b) or _held_before(b, a):
        return "another time"
    if gap is None or gap <= _SLACK or (a.heads & b.heads & _LASTING):
        return ""
    if a.realised and b.realised:
        return "another time"
    lasting = a.act == WITHDRAWAL or (a.event.agreement and b.event.agreement)
    shift = _LONG_SHIFT if lasting else _SHIFT
    if a.moment != b.moment:
        shift = _SLACK
    return "" if gap <= shift else "another time"


def _held_before(a: Telling, moment: Telling) -> bool:
    """Whether ``a`` is the occasion on which another meeting was agreed on or called off."""
    if not a.realised or not moment.moment or a.latest is None or moment.latest is None:
        return False
    return a.stated and a.latest <= moment.latest


def _gap(a: Telling, b: Telling) -> timedelta | None:
    """Days between two intervals, 0 where they meet, None where either is unknown.

    A meeting comes after it was agreed on and would have come after it was called off, within
    a year or so: from then on it may be at any time.
    """
    if None in (a.earliest or a.latest, b.earliest or b.latest):
        return None
    starts = max(a.earliest or date.min, b.earliest or date.min)
    ends = min(_last(a, b), _last(b, a))
    return max(starts - ends, timedelta(0))


def _last(a: Telling, other: Telling) -> date:
    """The last day ``a`` can mean beside ``other``: what was called off is not held much later."""
    if a.moment != other.moment and a.moment and a.earliest:
        reach = _SHIFT if a.moment == "REJECT" and "postpone" not in a.heads else _LONG_SHIFT
        return min(a.earliest, date.max - reach) + reach
    return a.latest or date.max


def _other_place(a: Telling, b: Telling) -> str:
    first, second = a.event.where, b.event.where
    if a.act not in LOCATED or first is None or second is None:
        return ""
    if a.moment != b.moment and "AGREE" in (a.moment, b.moment):
        return ""  # It was agreed in one town to meet in another.
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
    value = (
        0.7 * same + 0.5 * bool(a.about & b.about) + 0.4 * bool(mode and mode == b.event.coded.mode)
    )
    kind = event_types().get(a.act)
    name = a.act if kind is None else kind.name
    return value, f"same act ({name})" if value else ""


def _by_time(a: Telling, b: Telling) -> tuple[float, str]:
    gap = _gap(a, b)
    if gap is None:
        return 0.0, ""
    if a.heads & b.heads & _GOING_ON:
        return 0.8, "it went on"
    if gap > _SLACK:
        return -0.5, ""
    if a.moment != b.moment:
        return 0.3, ""
    width = max(_width(a), _width(b))
    if a.stated and b.stated:
        value = 1.8 if width <= 3 else 1.2 if width <= 31 else 0.5 if width <= 366 else 0.1
    elif a.stated or b.stated:
        value = 0.8 if width <= 31 else 0.1
    else:
        value = 0.5 if _near(a, b) else _said_anew(a, b)
    return value, "same time" if value >= 0.5 else ""


def _said_anew(a: Telling, b: Telling) -> float:
    """What undated news of other weeks counts: what is said anew is mostly another utterance."""
    return 0.1 if a.act not in SPOKEN or a.heads & b.heads & _LASTING else -_SAID_ANEW


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


def _by_report(a: Telling, b: Telling) -> tuple[float, str]:
    """A report tells its news twice, in the headline and in full, with the same word or kin."""
    if a.event.coded.trigger.report != b.event.coded.trigger.report or not a.heads & b.heads:
        return 0.0, ""
    twins = _twins(a, b)
    return _SAME_REPORT + _HEADLINE * twins, "its headline" if twins else "same report"

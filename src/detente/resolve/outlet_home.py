"""Where an outlet is at home, from its name and from what its reports turn about."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from detente.gazetteer.place_tables import PlaceEntry
from detente.gazetteer.places import PRIMARY, candidates
from detente.resolve.toponym_ranking import called, distance_km
from detente.resolve.toponym_spans import toponym_spans

_NEAR_KM = 60.0
#: Candidates of one name that are weighed at most, the most peopled first.
_AT_MOST = 60
#: A town that the outlet is named for needs a third of the support of another.
_NAMED = 3.0


def home_of(outlet: str, texts: Sequence[str]) -> PlaceEntry | None:
    """The town an outlet is at home in.

    Args:
        outlet: its name or the host of its address (``www.dallasnews.com``).
        texts: reports of it, the more the better.

    Returns:
        The town about which most places told in the reports lie, those that the outlet is named for
        preferred; ``None`` where no town is told.
    """
    names: Counter[str] = Counter()
    for text in texts:
        names.update({text[start:end] for start, end in toponym_spans(text)})
    towns = {name: _places(name) for name in names}
    named = {place.id: place for place in _in_name(outlet)}
    told: Counter[str] = Counter()
    for name, those in towns.items():
        told.update({place.id: names[name] for place in those})
    pool = {p.id: p for those in towns.values() for p in those if p.kind == "city"} | named
    pool = _of_domain(outlet, pool)
    weighed = [(names[name] / math.sqrt(len(p)), p) for name, p in towns.items() if p]
    return max(pool.values(), key=lambda p: _support(p, weighed, told, named), default=None)


def _places(name: str) -> list[PlaceEntry]:
    found = [c.place for c in called(name) if c.place.kind != "country" and c.role <= 1]
    return found[:_AT_MOST]


def _of_domain(outlet: str, pool: dict[str, PlaceEntry]) -> dict[str, PlaceEntry]:
    """The towns of the country that the host's last label names (``.ca``, ``.co.uk``), if any."""
    label = outlet.rpartition(".")[2].upper()
    code = "GB" if label == "UK" else label
    inside = {i: p for i, p in pool.items() if p.division.partition(".")[0] == code}
    return inside or pool


def _support(
    town: PlaceEntry,
    weighed: Sequence[tuple[float, Sequence[PlaceEntry]]],
    told: Mapping[str, int],
    named: Mapping[str, PlaceEntry],
) -> float:
    """How much of what is told lies near a town, more if it is itself told or in the name."""
    near = sum(weight * _closeness(town, those) for weight, those in weighed)
    own = 1.0 + math.log2(1 + told.get(town.id, 0)) / 2
    return near * own * (_NAMED if town.id in named else 1.0) + 0.2 * math.log10(
        town.population + 10
    )


def _closeness(town: PlaceEntry, those: Sequence[PlaceEntry]) -> float:
    """How near the nearest of a name's places lies: 1 at no distance, 0.37 at 60 km."""
    close = (p for p in those if abs(town.lat - p.lat) < 3 and abs(town.lon - p.lon) < 4)
    return max((math.exp(-distance_km(town, p) / _NEAR_KM) for p in close), default=0.0)


def _in_name(outlet: str) -> list[PlaceEntry]:
    """Towns whose name begins or ends the outlet's ("palestineherald")."""
    label = re.sub(r"^(?:www|news)\.", "", outlet.lower()).split(".")[0].replace(" ", "")
    pieces = {label[:end] for end in range(5, len(label) + 1)}
    pieces |= {label[start:] for start in range(len(label) - 4)}
    found = (candidates(piece) for piece in sorted(pieces))
    return [
        c.place for those in found for c in those if c.role == PRIMARY and c.place.kind == "city"
    ]

"""GraphML (graphml.graphdrawing.org): who acts on whom, an edge a dyad and quad class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from detente.ontology.plover import event_types, quad_class, score
from detente.records import Entity, Event

_KEYS = (
    ("name", "node", "string"),
    ("country", "node", "string"),
    ("quad", "edge", "string"),
    ("count", "edge", "int"),
    ("scale", "edge", "double"),
    ("first", "edge", "string"),
    ("last", "edge", "string"),
)


@dataclass(slots=True)
class _Edge:
    count: int = 0
    scale: float = 0.0
    first: str = ""
    last: str = ""


def write_graphml(events: Iterable[Event]) -> Iterator[str]:
    """Lines of a directed graph. Memory grows with the dyads, not with the events.

    A dyad stands once for each quad class: ``count`` events, their mean PLOVER ``scale``, their
    ``first`` and ``last`` day. Parties that act together are joined by an edge each way.
    """
    nodes: dict[str, Entity] = {}
    edges: dict[tuple[str, str, str], _Edge] = {}
    for event in events:
        if event.coded.event_type in event_types():
            _count(event, nodes, edges)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for name, domain, kind in _KEYS:
        yield f'<key id="{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>'
    yield '<graph edgedefault="directed">'
    for name, entity in sorted(nodes.items()):
        told = _values(name=entity.name, country=entity.country)
        yield f"<node id={quoteattr(name)}>{told}</node>"
    for (source, target, quad), edge in sorted(edges.items()):
        told = _values(
            quad=quad,
            count=str(edge.count),
            scale=f"{edge.scale / edge.count:.4f}",
            first=edge.first,
            last=edge.last,
        )
        yield f"<edge source={quoteattr(source)} target={quoteattr(target)}>{told}</edge>"
    yield "</graph></graphml>"


def _count(
    event: Event, nodes: dict[str, Entity], edges: dict[tuple[str, str, str], _Edge]
) -> None:
    actors = {p.entity.id or p.entity.name: p.entity for p in event.actor}
    others = {p.entity.id or p.entity.name: p.entity for p in event.recipient}
    nodes.update({name: e for name, e in {**actors, **others}.items() if name not in nodes})
    pairs = [(a, b) for a in actors for b in (others or actors) if a != b]
    quad = quad_class(event.coded.event_type)
    day = (event.when.earliest or event.when.latest) if event.when else None
    for source, target in pairs:
        edge = edges.setdefault((source, target, quad), _Edge())
        edge.count += 1
        edge.scale += score(event.coded.event_type, event.coded.mode)
        if day:
            edge.first = min(edge.first or day.isoformat(), day.isoformat())
            edge.last = max(edge.last, day.isoformat())


def _values(**told: str) -> str:
    return "".join(f'<data key="{key}">{_clean(text)}</data>' for key, text in told.items())


def _clean(text: str) -> str:
    return escape("".join(c for c in text if c >= " " and not "\ud800" <= c <= "\udfff"))

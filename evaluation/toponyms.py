"""Toponyms against the Local-Global Lexicon (Lieberman, Samet and Sankaranarayanan, ICDE 2010).

With the spans given: the share of toponyms with coordinates that are placed within 161 km (100
miles, the usual bound) and in the right country. With our own spans: precision, recall and F1 of
spans that overlap, one to one. An outlet's home is inferred from its domain and all its
articles together.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import parse

from detente.gazetteer.place_tables import PlaceEntry
from detente.gazetteer.places import candidates
from detente.resolve.outlet_home import home_of
from detente.resolve.toponym_ranking import mention_at, ranked
from detente.resolve.toponym_spans import toponym_spans
from evaluation.result import Result

BOUND_KM = 161.0
#: GeoNames' country names that differ from our own, and parts it keeps apart.
_SAME = {"palestinian territory": "palestine", "czech republic": "czechia"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A toponym of the corpus; ``point`` is ``None`` where the annotators found no place."""

    start: int
    end: int
    phrase: str
    point: tuple[float, float] | None
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article with its toponyms in order."""

    id: str
    domain: str
    text: str
    toponyms: tuple[Gold, ...]


def evaluate(path: Path) -> Result:
    """Scores the corpus file ``path`` (``lgl.xml``)."""
    articles = tuple(_articles(path))
    homes = _homes(articles)
    rows = [row for a in articles for row in _given(a, homes.get(a.domain))]
    spans = [row for a in articles for row in _own(a)]
    placed = [r for r in rows if r["gold"]]
    matched = sum(bool(r["gold"] and r["predicted"]) for r in spans)
    gold, found = sum(bool(r["gold"]) for r in spans), sum(bool(r["predicted"]) for r in spans)
    metrics = {
        "toponyms": len(placed),
        "within_161km": _share(placed, "near"),
        "country": _share(placed, "same_country"),
        "span_precision": round(matched / found, 4) if found else 0.0,
        "span_recall": round(matched / gold, 4) if gold else 0.0,
        "span_f1": round(2 * matched / (gold + found), 4) if gold + found else 0.0,
    }
    return Result(metrics=metrics, predictions=[*rows, *spans])


def _share(rows: Sequence[dict[str, object]], field: str) -> float:
    return round(sum(bool(row[field]) for row in rows) / len(rows), 4) if rows else 0.0


def _articles(path: Path) -> Iterator[Article]:
    root = parse(path).getroot()
    assert root is not None
    for element in root.iter("article"):
        yield Article(
            id=element.attrib["docid"],
            domain=element.findtext("domain") or "",
            text=element.findtext("text") or "",
            toponyms=tuple(_gold(t) for t in element.iter("toponym")),
        )


def _gold(element: Element) -> Gold:
    tag = element.find("gaztag")
    point = None
    if tag is not None:
        point = float(tag.findtext("lat") or 0), float(tag.findtext("lon") or 0)
    return Gold(
        start=int(element.findtext("start") or 0),
        end=int(element.findtext("end") or 0),
        phrase=element.findtext("phrase") or "",
        point=point,
        country=(tag.findtext("country") or "") if tag is not None else "",
    )


def _homes(articles: Sequence[Article]) -> dict[str, PlaceEntry]:
    texts: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        texts[article.domain].append(article.text)
    found = ((domain, home_of(domain, those)) for domain, those in texts.items())
    return {domain: home for domain, home in found if home}


def _given(article: Article, home: PlaceEntry | None) -> Iterator[dict[str, object]]:
    mentions = [mention_at(article.text, g.start, g.end) for g in article.toponyms]
    for gold, place in zip(article.toponyms, ranked(mentions, home=home), strict=True):
        if gold.point is None:
            continue
        gap = _km(gold.point, (place.lat, place.lon)) if place else None
        yield {
            "id": f"{article.id}:{gold.start}",
            "gold": {"phrase": gold.phrase, "point": gold.point, "country": gold.country},
            "predicted": {"name": place.name, "id": place.id, "country": place.country}
            if place
            else None,
            "km": round(gap) if gap is not None else None,
            "near": gap is not None and gap <= BOUND_KM,
            "same_country": place is not None and _country(gold.country) == place.country,
        }


def _own(article: Article) -> Iterator[dict[str, object]]:
    left = list(toponym_spans(article.text))
    for gold in article.toponyms:
        match = next((s for s in left if s[0] < gold.end and gold.start < s[1]), None)
        if match:
            left.remove(match)
        yield _span_row(article, (gold.start, gold.end), match)
    for span in left:
        yield _span_row(article, None, span)


def _span_row(
    article: Article, gold: tuple[int, int] | None, found: tuple[int, int] | None
) -> dict[str, object]:
    start = (gold or found or (0, 0))[0]
    return {
        "id": f"{article.id}:{start}:span",
        "gold": article.text[gold[0] : gold[1]] if gold else None,
        "predicted": article.text[found[0] : found[1]] if found else None,
        "context": article.text[max(0, start - 40) : start + 50],
    }


def _country(name: str) -> str:
    """The alpha-3 code of a country as the corpus writes it; ``""`` for none."""
    plain = _SAME.get(name.lower(), name)
    found = [c.place.country for c in candidates(plain) if c.place.kind == "country"]
    return found[0] if found else ""


def _km(first: tuple[float, float], second: tuple[float, float]) -> float:
    a1, a2 = math.radians(first[0]), math.radians(second[0])
    across = math.sin(math.radians(second[1] - first[1]) / 2) ** 2
    half = math.sin((a2 - a1) / 2) ** 2 + math.cos(a1) * math.cos(a2) * across
    return 2 * 6371.0 * math.asin(math.sqrt(half))

"""PETRARCH's validation sentences: actor country, recipient country and root type of each event.

The file is not well-formed XML (its comments have no markup, texts hold bare signs), so its few
kinds of element are read by pattern. CAMEO roots map to PLOVER types (manual, "CAMEO to PLOVER
translation"); 01 and 02 have none, and the pairs they stand for are left out on both sides; 08 is
one root, YIELD.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import permutations, product
from pathlib import Path

from detente.coding.coder import Coder
from detente.records import CodedEvent, Entity, Passage, Report
from detente.resolve.actors import link
from evaluation.cameo_terms import cameo_root, counted
from evaluation.result import Result

Triple = tuple[str, str, str]
Links = Mapping[Passage, tuple[Entity, ...]]
_ITEM = re.compile(r"<Sentence (?P<head>[^>]*)/>(?P<body>.*?)(?=<Sentence |\Z)", re.S)
_CODING = re.compile(r"<EventCoding\s(?P<fields>[^>]*)/>")
_TEXT = re.compile(r"<Text>(.*?)</Text>", re.S)
_FIELD = re.compile(r'(\w+)="([^"]*)"')
_ROOTS = {
    "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "YIELD",
    "09": "ACCUSE", "10": "REQUEST", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN",
    "14": "PROTEST", "15": "MOBILIZE", "16": "SANCTION", "17": "COERCE", "18": "ASSAULT",
    "19": "ASSAULT", "20": "ASSAULT",
}  # fmt: skip
#: CAMEO's codes for actors of no country.
_NOWHERE = frozenset({"---", "IMG", "REB", "MUS", "CVL", "INT", "UAF"})


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence of the file with its expected events, and the pairs of those that are 01 or 02."""

    id: str
    report: Report
    gold: frozenset[Triple]
    left_out: frozenset[tuple[str, str]]


def items(path: Path) -> Iterator[Item]:
    """The validation sentences of the file at ``path``, in order."""
    text = path.read_text(encoding="utf-8", errors="replace")
    for found in _ITEM.finditer(text):
        body = _TEXT.search(found["body"])
        if body is None:
            continue
        head = dict(_FIELD.findall(found["head"]))
        codings = [dict(_FIELD.findall(c["fields"])) for c in _CODING.finditer(found["body"])]
        coded = [c for c in codings if "eventcode" in c]
        gold = frozenset(t for c in coded if (t := _triple(c)) is not None)
        words = " ".join(html.unescape(body[1]).replace("``", '"').replace("''", '"').split())
        day = _day(head["date"])
        report = Report(id=head["id"], text=words, published=day)
        left_out = frozenset(_pair(c) for c in coded if _triple(c) is None)
        yield Item(head["id"], report, gold, left_out)


def _day(digits: str) -> datetime:
    """Some dates of the file have two-digit years."""
    form = "%Y%m%d" if len(digits) == 8 else "%y%m%d"
    return datetime.strptime(digits, form).replace(tzinfo=UTC)


def _triple(coding: dict[str, str]) -> Triple | None:
    root = _ROOTS.get(coding["eventcode"][:2])
    if root is None:
        return None
    return (*_pair(coding), root)


def _pair(coding: dict[str, str]) -> tuple[str, str]:
    return _country(coding["sourcecode"]), _country(coding["targetcode"])


def _country(code: str) -> str:
    return "" if code[:3] in _NOWHERE else code[:3]


def evaluate(path: Path) -> Result:
    """Micro-averaged precision, recall and F1 of (actor country, recipient country, root).

    Args:
        path: ``PETR2_GSR_validation.xml``.

    Returns:
        ``f1``, ``precision``, ``recall``, over ``events`` expected ones.
    """
    wanted = list(items(path))
    hits = found_count = gold_count = 0
    predictions = []
    for item, (_, events) in zip(
        wanted, Coder().code_many([i.report for i in wanted]), strict=True
    ):
        found = triples(item, events)
        hits += len(found & item.gold)
        found_count += len(found)
        gold_count += len(item.gold)
        predictions.append({"id": item.id, "gold": sorted(item.gold), "predicted": sorted(found)})
    precision, recall = hits / max(found_count, 1), hits / max(gold_count, 1)
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return Result(
        metrics={
            "sentences": len(wanted),
            "events": gold_count,
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(f1, 4),
        },
        predictions=predictions,
    )


def triples(item: Item, events: Sequence[CodedEvent]) -> frozenset[Triple]:
    """Each event as (actor country, recipient country, root), as far as CAMEO would count it.

    CAMEO knows no event without a target and codes both directions of a reciprocal one, or only
    that which the grammar shows; PETRARCH heeds no tense. So an event without a party on one side
    is left out unless such a one is expected; one whose parties are all actors counts in the
    directions expected, else once; a planned one counts by its act, or by CAMEO's root for it,
    where that is expected; and where the gold names no country ("---") any is right.
    """
    report = item.report
    passages = tuple(dict.fromkeys(p for e in events for p in (*e.actor, *e.recipient)))
    day = report.published.date() if report.published else None
    links = link(report, passages, day)
    found: set[Triple] = set()
    for event in events:
        if counted(event):
            pairs = [pair for pair in _pairs(event, links) if pair not in item.left_out]
            found |= _as_expected(item, event, pairs)
    return frozenset(found)


def _pairs(event: CodedEvent, links: Links) -> list[tuple[str, str]]:
    actors, recipients = (_countries(p, links) for p in (event.actor, event.recipient))
    if not recipients and len(event.actor) > 1:
        return list(permutations(sorted(actors), 2))
    return list(product(sorted(actors) or [""], sorted(recipients) or [""]))


def _as_expected(item: Item, event: CodedEvent, pairs: Sequence[tuple[str, str]]) -> set[Triple]:
    roots = dict.fromkeys((_merged(event.event_type), cameo_root(event), _merged(event.act)))
    expected = {
        gold
        for gold in item.gold
        for pair in pairs
        if gold[2] in roots
        and all(one in ("", other) for one, other in zip(gold[:2], pair, strict=True))
    }
    if expected:
        return expected
    whole = event.actor and (event.recipient or len(event.actor) > 1)
    if not whole:
        return set()
    reciprocal = not event.recipient
    return {(a, r, next(iter(roots))) for a, r in (pairs[:1] if reciprocal else pairs)}


def _merged(event_type: str) -> str:
    return "YIELD" if event_type in ("CONCEDE", "RETREAT") else event_type


def _countries(passages: Sequence[Passage], links: Links) -> set[str]:
    return {e.country[:3] for p in passages for e in links.get(p, ())} or (
        {""} if passages else set()
    )

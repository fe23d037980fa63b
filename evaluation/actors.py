"""Actors: bare phrases against country and sector, and names on dates against a table.

Phrases (JSON lines, one test of the NGEC coder each): ``text``, ``kwargs.query_date``, and in
``expect`` a country (``cc`` or ``country``) and a sector (``code_1``, and ``code_2``). NGEC's
country codes UNO and EUR are our IGO; its sector codes are turned into ours by the table below, and
a code that says "unknown" (UNK, JNK) or "unrecognised state" (PRE) means none. A sector is right
where it is among those expected, first (``sector``) or anywhere (``sector_any``). Rows marked
skipped are left out, as are those that expect neither.

Names (CSV: name, date, country, sectors, office): the first candidate of ``who`` on that date must
have the country, the sectors and the office.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from detente.gazetteer.actor_dates import days_of
from detente.gazetteer.actors import who
from detente.gazetteer.phrases import entity_of
from detente.ontology.table import rows
from detente.records import Entity
from evaluation.result import Result

NAME_COLUMNS = ("name", "date", "country", "sectors", "office")
_COUNTRIES = {"UNO": "IGO", "EUR": "IGO"}
#: NGEC's sector codes where ours differ, from its own code book.
_SECTORS: Mapping[str, frozenset[str]] = {
    "PRM": frozenset({"UAF"}),
    "CVL": frozenset({"CVL", "CIV", "STU"}),
    "JRN": frozenset({"JOU", "MED"}),
    "MED": frozenset({"HLH"}),
    "SOC": frozenset({"NGO", "NGM", "HRI"}),
    "REL": frozenset({"REL", "MUS", "CHR", "JEW", "HIN", "BUD"}),
    "EDU": frozenset({"EDU", "STU"}),
}
_NONE = frozenset({"UNK", "JNK", "PRE"})


def evaluate(path: Path) -> Result:
    """Accuracy of country, sector and (for a table of names) office.

    Args:
        path: a JSON lines file of phrases, or a CSV table of names.
    """
    return _names(path) if path.suffix == ".csv" else _phrases(path)


# ── phrases ───────────────────────────────────────────────────────────────────────────────────


def _phrases(path: Path) -> Result:
    predictions = list(_read_phrases(path))
    metrics: dict[str, float | int] = {"phrases": len(predictions)}
    for figure in ("country", "sector", "sector_any"):
        judged = [bool(row[figure]) for row in predictions if row[figure] is not None]
        metrics[figure] = round(sum(judged) / len(judged), 4) if judged else 0.0
        metrics[f"{figure}_items"] = len(judged)
    return Result(metrics=metrics, predictions=predictions)


def _read_phrases(path: Path) -> Iterator[dict[str, object]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        test = json.loads(line)
        expect = test["expect"]
        country = expect.get("cc", expect.get("country"))
        sector = expect.get("code_1")
        if test.get("skipped") or (country is None and sector is None):
            continue
        found = entity_of(test["text"], _day(test["kwargs"].get("query_date")))
        yield {
            "id": number,
            "text": test["text"],
            "gold": {"country": country, "sector": sector},
            "predicted": _told(found),
            "country": None if country is None else _country_right(country, found),
            "sector": None if sector is None else _sector_right(expect, found, first=True),
            "sector_any": None if sector is None else _sector_right(expect, found, first=False),
        }


def _day(text: str | None) -> date | None:
    """The test's date: ISO, or "12 April 2022"."""
    if not text:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    day, month, year = text.split()
    months = "JanFebMarAprMayJunJulAugSepOctNovDec"
    return date(int(year), months.index(month[:3]) // 3 + 1, int(day))


def _told(found: Entity | None) -> dict[str, object]:
    if found is None:
        return {"id": "", "country": "", "sectors": []}
    return {"id": found.id, "country": found.country, "sectors": list(found.sectors)}


def _country_right(expected: str, found: Entity | None) -> bool:
    country = found.country if found else ""
    told = _COUNTRIES.get(expected, expected)
    # An organisation without a country is "" for NGEC and NGO for us.
    return country == told or (expected == "" and country == "NGO")


def _sector_right(expect: Mapping[str, Any], found: Entity | None, *, first: bool) -> bool:
    codes = expect["code_1"] if isinstance(expect["code_1"], list) else [expect["code_1"]]
    if expect.get("code_2"):
        codes = [*codes, expect["code_2"]]
    told = found.sectors if found else ()
    if all(not code or code in _NONE for code in codes):
        return not told
    wanted = frozenset[str]().union(*(_SECTORS.get(code, frozenset({code})) for code in codes))
    return bool(wanted & set(told[:1] if first else told))


# ── names ─────────────────────────────────────────────────────────────────────────────────────


def _names(path: Path) -> Result:
    predictions: list[dict[str, object]] = []
    for line, row in rows(path, NAME_COLUMNS):
        on = days_of(row["date"])[0] if row["date"] else None
        found = next(iter(who(row["name"], on)), None)
        right = {
            "country": found is not None and found.country == row["country"],
            "sector": found is not None and ";".join(found.sectors) == row["sectors"],
            "office": found is not None and found.office == row["office"],
        }
        predictions.append(
            {
                "id": line,
                "gold": dict(row),
                "predicted": {**_told(found), "office": found.office if found else ""},
                "right": all(right.values()),
                **right,
            }
        )
    figures = ("right", "country", "sector", "office")
    count = max(len(predictions), 1)
    shares = {f: round(sum(bool(p[f]) for p in predictions) / count, 4) for f in figures}
    return Result(metrics={"names": len(predictions), **shares}, predictions=predictions)

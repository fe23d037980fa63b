"""Rules for durations, for what lies so long ago or ahead, and for what recurs."""

from __future__ import annotations

from datetime import date, timedelta

from detente.resolve.dates.expression import Reading, dated
from detente.resolve.dates.granules import Granule, coarser, containing
from detente.resolve.dates.patterns import Match
from detente.resolve.dates.relative import calendar_unit
from detente.resolve.dates.rules import rule
from detente.resolve.dates.scene import Scene

#: Letters of ISO 8601 durations; a time unit stands after T.
_LETTERS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W",
    "weekend": "D", "fortnight": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "Y",
    "century": "Y",
}  # fmt: skip
_TIMES = {"fortnight": 2, "weekend": 2, "decade": 10, "century": 100}
_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30.44, "quarter": 91.3}


def unit_of(match: Match) -> str:
    """The unit that a match names."""
    return match.value("UNIT") or match.value("UNITS")


def amount(match: Match) -> float | None:
    """How many units; ``None`` where it is left open ("several", bare plurals)."""
    numbers = [float(value) for value in match.values("NUM")]
    if len(numbers) >= 3 and numbers[-1]:
        return numbers[0] + numbers[-2] / numbers[-1]
    if numbers:
        return numbers[0]
    counts = [value for value in match.values("QUANT") if value not in ("1",)] or list(
        match.values("QUANT")
    )
    if not counts or "X" in counts:
        return None
    return float(counts[-1])


def duration_value(number: float | None, unit: str) -> str:
    """The TIMEX3 value of so many units, such as ``P2W``, ``PT10H``, ``PXY``."""
    letter = _LETTERS[unit]
    stem = "PT" if letter[0] == "T" else "P"
    if number is None:
        return f"{stem}X{letter[-1]}"
    whole = number * _TIMES.get(unit, 1)
    if letter == "Y" and whole % 1 and unit == "year":
        return f"P{int(whole)}Y{round(whole % 1 * 12)}M" if whole > 1 else f"P{round(whole * 12)}M"
    return f"{stem}{whole:g}{letter[-1]}"


@rule("$QTY '-'? (UNIT|UNITS) (('-'|'of')? ('old'|'long'|'period'))?")
@rule("'the'? (NUM|QUANT) 'trading'? 'more'? UNITS")
@rule("NUM 'and' 'a' 'half' UNITS")
@rule("NUM ('to'|'or'|'-') NUM (UNIT|UNITS)")
def duration(match: Match, scene: Scene) -> Reading | None:
    """``two weeks``, ``a 31-year-old treaty``, ``2 1/2 years``."""
    unit, number = unit_of(match), amount(match)
    if match.says("second") and match.has("QUANT"):
        return None
    after = scene.tokens[scene.at + len(match.tokens) :][:1]
    if not match.says("-") and (match.says("old") or (after and after[0].word == "old")):
        return None
    if match.says("recent") and unit == "year":
        return Reading(kind="DATE", value="PAST_REF")
    if match.says("quarters", "quarter") and match.says("-", "a"):
        return None
    if match.says("half") and match.says("and") and number is not None:
        number += 0.5
    if match.says("to", "or") and len(match.values("NUM")) == 2:
        number = float(match.values("NUM")[0])
    return Reading(kind="DURATION", value=duration_value(number, unit))


@rule("('a'|'one') UNIT 'and' 'a' 'half'")
def and_a_half(match: Match, scene: Scene) -> Reading | None:
    """``a year and a half``."""
    return Reading(kind="DURATION", value=duration_value(1.5, unit_of(match)))


@rule("UNITS")
@rule("UNITS 'or' UNITS")
def open_duration(match: Match, scene: Scene) -> Reading | None:
    """``weeks``, ``years``: how many is not told."""
    unit = unit_of(match)
    after = scene.tokens[scene.at + len(match.tokens) :][:1]
    if after and after[0].word == "old":
        return None
    if unit in ("second", "minute", "quarter", "night") or (
        scene.at and scene.tokens[scene.at - 1].word in ("$", "%", "'s", "three", "-")
    ):
        return None
    return Reading(kind="DURATION", value=duration_value(None, unit))


@rule(
    "('the'|'these'|'those')? (DIR|'first'|LATEST|'final'|'early') 'of'? $QTY"
    " 'trading'? UNITS ('or' 'so')?"
)
@rule("('the'|'these')? DIR UNITS")
@rule("('each'|'every') 'of' 'the' DIR $QTY UNITS")
@rule("'the' DIR UNIT 'or' ('so'|'two')")
def span_from_here(match: Match, scene: Scene) -> Reading | None:
    """``the past two weeks``, ``the next few years``: a span that ends or begins at the anchor."""
    unit, number = unit_of(match), amount(match)
    value = duration_value(number if number is not None or match.has("UNITS") else 1, unit)
    step = match.number("DIR")
    days = (number or 0) * (_DAYS.get(unit) or 365.25 * _TIMES.get(unit, 1))
    if not match.has("DIR") or not step or not days or unit in ("hour", "minute", "second"):
        return Reading(kind="DURATION", value=value)
    return _span(scene.anchor, value, step, round(days))


def _span(anchor: date, value: str, step: int, days: int) -> Reading:
    try:
        far = anchor + timedelta(days=step * days)
    except OverflowError:
        return Reading(kind="DURATION", value=value)
    first, last = sorted((anchor, far))
    return Reading(
        kind="DURATION",
        value=value,
        edtf=f"{first}/{last}",
        earliest=first,
        latest=last,
    )


@rule("$QTY UNITS 'on'")
def so_long_on(match: Match, scene: Scene) -> Reading | None:
    """``two days on``, before a comma: counted from what was told."""
    after = scene.tokens[scene.at + len(match.tokens) :][:1]
    if scene.told is None or not after or after[0].word != ",":
        return None
    return so_long_ago(match, scene)


@rule("$QTY (UNIT|UNITS) ('or' ('so'|'more'|'two'))? (AGO | 'from' ('now'|'today'))")
@rule("UNITS AGO")
def so_long_ago(match: Match, scene: Scene) -> Reading | None:
    """``two weeks ago``: that week; ``five years later``: from what was told; exact to its unit."""
    number = amount(match)
    step = match.number("AGO") if match.has("AGO") else 1
    unit = calendar_unit("week" if unit_of(match) == "fortnight" else unit_of(match))
    if number is None or unit is None or number % 1:
        value = "PAST_REF" if step < 0 else "FUTURE_REF"
        return Reading(kind="DATE", value=value)
    if unit_of(match) == "fortnight":
        number *= 2
    from_anchor = match.says("ago", "now", "today", "hence") or scene.told is None
    if not from_anchor and scene.told is not None and coarser(scene.told, unit):
        return dated(_on_from(scene.told, round(step * number * _DAYS[unit])))
    start = scene.anchor if from_anchor or scene.told is None else scene.told.first
    return dated(containing(start, unit).shift(step * int(number)))


def _on_from(told: Granule, days: int) -> Granule:
    """The month or year so many days on from the middle of one: "four weeks later" than May."""
    middle = told.first.toordinal() + (told.last - told.first).days // 2
    return containing(date.fromordinal(middle + days), told.unit)


@rule("EACH ('other'|NUM|'single')? (UNIT|UNITS)")
@rule("EACH WEEKDAY DAYPART?")
@rule("EACH MONTH")
@rule("EACH SEASON")
@rule("OFTEN")
@rule("('once'|'twice'|NUM 'times') ('a'|'per'|'each'|'every') UNIT")
@rule("WEEKDAYS ('nights')?")
@rule("WEEKDAY DAYPART 's'")
def recurring(match: Match, scene: Scene) -> Reading | None:
    """``every month``, ``daily``, ``each Thursday``, ``twice a year``."""
    return Reading(kind="SET", value=_recurring(match))


def _recurring(match: Match) -> str:
    weekday = match.value("WEEKDAY") or match.value("WEEKDAYS")
    if weekday:
        return f"XXXX-WXX-{weekday}" + ("TNI" if match.says("nights", "night") else "")
    if match.has("MONTH"):
        return f"XXXX-{match.number('MONTH'):02}"
    if match.has("SEASON"):
        return f"XXXX-{('SP', 'SU', 'FA', 'WI')[match.number('SEASON') - 1]}"
    if match.has("OFTEN"):
        return match.value("OFTEN")
    every = match.number("NUM") if match.has("NUM") and match.has("EACH") else 1
    return duration_value(2 if match.says("other") else every or 1, unit_of(match))


@rule("'a' ('short'|'long'|'little'|'fairly')* 'while'")
@rule("'some' 'time'")
@rule("'a' 'fairly'? ('long'|'lengthy'|'short'|'brief') ('time'|'period')")
def vague_duration(match: Match, scene: Scene) -> Reading | None:
    """``a while``, ``some time``."""
    return Reading(kind="DURATION", value="PXX")

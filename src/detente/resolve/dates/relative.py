"""Rules for dates told from the anchor or from what was told before."""

from __future__ import annotations

from typing import cast

from detente.resolve.dates import granules
from detente.resolve.dates.absolute import at_time, weekday_near
from detente.resolve.dates.expression import Reading, dated
from detente.resolve.dates.granules import Granule, Unit, containing
from detente.resolve.dates.patterns import Match
from detente.resolve.dates.rules import rule
from detente.resolve.dates.scene import Scene

_CALENDAR = ("day", "week", "weekend", "month", "quarter", "year", "decade", "century")


def calendar_unit(name: str) -> Unit | None:
    """The unit of the calendar that a word for a unit names; hours and nights have none."""
    return cast(Unit, name) if name in _CALENDAR else None


@rule("DEICTIC (DAYPART | 'at'? $TIMES)?")
@rule("DAYPART DEICTIC")
def deictic(match: Match, scene: Scene) -> Reading | None:
    """``yesterday``, ``tomorrow morning``, ``tonight``."""
    steps, _, part = match.value("DEICTIC").partition(" ")
    day = scene.now("day").shift(int(steps))
    if part:
        return _night(day)
    return at_time(match, day) or dated(day)


@rule("DIR 'night'")
@rule("'overnight'")
def night(match: Match, scene: Scene) -> Reading | None:
    """``last night``, ``overnight``: the night before the anchor's day."""
    if match.says("overnight") or match.number("DIR") < 0:
        return _night(scene.now("day").shift(-1))
    return _night(scene.now("day").shift(match.number("DIR")))


def _night(day: Granule) -> Reading:
    return Reading(
        kind="TIME", value=f"{day.timex()}TNI", granule=day, edtf=day.edtf(),
        earliest=day.first, latest=day.last,
    )  # fmt: skip


@rule("'this' 'mid'? '-'? DAYPART")
@rule("('the'|'mid') '-'? DAYPART")
@rule("'early' DAYPART")
def this_part_of_day(match: Match, scene: Scene) -> Reading | None:
    """``this morning``."""
    return at_time(match, scene.now("day")) if not match.says("night") else None


@rule("'the'? 'this'? DIR? WEEKDAY ('at'? DAYPART | 'at'? $TIMES)?")
@rule("DAYPART 'on'? WEEKDAY")
@rule("'overnight' 'on' WEEKDAY")
@rule("WEEKDAY 'of' 'last' 'week'")
def weekday(match: Match, scene: Scene) -> Reading | None:
    """``Tuesday``, ``last Friday``, ``the previous Friday``, ``Friday evening``."""
    if not _capital_weekday(match):
        return None
    number = match.number("WEEKDAY")
    day = weekday_near(scene, number)
    if match.says("week"):
        day = Granule(unit="day", index=scene.now("week").shift(-1).first.toordinal() + number - 1)
    elif match.has("DIR"):
        day = _directed_weekday(match, scene, number)
    return at_time(match, day) or dated(day)


def _capital_weekday(match: Match) -> bool:
    """A weekday is written with a capital; an abbreviated one ends in a full stop (not the Sun)."""
    named = [token for token in match.tokens if "WEEKDAY" in token.classes]
    return any(
        t.capital and (t.word.endswith("day") or t.end - t.start > len(t.word)) for t in named
    )


def _directed_weekday(match: Match, scene: Scene, number: int) -> Granule:
    told = scene.told if match.says("previous", "following", "preceding") else None
    start = told.first if told and told.unit == "day" else scene.anchor
    today = containing(start, "day")
    back = (start.isoweekday() - number) % 7
    step = match.number("DIR")
    if step < 0:
        return today.shift(-(back or 7))
    return today.shift((7 - back) if step > 0 else -back)


@rule("('the'|'its'|'their')? DIR DIR? FISCAL? UNIT")
def directed_unit(match: Match, scene: Scene) -> Reading | None:
    """``next month``, ``last week``, ``this year``, ``the following year``."""
    unit = calendar_unit(match.value("UNIT"))
    if unit is None:
        return None
    step = [int(value) for value in match.values("DIR")][-1]
    from_told = match.says("following", "previous", "preceding", "ensuing", "succeeding")
    from_told = from_told or (unit == "day" and match.says("the") and match.says("next"))
    start = scene.told.first if from_told and scene.told else scene.anchor
    return dated(containing(start, unit).shift(step))


@rule("'the' UNIT")
@rule("('that' | 'the' 'same') UNIT")
@rule("'the' ('full'|'whole') 'year'")
@rule("'the' FISCAL '-'? 'year'")
def told_unit(match: Match, scene: Scene) -> Reading | None:
    """``the quarter``, ``that year``: the last told, else the anchor's own."""
    unit = calendar_unit(match.value("UNIT") or "year")
    if unit in (None, "weekend", "decade", "century"):
        return None
    assert unit is not None
    if unit == "quarter":
        return dated(scene.told_quarter or scene.now("quarter").shift(-1))
    after = scene.tokens[scene.at + len(match.tokens) :][:1]
    if unit == "year" and after and after[0].word in ("ended", "ending"):
        return Reading(kind="DURATION", value="P1Y")
    told = scene.told
    if match.says("that", "same") and told:
        return dated(told if granules.coarser(told, unit) else containing(told.first, unit))
    if unit == "day":
        return None
    return dated(scene.now(unit))


@rule("DIR MONTH")
def directed_month(match: Match, scene: Scene) -> Reading | None:
    """``last December``: the last before the anchor's month; ``this September``: of its year."""
    number, step = match.number("MONTH"), match.number("DIR")
    told = match.says("following", "previous", "preceding") and scene.told
    anchor = scene.told.first if told and scene.told else scene.anchor
    here = granules.containing(anchor, "month")
    found = granules.month(anchor.year, number)
    if step < 0 and found.index >= here.index:
        found = found.shift(-12)
    if step > 0 and found.index <= here.index:
        found = found.shift(12)
    return dated(found)


@rule("'the'? DIR? 'past'? SEASON")
def season(match: Match, scene: Scene) -> Reading | None:
    """``last spring``, ``this summer``, ``the summer``; ``fall`` and ``spring`` not as verbs."""
    word = next(token.word for token in match.tokens if "SEASON" in token.classes)
    if word in ("fall", "spring") and not match.has("DIR"):
        return None
    number = match.number("SEASON")
    years = range(scene.anchor.year - 1, scene.anchor.year + 2)
    candidates = [granules.part_of_year("season", y, number) for y in years]
    past = match.says("past", "last") and match.number("DIR") < 0
    if past:
        return dated(_last(candidates, scene))
    if match.says("next"):
        return dated(next(c for c in candidates if c.first > scene.anchor))
    this_year = match.says("this") and word != "winter"  # winter lies in two years
    return dated(candidates[1] if this_year else scene.nearest(candidates))


def _last(candidates: list[Granule], scene: Scene) -> Granule:
    over = [granule for granule in candidates if granule.last < scene.anchor]
    return over[-1] if over else candidates[0]


@rule(
    "('the'|'its'|'their'|'a')? 'flat'? FISCAL? '-'? ORD '-'? 'quarter'"
    " ('of'? FISCAL? $YEAR | 'of'? DIR 'year')?"
)
@rule("'the'? YEAR ORD '-'? 'quarter'")
@rule("DIR 'year' POSS ORD '-'? 'quarter'")
def numbered_quarter(match: Match, scene: Scene) -> Reading | None:
    """``the third quarter of 1990``, ``fourth-quarter``, ``next year's first quarter``."""
    number = match.number("ORD")
    if not 1 <= number <= 4:
        return None
    if match.has("YEAR") or match.has("SHORTYEAR"):
        stated = match.number("YEAR") or match.number("SHORTYEAR")
        return dated(granules.part_of_year("quarter", stated, number))
    if match.has("DIR"):
        stated = scene.anchor.year + match.number("DIR")
        return dated(granules.part_of_year("quarter", stated, number))
    years = range(scene.anchor.year - 1, scene.anchor.year + 2)
    return dated(scene.nearest([granules.part_of_year("quarter", y, number) for y in years]))


@rule("'the'? LATEST FISCAL? PERIOD")
@rule("'the'? YEAR PERIOD")
def told_period(match: Match, scene: Scene) -> Reading | None:
    """``the latest quarter``, ``the 1988 period``: as long as the quarter last told."""
    told = scene.told_quarter or scene.now("quarter").shift(-1)
    if match.has("YEAR"):
        number = told.index % 4 + 1
        return dated(granules.part_of_year("quarter", match.number("YEAR"), number))
    return dated(told)


@rule("('the'|'a')? 'comparable'? YEARAGO '-'? ('ago'|'earlier') ORD? '-'? PERIOD?")
@rule("('a'|'one') YEARAGO ('ago'|'earlier'|'before')")
@rule("('the' PERIOD)? ('a'|'one') YEARAGO ('ago'|'earlier'|'before')")
@rule(
    "'the'? ('comparable'|'corresponding'|'same'|'similar') PERIOD"
    " ('of'? DIR 'year' | 'a' 'year' ('ago'|'earlier'))?"
)
def year_ago(match: Match, scene: Scene) -> Reading | None:
    """``a year ago``, ``the year-earlier quarter``: as exact as what was told before it."""
    told = scene.told_quarter
    if match.has("ORD"):
        return dated(granules.part_of_year("quarter", scene.anchor.year - 1, match.number("ORD")))
    if told:
        return dated(told.shift(-4 if told.first.year >= scene.anchor.year - 1 else 0))
    if match.has("PERIOD"):
        return dated(scene.now("quarter").shift(-5))
    if match.says("earlier", "before") and scene.told:
        return dated(containing(scene.told.first, "year").shift(-1))
    return dated(scene.now("year").shift(-1))


@rule(
    "'the'? ('first'|'second'|'last'|'latter') 'half'"
    " ('of' ('the'? $YEAR | 'the'? DIR? 'year' | 'the'? DECADE))?"
)
def half(match: Match, scene: Scene) -> Reading | None:
    """``the first half of 1989``."""
    if not (match.says("year") or match.has("YEAR")):
        return None
    stated = match.number("YEAR") or scene.anchor.year + match.number("DIR")
    return dated(granules.part_of_year("half", stated, 1 if match.says("first") else 2))


@rule("FISCAL YEAR")
def fiscal_year(match: Match, scene: Scene) -> Reading | None:
    """``fiscal 1989``."""
    return dated(granules.year(match.number("YEAR")))


@rule("'the'? 'year' POSS? '-'? 'end'")
def year_end(match: Match, scene: Scene) -> Reading | None:
    """``year-end``: the end of the anchor's year."""
    return dated(scene.now("year"), modifier="END")


@rule("('the'|'this')? DIR? WEEKEND")
def weekend(match: Match, scene: Scene) -> Reading | None:
    """``the weekend``: the last one, or ahead the coming one; ``next weekend``."""
    if len(match.tokens) == 1:
        return None
    step = match.number("DIR")
    here = scene.now("weekend")
    over = scene.at > 0 and scene.tokens[scene.at - 1].word == "over"
    ahead = not over and (match.says("this") or scene.direction > 0)
    ahead = ahead or here.first <= scene.anchor
    if match.has("DIR") and not match.says("this"):
        return dated(here.shift(step))
    return dated(here if ahead else here.shift(-1))


@rule("REF")
@rule("REFADJ")
@rule("'right' 'now'")
@rule("'more' 'recently'")
@rule("'these' 'days'")
@rule("'for' 'now'")
def reference(match: Match, scene: Scene) -> Reading | None:
    """``now``, ``recently``, ``current``: a direction of time, no date."""
    value = match.value("REF") or match.value("REFADJ") or "PRESENT_REF"
    if match.says("recently"):
        value = "PAST_REF"
    return _reference(value, scene) if not match.says("former") else None


@rule("'the' ('near'|'foreseeable'|'distant'|'immediate'|'recent'|'very'|'not'|'too')* REFNOUN")
@rule("'the' ('near'|'short'|'long'|'medium') '-'? 'term'")
@rule("'the' 'time' 'being'")
@rule("'in' 'the' 'future'")
@rule("'future' UNITS")
@rule("'past' 'years'")
@rule("'a' 'later' 'date'")
@rule("'as' 'soon' 'as' 'possible'")
@rule("'from' 'time' 'to' 'time'")
def reference_noun(match: Match, scene: Scene) -> Reading | None:
    """``the past``, ``the near future``, ``the short term``."""
    if match.says("past"):
        return _reference("PAST_REF", scene)
    return _reference(match.value("REFNOUN") or "FUTURE_REF", scene)


def _reference(value: str, scene: Scene) -> Reading:
    return Reading(kind="DATE", value=value)

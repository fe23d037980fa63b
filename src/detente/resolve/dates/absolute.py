"""Rules for dates that name their day, month, year, decade or century, and for clock times."""

from __future__ import annotations

from detente.resolve.dates import granules
from detente.resolve.dates.expression import Reading, dated
from detente.resolve.dates.granules import Granule
from detente.resolve.dates.patterns import Match
from detente.resolve.dates.rules import rule
from detente.resolve.dates.scene import Scene


def _with_year(match: Match, scene: Scene, months: tuple[int, int]) -> Granule | None:
    """Day and month with the year stated, or the year that tense and nearness favour."""
    number, on = months
    stated = _year_of(match, scene)
    if stated is not None:
        return granules.day(stated, number, on)
    years = (scene.anchor.year + step for step in (-1, 0, 1))
    candidates = [granule for y in years if (granule := granules.day(y, number, on))]
    return scene.nearest(candidates) if candidates else None


def _year_of(match: Match, scene: Scene) -> int | None:
    if match.has("YEAR") or match.has("SHORTYEAR"):
        return match.number("YEAR") or match.number("SHORTYEAR")
    if match.has("DIR") and match.says("year"):
        return scene.anchor.year + match.number("DIR")
    return None


@rule("(WEEKDAY ','? 'the'?)? MONTH 'the'? DAY (','? $YEAR)? $TIMES?")
@rule("(WEEKDAY ','? 'the'?)? DAY 'of'? MONTH (','? $YEAR)?")
@rule("'this'? 'coming'? WEEKDAY ',' MONTH DAY")
def month_and_day(match: Match, scene: Scene) -> Reading | None:
    """``Nov. 11``, ``Friday, 11 November 2018``."""
    granule = _with_year(match, scene, (match.number("MONTH"), match.number("DAY")))
    if granule is None:
        return None
    return at_time(match, granule) or dated(granule)


@rule("'the' ORD")
def day_of_the_month(match: Match, scene: Scene) -> Reading | None:
    """``on the 21st``: of the month told last; not ``on the 21st floor``."""
    number = match.number("ORD")
    before = scene.tokens[scene.at - 1].word if scene.at else ""
    after = scene.tokens[scene.at + 2].word if scene.at + 2 < len(scene.tokens) else "."
    if before != "on" or not match.tokens[1].word[0].isdigit() or after.isalpha():
        return None
    told = scene.told.first if scene.told and scene.told.unit in ("day", "month") else scene.anchor
    granule = granules.day(told.year, told.month, number)
    return dated(granule) if granule else None


@rule("MONTH DAY ('-'|'–'|'to'|'through'|'and') DAY (','? $YEAR)?")
@rule("DAY ('-'|'–'|'to'|'and') DAY 'of'? MONTH (','? $YEAR)?")
@rule("'between' DAY 'and' DAY 'of'? MONTH (','? $YEAR)?")
def days_between(match: Match, scene: Scene) -> Reading | None:
    """``March 3–5``, ``3 to 5 March 2018``: an interval of days."""
    number = match.number("MONTH")
    start, end = (int(float(value)) for value in match.values("DAY"))
    first = _with_year(match, scene, (number, start))
    if first is None or not start < end:
        return None
    last = first.shift(end - start)
    return Reading(
        kind="DATE",
        value=first.timex(),
        granule=first,
        edtf=f"{first.edtf()}/{last.edtf()}",
        earliest=first.first,
        latest=last.last,
    )


@rule("'the' 'week' ('of'|'beginning') MONTH DAY (','? $YEAR)?")
def week_of(match: Match, scene: Scene) -> Reading | None:
    """``the week of March 5``."""
    day = _with_year(match, scene, (match.number("MONTH"), match.number("DAY")))
    return dated(granules.containing(day.first, "week")) if day else None


@rule("MONTH ','? 'of'? $YEAR")
@rule("MONTH 'the'? DIR 'year'")
def month_and_year(match: Match, scene: Scene) -> Reading | None:
    """``October 2018``, ``July last year``."""
    stated = _year_of(match, scene)
    if stated is None:
        return None
    return dated(granules.month(stated, match.number("MONTH")))


@rule("MONTH")
def bare_month(match: Match, scene: Scene) -> Reading | None:
    """``November``: the one that tense and nearness favour."""
    if not match.tokens[0].capital or not _month_meant(match, scene):
        return None
    number = match.number("MONTH")
    years = range(scene.anchor.year - 1, scene.anchor.year + 2)
    return dated(scene.nearest([granules.month(y, number) for y in years]))


def _month_meant(match: Match, scene: Scene) -> bool:
    """``May`` and ``March`` are months only after a word that leads a date."""
    token = match.tokens[0]
    word = token.word
    if token.end - token.start > len(word):
        return True
    if word not in ("may", "march", "mar", "jan", "jun", "dec", "sep", "apr"):
        return True
    before = scene.tokens[scene.at - 1] if scene.at else None
    return before is not None and (before.word == "-" or "LEAD" in before.classes)


@rule("SEASON 'of'? $YEAR")
@rule("'the' SEASON 'of' $YEAR")
@rule("'the'? YEAR SEASON")
def season_and_year(match: Match, scene: Scene) -> Reading | None:
    """``the winter of 1994``."""
    stated = _year_of(match, scene)
    assert stated is not None
    return dated(granules.part_of_year("season", stated, match.number("SEASON")))


@rule("YEAR")
@rule("'the'? 'year' (YEARWORD | YEAR | NUM)")
def bare_year(match: Match, scene: Scene) -> Reading | None:
    """``1987``; not an amount (``2000 troops``, ``$1990``)."""
    stated = match.number("YEAR") or match.number("YEARWORD") or match.number("NUM")
    if not 1000 <= stated < 2200 or (len(match.tokens) == 1 and _is_amount(match, scene)):
        return None
    return dated(granules.year(stated))


def _is_amount(match: Match, scene: Scene) -> bool:
    here = scene.at
    before = scene.tokens[here - 1].word if here else ""
    following = scene.tokens[here + 1 : here + 3]
    if before in ("$", "£", "€", "#", "no", "-", "/", ".", "+") and not (
        before in ("-", "/") and here > 1 and "YEAR" in scene.tokens[here - 2].classes
    ):
        return True
    stated = match.number("YEAR")
    if not 1400 <= stated <= 2100:
        return before not in ("in", "since", "by", "until")
    if before in ("in", "since", "the", "of", "by", "until", "from", "through", "during", "("):
        return False
    after = following[0].word if following else ""
    return after in ("%", "-") or (after.isalpha() and after.endswith("s") and len(after) > 4)


@rule("'between' YEAR 'and' YEAR")
@rule("YEAR ('-' | '–' | '/' | 'to' | 'through') (YEAR | NUM)")
def years_between(match: Match, scene: Scene) -> Reading | None:
    """``1987–91``, ``2014 to 2016``: an interval of years."""
    ends = match.values("YEAR")
    first = int(ends[0])
    last = int(ends[1]) if len(ends) > 1 else first // 100 * 100 + match.number("NUM")
    if not first < last < first + 100 or len(match.values("NUM") or ("00",)) > 1:
        return None
    start, end = granules.year(first), granules.year(last)
    return Reading(
        kind="DATE",
        value=f"{first}/{last}",
        edtf=f"{first}/{last}",
        earliest=start.first,
        latest=end.last,
    )


@rule("'the'? DECADE")
def decade(match: Match, scene: Scene) -> Reading | None:
    """``the 1990s``, ``the '80s``."""
    return dated(Granule(unit="decade", index=match.number("DECADE")))


@rule("'the'? ORD '-'? 'century'")
def century(match: Match, scene: Scene) -> Reading | None:
    """``the 20th century``: 1900–1999."""
    return dated(Granule(unit="century", index=match.number("ORD") - 1))


@rule("ISO")
@rule("SLASHED")
def figures(match: Match, scene: Scene) -> Reading | None:
    """``2018-10-24``; ``10/24/2018`` month first (American use) unless only day first can be."""
    written = match.value("ISO")
    if written:
        parts = [int(n) for n in written[:10].split("-")]
        granule = granules.day(parts[0], parts[1], parts[2])
        clock = written[11:]
        if granule and clock:
            return _clocked(granule, clock)
        return dated(granule) if granule else None
    return _slashed(match.value("SLASHED"))


def _slashed(written: str) -> Reading | None:
    first, second, last = (int(n) for n in written.replace(".", "/").split("/"))
    full = last if last > 99 else last + (1900 if last > 30 else 2000)
    day_first = "." in written
    orders = [(second, first), (first, second)] if day_first else [(first, second), (second, first)]
    found = [granule for m, d in orders if (granule := granules.day(full, m, d))]
    return dated(found[0]) if found else None


@rule("$TIMES 'on'? ','? (DEICTIC | WEEKDAY)")
@rule("$TIMES ','? 'on'? MONTH DAY (','? $YEAR)?")
@rule("$TIMES")
def clock_time(match: Match, scene: Scene) -> Reading | None:
    """``10 p.m. Wednesday``, ``noon``: without a day, that of the anchor."""
    granule: Granule | None = scene.now("day")
    if match.has("WEEKDAY"):
        granule = weekday_near(scene, match.number("WEEKDAY"))
    elif match.has("DEICTIC"):
        granule = scene.now("day").shift(int(match.value("DEICTIC").split()[0]))
    elif match.has("MONTH"):
        granule = _with_year(match, scene, (match.number("MONTH"), match.number("DAY")))
    return at_time(match, granule) if granule else None


def weekday_near(scene: Scene, number: int) -> Granule:
    """The weekday (1 Monday … 7 Sunday) meant: the anchor's own, else the last or, ahead, next."""
    today = scene.now("day")
    back = (scene.anchor.isoweekday() - number) % 7
    if scene.direction > 0 and back:
        return today.shift(7 - back)
    return today.shift(-back)


def at_time(match: Match, granule: Granule) -> Reading | None:
    """The clock time or part of day that a match names, on the day ``granule``."""
    if match.has("CLOCKWORD"):
        return _clocked(granule, match.value("CLOCKWORD"))
    if match.has("CLOCK"):
        return _clocked(granule, _of_24(match.value("CLOCK"), match.value("MERIDIEM")))
    if match.has("MERIDIEM") and match.has("NUM"):
        return _clocked(granule, _of_24(f"{match.number('NUM')}:00", match.value("MERIDIEM")))
    if match.has("HOURS"):
        hours = match.value("HOURS")
        return _clocked(granule, f"{hours[:2]}:{hours[2:]}")
    if match.has("DAYPART"):
        return _clocked(granule, match.value("DAYPART"))
    return None


def _of_24(clock: str, meridiem: str) -> str:
    hours, _, minutes = clock.partition(":")
    hour = int(hours)
    if meridiem.startswith("p") and hour < 12:
        hour += 12
    if meridiem.startswith("a") and hour == 12:
        hour = 0
    return f"{hour:02}:{minutes}"


def _clocked(granule: Granule, clock: str) -> Reading:
    return Reading(
        kind="TIME",
        value=f"{granule.timex()}T{clock}",
        granule=granule,
        edtf=granule.edtf(),
        earliest=granule.first,
        latest=granule.last,
    )

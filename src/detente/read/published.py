"""When a report was published: given, on the page, in its dateline, else inferred from its text."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from detente.errors import UnreadableReport
from detente.records import PublishedBasis

_NAMES = [name for names in (calendar.month_name, calendar.month_abbr) for name in names if name]
MONTHS = {name.lower(): number % 12 + 1 for number, name in enumerate(_NAMES)} | {"sept": 9}
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
DAY_FIRST = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH},? (?P<year>\d{{4}})\b", re.I
)
MONTH_FIRST = re.compile(
    rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b", re.I
)
#: RFC 5322, 3.3: as feeds and mail write a moment.
MAIL_DATE = re.compile(r"\b\d{1,2} [A-Z][a-z]{2} \d{2,4} \d{1,2}:\d{2}")
ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b")
MONTH_ONLY = re.compile(rf"\b{_MONTH},? (?:of )?(?P<year>\d{{4}})\b", re.I)
#: "MOSCOW, Oct 23 (TASS) —": place in capitals, a date that may lack its year, agency, dash.
DATELINE = re.compile(
    rf"^[A-Z][\w .,/’'-]{{2,60}}?,? \(?(?i:{_MONTH}) (?P<day>\d{{1,2}})(?:,? (?P<year>\d{{4}}))?\)?"
    r"\s*(?:\([\w /.-]{2,40}\)\s*)?(?:[—–:_-]|--)"
)
#: What is told of the future does not say when it is told.
AHEAD = re.compile(
    r"\b(?:will|shall|would|plans?|planned|planning|schedul\w+|expect\w*|due|set|next|upcoming|until|till|"
    r"expir\w+|deadline|by|before|ahead of|starting|as of|effective|from)\b[^.;]{0,60}$",
    re.I,
)
#: "By a staff writer, December 18, 2014": whose text it is, not by when.
BYLINE = re.compile(r"^\s*By\b")
SLACK = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A moment (UTC) and what it rests on; ``None`` and ``unknown`` where nothing tells."""

    moment: datetime | None = None
    basis: PublishedBasis = "unknown"


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def in_utc(moment: datetime) -> datetime:
    """An aware moment in UTC; a naive one is taken to be in UTC already."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)


def parsed(text: str) -> datetime | None:
    """The moment that a written date stands for: ISO 8601, RFC 5322 or English.

    A bare date is its midnight UTC.

    Args:
        text: the date, nothing else around it but a weekday or time.
    """
    plain = text.strip()
    try:
        return in_utc(datetime.fromisoformat(plain))
    except ValueError:
        pass
    if MAIL_DATE.search(plain):
        try:
            return in_utc(parsedate_to_datetime(plain))
        except (ValueError, TypeError, IndexError, OverflowError):
            pass
    matches = (pattern.search(plain) for pattern in (ISO, DAY_FIRST, MONTH_FIRST))
    return next((moment for found in matches if found and (moment := _moment(found))), None)


def _moment(found: re.Match[str], year: int | None = None) -> datetime | None:
    parts = found.groupdict()
    month = parts["month"].lower()
    number = int(month) if month.isdigit() else MONTHS[month]
    told = int(parts["year"]) if parts.get("year") else year
    if told is None:
        return None
    try:
        return datetime(told, number, int(parts["day"]), tzinfo=UTC)
    except ValueError:
        return None


def not_future(moment: datetime, name: str, what: str = "publication date") -> datetime:
    """``moment`` in UTC.

    Raises:
        UnreadableReport: if it lies more than a day (any time zone) ahead of now.
    """
    moment = in_utc(moment)
    if moment > now() + SLACK:
        raise UnreadableReport(name, f"{what} {moment:%Y-%m-%d} lies in the future")
    return moment


def from_dateline(first: str, told: str) -> Published:
    """The date in a dateline or date line.

    Args:
        first: the line that may begin with a dateline.
        told: the whole text, whose latest date gives a missing year.
    """
    if not (found := DATELINE.match(first)):
        return Published()
    if moment := _moment(found):
        return Published(moment=moment, basis="page")
    latest = from_text(told).moment
    if latest is None:
        return Published()
    options = [_moment(found, year) for year in (latest.year - 1, latest.year, latest.year + 1)]
    dated = [o for o in options if o and o <= now() + SLACK]
    if not dated:
        return Published()
    return Published(moment=min(dated, key=lambda o: abs(o - latest)), basis="inferred")


def from_text(text: str) -> Published:
    """The latest date that a text tells as past: it cannot have been published before.

    Of a month without a day its last day counts, so that nothing seems known before it was; a day
    told of the same month is preferred. Dates of what is planned or ahead are left out.
    """
    latest = max(_told(text), default=None)
    if latest is None:
        return Published()
    return Published(moment=latest[1], basis="inferred")


def _told(text: str) -> Iterator[tuple[tuple[int, int, bool], datetime]]:
    """((year, month, has a day), moment) of each date told as past."""
    limit = now()
    for pattern in (DAY_FIRST, MONTH_FIRST, ISO):
        for found in pattern.finditer(text):
            moment = _moment(found)
            if moment and moment <= limit and _is_past(text, found):
                yield (moment.year, moment.month, True), moment
    for found in MONTH_ONLY.finditer(text):
        moment = _month_end(found)
        if moment and moment.replace(day=1) <= limit and _is_past(text, found):
            yield (
                (moment.year, moment.month, False),
                min(moment, limit.replace(hour=0, minute=0, second=0, microsecond=0)),
            )


def _month_end(found: re.Match[str]) -> datetime | None:
    year, month = int(found["year"]), MONTHS[found["month"].lower()]
    if not 1900 <= year <= 9998:
        return None
    return datetime(year, month, calendar.monthrange(year, month)[1], tzinfo=UTC)


def _is_past(text: str, found: re.Match[str]) -> bool:
    line = text[max(0, found.start() - 80) : found.start()].rpartition("\n")[2]
    before = BYLINE.sub("", line)
    return found["year"] >= "1900" and not AHEAD.search(before)

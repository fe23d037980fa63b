"""When a chosen statement's events were: dates made plain in it, or put before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from detente.brief.datewords import has_date, is_relative, lacks_year
from detente.brief.naming import openers
from detente.brief.statements import Statement
from detente.ontology.calendar import WEEKDAY, day_in_words, in_words
from detente.records import Event
from detente.resolve.dates import TimeExpression, expressions_of

#: A time told from another: it goes where the date itself is put.
_LATER = re.compile(
    r",?\s+(?:the (?:following|next|same) (?:day|week|month|year)|that (?:day|week|month|year)|"
    r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|several|\d+) "
    r"(?:hours?|days?|weeks?|months?|years?) later)\b(?!\s+\w+ing)"
)
_LEADING = re.compile(
    r"\b(?:on|in|by|from|since|until|before|after|for|of|during|through|over|to)\s+$", re.I
)
_WEEKDAY = re.compile(WEEKDAY, re.I)
_OPENING_DAY = re.compile(r"^(?:On|In) ((?:the week of )?(?:\d{1,2} )?[A-Z][a-z]+ \d{4}), ")
#: What has happened, or was said to: the date put first dates the act, not the planning of it.
_DATED = frozenset({"done", "alleged", "denied", "negated"})


def dates_made_plain(statement: Statement, cuts: Sequence[tuple[int, int]]) -> str:
    """The sentence with relative dates, and months without their year, made plain, and cut.

    Args:
        statement: whose words are used.
        cuts: stretches that are left out (bounds within the sentence, apart).
    """
    text = statement.sentence.text
    found = _expressions_in(statement)
    edits: list[tuple[int, int, TimeExpression | None]] = [(s, e, None) for s, e in cuts]
    edits += [(f.start, f.end, f) for f in found if not any(s <= f.start < e for s, e in cuts)]
    for start, end, expression in sorted(edits, key=lambda edit: -edit[0]):
        if expression is None:
            text = text[:start] + text[end:]
            continue
        stated = _dated_by(expression, statement)
        if stated is None:
            continue
        words = in_words(stated or expression.edtf)
        plain = is_relative(expression.text) or (bool(stated) and lacks_year(expression.text))
        if expression.kind == "DATE" and words and plain and not _is_bound(text, expression):
            text = _replaced(text, expression, words)
    return text


def _expressions_in(statement: Statement) -> list[TimeExpression]:
    """The time expressions of the sentence, as its report has them: told from its own now."""
    sentence = statement.sentence
    return [
        replace(e, start=e.start - sentence.start, end=e.end - sentence.start)
        for e in expressions_of(statement.report)
        if sentence.start <= e.start and e.end <= sentence.end
    ]


def _dated_by(found: TimeExpression, statement: Statement) -> str | None:
    """The date of the event that a phrase dates: that was read with the verb's tense.

    None where phrase and event disagree on the weekday: the phrase then stays as it is.
    """
    start = statement.sentence.start
    for event in statement.events:
        time = event.coded.time
        if time and time.start < start + found.end and start + found.start < time.end:
            if event.when.basis != "stated":
                return ""
            return event.when.edtf if _same_weekday(found, event) else None
    return ""


def _same_weekday(found: TimeExpression, event: Event) -> bool:
    one, other = found.earliest, event.when.earliest
    if not _WEEKDAY.fullmatch(found.text) or one is None or other is None:
        return True
    return one.weekday() == other.weekday()


def _is_bound(text: str, found: TimeExpression) -> bool:
    """Whether a date in words would not stand there: *Monday's talks*, *by Saturday*."""
    after, before = text[found.end :], text[: found.start]
    if after[:2] in ("'s", "’s") or found.text.endswith(("'s", "’s")):
        return True
    if re.search(r"\b(?:by|until|before)\s+$", before, re.I):
        return True
    return lacks_year(found.text) and not re.search(r"\b(?:on|in|since)\s+$", before, re.I)


def _replaced(text: str, found: TimeExpression, words: str) -> str:
    preposition, _, date = words.partition(" ")
    leads = _LEADING.search(text[: found.start])
    own = re.match(r"(?:on|in)\s", found.text, re.I)
    put_as = date if leads and not own else f"{preposition} {date}"
    stop = "." if found.text.endswith(".") and found.end == len(text) else ""
    if date not in text:
        return text[: found.start] + put_as + stop + text[found.end :]
    before = text[: leads.start()] if leads else text[: found.start]
    return before.rstrip() + stop + text[found.end :]


def dated(text: str, statement: Statement, told: Sequence[Event]) -> str:
    """The sentence with its date put first, where it tells none itself and only one is known.

    A sentence whose events fall on several days gets none: it could be read of the wrong one; nor
    does one whose day is a guess, or that tells of a plan, or that opens with a quotation.
    """
    dates = {event.when.edtf for event in told}
    words = in_words(dates.pop()) if len(dates) == 1 else ""
    later = _LATER.sub("", text)
    if later != text and words and not has_date(later):
        text = later
    if not words or tells_its_day(text, statement) or not all(map(_has_day, told)):
        return text
    if told[0].coded.status not in _DATED or text[:1] in '“"‘':
        return text
    return led(f"{words[0].upper()}{words[1:]}", text)


def as_reported_on(text: str, statement: Statement) -> str:
    """The sentence with who reported it and on which day, where it tells no day itself."""
    report = statement.report
    if report.published is None or tells_its_day(text, statement):
        return text
    by = f"{report.outlet} reported" if report.outlet else "reported"
    return led(f"As {by} on {day_in_words(report.published.date())}", text)


def without_day(text: str, before: str) -> str:
    """The sentence without the day put before it, if the sentence before tells the same day."""
    opening = _OPENING_DAY.match(text)
    if opening is None or opening.group(1) not in before:
        return text
    return text[opening.end() :][:1].upper() + text[opening.end() + 1 :]


def led(lead: str, text: str) -> str:
    """``lead`` before the sentence; its opening word takes a small letter if it is no name."""
    if text.split(maxsplit=1)[0].lower().strip(",") in openers():
        text = f"{text[0].lower()}{text[1:]}"
    return f"{lead}, {text}"


def tells_its_day(text: str, statement: Statement) -> bool:
    """Whether a text says when, the years in the names of agreements left aside."""
    for event in statement.events:
        if event.coded.agreement:
            text = text.replace(event.coded.agreement.text, " ")
    return has_date(text)


def _has_day(event: Event) -> bool:
    """Whether an event is dated by more than its report's day or a guess."""
    return event.when.basis != "publication" and not event.when.edtf.endswith("~")

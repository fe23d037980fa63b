"""Which time expression of a sentence belongs to which of its events, from the words between."""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.records import Passage
from detente.resolve.cues import cues
from detente.resolve.dates.anchors import SUBORDINATE
from detente.resolve.dates.discourse import Now
from detente.resolve.dates.expression import TimeExpression

#: Words and marks that open another clause; each counts as far as this many characters.
_CLAUSE = re.compile(
    r"[,;:“”\"()–—]|\b(?:that|which|who|whose|because|although|though|while|but|whether|if|when|where|"
    r"despite|as|and)\b",
    re.IGNORECASE,
)
#: Words that put what follows at another time.
_OTHER_TIME = re.compile(r"\b(?:after|before|since|until|following|ahead of)\b", re.IGNORECASE)
#: What opens the ground of a deed: it came before the deed and its date.
_GROUND = re.compile(r"\bbecause\b(?! of\b)", re.IGNORECASE)
_DEADLINE = re.compile(r"\b(?:by|until|till|before|no later than)\s+(?:the\s+)?$", re.IGNORECASE)
_TERM = re.compile(r"\b(?:by|no later than)\s+(?:the\s+)?$", re.IGNORECASE)
#: "For the first time since Sunday" does not date.
_TIMES_SINCE = re.compile(
    r"\b(?:time|first|most|least|\w+est)\s+since\s+(?:the\s+)?$", re.IGNORECASE
)
#: A clause that tells what was at the time named before it.
_WHEN = re.compile(r",? (?:when|during which|in which|on which|at which)\b")
_CLAUSE_COST, _OTHER_TIME_COST = 40, 90
_AGAINST_STATUS = 90
_FRONTED = 20
_ATTRIBUTIVE = ("year", "month", "day", "season")
#: Farther than this an expression is not taken to date the event; in an entry of a chronology,
#: whose date is that of all the rest, half as far.
_TOO_FAR, _IN_ENTRY = 150, 75
_LEAD = re.compile(r"(?:\w+\s)?(?:in|on|by|at|late|early|since|around|during)(?:\s\w+)?")
#: What tells of another's act after the event's own words.
_BESIDE = re.compile(
    r"\b(?:who|whom|whose)\b|, (?:which|where)\b|\b(?:because|although|though)\b"
    r"|\w (?:it|he|she|they) (?:had )?\w+ed\b|;|, (?:and|but|while) (?:it|he|she|they)\b"
)
#: What opens another clause with its own date: "…, and in December the Kremlin offered".
_NEXT_CLAUSE = re.compile(
    r"[,;]\s+(?:and|but|while|then|before)\s+(?:(?:in|on|at|by)\s+)?(?:(?:early|late|mid)[\s-])?$"
)
_NOUN_OF = re.compile(r"\b([A-Za-z]+) of $")
_OPEN_RELATIVE = re.compile(r", (?:who|whom|whose|which|where)\b[^,.;]*$")
_DETERMINED = re.compile(
    r"(?:\b(?:the|a|an|this|that|its|their|his|her|our)|['’]s)\s+$", re.IGNORECASE
)
_IN_DETERMINED = re.compile(r"\b(?:in|during|at|over)\s+(?:the|that)\s+$", re.IGNORECASE)
#: "Of testing", "of having tested" behind a date.
_OF_DOING = re.compile(r",? of (?:(?:having|being) )?(?:\w+ly )?")
#: A deed named as the ground of another ("over the attack on", "in answer to the expulsion of").
_FOR_A_DEED = re.compile(
    r"\b(?:over|because of|in (?:response|answer|retaliation|reply) (?:to|for)|larger than|than)"
    r" (?:the |an? |its |their |that )?(?:[\w-]+ ){0,2}$"
)
#: "The following month Hanoi suspended": a name behind it opens the clause that it dates.
_BEFORE_SUBJECT = re.compile(r"\b(?:day|week|weekend|month|year)$", re.IGNORECASE)
_NOT_A_NOUN = re.compile(
    r"(?:and|or|but|in|on|at|to|by|of|for|with|from|as|that|when|while|after|before|since|until|"
    r"is|was|were|are|has|had|have|will|would|said|he|she|it|they|we|who|which)\b"
)


def dating(
    text: str, sentence: Passage, trigger: Passage, found: Sequence[TimeExpression],
    now: Now, *, ahead: bool | None, hint: Passage | None,
) -> TimeExpression | None:  # fmt: skip
    """The expression that dates an event, or ``None``.

    Args:
        text: the report.
        sentence: the event's sentence.
        trigger: the words that tell the event.
        found: time expressions of the sentence.
        now: from when it is told.
        ahead: whether the event lies ahead (planned, threatened); None where either may be.
        hint: the passage the parse gave as the event's time.

    Returns:
        The nearest by characters, where every clause boundary between, a date on the wrong side
        of the report for the event's status, and belonging to another noun count against it.
    """
    costs = [
        (_cost(text, sentence, trigger, e, now, ahead=ahead, hint=hint), -e.start, e)
        for e in found
        if e.edtf and e.kind != "SET"
    ]
    most = _IN_ENTRY if now.entry else _TOO_FAR
    fitting = [entry for entry in costs if entry[0] < most]
    return min(fitting, key=lambda entry: entry[:2])[2] if fitting else None


def _cost(
    text: str, sentence: Passage, trigger: Passage, expression: TimeExpression, now: Now,
    *, ahead: bool | None, hint: Passage | None,
) -> float:  # fmt: skip
    inside = trigger.start <= expression.start and expression.end <= trigger.end
    if inside and (expression.start - trigger.start < 6 or not _determined(text, expression)):
        return 0.0
    if is_of_another(text, trigger, expression):
        return float(_TOO_FAR)
    if ahead is False and led_by(text, expression, _TERM):
        return float(_TOO_FAR)
    cost = _distance(text, sentence, trigger, expression)
    if hint and hint.start < expression.end and expression.start < hint.end:
        cost -= 30
    if expression.kind == "DURATION" or _is_before_entry(expression, now):
        cost += 60
    if ahead is None or (now.entry and not ahead) or not _wrong_side(expression, now, ahead=ahead):
        return cost
    return _TOO_FAR if led_by(text, expression, _DEADLINE) else cost + _AGAINST_STATUS


def is_of_another(text: str, trigger: Passage, expression: TimeExpression) -> bool:
    """Whether it is told of a noun, a clause or a claim that is not the event's."""
    return (
        _of_another_noun(text, trigger, expression)
        or _of_relative(text, trigger, expression)
        or _of_the_claim(text, trigger, expression)
        or _of_the_answer(text, trigger, expression)
        or led_by(text, expression, _TIMES_SINCE)
    )


def _distance(text: str, sentence: Passage, trigger: Passage, expression: TimeExpression) -> float:
    if fronted(text, sentence, expression) and expression.end <= trigger.start:
        between = text[expression.end : trigger.start]
        return (
            _FRONTED
            + between.count("“") * _CLAUSE_COST
            + bool(_OTHER_TIME.search(between)) * _OTHER_TIME_COST
        )
    low, high = (
        (expression.end, trigger.start)
        if expression.end <= trigger.start
        else (trigger.end, expression.start)
    )
    between = text[low:high]
    when = tells_when(text, expression) if expression.end <= trigger.start else None
    if when:
        between = text[when : trigger.start]
        apart = len(SUBORDINATE.findall(between)) * _CLAUSE_COST
        return _FRONTED + apart + bool(_OTHER_TIME.search(between)) * _OTHER_TIME_COST
    apart = _CLAUSE_COST * len(_CLAUSE.findall(between))
    if expression.end <= trigger.start and _GROUND.search(between):
        apart += _OTHER_TIME_COST
    return len(between) + apart + _OTHER_TIME_COST * len(_OTHER_TIME.findall(between))


def fronted(text: str, sentence: Passage, expression: TimeExpression) -> bool:
    """Whether the sentence opens with the expression ("In October 2018, …"): it dates the whole."""
    lead = text[sentence.start : expression.start].lstrip().lstrip("“‘\"'").strip().lower()
    return len(lead) < 25 and (not lead or _LEAD.fullmatch(lead) is not None)


def tells_when(text: str, expression: TimeExpression) -> int | None:
    """Where the text of a clause begins that tells what was then ("… in March 2008, when …")."""
    clause = _WHEN.match(text, expression.end)
    return clause.end() if clause else None


def _of_another_noun(text: str, trigger: Passage, expression: TimeExpression) -> bool:
    """Whether the expression stands before a noun as its attribute ("the 1987 treaty")."""
    before, after = text[max(0, expression.start - 30) : expression.start], text[expression.end :]
    if _names_a_year(before, expression) and not _covers(trigger, expression):
        return True
    possessive = re.match(r"['’]s?\s", after)
    following = re.match(r"(?:['’]s)?[^\S\n]+([\w.]+)", after)
    ends = expression.text.endswith(".") and re.match(r"\s+[A-Z]|\s*$", after)
    if ends or not following or not (possessive or _determined(text, expression)):
        return False
    unit = expression.granule.unit if expression.granule else ""
    if not possessive and following[1][0].isupper() and _BEFORE_SUBJECT.search(expression.text):
        return False
    if unit not in _ATTRIBUTIVE or _NOT_A_NOUN.match(following[1].lower()):
        return False
    if trigger.start >= expression.end:
        between = text[expression.end : trigger.start]
        return len(between.split()) > 4 or re.search(r"[,;:.]\s", between) is not None
    between = text[trigger.end : expression.start]
    apart = len(between) > 20 or _CLAUSE.search(between) is not None
    return apart or not _IN_DETERMINED.search(before)


def _names_a_year(before: str, expression: TimeExpression) -> bool:
    """ "The nuclear accord of 2015": the year tells which, not when anything else was."""
    noun = _NOUN_OF.search(before)
    bare = expression.text.strip(" .,").isdigit()
    return bare and noun is not None and noun[1].lower() not in cues("part_of_time")


def _covers(trigger: Passage, expression: TimeExpression) -> bool:
    return trigger.start < expression.end and expression.start < trigger.end


def _of_relative(text: str, trigger: Passage, expression: TimeExpression) -> bool:
    """Whether it dates a clause beside the event's: "…, who faces an election on 1 November"."""
    if trigger.end <= expression.start:
        between = text[trigger.end : expression.start]
        if _NEXT_CLAUSE.search(between):
            return True
        aside = _OPEN_RELATIVE.search(text[max(0, trigger.start - 80) : trigger.end])
        return bool(_BESIDE.search(between) or (aside and "," in between))
    if expression.end > trigger.start:
        return False
    if ";" in text[expression.end : trigger.start]:
        return True
    clause = _OPEN_RELATIVE.search(text[max(0, expression.start - 120) : expression.start])
    return clause is not None and "," in text[expression.end : trigger.start]


def _of_the_claim(text: str, trigger: Passage, expression: TimeExpression) -> bool:
    """ "Accused Moscow in July 2014 of testing a missile": the date is the accusation's."""
    return (
        expression.end < trigger.start
        and _OF_DOING.fullmatch(text[expression.end : trigger.start]) is not None
    )


def claimed_by(
    text: str, trigger: Passage, found: Sequence[TimeExpression]
) -> TimeExpression | None:
    """The date by which a deed was claimed, which it was done before."""
    return next((e for e in found if e.edtf and _of_the_claim(text, trigger, e)), None)


def _of_the_answer(text: str, trigger: Passage, expression: TimeExpression) -> bool:
    """ "On Monday expelled 60 diplomats over the poisoning of a spy": Monday is the answer's."""
    return (
        expression.end < trigger.start
        and _FOR_A_DEED.search(text[expression.end : trigger.start]) is not None
    )


def _determined(text: str, expression: TimeExpression) -> bool:
    """Whether an article or possessive stands before the expression or opens it."""
    before = text[max(0, expression.start - 30) : expression.start]
    return bool(_DETERMINED.search(before)) or expression.text.lower().startswith(("the ", "a "))


def led_by(text: str, expression: TimeExpression, words: re.Pattern[str]) -> bool:
    """Whether ``words`` stand right before the expression."""
    return words.search(text[max(0, expression.start - 25) : expression.start]) is not None


def _is_before_entry(expression: TimeExpression, now: Now) -> bool:
    """Whether a chronology tells it aside, of a time before its entry's."""
    if now.entry is None or expression.latest is None or now.first is None:
        return False
    return expression.latest < now.first


def _wrong_side(expression: TimeExpression, now: Now, *, ahead: bool) -> bool:
    if ahead:
        return bool(expression.latest and now.first and expression.latest < now.first)
    return bool(expression.earliest and now.last and expression.earliest > now.last)

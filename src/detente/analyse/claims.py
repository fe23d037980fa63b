"""Who alleges what, who denies it, and what supports either."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import polars as pl

from detente.analyse.occurrences import Occurrence, sides
from detente.records import Event

#: What follows whose charge it is: ``an American accusation that …``.
_CHARGE = re.compile(r"(?:[’']s)? (?:\w+ )?(?:accusation|allegation|charge|claim)s?\b")
SCHEMA = pl.Schema(
    {
        "day": pl.Date(),
        "date": pl.String(),
        "actor": pl.List(pl.String()),
        "act": pl.String(),
        "recipient": pl.List(pl.String()),
        "standing": pl.String(),
        "alleged_by": pl.List(pl.String()),
        "denied_by": pl.List(pl.String()),
        "reported_as_fact_by": pl.List(pl.String()),
        "differ_about": pl.List(pl.String()),
        "agreement": pl.String(),
        "words": pl.List(pl.String()),
        "incident": pl.String(),
    }
)


def claims(found: Sequence[Occurrence]) -> pl.DataFrame:
    """One row a claim: an occurrence that someone alleges or denies, by day.

    Args:
        found: occurrences of any status; those that nobody alleges or denies are left out.

    Returns:
        columns as :data:`SCHEMA`. ``standing`` is ``contested`` where some allege or report it and
        others deny it, ``supported`` where it is alleged and also reported as fact, else
        ``alleged`` or ``denied``. ``reported_as_fact_by`` are outlets that vouch for it themselves.
        ``words`` quotes a sentence of each side.
    """
    rows = [_row(one) for one in found if _is_claimed(one)]
    return pl.DataFrame(rows, schema=SCHEMA)


def _is_claimed(one: Occurrence) -> bool:
    return any(event.coded.status in ("alleged", "denied") for event in one.mentions)


def _row(one: Occurrence) -> dict[str, object]:
    alleging = [e for e in one.mentions if e.coded.status == "alleged"]
    denying = [e for e in one.mentions if e.coded.status in ("denied", "negated")]
    stating = [e for e in one.mentions if e.coded.status == "done" and e.coded.vouched]
    return {
        "day": one.day,
        "date": one.told.when.edtf,
        "actor": list(one.actors),
        "act": one.told.coded.act,
        "recipient": list(one.recipients),
        "standing": _standing(alleging, denying, stating),
        "alleged_by": _tellers(alleging),
        "denied_by": _deniers(denying),
        "reported_as_fact_by": list(dict.fromkeys(e.outlet for e in stating if e.outlet)),
        "differ_about": list(dict.fromkeys(c.about for c in one.incident.contradictions)),
        "agreement": one.told.agreement.name if one.told.agreement else None,
        "words": [_sentence(part[0]) for part in (alleging, denying, stating) if part],
        "incident": one.incident.id,
    }


def _standing(alleging: list[Event], denying: list[Event], stating: list[Event]) -> str:
    if denying and (alleging or stating):
        return "contested"
    if denying:
        return "denied"
    return "supported" if stating else "alleged"


def _tellers(events: Iterable[Event]) -> list[str]:
    """Who says so: the speaker's side or words; the outlet where nobody is named."""
    found: dict[str, None] = {}
    for event in events:
        if event.speaker:
            found.update(dict.fromkeys(sides([event.speaker])))
        elif event.coded.speaker:
            found[event.coded.speaker.text] = None
        elif event.outlet:
            found[event.outlet] = None
    return list(found)


def _deniers(events: Iterable[Event]) -> list[str]:
    """Who denies: the speaker, unless it is whose charge is denied; then the accused."""
    found: dict[str, None] = {}
    for event in events:
        accused = sides(event.actor) if _charges(event) else ()
        found.update(dict.fromkeys(accused or _tellers([event])))
    return list(found)


def _charges(event: Event) -> bool:
    """Whether a denial's speaker made the charge: ``an American accusation``, or named after it."""
    speaker, trigger = event.coded.speaker, event.coded.trigger
    if speaker is None or speaker.report != trigger.report:
        return False
    after = event.coded.sentence.text[max(speaker.end - event.coded.sentence.start, 0) :]
    return speaker.start > trigger.end or bool(_CHARGE.match(after))


def _sentence(event: Event) -> str:
    return re.sub(r"\s+", " ", event.coded.sentence.text).strip()

"""The walk through what needs eyes: one event a screen, one key a decision.

A decision is kept as a ruling when the next one is made or the walk ends; until then ``u`` takes
it back. A kept ruling stays: a later one on the same event outdoes it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

import typer

from detente.cli.recordoptions import counted, say
from detente.cli.reviewscreen import asked_incidents, asked_mentions, show
from detente.errors import DetenteError, InputError
from detente.records import Ruling, RulingKind
from detente.store import Record, ruling_id
from detente.store.amending import FIELDS
from detente.store.reviewing import Reviewable, most_needful

#: Keys that end the walk: q, Ctrl-C, Ctrl-D, and the end of what is typed.
_QUITS = ("q", "\x03", "\x04", "")
_PAST = {"confirm": "confirmed", "reject": "rejected", "amend": "amended", "merge": "merged",
         "split": "split", "skip": "skipped"}  # fmt: skip


def ruling_now(
    kind: str,
    target: str,
    changes: Mapping[str, str],
    by: str,
    reason: str,
    *,
    of_day: bool = False,
) -> Ruling:
    """A ruling made at this moment; ``of_day``: made again on the same day, it is the same."""
    at = datetime.now(UTC)
    told = [f"{name}={value}" for name, value in sorted(changes.items())]
    moment = (at.date() if of_day else at).isoformat()
    return Ruling(
        id=ruling_id([kind, target, by, reason, moment, *told]),
        target=target,
        kind=cast(RulingKind, kind),
        changes=changes,
        by=by,
        at=at,
        reason=reason,
    )


def ruled(
    record: Record, kind: str, target: str, changes: Mapping[str, str], by: str, reason: str
) -> bool:
    """Keeps a ruling made by script, once a day however often the script is run.

    Returns:
        False if it was kept before, and nothing since has outdone it.
    """
    told = (kind, target, changes, by, reason)
    if record.rule(ruling_now(*told, of_day=True)):
        return True
    since = record.lookup().rulings_on([target]).get(target, ())
    verdicts = [r.kind for r in since if r.kind in ("confirm", "reject")]
    if kind in ("confirm", "reject") and verdicts[-1:] != [kind]:
        return record.rule(ruling_now(*told))
    return False


def list_reviewables(record: Record, limit: int) -> None:
    """What needs eyes as JSON Lines, the most needful first."""
    for found in most_needful(record.tallies, record.lookup(), limit):
        coded = found.event.coded
        told = {
            "event": found.event.id,
            "incident": found.incident.id,
            "need": round(found.need, 3),
            "because": found.because,
            "event_type": coded.event_type,
            "status": coded.status,
            "trigger": coded.trigger.text,
            "sentence": coded.sentence.text,
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


@dataclass(slots=True)
class Walk:
    """Where a walk stands: ``decided`` holds what became of each place that was passed."""

    record: Record
    found: Sequence[Reviewable]
    by: str
    reason: str = "reviewed"
    place: int = 0
    waiting: Ruling | None = None
    decided: dict[int, str] = field(default_factory=dict)
    note: str = ""

    def decide(self, kind: str, target: str, changes: Mapping[str, str]) -> None:
        """Checks a decision, keeps the one before it, and goes on to the next event."""
        ruling = ruling_now(kind, target, changes, self.by, self.reason)
        self.record.try_ruling(ruling)
        self.keep()
        self.waiting = ruling
        self.go_on(kind)

    def go_on(self, kind: str) -> None:
        """Leaves this event for the next."""
        self.decided[self.place] = kind
        self.note = f"{_PAST[kind]}; u takes it back"
        self.place += 1

    def skip(self) -> None:
        """Leaves this event as it is."""
        self.keep()
        self.go_on("skip")

    def back(self) -> None:
        """Goes to the event before; a decision on it that is not kept yet is dropped."""
        if not self.place:
            self.note = "this is the first"
            return
        self.place -= 1
        kind = self.decided.pop(self.place)
        dropped = self.waiting is not None or kind == "skip"
        self.note = "taken back" if dropped else f"{_PAST[kind]} and kept; a new ruling outdoes it"
        self.waiting = None

    def keep(self) -> None:
        """Keeps the decision that waits."""
        if self.waiting is not None:
            self.record.rule(self.waiting)
            self.waiting = None

    def told(self) -> str:
        """What was done, in words."""
        kinds = Counter(self.decided.values())
        parts = [f"{n} {_PAST[kind]}" for kind, n in sorted(kinds.items())]
        left = len(self.found) - len(self.decided)
        return f"{counted(len(self.decided), 'event')} looked at: " + ", ".join(
            [*parts, f"{left} left"] if left else parts or ["none"]
        )


def walk(record: Record, limit: int, by: str) -> None:
    """Shows each event and takes a key; what cannot be done is said, and asked again."""
    found = most_needful(record.tallies, record.lookup(), limit)
    if not found:
        say("nothing needs eyes: every event is ruled on, or there is none")
        return
    going = Walk(record, found, by)
    try:
        while _is_answered(going):
            pass
    finally:
        going.keep()
        say(going.told())


def _is_answered(going: Walk) -> bool:
    """Shows where the walk stands and takes one key; False to stop."""
    ended = going.place == len(going.found)
    show(going)
    key = typer.getchar().lower()
    if key in _QUITS or (ended and key != "u"):
        typer.echo()
        return False
    action = _ACTIONS.get(key)
    if action is None:
        going.note = f"{key!r} does nothing here" if key.isprintable() else ""
        return True
    try:
        action(going)
    except (DetenteError, typer.Abort) as error:
        going.note = str(error) or "left as it was"
    return True


def _confirm(going: Walk) -> None:
    going.decide("confirm", going.found[going.place].event.id, {})


def _reject(going: Walk) -> None:
    going.decide("reject", going.found[going.place].event.id, {})


def _amend(going: Walk) -> None:
    """Fields as FIELD=VALUE, several parted by commas."""
    typer.echo("  fields: " + ", ".join(FIELDS))
    changes = {}
    for part in typer.prompt("  field=value").split(","):
        name, found, value = part.partition("=")
        if not found:
            raise InputError(part.strip(), "write it as status=denied")
        changes[name.strip()] = value.strip()
    going.decide("amend", going.found[going.place].event.id, changes)


def _merge(going: Walk) -> None:
    reviewed = going.found[going.place]
    names = asked_incidents(going.record.lookup(), reviewed)
    going.decide("merge", reviewed.incident.id, {"with": ";".join(names)})


def _split(going: Walk) -> None:
    reviewed = going.found[going.place]
    names = asked_mentions(going.record.lookup(), reviewed)
    going.decide("split", reviewed.incident.id, {"events": ";".join(names)})


def _why(going: Walk) -> None:
    """The reason that is kept with the rulings from here on."""
    going.reason = typer.prompt("  why", default=going.reason)


_ACTIONS: Mapping[str, Callable[[Walk], None]] = {
    "c": _confirm,
    "r": _reject,
    "a": _amend,
    "m": _merge,
    "s": _split,
    "w": _why,
    "u": Walk.back,
    " ": Walk.skip,
    "\r": Walk.skip,
    "\n": Walk.skip,
}

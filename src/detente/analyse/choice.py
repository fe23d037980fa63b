"""What part of a record a reading is about, and what to say where there is nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from detente.analyse.occurrences import Occurrence
from detente.errors import InputError, UnknownName

#: Said of a record without events.
EMPTY = "holds no events; add reports with `detente add`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which occurrences: by whom, on whom, from and to which day (both included)."""

    actor: str = ""
    recipient: str = ""
    first: date | None = None
    last: date | None = None

    def takes(self, one: Occurrence) -> bool:
        """Whether an occurrence is among them; undated ones only where no days are asked."""
        by = not self.actor or self.actor in one.actors
        if self.actor and self.recipient:
            whom = (self.actor, self.recipient) in one.dyads
        else:
            whom = not self.recipient or any(r == self.recipient for _, r in one.dyads)
            whom = whom or self.recipient in one.recipients
        return by and whom and self._in_time(one)

    def _in_time(self, one: Occurrence) -> bool:
        if self.first is None and self.last is None:
            return True
        day, last = one.day, one.last_day
        if day is None or last is None:
            return False
        return (self.first is None or last >= self.first) and (
            self.last is None or day <= self.last
        )


def chosen(found: Sequence[Occurrence], choice: Choice, *, instead: str = "") -> list[Occurrence]:
    """The occurrences of a choice.

    Args:
        found: all of the record, as it is read.
        choice: which of them.
        instead: what to say where there are none at all; by default that the record is empty.

    Raises:
        InputError: if the record is empty, the days are the wrong way round, or nothing fits; the
            message says what is there instead.
        UnknownName: if an actor does not occur, with the nearest that do.
    """
    if not found:
        raise InputError("the record", instead or EMPTY)
    if choice.first and choice.last and choice.first > choice.last:
        raise InputError(f"{choice.first} to {choice.last}", "the window ends before it begins")
    _check_names(found, choice)
    kept = [one for one in found if choice.takes(one)]
    if not kept:
        raise InputError(_named(choice), f"no events; {_instead(found, choice)}")
    return kept


def _check_names(found: Sequence[Occurrence], choice: Choice) -> None:
    parties = Counter(name for one in found for name in {*one.actors, *one.recipients})
    for name in (choice.actor, choice.recipient):
        if name and name not in parties:
            near = get_close_matches(name, parties, n=3, cutoff=0.6)
            most = ", ".join(f"{party} ({n})" for party, n in parties.most_common(5))
            there = "" if near else f"; there are {most}"
            raise UnknownName(name, f"does not occur in the record{there}", near)


def _named(choice: Choice) -> str:
    who = f"{choice.actor or 'anyone'} on {choice.recipient or 'anyone'}"
    days = (choice.first, choice.last)
    return f"{who}, {days[0] or '…'} to {days[1] or '…'}" if any(days) else who


def _instead(found: Sequence[Occurrence], choice: Choice) -> str:
    """The dyad's own days where the window misses them, else the parties' busiest dyads."""
    anytime = Choice(actor=choice.actor, recipient=choice.recipient)
    same = [one for one in found if anytime.takes(one)]
    days = sorted(one.day for one in same if one.day)
    if days:
        return f"there are {len(same)} from {days[0]} to {days[-1]}"
    dyads = Counter(
        dyad
        for one in found
        for dyad in one.dyads
        if {choice.actor, choice.recipient} & {*dyad} or not choice.actor
    )
    listed = ", ".join(f"{a} on {r} ({n})" for (a, r), n in dyads.most_common(5))
    return f"there are {listed}" if listed else "there are none with two parties"

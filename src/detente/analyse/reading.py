"""A record's readings as of a moment, as Polars frames: what ``import detente`` offers.

>>> import detente
>>> reading = detente.readings("detente.db", as_of=date(2018, 11, 1))  # doctest: +SKIP
>>> reading.series("USA", "RUS", step="month").to_pandas()  # doctest: +SKIP
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path

import polars as pl

from detente.analyse.agreements import agreements as agreement_table
from detente.analyse.choice import EMPTY, Choice, chosen
from detente.analyse.chronology import chronology as chronology_table
from detente.analyse.claims import claims as claim_table
from detente.analyse.network import network as dyad_table
from detente.analyse.occurrences import Occurrence, names_of, occurrences
from detente.analyse.places import places as place_table
from detente.analyse.plans import follow_through as rate_table
from detente.analyse.plans import plans as plan_table
from detente.analyse.series import Step
from detente.analyse.series import series as step_table
from detente.gazetteer.actors import who
from detente.records import Event, Incident
from detente.store import OWN, Record, open_record

_EVERYTHING = Choice()


class Reading:
    """Events and incidents as they could be known at a moment, and every table made of them.

    Each method takes a :class:`~detente.analyse.choice.Choice` of actor, recipient and days, and
    raises what :func:`~detente.analyse.choice.chosen` raises where there is nothing to show.

    Args:
        events: all mentions; ``incidents``: what they are mentions of.
        as_of: the moment; none means now.
        instead: what to say where there are no events at all.
    """

    def __init__(
        self,
        events: Sequence[Event],
        incidents: Sequence[Incident] = (),
        *,
        as_of: datetime | None = None,
        instead: str = "",
    ) -> None:
        self._instead = instead
        self.events = tuple(events)
        self.incidents = tuple(incidents)
        self.as_of = as_of

    @property
    def today(self) -> date:
        """The day of reading."""
        return (self.as_of or datetime.now(UTC)).date()

    @cached_property
    def occurrences(self) -> list[Occurrence]:
        """Every incident with its mentions."""
        return occurrences(self.events, self.incidents)

    @cached_property
    def names(self) -> dict[str, str]:
        """How each party is called, by country code or id."""
        return names_of(self.events)

    def chosen(self, choice: Choice = _EVERYTHING) -> list[Occurrence]:
        """The occurrences of a choice; parties may be given by code, id or name in any case."""
        return chosen(self.occurrences, self.understood(choice), instead=self._instead)

    def understood(self, choice: Choice) -> Choice:
        """The choice with its parties as the record knows them."""
        return Choice(
            actor=self._party(choice.actor),
            recipient=self._party(choice.recipient),
            first=choice.first,
            last=choice.last,
        )

    def _party(self, name: str) -> str:
        wanted = name.strip().casefold()
        for party, called in self.names.items():
            if wanted in (party.casefold(), called.casefold()):
                return party
        meant = {alone.country or alone.id for alone in who(name)} & self.names.keys()
        return meant.pop() if len(meant) == 1 else name.strip()

    def chronology(self, choice: Choice = _EVERYTHING) -> pl.DataFrame:
        """See :func:`detente.analyse.chronology.chronology`."""
        return chronology_table(self.chosen(choice), today=self.today)

    def series(self, choice: Choice = _EVERYTHING, *, step: Step = "month") -> pl.DataFrame:
        """See :func:`detente.analyse.series.series`."""
        found = self.chosen(choice)
        return step_table(found, self.events, step=step, first=choice.first, last=choice.last)

    def network(self, choice: Choice = _EVERYTHING) -> pl.DataFrame:
        """See :func:`detente.analyse.network.network`."""
        return dyad_table(self.chosen(choice))

    def places(self, choice: Choice = _EVERYTHING) -> pl.DataFrame:
        """See :func:`detente.analyse.places.places`."""
        return place_table(self.chosen(choice))

    def agreements(self, choice: Choice = _EVERYTHING) -> pl.DataFrame:
        """See :func:`detente.analyse.agreements.agreements`."""
        return agreement_table(self.chosen(choice), today=self.today)

    def claims(self, choice: Choice = _EVERYTHING) -> pl.DataFrame:
        """See :func:`detente.analyse.claims.claims`."""
        return claim_table(self.chosen(choice))

    def plans(self, choice: Choice = _EVERYTHING) -> pl.DataFrame:
        """See :func:`detente.analyse.plans.plans`."""
        return plan_table(self.chosen(choice), today=self.today)

    def follow_through(self, choice: Choice = _EVERYTHING) -> pl.DataFrame:
        """See :func:`detente.analyse.plans.follow_through`."""
        return rate_table(self.plans(choice))


def readings(
    record: str | Path | None = None,
    *,
    as_of: date | datetime | None = None,
    origin: str | None = OWN,
) -> Reading:
    """The readings of a record.

    Args:
        record: file or database address; none means the usual one.
        as_of: what could be known then; a day means its end (UTC).
        origin: ``detente`` for our own coding, a format's name for imported events, none for all.

    Raises:
        RecordError: if it cannot be opened.
    """
    moment = as_of
    if as_of is not None and not isinstance(as_of, datetime):
        moment = datetime.combine(as_of, time.max, tzinfo=UTC)
    assert moment is None or isinstance(moment, datetime)
    with open_record(record, read_only=True) as opened:
        view = opened.view(moment)
        events = tuple(view.events(origin=origin))
        incidents = tuple(view.incidents()) if origin in (OWN, None) else ()
        instead = "" if events else _instead(opened, moment, origin)
    return Reading(events, incidents, as_of=moment, instead=instead)


def _instead(opened: Record, moment: datetime | None, origin: str | None) -> str:
    """What a record holds whose view is empty: events of other origins, or known later."""
    events = tuple(opened.view().events(origin=None))
    origins = Counter(event.origin for event in events)
    if not events:
        return EMPTY
    if origin is not None and origin not in origins:
        there = ", ".join(f"{name} ({n})" for name, n in origins.most_common())
        return f"holds no events of origin {origin}; there are {there}"
    told = sorted(e.reported for e in events if e.reported and origin in (None, e.origin))
    if moment is None or not told:
        return EMPTY
    return (
        f"holds no events known by {moment.date()}; its reports run from {told[0].date()} to "
        f"{told[-1].date()}"
    )

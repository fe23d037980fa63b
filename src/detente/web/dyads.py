"""Who acts on whom: the dyads, one dyad in time, the actors."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from io import StringIO

import polars as pl

from detente.analyse import occurrences, series
from detente.analyse.occurrences import Occurrence, done
from detente.analyse.series import SCHEMA
from detente.assess.occurrences import occurrences_of_rows
from detente.assess.questions import forecast
from detente.errors import NoForecast, UnknownName
from detente.ontology.plover import event_types
from detente.publish.charts import series_chart
from detente.publish.charts_frame import Caption, svg_of
from detente.publish.jsonform import forecast_as_json
from detente.publish.numbering import all_sentences
from detente.records import Dyad, Forecast, Question
from detente.store import Bare, BriefVersion, EventFilter
from detente.web.answer import Raw, Shown
from detente.web.asking import Ask
from detente.web.briefs import latest
from detente.web.lines import line_as_json, lines_of
from detente.web.naming import called

#: Occurrences shown beside a series or an actor.
LATEST = 12
#: Length of the window that a dyad's forecasts ask about, in days.
WINDOW = 30


def dyads(ask: Ask) -> Shown:
    """The busiest actors with whom they act on most."""
    busiest = [name for name, _ in ask.site.record.tallies.actors(40) if is_country(name)][:12]
    found = {
        name: [(other, n) for side, other, n in partners(ask, name) if side == "recipient"][:8]
        for name in busiest
    }
    return Shown(
        template="dyads.html.j2",
        title="Dyads",
        shows={"found": found},
        twin={
            "dyads": [
                {"actor": a, "recipient": r, "events": n} for a, rs in found.items() for r, n in rs
            ]
        },
    )


def is_country(name: str) -> bool:
    """Whether a party is a country's code."""
    return len(name) == 3 and name.isupper() and name not in ("IGO", "NGO")


def partners(ask: Ask, name: str) -> list[tuple[str, str, int]]:
    """A party's others, countries before the persons and bodies that act for them."""
    found = ask.site.record.tallies.partners(name)
    return sorted(found, key=lambda row: (not is_country(row[1]), -row[2], row[1]))


def dyad(ask: Ask) -> Shown:
    """A dyad's series by month, its latest acts, forecasts told of it with their record."""
    actor, recipient = ask.part("actor"), ask.part("recipient")
    wanted = EventFilter(actor=actor, recipient=recipient)
    bare = ask.site.record.tallies.bare(wanted)
    table = monthly(bare)
    lines = lines_of(ask.site.lookup.page(wanted, limit=LATEST).told, wanted)
    forecasts = told_forecasts(latest(ask), actor, recipient)
    return Shown(
        template="dyad.html.j2",
        title=f"{called(actor)} → {called(recipient)}",
        shows={
            "actor": actor,
            "recipient": recipient,
            "rows": table.tail(24).reverse().to_dicts(),
            "lines": lines,
            "forecasts": forecasts,
        },
        twin={
            "actor": actor,
            "recipient": recipient,
            "series": [{**r, "start": r["start"].isoformat()} for r in table.to_dicts()],
            "latest": [line_as_json(line) for line in lines],
            "forecasts": [forecast_as_json(f) for f, _ in forecasts],
        },
    )


def monthly(bare: Bare) -> pl.DataFrame:
    """The series by month of what was done."""
    return series(occurrences(bare.events, bare.incidents), bare.events, step="month")


def told_forecasts(
    briefs: list[BriefVersion], actor: str, recipient: str
) -> list[tuple[Forecast, BriefVersion]]:
    """Forecasts of a dyad in the briefs that readers may see."""
    return [
        (sentence.forecast, version)
        for version in briefs
        for sentence in all_sentences(version.brief)
        if sentence.forecast
        and {sentence.forecast.question.dyad.actor, sentence.forecast.question.dyad.recipient}
        == {actor, recipient}
    ]


def dyad_series(ask: Ask) -> Raw:
    """The picture of a dyad's series: a request of its own, since drawing takes a while.

    Raises:
        UnknownName: if nothing that was done is known of the dyad.
    """
    actor, recipient = ask.part("actor"), ask.part("recipient")
    table = monthly(ask.site.record.tallies.bare(EventFilter(actor=actor, recipient=recipient)))
    if not table.height:
        raise UnknownName(f"{actor} on {recipient}", "nothing that was done is known")
    caption = Caption(
        title=f"{called(actor)} on {called(recipient)}, by month",
        explains="Acts done, conflict below the line; the mean score beneath.",
        source="Source: this record, occurrences counted once however many outlets tell them.",
    )
    return Raw(body=_drawn(table.write_json(), caption), media="image/svg+xml")


@lru_cache(maxsize=256)
def _drawn(written: str, caption: Caption) -> bytes:
    """The picture of a series, drawn once for each state of it."""
    table = pl.read_json(StringIO(written), schema=SCHEMA)
    return slim(svg_of(series_chart(table, caption))).encode()


def slim(svg: str) -> str:
    """A drawing without its machine-made labels: the table beside it tells more."""
    bare = re.sub(r' (?:aria-[a-z]+|role|class|pointer-events)="[^"]*"', "", svg)
    bare = re.sub(r'<path d="M0,0h0v0h0Z"/>', "", bare)
    return re.sub(r"(\d+\.\d)\d+", r"\1", bare)


def dyad_forecast(ask: Ask) -> Shown:
    """What the record says of the next window, by quad class, with each forecast's record."""
    actor, recipient = ask.part("actor"), ask.part("recipient")
    bare = ask.site.record.tallies.bare(EventFilter(actor=actor, recipient=recipient))
    found = occurrences(bare.events, bare.incidents)
    made, reasons = forecasts_of(found, Dyad(actor=actor, recipient=recipient))
    return Shown(
        template="forecast.html.j2",
        title=f"Forecast: {called(actor)} → {called(recipient)}",
        shows={"actor": actor, "recipient": recipient, "made": made, "reasons": reasons},
        twin={"forecasts": [forecast_as_json(f) for f in made], "no_forecast": reasons},
    )


def forecasts_of(found: list[Occurrence], dyad: Dyad) -> tuple[list[Forecast], list[str]]:
    """A forecast for each quad class from the day after the record ends, or why there is none."""
    happened = [(one, one.last_day, one.known) for one in done(found)]
    rows = [
        (dyad.actor, dyad.recipient, one.told.coded.act, day, (known.date() if known else day))
        for one, day, known in happened
        if day
    ]
    if not rows:
        return [], ["nothing that was done is known of this dyad"]
    last = max(known for *_, known in rows)
    issued = datetime.combine(last, time.max, tzinfo=UTC)
    made, reasons = [], []
    for quad in dict.fromkeys(kind.quad for kind in event_types().values()):
        question = Question(
            dyad=dyad,
            event_types=tuple(n for n, kind in event_types().items() if kind.quad == quad),
            opens=last + timedelta(days=1),
            closes=last + timedelta(days=WINDOW),
        )
        try:
            made.append(forecast(occurrences_of_rows(rows), question, issued=issued))
        except NoForecast as reason:
            reasons.append(f"{quad}: {reason.reason}")
    return made, reasons


def actors(ask: Ask) -> Shown:
    """Who acts most."""
    found = ask.site.record.tallies.actors()
    return Shown(
        template="actors.html.j2",
        title="Actors",
        shows={"found": found},
        twin={"actors": [{"id": a, "name": called(a), "events": n} for a, n in found]},
    )


def actor(ask: Ask) -> Shown:
    """An actor: whom it acts on, who acts on it, and its latest acts."""
    name = ask.part("actor")
    others = partners(ask, name)
    wanted = EventFilter(either=(name,))
    lines = lines_of(ask.site.lookup.page(wanted, limit=LATEST).told, wanted)
    return Shown(
        template="actor.html.j2",
        title=called(name),
        shows={
            "actor": name,
            "acts_on": [(o, n) for side, o, n in others if side == "recipient"],
            "acted_on_by": [(o, n) for side, o, n in others if side == "actor"],
            "lines": lines,
        },
        twin={
            "id": name,
            "name": called(name),
            "partners": [{"side": s, "id": o, "events": n} for s, o, n in others],
            "latest": [line_as_json(line) for line in lines],
        },
        status=200 if others or lines else 404,
    )

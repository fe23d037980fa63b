"""What the walk of ``detente review`` shows, and the lists it lets one choose from."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Protocol

import typer

from detente.errors import InputError
from detente.records import Event
from detente.store import EventFilter, Lookup, Record, Told
from detente.store.reviewing import Reviewable

_KEYS = (
    "c confirm · r reject · a amend · m merge · s split · space skip\n  w reason · u undo · q quit"
)
#: Letters of a sentence in a list, tellings shown, incidents offered for a merge.
_LETTERS, _TELLINGS, _OFFERED = 90, 3, 6


class Standing(Protocol):
    """What a screen needs of a walk."""

    @property
    def record(self) -> Record: ...  # noqa: D102
    @property
    def found(self) -> Sequence[Reviewable]: ...  # noqa: D102
    @property
    def place(self) -> int: ...  # noqa: D102
    @property
    def reason(self) -> str: ...  # noqa: D102
    @property
    def note(self) -> str: ...  # noqa: D102


def show(going: Standing) -> None:
    """One screen: where the walk stands, the event with its words, and the keys."""
    if sys.stdout.isatty():
        typer.echo("\x1b[2J\x1b[H", nl=False)  # each event has the screen to itself
    if going.note:
        typer.secho(f"  {plain(going.note)}", fg="yellow")
    if going.place == len(going.found):
        typer.echo("That was the last. u goes back, any other key ends.")
        return
    reviewed = going.found[going.place]
    typer.echo(f"{going.place + 1} of {len(going.found)} · why: {plain(going.reason)}\n")
    _show_event(reviewed)
    _show_tellings(going.record.lookup(), reviewed)
    typer.echo(f"\n  {_KEYS} ", nl=False)


def _show_event(reviewed: Reviewable) -> None:
    event, coded = reviewed.event, reviewed.event.coded
    typer.echo(f"  “{_sentence(event)}”")
    typer.secho(f"  {_line(event)}", bold=True)
    facts = [event.when.edtf or "no date", event.where.name if event.where else "", event.outlet]
    facts.append(event.agreement.name if event.agreement else "")
    facts.append(f"{coded.speaker.text} says so" if coded.speaker else "")
    typer.echo("  " + " · ".join(plain(fact) for fact in facts if fact))
    because = "; ".join(reviewed.because) or "little is sure of it"
    typer.echo(f"  needs eyes: {because}")
    typer.secho(f"  event {event.id} · incident {reviewed.incident.id}", dim=True)


def _show_tellings(lookup: Lookup, reviewed: Reviewable) -> None:
    others = _others(lookup, reviewed)
    if others:
        typer.echo(f"\n  told {len(others) + 1} times; also:")
    for event in others[:_TELLINGS]:
        status = event.coded.status
        typer.echo(f"    {plain(event.outlet) or '?'} ({status}): {_short(event)}")
    if len(others) > _TELLINGS:
        typer.echo(f"    … and {len(others) - _TELLINGS} more")


def _others(lookup: Lookup, reviewed: Reviewable) -> list[Event]:
    told = lookup.tellings([reviewed.event.id]).get(reviewed.event.id)
    return [e for e in told.mentions if e.id != reviewed.event.id] if told else []


def asked_incidents(lookup: Lookup, reviewed: Reviewable) -> list[str]:
    """Asks which incidents one is to be merged with: numbers of a list of near ones, or ids."""
    near = _near(lookup, reviewed)
    for number, one in enumerate(near, 1):
        event = one.mentions[0]
        day = event.when.edtf or "no date"
        typer.echo(f"  {number}  {day}  {_line(event)}: {_short(event)}")
    return _asked("merge with (numbers or ids)", [one.incident.id for one in near])


def _near(lookup: Lookup, reviewed: Reviewable) -> list[Told]:
    """Others of the same act with a party in common, the latest first."""
    event = reviewed.event
    party = next((p.entity.country or p.entity.id for p in (*event.actor, *event.recipient)), "")
    wanted = EventFilter(either=(party,) if party else (), acts=(event.coded.act,))
    page = lookup.page(wanted, limit=_OFFERED + 1)
    return [one for one in page.told if one.incident.id != reviewed.incident.id][:_OFFERED]


def asked_mentions(lookup: Lookup, reviewed: Reviewable) -> list[str]:
    """Asks which mentions are to be taken out of an incident: numbers of its list, or ids."""
    mentions = [reviewed.event, *_others(lookup, reviewed)]
    if len(mentions) < 2:
        raise InputError(reviewed.incident.id, "told once only: there is nothing to split")
    for number, event in enumerate(mentions, 1):
        typer.echo(f"  {number}  {plain(event.outlet)}: {_short(event)}")
    return _asked("take out (numbers or ids)", [event.id for event in mentions], default="1")


def _asked(text: str, listed: Sequence[str], default: str | None = None) -> list[str]:
    found = []
    for word in typer.prompt(f"  {text}", default=default).replace(",", " ").split():
        if word.isdigit() and len(word) < 3:
            if not 1 <= int(word) <= len(listed):
                raise InputError(word, f"no number of the list; there are {len(listed)}")
            found.append(listed[int(word) - 1])
        else:
            found.append(word)
    return found


def _line(event: Event) -> str:
    actors = ", ".join(p.entity.name for p in event.actor) or "unnamed"
    others = ", ".join(p.entity.name for p in event.recipient)
    act = f"{event.coded.event_type} {event.coded.mode}".rstrip()
    towards = f" → {others}" if others else ""
    return plain(f"{actors} · {act}{towards} ({event.coded.status})")


def _short(event: Event) -> str:
    words = " ".join(event.coded.sentence.text.split())
    return plain(words if len(words) <= _LETTERS else words[: _LETTERS - 1] + "…")


def _sentence(event: Event) -> str:
    """The sentence with its trigger set apart."""
    sentence, trigger = event.coded.sentence, event.coded.trigger
    start, end = trigger.start - sentence.start, trigger.end - sentence.start
    if not 0 <= start < end <= len(sentence.text):
        return plain(sentence.text.strip())
    before, after = sentence.text[:start].lstrip(), sentence.text[end:].rstrip()
    marked = typer.style(plain(sentence.text[start:end]), bold=True, underline=True)
    return f"{plain(before)}{marked}{plain(after)}"


def plain(text: str) -> str:
    """Text without what steers a terminal: reports are written by strangers."""
    return "".join(sign if sign.isprintable() else " " for sign in text)

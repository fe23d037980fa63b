"""The walk through what needs eyes: one event, one key."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import cast

import typer

from detente.cli.recordoptions import say
from detente.errors import DetenteError
from detente.records import Event, Ruling, RulingKind
from detente.store import Record, ruling_id
from detente.store.reviewing import Reviewable, reviewables

_KEYS = "[c]onfirm [r]eject [a]mend [m]erge [s]plit [space] skip [q]uit"


def ruled(
    record: Record, kind: str, target: str, changes: Mapping[str, str], by: str, reason: str
) -> bool:
    """Keeps a ruling made now; the same one made again on the same day is the same."""
    at = datetime.now(UTC)
    told = [f"{name}={value}" for name, value in sorted(changes.items())]
    ruling = Ruling(
        id=ruling_id([kind, target, by, reason, at.date().isoformat(), *told]),
        target=target,
        kind=cast(RulingKind, kind),
        changes=changes,
        by=by,
        at=at,
        reason=reason,
    )
    return record.rule(ruling)


def list_reviewables(record: Record, limit: int) -> None:
    """What needs eyes as JSON Lines, the most needful first."""
    for found in islice(reviewables(record.view()), limit):
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


def walk(record: Record, limit: int, by: str) -> None:
    """Shows each event and takes a key; what cannot be done is said, and asked again."""
    found = reviewables(record.view())[:limit]
    for number, each in enumerate(found, 1):
        _show(each, f"{number}/{len(found)}")
        if not _answered(record, each, by):
            return
    say(f"{len(found)} looked at" if found else "nothing needs eyes")


def _show(found: Reviewable, place: str) -> None:
    event, coded = found.event, found.event.coded
    actors = ", ".join(p.entity.name for p in event.actor) or "—"
    others = ", ".join(p.entity.name for p in event.recipient) or "—"
    typer.echo(f"\n{place}  {event.id}  {'; '.join(found.because)}")
    typer.echo(f"  {actors} → {others}: {coded.event_type} {coded.mode} ({coded.status})")
    typer.echo(f"  {event.when.edtf or 'no date'} · {event.outlet} · incident {found.incident.id}")
    typer.echo(f"  “{coded.sentence.text.strip()}”")


def _answered(record: Record, found: Reviewable, by: str) -> bool:
    """Takes keys until one counts; False to stop."""
    actions: dict[str, Callable[[], tuple[str, str, dict[str, str]]]] = {
        "c": lambda: ("confirm", found.event.id, {}),
        "r": lambda: ("reject", found.event.id, {}),
        "a": lambda: ("amend", found.event.id, _changes()),
        "m": lambda: ("merge", found.incident.id, {"with": typer.prompt("  with incident(s)")}),
        "s": lambda: ("split", found.incident.id, {"events": _taken(found.event)}),
    }
    while True:
        typer.echo(f"  {_KEYS} ", nl=False)
        key = typer.getchar().lower()
        typer.echo(key if key.isprintable() else "")
        if key in (" ", "\r", "\n"):
            return True
        if key in ("q", "\x03", "\x04"):
            return False
        if key in actions and _done(record, actions[key], by):
            return True


def _done(record: Record, action: Callable[[], tuple[str, str, dict[str, str]]], by: str) -> bool:
    try:
        kind, target, changes = action()
        reason = typer.prompt("  why", default="reviewed")
        ruled(record, kind, target, changes, by, reason)
    except DetenteError as error:
        say(f"  {error}")
        return False
    return True


def _changes() -> dict[str, str]:
    name, _, value = typer.prompt("  field=value").partition("=")
    return {name.strip(): value.strip()}


def _taken(event: Event) -> str:
    return str(typer.prompt("  take out event(s)", default=event.id))

"""Commands by which a person rules on what was coded: review and rule."""

from __future__ import annotations

import getpass
from enum import StrEnum
from typing import Annotated

import typer

from detente.cli.recordoptions import Form, FormOption, RecordOption, opened_existing, say

By = Annotated[
    str,
    typer.Option(envvar="DETENTE_ANALYST", help="Who rules.", default_factory=getpass.getuser),
]


class Kind(StrEnum):
    """Kinds of rulings."""

    confirm = "confirm"
    reject = "reject"
    amend = "amend"
    merge = "merge"
    split_ = "split"


def register(app: typer.Typer) -> None:
    """Adds this family's commands to ``app``."""
    app.command("review")(review)
    app.command("rule")(rule)


def review(
    by: By,
    record: RecordOption = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many events.")] = 50,
    format: FormOption = Form.table,
) -> None:
    """Walks you through what most needs eyes; one key each. JSON Lines only lists it."""
    from detente.cli.reviewing import list_reviewables, walk

    with opened_existing(record) as opened:
        if format is Form.jsonl:
            list_reviewables(opened, limit)
        else:
            walk(opened, limit, by)


def rule(
    kind: Annotated[Kind, typer.Argument(help="What is ruled.")],
    target: Annotated[str, typer.Argument(help="The event; for merge and split the incident.")],
    by: By,
    reason: Annotated[str, typer.Option(help="Why; kept with the ruling.")],
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="amend: a field; merge: with=ID;ID; "
                     "split: events=ID;ID."),
    ] = None,
    record: RecordOption = None,
) -> None:  # fmt: skip
    """Rules by script: confirm, reject, amend, merge or split."""
    from detente.cli.reviewing import ruled

    changes = dict(_pair(text) for text in set_ or ())
    with opened_existing(record) as opened:
        new = ruled(opened, kind.value, target, changes, by, reason)
    say(f"{kind.value} of {target}: {'kept' if new else 'was kept before'}")


def _pair(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found:
        raise typer.BadParameter(f"{text!r}: write FIELD=VALUE")
    return name.strip(), value

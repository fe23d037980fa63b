"""The desk: serve, add-user, backup, restore."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.recordoptions import RecordOption, say


class DeskRole(StrEnum):
    """What a user may do: each what those before may."""

    reader = "reader"
    analyst = "analyst"
    editor = "editor"


def register(app: typer.Typer) -> None:
    """Adds this family's commands to ``app``."""
    app.command("serve")(serve)
    app.command("add-user")(add_user)
    app.command("backup")(backup)
    app.command("restore")(restore)


def serve(
    record: RecordOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    address: Annotated[
        str, typer.Option(help="Where readers reach it, for links; by default host and port.")
    ] = "",
    name: Annotated[str, typer.Option(help="The site's name.")] = "Détente",
    tls: Annotated[
        bool, typer.Option("--tls", help="It stands behind TLS: secure cookies and HSTS.")
    ] = False,
    workers: Annotated[int, typer.Option(min=1, max=64, help="How many processes answer.")] = 1,
) -> None:
    """Serves the site: briefs and record for readers, the desk for analysts, the API."""
    from detente.web.serving import Serving, run

    where = address.rstrip("/") or f"http{'s' if tls else ''}://{host}:{port}"
    serving = Serving(record=record or "", host=host, port=port, workers=workers)
    run(serving, address=where, name=name, tls=tls)


def add_user(
    name: Annotated[str, typer.Argument(help="The user's name.", metavar="NAME")],
    role: Annotated[DeskRole, typer.Option(help="What the user may do.")] = DeskRole.reader,
    record: RecordOption = None,
) -> None:
    """Adds a user of the desk, or gives a known one a new role and password.

    The password is asked for; without a terminal it is the first line of standard input.
    """
    from detente.store import open_record
    from detente.web.passwords import asked, hashed

    password = hashed(asked())
    with open_record(record) as opened:
        opened.desk.save_user(name, role.value, password, by="command line")
        opened.access.close_sessions(name)
    say(f"{name} may sign in as {role.value}")


def backup(
    file: Annotated[Path, typer.Argument(help="The new file.", metavar="FILE")],
    record: RecordOption = None,
) -> None:
    """Writes a whole copy of the record to a new file, while it is in use."""
    from detente.store import open_record

    with open_record(record, read_only=True) as opened:
        opened.back_up(file)
    print(file)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that backup wrote.", metavar="FILE")],
    record: RecordOption = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in place of a record that is there.")
    ] = False,
) -> None:
    """Puts a back-up in the record's place, after a check that it is whole."""
    from detente.store.copying import put_back

    print(put_back(file, record, replace=replace))

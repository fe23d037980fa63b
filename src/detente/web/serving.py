"""The server: uvicorn over the site, in one process or several."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette

from detente.store import open_record
from detente.web.app import make_app
from detente.web.naming import called
from detente.web.settings import Settings

#: How a worker process is told what to serve.
_RECORD, _ADDRESS, _NAME, _TLS = (
    f"DETENTE_DESK_{word}" for word in ("RECORD", "ADDRESS", "NAME", "TLS")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """Which record is served, where, by how many processes."""

    record: str
    host: str
    port: int
    workers: int


def run(serving: Serving, *, address: str, name: str, tls: bool) -> None:
    """Serves until stopped.

    Args:
        serving: which record, where.
        address: where readers reach it.
        name: the site's.
        tls: whether it stands behind TLS.

    Raises:
        RecordError: if the record cannot be opened.
    """
    with open_record(serving.record or None):
        pass  # made, migrated or refused before any process starts
    os.environ[_RECORD], os.environ[_ADDRESS] = serving.record, address
    os.environ[_NAME], os.environ[_TLS] = name, "yes" if tls else ""
    uvicorn.run(
        "detente.web.serving:app",
        factory=True,
        host=serving.host,
        port=serving.port,
        workers=serving.workers,
        log_level="warning",
        server_header=False,
        access_log=False,
    )


def app() -> Starlette:
    """The site as a worker process is told to serve it."""
    usual = Settings()
    settings = Settings(
        name=os.environ.get(_NAME) or usual.name,
        address=os.environ.get(_ADDRESS) or usual.address,
        tls=bool(os.environ.get(_TLS)),
    )
    made = make_app(os.environ.get(_RECORD) or None, settings)
    called("USA")  # the actors' tables are read now, not by the first reader
    gc.collect()
    gc.freeze()  # what is there for good is not looked through again and again
    return made

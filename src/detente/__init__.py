"""Détente: from news about relations between states to a source-linked record and a cited brief.

The names below are the whole public interface; each loads its room only when it is used.

>>> import detente
>>> reading = detente.readings("detente.db", as_of=None)  # doctest: +SKIP
>>> reading.series()  # a Polars frame; .to_pandas() works  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.analyse.choice import Choice
    from detente.analyse.reading import Reading, readings
    from detente.coding.coder import Coder
    from detente.pipeline import brief, read_code_resolve
    from detente.read import read_paths
    from detente.resolve.events import resolve_report
    from detente.store import Record, open_record

__version__ = "0.1.0"

_ROOMS = {
    "Choice": "detente.analyse.choice",
    "Coder": "detente.coding.coder",
    "Reading": "detente.analyse.reading",
    "Record": "detente.store",
    "brief": "detente.pipeline",
    "open_record": "detente.store",
    "read_code_resolve": "detente.pipeline",
    "read_paths": "detente.read",
    "readings": "detente.analyse.reading",
    "resolve_report": "detente.resolve.events",
}

__all__ = [
    "Choice",
    "Coder",
    "Reading",
    "Record",
    "__version__",
    "brief",
    "open_record",
    "read_code_resolve",
    "read_paths",
    "readings",
    "resolve_report",
]


def __getattr__(name: str) -> object:
    """Loads a public name from its room."""
    if name in _ROOMS:
        return getattr(import_module(_ROOMS[name]), name)
    raise AttributeError(f"module 'detente' has no attribute {name!r}")

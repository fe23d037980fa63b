"""What an address of the site is: what it shows, who may ask, what it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from detente.web.answer import Answer
from detente.web.asking import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A word of the query or a field of a form."""

    name: str
    means: str
    needed: bool = False
    form: str = ""  # OpenAPI format, such as date
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One address.

    ``role`` is the least role that may ask (empty: everyone). ``cached`` pages are the same for
    all signed-out readers. ``twin``: it has a ``.json`` twin. ``media`` is what it is otherwise.
    """

    path: str
    show: Callable[[Ask], Answer]
    summary: str
    role: str = ""
    method: str = "GET"
    queries: tuple[Field, ...] = ()
    fields: tuple[Field, ...] = ()
    cached: bool = False
    twin: bool = True
    media: str = "text/html"

    @property
    def twin_path(self) -> str:
        """The address of the JSON twin."""
        return "/index.json" if self.path == "/" else f"{self.path}.json"

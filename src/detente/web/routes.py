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


def page(
    path: str, show: Callable[[Ask], Answer], summary: str, *queries: Field, role: str = ""
) -> Page:
    """A page with its JSON twin; kept for a while if every reader sees the same."""
    return Page(path=path, show=show, summary=summary, queries=queries, role=role, cached=not role)


def other(
    path: str, show: Callable[[Ask], Answer], summary: str, media: str, *queries: Field
) -> Page:
    """Something else than a page, the same for every reader: a picture, a feed, a PDF."""
    return Page(
        path=path,
        show=show,
        summary=summary,
        queries=queries,
        media=media,
        cached=True,
        twin=False,
    )


def form(
    path: str,
    show: Callable[[Ask], Answer],
    summary: str,
    *fields: Field,
    role: str = "",
    twin: bool = True,
) -> Page:
    """Where a form is sent to."""
    return Page(
        path=path,
        show=show,
        summary=summary,
        method="POST",
        role=role,
        fields=fields,
        twin=twin,
    )

"""What a page answers: a template with what it shows, and the same as JSON."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

import nh3
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from detente.ontology.calendar import day_in_words
from detente.publish.numbering import credit
from detente.web.asking import Ask
from detente.web.cache import Made
from detente.web.naming import act_words, agreement_name, called, dated, safe_link

Json = dict[str, Any]
_TYPED = {"p", "br", "em", "strong", "b", "i", "blockquote", "code"}
#: Stands where a form's token goes; replaced for each visitor, so that pages can be kept.
TOKEN_PLACE = "@@form-token-" + hashlib.sha256(b"place").hexdigest()[:16] + "@@"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page: its template, what the template shows, its JSON twin, and data for machines."""

    template: str
    title: str
    shows: Mapping[str, Any] = field(default_factory=dict)
    twin: Json = field(default_factory=dict)
    status: int = 200
    linked: Json | None = None  # JSON-LD
    feeds: tuple[tuple[str, str, str], ...] = ()  # (media type, title, address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """Something else than a page: a feed, a PDF, a picture."""

    body: bytes
    media: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """The visitor is sent on to another address of this site; cookies may be set on the way."""

    to: str
    cookies: Mapping[str, str] = field(default_factory=dict)
    twin: Json = field(default_factory=dict)
    status: int = 200


Answer = Shown | Raw | Gone


def made_of(answer: Shown | Raw, ask: Ask) -> Made:
    """The bytes of an answer, as HTML or, at its ``.json`` twin, as JSON."""
    if isinstance(answer, Raw):
        return Made(body=answer.body, media=answer.media, name=answer.name)
    if ask.wants_json:
        body = json.dumps(answer.twin, ensure_ascii=True, separators=(",", ":")).encode()
        return Made(body=body, media="application/json", status=answer.status)
    linked, hashes = _linked(answer.linked)
    html = (
        environment()
        .get_template(answer.template)
        .render(
            **answer.shows,
            title=answer.title,
            linked=linked,
            feeds=answer.feeds,
            site=ask.site.settings,
            visitor=ask.visitor,
            token=TOKEN_PLACE,
            path=ask.request.url.path,
            twin_path=twin_of(ask),
        )
    )
    body = html.encode("utf-8", "replace")
    return Made(body=body, media="text/html; charset=utf-8", status=answer.status, hashes=hashes)


def twin_of(ask: Ask) -> str:
    """The address of a page's JSON twin."""
    path, words = ask.request.url.path, ask.request.url.query
    where = "/index.json" if path == "/" else f"{path}.json"
    return f"{where}?{words}" if words else where


def _linked(linked: Json | None) -> tuple[Markup, tuple[str, ...]]:
    """JSON-LD that cannot end its element, and its hash for the content policy."""
    if linked is None:
        return Markup(""), ()
    text = json.dumps(linked, ensure_ascii=True)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Markup(text), (f"'sha256-{digest}'",)  # noqa: S704 - JSON without <, > and &


@cache
def environment() -> Environment:
    """Templates; everything is escaped unless made of escaped parts."""
    made = Environment(
        loader=PackageLoader("detente.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["day"] = day_in_words
    made.filters["dated"] = dated
    made.filters["credit"] = credit
    made.filters["called"] = called
    made.filters["act"] = act_words
    made.filters["agreement"] = agreement_name
    made.filters["link"] = safe_link
    made.filters["part"] = lambda text: quote(str(text), safe="")
    made.filters["typed"] = _typed
    made.globals["query"] = lambda **words: urlencode({k: v for k, v in words.items() if v})
    return made


def _typed(text: str) -> Markup:
    """What people typed, in paragraphs: emphasis and quotations stay, all other markup goes."""
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    html = "".join(f"<p>{part}</p>".replace("\n", "<br>") for part in parts)
    return Markup(nh3.clean(html, tags=_TYPED, attributes={}))  # noqa: S704 - cleaned just now

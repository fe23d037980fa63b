"""Who asks for what: the visitor, the form, and the words in the address."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from starlette.datastructures import UploadFile
from starlette.requests import Request

from detente.errors import InputError
from detente.store import Lookup, Record, User
from detente.web.cache import PageCache
from detente.web.limits import Limits
from detente.web.settings import SESSION, VISITOR, Settings

#: Rank of the roles: each may do what those before it may.
ROLES = ("", "reader", "analyst", "editor", "admin")
#: Longest word that a query or field of one line may hold.
LONGEST = 300
#: Most fields of a form: a draft has one for each sentence of its brief.
MOST_FIELDS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all requests share."""

    record: Record
    lookup: Lookup
    settings: Settings
    limits: Limits
    cache: PageCache


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who asks: ``secret`` is the cookie that ties forms to this browser."""

    user: User | None = None
    secret: str = ""
    by_token: bool = False

    @property
    def role(self) -> str:
        """The user's role; empty for a reader who is not signed in."""
        return self.user.role if self.user else ""

    @property
    def name(self) -> str:
        """The user's name."""
        return self.user.name if self.user else ""

    def may(self, role: str) -> bool:
        """Whether the visitor may do what a role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request, understood."""

    request: Request
    site: Site
    visitor: Visitor
    wants_json: bool
    form: Mapping[str, str] = field(default_factory=dict)
    upload: bytes = b""

    def part(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    def query(self, name: str) -> str:
        """A word of the query, without the space around it; empty if absent.

        Raises:
            InputError: if it is too long.
        """
        value = self.request.query_params.get(name, "").strip()
        if len(value) > LONGEST:
            raise InputError(name, f"longer than {LONGEST} letters")
        return value

    def day(self, name: str) -> date | None:
        """A day of the query.

        Raises:
            InputError: if it is none.
        """
        value = self.query(name)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise InputError(name, "no day; write it as 2018-10-24") from None

    def line(self, name: str, longest: int = LONGEST) -> str:
        """A field of the form that holds one line.

        Raises:
            InputError: if it is too long.
        """
        value = " ".join(self.form.get(name, "").split())
        if len(value) > longest:
            raise InputError(name, f"longer than {longest} letters")
        return value

    def needed(self, name: str, longest: int = LONGEST) -> str:
        """A field of one line that must be filled in.

        Raises:
            InputError: if it is empty or too long.
        """
        value = self.line(name, longest)
        if not value:
            raise InputError(name, "is required")
        return value

    @property
    def client(self) -> str:
        """The address that asks, for limits; never kept."""
        return self.request.client.host if self.request.client else ""


def visitor_of(request: Request, record: Record) -> Visitor:
    """The visitor by bearer token, session cookie or neither."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return Visitor(user=record.access.token_user(token.strip()), by_token=True)
    session = request.cookies.get(SESSION, "")
    if session and (user := record.desk.session_user(session)):
        return Visitor(user=user, secret=session)
    return Visitor(secret=request.cookies.get(VISITOR, ""))


def csrf_token(secret: str) -> str:
    """A form's token for a cookie; salted anew each time, so that compression tells nothing."""
    salt = secrets.token_hex(8)
    return f"{salt}{_bound(salt, secret)}"


def csrf_fits(token: str, secret: str) -> bool:
    """Whether a form's token was made for this cookie."""
    if not secret or len(token) != 80 or not token.isascii():
        return False
    return hmac.compare_digest(token[16:], _bound(token[:16], secret))


def _bound(salt: str, secret: str) -> str:
    return hmac.new(secret.encode(), f"form {salt}".encode(), hashlib.sha256).hexdigest()


async def form_of(request: Request) -> tuple[dict[str, str], bytes]:
    """The fields of a form or JSON object as text, and the bytes of an uploaded file.

    Raises:
        InputError: if the body is neither.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return _json_fields(await _json(request)), b""
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return {}, b""
    fields: dict[str, str] = {}
    upload = b""
    async with request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=256 * 1024) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                upload = await value.read()
            else:
                fields[name] = f"{fields[name]};{value}" if name in fields else value
    return fields, upload


async def _json(request: Request) -> object:
    try:
        return await request.json()
    except (ValueError, RecursionError):
        raise InputError("body", "not JSON") from None


def _json_fields(written: object) -> dict[str, str]:
    if not isinstance(written, dict):
        raise InputError("body", "must be a JSON object of text fields")
    for name, value in written.items():
        if not isinstance(value, str):
            raise InputError(str(name), "must be text")
    return dict(written)

"""Signing in and out: argon2, a new session each time, a lock-out after some failures."""

from __future__ import annotations

import secrets

from detente.web.answer import Gone, Shown
from detente.web.asking import Ask
from detente.web.passwords import fits
from detente.web.refusals import Refused
from detente.web.routes import Field
from detente.web.settings import SESSION, VISITOR

FIELDS = (
    Field(name="name", means="the user's name", needed=True),
    Field(name="password", means="the password", needed=True),
    Field(name="next", means="where to go on"),
)
#: Tries of one address within an hour, whatever the name.
TRIES_PER_HOUR = 60


def sign_in_page(ask: Ask) -> Shown:
    """The form."""
    return Shown(
        template="sign_in.html.j2",
        title="Sign in",
        shows={"next": local(ask.query("next")), "wrong": False},
        twin={"signed_in": ask.visitor.name},
    )


def sign_in(ask: Ask) -> Gone | Shown:
    """Opens a session under a new token; the one before, if any, is not taken over.

    Raises:
        Refused: while the name is locked, or an address tries too often.
    """
    site, settings = ask.site, ask.site.settings
    name, password = ask.needed("name"), ask.form.get("password", "")
    if not site.limits.allows("sign in", ask.client, TRIES_PER_HOUR):
        raise Refused(429, "too many tries from this address; try again later")
    if site.record.access.failures(name, settings.lock_out) >= settings.sign_in_tries:
        minutes = int(settings.lock_out.total_seconds() // 60)
        raise Refused(429, f"too many wrong tries; the name is locked for {minutes} minutes")
    user = site.record.desk.user(name)
    if not fits(password, user.password if user else None) or user is None:
        site.record.desk.note("", "sign-in failed", name)
        return _wrong(ask)
    if ask.visitor.user is not None:
        site.record.desk.close_session(ask.visitor.secret)
    token = secrets.token_urlsafe(32)
    site.record.desk.open_session(token, user.name, settings.session)
    return Gone(
        to=local(ask.form.get("next", "")), cookies={SESSION: token, VISITOR: ""}, twin={"ok": True}
    )


def _wrong(ask: Ask) -> Shown:
    return Shown(
        template="sign_in.html.j2",
        title="Sign in",
        shows={"next": local(ask.form.get("next", "")), "wrong": True},
        twin={"error": "the name or the password is wrong"},
        status=401,
    )


def local(address: str) -> str:
    """An address of this site, the desk for any other."""
    plain = address.strip()
    safe = plain.startswith("/") and not plain.startswith(("//", "/\\"))
    safe = safe and plain.isprintable() and "\\" not in plain
    return plain if safe else "/desk"


def sign_out(ask: Ask) -> Gone:
    """Ends the session."""
    if not ask.visitor.by_token:
        ask.site.record.desk.close_session(ask.visitor.secret)
    return Gone(to="/", cookies={SESSION: ""})

"""What readers write under a brief: checked, kept until approved, editable for a while."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

from detente.errors import InputError, UnknownName
from detente.web.answer import Gone, Shown
from detente.web.asking import Ask
from detente.web.briefs import published
from detente.web.refusals import Refused
from detente.web.routes import Field

_EMAIL = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>]{1,190}\.[^@\s,;<>.]{2,63}")
_LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
FIELDS = (
    Field(name="name", means="as it shall be shown", needed=True),
    Field(name="email", means="never published, never given out", needed=True, form="email"),
    Field(name="text", means="the comment", needed=True),
    Field(name="website", means="leave it empty: people do not see it"),
)


def leave(ask: Ask) -> Gone:
    """Keeps a comment until an analyst judges it.

    Raises:
        InputError: if a field is missing or wrong. Refused: over a limit.
    """
    brief = published(ask, ask.part("brief"))[0].id
    settings, site = ask.site.settings, ask.site
    name, email = ask.needed("name", 80), ask.needed("email", 254)
    text = checked_text(ask)
    if not _EMAIL.fullmatch(email):
        raise InputError("email", "is no e-mail address")
    if ask.form.get("website", "").strip():
        return _thanks(brief, "")  # a machine filled in what people do not see
    if not site.limits.allows("comment", ask.client, settings.comments_per_hour):
        raise Refused(429, "you have written several comments this hour; try again later")
    if site.record.access.waiting(brief, timedelta(hours=1)) >= settings.comments_waiting:
        raise Refused(429, "many comments wait for approval; try again later")
    token = secrets.token_urlsafe(24)
    contact = (email, token, settings.edit_link)
    site.record.desk.add_comment(brief, name, text, contact)
    return _thanks(brief, token)


def _thanks(brief: str, token: str) -> Gone:
    where = f"/comments/{token}" if token else f"/briefs/{brief}/thanks"
    return Gone(to=where, twin={"state": "waiting", "brief": brief}, status=201)


def checked_text(ask: Ask) -> str:
    """The comment's words.

    Raises:
        InputError: if there are none, or too many, or too many links among them.
    """
    text = ask.form.get("text", "").strip()
    settings = ask.site.settings
    if not text:
        raise InputError("text", "is required")
    if len(text) > settings.comment_letters:
        raise InputError("text", f"longer than {settings.comment_letters} letters")
    if len(_LINK.findall(text)) > settings.comment_links:
        raise InputError("text", f"holds more than {settings.comment_links} links")
    return text


def thanks(ask: Ask) -> Shown:
    """What a commenter sees whose words wait."""
    brief = published(ask, ask.part("brief"))[0]
    return Shown(
        template="comment.html.j2",
        title="Thank you",
        shows={"comment": None, "brief": brief.id, "link": ""},
        twin={"state": "waiting", "brief": brief.id},
    )


def edit_page(ask: Ask) -> Shown:
    """The comment behind an edit link."""
    found = ask.site.record.access.comment_by_token(ask.part("link"))
    if found is None:
        raise UnknownName("link", "unknown, judged already, or its ten minutes are over")
    return Shown(
        template="comment.html.j2",
        title="Your comment waits for approval",
        shows={"comment": found, "brief": found.brief, "link": ask.part("link")},
        twin={"state": found.state, "name": found.name, "text": found.text},
    )


def edit(ask: Ask) -> Gone:
    """Changes a comment by its link."""
    text = checked_text(ask)
    ask.site.record.access.edit_comment(ask.part("link"), text)
    return Gone(to=f"/comments/{ask.part('link')}", twin={"state": "waiting"})

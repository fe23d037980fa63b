"""How a desk is run: every limit in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Limits and habits of a site.

    ``address``: where readers reach it, for links in feeds and metadata (never taken from a
    request). ``tls``: it is reached by HTTPS: cookies are then marked secure and HSTS is sent.
    ``fresh``: seconds for which a page made for a signed-out reader is shown again (0: never);
    what a person at the desk does shows at once all the same.
    """

    name: str = "Détente"
    address: str = "http://127.0.0.1:8000"
    tls: bool = False
    fresh: float = 30.0
    session: timedelta = timedelta(hours=12)
    body_bytes: int = 128 * 1024
    comment_letters: int = 5000
    comment_links: int = 2
    comments_per_hour: int = 5
    comments_waiting: int = 100
    edit_link: timedelta = timedelta(minutes=10)
    sign_in_tries: int = 5
    lock_out: timedelta = timedelta(minutes=15)
    picture_bytes: int = 60 * 1024
    page_length: int = 40
    searches_length: int = 20


#: Cookie of a signed-in session, and of a visitor who is not (it only ties forms to a browser).
SESSION, VISITOR = "detente_session", "detente_visitor"

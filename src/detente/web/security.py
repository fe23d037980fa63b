"""What every response carries and no request may exceed: headers, and the size of bodies."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from detente.web.settings import Settings

#: Nothing comes from elsewhere, nothing is framed, no script or style stands in the page.
_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'{hashes}; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_TOO_LARGE = b"The body is too large.\n"


def content_policy(hashes: tuple[str, ...] = ()) -> str:
    """The content security policy of a page with these hashes of data elements."""
    return _POLICY.format(hashes="".join(f" {h}" for h in hashes))


class Guard:
    """Sets the headers of every response and refuses bodies over the limit."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; anything but HTTP passes through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._set(MutableHeaders(scope=message))
            await send(message)

        body = await self._body(scope, receive)
        if body is None:
            await _refuse(guarded)
            return
        await self._app(scope, _replay(body, receive), guarded)

    def _set(self, headers: MutableHeaders) -> None:
        for name, value in _ALWAYS.items():
            headers.setdefault(name, value)
        headers.setdefault("content-security-policy", content_policy())
        if self._settings.tls:
            headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"

    async def _body(self, scope: Scope, receive: Receive) -> bytes | None:
        """The whole body, None if it is over the limit, whatever length it claims."""
        if scope["method"] in ("GET", "HEAD"):
            return b""
        pieces, size = [], 0
        while True:
            message = await receive()
            piece = message.get("body", b"")
            size += len(piece)
            if size > self._settings.body_bytes:
                return None
            pieces.append(piece)
            if message["type"] != "http.request" or not message.get("more_body", False):
                return b"".join(pieces)


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": _TOO_LARGE})

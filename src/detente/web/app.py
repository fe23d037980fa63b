"""The site as an ASGI application."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from detente.errors import DetenteError, InputError, RecordError, UnknownName
from detente.store import open_record
from detente.web.addresses import pages
from detente.web.answer import TOKEN_PLACE, Gone, Shown, made_of
from detente.web.asking import Ask, Site, Visitor, csrf_fits, csrf_token, form_of, visitor_of
from detente.web.cache import Made, PageCache
from detente.web.limits import Limits
from detente.web.refusals import Refused
from detente.web.routes import Page
from detente.web.security import Guard, content_policy
from detente.web.settings import SESSION, VISITOR, Settings

_STATIC = Path(__file__).parent / "static"


def make_app(where: str | Path | None = None, settings: Settings | None = None) -> Starlette:
    """The site over a record.

    Args:
        where: the record's file or address; none means the usual one.
        settings: limits and habits.

    Raises:
        RecordError: if the record cannot be opened.
    """
    chosen = settings or Settings()
    record = open_record(where)
    site = Site(
        record=record,
        lookup=record.lookup(),
        settings=chosen,
        limits=Limits(),
        cache=PageCache(chosen.fresh),
    )

    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        yield
        site.cache.close()
        record.close()

    routes: list[BaseRoute] = [Mount("/static", StaticFiles(directory=_STATIC), name="static")]
    for page in pages():
        routes += _routes(page, site)
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, settings=chosen)],
        exception_handlers={HTTPException: _http_error(site), Exception: _fault},
        lifespan=life,
    )
    app.state.site = site
    return app


def _routes(page: Page, site: Site) -> list[BaseRoute]:
    """A page and, before it, its JSON twin."""
    found: list[BaseRoute] = []
    if page.twin:
        twin = _answering(page, site, wants_json=True)
        found.append(Route(page.twin_path, twin, methods=[page.method]))
    plain = _answering(page, site, wants_json=False)
    return [*found, Route(page.path, plain, methods=[page.method])]


def _answering(
    page: Page, site: Site, *, wants_json: bool
) -> Callable[[Request], Awaitable[Response]]:
    async def respond(request: Request) -> Response:
        try:
            form, upload = ({}, b"") if page.method == "GET" else await form_of(request)
        except InputError as error:
            return _refusal(site, request, wants_json, Refused(400, str(error)))
        return await run_in_threadpool(_respond, page, site, request, wants_json, form, upload)

    return respond


def _respond(
    page: Page, site: Site, request: Request, wants_json: bool, form: dict[str, str], upload: bytes
) -> Response:
    try:
        visitor = visitor_of(request, site.record)
        ask = Ask(
            request=request,
            site=site,
            visitor=visitor,
            wants_json=wants_json,
            form=form,
            upload=upload,
        )
        _check(page, ask)
        if page.cached and visitor.user is None:
            key = f"{request.url.path}?{request.url.query}"
            made = site.cache.page(key, site.lookup.stamp(), lambda: _made(page, ask))
        else:
            answer = page.show(ask)
            if isinstance(answer, Gone):
                return _sent_on(answer, ask)
            made = made_of(answer, ask)
        return _finished(made, ask)
    except Refused as refused:
        return _refusal(site, request, wants_json, refused)
    except UnknownName as error:
        return _refusal(site, request, wants_json, Refused(404, str(error)))
    except RecordError as error:
        return _refusal(site, request, wants_json, Refused(409, error.reason))
    except DetenteError as error:
        return _refusal(site, request, wants_json, Refused(400, str(error)))


def _made(page: Page, ask: Ask) -> Made:
    answer = page.show(ask)
    assert not isinstance(answer, Gone), "a kept page sends nobody on"
    return made_of(answer, ask)


def _check(page: Page, ask: Ask) -> None:
    """Role, then that a form was sent from a page of ours.

    Raises:
        Refused: otherwise.
    """
    visitor = ask.visitor
    if visitor.by_token and visitor.user is None:
        raise Refused(401, "the token is not known here")
    if not visitor.may(page.role):
        if visitor.user is None:
            raise Refused(401, "sign in first")
        raise Refused(403, f"this needs the role {page.role}; yours is {visitor.role}")
    if page.method == "GET" or visitor.by_token:
        return
    if ask.request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused(403, "the form was sent from another site")
    if not csrf_fits(ask.form.get("token", ""), visitor.secret):
        raise Refused(403, "the form is out of date; load its page anew and send it again")


def _finished(made: Made, ask: Ask) -> Response:
    """The response with its tag, its form tokens, and 304 where the reader has it."""
    secret = ask.visitor.secret
    tag = hashlib.sha256(made.body + secret.encode()).hexdigest()[:32]
    told = {"etag": f'W/"{tag}"', "cache-control": "private, no-cache", "vary": "cookie"}
    if made.status == 200 and tag in ask.request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=told)
    body, visitor = made.body, ""
    place = TOKEN_PLACE.encode()
    if place in body:
        if not secret:
            secret = visitor = secrets.token_urlsafe(32)
            told["etag"] = 'W/"first"'
        body = body.replace(place, csrf_token(secret).encode())
    told["content-security-policy"] = content_policy(made.hashes)
    if made.name:
        told["content-disposition"] = f'inline; filename="{made.name}"'
    response = Response(body, made.status, told, media_type=made.media)
    if visitor:
        _set_cookie(response, ask.site.settings, VISITOR, visitor)
    return response


def _set_cookie(response: Response, settings: Settings, name: str, value: str) -> None:
    if not value:
        response.delete_cookie(name)
        return
    response.set_cookie(
        name,
        value,
        max_age=int(settings.session.total_seconds()) if name == SESSION else None,
        httponly=True,
        secure=settings.tls,
        samesite="lax",
    )


def _sent_on(gone: Gone, ask: Ask) -> Response:
    response: Response = RedirectResponse(gone.to, 303)
    if ask.wants_json:
        response = JSONResponse({"at": gone.to, **gone.twin}, gone.status)
    response.headers["cache-control"] = "no-store"
    for name, value in gone.cookies.items():
        _set_cookie(response, ask.site.settings, name, value)
    return response


def _refusal(site: Site, request: Request, wants_json: bool, refused: Refused) -> Response:
    """What a refused request is told: as JSON, as a page, or the way to the sign-in."""
    if wants_json:
        return JSONResponse({"error": refused.reason}, refused.status)
    if refused.status == 401 and request.method in ("GET", "HEAD"):
        from urllib.parse import quote  # noqa: PLC0415

        return RedirectResponse(f"/sign-in?next={quote(request.url.path)}", 303)
    ask = Ask(request=request, site=site, visitor=Visitor(), wants_json=False)
    shown = Shown(
        template="refused.html.j2",
        title={404: "Not found", 409: "Not possible"}.get(refused.status, "Not accepted"),
        shows={"reason": refused.reason},
        status=refused.status,
    )
    return _finished(made_of(shown, ask), ask)


def _http_error(site: Site) -> Callable[[Request, Exception], Response]:
    def told(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        wants_json = request.url.path.endswith(".json")
        if error.status_code == 405:
            return JSONResponse({"error": error.detail}, 405, dict(error.headers or {}))
        reason = "there is no such page" if error.status_code == 404 else error.detail
        return _refusal(site, request, wants_json, Refused(error.status_code, reason))

    return told


def _fault(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"error": "a fault of ours; it is in the log"}, 500)

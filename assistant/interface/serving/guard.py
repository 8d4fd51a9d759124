"""Stands before everything that is served: who may come in, and what a browser may do with what it gets."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from urllib.parse import parse_qs, quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.interface.routing import refusal_of_strangers
from assistant.interface.serving.listening import is_named_here
from assistant.interface.serving.named import NamedReadersError
from assistant.interface.serving.sessions import Proof, Sessions, TooManyFailuresError
from assistant.interface.serving.sign_in import is_inside, sign_in_page

logger = logging.getLogger(__name__)

SIGN_IN, SIGN_OUT = "/login", "/logout"
WRONG = "No reader has this name and this password."
UNREADABLE = "Nobody can sign in now; the terminal of this server says why."
ONLY_HERE = (
    "Loccit serves this machine alone: reach it as 127.0.0.1 or localhost. For a name of its own, as behind a proxy, "
    "start it with --auth or --insecure."
)
SIGN_IN_FIRST = "Sign in to Loccit first: reload the page or, for a program, send a name and a password."
# A page's picture in the browser's tab, and the address by which Gradio learns that it has started.
_OPEN = ("/favicon.ico", "/gradio_api/startup-events")
_SAFE = ("GET", "HEAD", "OPTIONS")
_READER = "loccit.reader"
_LONGEST_FORM = 16_384
# Parts of the page that tell nothing of the library: these alone a browser may keep once a reader has signed out.
_EVERYBODYS = ("text/css", "text/javascript", "application/javascript", "font/", "image/svg")
_FOUND, _SIGN_IN_NEEDED, _TOO_LARGE, _MISDIRECTED, _TOO_MANY, _UNAVAILABLE = 303, 401, 413, 421, 429, 503
# Gradio's page runs scripts of its own in its HTML and compiles templates; nothing at all comes from elsewhere.
_NOTHING_FROM_ELSEWHERE = (
    "default-src 'self'; "
    "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; "
    "font-src 'self' data:; "
    "media-src 'self' data: blob:; "
    "worker-src 'self' blob:; "
    "connect-src 'self' data: blob:; "
    "object-src 'none'; "
    "base-uri 'self'; "
    "form-action 'self'; "
    "frame-ancestors 'self'"
)
# A guess costs memory and a third of a second of one core; more at once would take them from the readers.
_GUESSES_AT_ONCE = 2


def reader_of(request: Request) -> str | None:
    """Name the reader who has signed in; None where nobody needs to."""
    name = request.scope.get(_READER)
    return str(name) if name is not None else None


class Guard:
    """Middleware: refuses other sites' wishes, asks readers to sign in, lets pages fetch nothing from elsewhere."""

    def __init__(self, app: ASGIApp, sessions: Sessions | None = None, own_host: str | None = None) -> None:
        """Guard an application.

        Args:
            app: What is served.
            sessions: Of the readers who may come in; None lets everybody in.
            own_host: What it listens on, if requests must name that or this machine; None lets them name any host.
        """
        self._app = app
        self._sessions = sessions
        self._own_host = own_host
        # Those who wait for one to be checked hold no thread meanwhile.
        self._guesses = asyncio.Semaphore(_GUESSES_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it."""
        if scope["type"] == "websocket" and (self._sessions or self._own_host):
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] != "http":
            await self._app(scope, receive, send)
        else:
            request = Request(scope, receive)
            refusal = await self._refusal(request)
            await (refusal or self._app)(scope, receive, self._sending(send))

    async def _refusal(self, request: Request) -> Response | None:
        """Answer what goes no further; None lets a request in."""
        if self._own_host and not is_named_here(request.headers.get("host", ""), self._own_host):
            return PlainTextResponse(ONLY_HERE, _MISDIRECTED)
        # Of a wish to read, browsers name the origin where a page of another would see what comes.
        is_told = "origin" in request.headers
        if (is_told or request.method not in _SAFE) and (refusal := refusal_of_strangers(request)):
            return refusal
        if self._sessions is None:
            return None
        try:
            return await self._door(request, self._sessions)
        except TooManyFailuresError as error:
            return _told(request, str(error), _TOO_MANY)
        except NamedReadersError as error:
            logger.error("%s", error)
            return _told(request, UNREADABLE, _UNAVAILABLE)

    async def _door(self, request: Request, sessions: Sessions) -> Response | None:
        path = _path(request.scope)
        if path == SIGN_IN and request.method == "POST":
            return await self._signed_in(request, sessions)
        if path == SIGN_OUT:
            return _signed_out(request, sessions)
        if path in _OPEN:
            return None
        reader = sessions.reader_of(request.cookies.get(_cookie(request), ""))
        if reader is None and (proof := Proof.of(request.headers.get("authorization", ""))):
            reader = sessions.known(proof)
            if reader is None:
                address = _address(request)
                async with self._guesses:
                    reader = await run_in_threadpool(sessions.reader_by_proof, proof, address)
        if reader is None:
            return _told(request, "", _SIGN_IN_NEEDED)
        request.scope[_READER] = reader
        return None

    async def _signed_in(self, request: Request, sessions: Sessions) -> Response:
        form = await _form(request)
        if form is None:
            return Response(status_code=_TOO_LARGE)
        name, password = form.get("username", "").strip(), form.get("password", "")
        async with self._guesses:
            token = await run_in_threadpool(sessions.sign_in, name, password, _address(request))
        wanted = form.get("next", "")
        if token is None:
            return _told(request, WRONG, _SIGN_IN_NEEDED, name, wanted)
        answer: Response = JSONResponse({"success": True})
        if _is_browser(request):
            there = _root(request.scope) + (wanted if is_inside(wanted) else "/")
            answer = RedirectResponse(quote(there, safe="/?&=#%+,:;@!$'()*~"), _FOUND)
        answer.set_cookie(
            _cookie(request),
            token,
            path=_root(request.scope) or "/",
            secure=_is_https(request),
            httponly=True,
            samesite="lax",
        )
        return answer

    def _sending(self, send: Send) -> Send:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                # An address may hold a reader's question: no site that a source links to learns it.
                headers.setdefault("Referrer-Policy", "same-origin")
                kind = headers.get("content-type", "")
                if kind.startswith("text/html"):
                    headers.setdefault("Content-Security-Policy", _NOTHING_FROM_ELSEWHERE)
                if self._sessions and not kind.startswith(_EVERYBODYS):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        return guarded


def _signed_out(request: Request, sessions: Sessions) -> Response:
    """End the session, if the page itself asks; a link to this address does nothing."""
    answer = RedirectResponse(f"{_root(request.scope)}/", _FOUND)
    if request.method == "POST":
        sessions.sign_out(request.cookies.get(_cookie(request), ""))
        answer.delete_cookie(_cookie(request), path=_root(request.scope) or "/")
    return answer


def _told(request: Request, reason: str, status: int, name: str = "", wanted: str | None = None) -> Response:
    """Ask a reader to sign in, on a page; tell a program in JSON."""
    if not _is_browser(request):
        # Browsers would ask for the name in a window of their own, and keep it: they are not told of this way.
        asked = {"WWW-Authenticate": 'Basic realm="Loccit", charset="UTF-8"'}
        headers = asked if status == _SIGN_IN_NEEDED and "sec-fetch-mode" not in request.headers else None
        return JSONResponse({"error": reason or SIGN_IN_FIRST}, status, headers)
    if wanted is None:
        wanted = _path(request.scope) + (f"?{request.url.query}" if request.url.query else "")
    return sign_in_page(_root(request.scope), reason, status, name, wanted)


async def _form(request: Request) -> dict[str, str] | None:
    """Read a short form; None if it is long, as no honest one is."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_FORM:
            return None
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: _last(values) for name, values in fields.items()}


def _last(values: Sequence[str]) -> str:
    return values[-1]


def _is_browser(request: Request) -> bool:
    """Tell whether a reader looks at what comes."""
    return "text/html" in request.headers.get("accept", "")


def _is_https(request: Request) -> bool:
    """Tell whether the browser speaks https, to this server or to the proxy before it."""
    return "https" in (
        request.url.scheme,
        request.headers.get("x-forwarded-proto", "").partition(",")[0].strip(),
    )


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _cookie(request: Request) -> str:
    """Name the cookie: browsers share those of one host among all its ports."""
    server = request.scope.get("server")
    return f"loccit-{server[1]}" if server else "loccit"


def _root(scope: Scope) -> str:
    return str(scope.get("root_path", "")).rstrip("/")


def _path(scope: Scope) -> str:
    """Give the path below the root, whether or not a proxy has taken that off."""
    path, root = str(scope["path"]), _root(scope)
    inside = path == root or path.startswith(f"{root}/")
    return (path[len(root) :] or "/") if root and inside else path

"""The doors of the Library view, beside Gradio's own: JSON with finished HTML in it, and the kept originals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from assistant.interface.library.desk import Desk
from assistant.interface.library.findings import Choice, Search
from assistant.interface.library.listing import Wanted
from assistant.interface.library.naming import Uploads
from assistant.interface.library.originals import ORIGINAL_PATH, original_response
from corpus.errors import LibraryLockedError, LoccitError, UnknownDocumentError

MOST_FILES = 200
Asked = TypeVar("Asked", bound=BaseModel)

_BAD, _FORBIDDEN, _NOT_FOUND, _CONFLICT = 400, 403, 404, 409
_GONE = "This document is no longer in the library."
_MISSHAPEN = "Loccit cannot read this; check years and numbers."
_STRANGER = "Only Loccit's own page may ask for this."
_UNKEPT = {"Cache-Control": "no-store"}


class _Html(BaseModel):
    """A piece of the page."""

    model_config = ConfigDict(frozen=True)

    html: str


class _Done(BaseModel):
    """A wish was granted; the page asks for the state to see what came of it."""

    model_config = ConfigDict(frozen=True)


class _Refusal(BaseModel):
    """Why a wish was not granted, in a sentence for the reader."""

    model_config = ConfigDict(frozen=True)

    error: str


class _Named(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    names: str


class _One(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str


class _Nothing(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Seen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    seen: int = -1


def library_routes(desk: Desk) -> list[Route]:
    """Give the routes to a desk; each wish that changes anything is a POST from the page itself."""

    def original(asked: _One) -> Response:
        return original_response(desk.library, asked.document)

    def done(act: Callable[[], None]) -> _Done:
        act()
        return _Done()

    return [
        _reading("library/state", _Seen, lambda asked: desk.state(asked.seen)),
        _reading("library/documents", Wanted, desk.documents),
        _reading("library/document", _One, lambda asked: _Html(html=desk.document(asked.document))),
        _reading(ORIGINAL_PATH, _One, original),
        _changing("library/remove", _One, lambda asked: done(lambda: desk.remove(asked.document))),
        _changing("library/add-named", _Named, lambda asked: done(lambda: desk.add_named(asked.names))),
        _changing("library/add-chosen", Choice, lambda asked: done(lambda: desk.add_chosen(asked))),
        _changing("library/add-starter", _Nothing, lambda _: done(desk.add_starter_texts)),
        _changing("library/try-again", _Nothing, lambda _: done(desk.try_again)),
        _changing("library/forget", _Nothing, lambda _: done(desk.forget_failures)),
        # It changes nothing, but speaks to a service: no page of the web may make it.
        _changing("library/preview", Search, lambda asked: _Html(html=desk.preview(asked))),
        _uploading("library/add-files", desk),
    ]


def _reading(path: str, shape: type[Asked], answer: Callable[[Asked], BaseModel | Response]) -> Route:
    """Answer a GET, whose parameters have a shape."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(
            _answered, lambda: answer(shape.model_validate(dict(request.query_params)))
        )

    return Route(f"/{path}", endpoint, methods=["GET"])


def _changing(path: str, shape: type[Asked], answer: Callable[[Asked], BaseModel | Response]) -> Route:
    """Answer a POST from the page itself, whose JSON has a shape."""

    async def endpoint(request: Request) -> Response:
        if not _is_from_the_page(request):
            return _refused(_STRANGER, _FORBIDDEN)
        body = await request.body()
        return await run_in_threadpool(_answered, lambda: answer(shape.model_validate_json(body)))

    return Route(f"/{path}", endpoint, methods=["POST"])


def _uploading(path: str, desk: Desk) -> Route:
    """Take files from the page itself."""

    async def endpoint(request: Request) -> Response:
        if not _is_from_the_page(request):
            return _refused(_STRANGER, _FORBIDDEN)
        async with request.form(max_files=MOST_FILES) as form:
            files = [file for file in form.getlist("files") if isinstance(file, UploadFile)]
            return await run_in_threadpool(_answered, lambda: _taken(desk, files))

    return Route(f"/{path}", endpoint, methods=["POST"])


def _taken(desk: Desk, files: Sequence[UploadFile]) -> _Done:
    uploads = Uploads()
    for file in files:
        uploads.take(file.filename or "", file.file)
    desk.add_uploads(uploads)
    return _Done()


def _answered(answer: Callable[[], BaseModel | Response]) -> Response:
    """Answer, or say in one sentence why not."""
    try:
        answered = answer()
    except ValidationError:
        return _refused(_MISSHAPEN, _BAD)
    except UnknownDocumentError:
        return _refused(_GONE, _NOT_FOUND)
    except LibraryLockedError as error:
        return _refused(str(error), _CONFLICT)
    except LoccitError as error:
        return _refused(str(error), _BAD)
    if isinstance(answered, Response):
        return answered
    return JSONResponse(answered.model_dump(mode="json"), headers=_UNKEPT)


def _refused(reason: str, status: int) -> Response:
    return JSONResponse(_Refusal(error=reason).model_dump(), status, headers=_UNKEPT)


def _is_from_the_page(request: Request) -> bool:
    """Tell a wish of the page from one that another site's page has sent to an address that it guesses.

    Browsers name the asking page's origin; programs that are no browsers name none, and have no reader to betray.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")

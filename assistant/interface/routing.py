"""Doors of the page beside Gradio's own: a GET or a POST of known shape, answered with JSON, or why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from corpus.errors import LibraryLockedError, LoccitError, UnknownDocumentError

Asked = TypeVar("Asked", bound=BaseModel)

_BAD, _FORBIDDEN, _NOT_FOUND, _CONFLICT = 400, 403, 404, 409
_GONE = "This document is no longer in the library."
_MISSHAPEN = "Loccit cannot read this; check years and numbers."
_STRANGER = "Only Loccit's own page may ask for this."
_UNKEPT = {"Cache-Control": "no-store"}


class Html(BaseModel):
    """A piece of the page."""

    model_config = ConfigDict(frozen=True)

    html: str


class _Refusal(BaseModel):
    """Why a wish was not granted, in a sentence for the reader."""

    model_config = ConfigDict(frozen=True)

    error: str


def reading(path: str, shape: type[Asked], answer: Callable[[Asked], BaseModel | Response]) -> Route:
    """Answer a GET, whose parameters have a shape."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(
            answered, lambda: answer(shape.model_validate(dict(request.query_params)))
        )

    return Route(f"/{path}", endpoint, methods=["GET"])


def posting(path: str, shape: type[Asked], answer: Callable[[Asked], BaseModel | Response]) -> Route:
    """Answer a POST from the page itself, whose JSON has a shape."""

    async def endpoint(request: Request) -> Response:
        if refusal := refusal_of_strangers(request):
            return refusal
        body = await request.body()
        return await run_in_threadpool(answered, lambda: answer(shape.model_validate_json(body)))

    return Route(f"/{path}", endpoint, methods=["POST"])


def answered(answer: Callable[[], BaseModel | Response]) -> Response:
    """Answer, or say in one sentence why not."""
    try:
        given = answer()
    except ValidationError:
        return _refused(_MISSHAPEN, _BAD)
    except UnknownDocumentError:
        return _refused(_GONE, _NOT_FOUND)
    except LibraryLockedError as error:
        return _refused(str(error), _CONFLICT)
    except LoccitError as error:
        return _refused(str(error), _BAD)
    if isinstance(given, Response):
        return given
    return JSONResponse(given.model_dump(mode="json"), headers=_UNKEPT)


def refusal_of_strangers(request: Request) -> Response | None:
    """Refuse a wish that another site's page has sent to an address that it guesses; one of the page itself passes."""
    return None if _is_from_the_page(request) else _refused(_STRANGER, _FORBIDDEN)


def _refused(reason: str, status: int) -> Response:
    return JSONResponse(_Refusal(error=reason).model_dump(), status, headers=_UNKEPT)


def _is_from_the_page(request: Request) -> bool:
    """Tell who asks.

    Browsers name the asking page's origin; programs that are no browsers name none, and have no reader to betray.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")

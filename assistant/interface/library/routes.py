"""The doors of the Library view, beside Gradio's own: JSON with finished HTML in it, and the kept originals."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import BaseModel, ConfigDict
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.interface.library.desk import Desk
from assistant.interface.library.findings import Choice, Search
from assistant.interface.library.listing import Wanted
from assistant.interface.library.naming import Uploads
from assistant.interface.library.originals import ORIGINAL_PATH, original_response
from assistant.interface.library.overview.routes import overview_routes
from assistant.interface.routing import Html, answered, posting, reading, refusal_of_strangers

MOST_FILES = 200


class _Done(BaseModel):
    """A wish was granted; the page asks for the state to see what came of it."""

    model_config = ConfigDict(frozen=True)


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
        reading("library/state", _Seen, lambda asked: desk.state(asked.seen)),
        reading("library/documents", Wanted, desk.documents),
        reading("library/document", _One, lambda asked: Html(html=desk.document(asked.document))),
        reading(ORIGINAL_PATH, _One, original),
        posting("library/remove", _One, lambda asked: done(lambda: desk.remove(asked.document))),
        posting("library/add-named", _Named, lambda asked: done(lambda: desk.add_named(asked.names))),
        posting("library/add-chosen", Choice, lambda asked: done(lambda: desk.add_chosen(asked))),
        posting("library/add-starter", _Nothing, lambda _: done(desk.add_starter_texts)),
        posting("library/try-again", _Nothing, lambda _: done(desk.try_again)),
        posting("library/forget", _Nothing, lambda _: done(desk.forget_failures)),
        # It changes nothing, but speaks to a service: no page of the web may make it.
        posting("library/preview", Search, lambda asked: Html(html=desk.preview(asked))),
        _uploading("library/add-files", desk),
        *overview_routes(desk.overview),
    ]


def _uploading(path: str, desk: Desk) -> Route:
    """Take files from the page itself."""

    async def endpoint(request: Request) -> Response:
        if refusal := refusal_of_strangers(request):
            return refusal
        async with request.form(max_files=MOST_FILES) as form:
            files = [file for file in form.getlist("files") if isinstance(file, UploadFile)]
            return await run_in_threadpool(answered, lambda: _taken(desk, files))

    return Route(f"/{path}", endpoint, methods=["POST"])


def _taken(desk: Desk, files: Sequence[UploadFile]) -> _Done:
    uploads = Uploads()
    for file in files:
        uploads.take(file.filename or "", file.file)
    desk.add_uploads(uploads)
    return _Done()

"""The doors of the conversations, beside Gradio's own: those of a reader who has signed in, and the first visit's."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel, ConfigDict
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.interface.conversations.desk import ConversationDesk, One, Renamed, Search, ToKeep
from assistant.interface.conversations.welcome import WelcomeDesk
from assistant.interface.routing import Html, answered, reading, refusal_of_strangers
from assistant.interface.serving.guard import reader_of
from corpus.errors import LoccitError

Asked = TypeVar("Asked", bound=BaseModel)

NOBODY = "Conversations are kept on the server for readers who have signed in."


class NobodySignedInError(LoccitError):
    """Nobody has signed in whose conversations these were."""


class _Done(BaseModel):
    model_config = ConfigDict(frozen=True)


class _Nothing(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def conversation_routes(desk: ConversationDesk, greeter: WelcomeDesk) -> list[Route]:
    """Give the routes to both desks."""
    return [
        reading("conversations/welcome", _Nothing, lambda _: Html(html=greeter.greeting())),
        _own("list", Search, desk.listed, method="GET"),
        _own("one", One, desk.one, method="GET"),
        _own("keep", ToKeep, desk.keep),
        _own("rename", Renamed, desk.rename),
        _own("forget", One, desk.forget),
        _own("forget-all", _Nothing, lambda reader, _: desk.forget_all(reader)),
    ]


def _own(
    name: str, shape: type[Asked], act: Callable[[str, Asked], BaseModel | None], method: str = "POST"
) -> Route:
    """Answer the page of a reader who has signed in, from what is that reader's own."""

    async def endpoint(request: Request) -> Response:
        # To read is guarded too: no other site's page may learn what somebody has asked.
        if refusal := refusal_of_strangers(request):
            return refusal
        reader, body = reader_of(request), await request.body()

        def granted() -> BaseModel:
            if reader is None:
                raise NobodySignedInError(NOBODY)
            given = (
                shape.model_validate(dict(request.query_params))
                if method == "GET"
                else shape.model_validate_json(body)
            )
            return act(reader, given) or _Done()

        return await run_in_threadpool(answered, granted)

    return Route(f"/conversations/{name}", endpoint, methods=[method])

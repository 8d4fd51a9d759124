"""The conversations of readers who have signed in: each reader's own, and nobody else's."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from assistant import Assistant
from assistant.interface.conversations.desk import ConversationDesk
from assistant.interface.conversations.routes import NOBODY, conversation_routes
from assistant.interface.conversations.welcome import WelcomeDesk
from corpus.library import Library
from corpus.readers import Readers
from corpus.settings import Settings

TURN = {"question": "Do terns winter at sea?", "answer": {"answer": "Terns do, off Écréhous."}}


@pytest.fixture
def client(own_copy: Path, settings: Settings) -> Iterator[TestClient]:
    async def sign_in(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        # As the guard does for whoever has signed in.
        if name := request.headers.get("x-reader"):
            request.scope["loccit.reader"] = name
        return await go_on(request)

    with Library(own_copy, settings) as library:
        desk = ConversationDesk(Readers.open(own_copy))
        routes = conversation_routes(desk, WelcomeDesk(Assistant(library)))
        middleware = [Middleware(BaseHTTPMiddleware, dispatch=sign_in)]
        with TestClient(Starlette(routes=routes, middleware=middleware)) as opened:
            yield opened


def tell(client: TestClient, reader: str, path: str, **body: Any) -> Any:
    answer = client.post(f"/conversations/{path}", content=json.dumps(body), headers={"x-reader": reader})
    return answer.json() if answer.status_code == 200 else answer.status_code


def ask(client: TestClient, reader: str, path: str, **wanted: str) -> Any:
    return client.get(f"/conversations/{path}", params=wanted, headers={"x-reader": reader}).json()


def names(client: TestClient, reader: str, words: str = "") -> list[str]:
    return [one["name"] for one in ask(client, reader, "list", words=words)["conversations"]]


def test_a_reader_sees_only_conversations_of_their_own(client: TestClient) -> None:
    assert tell(client, "ada", "keep", id="a1", name="Terns", turns=[TURN]) == {}
    tell(client, "ben", "keep", id="a1", name="Gulls", turns=[])
    assert names(client, "ada") == ["Terns"]
    assert ask(client, "ada", "one", id="a1") == {"name": "Terns", "turns": [TURN]}
    assert ask(client, "eve", "one", id="a1") == {"name": "", "turns": None}
    tell(client, "eve", "forget", id="a1")
    tell(client, "ben", "forget-all")
    assert (names(client, "ada"), names(client, "ben")) == (["Terns"], [])


def test_conversations_are_found_by_what_was_said_and_named_anew(client: TestClient) -> None:
    tell(client, "ada", "keep", id="a1", name="Terns", turns=[TURN])
    tell(client, "ada", "keep", id="a2", name="Gulls", turns=[{"question": 5}, {"answer": []}])
    assert names(client, "ada", "écréhous WINTER") == ["Terns"]
    # What is between the words is not what was said.
    assert names(client, "ada", "question") == []
    tell(client, "ada", "rename", id="a1", name=" Sea swallows ")
    assert names(client, "ada", "swallows") == ["Sea swallows"]


def test_nobody_keeps_anything_without_signing_in(client: TestClient) -> None:
    answer = client.get("/conversations/list")
    assert (answer.status_code, answer.json()) == (400, {"error": NOBODY})
    assert tell(client, "", "keep", id="a", name="", turns=[]) == 400


def test_other_sites_and_misshapen_wishes_are_refused(client: TestClient) -> None:
    strange = {"x-reader": "ada", "sec-fetch-site": "cross-site"}
    assert client.get("/conversations/list", headers=strange).status_code == 403
    assert tell(client, "ada", "keep", id="../x", name="", turns=[]) == 400
    assert tell(client, "ada", "keep", id="a", name="", turns=["x"]) == 400
    assert tell(client, "ada", "keep", id="a", name="n" * 201, turns=[]) == 400

"""What the scripted server tells of its models, asked by the clients that LlamaIndex's classes stand on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.assistant.models.serving import ModelServer, Protocol, tokens_of

CONTEXT = 5_000


@pytest.fixture
def served() -> ModelServer:
    return ModelServer(models=("heron", "tern"), context=CONTEXT, key="key")


def test_openai_lists_models_with_their_context(served: ModelServer) -> None:
    openai = pytest.importorskip("openai")

    with served, openai.OpenAI(base_url=served.openai_url, api_key="key", max_retries=0) as client:
        models = list(client.models.list())
        tern = client.models.retrieve("tern")
        with pytest.raises(openai.NotFoundError, match="'gull' does not exist"):
            client.models.retrieve("gull")

    assert [model.id for model in models] == ["heron", "tern"] and tern.id == "tern"
    assert models[0].max_model_len == models[0].meta["n_ctx"] == CONTEXT
    assert {request.protocol for request in served.requests} == {Protocol.OPENAI}


def test_anthropic_lists_models_and_counts_tokens(served: ModelServer) -> None:
    anthropic = pytest.importorskip("anthropic")

    with served, anthropic.Anthropic(base_url=served.url, api_key="key", max_retries=0) as client:
        models = list(client.models.list())
        tern = client.models.retrieve("tern")
        messages = [{"role": "user", "content": "Which birds wade?"}]
        counted = client.messages.count_tokens(model="tern", messages=messages)

    assert [model.id for model in models] == ["heron", "tern"]
    assert (tern.id, tern.max_input_tokens) == ("tern", CONTEXT)
    assert counted.input_tokens == len(tokens_of("<user>\nWhich birds wade?\n</user>\n"))
    assert {request.protocol for request in served.requests} == {Protocol.ANTHROPIC}


def test_anthropic_streams_to_its_own_client(model_server: ModelServer) -> None:
    anthropic = pytest.importorskip("anthropic")
    messages = [{"role": "user", "content": "Which birds wade?"}]

    with anthropic.Anthropic(base_url=model_server.url, api_key="key", max_retries=0) as client:
        asked = client.messages.stream(model="claude-sonnet-5", max_tokens=9, messages=messages)
        with asked as stream:
            text = stream.get_final_text()
            message = stream.get_final_message()

    assert text == "Yes." and message.stop_reason == "end_turn"
    assert (message.usage.input_tokens, message.usage.output_tokens) == (
        model_server.chats[0].prompt_tokens,
        2,
    )


def test_ollama_lists_and_shows_models() -> None:
    ollama = pytest.importorskip("ollama")

    with (
        ModelServer(models=("heron", "tern"), context=CONTEXT) as server,
        ollama.Client(server.url) as client,
    ):
        models = client.list().models
        shown = client.show("tern:latest")
        with pytest.raises(ollama.ResponseError, match="'gull' does not exist"):
            client.show("gull")

    assert [model.model for model in models] == ["heron", "tern"]
    assert shown.modelinfo["llama.context_length"] == CONTEXT
    assert {request.protocol for request in server.requests} == {Protocol.OLLAMA}


def test_llamacpp_cuts_tokens_as_it_counts_them(served: ModelServer) -> None:
    with served:
        numbers = _ask(served, "/tokenize", {"content": "Which birds wade?"})
        pieces = _ask(served, "/tokenize", {"content": "Which birds wade?", "with_pieces": True})

    assert [piece["id"] for piece in pieces["tokens"]] == numbers["tokens"]
    assert [piece["piece"] for piece in pieces["tokens"]] == ["Which", " birds", " wade", "?"]


def test_llamacpp_tells_how_it_runs(served: ModelServer) -> None:
    with served:
        properties = _ask(served, "/props")
        prompt = _ask(served, "/apply-template", {"messages": [{"role": "user", "content": "Which?"}]})
        health = _ask(served, "/health")

    assert properties["default_generation_settings"]["n_ctx"] == CONTEXT
    assert "Which?" in prompt["prompt"] and health == {"status": "ok"}
    assert {request.protocol for request in served.requests} == {Protocol.LLAMA_CPP}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/tokenize", lambda told: told["error"]["message"]),
        ("/v1/models", lambda told: told["error"]["message"]),
        ("/api/tags", lambda told: told["error"]),
        ("/v1/nests", lambda told: told["error"]["message"]),
    ],
)
def test_a_server_may_know_less(path: str, message: Callable[[dict[str, Any]], object]) -> None:
    with ModelServer(without=("/tokenize", "/v1/models", "/api/tags")) as server:
        answer = httpx.get(f"{server.url}{path}")

    assert answer.status_code == 404 and message(answer.json()) == "Not Found"
    assert [request.path for request in server.requests] == [path]


def _ask(server: ModelServer, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    headers = {"Authorization": "Bearer key"}
    answer = httpx.request("POST" if body else "GET", f"{server.url}{path}", json=body, headers=headers)
    return dict(answer.raise_for_status().json())

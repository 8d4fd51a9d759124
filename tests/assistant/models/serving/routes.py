"""What there is at which path: chats, and what a server tells of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.assistant.models.serving import anthropic, llamacpp, ollama, openai
from tests.assistant.models.serving.dialect import Dialect, Failure
from tests.assistant.models.serving.requests import Protocol
from tests.assistant.models.serving.served import Served
from tests.assistant.models.serving.wire import Call

Told = Callable[[Call, Served], object]

CHATS: Mapping[str, type[Dialect]] = {
    "/v1/chat/completions": openai.OpenAIDialect,
    "/v1/messages": anthropic.AnthropicDialect,
    "/api/chat": ollama.OllamaDialect,
}
_ONE_MODEL = "/v1/models/"
_TOLD: Mapping[Protocol, Mapping[str, Told]] = {
    Protocol.OPENAI: {"/v1/models": openai.models, _ONE_MODEL: openai.one_model},
    Protocol.ANTHROPIC: {
        "/v1/models": anthropic.models,
        _ONE_MODEL: anthropic.one_model,
        "/v1/messages/count_tokens": anthropic.tokens,
    },
    Protocol.OLLAMA: {"/api/tags": ollama.tags, "/api/show": ollama.shown},
    Protocol.LLAMA_CPP: {
        "/tokenize": llamacpp.tokens,
        "/apply-template": llamacpp.template,
        "/props": llamacpp.properties,
        "/health": llamacpp.health,
    },
}


def protocol_of(call: Call) -> Protocol:
    """Say in which protocol a client speaks; OpenAI's and Anthropic's share a path."""
    if "anthropic-version" in call.headers:
        return Protocol.ANTHROPIC
    if call.path.startswith("/api/"):
        return Protocol.OLLAMA
    return Protocol.OPENAI if call.path.startswith("/v1/") else Protocol.LLAMA_CPP


def told_at(call: Call) -> Told | None:
    """Give what is told at a path that is no chat's."""
    path = _ONE_MODEL if call.path.startswith(_ONE_MODEL) else call.path
    return _TOLD[protocol_of(call)].get(path)


def model_of(call: Call) -> str | None:
    """Say which model a call is for, if for one."""
    model: str | None = call.json.get("model")
    return call.last if call.path.startswith(_ONE_MODEL) else model


def error(call: Call, failure: Failure) -> object:
    """Tell an error in the form of its protocol; llama.cpp's is OpenAI's."""
    dialects = {dialect.protocol: dialect for dialect in CHATS.values()}
    return dialects.get(protocol_of(call), openai.OpenAIDialect).error(failure)

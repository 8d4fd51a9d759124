"""OpenAI's chat completions, as vLLM, llama.cpp and gateways speak them too."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from tests.assistant.models.serving.dialect import Asked, Dialect, Failure, Reason, Usage, event, messages_in
from tests.assistant.models.serving.requests import Protocol
from tests.assistant.models.serving.served import Served
from tests.assistant.models.serving.wire import Call

_REASONS = {None: None, Reason.STOP: "stop", Reason.LENGTH: "length", Reason.REFUSAL: "content_filter"}
_ERRORS = {
    400: ("invalid_request_error", None),
    401: ("invalid_request_error", "invalid_api_key"),
    404: ("invalid_request_error", "model_not_found"),
    429: ("requests", "rate_limit_exceeded"),
}


class OpenAIDialect(Dialect):
    """Server-sent events without names, ended by `[DONE]`."""

    protocol = Protocol.OPENAI

    @staticmethod
    def asked(body: Mapping[str, Any]) -> Asked:
        longest = body.get("max_completion_tokens", body.get("max_tokens"))
        return Asked(body["model"], messages_in(body["messages"]), longest, bool(body.get("stream")))

    def opening(self) -> list[bytes]:
        return [self._chunk({"role": "assistant", "content": "", "refusal": None})]

    def text(self, piece: str) -> list[bytes]:
        return [self._chunk({"content": piece})]

    def thought(self, piece: str) -> list[bytes]:
        # Not OpenAI's, but every open server's.
        return [self._chunk({"reasoning_content": piece})]

    def ending(self, reason: Reason, usage: Usage) -> list[bytes]:
        told = [self._chunk({}, _REASONS[reason])]
        if self.tells_usage and (self.chat.body.get("stream_options") or {}).get("include_usage"):
            told.append(event({**self._shell("chat.completion.chunk"), "choices": [], "usage": _used(usage)}))
        return [*told, b"data: [DONE]\n\n"]

    def garbage(self) -> bytes:
        return b'data: {"id": "chatcmpl-1", "choices": [{"delta": {"content": "hal\n\n'

    def failing(self, error: bytes) -> bytes:
        return b"data: " + error + b"\n\n"

    def whole(self, text: str, thoughts: str, reason: Reason | None, usage: Usage) -> object:
        message: dict[str, object] = {"role": "assistant", "content": text, "refusal": None}
        if thoughts:
            message["reasoning_content"] = thoughts
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": _REASONS[reason]}
        told = {"usage": _used(usage)} if self.tells_usage else {}
        return {**self._shell("chat.completion"), "choices": [choice], **told}

    @staticmethod
    def error(failure: Failure) -> object:
        kind, code = _ERRORS.get(failure.status, ("server_error", None))
        return {"error": {"message": failure.message, "type": kind, "param": None, "code": code}}

    def overflow(self, prompt: int, context: int) -> object:
        message = (
            f"This model's maximum context length is {context} tokens. "
            f"However, your messages resulted in {prompt} tokens. Please reduce the length of the messages."
        )
        kind = {"type": "invalid_request_error", "param": "messages", "code": "context_length_exceeded"}
        return {"error": {"message": message, **kind}}

    def _chunk(self, delta: Mapping[str, object], reason: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
        return event({**self._shell("chat.completion.chunk"), "choices": [choice]})

    def _shell(self, kind: str) -> dict[str, object]:
        return {"id": "chatcmpl-1", "object": kind, "created": int(time.time()), "model": self.chat.model}


def models(call: Call, served: Served) -> object:
    """List the models."""
    return {"object": "list", "data": [_model(name, served) for name in served.models]}


def one_model(call: Call, served: Served) -> object:
    """Tell of the model that the path names."""
    return _model(call.last, served)


def _model(name: str, served: Served) -> object:
    """Tell of a model; how long its context is, as vLLM and llama.cpp add it, which also says what it could be."""
    told = {"id": name, "object": "model", "created": 1_700_000_000, "owned_by": "tests"}
    context = {"n_ctx": served.context, "n_ctx_train": 4 * served.context}
    return {**told, "max_model_len": served.context, "meta": context}


def _used(usage: Usage) -> dict[str, int]:
    return {
        "prompt_tokens": usage.prompt,
        "completion_tokens": usage.completion,
        "total_tokens": usage.prompt + usage.completion,
    }

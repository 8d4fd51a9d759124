"""Anthropic's messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.assistant.models.serving.dialect import (
    Asked,
    Dialect,
    Failure,
    Reason,
    Usage,
    event,
    messages_in,
    text_of,
)
from tests.assistant.models.serving.requests import Chat, Message, Protocol, templated, tokens_of
from tests.assistant.models.serving.served import Served
from tests.assistant.models.serving.wire import Call

_REASONS = {None: None, Reason.STOP: "end_turn", Reason.LENGTH: "max_tokens", Reason.REFUSAL: "refusal"}
_ERRORS = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    429: "rate_limit_error",
    529: "overloaded_error",
}
_BLOCKS = {
    "text": {"type": "text", "text": ""},
    "thinking": {"type": "thinking", "thinking": "", "signature": ""},
}


class AnthropicDialect(Dialect):
    """Server-sent events with names; text and reasoning in blocks that open and close."""

    protocol = Protocol.ANTHROPIC

    def __init__(self, chat: Chat, tells_usage: bool) -> None:
        super().__init__(chat, tells_usage)
        self._block: str | None = None
        self._blocks = 0

    @staticmethod
    def asked(body: Mapping[str, Any]) -> Asked:
        system = text_of(body.get("system"))
        messages = ((Message("system", system),) if system else ()) + messages_in(body["messages"])
        return Asked(body["model"], messages, body.get("max_tokens"), bool(body.get("stream")))

    def opening(self) -> list[bytes]:
        message = self._message([], None, Usage(self.chat.prompt_tokens, 0))
        return [_event("message_start", message=message), _event("ping")]

    def text(self, piece: str) -> list[bytes]:
        return [*self._within("text"), self._delta({"type": "text_delta", "text": piece})]

    def thought(self, piece: str) -> list[bytes]:
        return [*self._within("thinking"), self._delta({"type": "thinking_delta", "thinking": piece})]

    def ending(self, reason: Reason, usage: Usage) -> list[bytes]:
        delta = {"stop_reason": _REASONS[reason], "stop_sequence": None}
        told = _event("message_delta", delta=delta, usage={"output_tokens": usage.completion})
        return [*self._within(None), told, _event("message_stop")]

    def garbage(self) -> bytes:
        return b'event: content_block_delta\ndata: {"type": "content_block_delta", "delta": {"text": "hal\n\n'

    def failing(self, error: bytes) -> bytes:
        return b"event: error\ndata: " + error + b"\n\n"

    def whole(self, text: str, thoughts: str, reason: Reason | None, usage: Usage) -> object:
        content = [{"type": "thinking", "thinking": thoughts, "signature": "signed"}] if thoughts else []
        if text:
            content.append({"type": "text", "text": text})
        return self._message(content, reason, usage)

    @staticmethod
    def error(failure: Failure) -> object:
        kind = _ERRORS.get(failure.status, "api_error")
        return {"type": "error", "error": {"type": kind, "message": failure.message}}

    def overflow(self, prompt: int, context: int) -> object:
        return self.error(Failure(400, f"prompt is too long: {prompt} tokens > {context} maximum"))

    def _within(self, block: str | None) -> list[bytes]:
        """Close the block that is open, and open this one."""
        if block == self._block:
            return []
        told = []
        if self._block == "thinking":
            told.append(self._delta({"type": "signature_delta", "signature": "signed"}))
        if self._block is not None:
            told.append(_event("content_block_stop", index=self._blocks))
            self._blocks += 1
        if block is not None:
            told.append(_event("content_block_start", index=self._blocks, content_block=_BLOCKS[block]))
        self._block = block
        return told

    def _delta(self, delta: Mapping[str, str]) -> bytes:
        return _event("content_block_delta", index=self._blocks, delta=delta)

    def _message(
        self, content: list[dict[str, str]], reason: Reason | None, usage: Usage
    ) -> dict[str, object]:
        return {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": self.chat.model,
            "content": content,
            "stop_reason": _REASONS[reason],
            "stop_sequence": None,
            "usage": {"input_tokens": usage.prompt, "output_tokens": usage.completion},
        }


def tokens(call: Call, served: Served) -> object:
    """Count the tokens of messages."""
    return {"input_tokens": len(tokens_of(templated(AnthropicDialect.asked(call.json).messages)))}


def models(call: Call, served: Served) -> object:
    """List the models."""
    listed = [_model(name, served) for name in served.models]
    return {"data": listed, "has_more": False, "first_id": served.models[0], "last_id": served.models[-1]}


def one_model(call: Call, served: Served) -> object:
    """Tell of the model that the path names."""
    return _model(call.last, served)


def _model(name: str, served: Served) -> object:
    told = {"type": "model", "id": name, "display_name": name, "created_at": "2025-09-29T00:00:00Z"}
    return {**told, "lifecycle": "active", "max_input_tokens": served.context, "max_tokens": served.context}


def _event(name: str, **content: object) -> bytes:
    return event({"type": name, **content}, name)

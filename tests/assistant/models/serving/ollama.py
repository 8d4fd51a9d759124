"""Ollama's own protocol."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.assistant.models.serving.dialect import Asked, Dialect, Failure, Reason, Usage, messages_in
from tests.assistant.models.serving.requests import Protocol
from tests.assistant.models.serving.served import Served
from tests.assistant.models.serving.wire import Call

_AT = "2025-09-29T00:00:00Z"
_REASONS = {None: None, Reason.STOP: "stop", Reason.LENGTH: "length", Reason.REFUSAL: "stop"}
_DETAILS = {
    "parent_model": "",
    "format": "gguf",
    "family": "llama",
    "families": ["llama"],
    "parameter_size": "135M",
    "quantization_level": "Q4_1",
}


class OllamaDialect(Dialect):
    """A JSON object a line, the last of them `done`."""

    protocol = Protocol.OLLAMA
    stream_type = "application/x-ndjson"
    knows_refusals = False

    @staticmethod
    def asked(body: Mapping[str, Any]) -> Asked:
        longest = (body.get("options") or {}).get("num_predict", -1)
        messages = messages_in(body["messages"])
        return Asked(
            body["model"], messages, longest if longest >= 0 else None, body.get("stream") is not False
        )

    def opening(self) -> list[bytes]:
        return []

    def text(self, piece: str) -> list[bytes]:
        return [_line(self._part({"content": piece}))]

    def thought(self, piece: str) -> list[bytes]:
        return [_line(self._part({"content": "", "thinking": piece}))]

    def ending(self, reason: Reason, usage: Usage) -> list[bytes]:
        return [_line(self._last({"content": ""}, reason, usage))]

    def garbage(self) -> bytes:
        return b'{"model": "scripted", "message": {"content": "hal\n'

    def failing(self, error: bytes) -> bytes:
        return error + b"\n"

    def whole(self, text: str, thoughts: str, reason: Reason | None, usage: Usage) -> object:
        message = {"content": text, "thinking": thoughts} if thoughts else {"content": text}
        return self._last(message, reason, usage)

    @staticmethod
    def error(failure: Failure) -> object:
        return {"error": failure.message}

    def overflow(self, prompt: int, context: int) -> object:
        too_long = f"prompt too long; exceeded max context length by {prompt - context} tokens"
        return self.error(Failure(400, too_long))

    def _part(self, message: Mapping[str, str]) -> dict[str, object]:
        said = {"role": "assistant", **message}
        return {"model": self.chat.model, "created_at": _AT, "message": said, "done": False}

    def _last(self, message: Mapping[str, str], reason: Reason | None, usage: Usage) -> dict[str, object]:
        return {
            **self._part(message),
            "done": reason is not None,
            "done_reason": _REASONS[reason],
            "total_duration": 3_000_000,
            "load_duration": 1_000_000,
            "prompt_eval_count": usage.prompt,
            "prompt_eval_duration": 1_000_000,
            "eval_count": usage.completion,
            "eval_duration": 1_000_000,
        }


def tags(call: Call, served: Served) -> object:
    """List the models."""
    return {"models": [{"name": name, "model": name, **_ABOUT} for name in served.models]}


def shown(call: Call, served: Served) -> object:
    """Tell of one model."""
    info = {"general.architecture": "llama", "llama.context_length": served.context}
    told = {"modelfile": "", "parameters": "", "template": "{{ .Prompt }}", "capabilities": ["completion"]}
    return {**told, "details": _DETAILS, "model_info": info, "modified_at": _AT}


_ABOUT = {"modified_at": _AT, "size": 104_857_600, "digest": "0" * 64, "details": _DETAILS}


def _line(content: object) -> bytes:
    return json.dumps(content).encode() + b"\n"

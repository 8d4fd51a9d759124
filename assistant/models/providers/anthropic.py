"""Anthropic's models, through LlamaIndex's `Anthropic`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import anthropic
import httpx
from llama_index.core.base.llms.types import ChatResponse, LLMMetadata
from llama_index.core.llms import LLM
from llama_index.llms.anthropic import Anthropic
from llama_index.llms.anthropic.utils import ANTHROPIC_NO_TEMP_MODELS, CLAUDE_MODELS

from assistant.models.faults import (
    Fault,
    Kind,
    fault_in_stream,
    fault_of_connection,
    fault_of_status,
    fault_of_timeout,
)
from assistant.models.naming import ModelName
from assistant.models.providers import key_of
from assistant.models.providers.access import Access, Ending, Facts, Heard
from assistant.models.providers.connecting import http_client, patience
from assistant.models.tokens import Estimate
from assistant.models.usage import Usage
from corpus.settings import Settings


def open_access(name: ModelName, settings: Settings) -> Access:
    """Make ready to ask a model of Anthropic's."""
    return AnthropicAccess(name, settings)


class AnthropicAccess(Access):
    """A model of Anthropic's."""

    def __init__(self, name: ModelName, settings: Settings) -> None:
        """Make ready; nothing is sent."""
        self._name = name
        self._refused: set[str] = set()
        self._client = http_client(name.address)
        self._model = _Claude(
            model=name.model,
            api_key=key_of(name),
            base_url=str(name.address),
            max_retries=0,
        )
        # The class takes no client of ours, but what it has made may be exchanged.
        self._model._aclient = self._model._aclient.with_options(
            http_client=self._client, timeout=patience(settings)
        )
        self._has_temperature = not any(known in name.model for known in ANTHROPIC_NO_TEMP_MODELS)
        self.counter = Estimate()

    def prepared(self, longest: int, temperature: float) -> tuple[LLM, Mapping[str, Any]]:
        """Give the class; some models refuse a temperature."""
        options: dict[str, Any] = {"max_tokens": longest}
        if self._has_temperature:
            options["temperature"] = temperature
        # The class fills in what is not given, so that something must say that it is left out.
        return self._model, options | dict.fromkeys(self._refused, anthropic.omit)

    def heard(self, response: ChatResponse) -> Heard:
        """Read an event."""
        told = response.message.additional_kwargs
        usage, reason = told.get("usage") or {}, told.get("stop_reason")
        used = Usage(usage.get("input_tokens") or 0, usage.get("output_tokens") or 0) if usage else None
        return Heard(response.delta or "", used, _ENDINGS.get(reason, Ending.FINISHED) if reason else None)

    def fault(self, error: Exception) -> Fault | None:
        """Tell what kind of failure an exception of the client's is."""
        match error:
            case anthropic.APITimeoutError():
                return fault_of_timeout(error)
            case anthropic.APIConnectionError():
                return fault_of_connection(error)
            # Amid a stream the client takes the status of its beginning, which was good.
            case anthropic.APIStatusError() if error.status_code < _FAILED:
                return fault_in_stream(error.body)
            case anthropic.APIStatusError():
                return fault_of_status(error.status_code, error.response.headers, error.body or error.message)
            case httpx.TimeoutException():
                return fault_of_timeout(error)
            case httpx.TransportError():
                return Fault(Kind.BROKEN_OFF)
            case _:
                return None

    async def facts(self) -> Facts:
        """Look the model up in LlamaIndex's table."""
        return Facts(CLAUDE_MODELS.get(self._name.model), "LlamaIndex's table says so")

    def without(self, parameter: str) -> bool:
        """Leave out a temperature that the model will not have."""
        if parameter != "temperature" or parameter in self._refused:
            return False
        self._refused.add(parameter)
        return True

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


class _Claude(Anthropic):
    """LlamaIndex's class, for models too that its table does not know yet."""

    @property
    def metadata(self) -> LLMMetadata:
        """What LlamaIndex records of a request."""
        return LLMMetadata(model_name=self.model, is_chat_model=True)


_FAILED = 300
_ENDINGS = {
    "end_turn": Ending.FINISHED,
    "stop_sequence": Ending.FINISHED,
    "max_tokens": Ending.CUT,
    "model_context_window_exceeded": Ending.CUT,
    "refusal": Ending.DECLINED,
    "tool_use": Ending.DECLINED,
}

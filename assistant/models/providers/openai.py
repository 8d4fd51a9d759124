"""OpenAI's models, through LlamaIndex's `OpenAI`; and what servers of the same protocol have in common with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx
import openai
from llama_index.core.base.llms.types import ChatResponse, LLMMetadata
from llama_index.core.llms import LLM
from llama_index.llms.openai import OpenAI
from llama_index.llms.openai.utils import ALL_AVAILABLE_MODELS, O1_MODELS, is_chatcomp_api_supported
from openai.types.chat import ChatCompletionChunk

from assistant.models.errors import UnknownModelError
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
from assistant.models.providers.connecting import SEED, http_client, patience
from assistant.models.tokens import Estimate, Table
from assistant.models.usage import Usage
from corpus.settings import Settings


def open_access(name: ModelName, settings: Settings) -> Access:
    """Make ready to ask a model of OpenAI's.

    Raises:
        UnknownModelError: If the model answers in another way than by chat completions.
    """
    return OpenAIAccess(name, settings)


class ProtocolAccess(Access):
    """What is common to all who speak OpenAI's protocol."""

    def __init__(self) -> None:
        """Begin with every parameter."""
        self._refused: set[str] = set()

    def heard(self, response: ChatResponse) -> Heard:
        """Read a chunk: LlamaIndex gives its text, the chunk itself why it ends, the last one what was used."""
        usage = None
        told = response.additional_kwargs
        if "prompt_tokens" in told and "completion_tokens" in told:
            usage = Usage(int(told["prompt_tokens"]), int(told["completion_tokens"]))
        ending = None
        if isinstance(response.raw, ChatCompletionChunk) and response.raw.choices:
            choice = response.raw.choices[0]
            ending = _ENDINGS.get(choice.finish_reason or "")
            if choice.delta.refusal:
                ending = Ending.DECLINED
        return Heard(response.delta or "", usage, ending)

    def fault(self, error: Exception) -> Fault | None:
        """Tell what kind of failure an exception of the client's is."""
        match error:
            case openai.APITimeoutError():
                return fault_of_timeout(error)
            case openai.APIConnectionError():
                return fault_of_connection(error)
            case openai.APIStatusError():
                return fault_of_status(error.status_code, error.response.headers, error.body or error.message)
            case openai.APIError():
                return fault_in_stream(error.body)
            case httpx.TimeoutException():
                return fault_of_timeout(error)
            # In the middle of a stream the client lets these through as they are.
            case httpx.TransportError():
                return Fault(Kind.BROKEN_OFF)
            case _:
                return None

    def without(self, parameter: str) -> bool:
        """Leave out a parameter; for the one name of the longest answer, take the other."""
        if parameter in self._refused or parameter not in _OPTIONAL:
            return False
        self._refused.add(parameter)
        return True

    def options(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Give what is sent of these parameters."""
        sent = dict(given)
        for name, other in _LONGEST.items():
            if name in sent and name in self._refused and other not in self._refused:
                sent[other] = sent.pop(name)
        # The class fills in what is not given, so that something must say that it is left out.
        return sent | dict.fromkeys(self._refused, openai.omit)


class OpenAIAccess(ProtocolAccess):
    """A model of OpenAI's."""

    def __init__(self, name: ModelName, settings: Settings) -> None:
        """Make ready; nothing is sent."""
        super().__init__()
        if not is_chatcomp_api_supported(name.model):
            raise UnknownModelError(
                f"The model {name.label} answers through OpenAI's Responses API alone, which Loccit does not speak. "
                "Choose another, such as openai:gpt-5-mini."
            )
        self._name = name
        # The vendor's address, or that of OPENAI_BASE_URL: given here, LlamaIndex's OPENAI_API_BASE changes nothing.
        self._client = client_of(name, key_of(name), settings)
        self._model = _Chat(model=name.model, max_retries=0, async_openai_client=self._client)
        self._thinks = name.model in O1_MODELS and "chat" not in name.model
        self.allowance = _ALLOWANCE if self._thinks else 0
        self.counter = Table.of(name.model) or Estimate()

    def prepared(self, longest: int, temperature: float) -> tuple[LLM, Mapping[str, Any]]:
        """Give the class; models that think refuse a temperature and count thoughts as written."""
        options: dict[str, Any] = {
            "max_completion_tokens": longest,
            "stream_options": {"include_usage": True},
        }
        if self._thinks:
            options["reasoning_effort"] = "low"
        else:
            options |= {"temperature": temperature, "seed": SEED}
        return self._model, self.options(options)

    async def facts(self) -> Facts:
        """Look the model up in LlamaIndex's table; OpenAI does not tell."""
        return Facts(ALL_AVAILABLE_MODELS.get(self._name.model), "LlamaIndex's table says so")

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()


def client_of(name: ModelName, key: str | None, settings: Settings) -> openai.AsyncOpenAI:
    """Give OpenAI's client for a model's address, with all that it would import, for seconds, at the first request."""
    client = openai.AsyncOpenAI(
        api_key=key,
        base_url=str(name.address),
        max_retries=0,
        timeout=patience(settings),
        http_client=http_client(name.address),
    )
    _ = client.chat.completions
    return client


class _Chat(OpenAI):
    """LlamaIndex's class, for models too that its table does not know yet: every model chats."""

    @property
    def metadata(self) -> LLMMetadata:
        """What LlamaIndex asks before it chooses how to ask."""
        return LLMMetadata(model_name=self.model, is_chat_model=True)


_ENDINGS = {
    "stop": Ending.FINISHED,
    "length": Ending.CUT,
    "content_filter": Ending.DECLINED,
    "tool_calls": Ending.DECLINED,
    "function_call": Ending.DECLINED,
}
_LONGEST = {"max_completion_tokens": "max_tokens", "max_tokens": "max_completion_tokens"}
_OPTIONAL = {*_LONGEST, "temperature", "reasoning_effort", "stream_options", "seed"}
# Tokens for thoughts: at a low effort they take some hundreds.
_ALLOWANCE = 4_096

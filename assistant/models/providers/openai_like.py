"""Servers that speak OpenAI's protocol (vLLM, llama.cpp, LM Studio, gateways), through LlamaIndex's `OpenAILike`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import httpx
from llama_index.core.llms import LLM
from llama_index.llms.openai_like import OpenAILike

from assistant.models.addresses import Address
from assistant.models.faults import Fault, fault_of_connection, fault_of_status
from assistant.models.naming import ModelName
from assistant.models.providers import key_of
from assistant.models.providers.access import Access, Facts
from assistant.models.providers.connecting import SEED, http_client
from assistant.models.providers.openai import ProtocolAccess, client_of
from assistant.models.tokens import Asked, Estimate
from corpus.settings import Settings


def open_access(name: ModelName, settings: Settings) -> Access:
    """Make ready to ask a model behind an address."""
    if name.address is None:
        raise ValueError(f"{name} has no address")
    return OpenAILikeAccess(name, name.address, settings)


class OpenAILikeAccess(ProtocolAccess):
    """A model behind an address."""

    def __init__(self, name: ModelName, address: Address, settings: Settings) -> None:
        """Make ready; nothing is sent."""
        super().__init__()
        self._name = name
        self._address = address
        self._key = key_of(name)
        self._http = http_client(address)
        # Without any key, the client would take OPENAI_API_KEY, and send it to whoever is there.
        self._client = client_of(name, self._key or _NO_KEY, settings)
        # Read from OPENAI_ORG_ID and OPENAI_PROJECT_ID, they are no business of another's server.
        self._client.organization = self._client.project = None
        self._model = OpenAILike(
            model=name.model, is_chat_model=True, max_retries=0, async_openai_client=self._client
        )
        is_here = address.is_loopback
        self.counter = Asked(address, name.model, self._key) if is_here else Estimate()

    def prepared(self, longest: int, temperature: float) -> tuple[LLM, Mapping[str, Any]]:
        """Give the class, with the parameters that open servers know."""
        return self._model, self.options(
            {
                "max_tokens": longest,
                "temperature": temperature,
                "seed": SEED,
                "stream_options": {"include_usage": True},
            }
        )

    def fault(self, error: Exception) -> Fault | None:
        """Tell what kind of failure an exception is, those of `facts` too."""
        match error:
            case httpx.HTTPStatusError():
                return fault_of_status(
                    error.response.status_code, error.response.headers, error.response.text
                )
            case httpx.ConnectError():
                return fault_of_connection(error)
            case _:
                return super().fault(error)

    async def facts(self) -> Facts:
        """Ask the server: what it says of its models, else what llama.cpp says of itself."""
        listed = await self._told(f"{self._address}/models")
        entry = next((entry for entry in _entries(listed) if entry.get("id") == self._name.model), None)
        told = [_inner(entry, name) for name in _CONTEXT_NAMES]
        if not any(map(_is_size, told)):
            properties = await self._told(f"{self._address.root}/props")
            told.append(_inner(_inner(properties, "default_generation_settings"), "n_ctx"))
        context = next(filter(_is_size, told), None)
        return Facts(context, "its server says so") if isinstance(context, int) else Facts()

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()
        await self._http.aclose()
        if isinstance(self.counter, Asked):
            self.counter.close()

    async def _told(self, url: str) -> object:
        """Ask for a page that a server may lack; what is not JSON says nothing.

        Raises:
            httpx.HTTPError: If there is no server, or it wants a key.
        """
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        response = await self._http.get(url, headers=headers, timeout=_PATIENCE)
        if response.status_code in _WANTS_KEY:
            response.raise_for_status()
        if not response.is_success:
            return None
        try:
            told: object = response.json()
        except ValueError:
            return None
        return told


# OpenAI's client sends a key in any case.
_NO_KEY = "none"
_WANTS_KEY = (401, 403)
_PATIENCE = 5.0
# What vLLM, OpenRouter, Groq and LM Studio call the size of the context.
_CONTEXT_NAMES = ("max_model_len", "context_length", "context_window", "loaded_context_length")


def _entries(listed: object) -> Iterator[Mapping[str, Any]]:
    data = _inner(listed, "data")
    if isinstance(data, list):
        yield from (entry for entry in data if isinstance(entry, Mapping))


def _is_size(value: object) -> bool:
    return isinstance(value, int) and value > 0


def _inner(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, Mapping) else None

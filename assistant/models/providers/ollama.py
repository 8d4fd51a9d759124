"""Models of an Ollama server, through LlamaIndex's `Ollama`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import httpx
import ollama
from llama_index.core.base.llms.types import ChatResponse
from llama_index.core.llms import LLM
from llama_index.llms.ollama import Ollama

from assistant.models.faults import (
    Fault,
    Kind,
    fault_in_stream,
    fault_of_connection,
    fault_of_status,
    fault_of_timeout,
)
from assistant.models.naming import ModelName
from assistant.models.providers.access import (
    USUAL_LOCAL_CONTEXT,
    Access,
    Ending,
    Facts,
    Heard,
    part_of_trained,
)
from assistant.models.providers.connecting import SEED, past_proxies, patience
from assistant.models.tokens import Estimate
from assistant.models.usage import Usage
from corpus.settings import Settings


def open_access(name: ModelName, settings: Settings) -> Access:
    """Make ready to ask a model of an Ollama server."""
    return OllamaAccess(name, settings)


class OllamaAccess(Access):
    """A model of an Ollama server."""

    def __init__(self, name: ModelName, settings: Settings) -> None:
        """Make ready; nothing is sent."""
        self._name = name
        self._context = settings.llm_context
        self._client = ollama.AsyncClient(
            host=str(name.address),
            timeout=patience(settings),
            # As `http_client` says.
            follow_redirects=False,
            trust_env=not past_proxies(name.address),
            event_hooks={"response": [self._note_wait]},
        )
        self._model = Ollama(
            model=name.model,
            base_url=str(name.address),
            context_window=self._context or USUAL_LOCAL_CONTEXT,
            async_client=self._client,
            # Thoughts would take most of the time on a reader's own machine.
            thinking=False,
        )
        self._waits: dict[str, str] = {}
        self.counter = Estimate()

    def prepared(self, longest: int, temperature: float) -> tuple[LLM, Mapping[str, Any]]:
        """Give a copy of the class, which has no other way to an answer's length; connections are shared."""
        return self._model.model_copy(
            update={
                "temperature": temperature,
                "context_window": self._context or USUAL_LOCAL_CONTEXT,
                "additional_kwargs": {"num_predict": longest, "seed": SEED},
            }
        ), {}

    def heard(self, response: ChatResponse) -> Heard:
        """Read a line."""
        raw = response.raw if isinstance(response.raw, Mapping) else {}
        told = raw.get("usage") or {}
        usage = Usage(told["prompt_tokens"], told["completion_tokens"]) if told.keys() >= _COUNTS else None
        ending = None
        if raw.get("done"):
            ending = Ending.CUT if raw.get("done_reason") == "length" else Ending.FINISHED
        return Heard(response.delta or "", usage, ending)

    def fault(self, error: Exception) -> Fault | None:
        """Tell what kind of failure an exception of the client's is."""
        match error:
            # Amid a stream an error has no status.
            case ollama.ResponseError() if error.status_code < 0:
                return fault_in_stream(error.error)
            case ollama.ResponseError():
                return fault_of_status(error.status_code, self._waits, error.error)
            case httpx.TimeoutException():
                return fault_of_timeout(error)
            case httpx.ConnectError() | ConnectionError():
                return fault_of_connection(error)
            case httpx.TransportError():
                return Fault(Kind.BROKEN_OFF)
            case _:
                return None

    async def facts(self) -> Facts:
        """Ask the server how much the model was trained to read; of that, it is given a part that memory can hold."""
        shown = await self._client.show(self._name.model)
        trained = next(
            (value for key, value in (shown.modelinfo or {}).items() if key.endswith(".context_length")), None
        )
        facts = part_of_trained(trained if isinstance(trained, int) and trained > 0 else None)
        self._context = self._context or facts.context
        # For a model of ollama.com the server names the machine that it asks.
        return replace(facts, is_forwarded=bool(getattr(shown, "remote_host", None)))

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()  # type: ignore[no-untyped-call]

    async def _note_wait(self, response: httpx.Response) -> None:
        """Keep how long the server wants to be left alone: the client's exceptions do not hold it."""
        self._waits = (
            {"retry-after": response.headers["retry-after"]} if "retry-after" in response.headers else {}
        )


_COUNTS = {"prompt_tokens", "completion_tokens"}

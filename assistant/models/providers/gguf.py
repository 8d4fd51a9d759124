"""Models of GGUF files, in this process."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from llama_index.core.base.llms.types import ChatResponse
from llama_index.core.llms import LLM

from assistant.models.engine import Engine
from assistant.models.faults import Fault, Kind, fault_in_stream
from assistant.models.gguf import read_header
from assistant.models.local import LlamaCpp, LlamaCppError
from assistant.models.naming import ModelName
from assistant.models.providers.access import (
    USUAL_LOCAL_CONTEXT,
    Access,
    Ending,
    Facts,
    Heard,
    part_of_trained,
)
from assistant.models.tokens import Asked
from assistant.models.usage import Usage
from corpus.settings import Settings


def open_access(name: ModelName, settings: Settings) -> Access:
    """Load a model file.

    Raises:
        UnknownModelError: If it is no model file.
        ModelRefusedError: If llama.cpp cannot load it.
    """
    if name.path is None:
        raise ValueError(f"{name} is no file")
    return GgufAccess(name.path, settings)


class GgufAccess(Access):
    """A model file, loaded."""

    def __init__(self, path: Path, settings: Settings) -> None:
        """Load it."""
        self._facts = part_of_trained(read_header(path).trained_context)
        context = settings.llm_context or self._facts.context or USUAL_LOCAL_CONTEXT
        engine = Engine.shared(path, context, settings.llm_parallel or 1, settings.llm_threads)
        self._model = LlamaCpp(engine, context)
        self.counter = Asked(engine.address, path.name, engine.key)

    def prepared(self, longest: int, temperature: float) -> tuple[LLM, Mapping[str, Any]]:
        """Give the class."""
        return self._model, {"max_tokens": longest, "temperature": temperature}

    def heard(self, response: ChatResponse) -> Heard:
        """Read a chunk."""
        told = response.additional_kwargs
        usage = Usage(told["prompt_tokens"], told["completion_tokens"]) if "prompt_tokens" in told else None
        chunk = response.raw if isinstance(response.raw, Mapping) else {}
        if progress := chunk.get("prompt_progress"):
            usage = Usage(progress["total"])
        reason = next((choice.get("finish_reason") for choice in chunk.get("choices") or ()), None)
        ending = None
        if reason:
            ending = Ending.CUT if reason == "length" else Ending.FINISHED
        return Heard(response.delta or "", usage, ending)

    def fault(self, error: Exception) -> Fault | None:
        """Tell what kind of failure an exception is."""
        if not isinstance(error, LlamaCppError):
            return None
        fault = fault_in_stream(error.body)
        # What fails in this process fails again.
        return Fault(Kind.REFUSED, fault.status, fault.codes) if fault.kind is Kind.BUSY else fault

    async def facts(self) -> Facts:
        """Give what the file says."""
        return self._facts

    async def close(self) -> None:
        """Let go of the model, which is freed when nobody holds it any more."""
        if isinstance(self.counter, Asked):
            self.counter.close()
        del self._model

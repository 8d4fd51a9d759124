"""A GGUF model as a LlamaIndex language model: llama.cpp in this process, streaming, and stopped at once."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from llama_index.core.base.llms.generic_utils import (
    chat_to_completion_decorator,
    stream_chat_to_completion_decorator,
)
from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseAsyncGen,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
    MessageRole,
)
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.llms import CustomLLM
from llama_index.core.llms.callbacks import llm_chat_callback, llm_completion_callback

from assistant.models.engine import Engine

Chunk = dict[str, Any]


class LlamaCppError(Exception):
    """llama.cpp failed at a request.

    Attributes:
        body: What it says, as its server would.
    """

    def __init__(self, body: object) -> None:
        """Say what failed."""
        super().__init__("llama.cpp failed")
        self.body = body


class LlamaCpp(CustomLLM):
    """Runs a loaded model; the text comes by chats, completions are chats of one turn."""

    context_window: int
    max_tokens: int = 512
    temperature: float = 0.0
    seed: int = 0
    _engine: Engine = PrivateAttr()

    def __init__(self, engine: Engine, context_window: int, **fields: Any) -> None:
        """Run a model that has been loaded with a context of so many tokens."""
        super().__init__(context_window=context_window, **fields)
        self._engine = engine

    @classmethod
    def class_name(cls) -> str:
        """Name the class, as LlamaIndex does in what it records."""
        return "loccit_llama_cpp"

    @property
    def metadata(self) -> LLMMetadata:
        """What LlamaIndex wants to know of a model."""
        return LLMMetadata(context_window=self.context_window, num_output=self.max_tokens, is_chat_model=True)

    @llm_chat_callback()
    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        """Stream a chat's answer."""
        return _responses(self._chunks(self._request(messages, kwargs)))

    @llm_chat_callback()
    async def astream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseAsyncGen:
        """Stream a chat's answer; to cancel it stops the model."""
        return self._answer(self._request(messages, kwargs))

    @llm_chat_callback()
    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        """Give a chat's answer."""
        *_, last = _responses(self._chunks(self._request(messages, kwargs)))
        return last

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:  # noqa: ARG002
        """Answer a prompt."""
        answered: CompletionResponse = chat_to_completion_decorator(self.chat)(prompt, **kwargs)
        return answered

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:  # noqa: ARG002
        """Stream the answer to a prompt."""
        answered: CompletionResponseGen = stream_chat_to_completion_decorator(self.stream_chat)(
            prompt, **kwargs
        )
        return answered

    def _request(self, messages: Sequence[ChatMessage], given: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "messages": [
                {"role": message.role.value, "content": message.content or ""} for message in messages
            ],
            "max_tokens": given.get("max_tokens", self.max_tokens),
            "temperature": given.get("temperature", self.temperature),
            "seed": self.seed,
            "stream": True,
            "stream_options": {"include_usage": True},
            # Signs of life while a long prompt is read.
            "return_progress": True,
            # Thoughts would take most of the time on a reader's own machine.
            "chat_template_kwargs": {"enable_thinking": False},
        }

    def _chunks(self, request: Mapping[str, Any]) -> Iterator[Chunk]:
        heard: queue.SimpleQueue[Chunk | Exception | None] = queue.SimpleQueue()
        working = _Working(self._engine, request, heard.put)
        try:
            while (chunk := heard.get()) is not None:
                yield _unfailed(chunk)
        finally:
            working.stop()

    async def _answer(self, request: Mapping[str, Any]) -> ChatResponseAsyncGen:
        loop = asyncio.get_running_loop()
        heard: asyncio.Queue[Chunk | Exception | None] = asyncio.Queue()

        def tell(chunk: Chunk | Exception | None) -> None:
            # Nobody listens any more where the loop has gone.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(heard.put_nowait, chunk)

        working = _Working(self._engine, request, tell)
        text = ""
        try:
            while (chunk := await heard.get()) is not None:
                response = _response(_unfailed(chunk), text)
                text += response.delta or ""
                yield response
        finally:
            working.stop()


class _Working:
    """A request that llama.cpp works on in a thread of its own, which no process may end without: it would crash."""

    def __init__(
        self, engine: Engine, request: Mapping[str, Any], tell: Callable[[Chunk | Exception | None], None]
    ) -> None:
        """Begin.

        Args:
            engine: The model.
            request: What it is asked.
            tell: Told each piece, then None; before that what failed, if something has.
        """
        self._engine = engine
        self._request = request
        self._tell = tell
        self._is_stopped = threading.Event()
        threading.Thread(target=self._work, name="loccit-llama.cpp", daemon=False).start()

    def stop(self) -> None:
        """End the work at the next piece."""
        self._is_stopped.set()

    def _work(self) -> None:
        try:
            self._engine.chat(self._request, self._heard)
        except (ValueError, RuntimeError) as error:
            self._tell(error)
        finally:
            self._tell(None)

    def _heard(self, chunk: Chunk) -> bool:
        if not self._is_stopped.is_set():
            self._tell(chunk)
        return self._is_stopped.is_set()


def _unfailed(chunk: Chunk | Exception) -> Chunk:
    if isinstance(chunk, Exception):
        raise LlamaCppError(str(chunk)) from chunk
    if "error" in chunk:
        raise LlamaCppError(chunk["error"])
    return chunk


def _responses(chunks: Iterator[Chunk]) -> ChatResponseGen:
    text = ""
    for chunk in chunks:
        response = _response(chunk, text)
        text += response.delta or ""
        yield response


def _response(chunk: Chunk, before: str) -> ChatResponse:
    delta = next((choice.get("delta") or {} for choice in chunk.get("choices") or ()), {})
    text = delta.get("content") or ""
    return ChatResponse(
        message=ChatMessage(role=MessageRole.ASSISTANT, content=before + text),
        delta=text,
        raw=chunk,
        additional_kwargs=dict(chunk.get("usage") or {}),
    )

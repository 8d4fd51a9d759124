"""LlamaIndex's classes for language models, each made to speak to a server on this machine, and to try once only."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.assistant.models.serving import ModelServer

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

LONGEST = 50
# Seconds; passes where a machine is busy; where it is waited for, it is set.
PATIENCE = 30.0

Client = Callable[..., AbstractAsyncContextManager["LLM"]]


@dataclass
class Heard:
    """What came of speaking to a model: pieces of text, and how it failed."""

    pieces: list[str] = field(default_factory=list)
    usage: tuple[int, int] | None = None
    error: Exception | None = None

    @property
    def text(self) -> str:
        return "".join(self.pieces)


async def listen(llm: LLM, heard: Heard, question: str = "Which birds?") -> Heard:
    """Add what a model says to `heard`, piece by piece, until it ends or fails."""
    from llama_index.core.llms import ChatMessage

    messages = [ChatMessage(role="system", content="Be brief."), ChatMessage(role="user", content=question)]
    try:
        async for said in await llm.astream_chat(messages):
            heard.pieces.append(said.delta or "")
            heard.usage = (
                _usage(said.additional_kwargs, said.message.additional_kwargs, said.raw) or heard.usage
            )
    except Exception as error:  # noqa: BLE001
        # Which it is differs from class to class: tests look at it.
        heard.error = error
    return heard


@asynccontextmanager
async def openai(server: ModelServer, patience: float = PATIENCE) -> AsyncIterator[LLM]:
    from llama_index.llms.openai import OpenAI

    async with httpx.AsyncClient(timeout=patience, verify=False) as http:
        yield OpenAI(
            model="gpt-4o-mini",
            api_base=server.openai_url,
            api_key="key",
            max_retries=0,
            timeout=patience,
            max_tokens=LONGEST,
            additional_kwargs={"stream_options": {"include_usage": True}},
            async_http_client=http,
        )


@asynccontextmanager
async def openai_like(server: ModelServer, patience: float = PATIENCE) -> AsyncIterator[LLM]:
    from llama_index.llms.openai_like import OpenAILike

    async with httpx.AsyncClient(timeout=patience, verify=False) as http:
        yield OpenAILike(
            model="scripted",
            api_base=server.openai_url,
            api_key="key",
            is_chat_model=True,
            max_retries=0,
            timeout=patience,
            max_tokens=LONGEST,
            additional_kwargs={"stream_options": {"include_usage": True}},
            async_http_client=http,
        )


@asynccontextmanager
async def anthropic(server: ModelServer, patience: float = PATIENCE) -> AsyncIterator[LLM]:
    from llama_index.llms.anthropic import Anthropic

    llm = Anthropic(
        model="claude-sonnet-5",
        base_url=server.url,
        api_key="key",
        max_retries=0,
        timeout=patience,
        max_tokens=LONGEST,
    )
    try:
        yield llm
    finally:
        await llm._aclient.close()


@asynccontextmanager
async def ollama(server: ModelServer, patience: float = PATIENCE) -> AsyncIterator[LLM]:
    from llama_index.llms.ollama import Ollama

    sdk = pytest.importorskip("ollama")
    async with sdk.AsyncClient(server.url, timeout=patience, verify=False) as client:
        yield Ollama(
            model="scripted",
            context_window=4_096,
            additional_kwargs={"num_predict": LONGEST},
            async_client=client,
        )


CLIENTS: dict[str, Client] = {
    "openai": openai,
    "openai-like": openai_like,
    "anthropic": anthropic,
    "ollama": ollama,
}


def client_of(name: str) -> Client:
    """Give a client, or skip the test where it is not installed."""
    pytest.importorskip(f"llama_index.llms.{name.replace('-', '_')}")
    if name == "anthropic" and int(version("anthropic").partition(".")[0]) >= 2:
        pytest.skip("LlamaIndex's Anthropic cannot make the messages of anthropic 2")
    return CLIENTS[name]


def _usage(told: dict[str, object], of_message: dict[str, object], raw: object) -> tuple[int, int] | None:
    """Find the tokens read and written, which each class puts elsewhere."""
    of_ollama = raw.get("usage") if isinstance(raw, dict) else None
    for found in (told, of_message.get("usage"), of_ollama):
        if isinstance(found, dict):
            read, written = (
                found.get(f"{first}_tokens", found.get(f"{second}_tokens"))
                for first, second in (("prompt", "input"), ("completion", "output"))
            )
            if isinstance(read, int) and isinstance(written, int):
                return read, written
    return None

"""What is asked of every provider: text in pieces, and in one form what its class and its errors say."""

from __future__ import annotations

import abc
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Literal

from assistant.models.faults import Fault
from assistant.models.tokens import TokenCounter
from assistant.models.usage import Usage

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatResponse
    from llama_index.core.llms import LLM

# Tokens of context on a reader's own machine: models are trained on more than the memory of a laptop holds.
USUAL_LOCAL_CONTEXT = 8_192


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of what a model is told."""

    role: Literal["system", "user", "assistant"]
    text: str


class Ending(Enum):
    """Why a model's text ends."""

    FINISHED = auto()
    CUT = auto()
    DECLINED = auto()
    STOPPED = auto()


@dataclass(frozen=True, slots=True)
class Heard:
    """What one piece of a model's answer says.

    Attributes:
        text: More of the text; none for a thought, or another sign of life.
        usage: Tokens used so far, if it says so.
        ending: Why the text ends, if this is its end.
    """

    text: str = ""
    usage: Usage | None = None
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a model before it is asked anything.

    Attributes:
        context: How many tokens it reads and writes, if that is known.
        known_from: Who says so, in words for readers.
        is_forwarded: Whether its server passes requests on to another machine.
    """

    context: int | None = None
    known_from: str = ""
    is_forwarded: bool = False


def part_of_trained(trained: int | None) -> Facts:
    """Give the context that a model on a reader's own machine gets, of what it was trained to read."""
    if trained is None or trained <= USUAL_LOCAL_CONTEXT:
        return Facts(trained, "the model says so")
    return Facts(USUAL_LOCAL_CONTEXT, f"of the {trained:,} it was trained on; LOCCIT_LLM_CONTEXT sets it")


class Access(abc.ABC):
    """One process's way to one model. Its coroutines run in one loop.

    Attributes:
        counter: Counts tokens.
        allowance: Tokens that the model may think with before an answer; they count as written.
    """

    counter: TokenCounter
    allowance: int = 0

    async def answer(
        self, turns: Sequence[Turn], longest: int, temperature: float
    ) -> AsyncGenerator[Heard, None]:
        """Ask the model, and hear what it says.

        Args:
            turns: What it is told.
            longest: How many tokens it may write, thoughts included.
            temperature: 0 for the likeliest words.

        Raises:
            Exception: As the provider's class and client fail; `fault` knows of what kind it is.
        """
        from llama_index.core.base.llms.types import ChatMessage

        model, options = self.prepared(longest, temperature)
        messages = [ChatMessage(role=turn.role, content=turn.text) for turn in turns]
        async with aclosing(await model.astream_chat(messages, **options)) as stream:
            async for response in stream:
                yield self.heard(response)

    @abc.abstractmethod
    def prepared(self, longest: int, temperature: float) -> tuple[LLM, Mapping[str, Any]]:
        """Give the LlamaIndex class for one request, and the options of its `astream_chat`."""

    @abc.abstractmethod
    def heard(self, response: ChatResponse) -> Heard:
        """Read one of the responses that the class streams."""

    @abc.abstractmethod
    def fault(self, error: Exception) -> Fault | None:
        """Tell what kind of failure an exception is; None for one that this provider does not know."""

    @abc.abstractmethod
    async def facts(self) -> Facts:
        """Find out what is known of the model, from its server where it can be asked.

        Raises:
            Exception: If the server cannot be asked; `fault` knows of what kind it is.
        """

    def without(self, parameter: str) -> bool:  # noqa: ARG002
        """Leave out a parameter that the server will not have; tell whether that changes anything."""
        return False

    async def close(self) -> None:  # noqa: B027
        """Close connections and free what the model holds."""

"""A language model's server on this machine, whose model does as a script says."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tests.assistant.models.serving.dialect import Dialect, Failure
from tests.assistant.models.serving.playing import Player
from tests.assistant.models.serving.requests import Chat, Request
from tests.assistant.models.serving.routes import CHATS, error, model_of, protocol_of, told_at
from tests.assistant.models.serving.served import Served
from tests.assistant.models.serving.steps import Script, always, steps_of
from tests.assistant.models.serving.wire import Answer, Call, WatchedReader, Wire

YES = always("Yes.")
# Names that the clients of hosted models know, as they know the context of no other.
MODELS = ("scripted", "gpt-4o-mini", "gpt-5-mini", "claude-sonnet-5", "claude-sonnet-4-5")


class ModelServer:
    """Serves while its context is open, at `url`, OpenAI's protocol at `openai_url`; opened again, it is back there.

    Args:
        script: From a chat to what the model does; may be set anew at any time. It runs in the server's loop, so it
            does not wait: for that there is `Pause`. What it raises is raised again where the context ends.
        models: The models that there are; others are not found.
        context: How many tokens a prompt may have.
        key: Without it no client is served; None serves all.
        keeps_to_longest: Whether an answer ends at the longest that was asked for.
        tells_usage: Whether those who speak OpenAI's protocol learn how many tokens they used.
        without: Paths that this server does not know, as "/tokenize".
    """

    def __init__(
        self,
        script: Script = YES,
        *,
        models: tuple[str, ...] = MODELS,
        context: int = 32_768,
        key: str | None = None,
        keeps_to_longest: bool = True,
        tells_usage: bool = True,
        without: tuple[str, ...] = (),
    ) -> None:
        self.script = script
        self.requests: list[Request] = []
        self.most_open = 0
        self._served = Served(models, context)
        self._key = key
        self._keeps_to_longest = keeps_to_longest
        self._tells_usage = tells_usage
        self._without = without
        self._changed = threading.Condition()
        self._conversations: set[asyncio.Task[None]] = set()
        self._mistake: BaseException | None = None
        self._port = 0

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        listening = self._loop.create_server(self._connection, "127.0.0.1", self._port)
        self._listening = self._loop.run_until_complete(listening)
        self._port = int(self._listening.sockets[0].getsockname()[1])
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        if self._mistake and error is None:
            raise self._mistake

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def openai_url(self) -> str:
        return f"{self.url}/v1"

    @property
    def chats(self) -> list[Chat]:
        """The requests for text so far, retries included."""
        return [request for request in self.requests if isinstance(request, Chat)]

    @property
    def open(self) -> int:
        """How many chats are being answered now."""
        return sum(chat.is_open for chat in self.chats)

    def until(self, is_so: Callable[[], object], within: float = 60) -> None:
        """Wait until something is so of the requests.

        Raises:
            AssertionError: It is not so `within` these seconds.
        """
        with self._changed:
            so = self._changed.wait_for(lambda: self._mistake or is_so(), within)
        if self._mistake:
            raise self._mistake
        assert so, f"not so within {within} seconds"

    def _connection(self) -> asyncio.StreamReaderProtocol:
        reader = WatchedReader()

        def connected(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            conversation = self._loop.create_task(self._converse(Wire(reader, writer)))
            self._conversations.add(conversation)
            conversation.add_done_callback(self._ended)

        return asyncio.StreamReaderProtocol(reader, connected)

    async def _close(self) -> None:
        self._listening.close()
        for conversation in self._conversations:
            conversation.cancel()
        await asyncio.gather(*self._conversations, return_exceptions=True)

    def _ended(self, conversation: asyncio.Task[None]) -> None:
        self._conversations.discard(conversation)
        mistake = None if conversation.cancelled() else conversation.exception()
        # A client that has gone is no mistake.
        if mistake and not isinstance(mistake, ConnectionError):
            self._mistake = mistake
            self._tell_change()

    async def _converse(self, wire: Wire) -> None:
        try:
            while call := await wire.call():
                dialect = None if call.path in self._without else CHATS.get(call.path)
                await (self._chat(call, dialect, wire) if dialect else self._tell(call, wire))
        finally:
            wire.abort()

    async def _chat(self, call: Call, dialect: type[Dialect], wire: Wire) -> None:
        asked = dialect.asked(call.json)
        chat = Chat(
            protocol=dialect.protocol,
            path=call.path,
            headers=call.headers,
            body=call.json,
            at=time.monotonic(),
            model=asked.model,
            messages=asked.messages,
            longest=asked.longest,
            is_streaming=asked.is_streaming,
        )
        self._note(chat, wire)
        refused = self._refused(call)
        answering = wire.answer(refused) if refused else self._play(dialect(chat, self._tells_usage), wire)
        if not await wire.stays_for(answering) and chat.is_open:
            chat.went_away_at = time.monotonic()
            self._tell_change()

    async def _play(self, dialect: Dialect, wire: Wire) -> None:
        longest = dialect.chat.longest if self._keeps_to_longest else None
        player = Player(wire, dialect, longest, self._served.context, self._tell_change)
        await player.play(steps_of(self.script(dialect.chat)))

    async def _tell(self, call: Call, wire: Wire) -> None:
        request = Request(protocol_of(call), call.path, call.headers, call.json, time.monotonic())
        self._note(request, wire)
        await wire.answer(self._refused(call) or self._told(call))

    def _told(self, call: Call) -> Answer:
        tell = None if call.path in self._without else told_at(call)
        return Answer.of(tell(call, self._served)) if tell else _error(call, 404, "Not Found")

    def _refused(self, call: Call) -> Answer | None:
        given = call.headers.get("x-api-key", call.headers.get("authorization", "").removeprefix("Bearer "))
        if self._key is not None and given != self._key:
            return _error(call, 401, "Incorrect API key provided.")
        model = model_of(call)
        if model is not None and not self._served.has(model):
            return _error(call, 404, f"The model '{model}' does not exist.")
        return None

    def _note(self, request: Request, wire: Wire) -> None:
        """Note a request now, and its end when that comes."""

        def finish() -> None:
            request.finished_at = time.monotonic()
            self._tell_change()

        wire.at_end = finish
        self.requests.append(request)
        self.most_open = max(self.most_open, self.open)
        self._tell_change()

    def _tell_change(self) -> None:
        with self._changed:
            self._changed.notify_all()


def _error(call: Call, status: int, message: str) -> Answer:
    return Answer.of(error(call, Failure(status, message)), status)

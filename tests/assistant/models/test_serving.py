"""The scripted server speaks each protocol as LlamaIndex's classes hear it, and misbehaves as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.assistant.models.clients import CLIENTS, LONGEST, Client, Heard, client_of, listen
from tests.assistant.models.serving import (
    Chat,
    Cut,
    Empty,
    Garbage,
    Gate,
    Hang,
    ModelServer,
    NoFinish,
    Overflow,
    Pause,
    Refuse,
    Reply,
    Say,
    Start,
    Status,
    Think,
    always,
    in_turn,
)

BIRDS = "Herons, terns and  plovers:\nall of them, “every” 🐦 one."


@pytest.fixture(params=CLIENTS)
def client(request: pytest.FixtureRequest) -> Client:
    return client_of(request.param)


@pytest.mark.parametrize("chunks", [None, 1, 7, 1_000])
def test_a_text_arrives_as_it_was_said(client: Client, model_server: ModelServer, chunks: int | None) -> None:
    model_server.script = always(Say(BIRDS, chunks))

    heard = _hear(client, model_server)

    assert heard.text == BIRDS and heard.error is None
    assert len([piece for piece in heard.pieces if piece]) == len(Say(BIRDS, chunks).pieces)


def test_who_asks_for_no_stream_gets_the_whole(client: Client, model_server: ModelServer) -> None:
    model_server.script = always((Think("Hm."), Say(BIRDS)))

    async def ask() -> str | None:
        from llama_index.core.llms import ChatMessage

        async with client(model_server) as llm:
            return (await llm.achat([ChatMessage(role="user", content="Which birds?")])).message.content

    assert asyncio.run(ask()) == BIRDS
    assert not model_server.chats[0].is_streaming


def test_tokens_are_told(client: Client, model_server: ModelServer) -> None:
    model_server.script = always("Herons, terns.")

    heard = _hear(client, model_server)

    assert heard.usage == (model_server.chats[0].prompt_tokens, 4)


def test_a_request_is_read(client: Client, model_server: ModelServer) -> None:
    _hear(client, model_server)

    [chat] = model_server.chats
    assert [(message.role, message.text) for message in chat.messages] == [
        ("system", "Be brief."),
        ("user", "Which birds?"),
    ]
    assert chat.longest == LONGEST and chat.is_streaming and chat.said == "Yes."
    assert chat.finished_at is not None and chat.finished_at >= chat.at and not chat.went_away


def test_an_answer_ends_at_the_longest_asked_for(client: Client, model_server: ModelServer) -> None:
    model_server.script = always((Say(" word" * 30), Say(" word" * 30), NoFinish()))

    assert _hear(client, model_server).text == " word" * LONGEST


def test_a_server_may_write_on_nevertheless(client: Client) -> None:
    with ModelServer(always(Say("word " * 60, chunks=2)), keeps_to_longest=False) as server:
        assert _hear(client, server).text == "word " * 60


def test_thoughts_are_no_text(client: Client, model_server: ModelServer) -> None:
    model_server.script = always((Think("Birds? Let me see."), Say("Herons.")))

    assert _hear(client, model_server).text == "Herons."


def test_nothing_comes_before_a_gate_is_open(client: Client, model_server: ModelServer) -> None:
    gate = Gate()
    model_server.script = always((Say("Herons"), Pause(gate), Say(" and terns.")))

    async def beside(heard: Heard) -> None:
        await _until(model_server, lambda: model_server.chats and model_server.chats[0].said == "Herons")
        assert model_server.open == 1 and "terns" not in heard.text
        gate.set()

    assert _hear(client, model_server, beside).text == "Herons and terns."
    assert model_server.open == 0


@pytest.mark.parametrize(
    "reply", [Hang(), (Start(), Hang()), (Say("Herons"), Hang())], ids=["at first", "begun", "amid text"]
)
def test_a_client_that_is_cancelled_leaves_at_once(
    client: Client, model_server: ModelServer, reply: Reply
) -> None:
    model_server.script = always(reply)

    async def stop() -> None:
        async with client(model_server) as llm:
            listening = asyncio.create_task(listen(llm, Heard()))
            await _until(model_server, lambda: model_server.open == 1)
            listening.cancel()
            await asyncio.wait([listening])
            assert listening.cancelled()
            # Before the client is closed: it is the cancelling that closes the connection.
            await _until(model_server, lambda: model_server.open == 0)

    asyncio.run(stop())
    assert model_server.chats[0].went_away and model_server.chats[0].finished_at is None


def test_the_most_that_were_open_at_once_are_counted(client: Client, model_server: ModelServer) -> None:
    gate = Gate()
    model_server.script = always((Pause(gate), Say("Herons.")))

    async def ask() -> list[Heard]:
        async with client(model_server) as llm:
            asked = [asyncio.create_task(listen(llm, Heard())) for _ in range(5)]
            await _until(model_server, lambda: model_server.open == 5)
            gate.set()
            return await asyncio.gather(*asked)

    assert [heard.text for heard in asyncio.run(ask())] == ["Herons."] * 5
    assert model_server.most_open == 5 and model_server.open == 0


def test_who_has_no_patience_goes(client: Client, model_server: ModelServer) -> None:
    model_server.script = always(Hang())

    async def ask() -> Heard:
        async with client(model_server, patience=0.5) as llm:
            return await listen(llm, Heard())

    assert _name(asyncio.run(ask()).error) in {"APITimeoutError", "ReadTimeout"}
    model_server.until(lambda: model_server.chats and model_server.chats[0].went_away)


# What each class makes of a failure, as the exceptions' names: OpenAI's and OpenAILike's, Anthropic's, Ollama's.
@pytest.mark.parametrize(
    ("reply", "of_openai", "of_anthropic", "of_ollama"),
    [
        (Status(401), "AuthenticationError", "AuthenticationError", "ResponseError"),
        (Status(404), "NotFoundError", "NotFoundError", "ResponseError"),
        (Status(429), "RateLimitError", "RateLimitError", "ResponseError"),
        (Status(500), "InternalServerError", "InternalServerError", "ResponseError"),
        (Status(529), "InternalServerError", "OverloadedError", "ResponseError"),
        (Status(502, body="<h1>Bad"), "InternalServerError", "InternalServerError", "ResponseError"),
        (Overflow(), "BadRequestError", "BadRequestError", "ResponseError"),
        (Cut(), "APIConnectionError", "APIConnectionError", "ReadError"),
        (Cut(is_reset=False), "APIConnectionError", "APIConnectionError", "RemoteProtocolError"),
        ((Say("He"), Status(500)), "APIError", "APIStatusError", "ResponseError"),
        ((Say("He"), Cut()), "ReadError", "ReadError", "ReadError"),
        (
            (Say("He"), Cut(is_reset=False)),
            "RemoteProtocolError",
            "RemoteProtocolError",
            "RemoteProtocolError",
        ),
        ((Say("He"), Garbage()), "JSONDecodeError", "JSONDecodeError", "JSONDecodeError"),
        ((Say("He"), NoFinish()), None, None, None),
        ((Say("He"), Refuse("")), None, None, None),
        (Empty(), None, None, None),
    ],
    ids=str,
)
@pytest.mark.parametrize("name", CLIENTS)
def test_failures_reach_each_class_in_its_own_form(
    model_server: ModelServer,
    name: str,
    reply: Reply,
    of_openai: str | None,
    of_anthropic: str | None,
    of_ollama: str | None,
) -> None:
    model_server.script = always(reply)

    heard = _hear(client_of(name), model_server)

    assert _name(heard.error) == {"anthropic": of_anthropic, "ollama": of_ollama}.get(name, of_openai)
    assert heard.text == ("He" if isinstance(reply, tuple) else "")


def test_the_time_to_try_again_is_told(model_server: ModelServer) -> None:
    model_server.script = always(Status(429, retry_after=7))

    error = _hear(client_of("openai"), model_server).error

    assert getattr(error, "response").headers["retry-after"] == "7"  # noqa: B009


def test_a_refusal_gives_its_reason(model_server: ModelServer) -> None:
    model_server.script = always((Say("He"), Refuse()))

    heard = _hear(client_of("ollama"), model_server)

    assert heard.text == "HeI can't help with that."


def test_replies_follow_one_another(client: Client, model_server: ModelServer) -> None:
    model_server.script = in_turn(Status(500), "Herons.", "Terns.")

    heard = [_hear(client, model_server) for _ in range(4)]

    assert [one.text for one in heard] == ["", "Herons.", "Terns.", "Terns."]


def test_a_prompt_longer_than_the_context_is_refused(client: Client) -> None:
    with ModelServer(context=20) as server:
        error = _hear(client, server, question="Which birds? " * 9).error

    assert _name(error) in {"BadRequestError", "ResponseError"}
    assert str(server.chats[0].prompt_tokens - 20) in str(error) or "20 " in str(error)


def test_a_server_may_keep_tokens_to_itself() -> None:
    with ModelServer(tells_usage=False) as server:
        heard = _hear(client_of("openai-like"), server)

    assert heard.text == "Yes." and heard.usage is None


def test_a_model_that_is_not_there_is_not_found(client: Client) -> None:
    with ModelServer(models=("another",)) as server:
        error = _hear(client, server).error

    assert "does not exist" in str(error) and not server.chats[0].said


@pytest.mark.parametrize("name", ["openai", "openai-like", "anthropic"])
def test_a_wrong_key_is_refused(name: str) -> None:
    with ModelServer(key="another") as server:
        assert _name(_hear(client_of(name), server).error) == "AuthenticationError"
    with ModelServer(key="key") as server:
        assert _hear(client_of(name), server).text == "Yes."


def test_a_server_that_has_ended_is_dead_until_it_is_back(client: Client) -> None:
    server = ModelServer()
    with server:
        pass

    assert _name(_hear(client, server).error) in {"APIConnectionError", "ConnectError"}
    with server:
        assert _hear(client, server).text == "Yes."


def test_a_script_that_fails_fails_the_test() -> None:
    def fail(chat: Chat) -> Reply:
        raise ZeroDivisionError(chat.messages[-1].text)

    with pytest.raises(ZeroDivisionError, match="Which birds"), ModelServer(fail) as server:
        _hear(client_of("openai-like"), server)


def _hear(
    client: Client,
    server: ModelServer,
    beside: Callable[[Heard], Awaitable[None]] | None = None,
    question: str = "Which birds?",
) -> Heard:
    async def ask() -> Heard:
        heard = Heard()
        async with client(server) as llm:
            listening = listen(llm, heard, question)
            await asyncio.gather(listening, *([beside(heard)] if beside else []))
        return heard

    return asyncio.run(ask())


async def _until(server: ModelServer, is_so: Callable[[], object]) -> None:
    await asyncio.to_thread(server.until, is_so)


def _name(error: Exception | None) -> str | None:
    return type(error).__name__ if error else None

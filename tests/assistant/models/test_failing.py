"""What goes wrong with a model, as readers are told it; what had come by then has arrived."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from assistant.models.errors import (
    ModelBusyError,
    ModelError,
    ModelRefusedError,
    ModelTimeoutError,
    ModelUnreachableError,
    PromptTooLongError,
)
from assistant.models.faults import error_of, fault_of_connection
from assistant.models.speaking import Ending, LanguageModel, Speech, Turn
from tests.assistant.models.conftest import KEY, PROVIDERS, OpenModel
from tests.assistant.models.serving import (
    Cut,
    Empty,
    Garbage,
    Hang,
    ModelServer,
    NoFinish,
    Overflow,
    Refuse,
    Say,
    Start,
    Status,
    Step,
    Think,
    always,
    in_turn,
)

TEXT = "NK cells kill tumour cells."
QUESTION = "a question that no message may repeat"

providers = pytest.mark.parametrize("provider", PROVIDERS)


def speak(model: LanguageModel, longest: int = 50) -> Speech:
    return model.speak((Turn("user", QUESTION),), longest=longest, stop=threading.Event())


@contextmanager
def failing(speech: Speech, kind: type[ModelError], said: str, text: str = "") -> Iterator[None]:
    """A speech gives a text and then fails so, in words that hold neither key nor question."""
    pieces = list[str]()
    with pytest.raises(kind) as told:
        pieces.extend(speech)
    assert type(told.value) is kind
    assert said in str(told.value)
    assert KEY not in str(told.value) and QUESTION not in str(told.value)
    assert told.value.__cause__ is None
    assert "".join(pieces) == text
    assert speech.ending is None
    yield
    with pytest.raises(StopIteration):
        next(speech)


@providers
@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (401, ModelRefusedError, "does not accept the key (HTTP 401"),
        (403, ModelRefusedError, "does not accept the key (HTTP 403"),
        (402, ModelRefusedError, "the account has no credit left"),
        (400, ModelRefusedError, "refuses the request (HTTP 400"),
        (422, ModelRefusedError, "refuses the request (HTTP 422"),
        (307, ModelRefusedError, "sends requests elsewhere (HTTP 307"),
    ],
)
def test_a_refusal_is_told_and_not_tried_again(
    provider: str,
    status: int,
    kind: type[ModelError],
    said: str,
    model_server: ModelServer,
    open_model: OpenModel,
) -> None:
    model_server.script = always(Status(status))
    with failing(speak(open_model(model_server, provider)), kind, said):
        assert len(model_server.chats) == 1


@providers
@pytest.mark.parametrize(
    ("steps", "kind", "said", "text"),
    [
        ((Overflow(),), PromptTooLongError, "has not the context for this request", ""),
        ((Empty(),), ModelRefusedError, "answered with nothing", ""),
        ((Say("   "),), ModelRefusedError, "answered with nothing", "   "),
        ((Start(), NoFinish()), ModelUnreachableError, "broke off before its answer was whole", ""),
        ((Say(TEXT), NoFinish()), ModelUnreachableError, "broke off before its answer was whole", TEXT),
        ((Say(TEXT), Cut()), ModelUnreachableError, "broke off before its answer was whole", TEXT),
        ((Say(TEXT), Cut(is_reset=False)), ModelUnreachableError, "broke off before its answer", TEXT),
        ((Garbage(),), ModelUnreachableError, "breaks its protocol", ""),
        ((Say(TEXT), Garbage()), ModelUnreachableError, "breaks its protocol", TEXT),
        ((Say(TEXT), Status(500)), ModelBusyError, "is overloaded or failing", TEXT),
        ((Say(TEXT), Status(429)), ModelBusyError, "is overloaded or failing", TEXT),
        ((Say(TEXT), Overflow()), PromptTooLongError, "has not the context for this request", TEXT),
    ],
)
def test_what_came_before_a_failure_arrives_and_nothing_is_said_twice(
    provider: str,
    steps: Sequence[Step],
    kind: type[ModelError],
    said: str,
    text: str,
    model_server: ModelServer,
    open_model: OpenModel,
) -> None:
    model_server.script = always(steps)
    with failing(speak(open_model(model_server, provider)), kind, said, text):
        assert len(model_server.chats) == 1


@pytest.mark.parametrize("provider", ["openai", "openai-like", "anthropic"])
@pytest.mark.parametrize("text", ["", TEXT])
def test_a_model_that_declines_is_told(
    provider: str, text: str, model_server: ModelServer, open_model: OpenModel
) -> None:
    model_server.script = always((Say(text), Refuse()) if text else Refuse())
    with failing(speak(open_model(model_server, provider)), ModelRefusedError, "declined to answer", text):
        assert len(model_server.chats) == 1


@providers
def test_thoughts_without_an_answer_are_told(
    provider: str, model_server: ModelServer, open_model: OpenModel
) -> None:
    model_server.script = always("<think>one two three four five six seven eight")
    speech = speak(open_model(model_server, provider), longest=5)
    with failing(speech, ModelRefusedError, "had no tokens left for an answer after its thoughts"):
        assert speech.usage.completion_tokens == 5


@providers
def test_a_model_that_is_not_there_is_told(provider: str, open_model: OpenModel) -> None:
    with (
        ModelServer(models=("another",)) as server,
        failing(speak(open_model(server, provider)), ModelRefusedError, "There is no model '"),
    ):
        assert len(server.chats) == 1


def test_ollama_says_how_to_fetch_a_model(open_model: OpenModel) -> None:
    with ModelServer(models=("another",)) as server:
        speech = speak(open_model(server, "ollama", "llama3.2:3b"))
        with failing(speech, ModelRefusedError, "`ollama pull llama3.2:3b` fetches it"):
            pass


@providers
def test_a_silent_model_is_given_up(provider: str, model_server: ModelServer, open_model: OpenModel) -> None:
    model_server.script = in_turn((Say(TEXT), Hang()), Hang())
    model = open_model(model_server, provider, llm_timeout=0.5)
    model.tokens_in("")
    for text in (TEXT, ""):
        with failing(speak(model), ModelTimeoutError, "was silent for 0.5 seconds", text):
            model_server.until(lambda: not model_server.open)


@providers
def test_a_dead_server_is_told_and_for_a_while_not_asked(provider: str, open_model: OpenModel) -> None:
    server = ModelServer()
    with server:
        model = open_model(server, provider)
    with failing(
        speak(model), ModelUnreachableError, "cannot be reached: nothing answers at http://127.0.0.1"
    ):
        pass
    with server:
        with failing(speak(model), ModelUnreachableError, "cannot be reached"):
            pass
        assert not server.requests


@providers
def test_a_connection_that_dies_before_anything_is_heard_is_tried_again(
    provider: str, model_server: ModelServer, open_model: OpenModel
) -> None:
    model_server.script = in_turn(Cut(), TEXT)
    assert "".join(speak(open_model(model_server, provider))) == TEXT
    assert len(model_server.chats) == 2


@providers
@pytest.mark.parametrize("status", [429, 500, 503, 529])
def test_an_overloaded_server_is_asked_again(
    provider: str, status: int, model_server: ModelServer, open_model: OpenModel
) -> None:
    model_server.script = in_turn(Status(status, retry_after=0), Status(status, retry_after="0"), TEXT)
    assert "".join(speak(open_model(model_server, provider))) == TEXT
    assert len(model_server.chats) == 3


@providers
def test_a_server_that_wants_more_time_than_there_is_is_left_alone(
    provider: str, model_server: ModelServer, open_model: OpenModel
) -> None:
    model_server.script = always(Status(429, retry_after=600))
    speech = speak(open_model(model_server, provider))
    with failing(speech, ModelBusyError, "It asks to be left alone for 600 seconds"):
        assert len(model_server.chats) == 1


def test_the_time_to_wait_may_be_a_date(model_server: ModelServer, open_model: OpenModel) -> None:
    in_three_hours = format_datetime(datetime.now(UTC) + timedelta(hours=3), usegmt=True)
    model_server.script = always(Status(503, retry_after=in_three_hours))
    with failing(speak(open_model(model_server)), ModelBusyError, "left alone for 10"):
        assert len(model_server.chats) == 1


def test_the_time_to_wait_is_no_longer_than_a_day(model_server: ModelServer, open_model: OpenModel) -> None:
    model_server.script = always(Status(503, retry_after="inf"))
    with failing(speak(open_model(model_server)), ModelBusyError, "left alone for 86400 seconds"):
        assert len(model_server.chats) == 1


@pytest.mark.parametrize("retry_after", ["soon", "-5", "nan"])
def test_a_time_to_wait_that_is_none_is_no_reason_to_fail(
    retry_after: str, model_server: ModelServer, open_model: OpenModel
) -> None:
    model_server.script = in_turn(Status(503, retry_after=retry_after), TEXT)
    assert "".join(speak(open_model(model_server))) == TEXT


def test_a_server_that_stays_overloaded_is_given_up_within_the_timeout(
    model_server: ModelServer, open_model: OpenModel
) -> None:
    model_server.script = always(Status(500))
    with failing(speak(open_model(model_server, llm_timeout=1)), ModelBusyError, "(HTTP 500"):
        assert len(model_server.chats) > 1


def test_an_account_without_credit_is_not_tried_again(
    model_server: ModelServer, open_model: OpenModel
) -> None:
    body = '{"error": {"message": "…", "type": "insufficient_quota", "code": "insufficient_quota"}}'
    model_server.script = always(Status(429, body=body))
    with failing(speak(open_model(model_server, "openai")), ModelRefusedError, "no credit left"):
        assert len(model_server.chats) == 1


@providers
def test_a_servers_own_words_are_not_repeated(
    provider: str, model_server: ModelServer, open_model: OpenModel
) -> None:
    body = f'{{"error": {{"message": "Wrong: {KEY} {QUESTION}", "type": "{KEY}", "code": "{QUESTION}"}}}}'
    model_server.script = always(Status(400, body=body))
    with failing(speak(open_model(model_server, provider)), ModelRefusedError, "(HTTP 400)"):
        pass


@pytest.mark.parametrize("page", ["<h1>Sign in to the network</h1>", "{}", "[]", "null", "data"])
@providers
def test_what_is_no_model_server_is_told(
    provider: str, page: str, model_server: ModelServer, open_model: OpenModel
) -> None:
    model_server.script = always(Garbage(page))
    with pytest.raises(ModelUnreachableError):
        list(speak(open_model(model_server, provider)))


@pytest.mark.parametrize("provider", ["openai", "openai-like"])
def test_what_comes_after_the_end_changes_nothing(
    provider: str, model_server: ModelServer, open_model: OpenModel
) -> None:
    finish = '{"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}'
    model_server.script = always((Say(TEXT), Garbage(f"data: {finish}\n\n"), Garbage(), Cut()))
    with speak(open_model(model_server, provider)) as speech:
        assert "".join(speech) == TEXT
    assert speech.ending is Ending.FINISHED


def test_thoughts_are_signs_of_life(model_server: ModelServer, open_model: OpenModel) -> None:
    model_server.script = always((Think("Let me see."), Say(TEXT)))
    with speak(open_model(model_server)) as speech:
        assert "".join(speech) == TEXT


def test_a_certificate_that_is_not_trusted_is_told(open_model: OpenModel, model_server: ModelServer) -> None:
    name = open_model(model_server).name
    error = ConnectionError("no connection")
    error.__cause__ = ssl.SSLCertVerificationError("self-signed certificate")
    told = error_of(fault_of_connection(error), name, 30)
    assert isinstance(told, ModelUnreachableError)
    assert "is not trusted" in str(told) and "SSL_CERT_FILE" in str(told)

"""How tokens are counted, and that nobody else is told the text for it."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models.addresses import Address
from assistant.models.errors import ModelTimeoutError
from assistant.models.speaking import LanguageModel, Turn
from assistant.models.tokens import Asked, Estimate, Table, prompt_tokens
from corpus.library import Library
from corpus.settings import Settings
from tests.assistant.models.conftest import need
from tests.assistant.models.serving import ModelServer, tokens_of

SENTENCE = "NK cells, unlike CAR-T cells, caused no graft-versus-host disease (n = 11; p < 0.001)."


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def table(model: str) -> Table:
    need("tiktoken", "loccit[openai]")
    counter = Table.of(model)
    assert counter
    return counter


def path_asked_at(listening: socket.socket) -> str:
    """Take the next connection, and give the path that was asked for."""
    with listening.accept()[0] as connection:
        return connection.recv(100).decode().split()[1]


@pytest.mark.parametrize(
    ("model", "encoding"),
    [
        ("gpt-5-mini", "o200k_base"),
        ("gpt-4o", "o200k_base"),
        ("gpt-4-turbo", "cl100k_base"),
        ("o3-mini", "o200k_base"),
    ],
)
def test_openais_models_are_counted_by_their_own_table_without_a_network(
    model: str, encoding: str, no_network: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    counter = table(model)
    assert counter.count("NK cells kill tumour cells.") in {6, 7}
    assert counter.is_exact and encoding in counter.way
    assert not list(tmp_path.iterdir())


def test_marks_of_control_in_a_text_are_text() -> None:
    assert table("gpt-4o").count("<|endoftext|>") > 1


def test_a_model_without_a_table_has_none(no_network: None) -> None:
    need("tiktoken", "loccit[openai]")
    assert Table.of("a-model-of-tomorrow") is None
    assert Table.of("gpt-oss-120b") is None


@pytest.mark.parametrize(
    "text", ["", " ", "a", SENTENCE, "分子生物学", "αβγ ≥ 5 × 10⁶", "\n\n\n\n", "🧬" * 9]
)
def test_an_estimate_is_from_above(text: str) -> None:
    assert Estimate().count(text) >= table("gpt-4o").count(text)


@given(st.text())
def test_an_estimate_grows_with_the_text(text: str) -> None:
    counter = Estimate()
    assert 0 <= counter.count(text) <= counter.count(f"{text} more")
    assert not counter.is_exact


def test_an_estimate_of_papers_is_from_above_and_not_twice_too_much(
    starter_library: Path, settings: Settings
) -> None:
    exact, estimate = table("gpt-4o"), Estimate()
    with Library(starter_library, settings) as library:
        texts = [library.document(found.document_id).text for found in library.documents()]
    counted = sum(map(exact.count, texts))
    assert counted < sum(map(estimate.count, texts)) < 2 * counted


def test_a_server_on_this_machine_counts(model_server: ModelServer) -> None:
    counter = Asked(Address.parse(model_server.openai_url), "scripted", "key")
    assert counter.count(SENTENCE) == len(tokens_of(SENTENCE))
    assert counter.is_exact and counter.way == "counted by the model's own tokenizer"
    assert model_server.requests[0].headers["authorization"] == "Bearer key"
    counter.close()


def test_a_server_that_does_not_count_is_asked_once() -> None:
    with ModelServer(without=("/tokenize",)) as server:
        counter = Asked(Address.parse(server.openai_url), "scripted", None)
        assert [counter.count(SENTENCE), counter.count(SENTENCE)] == [Estimate().count(SENTENCE)] * 2
        assert len(server.requests) == 1
    assert not counter.is_exact and "estimate" in counter.way
    counter.close()


def test_a_dead_server_is_no_error() -> None:
    with ModelServer() as server:
        address = Address.parse(server.openai_url)
    counter = Asked(address, "scripted", None)
    assert counter.count(SENTENCE) == Estimate().count(SENTENCE)
    counter.close()


def test_no_text_is_sent_elsewhere_to_be_counted() -> None:
    with pytest.raises(ValueError, match="must not leave the machine"):
        Asked(Address.parse("http://192.168.0.5:8000/v1"), "scripted", None)


def test_a_prompt_has_more_tokens_than_its_turns() -> None:
    assert prompt_tokens(Estimate(), ["Be brief.", SENTENCE]) > Estimate().count(
        "Be brief."
    ) + Estimate().count(SENTENCE)


def test_a_server_that_is_silent_about_itself_is_not_asked_to_count() -> None:
    need("llama_index.llms.openai_like", "loccit[openai-like]")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        model = LanguageModel.open(Settings(llm=f"openai-like:{url}#silent", llm_timeout=1))
        assert model and model.context == 4_096
        assert model.tokens_in(SENTENCE) == Estimate().count(SENTENCE)
        assert model.counting == Estimate.way
        turns = (Turn("user", SENTENCE),)
        with (
            model.speak(turns, longest=5, stop=threading.Event()) as speech,
            pytest.raises(ModelTimeoutError, match="was silent for 1 seconds"),
        ):
            next(speech)
        model.close()
        listening.setblocking(False)
        assert [path_asked_at(listening) for _ in range(2)] == ["/v1/models", "/v1/chat/completions"]
        with pytest.raises(BlockingIOError):
            listening.accept()

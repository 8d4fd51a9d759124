"""`loccit models`: which language model is set, where it runs, whether it answers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assistant.models.conftest import KEY, need, set_environment, small_model_file
from tests.assistant.models.serving import ModelServer, Status, always, tokens_of
from tests.interface.conftest import Loccit

COUNTED = "one, two, three, four, five, six, seven, eight, nine, ten"


@pytest.fixture
def model_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ModelServer]:
    need("llama_index.llms.openai_like", "loccit[openai-like]")
    monkeypatch.setenv("LOCCIT_SPENDING", str(tmp_path / "spending.sqlite"))
    monkeypatch.setenv("COLUMNS", "200")
    with ModelServer(always(COUNTED)) as server:
        set_environment(monkeypatch, server)
        yield server


def like(server: ModelServer) -> str:
    return f"openai-like:{server.url}#scripted"


def test_without_a_model_it_says_so_and_how_to_set_one(
    loccit: Loccit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    ended = loccit("models")
    assert ended.status == 0 and not ended.err
    assert "No language model is set" in ended.out and "nothing leaves this machine" in ended.out
    assert "Set one by LOCCIT_LLM or --llm: openai:MODEL" in ended.out


def test_a_model_that_answers_is_told(loccit: Loccit, model_server: ModelServer) -> None:
    ended = loccit("models", "--llm", like(model_server))
    assert ended.status == 0 and not ended.err
    told = dict(line.split("  ", 1) for line in ended.out.splitlines())
    told = {label: value.strip() for label, value in told.items()}
    assert told["Model"] == f"scripted ({model_server.url.removeprefix('http://')})"
    assert told["Runs"] == f"at {model_server.openai_url}"
    assert told["Requests"].startswith("go to a server on this machine")
    assert told["Answers"].startswith("yes, the first word after 0.")
    assert told["Context"] == "32,768 tokens (its server says so)"
    assert told["Tokens"] == "counted by the model's own tokenizer"
    assert told["Prices"].startswith("not set")
    assert "Used today" not in told


def test_one_short_question_is_asked_which_no_reader_wrote(loccit: Loccit, model_server: ModelServer) -> None:
    loccit("models", "--llm", like(model_server))
    [chat] = model_server.chats
    assert chat.prompt == "Count from one to ten in words, separated by commas."
    assert chat.longest == 32


def test_the_model_of_the_environment_is_the_one(
    loccit: Loccit, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCCIT_LLM", like(model_server))
    assert loccit("models", "--json").json["model"] == f"openai-like:{model_server.openai_url}#scripted"


def test_json_has_all_of_it(
    loccit: Loccit, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCCIT_LLM_PRICE", "1000:2000")
    monkeypatch.setenv("LOCCIT_MAX_COST_PER_DAY", "3")
    monkeypatch.setenv("LOCCIT_MAX_TOKENS_PER_ANSWER", "5000")
    ended = loccit("models", "--llm", "openai:gpt-4o-mini", "--json")
    told = ended.json
    assert told.pop("first_word_ms") > 0
    assert told.pop("tokens_per_second") > 0
    [chat] = model_server.chats
    assert told == {
        "model": "openai:gpt-4o-mini",
        "label": f"gpt-4o-mini (OpenAI at {model_server.url.removeprefix('http://')})",
        "address": model_server.openai_url,
        "address_from": "OPENAI_BASE_URL",
        "leaves_machine": False,
        "reachable": True,
        "problem": None,
        "context": 128_000,
        "context_from": "LlamaIndex's table says so",
        "tokens_counted": "counted by tiktoken's o200k_base",
        "price": {"read": 1000, "written": 2000},
        "limits": {"tokens_per_answer": 5000, "cost_per_day": 3},
        "spent_today": {
            "requests": 1,
            "prompt_tokens": chat.prompt_tokens,
            "completion_tokens": len(tokens_of(COUNTED)),
            "cost": pytest.approx(chat.prompt_tokens / 1000 + len(tokens_of(COUNTED)) * 2 / 1000),
        },
    }


def test_json_of_no_model_says_that_nothing_leaves(loccit: Loccit) -> None:
    told = loccit("models", "--llm", "none", "--json").json
    assert (told["model"], told["leaves_machine"], told["reachable"]) == ("none", False, None)


def test_prices_limits_and_spending_are_told(
    loccit: Loccit, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCCIT_LLM_PRICE", "0.25:2")
    monkeypatch.setenv("LOCCIT_MAX_COST_PER_DAY", "3")
    ended = loccit("models", "--llm", like(model_server))
    assert "0.25 for a million tokens read, 2 written" in ended.out
    assert "3 a day" in ended.out
    assert "1 request, " in ended.out


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_a_dead_server_is_told_and_fails(
    loccit: Loccit, model_server: ModelServer, as_json: tuple[str]
) -> None:
    with ModelServer() as dead:
        llm = like(dead)
    ended = loccit("models", "--llm", llm, *as_json)
    assert ended.status == 1 and not ended.err
    told = " ".join(ended.out.split())
    assert "cannot be reached: nothing answers at" in told
    assert "Start the model server, or set its address." in told


@pytest.mark.parametrize(
    ("llm", "said"),
    [
        ("gpt-4", "'gpt-4' names no language model: it says no provider"),
        ("gguf:/no/model.gguf", "there is no file '/no/model.gguf'"),
        ("openai:gpt-4o-mini", "cannot be used without a key. Set OPENAI_API_KEY"),
    ],
)
def test_what_cannot_be_used_is_told_and_fails(
    loccit: Loccit, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch, llm: str, said: str
) -> None:
    need("llama_index.llms.openai", "loccit[openai]")
    monkeypatch.delenv("OPENAI_API_KEY")
    ended = loccit("models", "--llm", llm)
    assert ended.status == 1
    assert said in " ".join(ended.out.split())


def test_a_refused_key_is_told_and_never_shown(loccit: Loccit, model_server: ModelServer) -> None:
    body = f'{{"error": {{"message": "Incorrect API key provided: {KEY}", "code": "invalid_api_key"}}}}'
    model_server.script = always(Status(401, body=body))
    ended = loccit("models", "--llm", like(model_server))
    assert ended.status == 1
    assert "does not accept the key (HTTP 401, invalid_api_key). Check LOCCIT_LLM_KEY." in " ".join(
        ended.out.split()
    )
    assert KEY not in ended.out + ended.err


def test_a_limit_without_a_price_is_refused(
    loccit: Loccit, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCCIT_MAX_COST_PER_DAY", "3")
    ended = loccit("models", "--llm", like(model_server))
    assert ended.status == 1
    assert "set LOCCIT_LLM_PRICE to IN:OUT" in ended.err


def test_a_setting_of_the_wrong_kind_is_told_in_one_line(
    loccit: Loccit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCCIT_LLM_TIMEOUT", "soon")
    ended = loccit("models")
    assert (ended.status, ended.err.count("\n")) == (1, 1)
    assert "the setting LOCCIT_LLM_TIMEOUT cannot be used: Input should be a valid number" in ended.err


def test_a_model_file_answers(loccit: Loccit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LOCCIT_SPENDING", str(tmp_path / "spending.sqlite"))
    monkeypatch.setenv("LOCCIT_LLM_THREADS", "1")
    monkeypatch.setenv("LOCCIT_LLM_CONTEXT", "512")
    ended = loccit("models", "--llm", f"gguf:{small_model_file()}")
    assert ended.status == 0, ended.out
    assert "in this process" in ended.out and "stay in this process" in ended.out
    assert "512 tokens (LOCCIT_LLM_CONTEXT says so)" in ended.out
    assert not list(tmp_path.iterdir())

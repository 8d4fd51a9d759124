"""A model is asked and its text arrives, whichever provider it is of."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from assistant.models.errors import (
    ModelExtraMissingError,
    ModelKeyMissingError,
    SpendingError,
    UnknownModelError,
)
from assistant.models.speaking import Budget, Ending, LanguageModel, Speech, Turn, Usage
from corpus.errors import SettingsError
from corpus.settings import Settings
from tests.assistant.models.conftest import KEY, PROVIDERS, OpenModel, set_environment
from tests.assistant.models.serving import ModelServer, Say, Status, Think, always, in_turn

TURNS = (Turn("system", "Be brief."), Turn("user", "What do NK cells do?"))
TEXT = "NK cells kill tumour cells, β-cells excepted."

providers = pytest.mark.parametrize("provider", PROVIDERS)


def speak(
    model: LanguageModel, *, longest: int = 50, temperature: float = 0.0, budget: Budget | None = None
) -> Speech:
    return model.speak(TURNS, longest=longest, stop=threading.Event(), temperature=temperature, budget=budget)


@providers
def test_text_arrives_in_pieces_with_what_was_used(
    provider: str, model_server: ModelServer, open_model: OpenModel
) -> None:
    model_server.script = always(TEXT)
    with speak(open_model(model_server, provider)) as speech:
        pieces = list(speech)
    assert "".join(pieces) == TEXT and len(pieces) > 3
    [chat] = model_server.chats
    assert speech.usage == Usage(chat.prompt_tokens, len(TEXT.replace(",", " ,").split()) + 3)
    assert speech.ending is Ending.FINISHED
    assert speech.first_word_seconds


@providers
def test_a_model_is_told_its_turns_in_order(
    provider: str, model_server: ModelServer, open_model: OpenModel
) -> None:
    list(speak(open_model(model_server, provider)))
    [chat] = model_server.chats
    assert [(message.role, message.text) for message in chat.messages] == [
        ("system", "Be brief."),
        ("user", "What do NK cells do?"),
    ]


@providers
def test_an_answer_is_cut_at_the_longest(
    provider: str, model_server: ModelServer, open_model: OpenModel
) -> None:
    model_server.script = always("one two three four five six")
    with speak(open_model(model_server, provider), longest=3) as speech:
        assert "".join(speech) == "one two three"
    assert speech.ending is Ending.CUT
    assert speech.usage.completion_tokens == 3 and not speech.usage.is_estimated


@providers
def test_a_server_that_never_ends_is_cut(provider: str, open_model: OpenModel) -> None:
    with ModelServer(always("word " * 4_000), keeps_to_longest=False) as server:
        with speak(open_model(server, provider), longest=20) as speech:
            text = "".join(speech)
        server.until(lambda: not server.open)
    assert 20 < len(text) < 400
    assert speech.ending is Ending.CUT
    assert speech.usage.is_estimated


@providers
def test_thoughts_are_no_part_of_the_text(
    provider: str, model_server: ModelServer, open_model: OpenModel
) -> None:
    model_server.script = in_turn((Think("Let me see."), Say(TEXT)), f"<think>Let me see.</think>\n{TEXT}")
    model = open_model(model_server, provider)
    assert "".join(speak(model)) == TEXT
    assert "".join(speak(model)) == TEXT


def test_a_temperature_is_asked_for(model_server: ModelServer, open_model: OpenModel) -> None:
    list(speak(open_model(model_server), temperature=0.7))
    assert model_server.chats[0].body["temperature"] == 0.7


def test_ollama_is_asked_for_all_that_is_wanted(model_server: ModelServer, open_model: OpenModel) -> None:
    model = open_model(model_server, "ollama")
    assert model.context == 8_192
    list(speak(model, temperature=0.7))
    [chat] = model_server.chats
    assert chat.body["options"] == {"temperature": 0.7, "num_ctx": 8_192, "num_predict": 50, "seed": 0}
    assert chat.body["think"] is False


def test_openais_models_that_think_get_room_for_it_and_no_temperature(
    model_server: ModelServer, open_model: OpenModel
) -> None:
    list(speak(open_model(model_server, "openai", "gpt-5-mini")))
    [chat] = model_server.chats
    assert chat.body["reasoning_effort"] == "low"
    assert chat.body["max_completion_tokens"] > 1_000
    assert chat.body.get("temperature", 1.0) == 1.0 and "max_tokens" not in chat.body


def test_thoughts_count_against_a_budget(model_server: ModelServer, open_model: OpenModel) -> None:
    model = open_model(model_server, "openai", "gpt-5-mini")
    list(speak(model, budget=Budget(model.prompt_tokens(TURNS) + 700)))
    assert model_server.chats[0].body["max_completion_tokens"] == 700


def test_a_model_that_only_another_protocol_serves_is_refused(
    model_server: ModelServer, open_model: OpenModel
) -> None:
    model = open_model(model_server, "openai", "gpt-5.4-pro")
    with pytest.raises(UnknownModelError, match=r"gpt-5\.4-pro .* Responses API alone"):
        list(speak(model))


def test_a_new_model_of_openais_chats_too(open_model: OpenModel) -> None:
    with ModelServer(models=("gpt-99",)) as server:
        assert "".join(speak(open_model(server, "openai", "gpt-99"))) == "Yes."


def test_a_new_model_of_anthropics_chats_too(open_model: OpenModel) -> None:
    with ModelServer(models=("claude-99",)) as server:
        assert "".join(speak(open_model(server, "anthropic", "claude-99"))) == "Yes."


@pytest.mark.parametrize(
    ("provider", "parameter", "instead"),
    [
        ("openai", "temperature", None),
        ("openai", "seed", None),
        ("openai", "max_completion_tokens", "max_tokens"),
        ("openai-like", "max_tokens", "max_completion_tokens"),
        ("openai-like", "stream_options", None),
        ("anthropic", "temperature", None),
    ],
)
def test_a_parameter_that_a_server_will_not_have_is_left_out_from_then_on(
    provider: str, parameter: str, instead: str | None, model_server: ModelServer, open_model: OpenModel
) -> None:
    refusal = (
        f'{{"error": {{"message": "Unsupported parameter: {parameter}", "type": "invalid_request_error"}}}}'
    )
    model_server.script = lambda chat: Status(400, body=refusal) if parameter in chat.body else "Yes."
    model = open_model(model_server, provider)
    assert "".join(speak(model)) == "Yes."
    assert "".join(speak(model)) == "Yes."
    assert len(model_server.chats) == 3
    assert instead is None or model_server.chats[-1].body[instead] == 50


def test_a_parameter_that_stays_refused_is_an_error(model_server: ModelServer, open_model: OpenModel) -> None:
    refusal = '{"error": {"message": "Bad temperature", "type": "invalid_request_error"}}'
    model_server.script = always(Status(400, body=refusal))
    with pytest.raises(Exception, match="HTTP 400, invalid_request_error, parameter temperature"):
        list(speak(open_model(model_server)))
    assert len(model_server.chats) == 2


@pytest.mark.parametrize(
    ("provider", "header", "value"),
    [
        ("openai", "authorization", f"Bearer {KEY}"),
        ("anthropic", "x-api-key", KEY),
        ("openai-like", "authorization", f"Bearer {KEY}"),
    ],
)
def test_a_key_comes_from_the_environment(
    provider: str, header: str, value: str, model_server: ModelServer, open_model: OpenModel
) -> None:
    list(speak(open_model(model_server, provider)))
    assert model_server.chats[0].headers[header] == value


def test_openais_key_is_not_sent_to_another_server(
    model_server: ModelServer, open_model: OpenModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-the-reader")
    model = open_model(model_server)
    monkeypatch.delenv("LOCCIT_LLM_KEY")
    list(speak(model))
    [chat] = model_server.chats
    assert KEY not in str(chat.headers) and "org-of-the-reader" not in str(chat.headers)


def test_requests_to_this_machine_pass_by_proxies(
    model_server: ModelServer, open_model: OpenModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for provider in PROVIDERS:
        assert "".join(speak(open_model(model_server, provider))) == "Yes."


@pytest.mark.parametrize(
    ("provider", "model", "context", "known_from"),
    [
        ("openai", "gpt-4o-mini", 128_000, "LlamaIndex's table says so"),
        ("openai", "gpt-99", 4_096, "nobody says how many; LOCCIT_LLM_CONTEXT sets it"),
        ("anthropic", "claude-sonnet-4-5", 200_000, "LlamaIndex's table says so"),
        ("ollama", None, 8_192, "of the 32,768 it was trained on; LOCCIT_LLM_CONTEXT sets it"),
        ("openai-like", None, 32_768, "its server says so"),
    ],
)
def test_the_context_is_what_the_model_says(
    provider: str,
    model: str | None,
    context: int,
    known_from: str,
    model_server: ModelServer,
    open_model: OpenModel,
) -> None:
    opened = open_model(model_server, provider, model)
    assert (opened.context, opened.facts.known_from) == (context, known_from)
    assert not model_server.chats


@providers
def test_the_context_is_what_is_set(provider: str, model_server: ModelServer, open_model: OpenModel) -> None:
    model = open_model(model_server, provider, llm_context=1_000)
    assert (model.context, model.facts.known_from) == (1_000, "LOCCIT_LLM_CONTEXT says so")


def test_llama_cpps_own_page_says_the_context(open_model: OpenModel) -> None:
    with ModelServer(context=2_048, without=("/v1/models",)) as server:
        assert open_model(server).context == 2_048


def test_a_server_that_says_nothing_has_the_usual_context(open_model: OpenModel) -> None:
    with ModelServer(without=("/v1/models", "/props")) as server:
        assert open_model(server).context == 4_096


def test_tokens_are_counted_by_who_knows(model_server: ModelServer, open_model: OpenModel) -> None:
    model = open_model(model_server)
    assert model.tokens_in("NK cells kill.") == 4
    assert model.counting == "counted by the model's own tokenizer"
    assert model.prompt_tokens(TURNS) > model.tokens_in("Be brief.") + model.tokens_in("What do NK cells do?")


@pytest.mark.parametrize("provider", ["anthropic", "ollama"])
def test_nobody_is_asked_only_to_count(
    provider: str, model_server: ModelServer, open_model: OpenModel
) -> None:
    model = open_model(model_server, provider)
    assert model.tokens_in("NK cells kill.") >= 4
    assert not model_server.requests


@pytest.mark.parametrize("llm", ["none", "None"])
def test_none_is_none(llm: str, monkeypatch: pytest.MonkeyPatch, model_server: ModelServer) -> None:
    set_environment(monkeypatch, model_server)
    assert LanguageModel.open(Settings(llm=llm)) is None


def test_a_key_in_the_environment_turns_no_model_on(
    monkeypatch: pytest.MonkeyPatch, model_server: ModelServer
) -> None:
    set_environment(monkeypatch, model_server)
    assert LanguageModel.open(Settings()) is None


def test_a_bad_name_is_told_at_once() -> None:
    with pytest.raises(UnknownModelError, match="names no language model"):
        LanguageModel.open(Settings(llm="gpt-4"))


@pytest.mark.parametrize(
    ("llm", "variable"),
    [("openai:gpt-4o", "OPENAI_API_KEY"), ("anthropic:claude-sonnet-5", "ANTHROPIC_API_KEY")],
)
def test_a_missing_key_is_told_at_once(
    llm: str, variable: str, model_server: ModelServer, open_model: OpenModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_model(model_server, llm.partition(":")[0])
    monkeypatch.setenv(variable, " ")
    with pytest.raises(ModelKeyMissingError, match=f"Set {variable} in the environment"):
        LanguageModel.open(Settings(llm=llm))


@pytest.mark.parametrize("provider", ["openai", "anthropic", "ollama", "openai-like", "gguf"])
def test_a_missing_extra_is_told_with_what_installs_it(
    provider: str, monkeypatch: pytest.MonkeyPatch, small_model: Path
) -> None:
    monkeypatch.setattr("assistant.models.providers.find_spec", lambda _: None)
    rest = {"openai-like": "http://localhost#m", "gguf": str(small_model)}.get(provider, "m")
    with pytest.raises(ModelExtraMissingError) as told:
        LanguageModel.open(Settings(llm=f"{provider}:{rest}"))
    assert f"pip install 'loccit[{provider}]'" in str(told.value)


def test_a_limit_of_a_day_without_a_price_is_refused(
    model_server: ModelServer, open_model: OpenModel
) -> None:
    with pytest.raises(SettingsError, match="set LOCCIT_LLM_PRICE"):
        open_model(model_server, max_cost_per_day=1)


def test_what_a_request_cost_is_entered(model_server: ModelServer, open_model: OpenModel) -> None:
    model = open_model(model_server, llm_price="100:1000")
    list(speak(model))
    [chat] = model_server.chats
    used = Usage(chat.prompt_tokens, 2)
    spent = model.spending.today()
    assert (spent.requests, spent.prompt_tokens, spent.completion_tokens) == (1, chat.prompt_tokens, 2)
    assert spent.cost == pytest.approx(model.cost(used))


def test_a_local_model_without_a_price_leaves_no_record(
    model_server: ModelServer, open_model: OpenModel, tmp_path: Path
) -> None:
    model = open_model(model_server)
    list(speak(model))
    assert model.cost(Usage(10, 10)) is None
    assert not (tmp_path / "spending.sqlite").exists()


def test_the_days_limit_stops_a_request_before_it_is_made(
    model_server: ModelServer, open_model: OpenModel
) -> None:
    model = open_model(model_server, llm_price="100:1000", max_cost_per_day=0.06)
    list(speak(model))
    with pytest.raises(SpendingError, match=r"spending limit of 0\.06 is reached"):
        list(speak(model, longest=60))
    assert len(model_server.chats) == 1
    assert model.spending.today().requests == 1


def test_a_request_that_failed_costs_nothing(model_server: ModelServer, open_model: OpenModel) -> None:
    model_server.script = always(Status(401))
    model = open_model(model_server, llm_price="1:1")
    with pytest.raises(Exception, match="does not accept the key"):
        list(speak(model))
    assert model.spending.today().requests == 0


def test_a_budget_is_charged_and_cuts_the_last_answer(
    model_server: ModelServer, open_model: OpenModel
) -> None:
    model_server.script = always("word " * 200)
    model = open_model(model_server)
    prompt = model.prompt_tokens(TURNS)
    budget = Budget(2 * prompt + 100)
    with speak(model, longest=40, budget=budget) as speech:
        list(speech)
    assert budget.used == speech.usage
    list(speak(model, longest=500, budget=budget))
    assert 40 < (model_server.chats[-1].longest or 0) < 200
    with pytest.raises(SpendingError, match=r"This answer's limit of \d+ tokens is reached"):
        list(speak(model, longest=40, budget=budget))
    assert len(model_server.chats) == 2
    assert budget.used.tokens <= 2 * prompt + 100


def test_a_closed_model_begins_anew(model_server: ModelServer, open_model: OpenModel) -> None:
    model = open_model(model_server)
    list(speak(model))
    model.close()
    assert "".join(speak(model)) == "Yes."


def test_a_model_can_be_prepared(model_server: ModelServer, open_model: OpenModel) -> None:
    model = open_model(model_server)
    model.prepare()
    model_server.until(lambda: model_server.requests)
    assert not model_server.chats
    assert "".join(speak(model)) == "Yes."


def test_a_server_that_does_not_tell_is_not_asked_again_for_a_while(open_model: OpenModel) -> None:
    server = ModelServer(key="another")
    with server:
        model = open_model(server)
        assert [model.context, model.context] == [4_096, 4_096]
        assert len(server.requests) == 1

"""Names of models: what they mean, and what is said of those that name none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models.errors import UnknownModelError
from assistant.models.naming import ModelName, Provider


@pytest.fixture(autouse=True)
def no_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "ANTHROPIC_BASE_URL", "OLLAMA_HOST"):
        monkeypatch.delenv(name, raising=False)


def parsed(text: str) -> ModelName:
    name = ModelName.parse(text)
    assert name
    return name


@pytest.fixture
def model_file(tmp_path: Path) -> Path:
    """The head of a model file, with nothing after it."""
    path = tmp_path / "Some Model.gguf"
    key, value = b"general.architecture", b"llama"
    entry = len(key).to_bytes(8, "little") + key + (8).to_bytes(4, "little")
    head = b"GGUF" + (3).to_bytes(4, "little") + (0).to_bytes(8, "little") + (1).to_bytes(8, "little")
    path.write_bytes(head + entry + len(value).to_bytes(8, "little") + value)
    return path


@pytest.mark.parametrize("text", ["none", " None ", "NONE"])
def test_none_is_no_model(text: str) -> None:
    assert ModelName.parse(text) is None


@pytest.mark.parametrize(
    ("text", "provider", "model"),
    [
        ("openai:gpt-5-mini", Provider.OPENAI, "gpt-5-mini"),
        ("OpenAI: gpt-5-mini ", Provider.OPENAI, "gpt-5-mini"),
        ("openai:ft:gpt-4o-mini:lab::abc", Provider.OPENAI, "ft:gpt-4o-mini:lab::abc"),
        ("anthropic:claude-sonnet-4-5", Provider.ANTHROPIC, "claude-sonnet-4-5"),
        ("ollama:llama3.2:3b", Provider.OLLAMA, "llama3.2:3b"),
        ("ollama:hf.co/bartowski/Some-GGUF:Q4_K_M", Provider.OLLAMA, "hf.co/bartowski/Some-GGUF:Q4_K_M"),
        ("openai-like:http://localhost:8000#org/model:7b", Provider.OPENAI_LIKE, "org/model:7b"),
        ("openai-like:https://llm.example.org#a#b", Provider.OPENAI_LIKE, "a#b"),
    ],
)
def test_a_model_may_have_slashes_and_colons(text: str, provider: Provider, model: str) -> None:
    assert (parsed(text).provider, parsed(text).model) == (provider, model)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://localhost:8000", "http://localhost:8000/v1"),
        ("http://localhost:8000/", "http://localhost:8000/v1"),
        ("http://localhost:8000/v1", "http://localhost:8000/v1"),
        ("http://localhost:8000/v1/", "http://localhost:8000/v1"),
        ("http://localhost:8000/v1/chat/completions", "http://localhost:8000/v1"),
        ("HTTP://LocalHost:8000", "http://localhost:8000/v1"),
        ("https://gateway.example.org/llm/v2", "https://gateway.example.org/llm/v2"),
        ("http://[::1]:8000", "http://[::1]:8000/v1"),
    ],
)
def test_an_address_may_end_in_v1_or_not(url: str, address: str) -> None:
    assert str(parsed(f"openai-like:{url}#m").address) == address


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it says no provider"),
        ("gpt-5-mini", "it says no provider"),
        ("opnai:gpt-5", "there is no provider 'opnai'; 'openai' was perhaps meant"),
        ("mistral:large", "there is no provider 'mistral'. Models are named none, openai:MODEL"),
        ("openai:", "openai: is followed by nothing"),
        ("gguf:", "gguf: is followed by nothing"),
        ("gguf:/no/such/model.gguf", "there is no file '/no/such/model.gguf'"),
        ("openai-like:http://localhost:8000", "no model is named after the address"),
        ("openai-like:#m", "must begin with http:// or https://"),
        ("openai-like:localhost:8000#m", "must begin with http:// or https://"),
        ("openai-like:http://#m", "the address names no host"),
        ("openai-like:http://local host:1#m", "the address names no host"),
        ("openai-like:http://host:99999#m", "port is no number up to 65535"),
        ("openai-like:http://host/v1?key=1#m", "may not go on after its path"),
    ],
)
def test_what_names_no_model_is_told_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(UnknownModelError) as told:
        ModelName.parse(text)
    assert said in str(told.value)


@pytest.mark.parametrize(
    "text", ["sk-proj-secret", "openai-like:https://me:sk-secret@host#m", "openai-like:https://secret@host#m"]
)
def test_a_key_written_in_the_name_is_not_repeated(text: str) -> None:
    with pytest.raises(UnknownModelError) as told:
        ModelName.parse(text)
    assert "secret" not in str(told.value)


def test_a_file_is_a_model(model_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(model_file.parent)
    name = parsed(f"gguf:{model_file.name}")
    assert (name.path, name.model, name.label) == (
        model_file,
        "Some Model.gguf",
        "Some Model.gguf (on this machine)",
    )
    assert name.is_local


def test_a_file_is_found_from_home(model_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(model_file.parent))
    assert parsed(f"gguf:~/{model_file.name}").path == model_file


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("openai:gpt-5-mini", "gpt-5-mini (OpenAI)"),
        ("anthropic:claude-sonnet-4-5", "claude-sonnet-4-5 (Anthropic)"),
        ("ollama:llama3.2:3b", "llama3.2:3b (Ollama)"),
        ("openai-like:http://localhost:8000#m", "m (localhost:8000)"),
    ],
)
def test_labels_say_model_and_place(text: str, label: str) -> None:
    assert parsed(text).label == label


@pytest.mark.parametrize(
    ("text", "is_local"),
    [
        ("openai:gpt-5-mini", False),
        ("anthropic:claude-sonnet-4-5", False),
        ("ollama:llama3.2", True),
        ("ollama:gpt-oss:120b-cloud", False),
        ("ollama:qwen3-coder:cloud", False),
        ("openai-like:http://127.0.0.2:1#m", True),
        ("openai-like:http://[::1]:1#m", True),
        ("openai-like:http://localhost#m", True),
        ("openai-like:http://localhost.example.org#m", False),
        ("openai-like:http://192.168.0.5:8000#m", False),
        ("openai-like:http://127.0.0.1.example.org#m", False),
    ],
)
def test_what_leaves_the_machine_is_known_from_the_name(text: str, is_local: bool) -> None:
    assert parsed(text).is_local is is_local


@pytest.mark.parametrize(
    ("variable", "text"),
    [("OPENAI_BASE_URL", "openai:gpt-5-mini"), ("ANTHROPIC_BASE_URL", "anthropic:claude-sonnet-4-5")],
)
def test_a_vendors_other_address_is_shown(variable: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "https://gateway.example.org/llm")
    name = parsed(text)
    assert str(name.address) == "https://gateway.example.org/llm"
    assert name.variable == variable
    assert "at gateway.example.org" in name.label


def test_the_vendors_own_address_in_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "https://api.openai.com/v1/")
    assert parsed("openai:gpt-5-mini").variable is None


def test_a_bad_address_in_the_environment_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "gateway.example.org")
    with pytest.raises(UnknownModelError, match=r"OPENAI_BASE_URL is no address.*Unset it"):
        ModelName.parse("openai:gpt-5-mini")


def test_llama_indexs_own_variable_redirects_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_BASE", "https://elsewhere.example.org")
    assert str(parsed("openai:gpt-5-mini").address) == "https://api.openai.com/v1"


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("0.0.0.0:1234", "http://127.0.0.1:1234"),
        (":1234", "http://127.0.0.1:1234"),
        ("gpu-box", "http://gpu-box:11434"),
        ("gpu-box:1234", "http://gpu-box:1234"),
        ("https://ollama.example.org", "https://ollama.example.org"),
        ("http://gpu-box", "http://gpu-box"),
    ],
)
def test_ollamas_host_is_read_as_ollama_reads_it(
    host: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", host)
    assert str(parsed("ollama:llama3.2").address) == address


@given(
    st.one_of(
        st.text(max_size=40),
        st.builds(
            "{}:{}".format, st.sampled_from([p for p in Provider if p is not Provider.GGUF]), st.text()
        ),
        st.builds("openai-like:http://{}#m".format, st.text(max_size=20)),
    )
)
def test_any_text_names_a_model_that_can_be_set_again_or_is_refused(text: str) -> None:
    try:
        name = ModelName.parse(text)
    except UnknownModelError:
        return
    assert name is None or ModelName.parse(str(name)) == name

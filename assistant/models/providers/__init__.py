"""The ways to a model, one module a provider; each imports its LlamaIndex class only when it is used."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from assistant.models.errors import ModelExtraMissingError, ModelKeyMissingError
from assistant.models.faults import key_variable
from assistant.models.naming import ModelName, Provider

if TYPE_CHECKING:
    from assistant.models.providers.access import Access
    from corpus.settings import Settings

# For each, its module here and what must be installed for it.
_MODULES = {
    Provider.OPENAI: ("openai", ("llama_index.llms.openai", "tiktoken")),
    Provider.ANTHROPIC: ("anthropic", ("llama_index.llms.anthropic",)),
    Provider.OLLAMA: ("ollama", ("llama_index.llms.ollama",)),
    Provider.OPENAI_LIKE: ("openai_like", ("llama_index.llms.openai_like",)),
    Provider.GGUF: ("gguf", ("xllamacpp",)),
}
_KEYED = (Provider.OPENAI, Provider.ANTHROPIC)


def require(name: ModelName) -> None:
    """Make sure that a model can be asked at all, without importing anything of its provider.

    Raises:
        ModelExtraMissingError: If packages are missing.
        ModelKeyMissingError: If the provider asks for a key and the environment has none.
    """
    for package in _MODULES[name.provider][1]:
        if not _is_installed(package):
            raise ModelExtraMissingError(
                f"The model {name.label} cannot be used: the package {package} is not installed. "
                f"Install it: pip install 'loccit[{name.provider}]'"
            )
    if name.provider in _KEYED and not key_of(name):
        raise ModelKeyMissingError(
            f"The model {name.label} cannot be used without a key. Set {key_variable(name)} in the environment."
        )


def key_of(name: ModelName) -> str | None:
    """Give a model's key, from the environment alone."""
    return os.environ.get(key_variable(name), "").strip() or None


def open_access(name: ModelName, settings: Settings) -> Access:
    """Import a provider's class, and make ready to ask its model.

    Raises:
        ModelError: If the model cannot be used.
    """
    require(name)
    access: Access = import_module(f"{__name__}.{_MODULES[name.provider][0]}").open_access(name, settings)
    return access


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:
        return False

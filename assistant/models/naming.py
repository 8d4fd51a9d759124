"""Names of language models, as readers write them: `openai:gpt-5-mini`, `gguf:model.gguf`."""

from __future__ import annotations

import difflib
import os
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from assistant.models.addresses import Address
from assistant.models.errors import UnknownModelError
from assistant.models.gguf import read_header


class Provider(StrEnum):
    """A way to a model."""

    OPENAI = "openai"
    ANTHROPIC = "anthropic"
    OLLAMA = "ollama"
    OPENAI_LIKE = "openai-like"
    GGUF = "gguf"


NO_MODEL = "none"
FORMS = f"{NO_MODEL}, openai:MODEL, anthropic:MODEL, ollama:MODEL, openai-like:URL#MODEL or gguf:PATH"

_TITLES = {Provider.OPENAI: "OpenAI", Provider.ANTHROPIC: "Anthropic", Provider.OLLAMA: "Ollama"}
_OWN_ADDRESSES = {
    Provider.OPENAI: "https://api.openai.com/v1",
    Provider.ANTHROPIC: "https://api.anthropic.com",
    Provider.OLLAMA: "http://127.0.0.1:11434",
}
# As each vendor's own tools read them.
_ADDRESS_VARIABLES = {
    Provider.OPENAI: "OPENAI_BASE_URL",
    Provider.ANTHROPIC: "ANTHROPIC_BASE_URL",
    Provider.OLLAMA: "OLLAMA_HOST",
}
# Ollama's server passes requests for these on to ollama.com: "gpt-oss:120b-cloud", "qwen3-coder:cloud".
_OLLAMA_CLOUD = re.compile(r"[:-]cloud\Z")

# What a reader may have written where it does not belong: a key, a name and password.
_SECRET = re.compile(r"\bsk-\S+|(?<=//)[^/@\s]*(?=@)")


@dataclass(frozen=True, slots=True)
class ModelName:
    """Names a model and where it runs.

    Attributes:
        provider: The way to it.
        model: Its name there; a file's name for a file.
        address: Where requests go; None for a file, which runs in this process.
        variable: The environment variable that the address is from, if it is.
        path: The file, if it is one.
    """

    provider: Provider
    model: str
    address: Address | None = None
    variable: str | None = None
    path: Path | None = None

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a name; None for "none".

        Raises:
            UnknownModelError: If it names no model; the message says what is wrong and how models are named.
        """
        if text.strip().lower() == NO_MODEL:
            return None
        given, colon, rest = (part.strip() for part in text.strip().partition(":"))
        if not colon:
            raise _unknown(text, "it says no provider")
        if given.lower() not in set(Provider):
            raise _unknown(text, f"there is no provider {given!r}{_meant(given)}")
        provider = Provider(given.lower())
        if not rest:
            raise _unknown(text, f"{provider}: is followed by nothing")
        match provider:
            case Provider.GGUF:
                return cls._of_file(text, rest)
            case Provider.OPENAI_LIKE:
                return cls._of_address(text, rest)
            case _:
                return cls._of_vendor(text, provider, rest)

    @property
    def label(self) -> str:
        """What readers see: "gpt-5-mini (OpenAI)"; with the address where it is not the vendor's own."""
        if self.address is None:
            return f"{self.model} (on this machine)"
        title = _TITLES.get(self.provider)
        host = self.address.host_and_port
        if title is None:
            return f"{self.model} ({host})"
        return f"{self.model} ({title} at {host})" if self.variable else f"{self.model} ({title})"

    @property
    def is_local(self) -> bool:
        """Whether no request leaves this machine, as far as can be known: what a server here passes on cannot."""
        if self.address is None:
            return True
        forwarded = self.provider is Provider.OLLAMA and _OLLAMA_CLOUD.search(self.model)
        return self.address.is_loopback and not forwarded

    def __str__(self) -> str:
        """Give the name as it can be set."""
        match self.provider:
            case Provider.GGUF:
                return f"{self.provider}:{self.path}"
            case Provider.OPENAI_LIKE:
                return f"{self.provider}:{self.address}#{self.model}"
            case _:
                return f"{self.provider}:{self.model}"

    @classmethod
    def _of_vendor(cls, text: str, provider: Provider, model: str) -> Self:
        variable = _ADDRESS_VARIABLES[provider]
        set_address = os.environ.get(variable, "").strip()
        own = _OWN_ADDRESSES[provider]
        if not set_address:
            return cls(provider, model, Address.parse(own))
        if provider is Provider.OLLAMA:
            set_address = _ollama_address(set_address)
        try:
            address = Address.parse(set_address)
        except ValueError as error:
            raise UnknownModelError(
                f"{variable} is no address for {text!r}: {error}. Unset it for {own}."
            ) from None
        return cls(provider, model, address, None if address == Address.parse(own) else variable)

    @classmethod
    def _of_address(cls, text: str, rest: str) -> Self:
        url, _, model = (part.strip() for part in rest.partition("#"))
        if not model:
            raise _unknown(text, "no model is named after the address; write #MODEL at its end")
        try:
            address = Address.parse(url)
        except ValueError as error:
            raise _unknown(text, f"{error}") from None
        return cls(Provider.OPENAI_LIKE, model, address.versioned())

    @classmethod
    def _of_file(cls, text: str, rest: str) -> Self:
        path = Path(rest).expanduser().absolute()
        if not path.is_file():
            raise _unknown(text, f"there is no file {str(path)!r}")
        read_header(path)
        return cls(Provider.GGUF, path.name, path=path)


def _ollama_address(host: str) -> str:
    """Complete an address as Ollama's tools do: "0.0.0.0", ":1234", "host:1234", "https://host"."""
    named = f"127.0.0.1{host}" if host.startswith(":") else host
    url = named if "://" in named else f"http://{named}"
    parts = urlsplit(url)
    if parts.hostname == "0.0.0.0":
        # Where the server listens everywhere, its clients on this machine find it here.
        url = url.replace("0.0.0.0", "127.0.0.1", 1)
    if parts.port is None and parts.scheme == "http" and "://" not in host:
        url = f"{url.rstrip('/')}:11434"
    return url


def _meant(given: str) -> str:
    close = difflib.get_close_matches(given.lower(), list(Provider), 1)
    return f"; '{close[0]}' was perhaps meant" if close else ""


def _unknown(text: str, problem: str) -> UnknownModelError:
    shown = _SECRET.sub("…", text.strip())
    return UnknownModelError(f"{shown!r} names no language model: {problem}. Models are named {FORMS}.")

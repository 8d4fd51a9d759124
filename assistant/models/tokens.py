"""How many tokens a text has: counted where the model's tokenizer can be asked on this machine, else estimated.

A text is never sent to a hosted service to be counted, and no table is ever downloaded.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
import time
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.models.addresses import Address

if TYPE_CHECKING:
    import httpx
    from tiktoken import Encoding


class TokenCounter(Protocol):
    """Tells how many tokens a text has. Safe across threads."""

    @property
    def way(self) -> str:
        """How it knows, for readers."""
        ...

    @property
    def is_exact(self) -> bool:
        """Whether it counts what the model counts."""
        ...

    def count(self, text: str) -> int:
        """Count the tokens of a text, or estimate them from above."""
        ...


class Estimate:
    """An estimate from above by characters, for any tokenizer.

    Three letters a token, and each other sign one or more. Over the starter corpus that is 1.4 to 1.6 times what
    SmolLM2's, GPT-4's and GPT-4o's tokenizers count, and fewer than they count for one short sentence in 200.
    """

    way = "an estimate by characters, from above"
    is_exact = False

    def count(self, text: str) -> int:
        """Estimate the tokens of a text."""
        return sum(_most(piece) for piece in _PIECES.findall(text))


class Table:
    """OpenAI's own tokenizer, by tiktoken with the table that LlamaIndex carries."""

    is_exact = True

    def __init__(self, encoding: Encoding) -> None:
        """Count by an encoding."""
        self._encoding = encoding
        self.way = f"counted by tiktoken's {encoding.name}"

    @classmethod
    def of(cls, model: str) -> Table | None:
        """Give a model's tokenizer, if its table is on this machine."""
        import tiktoken

        try:
            name = tiktoken.encoding_name_for_model(model)
        except KeyError:
            return None
        encoding = _encoding(name)
        return cls(encoding) if encoding else None

    def count(self, text: str) -> int:
        """Count the tokens of a text; what looks like a mark of control is text."""
        return len(self._encoding.encode(text, disallowed_special=()))


class Asked:
    """The tokenizer of a model server on this machine: llama.cpp and vLLM answer at `/tokenize`.

    Attributes:
        waited: For how many seconds the server was waited for in vain.
        silent_at: When that ended, by `time.monotonic`; None while it tells.
    """

    def __init__(self, address: Address, model: str, key: str | None) -> None:
        """Ask a server.

        Args:
            address: The server's; it must lead to this machine.
            model: The model's name there.
            key: What the server asks for, if it does.
        """
        if not address.is_loopback:
            raise ValueError("a text must not leave the machine to be counted")
        self._url = f"{address.root}/tokenize"
        self._model = model
        self._key = key
        self._client: httpx.Client | None = None
        self._lock = threading.Lock()
        self.waited = 0.0
        self.silent_at: float | None = None

    @property
    def is_exact(self) -> bool:
        """Whether the server has always told."""
        return self.silent_at is None

    @property
    def way(self) -> str:
        """How it knows, for readers."""
        return "counted by the model's own tokenizer" if self.is_exact else Estimate.way

    def give_up(self, waited: float) -> None:
        """Estimate from now on: the server was waited for in vain for so many seconds."""
        self.waited, self.silent_at = waited, time.monotonic()

    def count(self, text: str) -> int:
        """Count the tokens of a text; estimate them from the first time on that the server does not tell."""
        if self.silent_at is not None:
            return Estimate().count(text)
        begun = time.monotonic()
        counted = self._asked(text)
        if counted is None:
            self.give_up(time.monotonic() - begun)
            return Estimate().count(text)
        return counted

    def _asked(self, text: str) -> int | None:
        import httpx

        # llama.cpp reads the content, vLLM model and prompt; each leaves the rest alone.
        body = {"content": text, "prompt": text, "model": self._model, "add_special_tokens": False}
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        with self._lock:
            if self._client is None:
                self._client = httpx.Client(trust_env=False, timeout=_PATIENCE)
        try:
            told = self._client.post(self._url, json=body, headers=headers).raise_for_status().json()
            tokens = told.get("tokens")
            counted = told.get("count", len(tokens) if isinstance(tokens, list) else None)
        except (httpx.HTTPError, ValueError, AttributeError):
            return None
        return counted if isinstance(counted, int) else None

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None


def prompt_tokens(counter: TokenCounter, turns: Sequence[str]) -> int:
    """Count the tokens of a whole prompt, from above: what a model's form of a chat adds is not known exactly."""
    return _A_CHAT + sum(_A_TURN + counter.count(turn) for turn in turns)


# What a template writes around each turn, and around all.
_A_TURN, _A_CHAT = 8, 32
# Tokens are counted many times for one answer: a server that takes longer is better not asked.
_PATIENCE = 2.0
# A single space belongs to what stands after it.
_PIECES = re.compile(r" ?[A-Za-z]+| ?\d| ?[^\sA-Za-z\d]|\s+")
_LETTERS_A_TOKEN = 3
# The tables that LlamaIndex carries, as tiktoken's cache names them, with the hashes that tiktoken asks for: one that
# is not whole would be fetched anew.
_TABLES = {
    "o200k_base": (
        "fb374d419588a4632f3f557e76b4b70aebbca790",
        "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    ),
    "cl100k_base": (
        "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
        "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    ),
}
_CACHE = "TIKTOKEN_CACHE_DIR"
_environment = threading.Lock()


def _most(piece: str) -> int:
    bare = piece.removeprefix(" ") or piece
    if not bare.isascii():
        return len(bare.encode("utf-8", errors="replace"))
    return -(-len(bare) // _LETTERS_A_TOKEN) if bare.isalpha() else len(bare)


@lru_cache(maxsize=2)
def _encoding(name: str) -> Encoding | None:
    """Load an encoding from the table that LlamaIndex carries, if it is whole."""
    import tiktoken

    spec = find_spec("llama_index.core")
    if name not in _TABLES or spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "_static" / "tiktoken_cache"
    file, expected = _TABLES[name]
    if not (folder / file).is_file() or hashlib.sha256((folder / file).read_bytes()).hexdigest() != expected:
        return None
    with _environment:
        # tiktoken learns where its tables are in no other way.
        former = os.environ.get(_CACHE)
        os.environ[_CACHE] = str(folder)
        try:
            return tiktoken.get_encoding(name)
        finally:
            if former is None:
                del os.environ[_CACHE]
            else:
                os.environ[_CACHE] = former

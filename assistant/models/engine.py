"""llama.cpp in this process, by xllamacpp: one loaded model a file, shared by all who ask it."""

from __future__ import annotations

import os
import secrets
import threading
import weakref
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import xllamacpp

from assistant.models.addresses import Address
from assistant.models.errors import ModelRefusedError


class Engine:
    """A loaded model. Safe across threads."""

    def __init__(self, path: Path, context: int, parallel: int, threads: int | None) -> None:
        """Load a model.

        Args:
            path: A GGUF file.
            context: How many tokens each request may read and write.
            parallel: How many requests are worked on at once.
            threads: How many threads they share; llama.cpp chooses otherwise.

        Raises:
            ModelRefusedError: If llama.cpp cannot load it.
        """
        # llama.cpp opens a port on this machine and cannot be asked not to; with this key alone is it answered.
        self.key = secrets.token_urlsafe(32)
        try:
            self._server = xllamacpp.Server(_parameters(path, context, parallel, threads, self.key))
        except RuntimeError as error:
            raise ModelRefusedError(
                f"llama.cpp cannot load the model file {str(path)!r}: it is not whole, of a kind that this llama.cpp "
                "does not know, or larger than the memory. Download it again, choose another, or lower "
                "LOCCIT_LLM_CONTEXT."
            ) from error
        # Freed before its loop has begun, it would wait for it for ever, and the process with it: this waits till then.
        self._server.handle_metrics()
        self.address = Address.parse(self._server.listening_address)

    @classmethod
    def shared(cls, path: Path, context: int, parallel: int, threads: int | None) -> Engine:
        """Give the loaded model of a file, which is loaded once a process while anybody holds it.

        Raises:
            ModelRefusedError: If llama.cpp cannot load it.
        """
        wanted = (path, context, parallel, threads)
        with _loading:
            engine = _engines.get(wanted)
            if engine is None:
                engine = _engines[wanted] = cls(*wanted)
            return engine

    def chat(self, request: Mapping[str, Any], heard: Callable[[dict[str, Any]], bool]) -> None:
        """Work on a chat until its end.

        Args:
            request: As OpenAI's protocol has it, streamed.
            heard: Told each piece, in this thread; ends the work by returning True.

        Raises:
            ValueError: If the request is none.
        """
        self._server.handle_chat_completions(dict(request), heard)


# Tokens that are read between two signs of life: after a stop, llama.cpp finishes these.
_BATCH = 128

_engines: weakref.WeakValueDictionary[tuple[Path, int, int, int | None], Engine] = (
    weakref.WeakValueDictionary()
)
_loading = threading.Lock()
_inherited: list[Engine] = []


def _forget_after_fork() -> None:
    """Leave the parent's models alone: their threads stayed there, and to free them would wait for these for ever."""
    global _engines, _loading
    _inherited.extend(_engines.values())
    _engines, _loading = weakref.WeakValueDictionary(), threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_after_fork)


def _parameters(path: Path, context: int, parallel: int, threads: int | None, key: str) -> object:
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(path)
    # Else the port tells the file's path to whoever asks.
    parameters.model_alias = {"loccit"}
    parameters.api_keys = [key]
    parameters.n_ctx = context * parallel
    parameters.n_parallel = parallel
    parameters.n_batch = parameters.n_ubatch = _BATCH
    if threads is not None:
        parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = threads
    # By default gigabytes of former prompts are kept; what the prompts share is reused without.
    parameters.cache_ram_mib = 0
    parameters.warmup = parameters.ui = parameters.endpoint_slots = False
    parameters.endpoint_metrics = True
    parameters.offline = True
    # Says nothing on standard error, where it would stand among a command's own words.
    parameters.verbosity = -1
    return parameters

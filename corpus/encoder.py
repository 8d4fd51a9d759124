"""Runs an exported embedding model: questions, passages and, from the same pass, the passages' sentences."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from corpus.document import Span
from corpus.errors import EmbeddingError
from corpus.model_export import exported
from corpus.model_manifest import TOKENIZER_FILE, Arithmetic, Manifest
from corpus.runtimes.runtime import Made, Pooling, Runtime, Vectors, open_runtime

RUNTIME = "openvino"
# Title and headings may take so much of what the model reads, but no more than the share.
HEADER_TOKENS = 48
HEADER_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class PassageText:
    """A passage as the model sees it.

    Attributes:
        title: The document's title.
        path: Heading path of the passage's section.
        text: The passage's words.
        sentences: Spans of its sentences, offsets into `text`.
    """

    title: str
    path: tuple[str, ...]
    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """What the model made of a passage: unit vectors, `(dimension,)` and `(sentences, dimension)`."""

    passage: Vectors
    sentences: Vectors


@dataclass(frozen=True, slots=True)
class _Input:
    """A passage's tokens, and for every sentence the positions of its own tokens."""

    ids: list[int]
    sentence_tokens: list[NDArray[np.intp]]


class Encoder:
    """An embedding model, ready to run. Safe across threads."""

    def __init__(self, folder: Path, arithmetic: Arithmetic | None = None) -> None:
        """Open an exported model.

        Args:
            folder: Holds `model.onnx`, `tokenizer.json` and `manifest.json`.
            arithmetic: How to compute; None for the fastest on the machine that exported the model.
        """
        self.folder = folder
        self.manifest = Manifest.read(folder)
        self.arithmetic = arithmetic or self.manifest.arithmetic
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._lock = threading.Lock()

    @classmethod
    def load(cls, model: str, cache: Path, runtime: str | None = None) -> Encoder:
        """Open a model by name, exporting it first if that was not done yet.

        Args:
            model: The packaged default's name, a folder, or a name on the hub.
            cache: Where exported models are kept.
            runtime: What made a library's vectors, as `Encoder.runtime` names it; None for a new library.

        Raises:
            EmbeddingError: If the model cannot be found, loaded or exported, or the runtime is not known.
        """
        if runtime is not None and runtime not in set(Arithmetic):
            raise EmbeddingError(
                f"The vectors were made by {runtime!r}, which this version of Loccit does not have (it has "
                f"{', '.join(Arithmetic)}). Ingest into another folder with --library."
            )
        return cls(exported(model, cache), Arithmetic(runtime) if runtime else None)

    @property
    def runtime(self) -> str:
        """What vectors are made by: those of two runtimes do not mix in one library."""
        return self.arithmetic.value

    @property
    def max_passage_tokens(self) -> int:
        """Tokens that a passage and its header may have together."""
        manifest = self.manifest
        return manifest.text_tokens - len(self._prompt_ids)

    def header_tokens(self, title: str, path: Sequence[str]) -> int:
        """Count the tokens that stand before a passage of this title and heading path."""
        return len(self._header_ids(title, path))

    def token_starts(self, text: str) -> NDArray[np.intp]:
        """Give the offset at which each token of `text` starts, in code points: shape `(tokens,)`."""
        return np.array([start for start, _ in self._encode(text).offsets], dtype=np.intp)

    def encode_query(self, question: str) -> Vectors:
        """Embed a question; one longer than the model reads is cut at its end.

        Returns:
            A unit vector, shape `(dimension,)`.
        """
        ids = self.manifest.framed(self._encode(self.manifest.query_prompt + question).ids)
        return self._embed([ids], lambda _index, _tokens, vector: _unit(vector))[0]

    def encode_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        """Embed passages and their sentences.

        Args:
            passages: In any order; they are grouped by length inside.

        Returns:
            One result a passage, in the order given.

        Raises:
            EmbeddingError: If a passage is longer than the model reads: nothing is ever cut silently.
        """
        encodings = self._tokenizer.encode_batch(
            [passage.text for passage in passages], add_special_tokens=False
        )
        inputs = [self._input(passage, made) for passage, made in zip(passages, encodings, strict=True)]

        def pool(index: int, tokens: Vectors, vector: Vectors) -> PassageVectors:
            return PassageVectors(_unit(vector), self._pooled(tokens, inputs[index].sentence_tokens))

        if self.manifest.pools_sentences:
            return self._embed([given.ids for given in inputs], pool)
        vectors = self._embed([given.ids for given in inputs], lambda _index, _tokens, vector: _unit(vector))
        sentences = self._sentences_alone(passages)
        return [PassageVectors(vector, made) for vector, made in zip(vectors, sentences, strict=True)]

    def _embed(self, texts: Sequence[list[int]], pool: Pooling[Made]) -> list[Made]:
        with self._lock:  # `cached_property` alone would open the model once a thread.
            runtime = self._runtime
        return runtime.embed(texts, pool)

    @cached_property
    def _runtime(self) -> Runtime:
        return open_runtime(self.folder, self.manifest, self.arithmetic)

    def _input(self, passage: PassageText, encoding: Encoding) -> _Input:
        header = self._prompt_ids + self._header_ids(passage.title, passage.path)
        tokens = header + encoding.ids
        if len(tokens) > self.manifest.text_tokens:
            raise EmbeddingError(
                f"A passage of {len(tokens)} tokens does not fit the {self.manifest.text_tokens} that "
                f"{self.manifest.model} reads (in {passage.title!r}). Ingest the document again."
            )
        first = len(self.manifest.prefix_ids) + len(header)
        starts = np.array([start for start, _ in encoding.offsets], dtype=np.intp)
        positions = [
            first + np.flatnonzero((starts >= sentence.start) & (starts < sentence.end))
            for sentence in passage.sentences
        ]
        return _Input(self.manifest.framed(tokens), positions)

    def _pooled(self, tokens: Vectors, sentence_tokens: Sequence[NDArray[np.intp]]) -> Vectors:
        """Pool each sentence's tokens from the passage's own pass: they have read title, headings and neighbours."""
        if not sentence_tokens:
            return np.zeros((0, self.manifest.dimension), dtype=np.float32)
        return np.stack([_mean(tokens, at) for at in sentence_tokens])

    def _sentences_alone(self, passages: Sequence[PassageText]) -> list[Vectors]:
        """Embed each sentence by itself, for a model whose token vectors are not like its text vectors."""
        texts = [
            self.manifest.framed(self._prompt_ids + self._encode(span.of(passage.text)).ids)
            for passage in passages
            for span in passage.sentences
        ]
        made = iter(self._embed(texts, lambda _index, _tokens, vector: _unit(vector)))
        return [
            np.array([next(made) for _ in passage.sentences], np.float32).reshape(-1, self.manifest.dimension)
            for passage in passages
        ]

    def _header_ids(self, title: str, path: Sequence[str]) -> list[int]:
        """Give the tokens of title and heading path; a long title gives way to the headings."""
        limit = min(HEADER_TOKENS, int(self.manifest.text_tokens * HEADER_SHARE))
        path_ids = self._encode(" ".join(f"{heading}." for heading in path)).ids[: limit // 2] if path else []
        title_ids = self._encode(f"{title}.").ids[: limit - len(path_ids)] if title else []
        return title_ids + path_ids

    @cached_property
    def _prompt_ids(self) -> list[int]:
        return self._encode(self.manifest.passage_prompt).ids if self.manifest.passage_prompt else []

    def _encode(self, text: str) -> Encoding:
        return self._tokenizer.encode(text, add_special_tokens=False)


def _unit(vector: Vectors) -> Vectors:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), dtype=np.float32)


def _mean(tokens: Vectors, positions: NDArray[np.intp]) -> Vectors:
    """Pool tokens; a sentence of which the tokenizer keeps nothing (an invisible character) is like no question."""
    if not len(positions):
        return np.zeros(tokens.shape[-1], dtype=np.float32)
    return _unit(tokens[positions].mean(axis=0))

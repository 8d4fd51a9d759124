"""Runs an exported embedding model: questions, passages and, from the same pass, the passages' sentences."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from corpus.document import Span
from corpus.errors import EmbeddingError
from corpus.model_export import Manifest, exported

if TYPE_CHECKING:
    import openvino

Vectors = NDArray[np.float32]

RUNTIME = "openvino"
# Title and headings may take so much of what the model reads, but no more than the share.
HEADER_TOKENS = 48
HEADER_SHARE = 0.25
# OpenVINO compiles every shape it meets: few shapes keep memory small and first runs rare.
LENGTH_STEP = 32
BATCH_TOKENS = 2048


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

    def __init__(self, folder: Path) -> None:
        """Open an exported model.

        Args:
            folder: Holds `model.onnx`, `tokenizer.json` and `manifest.json`.
        """
        self.folder = folder
        self.manifest = Manifest.read(folder)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._thread = threading.local()
        self._lock = threading.Lock()

    @classmethod
    def load(cls, model: str, cache: Path) -> Encoder:
        """Open a model by name, exporting it first if that was not done yet.

        Raises:
            EmbeddingError: If the model cannot be found, loaded or exported.
        """
        return cls(exported(model, cache))

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
        _, vectors = self._run([self._framed(self._encode(self.manifest.query_prompt + question).ids)])
        return _unit(vectors[0])

    def encode_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
        """Embed passages and their sentences.

        Args:
            passages: In any order; they are grouped by length inside.

        Returns:
            One result a passage, in the order given.

        Raises:
            EmbeddingError: If a passage is longer than the model reads: nothing is ever cut silently.
        """
        inputs = [self._input(passage) for passage in passages]
        results: dict[int, PassageVectors] = {}
        for batch in self._batches(inputs):
            tokens, vectors = self._run([inputs[index].ids for index in batch])
            for row, index in enumerate(batch):
                sentences = self._sentence_vectors(passages[index], inputs[index], tokens[row])
                results[index] = PassageVectors(_unit(vectors[row]), sentences)
        return [results[index] for index in range(len(passages))]

    def _input(self, passage: PassageText) -> _Input:
        header = self._prompt_ids + self._header_ids(passage.title, passage.path)
        encoding = self._encode(passage.text)
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
        return _Input(self._framed(tokens), positions)

    def _sentence_vectors(self, passage: PassageText, given: _Input, tokens: Vectors) -> Vectors:
        """Pool each sentence's tokens from the passage's own pass: they have read title, headings and neighbours."""
        if not passage.sentences:
            return np.zeros((0, self.manifest.dimension), dtype=np.float32)
        if self.manifest.pools_sentences:
            return np.stack([_mean(tokens, at) for at in given.sentence_tokens])
        alone = [
            self._framed(self._prompt_ids + self._encode(span.of(passage.text)).ids)
            for span in passage.sentences
        ]
        return np.stack([_unit(vector) for vector in self._run(alone)[1]])

    def _batches(self, inputs: Sequence[_Input]) -> Iterator[list[int]]:
        """Group by length: texts of one padded length share a batch of about `BATCH_TOKENS` tokens."""
        order = sorted(range(len(inputs)), key=lambda index: len(inputs[index].ids))
        batch: list[int] = []
        for index in order:
            length = _padded(len(inputs[index].ids))
            if batch and (len(batch) + 1) * length > BATCH_TOKENS:
                yield batch
                batch = []
            batch.append(index)
        if batch:
            yield batch

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

    def _framed(self, ids: list[int]) -> list[int]:
        """Put the special tokens around a text's own, as many as the model reads."""
        return [*self.manifest.prefix_ids, *ids[: self.manifest.text_tokens], *self.manifest.suffix_ids]

    def _run(self, texts: list[list[int]]) -> tuple[Vectors, Vectors]:
        """Run one batch: token vectors `(texts, tokens, width)` and text vectors `(texts, dimension)`."""
        length = _padded(max(len(ids) for ids in texts))
        input_ids = np.full((len(texts), length), self.manifest.pad_id, dtype=np.int64)
        mask = np.zeros((len(texts), length), dtype=np.int64)
        for row, ids in enumerate(texts):
            input_ids[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        output = self._request().infer({"input_ids": input_ids, "attention_mask": mask})
        return output["token_embeddings"], output["sentence_embedding"]

    def _request(self) -> openvino.InferRequest:
        """Give this thread its own request: one request must not run twice at once."""
        if not hasattr(self._thread, "request"):
            with self._lock:  # `cached_property` alone would compile the model once a thread.
                self._thread.request = self._compiled.create_infer_request()
        request: openvino.InferRequest = self._thread.request
        return request

    @cached_property
    def _compiled(self) -> openvino.CompiledModel:
        import openvino

        options = {"PERFORMANCE_HINT": "LATENCY", "CACHE_DIR": str(self.folder / "compiled")}
        try:
            return openvino.Core().compile_model(str(self.folder / "model.onnx"), "CPU", options)
        except RuntimeError as error:
            raise EmbeddingError(
                f"The exported embedding model in {self.folder} cannot be run: {str(error).partition(chr(10))[0]} "
                "Remove that folder: it is exported again at the next start."
            ) from error


def _padded(length: int) -> int:
    return -(-length // LENGTH_STEP) * LENGTH_STEP


def _unit(vector: Vectors) -> Vectors:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), dtype=np.float32)


def _mean(tokens: Vectors, positions: NDArray[np.intp]) -> Vectors:
    """Pool tokens; a sentence of which the tokenizer keeps nothing (an invisible character) is like no question."""
    if not len(positions):
        return np.zeros(tokens.shape[-1], dtype=np.float32)
    return _unit(tokens[positions].mean(axis=0))
